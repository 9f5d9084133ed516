package rank

import (
	"strings"

	"jinwen/index/answer"
	"jinwen/index/question"
	"jinwen/index/resolve"
	"jinwen/index/vector"
)

// Hits are where the terms of a question stand in the report.
type Hits struct {
	Index     *Index
	Question  *resolve.Question
	Terms     []places        // by term
	Weight    float64         // sum of the terms' weights
	Asked     []int           // figures that the question asks about by their number
	numbered  map[int]bool    // passages that hold one of them
	Series    bool            // a term names a list by the number of its items
	Concepts  map[string]bool // indicators that the question asks for
	Counts    bool            // a number is asked for
	best      int             // passage that ranks first
	lead      float64         // by which share of its score
	fromTo    bool            // a number and what it became are asked for
	perOne    bool            // what one of something gets or costs is asked for
	expanded  []float64       // by passage: how well it matches once expanded, 0..1; nil if nothing does
	described described       // what the question describes without naming it
	meaning   vector.Vec      // of the question
	meant     []float64       // by passage: how near it is in meaning, in deviations; nil if nothing is known
}

// Nearness returns how near passage p comes to the question in meaning, in
// deviations; 0 if nothing is known.
func (h *Hits) Nearness(p int) float64 { return at(h.meant, p) }

// places are where one term stands, and how surely it is meant there.
type places struct {
	Clause  map[int32]float64 // clause → quality
	Passage map[int32]float64 // passage → best quality
	Head    map[int32]float64 // section → quality of standing in its heading
	count   map[int32]int     // passage → how often
}

// Locate finds all places where q's terms stand.
func (ix *Index) Locate(q *resolve.Question) *Hits {
	h := &Hits{Index: ix, Question: q, Terms: make([]places, len(q.Terms)), Asked: ix.asked(q), numbered: map[int]bool{}, Concepts: q.ConceptsOf()}
	for _, i := range h.Asked {
		if p := ix.Report.Figures[i].Passage; p >= 0 {
			h.numbered[p] = true
		}
	}
	lex := ix.lex.Load()
	h.expanded = ix.expanded.Load().scores(q.Plain(lex))
	h.meaning = meaningOf(ix.cut, q.Said()+q.Translated())
	h.meant = both(ix.meanings.scores(&h.meaning), ix.embedded.scores(q))
	h.described = ix.describes(q.Said())
	h.Counts = q.AsksNumber() || q.Unit != ""
	h.perOne, h.fromTo = perOne.MatchString(q.Words), strings.ContainsAny(q.Words, "从由f") && fromTo.MatchString(q.Words)
	for i, t := range q.Terms {
		h.Weight += t.Weight
		h.Terms[i] = places{map[int32]float64{}, map[int32]float64{}, map[int32]float64{}, map[int32]int{}}
		for _, pos := range t.Series {
			h.found(i, pos, Used.Series)
			h.Series = true
		}
		if t.Concept != "" {
			h.foundConcept(i)
		}
		for _, a := range t.Alts {
			found := ix.Text.Find(a.Runes)
			q.Effort.Add(len(found) + 1)
			for _, pos := range found {
				if !ix.Text.Across(pos, len(a.Runes)) {
					h.found(i, pos, a.Quality)
				}
			}
			if len(a.Runes) >= resolve.Used.LeastComposed && a.Quality > resolve.Used.SureMeaning {
				h.foundComposed(i, a)
			}
		}
	}
	return h
}

// foundComposed notes that term i is in an indicator that is read out of a
// clause.
func (h *Hits) foundComposed(i int, a resolve.Alt) {
	for _, k := range h.Index.composed {
		if f := h.Index.Report.Figures[k]; strings.Contains(h.Index.Indicators[k], a.Text) {
			t, p := h.Terms[i], int32(f.Passage)
			c := int32(h.Index.Text.ClauseOf(f.Start))
			t.Clause[c] = max(t.Clause[c], a.Quality)
			t.Passage[p] = max(t.Passage[p], a.Quality)
		}
	}
}

// found notes that term i stands at pos of the folded text.
func (h *Hits) found(i int, pos int32, quality float64) {
	t, c := h.Terms[i], h.Index.Text.At[pos]
	if s := h.Index.headings[pos]; s >= 0 {
		t.Head[s] = max(t.Head[s], quality)
	}
	p := h.Index.Text.Clauses[c].Passage
	if p < 0 {
		return
	}
	t.Clause[c] = max(t.Clause[c], quality)
	t.Passage[p] = max(t.Passage[p], quality)
	t.count[p]++
}

// Scale returns what coverage is a share of.
// Words that the report does not have count in full.
func (h *Hits) Scale() float64 {
	known := 0.0
	for _, t := range h.Question.Terms {
		if t.Known {
			known += t.Weight
		}
	}
	return min(known, Used.FullWeight) + h.Weight - known
}

// InHeadings returns how well term i stands in a heading above section s.
func (h *Hits) InHeadings(i, s int) float64 {
	best := 0.0
	for ; s >= 0; s = h.Index.Report.Sections[s].Parent {
		best = max(best, h.Terms[i].Head[int32(s)])
	}
	return best
}

// HoldsHeaviest reports whether a passage or the headings above it hold one of
// the terms that tell most.
func (h *Hits) HoldsHeaviest(passage, section int) bool {
	heavy, held := h.heavy(passage, section)
	return heavy == 0 || held > 0
}

// ListsNumbered reports whether the question wants a list of things that it
// only counts: 30件民生实事都有哪些, but not 615项是哪件事.
func (h *Hits) ListsNumbered() bool {
	return h.Question.Ask == question.List && h.Weight >= Used.ListTelling
}

// heavy counts the terms that tell most, and those of them that a passage or
// the headings above it hold.
func (h *Hits) heavy(passage, section int) (heavy, held int) {
	most := h.Question.Heaviest()
	for k, t := range h.Question.Terms {
		if !t.Known || t.Weight < Used.Heavy*most {
			continue
		}
		heavy++
		if h.Terms[k].Passage[int32(passage)] > 0 || h.InHeadings(k, section) > 0 {
			held++
		}
	}
	return heavy, held
}

// Shown makes hits of up to limit passages, from the one at offset on.
func (ix *Index) Shown(found []Scored, offset, limit int) []answer.Hit {
	var out []answer.Hit
	for _, s := range found[min(max(offset, 0), len(found)):] {
		if len(out) == limit {
			break
		}
		hit := answer.Hit{Passage: s.Passage, Focus: ix.Report.Passages[s.Passage].Span, Score: s.Score, Parts: s.Parts}
		if s.Focus >= 0 {
			hit.Focus = ix.Text.Clauses[s.Focus].Span
		}
		out = append(out, hit)
	}
	return out
}
