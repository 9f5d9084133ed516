package index

import (
	"slices"

	"jinwen/corpus"
)

// direct picks the figures that answer the question itself: the best one; for
// every further time asked about its best; for every further thing asked
// about, which the figures so far do not name, its best.
func (h *hits) direct(figures []scoredFigure) []scoredFigure {
	var out []scoredFigure
	times := h.q.Times
	if !h.q.both() || len(h.asked) > 0 {
		times = nil
	}
	if len(times) == 0 {
		return h.directOf(figures, func(corpus.Figure) bool { return true })
	}
	if pair := h.directPair(figures); pair != nil {
		return pair
	}
	for _, t := range times {
		out = append(out, h.directOf(figures, func(f corpus.Figure) bool {
			switch f.Nature {
			case corpus.Actual:
				return t == corpus.Review
			case corpus.Target:
				return t == corpus.Plan
			}
			return true
		})...)
	}
	return out
}

// directPair returns the figure that answers best with its counterpart of the
// other year, if there is one and the question names no second thing.
func (h *hits) directPair(figures []scoredFigure) []scoredFigure {
	of := h.directOf(figures, func(corpus.Figure) bool { return true })
	if len(of) == 0 {
		return nil
	}
	var out []scoredFigure
	used := map[int]bool{}
	for _, f := range of {
		if used[f.figure] {
			continue
		}
		other, ok := h.ix.pairOf[f.figure]
		if !ok {
			return nil
		}
		g := scoredFigure{figure: other, score: f.score, coverage: f.coverage, named: f.named}
		if h.ix.report.Figures[f.figure].Nature == corpus.Target {
			f, g = g, f
		}
		used[f.figure], used[g.figure] = true, true
		out = append(out, f, g)
	}
	return out
}

func (h *hits) directOf(figures []scoredFigure, fits func(corpus.Figure) bool) []scoredFigure {
	const most = 6
	var out []scoredFigure
	covered := make([]bool, len(h.q.Terms))
	// Figures asked about by their number are the answer, all of them.
	for _, f := range figures {
		if f.asked && len(out) < most {
			out = append(out, f)
		}
	}
	if len(out) > 0 {
		return out
	}
	for len(out) < most {
		best, bestScore := -1, 0.0
		for k, f := range figures {
			if f.blocked != "" || !f.enough || !fits(h.ix.report.Figures[f.figure]) || slices.ContainsFunc(out, func(x scoredFigure) bool { return x.figure == f.figure }) {
				continue
			}
			score := f.score
			if len(out) > 0 {
				gain := 0.0
				for i, t := range h.q.Terms {
					if !covered[i] && f.named[i] >= 0.6 {
						gain += t.Weight
					}
				}
				if gain < newTerm*h.scale() && !(h.q.Each && f.score >= 0.85*out[0].score) {
					continue
				}
				score = gain + f.score/10
			}
			if score > bestScore {
				best, bestScore = k, score
			}
		}
		if best < 0 {
			break
		}
		out = append(out, figures[best])
		for i, x := range figures[best].named {
			covered[i] = covered[i] || x >= 0.6
		}
	}
	return out
}

// aimed is the coverage from which a target answers a question for one.
const aimed = 0.7

func percent(f corpus.Figure) bool { return f.Unit == "%" || f.Unit == "个百分点" }

// namesFigure reports whether the question, though it asks for no number,
// names an indicator and little else: 民营经济税收增幅.
func (ix *Index) namesFigure(h *hits, f scoredFigure) bool {
	if !h.q.Open() || h.weight == 0 {
		return false
	}
	// 今年GDP目标 asks for the number that was set.
	if h.q.Aim && f.coverage >= aimed && ix.report.Figures[f.figure].Nature == corpus.Target && len(h.q.Terms) <= 3 {
		return true
	}
	named := 0.0
	for i, t := range h.q.Terms {
		named += t.Weight * f.named[i]
	}
	return named/h.weight >= 0.8 && f.score-f.coverage >= figPrecise*0.6
}
