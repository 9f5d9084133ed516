package texts

import (
	_ "embed"
	"strings"

	"jinwen/corpus/zh"
)

//go:embed words.txt
var wordFile string

// MoreWords ask for the next page of the last answer, DetailWords for its
// context; compared whole, without punctuation and final particles.
var (
	lists       = zh.Sections(wordFile)
	MoreWords   = phrases(lists.Of("more"))
	DetailWords = phrases(lists.Of("detail"))
)

func phrases(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ReplaceAll(w, "_", " ")
	}
	return out
}

// QuantifiedWords narrow a list to commitments with a figure.
var QuantifiedWords = []string{"量化", "量化任务", "数字", "有数字", "quantified", "numbers"}
