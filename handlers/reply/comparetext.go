package reply

import (
	"fmt"
	"slices"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/index"
)

// compare sets figures side by side: an indicator's two years, or two
// indicators of one year. It returns the figures that make a picture.
func (w *Writer) compare(a *index.Answer) []int {
	n := a.Direct
	if n == 0 {
		n = len(a.Figures)
	}
	asked := a.Figures[:min(n, len(a.Figures))]
	left := slices.Clone(asked)
	var chart []int
	take := func(f int) { left = slices.DeleteFunc(left, func(x int) bool { return x == f }) }
rows:
	for len(left) > 0 {
		f := left[0]
		o := OtherYear(w.r, f)
		switch {
		case o >= 0 && (slices.Contains(left, o) || len(asked) == 1):
			if YearOf(&w.r.Figures[o]) < YearOf(&w.r.Figures[f]) {
				f, o = o, f
			}
			if !w.TwoYears(f, o) {
				break rows
			}
			chart = append(chart, f, o)
			take(f)
			take(o)
		case len(left) == 2 && SameAxis(&w.r.Figures[f], &w.r.Figures[left[1]]):
			o = left[1]
			if !w.twoFigures(f, o) {
				break rows
			}
			chart = append(chart, f, o)
			left = nil
		default:
			fig := &w.r.Figures[f]
			if !w.Try(func() { w.answer(f); w.Quote(FigureQuote(w.r, fig), w.values([]int{f})...) }) {
				break rows
			}
			take(f)
			chart = append(chart, f)
		}
	}
	if !OneUnit(w.r, chart) {
		return nil
	}
	return chart
}

// TwoYears shows an indicator's result and target.
func (w *Writer) TwoYears(actual, target int) bool {
	a, b := &w.r.Figures[actual], &w.r.Figures[target]
	return w.Try(func() {
		w.answer(target)
		w.answer(actual)
		switch d := difference(a, b, w.t); d {
		case "":
		case w.t.Same:
			w.Add(chat.Answer, fmt.Sprintf(w.t.TargetSame, YearOf(a)))
		default:
			w.Add(chat.Answer, fmt.Sprintf(w.t.TargetToActual, YearOf(a), d))
		}
		w.Quote(FigureQuote(w.r, b), w.values([]int{target})...)
		w.Quote(FigureQuote(w.r, a), w.values([]int{actual})...)
	})
}

// twoFigures shows two figures of different indicators, or of one that is not
// a pair.
func (w *Writer) twoFigures(f, g int) bool {
	a, b := &w.r.Figures[f], &w.r.Figures[g]
	return w.Try(func() {
		w.answer(f)
		w.answer(g)
		if d := difference(b, a, w.t); d != "" {
			first, second := FigureName(w.r, a), FigureName(w.r, b)
			if first == second {
				first, second = FigureWhen(a, w.t), FigureWhen(b, w.t)
			}
			w.Add(chat.Answer, fmt.Sprintf(w.t.OneToOther, first, second, d))
		}
		w.Quote(FigureQuote(w.r, a), w.values([]int{f, g})...)
		w.Quote(FigureQuote(w.r, b), w.values([]int{g})...)
	})
}

// SameAxis reports whether a and b can be set against each other.
func SameAxis(a, b *corpus.Figure) bool {
	return a.Unit == b.Unit && (a.Measure == corpus.MeasureGrowth) == (b.Measure == corpus.MeasureGrowth)
}

// OneUnit reports whether figs are two at least and can share an axis.
func OneUnit(r *corpus.Report, figs []int) bool {
	if len(figs) < 2 {
		return false
	}
	for _, f := range figs[1:] {
		if !SameAxis(&r.Figures[figs[0]], &r.Figures[f]) {
			return false
		}
	}
	return r.Figures[figs[0]].Measure != corpus.MeasureRank
}
