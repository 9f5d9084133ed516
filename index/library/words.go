package library

import (
	_ "embed"
	"strings"
	"sync"

	"jinwen/corpus/zh"
)

//go:embed cues.txt
var cuesText string

//go:embed groups.txt
var groupsText string

// A cue is what a word tells of the kind of question.
type cue string

const (
	cueEvery   cue = "every"
	cueCity    cue = "city"
	cueWho     cue = "who"
	cueMost    cue = "most"
	cueLeast   cue = "least"
	cueOrder   cue = "order"
	cueRaise   cue = "raise"
	cueLower   cue = "lower"
	cueMention cue = "mention"
	cueSpoke   cue = "spoke"
	cueUnsaid  cue = "unsaid"
	cueCompare cue = "compare"
	cueKept    cue = "kept"
	cueAimed   cue = "aimed"
	cueYears   cue = "years"
	cueHome    cue = "home"
)

//go:embed words.txt
var wordFile string

// lists are the word lists of words.txt by name.
var lists = zh.Sections(wordFile)

// A vocabulary is the data files, parsed.
type vocabulary struct {
	cues   *zh.Trie[[]cue]
	groups *zh.Trie[[]string] // short names of the members
}

var words = sync.OnceValue(func() *vocabulary {
	cues := make(map[string][]cue)
	for line := range strings.Lines(cuesText) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		for _, w := range fields[1:] {
			cues[zh.Fold(w)] = append(cues[zh.Fold(w)], cue(fields[0]))
		}
	}
	groups := make(map[string][]string)
	for line := range strings.Lines(groupsText) {
		name, members, ok := strings.Cut(strings.TrimSpace(line), ":")
		if ok && !strings.HasPrefix(line, "#") {
			groups[name] = strings.Fields(members)
		}
	}
	return &vocabulary{zh.NewTrie(cues), zh.NewTrie(groups)}
})

// A found is a cue with the word that is one.
type found struct {
	cue        cue
	word       string
	start, end int // in code points
}

// cuesOf finds the cues in folded text, the longest at each place.
func cuesOf(text []rune) []found {
	v := words()
	var out []found
	for i := 0; i < len(text); {
		at, n := v.cues.Longest(text[i:])
		if n == 0 {
			i++
			continue
		}
		for _, c := range at {
			out = append(out, found{c, string(text[i : i+n]), i, i + n})
		}
		i += n
	}
	return out
}

// cuesByKind returns the words of the cues in text.
func cuesByKind(text string) map[cue][]string {
	out := make(map[cue][]string)
	for _, f := range cuesOf([]rune(text)) {
		out[f.cue] = append(out[f.cue], f.word)
	}
	return out
}
