package site

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jinwen/bot/web"
)

// signIn signs the admin in.
func (c *client) signIn() *got {
	c.Helper()
	g := c.post("/admin/login", url.Values{"name": {adminName}, "password": {adminPassword}})
	if g.StatusCode != 200 || g.Request.URL.Path != "/admin" {
		c.Fatalf("sign-in: %s at %s\n%s", g.Status, g.Request.URL, g.body)
	}
	return g
}

// upload sends a file as the form of /admin does.
func (c *client) upload(name string, data []byte, head ...string) *got {
	c.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	f, err := w.CreateFormFile("file", name)
	if err != nil {
		c.Fatal(err)
	}
	f.Write(data)
	w.Close()
	return c.do(http.MethodPost, "/admin/import", &b, append([]string{"Content-Type", w.FormDataContentType(), "Sec-Fetch-Site", "same-origin"}, head...)...)
}

// fields are the hidden fields of a form that holds a button of that value.
func (g *got) fields(t testing.TB, button string) (action string, values url.Values) {
	t.Helper()
	for _, f := range g.all("form") {
		h := render(f)
		if !strings.Contains(h, `name="do" value="`+button+`"`) {
			continue
		}
		values = url.Values{"do": {button}}
		for x := range f.Descendants() {
			if x.Data == "input" && val(x, "type") == "hidden" {
				values.Set(val(x, "name"), val(x, "value"))
			}
		}
		return val(f, "action"), values
	}
	t.Fatalf("no button %s in\n%s", button, g.main(t))
	return "", nil
}

// TestDesk is the day of a new text: sign in, upload, look at the differences,
// activate, look at the trail, go back, sign out.
func TestDesk(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	if g := c.page("/admin", "Accept-Language", "zh"); g.Request.URL.Path != "/admin/login" {
		t.Fatalf("a stranger is at %s", g.Request.URL)
	}
	g := c.signIn()
	if !strings.Contains(g.main(t), "使用中") || len(g.all("tr")) < 2 {
		t.Errorf("versions:\n%s", g.main(t))
	}
	base, _ := url.Parse(s.base + "/admin")
	for _, k := range c.http.Jar.Cookies(base) {
		if k.Name == "session" && len(k.Value) < 40 {
			t.Error("the session's token is short")
		}
	}
	g = c.upload(`C:\reports\新文本.txt`, changed(t, "新建提升口袋公园50个", "新建提升口袋公园60个"))
	if g.StatusCode != 200 || g.Request.URL.Path != "/admin/preview" || !strings.Contains(g.main(t), "60个") || !strings.Contains(g.main(t), "标准问题（10）") {
		t.Fatalf("the preview: %s at %s\n%s", g.Status, g.Request.URL, g.main(t))
	}
	if ask := s.client().page("/ask?q=" + url.QueryEscape("口袋公园今年建几个")); !strings.Contains(ask.main(t), "50个") {
		t.Error("it went live by itself")
	}
	if d := c.get(val(g.one(t, "a", "download"), "href")); d.StatusCode != 200 || !strings.Contains(string(d.body), "60个") || !strings.HasPrefix(d.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the whole difference: %s %v", d.Status, d.Header)
	}
	action, values := g.fields(t, "activate")
	g = c.post(action, values)
	if g.StatusCode != 200 || g.Request.URL.Path != "/admin" || !strings.Contains(g.main(t), "已完成") {
		t.Fatalf("activation: %s at %s\n%s", g.Status, g.Request.URL, g.main(t))
	}
	if ask := s.client().page("/ask?q=" + url.QueryEscape("口袋公园今年建几个")); !strings.Contains(ask.main(t), "60个") {
		t.Error("it is not live")
	}
	// The same form again, and one that believes something else live.
	if again := c.post(action, values); again.StatusCode != 422 || len(again.all("p", "role=alert")) != 1 {
		t.Errorf("the same again: %s\n%s", again.Status, again.main(t))
	}
	trail := c.page("/admin/audit")
	for _, want := range []string{"web:" + adminName, "新文本.txt", values.Get("version")} {
		if !strings.Contains(trail.main(t), want) {
			t.Errorf("the trail does not name %s:\n%s", want, trail.main(t))
		}
	}
	action, values = c.page("/admin").fields(t, "rollback")
	if g = c.post(action, values); g.StatusCode != 200 {
		t.Fatalf("going back: %s\n%s", g.Status, g.main(t))
	}
	if ask := s.client().page("/ask?q=" + url.QueryEscape("口袋公园今年建几个")); !strings.Contains(ask.main(t), "50个") {
		t.Error("it is still live")
	}
	c.post("/admin/logout", nil)
	if g := c.page("/admin"); g.Request.URL.Path != "/admin/login" {
		t.Error("signed out and still in")
	}
}

