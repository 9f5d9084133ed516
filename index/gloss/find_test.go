package gloss

import (
	"slices"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/reports"
	"jinwen/corpus/zh"
)

// small is a book of a few glosses.
func small() *book {
	return read("加装电梯 老楼加装电梯\t给 老房子 装 梯子/爬楼 不 费劲/put lift in old house\n"+
		"口袋公园\t家门口 的 小 花园/楼下 遛弯 的 园子\n"+
		"自来水\t拧开 就 有 的 水\n", "旧房子 老房子 80\n老房子 旧房子 80 花园 10\n楼梯 梯子 90\n")
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		text  string
		least float64
		want  string // the first terms, best first
	}{
		{"今年 给 老房子 装 梯子", 0.3, "加装电梯"},
		{"老房子", 0.9, ""},
		{"旧房子 楼梯", 0, ""}, // words that no phrase has: near.txt is read by the words of glosses
		{"家门口 的 小 花园 遛弯", 0.1, "口袋公园"},
		{"遛弯 爬楼", 0, "加装电梯 口袋公园"},
		{"put lift in house", 0.3, "加装电梯"},
		{"什么 都 没有", 0, ""},
		{"", 0, ""},
	} {
		var got []string
		for _, m := range small().find(strings.Fields(c.text), c.least) {
			got = append(got, strings.Fields(small().terms[m.Gloss])[0])
			if m.Score < c.least || m.Score > 1 {
				t.Errorf("%s: score %v", c.text, m.Score)
			}
		}
		if slices.Sort(got); strings.Join(got, " ") != c.want {
			t.Errorf("%q describes %v, want %s", c.text, got, c.want)
		}
	}
}

// TestFindOrder: the more of a phrase a text has the better it describes the
// thing, and what was noted for one text is gone for the next.
func TestFindOrder(t *testing.T) {
	b := small()
	score := func(text string) float64 {
		for _, m := range b.find(strings.Fields(text), 0) {
			if m.Gloss == 0 {
				return m.Score
			}
		}
		return 0
	}
	all, some, one := score("给 老房子 装 梯子"), score("老房子 梯子"), score("梯子")
	if !(all > some && some > one && one > 0) {
		t.Errorf("scores %.3f, %.3f, %.3f: less of a phrase scores no less", all, some, one)
	}
	if again := score("给 老房子 装 梯子"); again != all {
		t.Errorf("the same text scores %v, then %v", all, again)
	}
	if twice := score("梯子 梯子"); twice != one {
		t.Errorf("a word twice scores %v, once %v", twice, one)
	}
}

// TestNear: a word that means about the same stands for the one of the phrase,
// and counts less.
func TestNear(t *testing.T) {
	b := read("加装电梯\t老房子 梯子\n危房\t旧房子 漏雨\n", "旧房子 老房子 80\n老房子 旧房子 80\n")
	score := func(text string, gloss int) float64 {
		for _, m := range b.find(strings.Fields(text), 0) {
			if m.Gloss == gloss {
				return m.Score
			}
		}
		return 0
	}
	same, near := score("老房子 梯子", 0), score("旧房子 梯子", 0)
	if near <= score("梯子", 0) || near >= same {
		t.Errorf("旧房子 for 老房子 scores %.3f, the word itself %.3f", near, same)
	}
}

func TestWords(t *testing.T) {
	got := Words([]string{"buses", " ", "glass", "the", "老", "，", "房子", "5", "gas"})
	if want := "buse glass the 老 房子 5 gas"; strings.Join(got, " ") != want {
		t.Errorf("Words = %q, want %q", got, want)
	}
}

// TestGeneral holds the glosses to every report: none has a figure, none a
// stretch of the embedded report longer than a term, none is a question.
func TestGeneral(t *testing.T) {
	const longest = 13 // characters of a term
	r, err := extract.Parse("tianjin-2024.txt", reports.Tianjin2024)
	if err != nil {
		t.Fatal(err)
	}
	text := zh.Fold(r.Text)
	stands := func(runes []rune) bool { return strings.Contains(text, string(runes)) }
	for line := range strings.Lines(compiled) {
		terms, phrases, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		for _, term := range strings.Fields(terms) {
			if runes := []rune(term); len(runes) > longest && stands(runes) {
				t.Errorf("%s is a sentence of the report", term)
			}
		}
		for p := range strings.SplitSeq(phrases, "/") {
			runes := []rune(strings.ReplaceAll(p, " ", ""))
			if len(runes) > longest && stands(runes) {
				t.Errorf("%s stands in the report", p)
			}
			if strings.Contains(p, "多少") || strings.Contains(p, "怎么") {
				t.Errorf("%s asks", p)
			}
			for w := range strings.SplitSeq(p, " ") {
				if zh.IsDigit(zh.FirstRune(w)) && len(w) > 1 && strings.ContainsAny(w, "万亿%") {
					t.Errorf("%s has a figure", p)
				}
			}
		}
	}
}
