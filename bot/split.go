package bot

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// units is the length of s in UTF-16 units, which is how Telegram counts
// (Bot API, MessageEntity): one for most Chinese characters, two for emoji and
// rare ones.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r) // ranging gives valid runes only: never -1
	}
	return n
}

// head is the first limit UTF-16 units of s, no character halved.
func head(s string, limit int) string {
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > limit {
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

// split cuts a text into pieces of at most limit UTF-16 units, after lines if
// it can, else after sentences, clauses, words, and in the last resort between
// any two characters. The pieces joined are the text. A limit below 2 is 2.
func split(text string, limit int) []string {
	limit = max(limit, 2)
	var pieces []string
	for {
		n := cut(text, limit)
		pieces = append(pieces, text[:n])
		if text = text[n:]; text == "" {
			return pieces
		}
	}
}

// cut is where, in bytes, the first piece ends.
func cut(text string, limit int) int {
	end := len(head(text, limit)) // the furthest cut
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
