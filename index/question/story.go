package question

import (
	_ "embed"
	"slices"
	"strings"

	"jinwen/corpus/zh"
)

//go:embed asker.txt
var askerText string

// askers are the words with which a clause begins that tells of the one who
// asks.
var askers = zh.Sections(askerText).List("askers")

// ownPlaceNext follows 我 where it means the place: 我省.
const ownPlaceNext = "省市区县州国"

// tellsOfAsker reports whether a clause tells who asks, where from or of whom:
// 我在县城卖菜, 闺女今年高考, I run a small shop.
func tellsOfAsker(clause string) bool {
	clause = strings.TrimLeft(clause, " ")
	if zh.IsLatinText(clause) {
		first, _, _ := strings.Cut(clause, " ")
		return askers.Has(first)
	}
	runes := []rune(clause)
	n := askers.Prefix(runes)
	return n > 1 || n == 1 && (len(runes) < 2 || !strings.ContainsRune(ownPlaceNext, runes[1]))
}

// A Clause is a clause of a text, as a range of code points.
type Clause struct {
	Start, End int
	Asks       bool // it asks something
	OfAsker    bool // it tells who asks
}

// Clauses returns the clauses of a text.
func Clauses(text string) []Clause {
	var out []Clause
	from := 0
	runes := []rune(text)
	for i := 0; i <= len(runes); i++ {
		if i < len(runes) && !strings.ContainsRune(",，", runes[i]) && !endsSentence(runes, i) {
			continue
		}
		if clause := strings.TrimSpace(string(runes[from:i])); clause != "" {
			out = append(out, Clause{from, i, newWording(clause).asks(), tellsOfAsker(clause)})
		}
		from = i + 1
	}
	return out
}

// Asking returns the clauses of text without those that only tell who asks, where
// others ask.
func Asking(text string) []string {
	clauses := Clauses(text)
	asks := slices.ContainsFunc(clauses, func(c Clause) bool { return c.Asks })
	runes := []rune(text)
	var out []string
	for _, c := range clauses {
		if !asks || c.Asks || !c.OfAsker {
			out = append(out, string(runes[c.Start:c.End]))
		}
	}
	return out
}

// endsSentence reports whether text[i] is a mark that ends a sentence, as people
// write them: with a full stop of English before a blank.
func endsSentence(text []rune, i int) bool {
	return zh.EndsSentence(text, i) || strings.ContainsRune("；;", text[i]) || text[i] == '.' && i+1 < len(text) && text[i+1] == ' '
}

// withoutStory returns text without the sentences before the last question mark
// that tell who asks: 我家就这几亩旱地。今年补多少？
func withoutStory(text string) string {
	runes := []rune(text)
	last := len(runes) - 1
	for last >= 0 && runes[last] != '?' && runes[last] != '？' {
		last--
	}
	var b strings.Builder
	from := 0
	for i := range max(last, 0) {
		if !endsSentence(runes, i) {
			continue
		}
		sentence := string(runes[from : i+1])
		if runes[i] == '?' || runes[i] == '？' || !tellsOfAsker(sentence) {
			b.WriteString(sentence)
		}
		from = i + 1
	}
	return b.String() + string(runes[from:])
}

// asks reports whether a clause asks.
func (w wording) asks() bool {
	w = w.without(cueVague)
	if w.number() || w.has(cueList) || w.has(cueWhether) || w.has(cueCompare) {
		return true
	}
	for _, x := range qualifiers {
		if w.has(x.cue) {
			return true
		}
	}
	for i := 0; i+2 < len(w.runes); i++ { // 修不修, 有没有
		if (w.runes[i+1] == '不' || w.runes[i+1] == '没') && w.runes[i] == w.runes[i+2] {
			return true
		}
	}
	return strings.HasSuffix(w.text, "不") || strings.HasSuffix(w.text, "没") || w.has(cueAsks)
}
