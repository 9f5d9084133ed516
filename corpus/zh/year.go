package zh

import (
	"regexp"
	"strconv"
	"strings"
)

var titleYear = regexp.MustCompile(`((?:19|20)[0-9]{2})\s*年`)

// YearsIn returns the years from 1900 that s names with 年, in order.
func YearsIn(s string) []int {
	var out []int
	for _, m := range titleYear.FindAllStringSubmatch(s, -1) {
		out = append(out, Atoi(m[1]))
	}
	return out
}

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
