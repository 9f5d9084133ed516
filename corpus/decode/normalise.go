package decode

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalise returns text as reports are kept: valid UTF-8, lines that end in
// LF, no BOM, no NUL or other control characters (gojieba stops at a NUL and
// gives nothing for a text with a single invalid byte), none of the invisible
// characters that web pages and word processors leave between words. Spaces of
// any width but the ideographic one are spaces, and characters that look like a
// Chinese one but are parts of characters to Unicode (⼯ in PDFs) are that one.
// A heading whose letters stand apart is written together. Nothing else changes:
// reports are quoted as they are written, full-width digits too.
func Normalise(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(c rune) rune {
		switch {
		case c == '\r', c == '\u2028', c == '\u2029', c == '\u0085', c == '\v', c == '\f':
			return '\n'
		case c == '\n', c == '\t':
			return c
		case c == '\ufeff', unicode.IsControl(c), invisible(c):
			return -1
		case c == '\u3000':
			return c
		case unicode.Is(unicode.Zs, c):
			return ' '
		}
		return lookalike(c)
	}, text)
	return spaced.ReplaceAllStringFunc(text, func(line string) string {
		return strings.Map(func(c rune) rune {
			if c == ' ' || c == '\u3000' {
				return -1
			}
			return c
		}, line)
	})
}

// spaced is a line of single Chinese characters, at least four, with spaces
// between them: 政 府 工 作 报 告.
var spaced = regexp.MustCompile(`(?m)^[ \x{3000}]*(?:\p{Han}[ \x{3000}]+){3,}\p{Han}[ \x{3000}]*$`)

// invisible reports whether c takes no room: soft hyphen, zero-width spaces
// and joiners, marks of writing direction, tags, variation selectors.
func invisible(c rune) bool { return unicode.In(c, unicode.Cf, unicode.Variation_Selector) }

//go:embed radicals.txt
var radicalLines string

// radicals are the characters of Unicode's supplement of radicals, which
// Unicode does not decompose.
var radicals = func() map[rune]rune {
	m := make(map[rune]rune)
	for line := range strings.Lines(radicalLines) {
		if c := []rune(strings.TrimSpace(line)); len(c) == 2 {
			m[c[0]] = c[1]
		}
	}
	return m
}()

// lookalike returns the Chinese character that c looks like, or c.
func lookalike(c rune) rune {
	switch {
	case c >= 0x2e80 && c <= 0x2eff:
		if r, ok := radicals[c]; ok {
			return r
		}
	case c >= 0x2f00 && c <= 0x2fdf, c >= 0xf900 && c <= 0xfaff, c >= 0x2f800 && c <= 0x2fa1f:
		if s := norm.NFKC.String(string(c)); utf8.RuneCountInString(s) == 1 {
			r, _ := utf8.DecodeRuneInString(s)
			return r
		}
	}
	return c
}
