package rank

import (
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/index/resolve"
)

// excluded reports whether figure i is what the question says that it does not
// mean: of that year, a target, all there is by now, another kind of number, or
// of the thing named.
func (h *Hits) excluded(i int) bool {
	q, not := h.Question, h.Question.Excluded
	if not == nil {
		return false
	}
	f, name := h.Index.Report.Figures[i], h.Index.Indicators[i]
	if y, err := strconv.Atoi(f.Period); err == nil && slices.Contains(not.Years, y) && !slices.Contains(q.Years, y) {
		return true
	}
	switch {
	case not.Aim && !q.Aim && f.Nature == corpus.Target,
		not.Stock && !q.Stock && f.Period == "cumulative",
		not.Several && !q.Several && strings.Contains(f.Period, "-"),
		not.Measure != "" && not.Measure != q.Measure && ofMeasure(f, not.Measure) && !ofMeasure(f, q.Measure),
		not.Level && !q.Level && !Percent(f) && q.Measure != "",
		increment.MatchString(name) && increment.MatchString(not.Subject) && !increment.MatchString(q.Words):
		return true
	}
	for _, t := range not.Terms {
		if t.Weight < Used.ExcludedTelling || !t.Known {
			continue
		}
		for _, a := range t.Alts {
			if a.Quality >= Used.WordItself && strings.Contains(name, a.Text) && !slices.ContainsFunc(q.Terms, func(own resolve.Term) bool { return own.Text == t.Text || strings.Contains(own.Text, a.Text) }) {
				return true
			}
		}
	}
	return false
}

// ofMeasure reports whether f is of the kind of number m; any rate may be a
// growth, as reports print it.
func ofMeasure(f corpus.Figure, m corpus.Measure) bool {
	return m != "" && (f.Measure == m || m == corpus.MeasureGrowth && f.Measure != corpus.MeasureShare && Percent(f))
}
