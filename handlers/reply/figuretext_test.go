package reply

import "testing"

func TestAmount(t *testing.T) {
	for n, want := range map[float64]string{0.5999999999999996: "0.6", 7: "7", 820000: "82万", 770000000: "7.7亿", 1234.5: "1234.5"} {
		if got := amount(roundTo(n, 6)); got != want {
			t.Errorf("amount(%v) = %s, want %s", n, got, want)
		}
	}
}
