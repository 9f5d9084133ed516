package resolve

import (
	"strings"

	"jinwen/corpus/zh"
)

// mendSlips replaces words that the report does not have, alone or with their
// neighbours, by what sounds the same in the report: 津志通 for 津治通. Words
// of the lexicon are what they are.
func (r *reader) mendSlips(tokens []token) []token {
	const longest = 6 // characters of a mended stretch
	for i := 0; i < len(tokens); i++ {
		text, start := "", tokens[i].start
		bestEnd, bestTerm, written := 0, "", ""
		for j := i; j < len(tokens) && tokens[j].start == start+len([]rune(text)); j++ {
			if tokens[j].lex && len([]rune(tokens[j].text)) > 2 || tokens[j].stop && len([]rune(tokens[j].text)) > 1 {
				break
			}
			text += tokens[j].text
			n := len([]rune(text))
			if n > longest {
				break
			}
			if n < 2 || j == i && tokens[j].lex {
				continue
			}
			if j == i && r.known(tokens[j]) && !r.misfit(tokens, i) {
				continue
			}
			if r.text.Has([]rune(text)) {
				break
			}
			content, loose := false, false
			for _, t := range tokens[i : j+1] {
				content = content || !functional(t)
				loose = loose || t.tag != "joined" && !strings.HasPrefix(t.tag, "n") && t.tag != "j"
			}
			if !content {
				continue
			}
			term := r.slips.SoundsLike([]rune(text), j > i || !r.misfit(tokens, i), r.work)
			if term != "" && n == 2 && loose && !r.fits(tokens, i, j, term) {
				continue // 多放 is not 多方 merely for its sound
			}
			if term != "" {
				bestEnd, bestTerm, written = j+1, term, text
			}
		}
		if bestTerm == "" {
			continue
		}
		mended := token{text: bestTerm, start: start, tag: "nz", slip: written}
		if means, n := r.lex.Word([]rune(bestTerm), nil); n == len([]rune(bestTerm)) {
			mended.means, mended.lex = means, true
		}
		tokens = append(tokens[:i], append([]token{mended}, tokens[bestEnd:]...)...)
	}
	return tokens
}

// misfit reports whether a common word that the report does not have is a slip
// all the same: with its neighbour it sounds like a term of the report (土地成包).
func (r *reader) misfit(tokens []token, i int) bool {
	text := []rune(tokens[i].text)
	if r.text.Has(text) || len(text) != 2 {
		return false
	}
	term := r.slips.SoundsLike(text, false, r.work)
	return term != "" && i > 0 && len([]rune(tokens[i-1].text)) > 1 && r.text.Has([]rune(tokens[i-1].text+term))
}

// fits reports whether term stands in the report beside a neighbour of
// tokens[i:j+1], in whose place it would come: 新 before 赛道, 业务 after 快递.
func (r *reader) fits(tokens []token, i, j int, term string) bool {
	if i > 0 {
		before := []rune(tokens[i-1].text)
		if r.text.Has([]rune(string(before[len(before)-1]) + term)) {
			return true
		}
	}
	return j+1 < len(tokens) && r.text.Has([]rune(term+string(zh.FirstRune(tokens[j+1].text))))
}

// known reports whether a token is a word that needs no mending: the report
// has it, or it is a common word of the language.
func (r *reader) known(t token) bool {
	if r.text.Has([]rune(t.text)) {
		return true
	}
	return t.tag != "" && !guesses.has(t.tag) && len([]rune(t.text)) > 1 && r.cut.InDict(t.text)
}
