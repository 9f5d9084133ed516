package index

import (
	"regexp"
	"strings"

	"jinwen/corpus/zh"
	"jinwen/index/question"
)

// Reports list by repeating a word, and readers ask by it: 三量 are 盘活存量、
// 培育增量、提升质量, 七类金融 are 科技金融、绿色金融 and so on, 四个必须 are four
// sentences that begin with 必须. Such a name is a numeral and the word that
// every item of the list ends or begins with.

// seriesName is a name of that kind in a question.
var seriesName = regexp.MustCompile(`([二两三四五六七八九十])(个|大|种|类|条|项)?(\p{Han}{1,4})`)

// Farthest that items of a list lie apart, in code points.
const (
	itemLength     = 12  // of items that end alike, within a sentence
	sentenceLength = 150 // of sentences that begin alike
)

// readSeries finds the names of lists in folded text that the report has, adds
// them as terms, and returns text without them.
func (r *reader) readSeries(q *Question, text string) string {
	for _, m := range seriesName.FindAllStringSubmatchIndex(text, -1) {
		numeral, word := text[m[2]:m[3]], []rune(text[m[6]:m[7]])
		n, _ := question.Numeral(strings.Replace(numeral, "两", "二", 1))
		for ; len(word) > 0; word = word[:len(word)-1] {
			counted := m[4] >= 0
			if len(word) > 1 && !counted {
				continue // 七金融 is no name
			}
			if counted && r.text.has([]rune(text[m[0]:m[6]+len(string(word))])) {
				return text // 三大工程 is printed where the three are named
			}
			at := r.text.ending(word, int(n))
			if len(at) == 0 && counted && len(word) > 1 {
				at = r.text.beginning(word, int(n))
			}
			if len(at) == 0 {
				continue
			}
			end := m[6] + len(string(word))
			name := text[m[0]:end]
			q.Terms = append(q.Terms, Term{
				Text: name, Alts: []Alt{{Text: name, Quality: 1, runes: []rune(name)}}, Weight: 0.9, Known: true, series: at, start: -1, end: -2,
			})
			return text[:m[0]] + strings.Repeat(" ", end-m[0]) + text[end:]
		}
	}
	return text
}

// ending returns where, in t.runes, lists stand whose n items all end in word.
func (t *textIndex) ending(word []rune, n int) []int32 {
	var out []int32
	run, last, from := 0, int32(-100), int32(0)
	flush := func() {
		if run == n {
			out = append(out, from)
		}
		run = 0
	}
	for _, p := range t.find(word) {
		e := p + int32(len(word))
		if int(e) >= len(t.runes) || !endsItem(t.runes[e]) {
			continue
		}
		if p-last > itemLength || !nextItem(t.runes[last:p]) {
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

// beginning returns the places of word, in t.runes, if n sentences or clauses
// near each other begin with it, and no more.
func (t *textIndex) beginning(word []rune, n int) []int32 {
	var run []int32
	for _, p := range t.find(word) {
		if p == 0 || !strings.ContainsRune("，；。：,;:", t.runes[p-1]) {
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
