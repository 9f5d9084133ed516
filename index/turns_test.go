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

// A turn is a question of the conversations in testdata/turns; text is "" between
// two of them.
type turn struct {
	report, text string
	ix           *Index
}

// turns are those of turns.txt, over reports that are made up.
func turns(t *testing.T) []turn {
	t.Helper()
	reports := map[string]*Index{"city": newIndex(t, city), "county": newIndex(t, another), "kinds": newIndex(t, kinds), "own": testIndex(t)}
	var out []turn
	report := ""
	for line := range strings.Lines(readFile(t, "testdata/turns/turns.txt")) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		if name, ok := strings.CutPrefix(line, "@"); ok {
			if report = name; reports[report] == nil {
				t.Fatalf("no report %s", line)
			}
			out = append(out, turn{report: report})
			continue
		}
		out = append(out, turn{text: line, ix: reports[report]})
	}
	return out
}

// converse asks turns, each with the one before it, and calls f with what is
// answered; with nil between two conversations.
func converse(t *testing.T, turns []turn, f func(turn, *Answer)) {
	t.Helper()
	var before *question.Question
	for _, x := range turns {
		if x.text == "" {
			before = nil
			f(x, nil)
			continue
		}
		a, err := x.ix.Ask(t.Context(), Query{Text: x.text, Before: before})
		if err != nil {
			t.Fatalf("Ask(%q): %v", x.text, err)
		}
		before = a.Question.Question
		f(x, a)
	}
}

// TestTurns keeps how whole conversations are read and answered, turn by turn,
// over reports that are made up: what is taken over from the turn before, what
// is picked, listed, compared, asked back, refused. Read the difference.
func TestTurns(t *testing.T) {
	var b strings.Builder
	converse(t, turns(t), func(x turn, a *Answer) {
		switch {
		case a != nil:
			fmt.Fprintf(&b, "%s\n  %s\n  %s\n", x.text, a.Question, line(a))
		case x.report != "":
			fmt.Fprintf(&b, "@%s\n", x.report)
		default:
			b.WriteString("\n")
		}
	})
	golden.Check(t, "testdata/turns/answers.txt", b.String())
}
