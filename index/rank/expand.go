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

// BM25's settings: how soon more of the same stops counting, and how much the
// length of a passage counts. Measured over all question sets: 0.6 and 0.3 are
// the middle of a broad best.
const (
	saturation = 0.6
	lengthness = 0.3
)

// newExpansion expands the passages of ix with lex.
func newExpansion(ix *Index, lex *lexicon.Lexicon) *expansion {
	n := len(ix.Report.Passages)
	counts := make([]map[uint64]int32, n)
	for i, p := range ix.Report.Passages {
		counts[i] = make(map[uint64]int32)
		addPairs(counts[i], zh.Fold(ix.Report.Quote(p.Span)))
	}
	for m := range lex.Rows() {
		said := m.Says()
		if len(said) == 0 {
			continue
		}
		for p := range ix.holding(m.Terms()) {
			for _, say := range said {
				addPairs(counts[p], say)
			}
		}
	}
	return &expansion{pairs: position.NewLists(impacts(counts)), passages: n}
}

// holding returns the passages in which some of terms stands as a word.
func (ix *Index) holding(terms []string) map[int32]bool {
	out := make(map[int32]bool)
	for _, t := range terms {
		runes := []rune(t)
		if len(runes) < 2 {
			continue
		}
		for _, pos := range ix.Text.Find(runes) {
			if p := ix.Text.Clauses[ix.Text.At[pos]].Passage; p >= 0 && !ix.Text.Across(pos, len(runes)) {
				out[p] = true
			}
		}
	}
	return out
}

func addPairs(counts map[uint64]int32, text string) {
	for k := range pairsOf(text) {
		counts[k]++
	}
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

// impacts turns counts of pairs by passage into BM25's addends.
func impacts(counts []map[uint64]int32) map[uint64][]impact {
	lengths, total := make([]float64, len(counts)), 0.0
	in := make(map[uint64]int) // pair → passages that hold it
	for i, of := range counts {
		for k, n := range of {
			lengths[i] += float64(n) // whole numbers: the order of the sum does not matter
			in[k]++
		}
		total += lengths[i]
	}
	mean := total / max(1, float64(len(counts)))
	out := make(map[uint64][]impact, len(in))
	for i, of := range counts { // passages ascend in every list
		norm := saturation * (1 - lengthness + lengthness*lengths[i]/max(1, mean))
		for k, n := range of {
			df := float64(in[k])
			idf := math.Log(1 + (float64(len(counts))-df+0.5)/(df+0.5))
			tf := float64(n)
			out[k] = append(out[k], impact{int32(i), float32(idf * tf * (saturation + 1) / (tf + norm))})
		}
	}
	return out
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