// TestDeskRefusals: what an admin can mend is said in words.
func TestDeskRefusals(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	c.signIn()
	for name, data := range map[string][]byte{"empty.txt": nil, "photo.pdf": []byte("%PDF-1.4 no"), "note.txt": []byte("你好"), "binary.docx": {0x50, 0x4b, 3, 4, 0, 0}} {
		g := c.upload(name, data)
		if g.StatusCode != 422 || len(g.all("p", "role=alert")) != 1 {
			t.Errorf("%s: %s\n%s", name, g.Status, g.main(t))
		}
	}
	if g := c.upload("big.txt", bytes.Repeat([]byte("大"), 15<<20)); g.StatusCode != 413 {
		t.Errorf("45 MB: %s", g.Status)
	}
	for _, form := range []url.Values{{"do": {"activate"}, "version": {"nosuch"}}, {"do": {"discard"}, "version": {"nosuch"}}, {"do": {"rollback"}, "version": {"x"}}} {
		if g := c.post("/admin/change", form); g.StatusCode != 422 {
			t.Errorf("%v: %s", form, g.Status)
		}
	}
	if g := c.post("/admin/change", url.Values{"do": {"nothing"}}); g.StatusCode != 400 {
		t.Errorf("%s", g.Status)
	}
	if g := c.get("/admin/preview?version=nosuch"); g.StatusCode != 422 {
		t.Errorf("%s", g.Status)
	}
}

// TestDeskConflict: who decides on what is not live any more looks again.
func TestDeskConflict(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	c.signIn()
	g := c.upload("a.txt", changed(t, "口袋公园50个", "口袋公园60个"))
	action, values := g.fields(t, "activate")
	importText(t, s, changed(t, "口袋公园50个", "口袋公园70个"))
	g = c.post(action, values)
	if g.StatusCode != 422 || !strings.Contains(g.main(t), "在此期间 test") {
		t.Fatalf("%s\n%s", g.Status, g.main(t))
	}
	g = c.page(val(g.one(t, "a", "class=button"), "href"))
	if !strings.Contains(g.main(t), "70个 → 60个") {
		t.Errorf("the difference to what is live now:\n%s", g.main(t))
	}
	if ask := s.client().page("/ask?q=" + url.QueryEscape("口袋公园今年建几个")); !strings.Contains(ask.main(t), "70个") {
		t.Error("it went live all the same")
	}
}

// TestDeskWords: what people did not get, and a word for it.
func TestDeskWords(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	for range 2 {
		s.client().get("/ask?q=" + url.QueryEscape("火星移民送多少人"))
	}
	s.client().get("/ask?q=" + url.QueryEscape("口袋公园今年建几个"))
	c.signIn()
	g := c.page("/admin/missed")
	if !strings.Contains(g.main(t), "火星") {
		t.Errorf("what people did not get:\n%s", g.main(t))
	}
	g = c.post("/admin/words", url.Values{"do": {"add"}, "say": {"小绿地"}, "means": {"口袋公园"}})
	if g.StatusCode != 200 || !strings.Contains(g.main(t), "小绿地=口袋公园") {
		t.Fatalf("%s\n%s", g.Status, g.main(t))
	}
	if ask := s.client().page("/ask?q=" + url.QueryEscape("小绿地今年建几个")); !strings.Contains(ask.main(t), "口袋公园") {
		t.Errorf("the word does nothing:\n%s", ask.main(t))
	}
	if g := c.post("/admin/words", url.Values{"do": {"add"}, "say": {"x"}, "means": {""}}); g.StatusCode != 422 {
		t.Errorf("no word: %s", g.Status)
	}
	if g = c.post("/admin/words", url.Values{"do": {"remove"}, "say": {"小绿地=口袋公园"}}); strings.Contains(g.main(t), "小绿地=口袋公园") {
		t.Error("the word is still there")
	}
	if g := c.page("/admin/use"); len(g.all("svg", "role=img")) != 1 || len(g.all("tr")) < 2 {
		t.Errorf("figures of use:\n%s", g.main(t))
	}
	if !strings.Contains(c.page("/admin/audit").main(t), "web:"+adminName) {
		t.Error("the trail does not say who")
	}
}

