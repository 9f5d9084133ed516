package zh

import (
	"strconv"
	"strings"
)

// Atoi returns the number that the ASCII digits of s make; 0 if they are none.
func Atoi(s string) int {
	n, _ := strconv.Atoi(s) // callers pass digits only
	return n
}

// HalfWidth returns s with full-width digits and Latin letters as ASCII.
func HalfWidth(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '０' && c <= '９' || c >= 'Ａ' && c <= 'Ｚ' || c >= 'ａ' && c <= 'ｚ' {
			return c - '０' + '0'
		}
		return c
	}, s)
}
