package question

import (
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
)

// TestFinite: a pattern stands for so many strings, and is found by each of them,
// the longest first.
func TestFinite(t *testing.T) {
	for _, c := range []struct {
		pattern, want string
		size          int
	}{
		{"多少", "多少", 1}, {"多少|几", "几 多少", 2}, {"[大小]的", "大的 小的", 2}, {"多[少大]?", "多 多大 多少", 3}, {"(多|好)(少|大)", "多大 多少 好大 好少", 4},
		{"(?:一|二)?个[a-c]", "一个a 一个b 一个c 个a 个b 个c 二个a 二个b 二个c", 9}, {"(a)?b", "ab b", 2}, {"a(?:|b)", "a ab", 2},
	} {
		re, err := syntax.Parse(c.pattern, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		words := expand(re)
		slices.Sort(words)
		if got := strings.Join(words, " "); got != c.want || size(re) != c.size {
			t.Errorf("%s stands for %s, %d wordings, want %s, %d", c.pattern, got, size(re), c.want, c.size)
		}
		trie := finite(c.pattern)
		for _, w := range words {
			if _, n := trie.Longest([]rune(w)); n != len([]rune(w)) {
				t.Errorf("%s is found in %s over %d characters", c.pattern, w, n)
			}
		}
	}
	for _, pattern := range []string{"a*", "a+", ".", "(", "[^a]", "[一-龥]"} {
		if !panics(func() { finite(pattern) }) {
			t.Errorf("%s stands for finitely many wordings", pattern)
		}
	}
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}

// TestReadCues: a list of cues is a name and a pattern a line, English ones apart.
func TestReadCues(t *testing.T) {
	list := readCues("# cues\n\nnumber = 多少|几\nnumber.en = how many\nlist = 哪些\nasks.en = \\bwhy\\b\n")
	if len(list) != 3 || list[0].name != "number" || list[1].name != "list" || list[2].name != "asks" {
		t.Fatalf("the cues are %v", list)
	}
	for i, c := range []struct {
		text string
		want bool
	}{{"有多少个", true}, {"哪些", true}, {"so why not", true}} {
		if w := newWording(c.text); w.has(list[i].cue) != c.want || w.has(list[(i+1)%3].cue) {
			t.Errorf("%s has %s: %v", c.text, list[i].name, !c.want)
		}
	}
	if w := newWording("how many"); !w.has(list[0].cue) || list[1].latin != nil {
		t.Error("how many is no number")
	}
	if !panics(func() { readCues("number: 多少") }) || !panics(func() { cueOf("no such cue") }) {
		t.Error("a list that is none, or a cue that there is not, is taken")
	}
}

// TestWords: what a word by itself is.
func TestWords(t *testing.T) {
	for word, want := range map[string][4]bool{ // names nothing, a kind of number, asks for headings, asks for a number
		"多少": {true, false, false, true}, "新建": {true, false, false, false}, "产量": {false, true, false, true}, "占比": {true, true, false, true},
		"标题": {false, false, true, false}, "涨多少": {false, false, false, true}, "公园": {false, false, false, false}, "公园多少": {false, false, false, false}, "新建公园": {false, false, false, false},
	} {
		if got := [4]bool{NamesNothing(word), IsQuantity(word), AsksHeadings(word), AsksNumber(word)}; got != want {
			t.Errorf("%s: %v, want %v", word, got, want)
		}
	}
	for text, want := range map[string]string{"几条路几座桥": "条 座", "几条路几条桥": "条", "多少个": "个", "几什么": "", "公园": "", "几万辆几千台": "辆"} {
		if got := strings.Join(Counted(text), " "); got != want {
			t.Errorf("Counted(%s) = %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]bool{"2300万": true, "5亿": true, "15": false, "三百": false, "3百": true} {
		if got := (Quantity{Text: text}).Scaled(); got != want {
			t.Errorf("%s is scaled: %v, want %v", text, got, want)
		}
	}
	for p, want := range map[Period]int{{Year: 2024}: 2024, {Offset: -1}: 2030, {}: 2031, {Year: 2024, Offset: 3}: 2024} {
		if got := p.In(2031); got != want {
			t.Errorf("%+v in 2031 is %d, want %d", p, got, want)
		}
	}
}

// TestLength: a question is read up to so many characters, and what is no text in
// it is nothing.
func TestLength(t *testing.T) {
	long := strings.Repeat("路", MaxText)
	for text, want := range map[string]string{long: long, long + "桥": long, "路\x00桥": "路 桥", "路\xff桥": "路 桥", " 路\n桥 ": "路\n桥", "路\u200b桥": "路 桥", "路\t\t桥": "路 桥"} {
		if q := Read(text, nil); q.Words != want {
			t.Errorf("Read(%.20q) has the words %.20q, want %.20q", text, q.Words, want)
		}
	}
}
