package rank

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/zh"
	"jinwen/index/lexicon"
	"jinwen/index/position"
	"jinwen/index/text"
)

// county returns the text of a report of a place that there is not.
func county(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../testdata/county.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// newTestIndex lays county out; it is closed at the end of the test.
func newTestIndex(t *testing.T, emb Embedder, first bool) *Index {
	t.Helper()
	return newIndexOf(t, county(t), emb, first)
}

// newIndexOf lays a report out.
func newIndexOf(t *testing.T, said string, emb Embedder, first bool) *Index {
	t.Helper()
	r := extract.ParseText(said)
	cut, err := text.NewCutter("", text.Quoted(r.Text))
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	x := position.NewText(r)
	x.SetWords(cut.Fine(string(x.Runes)), cut.InDict)
	ix, err := New(r, x, cut, lex, emb, first)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// TestSources: each source of candidates proposes a passage that shares no word
// with the question.
func TestSources(t *testing.T) {
	ix := newTestIndex(t, nil, false)
	passageOf := func(text string) int {
		t.Helper()
		for i, p := range ix.Report.Passages {
			if strings.Contains(ix.Report.Quote(p.Span), text) {
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
	if at(s, want) < Used.Expanded || slices.Max(s) != 1 {
		t.Errorf("by expansion the passage has %.2f of the best score %.2f", at(s, want), slices.Max(s))
	}
	if s := ix.expanded.Load().scores("，xyz？"); s != nil {
		t.Errorf("nothing matches, and the scores are %v", s)
	}
	v := meaningOf(ix.cut, zh.Fold("小孩子托管上学"))
	near := ix.meanings.scores(&v)
	if at(near, want) < Used.Meant {
		t.Errorf("in meaning the passage is %.2f deviations near, want %v", at(near, want), Used.Meant)
	}
	sum := 0.0
	for _, x := range near {
		sum += x
	}
	if math.Abs(sum) > 1e-6*float64(len(near)) {
		t.Errorf("deviations sum up to %v, want 0", sum)
	}
}
