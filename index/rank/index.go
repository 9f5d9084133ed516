package rank

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/corpus/zh"
	"jinwen/index/lexicon"
	"jinwen/index/position"
	"jinwen/index/resolve"
	"jinwen/index/text"
)

// An Index is a report laid out to be ranked: where its words stand, which
// figures are in which passage, what each clause means. It never changes but
// for its lexicon, and is safe for concurrent use.
type Index struct {
	Report   *corpus.Report
	store    *text.Store
	Text     *position.Text
	cut      *text.Cutter
	Own      map[string]bool // names of the report's own place, folded
	PairOf   map[int]int     // figure → the figure of the other year
	lex      atomic.Pointer[lexicon.Lexicon]
	expanded atomic.Pointer[expansion] // of the passages, with lex
	meanings *meanings
	glossed  *glossed
	wordings sync.Map  // passage → *wording
	embedded *embedded // nil without an embedder

	headings   []int32          // code point of text.runes → section whose heading it is in; -1
	composed   []int            // figures whose indicator is not printed as such (农村居民收入 of 城乡居民收入分别…)
	Indicators []string         // figure → its indicator, folded
	within     []within         // figure of no concept → the one that its name holds
	Figures    [][]int          // passage → its figures
	ByConcept  map[string][]int // concept → its figures, in the order of the text
	Clauses    [][2]int32       // passage → its range in text.clauses
}

// New lays r out, whose text is t, with cut and lex. emb, which may be nil,
// begins to embed the passages; first waits for it.
func New(r *corpus.Report, t *position.Text, cut *text.Cutter, lex *lexicon.Lexicon, emb Embedder, first bool) (*Index, error) {
	ix := &Index{Report: r, Text: t, cut: cut, Own: resolve.OwnNames(r), PairOf: make(map[int]int), ByConcept: make(map[string][]int)}
	for _, p := range r.Pairs {
		ix.PairOf[p.Actual], ix.PairOf[p.Target] = p.Target, p.Actual
	}
	// Neither needs the other, and somebody waits.
	var err error
	var beside sync.WaitGroup
	beside.Go(func() {
		ix.meanings = newMeanings(ix)
		ix.store, err = text.NewStore(ix.docs())
	})
	ix.place()
	ix.SetLexicon(lex)
	ix.glossed = newGlossed(ix)
	beside.Wait()
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	if emb != nil {
		ix.embedded = embedPassages(ix, emb, first)
	}
	return ix, nil
}

// Close ends the embedding and frees the store.
func (ix *Index) Close() error {
	ix.embedded.stop()
	return ix.store.Close()
}

// Lexicon returns the one in use.
func (ix *Index) Lexicon() *lexicon.Lexicon { return ix.lex.Load() }

// SetLexicon replaces the lexicon; questions in flight end with the old one.
func (ix *Index) SetLexicon(l *lexicon.Lexicon) {
	ix.expanded.Store(newExpansion(ix, l))
	ix.lex.Store(l)
}

// A within is a concept that a longer name holds, and what stands before it.
type within struct{ concept, before string }

// place notes which figures, clauses and headings stand where.
func (ix *Index) place() {
	r, t := ix.Report, ix.Text
	ix.Figures = make([][]int, len(r.Passages))
	for i, f := range r.Figures {
		ix.Indicators = append(ix.Indicators, zh.Fold(f.Indicator))
		var w within
		if f.Concept == "" {
			w.concept, w.before = concept.Within(ix.Indicators[i])
		}
		ix.within = append(ix.within, w)
		if f.Concept != "" && f.Passage >= 0 && f.Nature != corpus.Background {
			ix.ByConcept[f.Concept] = append(ix.ByConcept[f.Concept], i)
		}
		if f.Passage >= 0 && !ix.Text.Has([]rune(ix.Indicators[i])) {
			ix.composed = append(ix.composed, i)
		}
		if f.Passage >= 0 {
			ix.Figures[f.Passage] = append(ix.Figures[f.Passage], i)
		}
	}
	ix.Clauses = make([][2]int32, len(r.Passages))
	for i := range ix.Clauses {
		ix.Clauses[i] = [2]int32{-1, -1}
	}
	for i, c := range t.Clauses {
		if c.Passage < 0 {
			continue
		}
		x := &ix.Clauses[c.Passage]
		if x[0] < 0 {
			x[0] = int32(i)
		}
		x[1] = int32(i + 1)
	}
	ix.headings = make([]int32, len(t.Runes))
	k := 0
	for i := range ix.headings {
		ix.headings[i] = -1
		pos := int(t.Pos[i])
		for k < len(r.Sections) && r.Sections[k].Heading.End <= pos {
			k++
		}
		if k < len(r.Sections) && r.Sections[k].Heading.Start <= pos {
			ix.headings[i] = int32(k)
		}
	}
}

// docs returns the passages as they are searched, in their order.
func (ix *Index) docs() []string {
	out := make([]string, len(ix.Report.Passages))
	for i, p := range ix.Report.Passages {
		out[i] = zh.Fold(ix.Report.Quote(p.Span))
	}
	return out
}

// Composes reports whether term stands in an indicator that is not printed.
func (ix *Index) Composes(term string) bool {
	return slices.ContainsFunc(ix.composed, func(i int) bool { return strings.Contains(ix.Indicators[i], term) })
}
