package index

import (
	"sync/atomic"

	"jinwen/corpus"
	"jinwen/index/gloss"
	"jinwen/index/lexicon"
	"jinwen/index/position"
	"jinwen/index/question"
	"jinwen/index/rank"
	"jinwen/index/resolve"
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
	Embedder rank.Embedder
	// EmbedFirst has New wait for those vectors, up to a minute, where every
	// question is to be answered with them.
	EmbedFirst bool
}

// An Index answers questions from one report. It never changes but for its
// lexicon, and is safe for concurrent use.
type Index struct {
	in       *rank.Index
	reads    *resolve.Report
	below    [][]int // section+1 → the sections directly below it; the parts come first
	promises [][]int // passage → its commitments
	closed   atomic.Bool
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
		gloss.Load()
		lexErr <- err
	}()
	cut, err := text.NewCutter(opt.DictDir, text.Quoted(r.Text))
	if e := <-lexErr; err == nil {
		err = e
	}
	if err != nil {
		return nil, err
	}
	t := position.NewText(r)
	words := cut.Fine(string(t.Runes))
	t.SetWords(words, cut.InDict)
	ix := new(Index)
	if ix.in, err = rank.New(r, t, cut, lex, opt.Embedder, opt.EmbedFirst); err != nil {
		return nil, err
	}
	ix.reads = &resolve.Report{
		Report: r, Text: t, Cut: cut, Slips: position.NewSlips(t, words),
		Own: ix.in.Own, Composes: ix.in.Composes, ByConcept: ix.in.ByConcept,
	}
	ix.below = make([][]int, len(r.Sections)+1)
	for i, s := range r.Sections {
		ix.below[s.Parent+1] = append(ix.below[s.Parent+1], i)
	}
	ix.promises = make([][]int, len(r.Passages))
	for i, c := range r.Commitments {
		if c.Passage >= 0 {
			ix.promises[c.Passage] = append(ix.promises[c.Passage], i)
		}
	}
	return ix, nil
}

// Report returns the report that the index was built from.
func (ix *Index) Report() *corpus.Report { return ix.in.Report }

// Close frees the index. Questions in flight must have ended; Live sees to that.
func (ix *Index) Close() error {
	if ix.closed.Swap(true) {
		return ErrClosed
	}
	return ix.in.Close()
}

// SetLexicon replaces the lexicon; questions in flight end with the old one.
func (ix *Index) SetLexicon(l *lexicon.Lexicon) { ix.in.SetLexicon(l) }

// read understands a question with the words of this report.
func (ix *Index) read(q Query, work *position.Effort) *resolve.Question {
	asked := q.Asked
	if asked == nil {
		asked = question.Read(q.Text, q.Before)
	}
	return ix.reads.Resolve(asked, ix.in.Lexicon(), work)
}
