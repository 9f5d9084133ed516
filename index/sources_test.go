package index

import (
	"fmt"
	"testing"

	"jinwen/corpus/extract"
)

// TestScoreParts: a score is the sum of its parts, times the factor for the time.
func TestScoreParts(t *testing.T) {
	ix := testIndex(t)
	for _, q := range devQuestions(t)[:40] {
		a, err := ix.Ask(t.Context(), Query{Text: q.Q, Explain: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range a.Hits {
			if len(h.Parts) == 0 || len(a.Question.Numbers) > 0 {
				continue
			}
			sum := 0.0
			for _, p := range h.Parts[:len(h.Parts)-1] {
				sum += p.Value
			}
			if got := sum * h.Parts[len(h.Parts)-1].Value; got != h.Score {
				t.Errorf("%s: parts make %v, want %v", q.Q, got, h.Score)
			}
		}
	}
}

// TestSameTwice: two indexes of one report answer alike, to the last bit.
func TestSameTwice(t *testing.T) {
	r, err := extract.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	again, err := New(r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	ix := testIndex(t)
	for _, q := range devQuestions(t) {
		a, b := ask(t, ix, q.Q), ask(t, again, q.Q)
		if x, y := fmt.Sprint(a.Status, a.Figures, a.Hits), fmt.Sprint(b.Status, b.Figures, b.Hits); x != y {
			t.Errorf("%s:\n%s\n%s", q.Q, x, y)
		}
	}
}
