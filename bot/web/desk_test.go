package web

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"jinwen/corpus/golden"
	"jinwen/handlers/chat"
)

// A clerk is a desk that notes what it is told to do.
type clerk struct {
	did   []string
	empty bool
}

func (c *clerk) do(format string, args ...any) error {
	s := fmt.Sprintf(format, args...)
	if strings.Contains(s, "坏") {
		return errors.New("the disk is gone")
	}
	if strings.Contains(s, "拒绝") {
		return &Refusal{Text: "这不行", Version: "v9"}
	}
	c.did = append(c.did, s)
	return nil
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func (c *clerk) Versions(context.Context) ([]Version, error) {
	return []Version{{ID: "v1", Title: "新", Report: "2025/青溪", Who: "ann", When: noon, Active: true, Serves: true}, {ID: "v2", Title: "旧", Report: "2025/青溪", Who: "bob", When: noon, Before: true}, {ID: "v3", Title: "别处", Report: "2025/白石", When: noon, Serves: true}, {ID: "v4", Title: "未用", When: noon}}, nil
}

func (c *clerk) Import(_ context.Context, who, name string, data []byte, l chat.Lang) (Preview, error) {
	return Preview{Version: "v5"}, c.do("import %s %s %d %s", who, name, len(data), l)
}

func (c *clerk) Preview(_ context.Context, who, id string, l chat.Lang) (Preview, error) {
	p := Preview{Version: id, Active: "v1", Live: id == "v1", Reply: chat.Say("改了一处")}
	if id != "v2" {
		p.Reply.Files = []chat.Attachment{{Name: "差别.md", Data: []byte("# 差别")}}
	}
	return p, c.do("preview %s %s %s", who, id, l)
}

func (c *clerk) Activate(_ context.Context, who, id, from string, l chat.Lang) error {
	return c.do("activate %s %s %s %s", who, id, from, l)
}

func (c *clerk) Rollback(_ context.Context, who, id, from string, l chat.Lang) error {
	return c.do("rollback %s %s %s %s", who, id, from, l)
}

func (c *clerk) Discard(_ context.Context, who, id string, l chat.Lang) error {
	return c.do("discard %s %s %s", who, id, l)
}

func (c *clerk) Missed(_ context.Context, days int) ([]Missed, error) {
	if c.empty {
		return nil, errors.New("the disk is gone")
	}
	return []Missed{{"地铁", "地铁几号线", 5, 3}}, c.do("missed %d", days)
}

func (c *clerk) Words(context.Context) ([]string, error) {
	if c.empty {
		return nil, errors.New("the disk is gone")
	}
	return []string{"娃=儿童", "地铁=轨道交通"}, nil
}

func (c *clerk) AddWord(_ context.Context, who, say, means string, l chat.Lang) error {
	return c.do("add %s %s=%s %s", who, say, means, l)
}

func (c *clerk) RemoveWord(_ context.Context, who, say string, l chat.Lang) error {
	return c.do("remove %s %s %s", who, say, l)
}

func (c *clerk) Use(_ context.Context, days int) ([]Day, error) {
	if c.empty {
		return nil, nil
	}
	return []Day{{"2026-02-28", 10, 7}, {"2026-03-01", 3, 3}}, c.do("use %d", days)
}

func (c *clerk) Audit(_ context.Context, l chat.Lang) ([]Deed, error) {
	if c.empty {
		return nil, errors.New("the disk is gone")
	}
	return []Deed{{noon, "ann", "启用", "v1", "细节"}}, nil
}

// account is an admin whose password is "password of " and the name; its hash is
// a quick one.
func account(t *testing.T, name string) Account {
	t.Helper()
	salt := []byte("saltsalt")
	key := argon2.IDKey([]byte("password of "+name), salt, 1, 8, 1, 16)
	b64 := base64.RawStdEncoding.EncodeToString
	a, err := ParseAccount(fmt.Sprintf("%s:$argon2id$v=19$m=8,t=1,p=1$%s$%s", name, b64(salt), b64(key)))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// An office is a server with a desk, whose time stands still.
type office struct {
	*Server
	clerk *clerk
	now   time.Time
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{clerk: &clerk{}, now: noon}
	o.Server = serve(t, func(opt *Options) {
		opt.Desk, opt.Admins, opt.Clock = o.clerk, []Account{account(t, "ann"), account(t, "bob")}, func() time.Time { return o.now }
	})
	return o
}

// post sends a form of this very site.
func (o *office) post(path, form, cookie string) *httptest.ResponseRecorder {
	return ask(o.Server, "POST", path, form, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin", "Cookie", cookie)
}

// signIn returns the cookie of who signs in.
func (o *office) signIn(t *testing.T, name string) string {
	t.Helper()
	w := o.post("/admin/login", "name="+name+"&password=password+of+"+name+"&lang=en", "")
	cookie := w.Header().Get("Set-Cookie")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/admin?lang=en" || !strings.Contains(cookie, "Path=/admin; Max-Age=28800; HttpOnly; SameSite=Strict") {
		t.Fatalf("%s signs in: %d, %v", name, w.Code, w.Header())
	}
	value, _, _ := strings.Cut(cookie, ";")
	return value
}

// TestDesk keeps what the admins' pages show, and what they have done.
func TestDesk(t *testing.T) {
	o := open(t)
	cookie := o.signIn(t, "ann")
	var b strings.Builder
	note := func(name string, w *httptest.ResponseRecorder) {
		body := w.Body.String()
		if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			body = read(body)
			if i := strings.Index(body, "[id main]"); i >= 0 {
				body = body[i:]
			}
		}
		fmt.Fprintf(&b, "== %s\n%d %s %s %s\n%s\n%s\n", name, w.Code, w.Header().Get("Location"), w.Header().Get("Cache-Control"), w.Header().Get("Content-Disposition"), strings.Join(o.clerk.did, "; "), strings.TrimRight(body, "\n"))
		o.clerk.did = nil
	}
	for _, path := range []string{"/admin", "/admin?done=1", "/admin?lang=en", "/admin/preview?version=v5", "/admin/preview?version=v1", "/admin/preview?version=%E5%9D%8F", "/admin/preview?version=%E6%8B%92%E7%BB%9D", "/admin/diff?version=v5", "/admin/diff?version=v2", "/admin/diff?version=%E6%8B%92%E7%BB%9D",
		"/admin/missed", "/admin/words", "/admin/words?say=%E5%A8%83&done=1", "/admin/use", "/admin/audit", "/admin/login", "/admin/login?expired=1"} {
		note("GET "+path, ask(o.Server, "GET", path, "", "Cookie", cookie))
	}
	for _, x := range [][2]string{
		{"/admin/change", "do=activate&version=v5&from=v1&size=large"}, {"/admin/change", "do=rollback&version=v2&from=v1"}, {"/admin/change", "do=discard&version=v4"}, {"/admin/change", "do=other&version=v4"}, {"/admin/change", "do=activate&version=%E6%8B%92%E7%BB%9D"}, {"/admin/change", "do=discard&version=%E5%9D%8F"},
		{"/admin/change", "do=activate&version=v5&lang=" + strings.Repeat("x", 20)}, {"/admin/change", "do=activate&version=v5&lang=" + strings.Repeat("x", 19)}, {"/admin/words", "do=remove&say=%E5%A8%83%3D%E5%84%BF%E7%AB%A5"}, {"/admin/words", "say=%E5%A8%83&means=+%E5%84%BF%E7%AB%A5+"}, {"/admin/words", "say=x&means=%E6%8B%92%E7%BB%9D"}, {"/admin/change", "do=" + strings.Repeat("x", maxBody)},
	} {
		note("POST "+x[0]+" "+x[1][:min(len(x[1]), 60)], o.post(x[0], x[1], cookie))
	}
	o.clerk.empty = true
	for _, path := range []string{"/admin/missed", "/admin/words", "/admin/use", "/admin/audit"} {
		note("nothing there: GET "+path, ask(o.Server, "GET", path, "", "Cookie", cookie))
	}
	golden.Check(t, "testdata/desk.golden", changing.ReplaceAllString(b.String(), "#"))
}

// TestUpload: a file comes in with the form's language and size, and goes on to
// what it would change.
func TestUpload(t *testing.T) {
	o := open(t)
	cookie := o.signIn(t, "ann")
	upload := func(name string, data []byte, fields ...string) *httptest.ResponseRecorder {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		for i := 0; i+1 < len(fields); i += 2 {
			w.WriteField(fields[i], fields[i+1])
		}
		f, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write(data)
		w.Close()
		return ask(o.Server, "POST", "/admin/import", b.String(), "Content-Type", w.FormDataContentType(), "Sec-Fetch-Site", "same-origin", "Cookie", cookie)
	}
	w := upload("新.txt", []byte("正文"), "lang", "en", "size", strings.Repeat("l", 30), "other", "x")
	if want := "/admin/preview?lang=en&size=" + strings.Repeat("l", 20) + "&version=v5"; w.Code != http.StatusSeeOther || w.Header().Get("Location") != want || len(o.clerk.did) != 1 || o.clerk.did[0] != "import ann 新.txt 6 zh-Hans" && o.clerk.did[0] != "import ann 新.txt 6 zh" {
		t.Errorf("%d, %s, %q, want %s", w.Code, w.Header().Get("Location"), o.clerk.did, want)
	}
	for name, code := range map[string]int{"拒绝.txt": http.StatusUnprocessableEntity, "坏.txt": http.StatusInternalServerError} {
		if w := upload(name, []byte("x")); w.Code != code {
			t.Errorf("%s: %d, want %d", name, w.Code, code)
		}
	}
	if w := upload("空.txt", nil); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an empty file: %d", w.Code)
	}
	if w := o.post("/admin/import", "file=x", cookie); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no file: %d", w.Code)
	}
	if w := upload("large.txt", make([]byte, maxUpload)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("too large a file: %d", w.Code)
	}
}

