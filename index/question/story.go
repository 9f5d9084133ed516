package question

import "strings"

// AskingClauses are the clauses of a text that ask something, as ranges of code
// points, if there are others that do not: nil if all or none ask.
func AskingClauses(text string) [][2]int {
	var asks [][2]int
	clauses := 0
	from := 0
	runes := []rune(text)
	for i := 0; i <= len(runes); i++ {
		if i < len(runes) && !strings.ContainsRune(",，。;；!！?？\n", runes[i]) {
			continue
		}
		if clause := strings.TrimSpace(string(runes[from:i])); clause != "" {
			clauses++
			if w := newWording(clause); w.asks() {
				asks = append(asks, [2]int{from, i})
			}
		}
		from = i + 1
	}
	if len(asks) == 0 || len(asks) == clauses {
		return nil
	}
	return asks
}

// asks reports whether a clause asks.
func (w wording) asks() bool {
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
