package zh

import "testing"

func TestNumber(t *testing.T) {
	for _, tt := range []struct {
		s    string
		want float64
		ok   bool
	}{
		{"二千三百万", 2300e4, true}, {"千", 1000, true}, {"一万二千", 12000, true}, {"十五", 15, true}, {"二十", 20, true},
		{"两亿", 2e8, true}, {"一百零五", 105, true}, {"三五", 0, false}, {"", 0, false}, {"三个", 0, false},
		{"零", 0, true}, {"五十六", 56, true}, {"万", 1e4, true}, {"亿", 1e8, true}, {"一亿二千三百四十五万六千七百八十九", 123456789, true},
		{"零五", 5, true}, {"五零", 0, false}, {"零十", 10, true}, {"万亿", 1e12, true}, {"一百万", 1e6, true}, {"十万", 1e5, true}, {"一千零一十", 1010, true}, {"二百三", 203, true},
	} {
		if got, ok := Number(tt.s); got != tt.want || ok != tt.ok {
			t.Errorf("Number(%q) = %v, %v, want %v, %v", tt.s, got, ok, tt.want, tt.ok)
		}
	}
}

func TestNumeral(t *testing.T) {
	for s, want := range map[string]int{"二〇二六": 2026, "一九五四": 1954, "二十七": 27, "十": 10, "十四": 14, "两": 2, "": 0, "二a": 0,
		"零": 0, "〇七": 7, "○七": 7, "一百二十": 120, "一千a": 0, "一二三四五六七八九": 123456789, "九九九九九九九九九九": 0, "一〇〇〇〇〇〇〇〇九": 1000000009} {
		if got := Numeral(s); got != want {
			t.Errorf("Numeral(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestClip(t *testing.T) {
	for _, tt := range []struct {
		s    string
		n    int
		want string
	}{{"天津市", 3, "天津市"}, {"天津市政府", 3, "天津…"}, {"ab", 1, "…"}, {"", 0, ""}} {
		if got := Clip(tt.s, tt.n); got != tt.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.s, tt.n, got, tt.want)
		}
	}
}
