package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus/golden"
)

// asked are requests: METHOD PATH, words in braces escaped.
var asked = map[string][]string{
	"lists": {
		"GET /figures", "GET /figures?page=1", "GET /figures?q={项工程}", "GET /figures?page=2&year=2025", "GET /figures?page=1000000", "GET /figures?report=all&page=2", "GET /figures?page=2", "GET /figures?page=3", "GET /figures?page=0", "GET /figures?page=1000001", "GET /figures?page=x", "GET /figures?q={工程1 公里}", "GET /figures?q={学位}&lang=en&size=large",
		"GET /figures?topic={教育}", "GET /figures?topic={火星}", "GET /figures?year=2025&nature=target", "GET /figures?year=1999", "GET /figures?sort=value&year=2025", "GET /figures?sort=value&dir=desc&year=2025",
		"GET /figures?sort=none", "GET /figures?report=all&q={公园}", "GET /figures?place={白石}", "GET /figures?place={青溪市}&q={公园}", "GET /figures?place={学位}", "GET /figures?report=2024/{青溪}", "GET /figures?report=1999/{青溪}", "GET /figures?report=2020/{坏}", "GET /figures?id=3",
		"GET /figures?q=" + strings.Repeat("x", 100), "GET /figures?q=" + strings.Repeat("x", 101), "GET /figures?place=" + strings.Repeat("x", 101),
		"GET /commitments", "GET /commitments?q={教育局}&sort=numbers", "GET /commitments?report=all&year=2024", "GET /commitments?place={新区}&q={学校}",
		"GET /pairs", "GET /pairs?sort=difference&dir=desc", "GET /pairs?q={失业}", "GET /pairs?year=2024", "GET /pairs?year=2023", "GET /pairs?report=all",
		"GET /kept", "GET /kept?verdict=missed", "GET /kept?q={管网}", "GET /kept?sort=verdict&dir=desc", "GET /kept?place={白石}", "GET /kept?report=2025/{青溪}", "GET /kept?report=2024/{青溪}",
		"GET /compare", "GET /compare?concept=gdp&nature=actual&sort=value", "GET /compare?concept=none", "GET /compare?place={白石}", "GET /compare?year=2025&lang=zh-Hant",
	},
	"files": {
		"GET /figures.csv?q={公园}&report=all", "GET /figures.csv?year=2025&nature=target&sort=number", "GET /figures.xlsx?topic={城建}&lang=en", "GET /figures.xlsx?report=2024/{青溪}", "GET /figures.xlsx?q={工程13}", "GET /figures.csv?page=x",
		"GET /commitments.csv?q={学校}", "GET /pairs.csv", "GET /kept.csv", "GET /compare.csv?year=2024", "GET /kept.xlsx?verdict=exceeded", "HEAD /pairs.csv",
	},
	"pages": {
		"GET /", "GET /?lang=en", "HEAD /", "POST /", "GET /none", "GET /%zz", "GET /?a=%zz", "GET /robots.txt", "GET /healthz", "GET /readyz", "GET /favicon.ico", "GET /static/none", "OPTIONS /",
		"GET /reports", "GET /r/2025/{青溪}", "GET /r/2024/{青溪}?q={公园}", "GET /r/2025/{白石}?m=18-20", "GET /r/2025/{白石}?m=20-18", "GET /r/2025/{白石}?m=18-18", "GET /r/2025/{白石}?m=0-9999", "GET /r/2025/{白石}?m=x&q={没有}", "GET /r/2025/{白石}?lang=en", "GET /r/1999/{白石}", "GET /r/2020/{坏}", "GET /r/2025/{白石}?q=" + strings.Repeat("x", 101),
		"GET /ask?q={公园}", "GET /ask?q={公园}&after={学位}&b=y:2024", "GET /ask?q={公园}&after={一}&after={二}&after={三}&after={四}&after={五}", "GET /ask?q={公园}&voted=1&lang=en", "GET /ask?q={图}", "GET /ask?q={引文}", "GET /ask?q={文件}", "GET /ask?q={坏}", "GET /ask?q={没有}", "GET /ask?q={恐慌}", "GET /ask?q=", "GET /ask?q={ }",
		"GET /ask?q=" + strings.Repeat("x", 500), "GET /ask?q=" + strings.Repeat("x", 501), "GET /ask?q={公园}&b=" + strings.Repeat("x", 65) + "&b=" + strings.Repeat("y", 64), "GET /ask?q={公园}&b=1&b=2&b=3&b=4&b=5&b=6&b=7&b=8&b=9",
		"GET /embed", "GET /embed?q={公园}", "GET /embed?q={坏}", "GET /embed?q=" + strings.Repeat("x", 501), "GET /vote", "GET /admin", "GET /admin/login",
	},
	"api": {
		"GET /api/v1/ask?q={公园}", "GET /api/v1/ask?q={公园}&chat=c1&lang=en&report=2024/{青溪}", "GET /api/v1/ask", "GET /api/v1/ask?q={公园}&lang=fr", "GET /api/v1/ask?q={坏}", "GET /api/v1/ask?q={<b>&}", "GET /api/v1/ask?q=" + strings.Repeat("x", 500), "GET /api/v1/ask?q=" + strings.Repeat("x", 501), "GET /api/v1/ask?q=x&chat=" + strings.Repeat("c", 100), "GET /api/v1/ask?q=x&chat=" + strings.Repeat("c", 101), "PUT /api/v1/ask",
		"GET /api/v1/reports", "GET /api/v1/figures?limit=1&q={公园}&report=all", "GET /api/v1/figures?limit=1&offset=1&q={公园}&report=all", "GET /api/v1/figures?limit=1&offset=2&q={公园}&report=all", "GET /api/v1/figures?offset=9&q={公园}", "GET /api/v1/figures?limit=0", "GET /api/v1/figures?limit=1001", "GET /api/v1/figures?limit=1000&offset=0&q={没有}", "GET /api/v1/figures?limit=1&offset=0&q={公园}", "GET /api/v1/figures?limit=x", "GET /api/v1/figures?offset=-1", "GET /api/v1/figures?topic={火星}", "GET /api/v1/figures?report=1999/{青溪}",
		"GET /api/v1/commitments?q={学校}", "GET /api/v1/passages/p2", "GET /api/v1/passages/p2?report=2025/{白石}", "GET /api/v1/passages/p99", "GET /api/v1/passages/p1?report=1999/{白石}", "GET /api/v1/none", "POST /api/v1/figures",
	},
}

