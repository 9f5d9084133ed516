package site

import (
	"net/url"
	"strings"
	"testing"

	"jinwen/bot/web"
)

// TestLanguages: ?lang=, then the cookie, then Accept-Language; a page is in
// one language, quotes are marked as Chinese on others.
func TestLanguages(t *testing.T) {
	s := start(t, nil)
	for _, tt := range []struct{ query, accept, want, tag string }{
		{"", "", "提问", "zh-CN"}, {"", "zh-CN,zh;q=0.9", "提问", "zh-CN"}, {"", "zh-TW", "提問", "zh-Hant"}, {"", "zh-HK,en;q=0.5", "提問", "zh-Hant"},
		{"", "en-GB,en;q=0.9", "Ask", "en"}, {"", "fr,de;q=0.9", "Ask", "en"}, {"", "fr,zh;q=0.5", "提问", "zh-CN"}, {"", "*", "提问", "zh-CN"}, {"", "x-junk,,;;", "提问", "zh-CN"},
		{"?lang=en", "zh", "Ask", "en"}, {"?lang=zh-Hant", "en", "提問", "zh-Hant"}, {"?lang=zh-CN", "en", "提问", "zh-CN"}, {"?lang=xx", "en", "Ask", "en"},
	} {
		for _, path := range []string{"/", "/reports"} {
			g := s.client().page(path+tt.query, "Accept-Language", tt.accept)
			if tag := val(g.one(t, "html"), "lang"); tag != tt.tag || g.Header.Get("Content-Language") != tag || !strings.Contains(text(g.one(t, "body")), tt.want) {
				t.Errorf("%s%s with %q is in %s, want %s", path, tt.query, tt.accept, tag, tt.tag)
			}
		}
	}
	c := s.client()
	c.page("/?lang=en&size=large")
	g := c.page("/ask?q="+url.QueryEscape("口袋公园今年建几个"), "Accept-Language", "zh")
	if val(g.one(t, "html"), "lang") != "en" || val(g.one(t, "html"), "class") != "large" {
		t.Error("what was chosen does not last")
	}
	for _, q := range g.all("blockquote") {
		if val(q, "lang") != "zh" {
			t.Error("a quote on an English page is not marked as Chinese")
		}
	}
	if !strings.Contains(g.main(t), "2024 target") {
		t.Errorf("the answer is not in English:\n%s", g.main(t))
	}
	g = c.get("/nothing/here")
	if g.StatusCode != 404 || !strings.Contains(g.main(t), "There is no such page") {
		t.Errorf("404 in English: %s", g.main(t))
	}
	// Without cookies the address carries the choice to every page.
	bare := s.client()
	bare.http.Jar = nil
	g = bare.page("/?lang=zh-Hant&size=large")
	for _, a := range g.all("a") {
		href := val(a, "href")
		if strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "/api") && !strings.Contains(href, "lang=") {
			t.Errorf("%s loses the language", href)
		}
	}
	if f := g.one(t, "form", "action=/ask"); !strings.Contains(render(f), `name="lang" value="zh-Hant"`) || !strings.Contains(render(f), `name="size" value="large"`) {
		t.Error("the form loses language or size")
	}
}

// TestFirstPageIsLight: all that the first page loads has at most 60 kB.
func TestFirstPageIsLight(t *testing.T) {
	c := start(t, nil).client()
	total := 0
	g := c.page("/", "Accept-Encoding", "identity")
	total += len(g.body)
	load := func(path string) {
		r := c.get(path, "Accept-Encoding", "identity")
		if r.StatusCode != 200 || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %s %s", path, r.Status, r.Header.Get("Cache-Control"))
		}
		total += len(r.body)
		z := c.get(path, "Accept-Encoding", "gzip")
		if z.Header.Get("Content-Encoding") != "gzip" || len(z.body) >= len(r.body) && len(r.body) > 1000 {
			t.Errorf("%s is not compressed", path)
		}
	}
	for _, l := range g.all("link") {
		if rel := val(l, "rel"); rel == "stylesheet" || rel == "icon" {
			load(val(l, "href"))
		}
	}
	for _, x := range g.all("script") {
		load(val(x, "src"))
	}
	if total > 60_000 {
		t.Errorf("the first page loads %d bytes", total)
	}
	t.Logf("the first page loads %d bytes uncompressed", total)
}

// TestEmbed: in a frame of those who may, and of nobody else.
func TestEmbed(t *testing.T) {
	c := start(t, func(o *web.Options) { o.Embed = []string{"https://www.example.org"} }).client()
	g := c.page("/embed?q=" + url.QueryEscape("口袋公园今年建几个"))
	if p := g.Header.Get("Content-Security-Policy"); !strings.Contains(p, "frame-ancestors 'self' https://www.example.org") || g.Header.Get("X-Frame-Options") != "" {
		t.Errorf("policy %s", p)
	}
	if !strings.Contains(g.main(t), "50个") || len(g.all("header")) != 0 {
		t.Error("no answer in the frame")
	}
	if p := c.page("/").Header; !strings.Contains(p.Get("Content-Security-Policy"), "frame-ancestors 'none'") || p.Get("X-Frame-Options") != "DENY" {
		t.Errorf("the first page may be framed: %v", p)
	}
	c.page("/embed")
}
