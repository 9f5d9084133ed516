package rank

import (
	_ "embed"
	"math"

	"jinwen/corpus/zh"
	"jinwen/index/resolve"
	"jinwen/index/text"
	"jinwen/index/vector"
)

// meanings are the directions of what the clauses of a report say.
type meanings struct {
	vecs    []vector.Vec
	passage []int32      // where they stand
	n       int          // passages
	whole   []vector.Vec // by passage: of all that it says
}

//go:embed words.txt
var wordFile string

// lists are the word lists of words.txt by name.
var lists = zh.Sections(wordFile)

// emptyWords tell nothing of the subject, neither in a question nor in a report.
var emptyWords = lists.Set("empty")

func newMeanings(ix *Index) *meanings {
	m := &meanings{n: len(ix.Report.Passages)}
	for _, c := range ix.Text.Clauses {
		if c.Passage < 0 {
			continue
		}
		v := meaningOf(ix.cut, zh.Fold(ix.Report.Quote(c.Span)))
		if v.Zero() {
			continue
		}
		m.vecs, m.passage = append(m.vecs, v), append(m.passage, c.Passage)
	}
	for _, p := range ix.Report.Passages {
		m.whole = append(m.whole, meaningOf(ix.cut, zh.Fold(ix.Report.Quote(p.Span))))
	}
	return m
}

func meaningOf(cut *text.Cutter, folded string) vector.Vec {
	return vector.Of(cut.Plain(folded), func(w string) bool { return emptyWords[w] })
}

// scores returns, by passage, how much nearer than usual its best clause is to
// v, in standard deviations; nil for a zero v.
func (m *meanings) scores(v *vector.Vec) []float64 {
	if v.Zero() || len(m.vecs) == 0 {
		return nil
	}
	out := make([]float64, m.n)
	for i := range out {
		out[i] = -1
	}
	for i := range m.vecs {
		p := m.passage[i]
		out[p] = max(out[p], float64(m.vecs[i].Cos(v)))
	}
	standardise(out)
	return out
}

// standardise turns values into how many standard deviations they lie above
// their mean.
func standardise(out []float64) {
	sum, squares := 0.0, 0.0
	for _, x := range out {
		sum += x
		squares += x * x
	}
	n := float64(len(out))
	mean := sum / n
	deviation := math.Sqrt(max(1e-9, squares/n-mean*mean))
	for i, x := range out {
		out[i] = (x - mean) / deviation
	}
}

// Means reports whether anything is known of what q means.
func (ix *Index) Means(q *resolve.Question) bool {
	v := meaningOf(ix.cut, q.Subject)
	return !v.Zero()
}

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