var changing = regexp.MustCompile(`W/"[0-9a-f]+"|/static/(\w+)\.[0-9a-f]+\.`)

// TestPages keeps what each address answers: status, headers, what is read and
// where it leads.
func TestPages(t *testing.T) {
	braces := regexp.MustCompile(`\{([^}]*)\}`)
	s := serve(t, nil)
	for name, list := range asked {
		var b strings.Builder
		for _, v := range list {
			method, path, _ := strings.Cut(v, " ")
			short := v
			if len(v) > 150 {
				short = v[:60] + fmt.Sprintf("… of %d", len(v))
			}
			path = braces.ReplaceAllStringFunc(path, func(x string) string { return url.QueryEscape(x[1 : len(x)-1]) })
			if strings.Contains(path, "/%zz") {
				continue // no request at all
			}
			w := ask(s, method, path, "")
			fmt.Fprintf(&b, "== %s\n%d", short, w.Code)
			for _, h := range []string{"Content-Type", "Location", "Allow", "Cache-Control", "Content-Disposition", "Content-Language", "X-Robots-Tag", "X-Frame-Options", "ETag", "Link", "Set-Cookie", "Vary"} {
				if x := slices.Sorted(slices.Values(w.Header().Values(h))); len(x) > 0 {
					fmt.Fprintf(&b, " %s: %s", h, strings.Join(x, "; "))
				}
			}
			b.WriteByte('\n')
			body := w.Body.String()
			if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				_, body, _ = strings.Cut(read(body), "\n") // the head has its own tests
				if i := strings.Index(body, "[id main]"); i >= 0 && name != "pages" {
					body = body[i:]
				}
			}
			body = regexp.MustCompile(`x{20,}|c{20,}|y{20,}`).ReplaceAllString(body, "…")
			b.WriteString(strings.TrimRight(body, "\n") + "\n")
		}
		golden.Check(t, "testdata/"+name+".golden", changing.ReplaceAllString(b.String(), "#"))
	}
}

