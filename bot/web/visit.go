package web

import (
	"bytes"
	"compress/gzip"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"jinwen/bot/web/view"
	"jinwen/handlers/chat"
)

// Names of cookies. None of them tells one person from another.
const (
	cookieTalk = "talk" // the questions before, for talkLife
	cookieLang = "lang" // as chosen by ?lang=
	cookieSize = "size" // as chosen by ?size=
)

const (
	talkLife   = 10 * time.Minute
	choiceLife = 365 * 24 * time.Hour
)

// visit returns r with the page that it will get, in its language and size.
func (s *Server) visit(w http.ResponseWriter, r *http.Request) *visit {
	q := r.URL.Query()
	v := &visit{Server: s, w: w, r: r, q: q}
	v.page = &view.Page{Path: r.URL.Path, Query: url.Values{}, Base: s.origin(r), Sticky: url.Values{}, Lang: chat.Hans}
	switch tag := q.Get("lang"); {
	case validTag(tag):
		v.page.Lang = chat.LangOf(tag)
		v.page.Sticky.Set("lang", view.Tag(v.page.Lang))
	case v.cookie(cookieLang) != "":
		v.page.Lang = chat.LangOf(v.cookie(cookieLang))
	default:
		v.page.Lang = accepted(r.Header.Get("Accept-Language"))
	}
	size := q.Get("size")
	if size == "large" || size == "normal" {
		v.page.Sticky.Set("size", size)
	} else {
		size = v.cookie(cookieSize)
	}
	v.page.Large = size == "large"
	return v
}

// validTag reports whether tag is the tag of a language of ours.
func validTag(tag string) bool {
	low := strings.ToLower(tag)
	return low == "zh" || strings.HasPrefix(low, "zh-") || low == "en" || strings.HasPrefix(low, "en-")
}

// accepted returns the language for a browser's Accept-Language: the first that is
// ours, else English for who reads neither, else Simplified Chinese.
func accepted(header string) chat.Lang {
	if header == "" || len(header) > 500 {
		return chat.Hans
	}
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return chat.Hans
	}
	for _, t := range tags {
		if s := t.String(); validTag(s) {
			return chat.LangOf(s)
		}
	}
	if tags[0] == language.Und || tags[0].String() == "mul" {
		return chat.Hans
	}
	return chat.English
}

func (v *visit) cookie(name string) string {
	c, err := v.r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// remember sets the cookies of what the address chose.
func (v *visit) remember() {
	for name, value := range map[string]string{cookieLang: v.page.Sticky.Get("lang"), cookieSize: v.page.Sticky.Get("size")} {
		if value != "" && v.cookie(name) != value {
			v.setCookie(name, value, choiceLife)
		}
	}
}

func (v *visit) setCookie(name, value string, life time.Duration) {
	http.SetCookie(v.w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(life / time.Second),
		HttpOnly: true, Secure: v.https(v.r), SameSite: http.SameSiteLaxMode,
	})
}

// maxTalk is how much of the questions before a cookie holds, in bytes: browsers
// keep 4096 with name and attributes.
const maxTalk = 2700

// talk returns the questions that the next one may follow on, oldest first.
func (v *visit) talk() []string {
	b, err := base64.RawURLEncoding.DecodeString(v.cookie(cookieTalk))
	if err != nil || len(b) == 0 || len(b) > maxTalk {
		return nil
	}
	var list []string
	if json.Unmarshal(b, &list) != nil {
		return nil
	}
	return cleanBefore(list)
}

func (v *visit) setTalk(asked []string) {
	asked = asked[max(0, len(asked)-maxBefore):]
	for ; len(asked) > 0; asked = asked[1:] {
		b, err := json.Marshal(asked)
		if err == nil && len(b) <= maxTalk {
			v.setCookie(cookieTalk, base64.RawURLEncoding.EncodeToString(b), talkLife)
			return
		}
	}
}

