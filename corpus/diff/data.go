package diff

import (
	"strconv"

	"jinwen/corpus"
	"jinwen/corpus/extract/figures"
)

// compareFigures sets the figures of two reports side by side: those of the
// same indicator, unit, kind and part of the story are one figure whose value
// stayed or changed.
func compareFigures(old, new *corpus.Report) []FigureChange {
	a, b := figureKeys(old), figureKeys(new)
	p := align(a.whole, b.whole)
	// The same indicator with another value, in order; then indicators that
	// are worded otherwise.
	free := make(map[string][]int)
	for _, j := range unpaired(p.newToOld) {
		free[b.name[j]] = append(free[b.name[j]], j)
	}
	for _, i := range unpaired(p.oldToNew) {
		if js := free[a.name[i]]; len(js) > 0 {
			p.pair(i, js[0])
			free[a.name[i]] = js[1:]
		}
	}
	ai, bj := unpaired(p.oldToNew), unpaired(p.newToOld)
	for _, m := range figures.Match(old, new, ai, bj, func(x, y corpus.Figure) bool {
		return x.Nature == y.Nature && relativePeriod(old, x) == relativePeriod(new, y)
	}) {
		p.pair(m.A, m.B)
	}
	var out []FigureChange
	p.order(func(i, j int) {
		switch {
		case i < 0:
			f := new.Figures[j]
			out = append(out, FigureChange{Kind: Added, Old: -1, New: j, Indicator: f.Indicator, NewValue: f.Value})
		case j < 0:
			f := old.Figures[i]
			out = append(out, FigureChange{Kind: Dropped, Old: i, New: -1, Indicator: f.Indicator, OldValue: f.Value})
		case !sameValue(old.Figures[i], new.Figures[j]):
			out = append(out, FigureChange{
				Kind: Changed, Old: i, New: j, Indicator: new.Figures[j].Indicator,
				OldValue: old.Figures[i].Value, NewValue: new.Figures[j].Value,
			})
		}
	})
	return out
}

// sameValue reports whether two figures say the same, be it in other digits
// (百亿元, 100亿元).
func sameValue(x, y corpus.Figure) bool {
	return x.Number == y.Number && x.High == y.High && x.Unit == y.Unit && x.Bound == y.Bound
}

// keys are texts by which figures are compared.
type keys struct {
	name  []string // what it measures
	whole []string // that and its value
}

func figureKeys(r *corpus.Report) keys {
	var k keys
	for _, f := range r.Figures {
		name := f.Indicator + "\x00" + f.Unit + "\x00" + string(f.Measure) + "\x00" + string(f.Nature) + "\x00" + relativePeriod(r, f)
		k.name = append(k.name, name)
		k.whole = append(k.whole, name+"\x00"+f.Value)
	}
	return k
}

// relativePeriod returns a figure's period seen from its report: the review's year and the
// plan's year are the same in two years' reports.
func relativePeriod(r *corpus.Report, f corpus.Figure) string {
	if r.Year != 0 {
		switch f.Period {
		case strconv.Itoa(r.Year):
			return "plan"
		case strconv.Itoa(r.Year - 1):
			return "review"
		}
	}
	return f.Period
}

// compareCommitments pairs commitments by their words, those under the same
// topic sooner.
func compareCommitments(old, new *corpus.Report) []CommitmentChange {
	texts := func(r *corpus.Report) []string {
		out := make([]string, len(r.Commitments))
		for i, c := range r.Commitments {
			out[i] = c.Text
		}
		return out
	}
	a, b := texts(old), texts(new)
	p := align(a, b)
	p.settle(a, b, alike, func(i, j int) float64 {
		if old.Commitments[i].Topic == new.Commitments[j].Topic {
			return 0.1
		}
		return 0
	})
	var out []CommitmentChange
	p.order(func(i, j int) {
		switch {
		case i < 0:
			out = append(out, CommitmentChange{Kind: Added, Old: -1, New: j, NewText: b[j]})
		case j < 0:
			out = append(out, CommitmentChange{Kind: Dropped, Old: i, New: -1, OldText: a[i]})
		case !p.same[i]:
			out = append(out, CommitmentChange{Kind: Changed, Old: i, New: j, OldText: a[i], NewText: b[j]})
		}
	})
	return out
}