// TestEmptyShelf: what pages show where there is one report, or none.
func TestEmptyShelf(t *testing.T) {
	for n, want := range map[int]map[string]int{0: {"/": 200, "/reports": 200, "/kept": 200, "/compare": 200, "/figures": 404, "/ask?q=x": 200}, 1: {"/kept": 200, "/compare": 200, "/figures": 200}} {
		s := serve(t, func(o *Options) { o.Library = &shelf{newShelf().books[:n]} })
		for path, code := range want {
			w := ask(s, "GET", path, "")
			if w.Code != code || strings.Contains(w.Body.String(), "KeptNoOther") || path == "/kept" && strings.Contains(w.Body.String(), "2025年青溪市") != (n == 1) {
				t.Errorf("%d reports: %s is %d, want %d", n, path, w.Code, code)
			}
		}
	}
}

// TestTalk: a question follows on those before it, which a cookie keeps; where it
// does it has an address of its own.
func TestTalk(t *testing.T) {
	s := serve(t, nil)
	w := ask(s, "GET", "/ask?q="+url.QueryEscape("公园"), "")
	cookie := w.Header().Get("Set-Cookie")
	if w.Code != http.StatusOK || !strings.HasPrefix(cookie, "talk=") || !strings.Contains(cookie, "Max-Age=600") || !strings.Contains(cookie, "HttpOnly") || strings.Contains(cookie, "Secure") {
		t.Fatalf("%d, cookie %q", w.Code, cookie)
	}
	value, _, _ := strings.Cut(cookie, ";")
	w = ask(s, "GET", "/ask?lang=en&q="+url.QueryEscape("去年呢"), "", "Cookie", value)
	if want := "/ask?after=" + url.QueryEscape("公园") + "&lang=en&q=" + url.QueryEscape("去年呢"); w.Code != http.StatusSeeOther || !strings.Contains(strings.Join(w.Header().Values("Set-Cookie"), " "), "lang=en") || w.Header().Get("Location") != want || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("a question that follows: %d, %v, want %s", w.Code, w.Header(), want)
	}
	if w = ask(s, "GET", "/ask?q="+url.QueryEscape("新的"), "", "Cookie", value); w.Code != http.StatusOK {
		t.Errorf("a question that does not follow: %d, %v", w.Code, w.Header())
	}
	if w = ask(s, "GET", "/ask?b=x&q="+url.QueryEscape("去年呢"), "", "Cookie", value); w.Code != http.StatusOK {
		t.Errorf("a button that was pressed: %d, %v", w.Code, w.Header())
	}
	for _, bad := range []string{"talk=", "talk=%", "talk=bm8", "talk=" + strings.Repeat("QUFB", 1000)} {
		if w = ask(s, "GET", "/ask?q=x", "", "Cookie", bad); w.Code != http.StatusOK {
			t.Errorf("%.20s: %d", bad, w.Code)
		}
	}
	long := strings.Repeat("长", 450)
	list := []string{long + "1", long + "2", long + "3", "四", "五"}
	w = ask(s, "GET", "/ask?q=x&after="+strings.Join(mapped(list, url.QueryEscape), "&after="), "")
	value, _, _ = strings.Cut(w.Header().Get("Set-Cookie"), ";")
	r, _ := http.NewRequest("GET", "/", nil)
	r.Header.Set("Cookie", value)
	if got := (&visit{r: r}).talk(); len(got) != 4 || got[0] != long+"3" || got[3] != "x" || len(value) > 4000 {
		t.Errorf("%d questions are kept in %d bytes", len(got), len(value))
	}
}

func mapped(list []string, f func(string) string) []string {
	var out []string
	for _, s := range list {
		out = append(out, f(s))
	}
	return out
}

