package position

import (
	"os"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/zh"
	"jinwen/index/text"
)

// county returns the text of a report of a place that there is not.
func county(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../testdata/county.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestFind compares the exact search with the plain one, for every stretch of
// a text and for some that it lacks.
func TestFind(t *testing.T) {
	x := NewText(extract.ParseText(county(t)))
	runes := x.Runes
	for n := 2; n <= 5; n++ {
		for i := 0; i+n <= len(runes); i += 3 {
			term := runes[i : i+n]
			if zh.IsDigit(term[0]) || zh.IsDigit(term[n-1]) || zh.IsLatin(term[0]) || zh.IsLatin(term[n-1]) {
				continue // found as whole numbers and words only
			}
			want := strings.Count(overlapping(string(runes), string(term)), "x")
			if got := len(x.Find(term)); got != want {
				t.Errorf("find(%q) gives %d places, want %d", string(term), got, want)
			}
		}
	}
	for _, c := range []struct {
		term string
		n    int
	}{{"12.5亿", 0}, {"312.5亿", 1}, {"15个", 1}, {"5个", 0}, {"没有的词", 0}} {
		if got := len(x.Find([]rune(c.term))); got != c.n {
			t.Errorf("find(%q) gives %d places, want %d", c.term, got, c.n)
		}
	}
}

// TestFindWhole: numbers and words of Latin letters are found as wholes only.
func TestFindWhole(t *testing.T) {
	x := NewText(extract.ParseText("某市2031年政府工作报告\n一、2030年工作回顾\n新建5G基站12.5万个，A股公司3家，GDP增长5.8%，AI企业15家。\n二、2031年工作安排\n发展AIGC产业，建成5G"))
	for term, want := range map[string]int{
		"5g": 2, "g": 0, "5": 0, "12": 0, "2.5": 0, "12.5": 1, "12.5万": 1, "5万": 0, "股公": 1, "a股": 1, "ai": 1, "aigc": 1, "gc": 0, "ai企": 1, "gdp": 1, "dp": 0, "5.8": 1, "8": 0, "15家": 1, "5家": 0, "2031": 2, "31": 0,
	} {
		if got := len(x.Find([]rune(term))); got != want {
			t.Errorf("Find(%q) gives %d places, want %d", term, got, want)
		}
	}
}

// TestFindAtEdges: numbers and words are wholes at either end of the text, too.
func TestFindAtEdges(t *testing.T) {
	for text, want := range map[string]map[string]int{
		"25个":         {"25": 1, "25个": 1, "5个": 0},
		"ab区":         {"ab": 1, "b区": 0, "ab区": 1},
		"5g和15":       {"5g": 1, "15": 1, "和15": 1, "和1": 0},
		"x.5亿1.5":     {"5亿": 0, "1.5": 1, "亿1": 0},
		"增长5.。增长6.":   {"长5": 1, "长6": 1},
		"区ai":         {"ai": 1, "区a": 0, "区ai": 1},
		"甲乙甲乙甲乙甲乙甲乙丙": {"甲乙": 5, "乙丙": 1, "甲乙丙": 1, "乙甲乙": 4, "丙甲": 0, "甲乙甲乙甲乙": 3},
	} {
		x := NewText(extract.ParseText(text))
		for term, n := range want {
			if got := len(x.Find([]rune(term))); got != n {
				t.Errorf("Find(%q) in %s gives %d places, want %d", term, text, got, n)
			}
		}
	}
}

// overlapping returns an x for every place of term in text.
func overlapping(text, term string) string {
	var b strings.Builder
	for i := range text {
		if strings.HasPrefix(text[i:], term) {
			b.WriteByte('x')
		}
	}
	return b.String()
}

func TestSlips(t *testing.T) {
	x := NewText(extract.ParseText(county(t) + "\n推进“津治通”平台升级，地铁11号线建成，集装箱吞吐量增长，天津美术学院扩建，津滨轻轨改造。\n"))
	cut, err := text.NewCutter("", nil)
	if err != nil {
		t.Fatal(err)
	}
	words := cut.Fine(string(x.Runes))
	x.SetWords(words, cut.InDict)
	slips := NewSlips(x, words)
	for _, c := range []struct{ text, want string }{
		{"津志通", "津治通"}, {"集装厢", "集装箱"}, {"集装箱", ""}, {"完全不同", ""},
	} {
		if got := slips.SoundsLike([]rune(c.text), true, nil); got != c.want {
			t.Errorf("soundsLike(%q) = %q, want %q", c.text, got, c.want)
		}
	}
	if got := slips.Abbreviated([]rune("天美")); len(got) == 0 || !strings.HasPrefix(got[0], "天津美术") {
		t.Errorf("abbreviated(天美) = %q, want 天津美术…", got)
	}
	if got := slips.Spelled("jinbin", nil); len(got) != 1 || got[0] != "津滨" {
		t.Errorf("spelled(jinbin) = %q, want 津滨", got)
	}
}
