package index

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"jinwen/corpus/zh"
)

// A cue tells by its words what a question asks for. It is written as a
// regular expression that matches finitely many strings, and is looked up in
// a trie of them: a question has a dozen cues, and Go's regular expressions
// would take most of the time of an answer.
type cue struct {
	words *zh.Trie[bool]
	latin *regexp.Regexp // the English wording; nil if there is none
}

// newCue compiles a pattern of literals, classes and optional parts, and one
// for English, which is tried on texts with Latin letters only. It panics on a
// pattern that matches without end.
func newCue(pattern, latin string) cue {
	words := make(map[string]bool)
	if pattern != "" {
		re, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil {
			panic(err) // patterns are constants
		}
		for _, s := range expand(re) {
			words[s] = true
		}
	}
	c := cue{words: zh.NewTrie(words)}
	if latin != "" {
		c.latin = regexp.MustCompile(latin)
	}
	return c
}

// expand lists the strings that re matches.
func expand(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return []string{""}
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCharClass:
		var out []string
		for i := 0; i < len(re.Rune); i += 2 {
			for c := re.Rune[i]; c <= re.Rune[i+1]; c++ {
				out = append(out, string(c))
			}
		}
		return out
	case syntax.OpCapture:
		return expand(re.Sub[0])
	case syntax.OpQuest:
		return append(expand(re.Sub[0]), "")
	case syntax.OpAlternate:
		var out []string
		for _, s := range re.Sub {
			out = append(out, expand(s)...)
		}
		return out
	case syntax.OpConcat:
		out := []string{""}
		for _, sub := range re.Sub {
			var next []string
			for _, tail := range expand(sub) {
				for _, head := range out {
					next = append(next, head+tail)
				}
			}
			out = next
		}
		return out
	}
	panic("cue matches without end: " + re.String())
}

// A wording is the folded text of a question with its spaces, as cues read it.
type wording struct {
	text  string
	runes []rune
	latin bool // it has Latin letters
	digit bool
}

func newWording(folded string) wording {
	w := wording{text: folded, runes: []rune(folded)}
	for _, c := range w.runes {
		w.latin = w.latin || zh.IsLatin(c)
		w.digit = w.digit || zh.IsDigit(c)
	}
	return w
}

// has reports whether w holds the cue.
func (w wording) has(c cue) bool {
	for i := range w.runes {
		if c.words.Begins(w.runes[i:]) > 0 {
			return true
		}
	}
	return w.latin && c.latin != nil && c.latin.MatchString(w.text)
}

// without returns w with every occurrence of the cue's words blanked.
func (w wording) without(c cue) wording {
	var b strings.Builder
	for i := 0; i < len(w.runes); {
		if _, n := c.words.Longest(w.runes[i:]); n > 0 {
			b.WriteByte(' ')
			i += n
			continue
		}
		b.WriteRune(w.runes[i])
		i++
	}
	return newWording(b.String())
}

// endsWord reports whether one of the cue's words stands at the end of a word
// of the question: before a space, a mark, 是 or the end, and not at its head.
func (w wording) endsWord(c cue) bool {
	for i := 1; i < len(w.runes); i++ {
		if w.runes[i-1] == ' ' {
			continue
		}
		_, n := c.words.Longest(w.runes[i:])
		if n > 0 && (i+n == len(w.runes) || strings.ContainsRune(" 是有为？?，,。!！", w.runes[i+n])) {
			return true
		}
	}
	return false
}

// is reports whether all of w is one of the cue's words.
func (w wording) is(c cue) bool {
	_, n := c.words.Longest(w.runes)
	return n > 0 && n == len(w.runes)
}

// number reports whether w may ask for a number; readAsk decides.
func (w wording) number() bool {
	if w.has(cueNumber) || w.endsWord(cueQuantity) {
		return true
	}
	for _, u := range units {
		if w.has(u.cue) {
			return true
		}
	}
	return false
}