// TestVote: what somebody thinks of an answer leads back to it.
func TestVote(t *testing.T) {
	s := serve(t, nil)
	for _, tt := range []struct {
		form string
		code int
		to   string
	}{
		{"q=x&vote=vote:1%2B&after=a&b=1&lang=en&size=large", 303, "/ask?after=a&b=1&lang=en&q=x&size=large&voted=1"},
		{"q=x&vote=other", 303, "/ask?q=x"}, {"q=x", 303, "/ask?q=x"}, {"q=x&vote=vote:" + strings.Repeat("1", 59), 303, "/ask?q=x&voted=1"}, {"q=x&vote=vote:" + strings.Repeat("1", 60), 303, "/ask?q=x"},
		{"q=", 400, ""}, {"q=%E5%9D%8F&vote=vote:1", 500, ""}, {"q=x&a=" + strings.Repeat("y", maxBody), 413, ""},
	} {
		w := ask(s, "POST", "/vote", tt.form, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
		if w.Code != tt.code || w.Header().Get("Location") != tt.to {
			t.Errorf("%.60s: %d, %s, want %d, %s", tt.form, w.Code, w.Header().Get("Location"), tt.code, tt.to)
		}
	}
	if w := ask(s, "POST", "/vote", "q=x", "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("from another site: %d", w.Code)
	}
}

// TestAPIBodies: what may be posted, and what is wrong with the rest.
func TestAPIBodies(t *testing.T) {
	s := serve(t, nil)
	for _, tt := range []struct {
		kind, body string
		code       int
		says       string
	}{
		{"application/json", `{"q": "公园", "lang": "zh-Hant", "chat": "c", "report": "2024/青溪"}`, 200, `"reply":"zh-Hant|2024/青溪|truec|true"`},
		{"application/json; charset=utf-8", `{"q": "公园"}`, 200, `"reply":"||false|true"`}, {"", `{"q": "公园"}`, 200, `"question":"公园"`},
		{"application/x-www-form-urlencoded", "q=x&chat=c", 200, `"reply":"||truec|true"`}, {"application/x-www-form-urlencoded", "q=%zz", 400, "the body is no form"},
		{"application/json", `{"q": "x", "other": 1}`, 400, "the body is no object"}, {"application/json", `{"q": "x"} 1`, 400, "something follows the object"}, {"application/json", `[]`, 400, "the body is no object"}, {"application/json", `{}`, 400, "q is missing or empty"},
		{"application/json", `{"q": "` + strings.Repeat("x", maxBody) + `"}`, 413, "the body has more than 65536 bytes"},
	} {
		w := ask(s, "POST", "/api/v1/ask", tt.body, "Content-Type", tt.kind)
		if w.Code != tt.code || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s %.40s: %d, %s, want %d, %s", tt.kind, tt.body, w.Code, w.Body, tt.code, tt.says)
		}
	}
}

