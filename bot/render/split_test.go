package render

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		name  string
		text  string
		limit int
		want  []string
	}{
		{"short text stays whole", "今年建设口袋公园。", 20, []string{"今年建设口袋公园。"}},
		{"after a line", "一二三四\n五六七八", 6, []string{"一二三四\n", "五六七八"}},
		{"after a sentence", "一二三。四五六。七八", 9, []string{"一二三。四五六。", "七八"}},
		{"closing quote stays with its sentence", "他说：“一二三。”四五六七", 10, []string{"他说：“一二三。”", "四五六七"}},
		{"after a clause if no sentence ends", "一二三，四五六七八", 6, []string{"一二三，", "四五六七八"}},
		{"after a word", "alpha beta gamma", 11, []string{"alpha beta ", "gamma"}},
		{"anywhere in the last resort", han(9), 4, []string{han(4), han(4), han(1)}},
		{"an emoji counts two and stays whole", "😀😀😀", 5, []string{"😀😀", "😀"}},
		{"a skin tone stays with its hand", "一二👍🏽", 5, []string{"一二", "👍🏽"}},
		{"a combining mark stays with its letter", "aaaae\u0301", 5, []string{"aaaa", "e\u0301"}},
		{"a rare character counts two", "𠀀𠀁𠀂", 5, []string{"𠀀𠀁", "𠀂"}},
		{"a flag stays whole", "一二🇨🇳三", 5, []string{"一二", "🇨🇳三"}},
		{"of flags in a row none is halved", "一🇨🇳二🇫🇷", 6, []string{"一🇨🇳二", "🇫🇷"}},
		{"letters beside a flag are no part of it", "🇨🇳ab", 5, []string{"🇨🇳a", "b"}},
		{"a joined family stays whole", "一二三👨‍👩", 7, []string{"一二三", "👨‍👩"}},
		{"the first and last tone", "一二👍🏻三👍🏿", 5, []string{"一二", "👍🏻三", "👍🏿"}},
		{"what is beside the tones is a character", "一二三👍🏾", 6, []string{"一二三", "👍🏾"}},
		{"the lightest tone", "一二👍🏻三", 5, []string{"一二", "👍🏻三"}},
		{"the darkest tone", "一二👍🏿三", 5, []string{"一二", "👍🏿三"}},
		{"what follows the darkest tone is none", "一二三🐀", 5, []string{"一二三🐀"}},
		{"the first letter of a flag", "一二🇦🇿三", 5, []string{"一二", "🇦🇿三"}},
		{"the last letter of a flag", "一二🇿🇦三", 5, []string{"一二", "🇿🇦三"}},
		{"a letter that is none of a flag's", "一二三🇨4", 5, []string{"一二三🇨", "4"}},
		{"the middle is near the start", "一二，四五六七八", 6, []string{"一二，四五六", "七八"}},
		{"not near the start", "一，二三四五六七八", 6, []string{"一，二三四五", "六七八"}},
		{"just behind the middle", "一二三，四五六七八", 6, []string{"一二三，", "四五六七八"}},
		{"no mark without its clause", "一二三四五，六七", 5, []string{"一二三四五", "，六七"}},
		{"empty", "", 5, []string{""}},
	} {
		if got := Measure(UTF16).Split(tt.text, tt.limit); !slices.Equal(got, tt.want) {
			t.Errorf("%s: split(%q, %d) = %q, want %q", tt.name, tt.text, tt.limit, got, tt.want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("一二三。四五六。\n七八", 5, true)
	f.Add("👨‍👩‍👧‍👦👍🏽🇨🇳e\u0301", 3, false)
	f.Fuzz(func(t *testing.T, text string, limit int, bytes bool) {
		m := Measure(UTF16)
		if bytes {
			m = Bytes
		}
		if !utf8.ValidString(text) {
			t.Skip() // cleaned before
		}
		limit = 4 + abs(limit)%5000
		pieces := m.Split(text, limit)
		if got := strings.Join(pieces, ""); got != text {
			t.Fatalf("pieces joined = %q, want %q", got, text)
		}
		for _, p := range pieces {
			if m.Length(p) > limit || !utf8.ValidString(p) || p == "" && text != "" {
				t.Fatalf("piece %q of %d units, limit %d", p, m.Length(p), limit)
			}
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}

func han(n int) string { return strings.Repeat("津", n) }
