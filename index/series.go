package index

import "strings"

// Reports coin names for lists: 三量 are 盘活存量、培育增量、提升质量, and a
// reader asks for what they are. Such a name is a numeral and a character
// that ends every item of the list.

// seriesOf returns the code points, in t.runes, at which lists stand whose n
// items all end in the character c.
func (t *textIndex) seriesOf(c rune, n int) []int32 {
	const longest = 10 // characters of an item
	var out []int32
	run, last, from := 0, int32(-100), int32(0)
	end := func() {
		if run == n {
			out = append(out, from)
		}
		run = 0
	}
	for _, p := range t.singles[c] {
		if int(p)+1 >= len(t.runes) || !endsItem(t.runes[p+1]) {
			continue
		}
		if p-last > longest || !itemsBetween(t.runes[last+1:p]) {
			end()
			from = p
		}
		run, last = run+1, p
	}
	end()
	return out
}

// endsItem reports whether c ends an item of a list: a mark, or a word that
// goes on with the whole list.
func endsItem(c rune) bool {
	return strings.ContainsRune("、，,。；;和等开新（(", c) || !isHan(c)
}

// itemsBetween reports whether what lies between two items is one more of the
// list: it begins with a mark, or with 和.
func itemsBetween(between []rune) bool {
	return len(between) > 1 && strings.ContainsRune("、，,和", between[0])
}

// seriesName splits a term such as 三量 or 五型; ok is false if it is none.
func seriesName(term string) (c rune, n int, ok bool) {
	r := []rune(term)
	if len(r) != 2 || !isHan(r[1]) {
		return 0, 0, false
	}
	i := strings.IndexRune("二两三四五六七八九十", r[0])
	if i < 0 {
		return 0, 0, false
	}
	return r[1], [...]int{2, 2, 3, 4, 5, 6, 7, 8, 9, 10}[i/3], true
}
