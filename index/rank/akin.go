package rank

import (
	"jinwen/corpus/zh"
	"jinwen/index/resolve"
	"jinwen/index/vector"
)

// Akin tells of a term how near passage p comes to it without holding it: the
// cosine of the nearest of its words, and the share of the term's pairs of
// characters that it holds.
func (h *Hits) Akin(p int) func(resolve.Term) (cos, parts float64) {
	words := h.Index.wordsOf(p)
	return func(t resolve.Term) (cos, parts float64) {
		v := vector.Of(h.Index.cut.Plain(t.Native()), nil)
		for _, w := range words.known {
			cos = max(cos, float64(w.Cos(&v)))
		}
		return cos, shareIn(t.Text, words.text)
	}
}

// A wording is what a passage says, folded, and those of its words whose meaning
// is known.
type wording struct {
	text  string
	known []vector.Word
}

// wordsOf returns the wording of passage p, which is made when it is first needed.
func (ix *Index) wordsOf(p int) *wording {
	if w, ok := ix.wordings.Load(p); ok {
		return w.(*wording)
	}
	folded := zh.Fold(ix.Report.Quote(ix.Report.Passages[p].Span))
	w := &wording{folded, vector.Find(ix.cut.Plain(folded))}
	ix.wordings.Store(p, w)
	return w
}
