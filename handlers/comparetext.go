package handlers

import (
	"fmt"
	"slices"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/index"
)

// compare sets figures side by side: an indicator's two years, or two
// indicators of one year. It returns the figures that make a picture.
func (w *writer) compare(a *index.Answer) []int {
	n := a.Direct
	if n == 0 {
		n = len(a.Figures)
	}
	asked := a.Figures[:min(n, len(a.Figures))]
	left := slices.Clone(asked)
	var chart []int
	take := func(f int) { left = slices.DeleteFunc(left, func(x int) bool { return x == f }) }
	for len(left) > 0 {
		f := left[0]
		o := otherYear(w.r, f)
		switch {
		case o >= 0 && (slices.Contains(left, o) || len(asked) == 1):
			if yearOf(&w.r.Figures[o]) < yearOf(&w.r.Figures[f]) {
				f, o = o, f
			}
			if !w.twoYears(f, o) {
				return chart
			}
			chart = append(chart, f, o)
			take(f)
			take(o)
		case len(left) == 2 && sameAxis(&w.r.Figures[f], &w.r.Figures[left[1]]):
			o = left[1]
			if !w.twoFigures(f, o) {
				return chart
			}
			chart = append(chart, f, o)
			left = nil
		default:
			fig := &w.r.Figures[f]
			if !w.try(func() { w.answer(f); w.quote(figureQuote(w.r, fig), w.values([]int{f})...) }) {
				return chart
			}
			take(f)
			chart = append(chart, f)
		}
	}
	if !oneUnit(w.r, chart) {
		return nil
	}
	return chart
}

// twoYears shows an indicator's result and target.
func (w *writer) twoYears(actual, target int) bool {
	a, b := &w.r.Figures[actual], &w.r.Figures[target]
	return w.try(func() {
		w.answer(target)
		w.answer(actual)
		if d := difference(a, b, w.t); d != "" {
			w.add(chat.Answer, fmt.Sprintf(w.t.TargetToActual, yearOf(a), d))
		}
		w.quote(figureQuote(w.r, b), w.values([]int{target})...)
		w.quote(figureQuote(w.r, a), w.values([]int{actual})...)
	})
}

// twoFigures shows two figures of different indicators, or of one that is not
// a pair.
func (w *writer) twoFigures(f, g int) bool {
	a, b := &w.r.Figures[f], &w.r.Figures[g]
	return w.try(func() {
		w.answer(f)
		w.answer(g)
		if d := difference(b, a, w.t); d != "" {
			first, second := figureName(w.r, a), figureName(w.r, b)
			if first == second {
				first, second = figureWhen(a, w.t), figureWhen(b, w.t)
			}
			w.add(chat.Answer, fmt.Sprintf(w.t.OneToOther, first, second, d))
		}
		w.quote(figureQuote(w.r, a), w.values([]int{f, g})...)
		w.quote(figureQuote(w.r, b), w.values([]int{g})...)
	})
}

// sameAxis reports whether a and b can be set against each other.
func sameAxis(a, b *corpus.Figure) bool {
	return a.Unit == b.Unit && (a.Measure == corpus.MeasureGrowth) == (b.Measure == corpus.MeasureGrowth)
}

// oneUnit reports whether figs are two at least and can share an axis.
func oneUnit(r *corpus.Report, figs []int) bool {
	if len(figs) < 2 {
		return false
	}
	for _, f := range figs[1:] {
		if !sameAxis(&r.Figures[figs[0]], &r.Figures[f]) {
			return false
		}
	}
	return r.Figures[figs[0]].Measure != corpus.MeasureRank
}
