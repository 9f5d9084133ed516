package index

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"jinwen/corpus/golden"
	"jinwen/index/question"
)

// city is a made-up report of a city with districts and counties: sections in
// three levels, shares, ranks, falls, steps, parts of a whole, a glossary.
//
//go:embed testdata/turns/city.txt
var city string

// TestTurns keeps how whole conversations are read and answered, turn by turn,
// over reports that are made up: what is taken over from the turn before, what
// is picked, listed, compared, asked back, refused. Read the difference.
func TestTurns(t *testing.T) {
	reports := map[string]*Index{"city": newIndex(t, city), "county": newIndex(t, another), "kinds": newIndex(t, kinds), "own": testIndex(t)}
	var b strings.Builder
	var ix *Index
	var before *question.Question
	for q := range strings.Lines(readFile(t, "testdata/turns/turns.txt")) {
		q = strings.TrimSpace(q)
		switch {
		case strings.HasPrefix(q, "#"):
			continue
		case strings.HasPrefix(q, "@"):
			if ix = reports[q[1:]]; ix == nil {
				t.Fatalf("no report %s", q)
			}
			fallthrough
		case q == "":
			before = nil
			fmt.Fprintf(&b, "%s\n", q)
			continue
		}
		a, err := ix.Ask(t.Context(), Query{Text: q, Before: before})
		if err != nil {
			t.Fatalf("Ask(%q): %v", q, err)
		}
		before = a.Question.Question
		fmt.Fprintf(&b, "%s\n  %s\n  %s\n", q, a.Question, line(a))
	}
	golden.Check(t, "testdata/turns/answers.txt", b.String())
}