// TestOrigins: whose scripts may read the API, and from where the site is.
func TestOrigins(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.CORS, o.Embed, o.BaseURL = []string{"https://a.example"}, []string{"https://b.example"}, "https://site.example/"
	})
	for origin, want := range map[string]string{"https://a.example": "https://a.example", "https://c.example": "", "": ""} {
		w := ask(s, "GET", "/api/v1/reports", "", "Origin", origin)
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != want || !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Origin") {
			t.Errorf("origin %q: %v", origin, w.Header())
		}
		w = ask(s, "OPTIONS", "/api/v1/ask", "", "Origin", origin, "Access-Control-Request-Method", "POST")
		if (w.Code == http.StatusNoContent) != (want != "") || want != "" && (w.Header().Get("Access-Control-Allow-Methods") != "GET, POST" || w.Header().Get("Access-Control-Allow-Headers") != "Content-Type" || w.Header().Get("Access-Control-Max-Age") != "3600") {
			t.Errorf("origin %q may ask: %d, %v", origin, w.Code, w.Header())
		}
	}
	if w := ask(s, "OPTIONS", "/api/v1/ask", "", "Origin", "https://a.example"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("no preflight: %d", w.Code)
	}
	if w := ask(s, "OPTIONS", "/ask", "", "Origin", "https://a.example", "Access-Control-Request-Method", "POST"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("a preflight of a page: %d", w.Code)
	}
	w := ask(s, "GET", "/embed", "")
	if got := w.Header().Get("Content-Security-Policy"); !strings.HasSuffix(got, "frame-ancestors 'self' https://b.example") || w.Header().Get("X-Frame-Options") != "" {
		t.Errorf("a frame: %v", w.Header())
	}
	w = ask(s, "GET", "/?lang=en", "")
	if !strings.Contains(w.Body.String(), `href="https://site.example/"`) || w.Header().Get("Strict-Transport-Security") == "" || !strings.Contains(w.Header().Get("Set-Cookie"), "Secure") {
		t.Errorf("a site of https: %v", w.Header())
	}
	for host, want := range map[string]string{"h.example:80": "h.example:80", "[::1]:8": "[::1]:8", "Az09-.": "Az09-.", "": "localhost", "a b": "localhost", "a/b": "localhost", "a`b": "localhost", "a{b": "localhost", "a@b": "localhost", "a;b": "localhost", strings.Repeat("a", 255): strings.Repeat("a", 255), strings.Repeat("a", 256): "localhost"} {
		if got := plainHost(host); got != want {
			t.Errorf("plainHost(%.20q) = %.20q, want %.20q", host, got, want)
		}
	}
	for _, bad := range []string{"http://", "https://h/path", "h", "://"} {
		if _, err := New(Options{Library: newShelf(), Asker: &echoing{}, BaseURL: bad}); err == nil {
			t.Errorf("a site at %q", bad)
		}
	}
	for _, opt := range []Options{{Library: newShelf()}, {Asker: &echoing{}}, {Library: newShelf(), Asker: &echoing{}, CORS: []string{"x"}}} {
		if _, err := New(opt); err == nil {
			t.Errorf("New(%+v) is fine", opt)
		}
	}
}

// TestAccepted: the language of who reads.
func TestAccepted(t *testing.T) {
	for header, want := range map[string]string{
		"": "zh-CN", "zh-TW,zh;q=0.9": "zh-Hant", "en-GB": "en", "fr,en;q=0.5": "en", "fr,zh;q=0.5": "zh-CN", "fr": "en", "*": "zh-CN", "mul": "zh-CN", ";;": "zh-CN", "en" + strings.Repeat(" ", 498): "en", "en" + strings.Repeat(" ", 499): "zh-CN",
	} {
		w := ask(serve(t, nil), "GET", "/", "", "Accept-Language", header)
		if got := w.Header().Get("Content-Language"); got != want {
			t.Errorf("%.20q: %s, want %s", header, got, want)
		}
	}
	s := serve(t, nil)
	for _, tt := range []struct{ path, cookie, lang, sets string }{
		{"/", "lang=en", "en", ""}, {"/?lang=zh", "lang=en", "zh-CN", "lang=zh-CN"}, {"/?lang=en", "lang=en", "en", ""}, {"/?lang=fr", "", "zh-CN", ""}, {"/?lang=EN-us", "", "en", "lang=en"}, {"/?size=large", "", "zh-CN", "size=large"}, {"/?size=small", "", "zh-CN", ""}, {"/none?lang=en", "", "en", ""},
	} {
		w := ask(s, "GET", tt.path, "", "Cookie", tt.cookie)
		got := w.Header().Get("Set-Cookie")
		if w.Header().Get("Content-Language") != tt.lang || !strings.HasPrefix(got, tt.sets) || tt.sets == "" && got != "" || got != "" && !strings.Contains(got, "Max-Age=31536000") {
			t.Errorf("%s with %s: %s, sets %q, want %s, %q", tt.path, tt.cookie, w.Header().Get("Content-Language"), got, tt.lang, tt.sets)
		}
	}
	large := ask(s, "GET", "/", "", "Cookie", "size=large")
	if normal := ask(s, "GET", "/?size=normal", "", "Cookie", "size=large"); large.Body.String() == normal.Body.String() {
		t.Error("large print looks like the other")
	}
}

