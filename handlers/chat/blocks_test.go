package chat

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Runs divide a text at the ranges that can be meant, and never lose any of it.
func TestRuns(t *testing.T) {
	for _, c := range []struct {
		name  string
		block Block
		want  []Run
	}{
		{"plain", Block{Kind: Para, Text: "甲乙"}, []Run{{"甲乙", false}}},
		{"an answer stands out", Block{Kind: Answer, Text: "甲乙"}, []Run{{"甲乙", true}}},
		{"a title stands out", Block{Kind: Title, Text: "甲乙"}, []Run{{"甲乙", true}}},
		{"a note does not", Block{Kind: Note, Text: "甲乙"}, []Run{{"甲乙", false}}},
		{"the middle", Block{Kind: Answer, Text: "甲乙丙", Strong: []Range{{3, 6}}}, []Run{{"甲", false}, {"乙", true}, {"丙", false}}},
		{"all", Block{Text: "甲乙", Strong: []Range{{0, 6}}}, []Run{{"甲乙", true}}},
		{"one after the other", Block{Text: "甲乙丙", Strong: []Range{{0, 3}, {3, 6}}}, []Run{{"甲", true}, {"乙", true}, {"丙", false}}},
		{"overlapping", Block{Text: "甲乙丙", Strong: []Range{{0, 6}, {3, 9}}}, []Run{{"甲乙", true}, {"丙", false}}},
		{"half a character at the start", Block{Text: "甲乙", Strong: []Range{{1, 6}}}, []Run{{"甲乙", false}}},
		{"half a character at the end", Block{Text: "甲乙", Strong: []Range{{0, 4}}}, []Run{{"甲乙", false}}},
		{"outside", Block{Text: "甲乙", Strong: []Range{{3, 9}}}, []Run{{"甲乙", false}}},
		{"before the text", Block{Text: "甲乙", Strong: []Range{{-3, 3}}}, []Run{{"甲乙", false}}},
		{"empty range", Block{Text: "甲乙", Strong: []Range{{3, 3}}}, []Run{{"甲乙", false}}},
		{"turned range", Block{Text: "甲乙", Strong: []Range{{6, 3}}}, []Run{{"甲乙", false}}},
	} {
		if diff := cmp.Diff(c.want, c.block.Runs()); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

// What stands out in a block stands out in a part of it.
func TestCutKeepsWhatStandsOut(t *testing.T) {
	at := &At{Report: "2031/甲", Start: 1, End: 5}
	b := Block{Kind: Quote, Text: "甲乙丙丁", Strong: []Range{{0, 3}, {6, 12}}, At: at}
	for _, c := range []struct {
		start, end int
		want       Block
	}{
		{0, 12, b},
		{0, 3, Block{Kind: Quote, Text: "甲", Strong: []Range{{0, 3}}, At: at}},
		{3, 6, Block{Kind: Quote, Text: "乙", At: at}},
		{3, 9, Block{Kind: Quote, Text: "乙丙", Strong: []Range{{3, 6}}, At: at}},
		{9, 12, Block{Kind: Quote, Text: "丁", Strong: []Range{{0, 3}}, At: at}},
	} {
		if diff := cmp.Diff(c.want, b.Cut(c.start, c.end)); diff != "" {
			t.Errorf("Cut(%d, %d): (-want +got)\n%s", c.start, c.end, diff)
		}
	}
}

// Blocks are shown without what cannot be seen, and not at all if nothing is
// left. A table keeps the indent of its first row.
func TestVisible(t *testing.T) {
	for _, c := range []struct {
		name      string
		block     Block
		want      string
		wantRange []Range
	}{
		{"white space around", Block{Text: " \n　甲 乙\t\n"}, "甲 乙", nil},
		{"nothing", Block{Text: ""}, "", nil},
		{"only white space", Block{Text: " 　\n"}, "", nil},
		{"only what is unseen", Block{Text: "\u200b\u3164\u2800"}, "", nil},
		{"a control character", Block{Text: "甲\x00乙"}, "甲乙", nil},
		{"what stands out moves with the text", Block{Text: " 甲\u200b乙丙", Strong: []Range{{7, 10}}}, "甲乙丙", []Range{{3, 6}}},
		{"what stands out and cannot be seen", Block{Text: "甲\u200b乙", Strong: []Range{{3, 6}}}, "甲乙", nil},
		{"what stands out at the edge", Block{Text: " 甲乙 ", Strong: []Range{{0, 4}}}, "甲乙", []Range{{0, 3}}},
		{"a table", Block{Kind: Table, Text: "\n  a  1\nbb  2 \n"}, "  a  1\nbb  2", nil},
		{"a table of one character", Block{Kind: Table, Text: "a"}, "a", nil},
	} {
		got := Visible([]Block{{Text: "\u200b"}, c.block})
		var want []Block
		if c.want != "" {
			want = []Block{{Kind: c.block.Kind, Text: c.want, Strong: c.wantRange}}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

func TestBlank(t *testing.T) {
	for s, want := range map[string]bool{
		"": true, " \t\n\u3000": true, "\x01\x7f": true, "\u200d\u2066\ufeff": true, "\ufe0f": true, "\u115f\u3164\uffa0\u2800": true,
		"甲": false, " .": false, "\u3164a": false, "0": false,
	} {
		if got := Blank(s); got != want {
			t.Errorf("Blank(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestUnseen(t *testing.T) {
	for r, want := range map[rune]bool{'\u200b': true, '\u2028': true, '\u2029': true, '\u2027': false, '\n': false, 'a': false, '\U000e0061': true} {
		if got := Unseen(r); got != want {
			t.Errorf("Unseen(%U) = %v, want %v", r, got, want)
		}
	}
}

func TestLangOf(t *testing.T) {
	for tag, want := range map[string]Lang{
		"": "", "zh": Hans, "zh-CN": Hans, "zh_Hans_CN": Hans, "zh-sg": Hans, "zh-TW": Hant, "zh_hk": Hant, "zh-MO": Hant, "zh-Hant-CN": Hant,
		"en": English, "en-GB": English, "ja": English, "zha": English, "yue-hk": English,
	} {
		if got := LangOf(tag); got != want {
			t.Errorf("LangOf(%q) = %q, want %q", tag, got, want)
		}
	}
	for l, want := range map[Lang]bool{Hans: true, Hant: true, English: true, "": false, "zh": false} {
		if got := l.Valid(); got != want {
			t.Errorf("%q.Valid() = %v, want %v", l, got, want)
		}
	}
}

// A quote stands under what says it and its place under the quote; whatever
// else is new is set apart by an empty line.
func TestPlain(t *testing.T) {
	blocks := func(kinds ...BlockKind) (out []Block) {
		for i, k := range kinds {
			out = append(out, Block{Kind: k, Text: string(rune('a' + i))})
		}
		return out
	}
	for _, c := range []struct {
		kinds []BlockKind
		want  string
	}{
		{nil, ""},
		{[]BlockKind{Para}, "a"},
		{[]BlockKind{Answer, Answer, Quote, Place, Quote, Place}, "a\nb\n「c」\n—— d\n\n「e」\n—— f"},
		{[]BlockKind{Quote, Quote}, "「a」\n\n「b」"},
		{[]BlockKind{Note, Quote}, "a\n\n「b」"},
		{[]BlockKind{Para, Quote}, "a\n「b」"},
		{[]BlockKind{Title, Item, Item, Quote, Item}, "a\n• b\n• c\n「d」\n\n• e"},
		{[]BlockKind{Para, Item}, "a\n\n• b"},
		{[]BlockKind{Para, Para}, "a\n\nb"},
		{[]BlockKind{Title, Answer, Table, Note}, "a\n\nb\n\nc\n\nd"},
	} {
		if got := (Reply{Blocks: blocks(c.kinds...)}).Plain(); got != c.want {
			t.Errorf("Plain of %v = %q, want %q", c.kinds, got, c.want)
		}
	}
}

// A text that is in no language, and one with two arguments of which the order
// differs, are told apart.
func TestCheckTells(t *testing.T) {
	type words struct {
		S   string
		Two [2]string
	}
	for _, c := range []struct {
		name          string
		hans, english words
		want          []string
	}{
		{"whole", words{"甲 %d%% %s", [2]string{"一", "二"}}, words{"a %[2]s of %[1]d%%", [2]string{"1", "2"}}, nil},
		{"nowhere", words{"", [2]string{"一", "二"}}, words{"", [2]string{"1", "2"}}, []string{`.S in zh-Hant: says nothing, nor does it in zh-Hans`, `.S in en: says nothing, nor does it in zh-Hans`}},
		{"not in Chinese", words{"", [2]string{"一", "二"}}, words{"a", [2]string{"1", "2"}}, []string{`.S in zh-Hant: says nothing, nor does it in zh-Hans`, `.S in en: "a", but "" in zh-Hans`}},
		{"second of an array", words{"甲", [2]string{"一", "二%d"}}, words{"a", [2]string{"1", "2%s"}}, []string{`.Two[1] in en: verbs [%s], but [%d] in zh-Hans`}},
	} {
		all := Texts[words]{Hans: c.hans, Hant: c.hans, English: c.english}
		if diff := cmp.Diff(c.want, all.Check()); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
	all := Texts[words]{Hans: words{S: "a"}, Hant: words{S: "b"}, English: words{S: "c"}}
	for l, want := range map[Lang]string{Hans: "a", "": "a", Hant: "b", English: "c"} {
		if got := all.In(l).S; got != want {
			t.Errorf("In(%q) = %s, want %s", l, got, want)
		}
	}
}
