package reply

import (
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/handlers/texts"
	"jinwen/index"
)

// Quotes are spans of the report, grown from what was found to what reads
// well: never less than a clause, never cut inside one.

const (
	// A sentence up to this long, in characters, is quoted whole; of a longer
	// one the clause that says it. About five lines on a phone.
	maxSentence = 110
	// MaxUnfolded is the most that a quote with its context holds.
	MaxUnfolded = 900
)

// at returns the character of r at code point i.
func at(r *corpus.Report, i int) rune {
	c, _ := utf8.DecodeRuneInString(r.Quote(corpus.Span{Start: i, End: i + 1}))
	return c
}

// whole returns all of r.
func whole(r *corpus.Report) corpus.Span { return corpus.Span{Start: 0, End: r.Len()} }

// QuoteOf returns what is quoted for a hit: the sentence of its focus, or its
// clauses if the sentence is long; all of the passage if the focus is no more
// than the heading that opens it, which says nothing by itself.
func QuoteOf(r *corpus.Report, h index.Hit) corpus.Span {
	p := r.Passages[h.Passage]
	focus, limit := h.Focus, p.Span
	if focus.Len() == 0 || p.Section >= 0 && r.Sections[p.Section].Heading.Contains(r.TidyEnd(focus)) {
		focus = limit
	}
	return quoteIn(r, focus, limit)
}

// quoteIn returns the sentence of focus inside limit, or its clauses if that is
// long: but all of it if they only announce what follows (存在不少困难：…).
func quoteIn(r *corpus.Report, focus, limit corpus.Span) corpus.Span {
	sentence := r.SentenceAround(focus, limit)
	if sentence.Len() <= maxSentence {
		return sentence
	}
	clause := r.ClauseAround(focus, limit)
	if clause.End+1 < sentence.End && strings.ContainsRune("：:", at(r, clause.End)) {
		return corpus.Span{Start: clause.Start, End: sentence.End}
	}
	return clause
}

// Unfold returns s with the sentence before it and the one after it in the same
// paragraph: those under its own heading, or, if s is all there is under it,
// its neighbours'.
func Unfold(r *corpus.Report, s corpus.Span) corpus.Span {
	if p := r.PassageAt(s.Start); p >= 0 && r.Passages[p].Section >= 0 {
		if own := r.Sections[r.Passages[p].Section].Span; own.Contains(s) {
			if all := unfoldIn(r, s, own); all != s {
				return all
			}
		}
	}
	return unfoldIn(r, s, whole(r))
}

// unfoldIn is unfold inside limit.
func unfoldIn(r *corpus.Report, s, limit corpus.Span) corpus.Span {
	all := r.SentenceAround(s, limit)
	if all.Len() > MaxUnfolded {
		return s // a sentence without end
	}
	back := all.Start
	for back > limit.Start && strings.ContainsRune(" \t\u3000", at(r, back-1)) {
		back--
	}
	if back > limit.Start && at(r, back-1) != '\n' {
		before := r.SentenceAround(corpus.Span{Start: back - 1, End: back}, limit)
		if all.End-before.Start <= MaxUnfolded {
			all.Start = before.Start
		}
	}
	next := all.End
	for next < limit.End && strings.ContainsRune(" \t\u3000", at(r, next)) {
		next++
	}
	if next < limit.End && at(r, next) != '\n' {
		after := r.SentenceAround(corpus.Span{Start: next, End: next + 1}, limit)
		if after.End-all.Start <= MaxUnfolded && after.End > all.End {
			all.End = after.End
		}
	}
	return all
}

// maxPlace is how long a place is in full, in characters; of a longer one the
// headings in the middle are left out.
const maxPlace = 24

// maxHeading is how much of a heading a place names, in characters, if the
// heading has more than one clause.
const maxHeading = 16

// Place says where s stands: the headings above it, outermost first, at most
// two of a long place. Long headings are named by their first clause.
func Place(r *corpus.Report, s corpus.Span, t *texts.Set) string {
	section := -1
	if p := r.PassageAt(s.Start); p >= 0 {
		section = r.Passages[p].Section
	}
	return SectionPlace(r, section, t)
}

// SectionPlace says where a section stands, as [Place]; -1 is before all of them.
func SectionPlace(r *corpus.Report, section int, t *texts.Set) string {
	path := r.Path(section)
	if len(path) == 0 {
		return t.Opening
	}
	for i, h := range path {
		path[i] = ShortHeading(h)
	}
	if where := strings.Join(path, " › "); utf8.RuneCountInString(where) <= maxPlace {
		return where
	}
	if len(path) > 2 {
		path = []string{path[0], path[len(path)-1]}
	}
	return strings.Join(path, " › ")
}

// ShortHeading returns the heading h without end marks, or its first clause if it is
// long.
func ShortHeading(h string) string {
	h = strings.TrimLeft(strings.TrimRight(strings.TrimSpace(h), "。：:"), "—")
	if utf8.RuneCountInString(h) > maxHeading {
		if i := strings.IndexAny(h, "，；,;"); i > 0 && utf8.RuneCountInString(h[:i]) >= 4 {
			return h[:i]
		}
	}
	return h
}
