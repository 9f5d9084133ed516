package texts

import (
	_ "embed"
	"slices"
	"strings"

	"jinwen/corpus/zh"
)

//go:embed words.txt
var wordFile string

// MoreWords ask for the next page of the last answer, DetailWords for its
// context; compared whole, without punctuation and final particles.
var (
	lists       = zh.Sections(wordFile)
	MoreWords   = phrases(lists["more"])
	DetailWords = phrases(lists["detail"])
)

func phrases(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ReplaceAll(w, "_", " ")
	}
	return out
}

// thanksWords are in a message that thanks, and is no greeting.
var thanksWords = []string{"谢", "謝", "辛苦", "thank", "thx", "3q", "多亏", "多虧", "感恩"}

// Thanks reports whether text thanks.
func Thanks(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(thanksWords, func(w string) bool { return strings.Contains(text, w) })
}

// QuantifiedWords narrow a list to commitments with a figure.
var QuantifiedWords = []string{"量化", "量化任务", "数字", "有数字", "quantified", "numbers"}
