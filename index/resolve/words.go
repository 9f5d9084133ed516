package resolve

import (
	_ "embed"

	"jinwen/corpus/zh"
)

//go:embed words.txt
var wordFile string

var lists = zh.Sections(wordFile)

// wordList returns the list with the name, which must be in words.txt, as a set.
func wordList(name string) map[string]bool {
	words, ok := lists[name]
	if !ok {
		panic("resolve: words.txt has no list " + name)
	}
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
