package position

import (
	"fmt"
	"strings"
	"testing"

	"jinwen/corpus/extract"
)

func textOf(body string) *Text {
	return NewText(extract.ParseText("某市2031年政府工作报告\n一、2030年工作回顾\n" + body))
}

// at returns what stands at places of t.
func at(t *Text, places []int32) string {
	var out []string
	for _, p := range places {
		out = append(out, string(t.Runes[p:min(int(p)+4, len(t.Runes))]))
	}
	return strings.Join(out, " ")
}

// TestEnding: a list of so many things that end alike begins with the first.
func TestEnding(t *testing.T) {
	x := textOf("推进沿海带、沿江带、山区带建设，强化供给端、需求端，做优技术链、人才链和资金链。红色游，蓝色游，绿色游。补齐短板，再过很久很久很久很久以后才补齐另一块短板。四大行业、五大行业、六大行业。治水要快，供水要快，节水要快")
	for _, c := range []struct {
		word string
		n    int
		want string
	}{
		{"带", 3, ""}, // goes on with 建设
		{"带", 2, "带、沿江"}, {"端", 2, "端、需求"}, {"端", 1, ""}, {"端", 3, ""}, {"链", 3, "链、人才"}, {"链", 2, ""},
		{"色游", 3, "色游,蓝"}, {"短板", 2, ""}, {"短板", 1, "短板,再 短板。四"}, {"行业", 3, "行业、五"}, {"要快", 3, ""}, {"要快", 2, "要快,供"}, {"没有", 1, ""},
	} {
		if got := at(x, x.Ending([]rune(c.word), c.n)); got != c.want {
			t.Errorf("Ending(%s, %d) = %q, want %q", c.word, c.n, got, c.want)
		}
	}
}

// TestEndingApart: items lie no further apart than a few words.
func TestEndingApart(t *testing.T) {
	for between, want := range map[int]int{2: 1, itemLength: 1, itemLength + 1: 0} {
		x := textOf("短板，" + strings.Repeat("补", between-1) + "短板。")
		if got := len(x.Ending([]rune("短板"), 2)); got != want {
			t.Errorf("%d characters apart: %d lists, want %d", between, got, want)
		}
	}
}

// TestBeginning: so many clauses near each other begin with a word, and no more.
func TestBeginning(t *testing.T) {
	x := textOf("坚持稳中求进；坚持改革开放。坚持绿色发展，着力扩大内需，着力补齐短板，要坚持不懈。")
	for _, c := range []struct {
		word string
		n    int
		want string
	}{
		{"坚持", 3, ""}, {"坚持", 2, "坚持改革 坚持绿色"}, {"坚持", 4, ""}, {"着力", 2, "着力扩大 着力补齐"}, {"着力", 1, ""}, {"没有", 0, ""},
	} {
		if got := at(x, x.Beginning([]rune(c.word), c.n)); got != c.want {
			t.Errorf("Beginning(%s, %d) = %q, want %q", c.word, c.n, got, c.want)
		}
	}
	for _, c := range []struct{ between, two, one int }{{sentenceLength, 2, 0}, {sentenceLength + 1, 0, 1}} {
		x := textOf("开头：坚持" + strings.Repeat("干", c.between-3) + "。坚持。")
		if two, one := len(x.Beginning([]rune("坚持"), 2)), len(x.Beginning([]rune("坚持"), 1)); two != c.two || one != c.one {
			t.Errorf("%d characters apart: %d of two and %d of one, want %d and %d", c.between, two, one, c.two, c.one)
		}
	}
}

// TestDigits: a run of digits that marks break is found without them.
func TestDigits(t *testing.T) {
	x := textOf("实施5·31行动，构建1+10+N体系，增长5.8%，2025-2030年，完成3.，第5·，7+a，12·34·56")
	for bare, want := range map[string]string{
		"531": "[5·31]", "110": "[1+10]", "58": "[5.8]", "20252030": "[2025-2030]", "3": "[]", "5": "[]", "7": "[]", "123456": "[12·34·56]", "2031": "[]",
	} {
		if got := fmt.Sprint(x.Digits[bare]); got != want {
			t.Errorf("%s is printed as %s, want %s", bare, got, want)
		}
	}
}

// TestClauses: clauses cover the text, and each knows its passage and whether it
// is a heading.
func TestClauses(t *testing.T) {
	x := textOf("增长5.8%，高于全国；其中工业增长6%：领先。\n（一）稳增长\n投资增长7%")
	end := 0
	var b strings.Builder
	for i, c := range x.Clauses {
		if c.Start != end {
			t.Errorf("clause %d begins at %d, want %d", i, c.Start, end)
		}
		end = c.End
		for pos := c.Start; pos < c.End; pos++ {
			if got := x.ClauseOf(pos); got != i {
				t.Errorf("ClauseOf(%d) = %d, want %d", pos, got, i)
			}
		}
		fmt.Fprintf(&b, "%d/%d ", c.Passage, c.section)
	}
	if got, want := b.String(), "0/-1 -1/0 1/-1 1/-1 1/-1 1/-1 -1/-1 -1/1 2/-1 "; got != want {
		t.Errorf("passage/section of the clauses: %s, want %s", got, want)
	}
	for i := range x.Runes {
		if c := x.Clauses[x.At[i]]; int(x.Pos[i]) < c.Start || int(x.Pos[i]) >= c.End {
			t.Errorf("character %d stands at %d, and not in its clause", i, x.Pos[i])
		}
	}
	if empty := NewText(extract.ParseText("")); len(empty.Clauses) != 1 || empty.Clauses[0].Passage != -1 || empty.Has([]rune("字")) {
		t.Errorf("an empty text has the clauses %v", empty.Clauses)
	}
}

// TestHasWord: a term that only stands across words is none, unless one of them
// is a guess.
func TestHasWord(t *testing.T) {
	x, _ := slipsOf(t, "要创建国家森林城市，建设民生工程，上仓镇入选，引进AI人才3名，国家森林公园。")
	for term, want := range map[string]bool{
		"创建": true, "建国": false, "家森": false, "森林城市": true, "国家森林": true, "建国家森": true, "设民": false, "民生": true, "上仓": true, "ai": true, "才3": true, "没有": false, "国": true, "家": true,
	} {
		if got := x.HasWord([]rune(term)); got != want {
			t.Errorf("HasWord(%q) = %v, want %v", term, got, want)
		}
	}
}
