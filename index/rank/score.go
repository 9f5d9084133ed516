package rank

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/index/answer"
)

// A Scored passage.
type Scored struct {
	Passage  int
	Score    float64
	Coverage float64 // share of the question's weight that it holds, 0..1
	Focus    int     // clause
	Parts    []answer.Part
}

// score scores passage p.
func (h *Hits) score(p int, explain bool) Scored {
	ix, w := h.Index, &Used
	pass := ix.Report.Passages[p]
	out := Scored{Passage: p, Focus: -1}
	coverage := h.cover(&out)
	unit, number := h.tells(&out)
	features := [...]answer.Part{
		{Name: "coverage", Value: w.Coverage * coverage},
		{Name: "repeated", Value: w.Repeated * h.repeated(p)},
		{Name: "expansion", Value: w.Expansion * at(h.expanded, p)},
		{Name: "meaning", Value: w.Meaning * at(h.meant, p)},
		{Name: "whole", Value: w.Whole * float64(ix.meanings.whole[p].Cos(&h.meaning))},
		{Name: "described", Value: w.Described * min(h.DescribedIn(p), w.DescribedMost)},
		{Name: "unit", Value: w.Unit * unit},
		{Name: "number", Value: w.Number * number},
	}
	sum := 0.0
	for _, f := range features {
		sum += f.Value
	}
	time := h.timeFactor(pass.Time)
	out.Score = sum * time
	if pass.Zone == corpus.ZoneGlossary && !h.Question.Defines {
		out.Score *= Used.Glossary
	}
	if explain {
		out.Parts = append(slices.Clone(features[:]), answer.Part{Name: "time", Value: time})
	}
	return out
}

// at returns list[i]; 0 of a list that was not made.
func at(list []float64, i int) float64 {
	if list == nil {
		return 0
	}
	return list[i]
}

// cover finds how much of the question passage s.passage holds, and the clause
// that holds most. A term in that clause counts in full, elsewhere less.
func (h *Hits) cover(s *Scored) float64 {
	ix, q, w := h.Index, h.Question, &Used
	if h.Weight == 0 {
		return 0
	}
	p, section := s.Passage, ix.Report.Passages[s.Passage].Section
	q.Effort.Add(len(q.Terms) * int(1+ix.Clauses[p][1]-ix.Clauses[p][0]))
	context := make([]float64, len(q.Terms)) // what each term is worth outside the focus
	total := 0.0
	for i, t := range q.Terms {
		context[i] = max(w.NearClause*h.Terms[i].Passage[int32(p)], w.NearHeading*h.InHeadings(i, section))
		total += t.Weight * context[i]
	}
	best := total
	for c := ix.Clauses[p][0]; c < ix.Clauses[p][1]; c++ {
		sum := total
		for i, t := range q.Terms {
			if x := h.Terms[i].Clause[c]; x > context[i] {
				sum += t.Weight * (x - context[i])
			}
		}
		if sum > best || s.Focus < 0 && sum > 0 {
			best, s.Focus = sum, int(c)
		}
	}
	s.Coverage = best / h.Scale()
	return s.Coverage
}

// repeated counts the further occurrences of terms, less with each: a passage
// that names a thing five times is about it.
func (h *Hits) repeated(p int) float64 {
	if h.Weight == 0 {
		return 0
	}
	sum := 0.0
	for i, t := range h.Question.Terms {
		if n := h.Terms[i].count[int32(p)]; n > 1 {
			sum += t.Weight * math.Log2(float64(min(n, 8)))
		}
	}
	return sum / h.Scale()
}

// tells returns how near to the clause that says most passage s holds a figure in
// the unit asked for, and one of the kind of number asked for: 1 in that
// clause, half elsewhere, 0 if there is none or no number is asked for.
func (h *Hits) tells(s *Scored) (unit, number float64) {
	if !h.Counts {
		return 0, 0
	}
	for _, i := range h.Index.Figures[s.Passage] {
		f := h.Index.Report.Figures[i]
		worth := Used.NumberBeside
		if s.Focus >= 0 && (h.Index.Text.ClauseOf(f.Start) == s.Focus || h.Index.Text.ClauseOf(f.Clause.Start) == s.Focus) {
			worth = 1
		}
		if worth > unit && h.CountedAsAsked(f) {
			unit = worth
		}
		if worth > number && h.numberKind(f) {
			number = worth
		}
	}
	return unit, number
}

// numberKind reports whether f is of the kind of number that the question asks
// for, by its measure, its unit, or at least as an amount.
func (h *Hits) numberKind(f corpus.Figure) bool {
	q := h.Question
	switch {
	case q.Measure == corpus.MeasureGrowth:
		return Percent(f)
	case q.Measure == corpus.MeasureShare:
		return Percent(f) && f.Measure != corpus.MeasureGrowth
	case q.Measure == corpus.MeasureRank:
		return f.Measure == corpus.MeasureRank
	case q.Unit != "" || q.Counter != "":
		return h.CountedAsAsked(f) || h.ofKind(f)
	}
	return !Percent(f)
}

func (h *Hits) timeFactor(t corpus.Time) float64 {
	w := &Used
	switch not := h.Question.Excluded; {
	case not != nil && len(h.Question.Times) == 0 && len(not.Times) == 1 && not.Times[0] == t:
		return w.OtherWording
	case h.Question.About(t):
		return 1
	case t == corpus.Other:
		return w.NeutralTime
	case len(h.Question.Years) == 0:
		return w.OtherWording
	}
	return w.OtherTime
}

// isTitle reports whether passage p is a line of the title: it stands before
// all sections and is no sentence.
func (ix *Index) isTitle(p int) bool {
	x := ix.Report.Passages[p]
	return x.Section < 0 && !strings.ContainsAny(ix.Report.Quote(x.Span), "。，；：！")
}

// Rank scores the candidates, best first.
func (h *Hits) Rank(candidates []int, explain bool) []Scored {
	out := make([]Scored, 0, len(candidates))
	for _, p := range candidates {
		if h.Index.isTitle(p) {
			continue
		}
		s := h.score(p, explain)
		if h.numbered[p] {
			s.Score, s.Coverage = s.Score+Used.FigNumber, max(s.Coverage, 1)
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Scored) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Passage, b.Passage))
	})
	if len(out) > 0 && out[0].Score > 0 {
		h.best, h.lead = out[0].Passage, 1
		if len(out) > 1 {
			h.lead = 1 - out[1].Score/out[0].Score
		}
	}
	return out
}

// LeadOf returns by which share of its score passage p leads the next best; 0 if it is
// not the best one.
func (h *Hits) LeadOf(p int) float64 {
	if p != h.best {
		return 0
	}
	return h.lead
}
