package index

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/lexicon"
	"jinwen/index/question"
	"jinwen/index/text"
)

// Options are the settings of New. The zero value works where gojieba's
// dictionaries can be found.
type Options struct {
	DictDir string           // folder of gojieba's dictionaries; "" looks in the usual places
	Lexicon *lexicon.Lexicon // nil is the embedded default
	// Embedder tells together with the word vectors what is near in meaning,
	// once it has embedded the passages and where it answers in time; nil is
	// none.
	Embedder Embedder
	// EmbedFirst has New wait for those vectors, up to a minute, where every
	// question is to be answered with them.
	EmbedFirst bool
}

// An Index answers questions from one report. It never changes but for its
// lexicon, and is safe for concurrent use.
type Index struct {
	report   *corpus.Report
	store    *text.Store
	text     *textIndex
	cut      *text.Cutter
	slips    *slipIndex
	own      map[string]bool
	pairOf   map[int]int // figure → the figure of the other year
	lex      atomic.Pointer[lexicon.Lexicon]
	expanded atomic.Pointer[expansion] // of the passages, with lex
	meanings *meanings
	weights  *Weights
	embedded *embedded // nil without an embedder
	closed   atomic.Bool

	headings   []int32          // code point of text.runes → section whose heading it is in; -1
	below      [][]int          // section+1 → the sections directly below it; the parts come first
	composed   []int            // figures whose indicator is not printed as such (农村居民收入 of 城乡居民收入分别…)
	indicators []string         // figure → its indicator, folded
	figures    [][]int          // passage → its figures
	byConcept  map[string][]int // concept → its figures, in the order of the text
	promises   [][]int          // passage → its commitments
	clauses    [][2]int32       // passage → its range in text.clauses
}

// New builds the index of r, in memory. Loading the dictionaries takes about
// half a second the first time in a process; they are shared from then on.
func New(r *corpus.Report, opt Options) (*Index, error) {
	// gojieba's dictionaries are most of a start; the rest goes on beside them.
	lexErr := make(chan error, 1)
	lex := opt.Lexicon
	go func() {
		var err error
		if lex == nil {
			lex, err = lexicon.Default()
		}
		lexErr <- err
	}()
	cut, err := text.NewCutter(opt.DictDir, text.Quoted(r.Text))
	if e := <-lexErr; err == nil {
		err = e
	}
	if err != nil {
		return nil, err
	}
	ix := &Index{report: r, text: newTextIndex(r), cut: cut, own: ownNames(r), pairOf: make(map[int]int), byConcept: make(map[string][]int), weights: &defaultWeights}
	words := ix.cut.Fine(string(ix.text.runes))
	ix.text.setWords(words, ix.cut.InDict)
	ix.slips = newSlipIndex(ix.text, words)
	for _, p := range r.Pairs {
		ix.pairOf[p.Actual], ix.pairOf[p.Target] = p.Target, p.Actual
	}
	ix.place()
	ix.SetLexicon(lex)
	ix.meanings = newMeanings(ix)
	if ix.store, err = text.NewStore(ix.docs()); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	if opt.Embedder != nil {
		ix.embedded = embedPassages(ix, opt.Embedder, opt.EmbedFirst)
	}
	return ix, nil
}

// place notes which sections, figures, commitments, clauses and headings stand where.
func (ix *Index) place() {
	r, t := ix.report, ix.text
	ix.below = make([][]int, len(r.Sections)+1)
	for i, s := range r.Sections {
		ix.below[s.Parent+1] = append(ix.below[s.Parent+1], i)
	}
	ix.figures, ix.promises = make([][]int, len(r.Passages)), make([][]int, len(r.Passages))
	for i, f := range r.Figures {
		ix.indicators = append(ix.indicators, zh.Fold(f.Indicator))
		if f.Concept != "" && f.Passage >= 0 && f.Nature != corpus.Background {
			ix.byConcept[f.Concept] = append(ix.byConcept[f.Concept], i)
		}
		if f.Passage >= 0 && !ix.text.has([]rune(ix.indicators[i])) {
			ix.composed = append(ix.composed, i)
		}
		if f.Passage >= 0 {
			ix.figures[f.Passage] = append(ix.figures[f.Passage], i)
		}
	}
	for i, c := range r.Commitments {
		if c.Passage >= 0 {
			ix.promises[c.Passage] = append(ix.promises[c.Passage], i)
		}
	}
	ix.clauses = make([][2]int32, len(r.Passages))
	for i := range ix.clauses {
		ix.clauses[i] = [2]int32{-1, -1}
	}
	for i, c := range t.clauses {
		if c.passage < 0 {
			continue
		}
		x := &ix.clauses[c.passage]
		if x[0] < 0 {
			x[0] = int32(i)
		}
		x[1] = int32(i + 1)
	}
	ix.headings = make([]int32, len(t.runes))
	k := 0
	for i := range ix.headings {
		ix.headings[i] = -1
		pos := int(t.pos[i])
		for k < len(r.Sections) && r.Sections[k].Heading.End <= pos {
			k++
		}
		if k < len(r.Sections) && r.Sections[k].Heading.Start <= pos {
			ix.headings[i] = int32(k)
		}
	}
}

// docs are the passages as they are searched, in their order.
func (ix *Index) docs() []string {
	out := make([]string, len(ix.report.Passages))
	for i, p := range ix.report.Passages {
		out[i] = zh.Fold(ix.report.Quote(p.Span))
	}
	return out
}

// Report is the report that the index was built from.
func (ix *Index) Report() *corpus.Report { return ix.report }

// Close frees the index. Questions in flight must have ended; Live sees to that.
func (ix *Index) Close() error {
	if ix.closed.Swap(true) {
		return ErrClosed
	}
	ix.embedded.stop()
	return ix.store.Close()
}

// SetLexicon replaces the lexicon; questions in flight end with the old one.
func (ix *Index) SetLexicon(l *lexicon.Lexicon) {
	ix.expanded.Store(newExpansion(ix, l))
	ix.lex.Store(l)
}

// composes reports whether term stands in an indicator that is not printed.
func (ix *Index) composes(term string) bool {
	return slices.ContainsFunc(ix.composed, func(i int) bool { return strings.Contains(ix.indicators[i], term) })
}

// read understands a question with the words of this report.
func (ix *Index) read(q Query, work *effort) *Question {
	text := *ix.text // a copy of the head, which counts
	text.work = work
	r := reader{byConcept: ix.byConcept, report: ix.report, text: &text, work: work, cut: ix.cut, slips: ix.slips, lex: ix.lex.Load(), own: ix.own, composes: ix.composes}
	asked := q.Asked
	if asked == nil {
		asked = question.Read(q.Text, q.Before)
	}
	return r.resolve(asked)
}
