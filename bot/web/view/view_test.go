package view

import (
	"encoding/xml"
	"io"
	"net/url"
	"strings"
	"testing"

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
	en, zh := &Page{Lang: chat.English}, &Page{Lang: chat.Hans}
	if got := hanMarked(en, "2024 target · 口袋公园，新建: 50个 <b>"); got != `2024 target · <span lang="zh">口袋公园，新建</span>: 50<span lang="zh">个</span> &lt;b&gt;` {
		t.Error(got)
	}
	if got := hanMarked(zh, "口袋公园<b>"); got != "口袋公园&lt;b&gt;" {
		t.Error(got)
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
	empty := Chart{Chart: chat.Chart{Title: "x"}}
	if svg := string(empty.SVG()); !strings.HasPrefix(svg, "<svg") || strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
		t.Error(svg)
	}
}
