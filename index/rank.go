package index

import (
	"cmp"
	"math"
	"slices"

	"jinwen/corpus"
)

// What a term is worth by where it stands, relative to the clause in focus.
// Measured on both question sets; see testdata/rank.
const (
	nearClause  = 0.8  // in another clause of the passage
	nearHeading = 0.65 // in a heading above it
)

// Factors on a passage's score.
const (
	otherTime     = 0.5  // the question is of another year
	otherWording  = 0.8  // it does not name one, but is worded for another
	neutralTime   = 0.95 // the passage is of no year
	adjacency     = 0.15 // of the lighter of two terms that stand together as asked
	seriesQuality = 1.6  // the list itself tells more than the name of it
	repetition    = 0.04 // of a term's weight, for every doubling of its occurrences
	bleveShare    = 0.05 // of Bleve's normalised score
)

// A scored passage.
type scored struct {
	passage  int
	score    float64
	coverage float64 // share of the question's weight that it holds, 0..1
	focus    int     // clause
	heading  float64 // share that the headings above hold
	parts    []Part
}

// hits are where the terms of a question stand in the candidate passages.
type hits struct {
	series   bool // a term names a list by the number of its items
	ix       *Index
	q        *Question
	numbered map[int]bool        // passages that hold a number asked about
	weight   float64             // sum of the terms' weights
	clause   []map[int32]float64 // term → clause → quality
	head     []map[int32]float64 // term → section → quality of standing in its heading
	whole    []map[int32]float64 // term → passage → best quality
	count    []map[int32]int     // term → passage → how often
}

// locate finds all places where q's terms stand.
func (ix *Index) locate(q *Question) *hits {
	n := len(q.Terms)
	h := &hits{ix: ix, q: q, clause: make([]map[int32]float64, n), head: make([]map[int32]float64, n), whole: make([]map[int32]float64, n), count: make([]map[int32]int, n)}
	h.numbered = map[int]bool{}
	for _, i := range ix.asked(q) {
		if p := ix.report.Figures[i].Passage; p >= 0 {
			h.numbered[p] = true
		}
	}
	for i, t := range q.Terms {
		h.weight += t.Weight
		h.clause[i], h.head[i], h.whole[i] = map[int32]float64{}, map[int32]float64{}, map[int32]float64{}
		h.count[i] = map[int32]int{}
		if c, n, ok := seriesName(t.Text); ok && q.defines {
			for _, pos := range ix.text.seriesOf(c, n) {
				h.found(i, pos, seriesQuality)
				h.series = true
			}
		}
		for _, a := range t.Alts {
			for _, pos := range ix.text.find(a.runes) {
				if ix.text.across(pos, len(a.runes)) {
					continue
				}
				h.found(i, pos, a.Quality)
			}
		}
	}
	return h
}

// found notes that term i stands at pos of the folded text.
func (h *hits) found(i int, pos int32, quality float64) {
	c := h.ix.text.at[pos]
	if s := h.ix.headings[pos]; s >= 0 {
		h.head[i][s] = max(h.head[i][s], quality)
	}
	p := h.ix.text.clauses[c].passage
	if p < 0 {
		return
	}
	h.clause[i][c] = max(h.clause[i][c], quality)
	h.whole[i][p] = max(h.whole[i][p], quality)
	h.count[i][p]++
}

// fullWeight is the weight of telling words beyond which more of them do not
// make a question harder to answer: people who write much tell much besides.
const fullWeight = 2.2

// scale is what coverage is a share of.
// Words that the report does not have count in full.
func (h *hits) scale() float64 {
	known := 0.0
	for _, t := range h.q.Terms {
		if t.Known {
			known += t.Weight
		}
	}
	return min(known, fullWeight) + h.weight - known
}

// inHeadings is how well term i stands in a heading above section s.
func (h *hits) inHeadings(i, s int) float64 {
	best := 0.0
	for ; s >= 0; s = h.ix.report.Sections[s].Parent {
		best = max(best, h.head[i][int32(s)])
	}
	return best
}

