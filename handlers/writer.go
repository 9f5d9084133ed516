package handlers

import (
	"slices"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/handlers/chat"
)

// A writer puts an answer together within a length. It quotes no part of the
// report twice, and gives quotes in a row from one place that place once.
type writer struct {
	r      *corpus.Report
	t      *texts
	limit  int // characters of plain text
	unfold bool

	blocks []chat.Block
	quoted []corpus.Span // in the order of the quotes
	seen   []corpus.Span // quoted on the pages before
}

// size is the length of the plain text of blocks, in characters.
func size(blocks []chat.Block) int { return utf8.RuneCountInString(chat.Reply{Blocks: blocks}.Plain()) }

// add appends a block.
func (w *writer) add(k chat.BlockKind, text string) {
	w.blocks = append(w.blocks, chat.Block{Kind: k, Text: text})
}

// try runs f and takes back what it added if that is over the limit. Whatever
// comes first always stays: an answer is never empty for want of room.
func (w *writer) try(f func()) bool {
	blocks, quoted := slices.Clone(w.blocks), slices.Clone(w.quoted)
	f()
	if len(quoted) == 0 && len(w.quoted) > 0 || size(w.blocks) <= w.limit {
		return true
	}
	w.blocks, w.quoted = blocks, quoted
	return false
}

// has reports whether all of s is quoted already.
func (w *writer) has(s corpus.Span) bool {
	for _, q := range w.quoted {
		if q.Contains(s) {
			return true
		}
	}
	return false
}

// shown reports whether all of s is quoted already, here or on a page before.
func (w *writer) shown(s corpus.Span) bool {
	return w.has(s) || slices.ContainsFunc(w.seen, func(q corpus.Span) bool { return q.Contains(s) })
}

// marked is s as a block in which the marks stand out: those that lie in it,
// which must be in order.
func (w *writer) marked(kind chat.BlockKind, s corpus.Span, marks []corpus.Span) chat.Block {
	b := chat.Block{Kind: kind, Text: w.r.Quote(s), At: standsAt(w.r, s)}
	for _, m := range marks {
		if s.Contains(m) && m.Len() > 0 && m != s {
			from := len(w.r.Quote(corpus.Span{Start: s.Start, End: m.Start}))
			b.Strong = append(b.Strong, chat.Range{Start: from, End: from + len(w.r.Quote(m))})
		}
	}
	slices.SortFunc(b.Strong, func(x, y chat.Range) int { return x.Start - y.Start })
	return b
}

// quote adds s with its place; marks stand out in it.
func (w *writer) quote(s corpus.Span, marks ...corpus.Span) {
	where := place(w.r, s, w.t) // of the quote itself, wherever its context begins
	if w.unfold && len(w.quoted) == 0 {
		s = unfold(w.r, s)
	}
	if w.has(s) {
		return
	}
	w.quoted = append(w.quoted, s)
	q := w.marked(chat.Quote, s, marks)
	if n := len(w.blocks); n > 0 && w.blocks[n-1].Kind == chat.Place && w.blocks[n-1].Text == where {
		// A neighbour continues the quote above, if nothing but white space or
		// a comma lies between them.
		if i := len(w.quoted) - 2; i >= 0 && n > 1 && w.blocks[n-2].Kind == chat.Quote {
			if j, ok := w.join(w.quoted[i], s); ok {
				w.quoted = append(w.quoted[:i], j)
				from := len(w.blocks[n-2].Text) // what stood out stays so; j begins where the quote did
				w.blocks[n-2].Text, w.blocks[n-2].At = w.r.Quote(j), standsAt(w.r, j)
				for _, r := range q.Strong {
					shift := len(w.blocks[n-2].Text) - len(q.Text)
					if r.Start+shift >= from {
						w.blocks[n-2].Strong = append(w.blocks[n-2].Strong, chat.Range{Start: r.Start + shift, End: r.End + shift})
					}
				}
				return
			}
		}
		w.blocks = append(w.blocks[:n-1], q, chat.Block{Kind: chat.Place, Text: where})
		return
	}
	w.blocks = append(w.blocks, q, chat.Block{Kind: chat.Place, Text: where})
}

// join is the span of a and b together, if b follows a at once.
func (w *writer) join(a, b corpus.Span) (corpus.Span, bool) {
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

// standsAt is where s stands in r.
func standsAt(r *corpus.Report, s corpus.Span) *chat.At {
	return &chat.At{Report: corpus.ReportName(r.Year, r.Place), Start: s.Start, End: s.End}
}
