package rank

import (
	"slices"

	"jinwen/corpus"
)

// Direct picks the figures that answer the question itself: the best one; for
// every further time asked about its best; for every further thing asked
// about, which the figures so far do not name, its best.
func (h *Hits) Direct(figures []ScoredFigure) []ScoredFigure {
	return h.Settle(h.otherCounts(h.named(figures), figures))
}

// named returns the figures that answer by their names.
func (h *Hits) named(figures []ScoredFigure) []ScoredFigure {
	var out []ScoredFigure
	times := h.Question.Times
	if !h.Question.Both() || len(h.Asked) > 0 {
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
func (h *Hits) directPair(figures []ScoredFigure) []ScoredFigure {
	of := h.directOf(figures, func(corpus.Figure) bool { return true })
	if len(of) == 0 {
		return nil
	}
	var out []ScoredFigure
	used := map[int]bool{}
	for _, f := range of {
		if used[f.Figure] {
			continue
		}
		other, ok := h.Index.PairOf[f.Figure]
		if !ok {
			return nil
		}
		g := ScoredFigure{Figure: other, Score: f.Score, Coverage: f.Coverage, named: f.named}
		if h.Index.Report.Figures[f.Figure].Nature == corpus.Target {
			f, g = g, f
		}
		used[f.Figure], used[g.Figure] = true, true
		out = append(out, f, g)
	}
	return out
}

func (h *Hits) directOf(figures []ScoredFigure, fits func(corpus.Figure) bool) []ScoredFigure {
	var out []ScoredFigure
	covered := make([]bool, len(h.Question.Terms))
	// Figures asked about by their number are the answer, all of them.
	for _, f := range figures {
		if f.asked && len(out) < Used.MostDirect {
			out = append(out, f)
		}
	}
	if len(out) > 0 {
		return out
	}
	for len(out) < Used.MostDirect {
		best, bestScore := -1, 0.0
		for k, f := range figures {
			if f.Blocked != "" || !f.Enough || !fits(h.Index.Report.Figures[f.Figure]) || slices.ContainsFunc(out, func(x ScoredFigure) bool { return x.Figure == f.Figure }) {
				continue
			}
			score := f.Score
			if len(out) > 0 {
				gain := 0.0
				for i, t := range h.Question.Terms {
					if !covered[i] && f.named[i] >= Used.Names {
						gain += t.Weight
					}
				}
				if gain < Used.NewTerm*h.Scale() && !(h.Question.Each && f.Score >= Used.EachAsGood*out[0].Score) {
					continue
				}
				score = gain + f.Score/10
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
			covered[i] = covered[i] || x >= Used.Names
		}
	}
	return out
}

func Percent(f corpus.Figure) bool { return f.Unit == "%" || f.Unit == "个百分点" }

// NamesFigure reports whether the question, though it asks for no number,
// names an indicator and little else: 民营经济税收增幅.
func (h *Hits) NamesFigure(f ScoredFigure) bool {
	if !h.Question.Open() || h.Weight == 0 {
		return false
	}
	// 今年GDP目标 asks for the number that was set.
	if h.Question.Aim && f.Coverage >= Used.Aimed && h.Index.Report.Figures[f.Figure].Nature == corpus.Target && len(h.Question.Terms) <= Used.FewTerms {
		return true
	}
	named := 0.0
	for i, t := range h.Question.Terms {
		named += t.Weight * f.named[i]
	}
	like := 0.0
	if len(h.Question.Terms) == 1 { // of one word likeness is no sign of a name: 就业 is like 城镇新增就业, and a topic
		like = Used.FigLike * shareIn(h.Index.Indicators[f.Figure], h.Question.Words)
	}
	return named/h.Weight >= Used.Named && f.Score-f.Coverage-like >= Used.FigPrecise*Used.NamedAll
}
