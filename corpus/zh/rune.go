package zh

import (
	"strings"
	"unicode/utf8"
)

// IsSpace reports whether c is white space, the ideographic one included.
func IsSpace(c rune) bool {
	return strings.ContainsRune(" \t\r\n\u3000\u00a0\v\f\u0085\u2028\u2029", c)
}

// IsLetter reports whether c is a Latin letter, full width included.
func IsLetter(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 'Ａ' && c <= 'Ｚ' || c >= 'ａ' && c <= 'ｚ'
}

// FirstRune returns the first code point of s.
func FirstRune(s string) rune { c, _ := utf8.DecodeRuneInString(s); return c }

// LastRune returns the last code point of s.
func LastRune(s string) rune { c, _ := utf8.DecodeLastRuneInString(s); return c }
