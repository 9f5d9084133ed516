package rank

import (
	"math"

	"jinwen/corpus/zh"
	"jinwen/index/lexicon"
	"jinwen/index/position"
)

// An expansion is the passages as people might have put them: each with the
// lexicon's everyday words for the terms that it holds, searched by pairs of
// neighbouring characters. It depends on the lexicon as much as on the report.
type expansion struct {
	pairs    position.Lists[uint64, impact]
	passages int
}

// An impact is what a pair of characters adds to the score of a passage.
type impact struct {
	passage int32
	worth   float32
}

// newExpansion expands the passages of ix with lex.
func newExpansion(ix *Index, lex *lexicon.Lexicon) *expansion {
	e := &expander{ids: make(map[uint64]int32, 1<<14), passages: make([][][]int32, len(ix.Report.Passages))}
	for i, p := range ix.Report.Passages {
		e.passages[i] = [][]int32{e.idsOf(zh.Fold(ix.Report.Quote(p.Span)))}
	}
	for m := range lex.Rows() {
		said := m.Says()
		if len(said) == 0 {
			continue
		}
		var ids []int32
		for k, p := range ix.holding(m.Terms()) {
			if k == 0 {
				ids = e.idsOf(said...)
			}
			e.passages[p] = append(e.passages[p], ids)
		}
	}
	return &expansion{pairs: e.impacts(), passages: len(e.passages)}
}

// holding returns the passages in which some of terms stands as a word, each
// once.
func (ix *Index) holding(terms []string) []int32 {
	var clauses []int32
	for _, t := range terms {
		if runes := []rune(t); len(runes) > 1 {
			clauses = ix.clausesWith(clauses, runes)
		}
	}
	return ix.passagesOf(clauses)
}

// An expander numbers the pairs of characters as it meets them, so that they
// are counted in slices: maps by passage take three times as long, and an
// index is built while somebody waits.
type expander struct {
	ids      map[uint64]int32
	keys     []uint64    // of the ids
	passages [][][]int32 // the ids that each passage holds, with repetitions
}

// idsOf returns the ids of the pairs in texts.
func (e *expander) idsOf(texts ...string) []int32 {
	var out []int32
	for _, text := range texts {
		for k := range pairsOf(text) {
			id, ok := e.ids[k]
			if !ok {
				id = int32(len(e.keys))
				e.ids[k], e.keys = id, append(e.keys, k)
			}
			out = append(out, id)
		}
	}
	return out
}

// A tally is how often a passage holds a pair.
type tally struct{ id, n int32 }

// tallies counts the pairs of each passage, and in how many passages each is.
func (e *expander) tallies() (of [][]tally, in []int32) {
	of, in = make([][]tally, len(e.passages)), make([]int32, len(e.keys))
	at := make([]int32, len(e.keys)) // id → 1 + where it is in the tallies of the passage
	for i, lists := range e.passages {
		for _, ids := range lists {
			for _, id := range ids {
				if at[id] == 0 {
					of[i] = append(of[i], tally{id: id})
					at[id] = int32(len(of[i]))
				}
				of[i][at[id]-1].n++
			}
		}
		for _, x := range of[i] {
			in[x.id]++
			at[x.id] = 0
		}
	}
	return of, in
}

// impacts turns the counts of pairs into BM25's addends.
func (e *expander) impacts() position.Lists[uint64, impact] {
	of, in := e.tallies()
	lengths, total := make([]float64, len(of)), 0.0
	for i, list := range of {
		for _, x := range list {
			lengths[i] += float64(x.n)
		}
		total += lengths[i]
	}
	mean := total / max(1, float64(len(of)))
	idf, ends, n := make([]float64, len(in)), make([]int32, len(in)), int32(0)
	for id, df := range in {
		idf[id] = math.Log(1 + (float64(len(of))-float64(df)+0.5)/(float64(df)+0.5))
		ends[id] = n // where its list begins, until it is filled
		n += df
	}
	all := make([]impact, n)
	for i, list := range of { // passages ascend in every list
		norm := Used.Saturation * (1 - Used.Length + Used.Length*lengths[i]/max(1, mean))
		for _, x := range list {
			tf := float64(x.n)
			all[ends[x.id]] = impact{int32(i), float32(idf[x.id] * tf * (Used.Saturation + 1) / (tf + norm))}
			ends[x.id]++
		}
	}
	return position.Packed(e.keys, ends, all)
}

// pairsOf yields the pairs of neighbouring letters and digits of folded text.
func pairsOf(text string) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		var before rune
		for _, c := range text {
			if !zh.IsHan(c) && !zh.IsLatin(c) && !zh.IsDigit(c) {
				before = 0
				continue
			}
			if before != 0 && !yield(position.Pair(before, c)) {
				return
			}
			before = c
		}
	}
}

// scores returns how well each passage matches folded text, as a share of the
// best one; nil if none does.
func (e *expansion) scores(text string) []float64 {
	var out []float64
	best := 0.0
	seen := make(map[uint64]bool)
	for k := range pairsOf(text) {
		if seen[k] {
			continue
		}
		seen[k] = true
		for _, x := range e.pairs.Of(k) {
			if out == nil {
				out = make([]float64, e.passages)
			}
			out[x.passage] += float64(x.worth)
			best = max(best, out[x.passage])
		}
	}
	for i := range out {
		out[i] /= best
	}
	return out
}
