package reply

import (
	"slices"

	"jinwen/corpus"
	"jinwen/handlers/chat"
)

// How the pages of the outline and of lists quote.

// Text quotes s without its place, which stands above.
func (w *Writer) Text(s corpus.Span) {
	w.Quoted = append(w.Quoted, s)
	if n := len(w.Blocks); n > 0 && w.Blocks[n-1].Kind == chat.Quote && len(w.Quoted) > 1 {
		// Neighbours of one paragraph read as one quote.
		if j, ok := adjacent(w.r, w.Quoted[len(w.Quoted)-2], s); ok {
			w.Quoted = append(w.Quoted[:len(w.Quoted)-2], j)
			w.Blocks = append(slices.Clone(w.Blocks[:n-1]), chat.Block{Kind: chat.Quote, Text: w.r.Quote(j), At: StandsAt(w.r, j)})
			return
		}
	}
	w.Blocks = append(w.Blocks, chat.Block{Kind: chat.Quote, Text: w.r.Quote(s), At: StandsAt(w.r, s)})
}

// adjacent returns a and b as one span, if nothing lies between them.
func adjacent(r *corpus.Report, a, b corpus.Span) (corpus.Span, bool) {
	return corpus.Span{Start: a.Start, End: b.End}, a.End == b.Start
}

// QuoteAlways is quote, but repeats what was quoted already: in a list every
// row stands for itself.
func (w *Writer) QuoteAlways(s corpus.Span) {
	kept := w.Quoted
	w.Quoted = nil
	w.Quote(s)
	w.Quoted = append(kept, s)
}
