package chat

import (
	"strings"
	"unicode"
)

// Clean returns text as it may be shown and stored: valid UTF-8 without
// characters that steer or hide: control characters but line breaks and tabs,
// those that turn the direction of what follows (a name that reads backwards),
// and those without width (a word that only looks like another).
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || Unseen(r)) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// Unseen reports whether r steers or hides and shows nothing itself: what
// Unicode calls format characters (joiners, directions, marks, tags) and line
// separators that only some programs know.
func Unseen(r rune) bool { return unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' }

// Blank reports whether there is nothing to see in s: white space, marks
// without width, fillers. Telegram refuses such a text as empty.
func Blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.In(r, unicode.Cf, unicode.Variation_Selector) &&
			!strings.ContainsRune("\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0", r)
	}) < 0
}
