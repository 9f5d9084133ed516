package reply

import (
	"slices"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
)

// A Writer puts an answer together within a length. It quotes no part of the
// report twice, and gives quotes in a row from one place that place once.
type Writer struct {
	r      *corpus.Report
	t      *texts.Set
	limit  int // characters of plain text
	unfold bool

	Blocks []chat.Block
	Quoted []corpus.Span // in the order of the quotes
	seen   []corpus.Span // quoted on the pages before
}

// NewWriter writes about r in the language of t, up to limit characters.
func NewWriter(r *corpus.Report, t *texts.Set, limit int) *Writer {
	return &Writer{r: r, t: t, limit: limit}
}

// Size returns the length of the plain text of blocks, in characters.
func Size(blocks []chat.Block) int { return utf8.RuneCountInString(chat.Reply{Blocks: blocks}.Plain()) }

// Add appends a block.
func (w *Writer) Add(k chat.BlockKind, text string) {
	w.Blocks = append(w.Blocks, chat.Block{Kind: k, Text: text})
}

// Try runs f and takes back what it added if that is over the limit. Whatever
// comes first always stays: an answer is never empty for want of room.
func (w *Writer) Try(f func()) bool {
	blocks, quoted := slices.Clone(w.Blocks), slices.Clone(w.Quoted)
	f()
	if len(quoted) == 0 && len(w.Quoted) > 0 || Size(w.Blocks) <= w.limit {
		return true
	}
	w.Blocks, w.Quoted = blocks, quoted
	return false
}

// has reports whether all of s is quoted already.
func (w *Writer) has(s corpus.Span) bool {
	for _, q := range w.Quoted {
		if q.Contains(s) {
			return true
		}
	}
	return false
}

// shown reports whether all of s is quoted already, here or on a page before.
func (w *Writer) shown(s corpus.Span) bool {
	return w.has(s) || slices.ContainsFunc(w.seen, func(q corpus.Span) bool { return q.Contains(s) })
}

// marked returns s as a block in which the marks stand out: those that lie in it,
// which must be in order.
func (w *Writer) marked(kind chat.BlockKind, s corpus.Span, marks []corpus.Span) chat.Block {
	b := chat.Block{Kind: kind, Text: w.r.Quote(s), At: StandsAt(w.r, s)}
	for _, m := range marks {
		if s.Contains(m) && m.Len() > 0 && m != s {
			from := len(w.r.Quote(corpus.Span{Start: s.Start, End: m.Start}))
			b.Strong = append(b.Strong, chat.Range{Start: from, End: from + len(w.r.Quote(m))})
		}
	}
	slices.SortFunc(b.Strong, func(x, y chat.Range) int { return x.Start - y.Start })
	return b
}

// Quote adds s with its place; marks stand out in it.
func (w *Writer) Quote(s corpus.Span, marks ...corpus.Span) {
	where := Place(w.r, s, w.t) // of the quote itself, wherever its context begins
	if w.unfold && len(w.Quoted) == 0 {
		s = Unfold(w.r, s)
	}
	if w.has(s) {
		return
	}
	w.Quoted = append(w.Quoted, s)
	q := w.marked(chat.Quote, s, marks)
	if n := len(w.Blocks); n > 0 && w.Blocks[n-1].Kind == chat.Place && w.Blocks[n-1].Text == where {
		// A neighbour continues the quote above, if nothing but white space or
		// a comma lies between them.
		if i := len(w.Quoted) - 2; i >= 0 && n > 1 && w.Blocks[n-2].Kind == chat.Quote {
			if j, ok := w.join(w.Quoted[i], s); ok {
				w.Quoted = append(w.Quoted[:i], j)
				from := len(w.Blocks[n-2].Text) // what stood out stays so; j begins where the quote did
				w.Blocks[n-2].Text, w.Blocks[n-2].At = w.r.Quote(j), StandsAt(w.r, j)
				for _, r := range q.Strong {
					shift := len(w.Blocks[n-2].Text) - len(q.Text)
					if r.Start+shift >= from {
						w.Blocks[n-2].Strong = append(w.Blocks[n-2].Strong, chat.Range{Start: r.Start + shift, End: r.End + shift})
					}
				}
				return
			}
		}
		w.Blocks = append(w.Blocks[:n-1], q, chat.Block{Kind: chat.Place, Text: where})
		return
	}
	w.Blocks = append(w.Blocks, q, chat.Block{Kind: chat.Place, Text: where})
}

// join returns the span of a and b together, if b follows a at once.
func (w *Writer) join(a, b corpus.Span) (corpus.Span, bool) {
	if b.Start < a.Start || b.Start > a.End+2 {
		return a, false
	}
	if b.Start > a.End {
		for _, c := range w.r.Quote(corpus.Span{Start: a.End, End: b.Start}) {
			if c == '\n' || c == '。' {
				return a, false
			}
		}
	}
	return corpus.Span{Start: a.Start, End: max(a.End, b.End)}, true
}

// StandsAt returns where s stands in r.
func StandsAt(r *corpus.Report, s corpus.Span) *chat.At {
	return &chat.At{Report: corpus.ReportName(r.Year, r.Place), Start: s.Start, End: s.End}
}
