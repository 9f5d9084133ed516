package question

import (
	_ "embed"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"jinwen/corpus/zh"
)

// cueFile is every cue, by name; the file says how it is written.
//
//go:embed cues.txt
var cueFile string

// A cue tells by its words what a question asks for. It is written as a
// regular expression that matches finitely many strings, and is looked up in
// a trie of them: a question has some dozens of cues, and Go's regular
// expressions would take most of the time of an answer.
type cue struct {
	words *zh.Trie[bool]
	latin *regexp.Regexp // the English wording; nil if there is none
}

// namedCue is a cue with its name.
type namedCue struct {
	name string
	cue
}

// cues are the cues of cueFile in its order.
var cues = readCues(cueFile)

// readCues reads a list of cues. It panics on a line that is none: the list is
// part of the program.
func readCues(list string) []namedCue {
	var out []namedCue
	at := func(name string) *namedCue {
		for i := range out {
			if out[i].name == name {
				return &out[i]
			}
		}
		out = append(out, namedCue{name, cue{words: zh.NewTrie(map[string]bool{})}})
		return &out[len(out)-1]
	}
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, pattern, ok := strings.Cut(line, " = ")
		if !ok {
			panic("cues: no pattern in " + line)
		}
		if name, ok := strings.CutSuffix(name, ".en"); ok {
			at(name).latin = regexp.MustCompile(pattern)
			continue
		}
		at(name).words = finite(pattern)
	}
	return out
}

// cueOf returns the cue of that name. It panics if there is none.
func cueOf(name string) cue {
	for _, c := range cues {
		if c.name == name {
			return c.cue
		}
	}
	panic("cues: no " + name)
}

// finite compiles a pattern of literals, classes and optional parts. It panics
// on one that matches without end.
func finite(pattern string) *zh.Trie[bool] {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		panic("cues: " + err.Error())
	}
	if n := size(re); n > maxWordings {
		panic(fmt.Sprintf("cues: %s stands for %d wordings", pattern, n))
	}
	words := make(map[string]bool)
	for _, s := range expand(re) {
		words[s] = true
	}
	return zh.NewTrie(words)
}

// maxWordings is how many strings a cue may stand for. [^，] alone is all of
// Unicode: seconds at every start.
const maxWordings = 2000

// size counts the strings that re matches.
func size(re *syntax.Regexp) int {
	n := 1
	switch re.Op {
	case syntax.OpCharClass:
		n = 0
		for i := 0; i < len(re.Rune); i += 2 {
			n += int(re.Rune[i+1]-re.Rune[i]) + 1
		}
	case syntax.OpCapture:
		n = size(re.Sub[0])
	case syntax.OpQuest:
		n = size(re.Sub[0]) + 1
	case syntax.OpAlternate:
		n = 0
		for _, s := range re.Sub {
			n += size(s)
		}
	case syntax.OpConcat:
		for _, s := range re.Sub {
			n *= size(s)
		}
	}
	return n
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
