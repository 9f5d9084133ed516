package resolve

import (
	_ "embed"

	"jinwen/corpus/zh"
)

//go:embed words.txt
var wordFile string

var lists = zh.Sections(wordFile)
