package resolve

import (
	_ "embed"

	"jinwen/corpus/zh"
)

//go:embed words.txt
var wordFile string

// lists are the word lists of words.txt by name.
var lists = zh.Sections(wordFile)