// TestWire: a page is packed where that is worth it, and not sent again to who has it.
func TestWire(t *testing.T) {
	s := serve(t, nil)
	for _, tt := range []struct {
		path   string
		packed bool
	}{{"/", true}, {"/healthz", false}} {
		w := ask(s, "GET", tt.path, "", "Accept-Encoding", "gzip")
		if (w.Header().Get("Content-Encoding") == "gzip") != tt.packed || w.Header().Get("Content-Length") != fmt.Sprint(w.Body.Len()) {
			t.Errorf("%s: %v, %d bytes", tt.path, w.Header(), w.Body.Len())
		}
	}
	path := "/r/2025/" + url.PathEscape("青溪")
	tag := ask(s, "GET", path, "").Header().Get("ETag")
	for _, tt := range []struct {
		path, match string
		code        int
	}{
		{path, tag, 304}, {path, strings.TrimPrefix(tag, "W/"), 304}, {path, "*", 304}, {path, `"x", ` + tag, 304}, {path, `"x"`, 200}, {path, "", 200}, {path + "?q=x", tag, 200}, {path + "?lang=en", tag, 200}, {path + "?size=large", tag, 200}, {path + "?m=1-2", tag, 200},
	} {
		w := ask(s, "GET", tt.path, "", "If-None-Match", tt.match)
		if w.Code != tt.code || tt.code == 304 && (w.Body.Len() > 0 || w.Header().Get("Vary") == "") {
			t.Errorf("%s, has %s: %d with %d bytes, want %d", tt.path, tt.match, w.Code, w.Body.Len(), tt.code)
		}
	}
}

// TestLimited: who asks too often waits; a mounted service and a server that is
// not ready.
func TestLimited(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.Rate = 1
		o.Sheets, o.Asker = nil, &echoing{errors.New("no report is live yet")}
		o.Mount = map[string]http.Handler{"/wechat": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })}
	})
	for _, path := range []string{"/healthz", "/robots.txt", "/favicon.ico", "/static/none"} { // a tenth of a page each
		ask(s, "GET", path, "")
	}
	if w := ask(s, "GET", "/readyz", ""); w.Code != http.StatusServiceUnavailable || w.Body.String() != "no report is live yet\n" {
		t.Errorf("not ready: %d, %q", w.Code, w.Body)
	}
	codes := ""
	for range 4 {
		w := ask(s, "GET", "/reports", "")
		codes += fmt.Sprint(w.Code, " ")
		if (w.Header().Get("Retry-After") == "1") != (w.Code == http.StatusTooManyRequests) {
			t.Errorf("%d: wait %q", w.Code, w.Header().Get("Retry-After"))
		}
	}
	if codes != "200 200 429 429 " {
		t.Errorf("four pages: %s", codes)
	}
	if w := ask(s, "GET", "/wechat", ""); w.Code != http.StatusTeapot {
		t.Errorf("a mounted service: %d", w.Code)
	}
	if w := ask(serve(t, func(o *Options) { o.Sheets = nil }), "GET", "/figures.xlsx", ""); w.Code != http.StatusNotFound {
		t.Errorf("a spreadsheet that is not offered: %d", w.Code)
	}
}

// TestNumbers: differences in words, what is a formula, which cells are numbers.
func TestNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "=1+1": "'=1+1", "+1": "'+1", "-x": "'-x", "-3.5": "-3.5", "@a": "'@a", " =1": "' =1", "\u3000＝1": "'\u3000＝1", "——2025": "——2025", "甲=乙": "甲=乙", "-": "'-", "\t1": "'\t1", "1e5": "1e5",
	} {
		if got := harmless(in); got != want {
			t.Errorf("harmless(%q) = %q, want %q", in, got, want)
		}
	}
	for d, want := range map[float64]string{0: "0", 1: "+1", -1: "−1", 0.5: "+0.5", 0.001: "0", -0.001: "0", 100: "+100", -2.25: "−2.25"} {
		if got := signed(d); got != want {
			t.Errorf("signed(%v) = %s, want %s", d, got, want)
		}
	}
}
