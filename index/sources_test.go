package index

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/zh"
	"jinwen/index/lexicon"
)

// TestSources: each source of candidates proposes a passage that shares no word
// with the question.
func TestSources(t *testing.T) {
	ix := newIndex(t, another)
	passageOf := func(text string) int {
		t.Helper()
		for i, p := range ix.report.Passages {
			if holds(ix.report.Quote(p.Span), []string{text}) {
				return i
			}
		}
		t.Fatalf("no passage holds %q", text)
		return -1
	}
	l, err := lexicon.Load(lexicon.Layer{Name: "mine.yaml", Data: []byte("synonyms:\n  - say: [嘟噜屋]\n    means: [幼儿园]\n")})
	if err != nil {
		t.Fatal(err)
	}
	want := passageOf("幼儿园")
	if s := ix.expanded.Load().scores("嘟噜屋"); at(s, want) > 0 {
		t.Error("the test's word is in the default lexicon already")
	}
	ix.SetLexicon(l)
	s := ix.expanded.Load().scores("嘟噜屋")
	if at(s, want) < wellExpanded || slices.Max(s) != 1 {
		t.Errorf("by expansion the passage has %.2f of the best score %.2f", at(s, want), slices.Max(s))
	}
	if s := ix.expanded.Load().scores("，xyz？"); s != nil {
		t.Errorf("nothing matches, and the scores are %v", s)
	}
	v := meaningOf(ix.cut, zh.Fold("小孩子托管上学"))
	near := ix.meanings.scores(&v)
	if at(near, want) < nearMeaning {
		t.Errorf("in meaning the passage is %.2f deviations near, want %v", at(near, want), nearMeaning)
	}
	sum := 0.0
	for _, x := range near {
		sum += x
	}
	if math.Abs(sum) > 1e-6*float64(len(near)) {
		t.Errorf("deviations sum up to %v, want 0", sum)
	}
}

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
