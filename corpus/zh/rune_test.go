package zh

import (
	"fmt"
	"strings"
	"testing"
)

// TestKinds: each kind of character begins and ends where it should.
func TestKinds(t *testing.T) {
	for _, c := range []struct {
		name     string
		of       func(rune) bool
		yes, not string
	}{
		{"IsSpace", IsSpace, " \t\n　\u00a0", "a中_"},
		{"IsLetter", IsLetter, "azAZａｚＡＺ", "`{@[｀｛＠［0中"},
		{"IsLatin", IsLatin, "az", "`{AZ中0"},
		{"IsDigit", IsDigit, "09０９", "/:／：a一"},
		{"IsHan", IsHan, "一龥㐀〇𠮷", "a。，アー1"},
		{"Silent", Silent, "“”‘’\"'「」『』《》〈〉 　﹁﹂", "（）a中-"},
	} {
		for _, r := range c.yes {
			if !c.of(r) {
				t.Errorf("%s(%q) is false", c.name, r)
			}
		}
		for _, r := range c.not {
			if c.of(r) {
				t.Errorf("%s(%q) is true", c.name, r)
			}
		}
	}
}

func TestFoldTable(t *testing.T) {
	for in, want := range map[string]string{
		"ＧＤＰ 增长５％": "gdp增长5%", "“专精特新”": "专精特新", "2023—2024": "2023-2024", "1～3": "1-3", "A–Z−": "a-z-", "㎡": "㎡", "Éé": "éé", "": "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]bool{"gdp": true, "ＧＤＰ": false, "gdp增长": false, "123": false, "": false, "a。": false, "R&D": true} {
		if got := IsLatinText(in); got != want {
			t.Errorf("IsLatinText(%q) = %v", in, got)
		}
	}
}

func TestAffixes(t *testing.T) {
	words := []string{"区", "新区", "自治区", "市"}
	for _, c := range []struct{ got, want string }{
		{SuffixOf("浦东新区", words), "新区"}, {SuffixOf("区", words), "区"}, {SuffixOf("内蒙古", words), ""},
		{PrefixOf("新区管委会", words), "新区"}, {PrefixOf("市区", words), "市"}, {PrefixOf("", words), ""},
		{Tail("一二三", 2), "二三"}, {Tail("一二三", 3), "一二三"}, {Tail("一二三", 9), "一二三"}, {Tail("一二三", 0), ""}, {Tail("", 1), ""},
		{string(FirstRune("中文")), "中"}, {string(LastRune("中文")), "文"},
		{fmt.Sprint(Holds("浦东新区", words), Holds("内蒙古", words)), "true false"},
		{HalfWidth("５Ａ％"), "5A％"}, {HalfWidth("０９ＡＺａｚ／：＠［｀｛"), "09AZaz／：＠［｀｛"},
		{PrefixOf("甲乙", []string{"甲", "甲乙", "乙"}), "甲乙"}, {PrefixOf("甲乙", []string{"甲乙", "甲"}), "甲乙"}, {SuffixOf("甲乙", []string{"乙", "甲乙"}), "甲乙"}, {SuffixOf("甲乙", []string{"甲乙", "乙"}), "甲乙"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	w := List("增长", "增长率", "同比增长")
	for _, c := range []struct {
		text                   string
		prefix, suffix, pos, n int
		from                   int
	}{
		{"增长率高", 3, 0, 0, 3, 0},
		{"同比增长", 4, 4, 0, 4, 0},
		{"去年同比增长", 0, 4, 2, 4, 0},
		{"“增长”与增长", 0, 2, 5, 2, 0},
		{"（增长）增长", 0, 2, 4, 2, 0},
		{"”增长", 0, 2, 1, 2, 0},
		{"增长增长", 2, 2, 2, 2, 1},
		{"没有", 0, 0, -1, 0, 0},
		{"", 0, 0, -1, 0, 0},
	} {
		rs := []rune(c.text)
		if p, s := w.Prefix(rs), w.Suffix(rs); p != c.prefix || s != c.suffix {
			t.Errorf("%q: prefix %d, suffix %d, want %d, %d", c.text, p, s, c.prefix, c.suffix)
		}
		if pos, n := w.Index(rs, c.from); pos != c.pos || n != c.n {
			t.Errorf("%q from %d: %d, %d, want %d, %d", c.text, c.from, pos, n, c.pos, c.n)
		}
	}
	if w.Longest() != 4 || !w.Has("增长") || w.Has("长") {
		t.Error("Longest or Has is wrong")
	}
	lists := Sections("# comment\nstray\n[a] what it is\nx y\n# no\nz\n\n[b]\n[c]\nw")
	if got := fmt.Sprint(lists); got != "map[a:[x y z] b:[] c:[w]]" {
		t.Errorf("Sections = %s", got)
	}
	if got := Set(" a b\na "); len(got) != 2 || !got["a"] || !got["b"] {
		t.Errorf("Set = %v", got)
	}
}

// TestTrieWide: nodes with few, eight, nine and many children find each of them
// and nothing beside.
func TestTrieWide(t *testing.T) {
	const all = "一丁七万丈三上下不与丐丑专且世丘丙业丛东丝丢两严"
	chars := []rune(all)
	for _, n := range []int{1, 2, 7, 8, 9, 10, len(chars) - 1} {
		of := make(map[string]int)
		for i, c := range chars[:n] {
			of[string(c)] = i + 1
			of[string(c)+"甲"] = 100 + i
		}
		tr := NewTrie(of)
		for i, c := range chars {
			want, length := 0, 0
			if i < n {
				want, length = i+1, 1
			}
			if v, l := tr.Longest([]rune(string(c) + "乙")); v != want || l != length {
				t.Errorf("%d keys: Longest(%c) = %d, %d, want %d, %d", n, c, v, l, want, length)
			}
			if v, l := tr.Longest([]rune(string(c) + "甲")); i < n && (v != 100+i || l != 2) {
				t.Errorf("%d keys: Longest(%c甲) = %d, %d", n, c, v, l)
			}
		}
		if got := strings.Count(fmt.Sprint(of), ":"); got != 2*n {
			t.Errorf("%d keys", got)
		}
	}
}

func TestLists(t *testing.T) {
	l := Sections("# what they are\n[up] rise.\n上升 增长\n[plus] has signs of expressions.\n+ a.c\n")
	re := l.Pattern(`^(?:同比)?<up>[0-9]{1,2}%$`)
	for s, want := range map[string]bool{"增长5%": true, "同比上升12%": true, "下降5%": false, "增长": false} {
		if got := re.MatchString(s); got != want {
			t.Errorf("%s matches %q: %v, want %v", re, s, got, want)
		}
	}
	if re := l.Pattern(`^<plus>$`); re.MatchString("abc") || !re.MatchString("+") {
		t.Errorf("%s reads a word as an expression", re)
	}
	if !l.List("up").Has("增长") || !l.Set("up")["上升"] {
		t.Error("a list lacks its words")
	}
	defer func() {
		if recover() == nil {
			t.Error("a list that is not there is no panic")
		}
	}()
	l.Pattern(`<down>`)
}
