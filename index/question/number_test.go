package question

import "testing"

func TestChineseNumber(t *testing.T) {
	for _, c := range []struct {
		in   string
		want float64
	}{{"二千三百万", 2.3e7}, {"十五", 15}, {"一百零五", 105}, {"三亿", 3e8}, {"两千", 2000}} {
		if got, ok := Numeral(c.in); !ok || got != c.want {
			t.Errorf("Numeral(%q) = %v, %v, want %v", c.in, got, ok, c.want)
		}
	}
}
