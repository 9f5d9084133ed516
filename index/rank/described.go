package rank

import (
	"slices"
	"sync"

	"jinwen/corpus/concept"
	"jinwen/index/gloss"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

// glossed is where the things stand that people describe without naming them.
type glossed struct {
	clauses  [][]int32 // by gloss
	passages [][]int32 // by gloss
	rare     []float64 // by gloss: 1 for a thing that few passages have, near 0 for one that most have
}

// A describedTerm is a term of a gloss, and the indicator of which it is an
// official name, "" if it is of none.
type describedTerm struct {
	runes     []rune
	indicator string
}

// glossTerms are the terms of all glosses; no report changes them.
var glossTerms = sync.OnceValue(func() [][]describedTerm {
	out := make([][]describedTerm, gloss.Len())
	for i := range out {
		for _, term := range gloss.Terms(i) {
			out[i] = append(out[i], describedTerm{[]rune(term), concept.Named(term)})
		}
	}
	return out
})

func newGlossed(ix *Index) *glossed {
	terms := glossTerms()
	g := &glossed{make([][]int32, len(terms)), make([][]int32, len(terms)), make([]float64, len(terms))}
	for i := range terms {
		for _, term := range terms[i] {
			g.clauses[i] = ix.clausesWith(g.clauses[i], term.runes)
			for _, k := range ix.ByConcept[term.indicator] { // whatever it is called there
				if c := int32(ix.Text.ClauseOf(ix.Report.Figures[k].Start)); !slices.Contains(g.clauses[i], c) {
					g.clauses[i] = append(g.clauses[i], c)
				}
			}
		}
		g.passages[i] = ix.passagesOf(g.clauses[i])
		g.rare[i] = resolve.Rarity(len(g.passages[i]), len(ix.Report.Passages))
	}
	return g
}

// clausesWith adds to clauses those in passages that have term, each once.
func (ix *Index) clausesWith(clauses []int32, term []rune) []int32 {
	for _, pos := range ix.Text.Find(term) {
		c := ix.Text.At[pos]
		if ix.Text.Clauses[c].Passage >= 0 && !ix.Text.Across(pos, len(term)) && !slices.Contains(clauses, c) {
			clauses = append(clauses, c)
		}
	}
	return clauses
}

// described is how well the question describes what stands in a place.
type described struct {
	passage map[int32]float64
	clause  map[int32]float64
}

// describes finds what of the report text, the question, describes.
func (ix *Index) describes(text string) described {
	d := described{map[int32]float64{}, map[int32]float64{}}
	var words []string
	for _, c := range question.Asking(text) {
		words = append(words, gloss.Words(ix.cut.Plain(c))...)
	}
	again := make(map[int32]float64) // by passage: what a further thing counts there
	for _, m := range gloss.Find(words, Used.GlossLeast) {
		worth := m.Score * ix.glossed.rare[m.Gloss]
		for _, c := range ix.glossed.clauses[m.Gloss] {
			d.clause[c] = max(d.clause[c], worth)
		}
		for _, p := range ix.glossed.passages[m.Gloss] {
			share, ok := again[p]
			if !ok {
				share = 1
			}
			d.passage[p] += share * worth
			again[p] = share * Used.GlossMore
		}
	}
	return d
}

// passagesOf returns the passages in which clauses stand, each once.
func (ix *Index) passagesOf(clauses []int32) []int32 {
	var out []int32
	for _, c := range clauses {
		if p := ix.Text.Clauses[c].Passage; !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// DescribedIn returns how well the question describes what passage p has a term for.
func (h *Hits) DescribedIn(p int) float64 { return h.described.passage[int32(p)] }

// describedAt returns the same for the best of some clauses; 0 where no number is
// asked for: none is named by being described.
func (h *Hits) describedAt(from, to int) float64 {
	best := 0.0
	if !h.Counts {
		return best
	}
	for c := from; c <= to; c++ {
		best = max(best, h.described.clause[int32(c)])
	}
	return best
}
