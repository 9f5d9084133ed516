package view

import (
	"encoding/xml"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus/golden"
	"jinwen/handlers/chat"
)

func TestTexts(t *testing.T) {
	for _, w := range texts.Check() {
		t.Error(w)
	}
}

func TestAddress(t *testing.T) {
	for _, tt := range []struct {
		path  string
		query url.Values
		want  string
	}{
		{"/", nil, "/"}, {"/ask", url.Values{"q": {"口袋 公园"}, "b": {"2", "1"}}, "/ask?b=2&b=1&q=%E5%8F%A3%E8%A2%8B+%E5%85%AC%E5%9B%AD"},
		{"/r/2024/天津", nil, "/r/2024/%E5%A4%A9%E6%B4%A5"}, {"/r/2024/a b?c#p7", nil, "/r/2024/a%20b%3Fc#p7"},
	} {
		if got := Address(tt.path, tt.query); got != tt.want {
			t.Errorf("Address(%q, %v) = %s, want %s", tt.path, tt.query, got, tt.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " 口袋公园 ": "口袋公园", "a\nb\tc": "a b c", "a\x00\x1bb\x7f": "ab", "\u202eabc\u2066": "abc", "\xff\xfe": "", "\u200b": "", "a\u2028b": "a b",
	} {
		if got := Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHanMarked(t *testing.T) {
	for in, want := range map[string]string{
		"口袋": `<span lang="zh">口袋</span>`, "a口": `a<span lang="zh">口</span>`,
		// What stands between is part of it: from the blank to the end of full width.
		"口\u3000袋": "<span lang=\"zh\">口\u3000袋</span>", "口〿袋": `<span lang="zh">口〿袋</span>`,
		"口\uff00袋": "<span lang=\"zh\">口\uff00袋</span>", "口\uffef袋": "<span lang=\"zh\">口\uffef袋</span>", "口（袋）": `<span lang="zh">口（袋）</span>`,
		"口\u2fff袋": "<span lang=\"zh\">口</span>\u2fff<span lang=\"zh\">袋</span>", "口ぁ袋": `<span lang="zh">口</span>ぁ<span lang="zh">袋</span>`,
		"口\ufeff袋": "<span lang=\"zh\">口</span>\ufeff<span lang=\"zh\">袋</span>", "口\ufff0袋": "<span lang=\"zh\">口</span>\ufff0<span lang=\"zh\">袋</span>",
		"，a": "，a",
	} {
		if got := hanMarked(&Page{Lang: chat.English}, in); string(got) != want {
			t.Errorf("hanMarked(%q) = %s, want %s", in, got, want)
		}
	}
	en, zh := &Page{Lang: chat.English}, &Page{Lang: chat.Hans}
	if got := hanMarked(en, "2024 target · 口袋公园，新建: 50个 <b>"); got != `2024 target · <span lang="zh">口袋公园，新建</span>: 50<span lang="zh">个</span> &lt;b&gt;` {
		t.Error(got)
	}
	if got := hanMarked(zh, "口袋公园<b>"); got != "口袋公园&lt;b&gt;" {
		t.Error(got)
	}
}

// spread has an element a line.
func spread(svg string) string { return strings.ReplaceAll(svg, "><", ">\n<") + "\n" }

// TestPageAddresses: what a page's links carry along, and what they leave out.
func TestPageAddresses(t *testing.T) {
	p := &Page{
		Lang: chat.English, Nav: "kept", Path: "/r/2024/天津", Base: "https://jinwen.example",
		Query:  url.Values{"q": {"公园"}, "m": {"1-2"}},
		Sticky: url.Values{"lang": {"en"}, "size": {"large"}},
	}
	for _, tt := range []struct{ name, got, want string }{
		{"elsewhere", p.U("/ask", "q", "桥", "year", 2024, "page", ""), "/ask?lang=en&q=%E6%A1%A5&size=large&year=2024"},
		{"elsewhere, nothing said", p.U("/"), "/?lang=en&size=large"},
		{"elsewhere, half a pair", p.U("/", "q"), "/?lang=en&size=large"},
		{"changed", p.With("q", "桥"), "/r/2024/%E5%A4%A9%E6%B4%A5?lang=en&m=1-2&q=%E6%A1%A5&size=large"},
		{"taken out", p.With("q", "", "m", ""), "/r/2024/%E5%A4%A9%E6%B4%A5?lang=en&size=large"},
		{"in another language", p.With("lang", "zh-CN"), "/r/2024/%E5%A4%A9%E6%B4%A5?lang=zh-CN&m=1-2&q=%E5%85%AC%E5%9B%AD&size=large"},
		{"half a pair", p.With("q"), "/r/2024/%E5%A4%A9%E6%B4%A5?lang=en&m=1-2&q=%E5%85%AC%E5%9B%AD&size=large"},
		{"lasting", p.Canonical(), "https://jinwen.example/r/2024/%E5%A4%A9%E6%B4%A5?m=1-2&q=%E5%85%AC%E5%9B%AD"},
		{"larger", (&Page{Path: "/"}).Size(), "/?size=large"},
		{"smaller", (&Page{Path: "/", Large: true}).Size(), "/?size=normal"},
		{"no query", Address("/", url.Values{}), "/"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got, tt.want)
		}
	}
	if d := cmp.Diff([]Field{{"lang", "en"}, {"size", "large"}}, p.Hidden()); d != "" {
		t.Errorf("what a form carries (-want +got):\n%s", d)
	}
	if p.Query.Get("q") != "公园" || p.Sticky.Get("lang") != "en" {
		t.Error("asking for an address changed the page")
	}
}

// TestLanguages: each language once, the page's own marked, and lasting
// addresses that name no size.
func TestLanguages(t *testing.T) {
	for _, tt := range []struct {
		lang                chat.Lang
		tag, quoted, locale string
	}{
		{chat.Hans, "zh-CN", "", "zh_CN"}, {chat.Hant, "zh-Hant", "zh", "zh_TW"}, {chat.English, "en", "zh", "en_GB"},
	} {
		p := &Page{Lang: tt.lang, Path: "/kept", Base: "https://h", Query: url.Values{"a": {"b"}}, Sticky: url.Values{"size": {"large"}}}
		if p.Tag() != tt.tag || p.Quoted() != tt.quoted || p.OGLocale() != tt.locale {
			t.Errorf("%v: %s, %q, %s, want %s, %q, %s", tt.lang, p.Tag(), p.Quoted(), p.OGLocale(), tt.tag, tt.quoted, tt.locale)
		}
		var current, alternates []string
		for i, l := range p.Languages() {
			if l.Current {
				current = append(current, l.Tag)
			}
			if want := "/kept?a=b&lang=" + l.Tag + "&size=large"; l.URL != want {
				t.Errorf("%v: %s is at %s, want %s", tt.lang, l.Tag, l.URL, want)
			}
			alternates = append(alternates, p.Alternates()[i].URL)
		}
		if d := cmp.Diff([]string{tt.tag}, current); d != "" {
			t.Errorf("%v: current (-want +got):\n%s", tt.lang, d)
		}
		if d := cmp.Diff([]string{"https://h/kept?a=b&lang=en", "https://h/kept?a=b&lang=zh-CN", "https://h/kept?a=b&lang=zh-Hant"}, sorted(alternates)); d != "" {
			t.Errorf("%v: alternates (-want +got):\n%s", tt.lang, d)
		}
	}
}

func sorted(s []string) []string { slices.Sort(s); return s }

// TestMenu: where a page is, is marked; the desk stands there for who is signed in.
func TestMenu(t *testing.T) {
	current := func(p *Page) string {
		var out []string
		for _, x := range p.Menu() {
			if x.Current {
				out = append(out, x.URL)
			}
		}
		return strings.Join(out, " ")
	}
	for nav, want := range map[string]string{"ask": "/", "kept": "/kept", "admin": "", "": ""} {
		if got := current(&Page{Nav: nav}); got != want {
			t.Errorf("on %q %q is marked, want %q", nav, got, want)
		}
	}
	if got := current(&Page{Nav: "admin", Admin: "ann"}); got != "/admin" {
		t.Errorf("at the desk %q is marked", got)
	}
	if n, m := len((&Page{Nav: "admin"}).Menu()), len((&Page{Nav: "kept", Admin: "ann"}).Menu()); m != n+1 {
		t.Errorf("%d entries, %d for who is signed in", n, m)
	}
}

// TestRender: a page is there by its name, and only then.
func TestRender(t *testing.T) {
	var out strings.Builder
	if err := Render(&out, &Page{Name: "none"}); err == nil || out.Len() > 0 {
		t.Errorf("a page that is none: %v, %q", err, out.String())
	}
	if err := Render(&out, &Page{Name: "reports", Title: "没有 <b>", Path: "/reports"}); err != nil || !strings.Contains(out.String(), "<title>没有 &lt;b&gt;") {
		t.Errorf("a page: %v, %.300q", err, out.String())
	}
}

// TestChart: the picture is well formed, says what it shows, and no bar leaves
// it; a fall goes to the left.
func TestChart(t *testing.T) {
	c := Chart{chat.Chart{Title: `增速 <"&`, Series: []string{"实际", "目标"}, Groups: []chat.ChartGroup{
		{Label: "地区生产总值", Bars: []chat.ChartBar{{Series: 0, Number: 4.3, Value: "4.3%"}, {Series: 1, Number: 4.5, Value: "4.5%左右"}}},
		{Label: "固定资产投资", Bars: []chat.ChartBar{{Number: -16.4, Value: "-16.4%"}}}, {Label: "持平", Bars: []chat.ChartBar{{Value: "持平"}}},
	}}, "条形图"}
	svg := string(c.SVG())
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
	}
	for _, want := range []string{`role="img"`, `aria-label="条形图"`, "<title>增速 &lt;", "4.5%左右", "-16.4%", `text-anchor="end"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in\n%s", want, svg)
		}
	}
	if strings.Contains(svg, "style=") {
		t.Error("a style in the picture")
	}
	golden.Check(t, "testdata/chart.golden", spread(svg))
	more := c
	more.OwnScale = true
	golden.Check(t, "testdata/chart_own_scale.golden", spread(string(more.SVG())))
	one := Chart{chat.Chart{Title: "一组", Series: []string{"目标"}, Groups: []chat.ChartGroup{
		{Label: strings.Repeat("长", 31), Bars: []chat.ChartBar{{Number: 50, Value: "五十个公园和两座大桥与一条路"}, {Number: 0.01, Value: "一"}}}}}, ""}
	golden.Check(t, "testdata/chart_one.golden", spread(string(one.SVG())))
	many := Chart{chat.Chart{Title: "五列", Series: []string{"甲", "乙", "丙", "丁", "戊"}, Groups: []chat.ChartGroup{
		{Label: "年", Bars: []chat.ChartBar{{Series: 0, Number: 1}, {Series: 1, Number: 2}, {Series: 2, Number: 3}, {Series: 3, Number: 4}, {Series: 4, Number: 5}}}}}, ""}
	golden.Check(t, "testdata/chart_many.golden", spread(string(many.SVG())))
	empty := Chart{Chart: chat.Chart{Title: "x"}}
	if svg := string(empty.SVG()); !strings.HasPrefix(svg, "<svg") || strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
		t.Error(svg)
	}
}
