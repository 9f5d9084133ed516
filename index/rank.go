package index

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"jinwen/corpus"
)

// A scored passage.
type scored struct {
	passage  int
	score    float64
	coverage float64 // share of the question's weight that it holds, 0..1
	focus    int     // clause
	parts    []Part
}

// score scores passage p.
func (h *hits) score(p int, explain bool) scored {
	ix, w := h.ix, h.ix.weights
	pass := ix.report.Passages[p]
	out := scored{passage: p, focus: -1}
	features := [...]Part{
		{"coverage", w.Coverage * h.cover(&out)},
		{"repeated", w.Repeated * h.repeated(p)},
		{"expansion", w.Expansion * at(h.expanded, p)},
		{"meaning", w.Meaning * at(h.meant, p)},
	}
	sum := 0.0
	for _, f := range features {
		sum += f.Value
	}
	time := h.timeFactor(pass.Time)
	out.score = sum * time
	if pass.Zone == corpus.ZoneGlossary && !h.q.Defines {
		out.score *= glossaryShare
	}
	if explain {
		out.parts = append(slices.Clone(features[:]), Part{"time", time})
	}
	return out
}

// glossaryShare is what the score of a passage that explains a word keeps,
// where no explanation is asked for.
const glossaryShare = 0.75

// at is list[i]; 0 of a list that was not made.
func at(list []float64, i int) float64 {
	if list == nil {
		return 0
	}
	return list[i]
}

// cover finds how much of the question passage s.passage holds, and the clause
// that holds most. A term in that clause counts in full, elsewhere less.
func (h *hits) cover(s *scored) float64 {
	ix, q, w := h.ix, h.q, h.ix.weights
	if h.weight == 0 {
		return 0
	}
	p, section := s.passage, ix.report.Passages[s.passage].Section
	q.work.add(len(q.Terms) * int(1+ix.clauses[p][1]-ix.clauses[p][0]))
	context := make([]float64, len(q.Terms)) // what each term is worth outside the focus
	total := 0.0
	for i, t := range q.Terms {
		context[i] = max(w.NearClause*h.terms[i].passage[int32(p)], w.NearHeading*h.inHeadings(i, section))
		total += t.Weight * context[i]
	}
	best := total
	for c := ix.clauses[p][0]; c < ix.clauses[p][1]; c++ {
		sum := total
		for i, t := range q.Terms {
			if x := h.terms[i].clause[c]; x > context[i] {
				sum += t.Weight * (x - context[i])
			}
		}
		if sum > best || s.focus < 0 && sum > 0 {
			best, s.focus = sum, int(c)
		}
	}
	s.coverage = best / h.scale()
	return s.coverage
}

// repeated counts the further occurrences of terms, less with each: a passage
// that names a thing five times is about it.
func (h *hits) repeated(p int) float64 {
	if h.weight == 0 {
		return 0
	}
	sum := 0.0
	for i, t := range h.q.Terms {
		if n := h.terms[i].count[int32(p)]; n > 1 {
			sum += t.Weight * math.Log2(float64(min(n, 8)))
		}
	}
	return sum / h.scale()
}

func (h *hits) timeFactor(t corpus.Time) float64 {
	w := h.ix.weights
	switch {
	case h.q.about(t):
		return 1
	case t == corpus.Other:
		return w.NeutralTime
	case len(h.q.Years) == 0:
		return w.OtherWording
	}
	return w.OtherTime
}

// isTitle reports whether passage p is a line of the title: it stands before
// all sections and is no sentence.
func (ix *Index) isTitle(p int) bool {
	x := ix.report.Passages[p]
	return x.Section < 0 && !strings.ContainsAny(ix.report.Quote(x.Span), "。，；：！")
}

// rank scores the candidates, best first.
func (h *hits) rank(candidates []int, explain bool) []scored {
	out := make([]scored, 0, len(candidates))
	for _, p := range candidates {
		if h.ix.isTitle(p) {
			continue
		}
		s := h.score(p, explain)
		if h.numbered[p] {
			s.score, s.coverage = s.score+figNumber, max(s.coverage, 1)
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.passage, b.passage))
	})
	return out
}
