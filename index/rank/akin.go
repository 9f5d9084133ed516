package rank

import (
	"strings"

	"jinwen/corpus/zh"
	"jinwen/index/resolve"
	"jinwen/index/vector"
)

// Akin tells of a term how near passage p comes to it without holding it: the
// cosine of the nearest of its words, and the share of the term's pairs of
// characters that it holds.
func (h *Hits) Akin(p int) func(resolve.Term) (cos, parts float64) {
	folded := zh.Fold(h.Index.Report.Quote(h.Index.Report.Passages[p].Span))
	var words []vector.Vec
	return func(t resolve.Term) (cos, parts float64) {
		if words == nil {
			words = wordVectors(h.Index.cut.Plain(folded))
		}
		v := vector.Of(h.Index.cut.Plain(t.Native()), nil)
		for i := range words {
			cos = max(cos, float64(words[i].Cos(&v)))
		}
		pairs := gramsOf(t.Text)
		for g := range pairs {
			if strings.Contains(folded, g) {
				parts++
			}
		}
		return cos, parts / float64(max(1, len(pairs)))
	}
}

// wordVectors are the vectors of those of words that have more than one character.
func wordVectors(words []string) []vector.Vec {
	out := make([]vector.Vec, 0, len(words))
	for _, w := range words {
		if len(w) <= len("一") {
			continue
		}
		if v := vector.Of([]string{w}, nil); !v.Zero() {
			out = append(out, v)
		}
	}
	return out
}
