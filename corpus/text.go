package corpus

import (
	"strings"
	"unicode"

	"jinwen/corpus/zh"
)

// Paragraphs returns the lines of the text that hold more than white space,
// trimmed of it.
func (r *Report) Paragraphs() []Span {
	var out []Span
	start := 0
	flush := func(end int) {
		a, b := start, end
		for a < b && unicode.IsSpace(r.runes[a]) {
			a++
		}
		for a < b && unicode.IsSpace(r.runes[b-1]) {
			b--
		}
		if a < b {
			out = append(out, Span{a, b})
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

// Sentences splits a paragraph after 。！？ (and …… or a quote or bracket that
// closes behind them). The pieces join to the paragraph again, but for white
// space between them.
func (r *Report) Sentences(p Span) []Span {
	var out []Span
	start := p.Start
	for i := p.Start; i < p.End; i++ {
		if !strings.ContainsRune("。！？!?", r.runes[i]) {
			continue
		}
		for i+1 < p.End && strings.ContainsRune("。！？!?”’）)》」』", r.runes[i+1]) {
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
	for s.Start < s.End && zh.IsSpace(r.runes[s.Start]) {
		s.Start++
	}
	for s.Start < s.End && zh.IsSpace(r.runes[s.End-1]) {
		s.End--
	}
	return s
}
