package position

import (
	"strings"

	"jinwen/corpus/zh"
)

// Farthest that items of a list lie apart, in code points.
const (
	itemLength     = 12  // of items that end alike, within a sentence
	sentenceLength = 150 // of sentences that begin alike
)

// Ending returns where, in t.runes, lists stand whose n items all end in word.
func (t *Text) Ending(word []rune, n int) []int32 {
	var out []int32
	run, last, from := 0, int32(-100), int32(0)
	flush := func() {
		if run == n {
			out = append(out, from)
		}
		run = 0
	}
	for _, p := range t.Find(word) {
		e := p + int32(len(word))
		if int(e) >= len(t.Runes) || !endsItem(t.Runes[e]) {
			continue
		}
		if p-last > itemLength || !nextItem(t.Runes[last:p]) {
			flush()
			from = p
		}
		run, last = run+1, e
	}
	flush()
	return out
}

// endsItem reports whether c ends an item of a list: a mark, or a word that
// goes on with the whole list.
func endsItem(c rune) bool {
	return strings.ContainsRune("、，,。；;和等开新（(", c) || !zh.IsHan(c)
}

// nextItem reports whether what lies between the ends of two items is one more
// of the list: it begins with a mark, or with 和.
func nextItem(between []rune) bool {
	return len(between) > 1 && strings.ContainsRune("、，,和", between[0])
}

// Beginning returns the places of word, in t.runes, if n sentences or clauses
// near each other begin with it, and no more.
func (t *Text) Beginning(word []rune, n int) []int32 {
	var run []int32
	for _, p := range t.Find(word) {
		if p == 0 || !strings.ContainsRune("，；。：,;:", t.Runes[p-1]) {
			continue
		}
		if len(run) > 0 && p-run[len(run)-1] > sentenceLength {
			if len(run) == n {
				return run
			}
			run = nil
		}
		run = append(run, p)
	}
	if len(run) == n {
		return run
	}
	return nil
}