// TestSessions: who may come in, for how long, and how often they may try.
func TestSessions(t *testing.T) {
	o := open(t)
	in := func(cookie string) bool {
		t.Helper()
		w := ask(o.Server, "GET", "/admin", "", "Cookie", cookie)
		if w.Code == http.StatusSeeOther {
			want := "/admin/login"
			if cookie != "" {
				want += "?expired=1"
			}
			if w.Header().Get("Location") != want || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("with %.12q: %v", cookie, w.Header())
			}
		}
		return w.Code == http.StatusOK
	}
	if in("") || in("session=x") {
		t.Error("a stranger is in")
	}
	ann := o.signIn(t, "ann")
	bob := o.signIn(t, "bob")
	o.now = o.now.Add(sessionIdle)
	if !in(ann) {
		t.Error("out at the last moment of rest")
	}
	o.now = o.now.Add(sessionIdle + time.Second - sessionIdle)
	if in(bob) || !in(ann) {
		t.Error("who rests too long is in, or who does not is out")
	}
	for o.now.Before(noon.Add(sessionLife)) {
		o.now = o.now.Add(min(sessionIdle, noon.Add(sessionLife).Sub(o.now)))
		if !in(ann) {
			t.Fatalf("out after %v", o.now.Sub(noon))
		}
	}
	o.now = o.now.Add(time.Second)
	if in(ann) {
		t.Error("in for longer than a session lasts")
	}
	ann = o.signIn(t, "ann")
	w := o.post("/admin/logout", "", ann)
	if in(ann) || w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/admin/login" || !strings.Contains(w.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("signed out: %d, %v", w.Code, w.Header())
	}
	o.now = o.now.Add(time.Hour)
	for i, form := range []string{"name=ann&password=wrong", "name=nobody&password=password+of+ann", "name=bob&password=password+of+ann", "", "name=ann&password=" + strings.Repeat("x", 2000)} {
		if w := o.post("/admin/login", form, ""); w.Code != http.StatusForbidden || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("try %d: %d, %v", i+1, w.Code, w.Header())
		}
	}
	if w := o.post("/admin/login", "name=ann&password=password+of+ann", ""); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "15" {
		t.Errorf("the sixth try: %d, wait %s", w.Code, w.Header().Get("Retry-After"))
	}
	o.now = o.now.Add(15 * time.Second)
	o.signIn(t, "ann")
	o.now = o.now.Add(time.Hour)
	codes := make(map[int]int) // of all addresses together
	for i := range 32 {
		r := httptest.NewRequest("POST", "/admin/login", strings.NewReader("name=ann&password=wrong"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = fmt.Sprintf("10.0.0.%d:5", i)
		w := httptest.NewRecorder()
		o.ServeHTTP(w, r)
		codes[w.Code]++
	}
	if codes[http.StatusForbidden] != 30 || codes[http.StatusTooManyRequests] != 2 {
		t.Errorf("tries of 32 addresses: %v", codes)
	}
	if w := o.post("/admin/login", "name="+strings.Repeat("x", maxBody), ""); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("too much: %d", w.Code)
	}
	if w := ask(o.Server, "POST", "/admin/login", "name=ann", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden || strings.Contains(w.Body.String(), "password") {
		t.Errorf("from another site: %d", w.Code)
	}
	for _, change := range []func(*Options){func(opt *Options) { opt.Desk = o.clerk }, func(opt *Options) { opt.Admins = []Account{account(t, "ann")} }} {
		if w := ask(serve(t, change), "GET", "/admin/login", ""); w.Code != http.StatusNotFound {
			t.Errorf("a desk without admins, or admins without a desk: %d", w.Code)
		}
	}
}
