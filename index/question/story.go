package question

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"jinwen/corpus/zh"
)

//go:embed asker.txt
var askerText string

// askers are the words with which a clause begins that tells of the one who
// asks.
var askers = zh.Set(strings.Join(zh.Sections(askerText)["askers"], " "))

// longestAsker is the length of the longest of askers, in code points.
const longestAsker = 4

// ownPlaceNext follows 我 where it means the place: 我省.
const ownPlaceNext = "省市区县州国"

// tellsOfAsker reports whether a clause tells who asks, where from or of whom:
// 我在县城卖菜, 闺女今年高考, I run a small shop.
func tellsOfAsker(clause string) bool {
	if zh.IsLatinText(clause) {
		first, _, _ := strings.Cut(clause, " ")
		return askers[first]
	}
	runes := []rune(clause)
	for n := min(longestAsker, len(runes)); n > 0; n-- {
		if askers[string(runes[:n])] {
			return n > 1 || len(runes) < 2 || !strings.ContainsRune(ownPlaceNext, runes[1])
		}
	}
	return false
}

// A Clause is a clause of a text, as a range of code points.
type Clause struct {
	Start, End int
	Asks       bool // it asks something
	OfAsker    bool // it tells who asks
}

// Clauses are the clauses of a text.
func Clauses(text string) []Clause {
	var out []Clause
	from := 0
	runes := []rune(text)
	for i := 0; i <= len(runes); i++ {
		if i < len(runes) && !strings.ContainsRune(",，。;；!！?？\n", runes[i]) {
			continue
		}
		if clause := strings.TrimSpace(string(runes[from:i])); clause != "" {
			w := newWording(clause)
			out = append(out, Clause{from, i, w.asks(), tellsOfAsker(clause)})
		}
		from = i + 1
	}
	return out
}

// withoutStory returns text without the sentences before the one with a question
// mark that tell who asks: 我家就这几亩旱地。今年补多少？
func withoutStory(text string) string {
	last := strings.LastIndexAny(text, "?？")
	if last < 0 {
		return text
	}
	var b strings.Builder
	from := 0
	for i, c := range text {
		if !strings.ContainsRune("。.；;！!？?\n", c) || i > last {
			continue
		}
		end := i + utf8.RuneLen(c)
		if sentence := text[from:end]; c == '?' || c == '？' || !tellsOfAsker(strings.TrimLeft(sentence, " ")) {
			b.WriteString(sentence)
		}
		from = end
	}
	return b.String() + text[from:]
}

// AskingClauses are the clauses of a text that ask something, as ranges of code
// points, if there are others that do not: nil if all or none ask.
func AskingClauses(text string) [][2]int {
	var asks [][2]int
	all := Clauses(text)
	for _, c := range all {
		if c.Asks {
			asks = append(asks, [2]int{c.Start, c.End})
		}
	}
	if len(asks) == 0 || len(asks) == len(all) {
		return nil
	}
	return asks
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
