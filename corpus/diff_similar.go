package corpus

import (
	"cmp"
	"slices"
)

// How alike two texts are is measured on pairs of neighbouring characters:
// Chinese needs no cutting into words for that, and a changed number or word
// moves the measure little in a long sentence and much in a short one.

// A gram is two neighbouring characters.
type gram [2]rune

// grams counts the pairs of characters in s; a single character stands with 0.
func grams(s string) map[gram]int {
	out := make(map[gram]int, len(s)/3)
	var last rune
	n := 0
	for _, c := range s {
		if n > 0 {
			out[gram{last, c}]++
		}
		last = c
		n++
	}
	if n == 1 {
		out[gram{last, 0}]++
	}
	return out
}

// dice is the share of grams that a and b have in common: 0 none, 1 all.
func dice(a, b map[gram]int) float64 {
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

// A match says that old item a and new item b are the same thing.
type match struct {
	a, b  int
	score float64
}

// maxPostings is how many texts a gram may stand in to be looked up: rarer
// ones tell what a text is about, and the time stays linear.
const maxPostings = 64

// matchTexts pairs every text of a with at most one of b, best first, if they
// are at least limit alike. It adds bonus(i, j) to the likeness of a[i] and
// b[j]; nil is none. A negative sum rules a pair out.
func matchTexts(a, b []string, limit float64, bonus func(i, j int) float64) []match {
	gb := make([]map[gram]int, len(b))
	postings := make(map[gram][]int)
	for j, s := range b {
		gb[j] = grams(s)
		for g := range gb[j] {
			if p := postings[g]; len(p) <= maxPostings {
				postings[g] = append(p, j)
			}
		}
	}
	var found []match
	for i, s := range a {
		ga := grams(s)
		hits := make(map[int]int)
		for g := range ga {
			if p := postings[g]; len(p) <= maxPostings {
				for _, j := range p {
					hits[j]++
				}
			}
		}
		for j, n := range hits {
			if n*10 < min(len(ga), len(gb[j])) {
				continue
			}
			score := dice(ga, gb[j])
			if bonus != nil {
				score += bonus(i, j)
			}
			if score >= limit {
				found = append(found, match{i, j, score})
			}
		}
	}
	return assign(found)
}

// assign takes from the candidates, best first, those whose both sides are
// free still, and returns them in the order of a.
func assign(found []match) []match {
	slices.SortFunc(found, func(x, y match) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	usedA, usedB := make(map[int]bool), make(map[int]bool)
	out := found[:0]
	for _, m := range found {
		if !usedA[m.a] && !usedB[m.b] {
			usedA[m.a], usedB[m.b] = true, true
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(x, y match) int { return cmp.Compare(x.a, y.a) })
	return out
}