// TestDeskIsGuarded: nobody without a session does anything; no other site can
// have it done; a session ends.
func TestDeskIsGuarded(t *testing.T) {
	now := time.Now()
	s := start(t, func(o *web.Options) { o.Clock = func() time.Time { return now } })
	c, stranger := s.client(), s.client()
	c.signIn()
	for _, path := range []string{"/admin", "/admin/preview?version=x", "/admin/missed", "/admin/words", "/admin/use", "/admin/audit"} {
		if g := stranger.get(path); g.Request.URL.Path != "/admin/login" {
			t.Errorf("%s is open", path)
		}
		if g := c.get(path); g.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept: %s", path, g.Header.Get("Cache-Control"))
		}
	}
	for _, path := range []string{"/admin/change", "/admin/words", "/admin/import", "/admin/logout"} {
		if g := stranger.post(path, url.Values{"do": {"activate"}}); g.Request.URL.Path != "/admin/login" && path != "/admin/logout" {
			t.Errorf("POST %s is open: %s", path, g.Status)
		}
		for _, from := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Site", "", "Origin", "https://evil.example"}} {
			if g := c.post(path, url.Values{"do": {"activate"}}, from...); g.StatusCode != 403 {
				t.Errorf("POST %s from %v: %s", path, from, g.Status)
			}
		}
	}
	now = now.Add(31 * time.Minute)
	if g := c.page("/admin"); g.Request.URL.Path != "/admin/login" || !strings.Contains(string(g.body), "过期") {
		t.Errorf("a session of half an hour ago: %s", g.Request.URL)
	}
}

// TestLoginIsLimited: five attempts, then one a quarter of a minute; a name
// that there is not is answered as a wrong password is.
func TestLoginIsLimited(t *testing.T) {
	began := time.Now() // the clock stands still: to check a password takes long on a busy machine
	var later atomic.Int64
	s := start(t, func(o *web.Options) {
		o.Clock = func() time.Time { return began.Add(time.Duration(later.Load())) }
	})
	c := s.client()
	try := func(name, password string) *got {
		return c.post("/admin/login", url.Values{"name": {name}, "password": {password}})
	}
	a, b := try(adminName, "wrong"), try("nobody", "wrong")
	if a.StatusCode != 403 || b.StatusCode != 403 || strings.ReplaceAll(string(a.body), adminName, "") != strings.ReplaceAll(string(b.body), "nobody", "") {
		t.Errorf("%s, %s: a name that there is not is told apart", a.Status, b.Status)
	}
	for range 3 {
		try(adminName, "wrong")
	}
	g := try(adminName, adminPassword)
	if g.StatusCode != 429 || g.Header.Get("Retry-After") == "" {
		t.Errorf("the sixth attempt: %s", g.Status)
	}
	later.Store(int64(15 * time.Second))
	if g := try(adminName, adminPassword); g.StatusCode != 303 && g.StatusCode != 200 {
		t.Errorf("fifteen seconds later: %s", g.Status)
	}
	if g := try(adminName, adminPassword); g.StatusCode != 429 {
		t.Errorf("once more at once: %s", g.Status)
	}
	if l := s.logs.String(); strings.Contains(l, "wrong") || strings.Contains(l, adminPassword) {
		t.Error("a password is in the log")
	}
}

// TestNoDesk: without admins there is no such page.
func TestNoDesk(t *testing.T) {
	c := start(t, func(o *web.Options) { o.Admins = nil }).client()
	for _, path := range []string{"/admin", "/admin/login"} {
		if g := c.get(path); g.StatusCode != 404 {
			t.Errorf("%s: %s", path, g.Status)
		}
	}
}