// cleanBefore returns list as far as it can be questions.
func cleanBefore(list []string) []string {
	var out []string
	for _, s := range list {
		if s = view.Plain(s); s != "" && utf8.RuneCountInString(s) <= maxQuestion {
			out = append(out, s)
		}
	}
	return out[max(0, len(out)-maxBefore):]
}

// who tells people apart for the statistics: a keyed hash of the address that
// is another one each day.
func (v *visit) who() string {
	mac := hmac.New(sha256.New, v.opt.Salt)
	fmt.Fprint(mac, v.opt.Proxies.Client(v.r), v.now().UTC().Format(time.DateOnly))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:9])
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

var zippers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return z
}}

// show answers with the page of the template called name.
func (v *visit) show(status int, name string) {
	v.page.Name = name
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := view.Render(b, v.page); err != nil {
		v.log.ErrorContext(v.r.Context(), "page not made", logPath, v.page.Nav, logErr, err)
		http.Error(v.w, "500", http.StatusInternalServerError)
		return
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.page.Tag())
	h.Add("Vary", "Accept-Language, Cookie")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	if status < 400 {
		v.remember()
	}
	v.write(status, b.Bytes())
}

// minZip is the least number of bytes that is worth compressing.
const minZip = 1400

// write answers with data, compressed where that helps.
func (v *visit) write(status int, data []byte) {
	h := v.w.Header()
	h.Add("Vary", "Accept-Encoding")
	if len(data) >= minZip && view.AcceptsGzip(v.r) {
		b := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(b)
		b.Reset()
		z := zippers.Get().(*gzip.Writer)
		defer zippers.Put(z)
		z.Reset(b)
		z.Write(data)
		z.Close()
		h.Set("Content-Encoding", "gzip")
		data = b.Bytes()
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	v.w.WriteHeader(status)
	if v.r.Method != http.MethodHead {
		v.w.Write(data)
	}
}

func (v *visit) plain(status int, text string) {
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.w.Header().Set("Cache-Control", "no-store")
	v.write(status, []byte(text))
}

// tagged sets the ETag of what depends on parts, and reports whether the
// browser has that already; it has been told so then.
func (v *visit) tagged(parts ...any) bool {
	sum := sha256.New()
	fmt.Fprintln(sum, parts...)
	fmt.Fprintln(sum, v.page.Lang, v.page.Large, v.page.Base, v.page.Sticky.Encode(), v.page.Query.Encode(), v.page.Admin != "", view.Static.Path("app.css"), build)
	tag := fmt.Sprintf(`W/"%x"`, sum.Sum(nil)[:12])
	v.w.Header().Set("ETag", tag)
	v.w.Header().Set("Cache-Control", "private, no-cache")
	for part := range strings.SplitSeq(v.r.Header.Get("If-None-Match"), ",") {
		if part = strings.TrimSpace(part); part == tag || part == strings.TrimPrefix(tag, "W/") || part == "*" {
			v.w.Header().Set("Vary", "Accept-Language, Cookie, Accept-Encoding")
			v.w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}

// build tells one program from another: pages of an older one are not current.
var build = strconv.FormatInt(time.Now().UnixNano(), 36)

// form is the field to ask in.
type form struct {
	P                           *view.Page
	Label, Hint, Value, Problem string
	Action                      string
	Big, Focus                  bool
	Max                         int
}

func (v *visit) form(label string) form {
	return form{P: v.page, Label: label, Action: "/ask", Max: maxQuestion}
}

func (v *visit) robots() {
	v.plain(http.StatusOK, "User-agent: *\nDisallow: /ask\nDisallow: /admin\nDisallow: /embed\nDisallow: /api/\n")
}

func (v *visit) ready() {
	if err := v.opt.Asker.Ready(); err != nil {
		v.plain(http.StatusServiceUnavailable, err.Error()+"\n")
		return
	}
	v.plain(http.StatusOK, "ok\n")
}
