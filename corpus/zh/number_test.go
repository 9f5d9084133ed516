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
	} {
		if got, ok := Number(tt.s); got != tt.want || ok != tt.ok {
			t.Errorf("Number(%q) = %v, %v, want %v, %v", tt.s, got, ok, tt.want, tt.ok)
		}
	}
}

func TestNumeral(t *testing.T) {
	for s, want := range map[string]int{"二〇二六": 2026, "一九五四": 1954, "二十七": 27, "十": 10, "十四": 14, "两": 2, "": 0, "二a": 0} {
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