// score scores passage p.
func (h *hits) score(p int, bleveScore float64, explain bool) scored {
	ix, q := h.ix, h.q
	pass := ix.report.Passages[p]
	out := scored{passage: p, focus: -1}
	if h.weight == 0 {
		return out
	}
	context := make([]float64, len(q.Terms)) // what each term is worth outside the focus
	head, total := 0.0, 0.0
	for i, t := range q.Terms {
		hd := h.inHeadings(i, pass.Section)
		head += t.Weight * hd
		context[i] = max(nearClause*h.whole[i][int32(p)], nearHeading*hd)
		total += t.Weight * context[i]
	}
	best := total
	for c := ix.clauses[p][0]; c < ix.clauses[p][1]; c++ {
		sum := total
		for i, t := range q.Terms {
			if x := h.clause[i][c]; x > context[i] {
				sum += t.Weight * (x - context[i])
			}
		}
		if sum > best || out.focus < 0 && sum > 0 {
			best, out.focus = sum, int(c)
		}
	}
	out.coverage, out.heading = best/h.scale(), head/h.weight
	bonus := (adjacency*h.together(p) + h.repeated(p)) / h.scale()
	time := h.timeFactor(pass.Time)
	out.score = (out.coverage+bonus)*time + bleveShare*bleveScore
	if explain {
		out.parts = []Part{{"coverage", out.coverage}, {"together", bonus}, {"time", time}, {"bleve", bleveShare * bleveScore}}
	}
	return out
}

// repeated is what the further occurrences of terms add, less with each: a
// passage that names a thing five times is about it.
func (h *hits) repeated(p int) float64 {
	sum := 0.0
	for i, t := range h.q.Terms {
		if n := h.count[i][int32(p)]; n > 1 {
			sum += t.Weight * repetition * math.Log2(float64(min(n, 8)))
		}
	}
	return sum
}

// together is the weight of neighbouring terms of the question that stand
// side by side in passage p as they do in the question.
func (h *hits) together(p int) float64 {
	sum := 0.0
	for i := 0; i+1 < len(h.q.Terms); i++ {
		a, b := h.q.Terms[i], h.q.Terms[i+1]
		if a.end != b.start || !a.Known || !b.Known || h.whole[i][int32(p)] == 0 || h.whole[i+1][int32(p)] == 0 {
			continue
		}
		joined := append(append([]rune{}, a.Alts[0].runes...), b.Alts[0].runes...)
		for _, pos := range h.ix.text.find(joined) {
			if h.ix.text.clauses[h.ix.text.at[pos]].passage == int32(p) {
				sum += min(a.Weight, b.Weight)
				break
			}
		}
	}
	return sum
}

func (h *hits) timeFactor(t corpus.Time) float64 {
	switch {
	case h.q.about(t):
		return 1
	case t == corpus.Other:
		return neutralTime
	case len(h.q.Years) == 0:
		return otherWording
	}
	return otherTime
}

// rank scores all candidates, best first.
func (h *hits) rank(candidates map[int]float64, explain bool) []scored {
	out := make([]scored, 0, len(candidates))
	for p, b := range candidates {
		s := h.score(p, b, explain)
		if h.numbered[p] {
			s.score, s.coverage = s.score+figNumber, max(s.coverage, 1)
		}
		if s.coverage > 0 {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.passage, b.passage))
	})
	return out
}

// unfold puts the passages below the best passage's heading right behind each
// other, in the order of the text, if that heading is what the question names:
// the list asked for is what stands below it. The passage that only introduces
// the list comes after its items.
func (h *hits) unfold(ranked []scored) []scored {
	const least = 3 // passages that make a list
	if len(ranked) == 0 || h.weight == 0 || h.series {
		return ranked
	}
	best := ranked[0]
	section := h.ix.report.Passages[best.passage].Section
	own := 0.0
	if section >= 0 {
		for i, t := range h.q.Terms {
			own += t.Weight * h.head[i][int32(section)]
		}
	}
	if share := own / h.scale(); own/h.weight < 0.4 || best.coverage-share > 0.4 {
		return ranked // the passage itself says more than the heading
	}
	var below, rest []scored
	for _, s := range ranked {
		if h.ix.report.Passages[s.passage].Section == section {
			s.score = best.score
			below = append(below, s)
		} else {
			rest = append(rest, s)
		}
	}
	if len(below) < least {
		return ranked
	}
	slices.SortFunc(below, func(a, b scored) int { return cmp.Compare(a.passage, b.passage) })
	if intro := h.ix.report.Passages[below[0].passage]; intro.Start == h.ix.report.Sections[section].Start && len(h.ix.figures[below[0].passage]) == 0 {
		below = append(below[1:], below[0])
	}
	return append(below, rest...)
}
