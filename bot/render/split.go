package render

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// A Measure is what a character counts towards the limit of a message.
type Measure func(rune) int

// UTF16 returns how Telegram counts (Bot API, MessageEntity): one for most Chinese
// characters, two for emoji and rare ones.
func UTF16(r rune) int { return utf16.RuneLen(r) }

// Bytes returns how WeChat and WeCom count: three for most Chinese characters.
func Bytes(r rune) int { return utf8.RuneLen(r) }

// Length returns the length of s.
func (m Measure) Length(s string) int {
	n := 0
	for _, r := range s {
		n += m(r) // ranging gives valid runes only: never -1
	}
	return n
}

// Head returns as much of s as limit takes, no character halved.
func (m Measure) Head(s string, limit int) string {
	n := 0
	for i, r := range s {
		if n += m(r); n > limit {
			return s[:i]
		}
	}
	return s
}

// cutters tell, best first, where a long text may be cut: whether a cut right
// before next is good when last goes before it.
var cutters = []func(last, next rune) bool{
	func(last, _ rune) bool { return last == '\n' },
	func(last, next rune) bool {
		return strings.ContainsRune("。！？；!?;…", last) && !closing(next) || endQuote(last, next)
	},
	func(last, next rune) bool { return strings.ContainsRune("，、,：:", last) && !closing(next) },
	func(last, _ rune) bool { return unicode.IsSpace(last) },
	func(last, next rune) bool { return !joined(last, next) },
}

// closing reports whether r belongs to what is before it.
func closing(r rune) bool {
	return strings.ContainsRune("”’」』）)】》。！？；，、…", r)
}

// endQuote is a sentence that ends inside quotes.
func endQuote(last, next rune) bool {
	return strings.ContainsRune("”’」』", last) && !closing(next)
}

// joined reports whether the two make up one character on the screen (or are
// taken to: combining marks, variation selectors, joiners, skin tones, flags).
func joined(last, next rune) bool {
	const zwj = '\u200d'
	return next == zwj || last == zwj || unicode.In(next, unicode.Mn, unicode.Me, unicode.Mc, unicode.Variation_Selector) ||
		0x1f3fb <= next && next <= 0x1f3ff || 0x1f1e6 <= next && next <= 0x1f1ff && 0x1f1e6 <= last && last <= 0x1f1ff
}

// Split cuts a text into pieces of at most limit, after lines if it can, else
// after sentences, clauses, words, and in the last resort between any two
// characters. The pieces joined are the text. A limit below 4 is 4, which every
// character has room in.
func (m Measure) Split(text string, limit int) []string {
	limit = max(limit, 4)
	var pieces []string
	for {
		n := m.cut(text, limit)
		pieces = append(pieces, text[:n])
		if text = text[n:]; text == "" {
			return pieces
		}
	}
}

// cut returns where, in bytes, the first piece ends.
func (m Measure) cut(text string, limit int) int {
	end := len(m.Head(text, limit)) // the furthest cut
	if end == len(text) {
		return end
	}
	for _, good := range cutters {
		// A cut near the start would make many small messages.
		for i := end; i > end/2; {
			last, size := utf8.DecodeLastRuneInString(text[:i])
			next, _ := utf8.DecodeRuneInString(text[i:])
			if good(last, next) {
				return i
			}
			i -= size
		}
	}
	return end
}
