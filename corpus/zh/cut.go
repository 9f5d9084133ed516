package zh

import "strings"

// Where text is cut: marks end sentences and clauses, but for those inside
// quotation marks and brackets, and for those between digits.

const (
	sentenceMarks = "。！？!?\n"
	clauseMarks   = sentenceMarks + "，；：,;:"
	opening       = "“（(《「『"
	closing       = "”）)》」』"
	closers       = closing + "’" // they belong to what the mark before them ends
	blanks        = " \t\n\u3000"
)

// EndsSentence reports whether text[i] is a mark that ends a sentence.
func EndsSentence(text []rune, i int) bool { return strings.ContainsRune(sentenceMarks, text[i]) }

// EndsClause reports whether text[i] is a mark that ends a clause. The comma of
// 1,200 and the colon of 8:30 end none.
func EndsClause(text []rune, i int) bool {
	c := text[i]
	if (c == ',' || c == ':') && i > 0 && IsDigit(text[i-1]) && i+1 < len(text) && IsDigit(text[i+1]) {
		return false
	}
	return strings.ContainsRune(clauseMarks, c)
}

// Closer reports whether c belongs to what the mark before it ends: a quotation
// mark or a bracket that closes.
func Closer(c rune) bool { return strings.ContainsRune(closers, c) }

// A Nesting is how many quotation marks and brackets are open.
type Nesting int

// Read counts c.
func (n *Nesting) Read(c rune) {
	*n = max(0, *n+nests(c))
}

// nests returns 1 for a mark that opens, -1 for one that closes, or else 0.
func nests(c rune) Nesting {
	switch {
	case strings.ContainsRune(opening, c):
		return 1
	case strings.ContainsRune(closing, c):
		return -1
	}
	return 0
}

// Around widens [start, end) of text to the marks around it: to behind the one
// before it, and to the one that ends it, with what closes behind that. Marks
// inside brackets or quotation marks end nothing, so that （“一”，“二”） stays
// whole; a sentence before it has ended, whatever closes behind that.
func Around(text []rune, start, end int, ends func(text []rune, i int) bool) (int, int) {
	from := start
	var closed Nesting
	for from > 0 && text[from-1] != '\n' {
		closed = max(0, closed-nests(text[from-1]))
		if ends(text, from-1) && (closed == 0 || EndsSentence(text, from-1)) {
			break
		}
		from--
	}
	for from < start && strings.ContainsRune(closers+blanks, text[from]) {
		from++ // what closes belongs to the sentence before
	}
	var open Nesting // since from; below zero where more closes than opens
	for _, c := range text[from:end] {
		open += nests(c)
	}
	if end <= start || !ends(text, end-1) {
		for end < len(text) && text[end] != '\n' {
			open += nests(text[end])
			end++
			if open <= 0 && ends(text, end-1) {
				break
			}
		}
	}
	for end < len(text) && Closer(text[end]) {
		end++
	}
	return from, end
}

// Tidy takes blanks and the marks that lead on off both ends of [start, end).
func Tidy(text []rune, start, end int) (int, int) {
	const loose = blanks + "，；、：,;"
	for start < end && strings.ContainsRune(loose, text[start]) {
		start++
	}
	for end > start && strings.ContainsRune(loose, text[end-1]) {
		end--
	}
	return start, end
}
