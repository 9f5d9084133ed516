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

var digits = map[rune]int{'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// Numeral returns the whole number that the Chinese numerals of s make, read as
// digits (二〇二六) or by place (二十七); 0 if they are none.
func Numeral(s string) int {
	n, part, byPlace := 0, 0, false
	for _, c := range s {
		if c == '十' || c == '百' || c == '千' {
			byPlace = true
		}
	}
	for _, c := range s {
		d, ok := digits[c]
		switch {
		case ok && byPlace:
			part = d
		case ok:
			n = n*10 + d
		case c == '十' || c == '百' || c == '千':
			n += max(part, 1) * map[rune]int{'十': 10, '百': 100, '千': 1000}[c]
			part = 0
		default:
			return 0
		}
	}
	return n + part
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
