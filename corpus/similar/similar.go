// Package similar says how alike short Chinese texts are and pairs two lists
// of them: the sentences of two versions, the indicators of two years.
package similar

import (
	"cmp"
	"slices"
)

// How alike two texts are is measured on pairs of neighbouring characters:
// Chinese needs no cutting into words for that, and a changed number or word
// moves the measure little in a long sentence and much in a short one.

// A Gram is two neighbouring characters.
type Gram [2]rune

// Grams counts the pairs of characters in s; a single character stands with 0.
func Grams(s string) map[Gram]int {
	out := make(map[Gram]int, len(s)/3)
	var last rune
	n := 0
	for _, c := range s {
		if n > 0 {
			out[Gram{last, c}]++
		}
		last = c
		n++
	}
	if n == 1 {
		out[Gram{last, 0}]++
	}
	return out
}

// Dice returns the share of grams that a and b have in common: 0 none, 1 all.
func Dice(a, b map[Gram]int) float64 {
	na, nb, common := 0, 0, 0
	for g, n := range a {
		na += n
		common += min(n, b[g])
	}
	for _, n := range b {
		nb += n
	}
	if na+nb == 0 {
		return 1
	}
	return 2 * float64(common) / float64(na+nb)
}

// A Match says that old item a and new item b are the same thing.
type Match struct {
	A, B  int
	Score float64
}

// MaxPostings is how many texts a gram may stand in to be looked up: rarer
// ones tell what a text is about, and the time stays linear.
const MaxPostings = 64

// Texts pairs every text of a with at most one of b, best first, if they
// are at least limit alike. It adds bonus(i, j) to the likeness of a[i] and
// b[j]; nil is none. A negative sum rules a pair out.
func Texts(a, b []string, limit float64, bonus func(i, j int) float64) []Match {
	gb := make([]map[Gram]int, len(b))
	postings := make(map[Gram][]int)
	for j, s := range b {
		gb[j] = Grams(s)
		for g := range gb[j] {
			if p := postings[g]; len(p) <= MaxPostings {
				postings[g] = append(p, j)
			}
		}
	}
	var found []Match
	for i, s := range a {
		ga := Grams(s)
		hits := make(map[int]int)
		for g := range ga {
			if p := postings[g]; len(p) <= MaxPostings {
				for _, j := range p {
					hits[j]++
				}
			}
		}
		for j, n := range hits {
			if n*10 < min(len(ga), len(gb[j])) {
				continue
			}
			score := Dice(ga, gb[j])
			if bonus != nil {
				score += bonus(i, j)
			}
			if score >= limit {
				found = append(found, Match{i, j, score})
			}
		}
	}
	return Assign(found)
}

// Assign takes from the candidates, best first, those whose both sides are
// free still, and returns them in the order of a.
func Assign(found []Match) []Match {
	slices.SortFunc(found, func(x, y Match) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	usedA, usedB := make(map[int]bool), make(map[int]bool)
	out := found[:0]
	for _, m := range found {
		if !usedA[m.A] && !usedB[m.B] {
			usedA[m.A], usedB[m.B] = true, true
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(x, y Match) int { return cmp.Compare(x.A, y.A) })
	return out
}
