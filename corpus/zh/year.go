package zh

import (
	"regexp"
	"strconv"
)

var titleYear = regexp.MustCompile(`(20[0-9]{2})\s*年`)

// YearsIn returns the years of this century that s names with 年, in order.
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
