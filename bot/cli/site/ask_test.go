package site

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestAsk: a question, its answer first, each quote linked to its place, where
// it stands marked.
func TestAsk(t *testing.T) {
	c := start(t, nil).client()
	g := c.page("/", "Accept-Language", "zh-CN")
	form := g.one(t, "form", "action=/ask", "method=get")
	if n := g.one(t, "input", "name=q", "id=q"); val(n, "type") != "search" || val(g.one(t, "label", "for=q"), "for") == "" || form == nil {
		t.Error("the field has no label")
	}
	for _, want := range []string{"可以这样问", "按主题看", "教育", "天津市2024年政府工作报告"} {
		if !strings.Contains(g.main(t), want) {
			t.Errorf("the first page has no %s", want)
		}
	}
	g = c.page("/ask?q=" + url.QueryEscape("口袋公园今年建几个"))
	answer := g.one(t, "div", "class=answer")
	if first := firstElement(answer); val(first, "class") != "direct" || !strings.Contains(text(first), "50个") {
		t.Errorf("the answer does not come first: %s", text(first))
	}
	quotes := g.all("blockquote")
	links := g.all("figcaption")
	if len(quotes) == 0 || len(quotes) != len(links) {
		t.Fatalf("%d quotes, %d places", len(quotes), len(links))
	}
	quote := tidy(text(quotes[0]))
	place := g.one(t, "blockquote", "cite")
	r := c.page(val(place, "cite"))
	_, id, _ := strings.Cut(val(place, "cite"), "#")
	if p := r.one(t, "span", "id="+id); val(p, "tabindex") != "-1" || !strings.Contains(text(p), quote) {
		t.Errorf("%s holds %q, not %q", id, text(p), quote)
	}
	if m := text(r.one(t, "mark")); m != quote {
		t.Errorf("marked is %q, the quote is %q", m, quote)
	}
	for _, want := range []string{`property="og:title" content="口袋公园今年建几个"`, `rel="canonical"`, `property="og:description"`, "<title>口袋公园今年建几个 – 津问</title>"} {
		if !bytes.Contains(g.body, []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	if c := val(g.one(t, "link", "rel=canonical"), "href"); !strings.Contains(string(g.body), "本页地址") || !strings.HasPrefix(c, "http://") {
		t.Error("no lasting address is shown")
	}
}

func firstElement(n *html.Node) *html.Node {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode {
			return c
		}
	}
	return nil
}

// TestAskEdges: nothing asked, too much asked, nothing found, odd characters.
func TestAskEdges(t *testing.T) {
	c := start(t, nil).client()
	for _, tt := range []struct {
		name, q string
		status  int
		want    []string
		not     []string
	}{
		{"empty", "", 400, []string{"请先写下您想问什么", "id=\"q-problem\""}, nil},
		{"white space", " \t\u3000\u200b", 400, []string{"请先写下您想问什么"}, nil},
		{"500 characters", strings.Repeat("问", 500), 200, []string{"<blockquote", "问问"}, nil},
		{"501 characters", strings.Repeat("问", 501), 413, []string{"最多 500 个字"}, nil},
		{"not found", "火星移民计划今年送多少人", 200, []string{"<h1"}, []string{"50个"}},
		{"markup", `<script>alert(1)</script>"'&`, 200, []string{"&lt;script&gt;"}, []string{"<script>alert"}},
		{"controls", "口袋\x00公园\x1b[2J今年\x7f", 200, []string{"口袋公园[2J今年"}, []string{"\x1b", "\x00", "\x7f"}},
		{"turned around", "口袋公园\u202e今年\u2066建几个", 200, []string{"<bdi>口袋公园今年建几个</bdi>"}, []string{"\u202e", "\u2066"}},
		{"broken", "口袋\xff公园", 200, []string{"口袋公园"}, nil},
	} {
		g := c.get("/ask?q="+url.QueryEscape(tt.q), "Accept-Language", "zh")
		if g.StatusCode != tt.status {
			t.Errorf("%s: %s, want %d", tt.name, g.Status, tt.status)
		}
		for _, w := range tt.want {
			if !bytes.Contains(g.body, []byte(w)) && !(w == "<blockquote" && tt.name == "500 characters") {
				t.Errorf("%s: no %s in\n%s", tt.name, w, g.main(t))
			}
		}
		for _, w := range tt.not {
			if bytes.Contains(g.body, []byte(w)) {
				t.Errorf("%s: %q is shown", tt.name, w)
			}
		}
	}
}

// TestPinyin: two hundred letters that spell the report's words are answered
// in time.
func TestPinyin(t *testing.T) {
	c := start(t, nil).client()
	q := strings.Repeat("ranqiguanwangjiaoyutianjin", 8)[:200]
	if g := c.get("/ask?q=" + q); g.StatusCode != 200 {
		t.Errorf("200 letters: %s", g.Status)
	}
}

// TestFollowUp: the cookie holds the question before and no identity; the
// address of a follow-up names both, and gives the same without the cookie.
func TestFollowUp(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	c.page("/ask?q=" + url.QueryEscape("今年改造燃气管网多少公里"))
	base, _ := url.Parse(s.base)
	seen := 0
	for _, k := range c.http.Jar.Cookies(base) {
		if seen++; k.Name != "talk" && k.Name != "lang" && k.Name != "size" {
			t.Errorf("cookie %s", k.Name)
		}
	}
	if seen == 0 {
		t.Error("no cookie")
	}
	g := c.page("/ask?q=" + url.QueryEscape("那去年呢"))
	if q := g.Request.URL.Query(); q.Get("after") != "今年改造燃气管网多少公里" || q.Get("q") != "那去年呢" {
		t.Errorf("the address is %s", g.Request.URL)
	}
	if !strings.Contains(g.main(t), "637公里") || !strings.Contains(g.main(t), "接着上一问") {
		t.Errorf("the year before:\n%s", g.main(t))
	}
	fresh := s.client().page(g.Request.URL.String())
	if a, b := tidy(text(g.one(t, "div", "class=answer"))), tidy(text(fresh.one(t, "div", "class=answer"))); a != b {
		t.Errorf("somebody else gets\n%s\nwant\n%s", b, a)
	}
	// A question that stands for itself does not follow on.
	if g := c.page("/ask?q=" + url.QueryEscape("口袋公园今年建几个")); g.Request.URL.Query().Has("after") {
		t.Errorf("the address is %s", g.Request.URL)
	}
}

// TestButtons: each button under an answer leads to a page that lasts, also
// for who has nothing but its address; a vote is a form.
func TestButtons(t *testing.T) {
	s := start(t, nil)
	c := s.client()
	for _, q := range []string{"口袋公园今年建几个", "教育", "今年要启动改造的老旧小区有多少个", "就业", "火星移民"} {
		g := c.page("/ask?q=" + url.QueryEscape(q))
		n := 0
		for _, a := range g.all("a") {
			href := val(a, "href")
			if !strings.HasPrefix(href, "/ask?") {
				continue
			}
			n++
			b := s.client().get(href)
			if b.StatusCode != 200 {
				t.Errorf("%s: %s is %s", q, text(a), b.Status)
				continue
			}
			if b.tree != nil && strings.Contains(b.main(t), "过期") {
				t.Errorf("%s: %s: %s", q, text(a), b.main(t))
			}
		}
		if n == 0 && q != "火星移民" {
			t.Errorf("%s: no buttons", q)
		}
	}
	g := c.page("/ask?q=" + url.QueryEscape("口袋公园今年建几个"))
	form := g.one(t, "form", "action=/vote", "method=post")
	values := url.Values{}
	for x := range form.Descendants() {
		if x.Type == html.ElementNode && x.Data == "input" {
			values.Add(val(x, "name"), val(x, "value"))
		}
	}
	up := g.all("button", "name=vote")
	values.Set("vote", val(up[0], "value"))
	if v := c.post("/vote", values); v.StatusCode != 200 || len(v.all("p", "role=status")) == 0 {
		t.Errorf("a vote: %s", v.Status)
	}
	if v := c.post("/vote", values, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"); v.StatusCode != 403 {
		t.Errorf("a vote from elsewhere: %s", v.Status)
	}
}

// TestAnswerChart: a chart that a chat would get as a picture is drawn on the
// page, with its table, and every number's clause after it.
func TestAnswerChart(t *testing.T) {
	s := start(t, nil)
	importText(t, s, []byte(strings.NewReplacer("2024年", "2025年", "2023年", "2024年").Replace(string(changed(t, "增长4.3%", "增长5.1%")))))
	c := s.client()
	n := 0
	for _, q := range []string{"天津近三年GDP增速", "社零去年实际增速跟今年目标比，是高了还是低了", "GDP去年多少，今年目标多少"} {
		g := c.page("/ask?q="+url.QueryEscape(q), "Accept-Language", "zh")
		for _, a := range g.all("a") {
			if !strings.Contains(val(a, "href"), "b=chart") {
				continue
			}
			p := c.page(val(a, "href"))
			n++
			if len(p.all("svg", "role=img", "aria-label")) != 1 || len(p.all("pre")) != 1 || len(p.all("blockquote")) == 0 || strings.Contains(string(p.body), "%!") {
				t.Errorf("%s: %d pictures, %d tables, %d quotes\n%s", q, len(p.all("svg", "role=img")), len(p.all("pre")), len(p.all("blockquote")), p.main(t))
			}
		}
	}
	if n == 0 {
		t.Error("no answer has a chart")
	}
}
