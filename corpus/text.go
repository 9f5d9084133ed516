package corpus

import (
	"strings"
	"unicode"

	"jinwen/corpus/zh"
)

// Paragraphs returns the lines of the text that hold more than white space,
// trimmed of it. A line that cannot end where it ends goes on in the next: pages
// break lines at links and marks (贯彻《⏎会计法⏎》，…).
func (r *Report) Paragraphs() []Span {
	var out []Span
	start := 0
	flush := func(end int) {
		s := r.Trim(Span{start, end})
		switch n := len(out) - 1; {
		case s.Len() == 0:
		case n >= 0 && (strings.ContainsRune(opensOn, r.runes[out[n].End-1]) || strings.ContainsRune(goesOn, r.runes[s.Start])):
			out[n].End = s.End
		default:
			out = append(out, s)
		}
	}
	for i, c := range r.runes {
		if c == '\n' {
			flush(i)
			start = i + 1
		}
	}
	flush(len(r.runes))
	return out
}

const (
	opensOn = "（《“‘「『〔，、"   // no line ends so
	goesOn  = "，。；、）》”’」』〕" // no line begins so
)

// Sentences splits a paragraph after 。！？ (and …… or a quote or bracket that
// closes behind them). The pieces join to the paragraph again, but for white
// space between them.
func (r *Report) Sentences(p Span) []Span {
	var out []Span
	start := p.Start
	for i := p.Start; i < p.End; i++ {
		if r.runes[i] == '\n' || !zh.EndsSentence(r.runes, i) { // a page's line may break inside a sentence
			continue
		}
		for i+1 < p.End && r.runes[i+1] != '\n' && (zh.EndsSentence(r.runes, i+1) || zh.Closer(r.runes[i+1])) {
			i++
		}
		out = append(out, Span{start, i + 1})
		start = i + 1
		for start < p.End && unicode.IsSpace(r.runes[start]) {
			start++
		}
	}
	if start < p.End {
		out = append(out, Span{start, p.End})
	}
	return out
}

// Trim takes white space off both ends of s.
func (r *Report) Trim(s Span) Span {
	for s.Start < s.End && unicode.IsSpace(r.runes[s.Start]) {
		s.Start++
	}
	for s.Start < s.End && unicode.IsSpace(r.runes[s.End-1]) {
		s.End--
	}
	return s
}

// SentenceAround returns the sentences that s touches, inside limit.
func (r *Report) SentenceAround(s, limit Span) Span { return r.around(s, limit, zh.EndsSentence) }

// ClauseAround returns the clauses that s touches, inside limit.
func (r *Report) ClauseAround(s, limit Span) Span { return r.around(s, limit, zh.EndsClause) }

func (r *Report) around(s, limit Span, ends func([]rune, int) bool) Span {
	limit = Span{min(limit.Start, s.Start), max(limit.End, s.End)}
	text := r.runes[limit.Start:limit.End]
	start, end := zh.Around(text, s.Start-limit.Start, s.End-limit.Start, ends)
	start, end = zh.Tidy(text, start, end)
	return Span{limit.Start + start, limit.Start + end}
}

// Tidy takes white space and the marks that lead on off both ends of s.
func (r *Report) Tidy(s Span) Span {
	start, end := zh.Tidy(r.runes, s.Start, s.End)
	return Span{start, end}
}

// TidyEnd takes the full stop off s, and a colon.
func (r *Report) TidyEnd(s Span) Span {
	for s.End > s.Start && strings.ContainsRune("。：: \n", r.runes[s.End-1]) {
		s.End--
	}
	return s
}

// FigureClause returns what is quoted for figure i: its clause, or its passage
// where the clause does not hold the value.
func (r *Report) FigureClause(i int) Span {
	f := &r.Figures[i]
	switch {
	case f.Clause.Contains(f.Span):
		return f.Clause
	case f.Passage >= 0:
		return r.Passages[f.Passage].Span
	}
	return f.Span
}
