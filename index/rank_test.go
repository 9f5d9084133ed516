package index

import (
	"fmt"
	"strings"
	"testing"

	"jinwen/corpus/golden"
	"jinwen/index/answer"
)

// A devQuestion is a line of testdata/questions.jsonl, in the form of the
// evaluation sets: evidence is groups of alternatives.
type devQuestion struct {
	ID       string     `json:"id"`
	Kind     string     `json:"kind"`
	Q        string     `json:"q"`
	Evidence [][]string `json:"evidence"`
	Values   []string   `json:"values"`
}

func devQuestions(t testing.TB) []devQuestion {
	t.Helper()
	return readQuestions(t, "testdata/questions.jsonl")
}

// squash drops white space, as the scorer does.
func squash(s string) string { return strings.Join(strings.Fields(s), "") }

func holds(text string, group []string) bool {
	for _, e := range group {
		if strings.Contains(squash(text), squash(e)) {
			return true
		}
	}
	return false
}

// rankOf is the 1-based rank of the first hit that holds some evidence; 0 if none does.
func rankOf(ix *Index, a *answer.Answer, q devQuestion) int {
	for i, h := range a.Hits {
		text := ix.Report().Quote(ix.Report().Passages[h.Passage].Span)
		for _, g := range q.Evidence {
			if holds(text, g) {
				return i + 1
			}
		}
	}
	return 0
}

// TestRank keeps the quality of ranking where reviewers see it change: for
// every question of the development set how it was read, the rank of the
// passage it needs and what stands first; and the sums.
func TestRank(t *testing.T) {
	ix := testIndex(t)
	var b strings.Builder
	var answerable, first, five, refused, none, right, figures int
	mrr := 0.0
	for _, q := range devQuestions(t) {
		a := ask(t, ix, q.Q)
		fmt.Fprintf(&b, "%s %s %s\n  read  %s\n", q.ID, q.Kind, q.Q, a.Question)
		if q.Kind == "none" {
			none++
			if refusal(a) {
				refused++
			}
			fmt.Fprintf(&b, "  %s %s %s\n", a.Status, a.Reason, a.Subject)
			continue
		}
		rank := rankOf(ix, a, q)
		if q.Kind != "outline" {
			answerable++
			if rank == 1 {
				first++
			}
			if rank > 0 && rank <= 5 {
				five++
			}
			if rank > 0 {
				mrr += 1 / float64(rank)
			}
		}
		top := "-"
		if len(a.Hits) > 0 {
			top = ix.Report().Quote(a.Hits[0].Focus)
		}
		fmt.Fprintf(&b, "  rank %d %s %s\n", rank, a.Status, top)
		if q.Kind == "figure" {
			figures++
			value := "-"
			if len(a.Figures) > 0 {
				value = ix.Report().Figures[a.Figures[0]].Value
			}
			if len(q.Values) > 0 && squash(value) == squash(q.Values[0]) {
				right++
			}
			fmt.Fprintf(&b, "  value %s\n", value)
		}
	}
	golden.Check(t, "testdata/rank/questions.txt", b.String())
	n := float64(answerable)
	golden.Check(t, "testdata/rank/rank_stats.txt", fmt.Sprintf("recall@1 %.3f\nrecall@5 %.3f\nMRR      %.3f\nvalue@1  %.3f\nrefused  %.3f\n",
		float64(first)/n, float64(five)/n, mrr/n, float64(right)/float64(figures), float64(refused)/float64(none)))
}

// TestQuality holds the figures that answers are trusted for: a change that
// falls below them is a step back whatever else it brings.
func TestQuality(t *testing.T) {
	ix := testIndex(t)
	var first, answerable, refused, none, lost int
	for _, q := range devQuestions(t) {
		a := ask(t, ix, q.Q)
		switch {
		case q.Kind == "none":
			none++
			if refusal(a) {
				refused++
			}
		default:
			if a.Status == answer.NotFound {
				lost++
			}
			if q.Kind != "outline" {
				answerable++
				if rankOf(ix, a, q) == 1 {
					first++
				}
			}
		}
	}
	for _, c := range []struct {
		name  string
		n, of int
		least float64
	}{
		{"first", first, answerable, 0.97},
		{"refusal", refused, none, 0.96},
		{"kept", answerable - lost, answerable, 0.99},
	} {
		if got := float64(c.n) / float64(c.of); got < c.least {
			t.Errorf("%s = %d of %d = %.3f, want at least %.2f", c.name, c.n, c.of, got, c.least)
		}
	}
}
