package text

import (
	"fmt"
	"testing"
)

func TestMemo(t *testing.T) {
	var m memo[int]
	made := 0
	size := func(s string) int { made++; return len(s) }
	for range 3 {
		if got := m.of("水库", size); got != 6 {
			t.Fatalf("of = %d, want 6", got)
		}
	}
	if made != 1 {
		t.Errorf("made %d times, want once", made)
	}
	for i := range 2 * memoSize {
		m.of(fmt.Sprint(i), size)
	}
	if len(m.kept) > memoSize {
		t.Errorf("keeps %d texts, want at most %d", len(m.kept), memoSize)
	}
}
