package zh

import (
	"testing"
	"unicode/utf8"
)

func TestSimplify(t *testing.T) {
	for _, c := range []struct {
		in, out string
		was     bool
	}{
		{"今年GDP目标", "今年GDP目标", false}, {"老舊小區", "老旧小区", true}, {"How many?", "How many?", false},
	} {
		if got, was := Simplify(c.in); got != c.out || was != c.was {
			t.Errorf("Simplify(%q) = %q, %v, want %q, %v", c.in, got, was, c.out, c.was)
		}
	}
}

// TestFoldOnce: what is folded stays as it is, whatever the character.
func TestFoldOnce(t *testing.T) {
	for c := rune(0); c <= utf8.MaxRune; c++ {
		if once := Fold(string(c)); Fold(once) != once {
			t.Errorf("Fold(%U) = %q, folded again %q", c, once, Fold(once))
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("ＧＤＰ４．５％“专精特新”㎡—–")
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) && !utf8.ValidString(Fold(s)) {
			t.Errorf("Fold(%q) is not UTF-8", s)
		}
		if once := Fold(s); Fold(once) != once {
			t.Errorf("Fold is not idempotent on %q", s)
		}
	})
}
