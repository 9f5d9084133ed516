package check

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/index/lexicon"
	"jinwen/index/position"
	"jinwen/index/question"
	"jinwen/index/rank"
	"jinwen/index/resolve"
	"jinwen/index/text"
)

// An asked report is one with what is needed to ask it.
type askedReport struct {
	in    *rank.Index
	reads *resolve.Report
}

func reportIn(t *testing.T, file string) *askedReport {
	t.Helper()
	said, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := extract.ParseText(string(said))
	cut, err := text.NewCutter("", text.Quoted(r.Text))
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	x := position.NewText(r)
	words := cut.Fine(string(x.Runes))
	x.SetWords(words, cut.InDict)
	in, err := rank.New(r, x, cut, lex, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	return &askedReport{in, &resolve.Report{
		Report: r, Text: x, Cut: cut, Slips: position.NewSlips(x, words), Own: in.Own, Composes: in.Composes, ByConcept: in.ByConcept,
	}}
}

// TestScores keeps what passages and figures score and what the evidence is worth,
// below each question of testdata/scores.txt, over reports that are made up: a
// weight that turns shows here though the answer stays. Read the difference.
func TestScores(t *testing.T) {
	const file = "testdata/scores.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r *askedReport
	var before *question.Question
	var out strings.Builder
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "    ") {
			continue
		}
		out.WriteString(line + "\n")
		if name, ok := strings.CutPrefix(line, "@"); ok {
			r = reportIn(t, name)
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		said, leans := strings.CutPrefix(line, "> ")
		if !leans {
			before = nil
		}
		q := r.reads.Resolve(question.Read(said, before), r.in.Lexicon(), position.NewEffort(context.Background()))
		before = q.Question
		scores(t, &out, r, q)
	}
	golden.Check(t, file, out.String())
}

// scores writes what is found of q, and what it is worth.
func scores(t *testing.T, out *strings.Builder, r *askedReport, q *resolve.Question) {
	h := New(r.in.Locate(q))
	candidates, err := r.in.Candidates(t.Context(), h.Hits)
	if err != nil {
		t.Fatal(err)
	}
	ranked := h.Rank(candidates, false)
	fmt.Fprintf(out, "    passages of %d:", len(ranked))
	for _, s := range ranked[:min(len(ranked), 4)] {
		fmt.Fprintf(out, " %d@%d %.3f/%.2f", s.Passage, s.Focus, s.Score, s.Coverage)
	}
	if len(ranked) == 0 {
		out.WriteString("\n")
		return
	}
	figures := h.RankFigures(ranked)
	fmt.Fprintf(out, " lead %.3f near %.2f\n    figures of %d:", h.LeadOf(ranked[0].Passage), h.Nearness(ranked[0].Passage), len(figures))
	for _, f := range figures[:min(len(figures), 4)] {
		fmt.Fprintf(out, " %s %.3f/%.2f%s", r.in.Report.Figures[f.Figure].Value, f.Score, f.Coverage, marks(f))
	}
	values := func(name string, list []rank.ScoredFigure) {
		if len(list) > 0 {
			fmt.Fprintf(out, " %s", name)
		}
		for _, f := range list {
			fmt.Fprintf(out, " %s", r.in.Report.Figures[f.Figure].Value)
		}
	}
	values("direct", h.Direct(figures))
	values("of the kind", h.ByKind(ranked, figures))
	hits := r.in.Shown(ranked, 0, 2)
	lacks, printed := h.lacks(hits[0].Passage)
	stranger, strange := h.stranger(hits)
	fmt.Fprintf(out, "\n    evidence %.3f plainly %.3f best %.3f counted %.1f", h.evidence(hits), h.plainly(hits[0].Passage), h.bestCoverage(ranked), h.countedIn(hits[0]))
	for _, x := range []struct {
		name string
		on   bool
	}{
		{"absent", h.absent(hits, Used.Held)}, {"at all", h.absent(hits, Used.HeldAtAll)}, {"lacks", lacks}, {"printed", printed}, {"stranger " + stranger.Text, strange},
		{"numeral", h.Numeral(ranked)}, {"district lacks", h.DistrictLacks(ranked)}, {"only grows", h.onlyGrows(hits[0])}, {"speaks", h.speaksOf(hits[0])},
		{"place matches", q.Place != "" && h.placeMatches(ranked)}, {"beyond matches", q.Beyond != "" && h.beyondMatches(ranked)},
	} {
		if x.on {
			out.WriteString(" " + x.name)
		}
	}
	if tells := h.TellsNumber(ranked, figures); len(tells) > 0 {
		fmt.Fprintf(out, " tells %v", tells)
	}
	if said := h.Worded(ranked); len(said) > 0 {
		fmt.Fprintf(out, " worded %d@%d", said[0].Passage, said[0].Focus)
	}
	out.WriteString("\n")
}

// marks are how a figure may answer.
func marks(f rank.ScoredFigure) string {
	s := ""
	if f.Enough {
		s = "*"
	}
	if f.OtherYear {
		s += "~"
	}
	if f.Blocked != "" {
		s += "!" + f.Blocked
	}
	return s
}
