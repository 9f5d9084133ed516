package resolve

import (
	_ "embed"
	"strings"

	"jinwen/corpus/zh"
)

//go:embed tags.txt
var tagFile string

// A tagSet is a set of parts of speech.
type tagSet struct {
	tags  map[string]bool
	begin string // letters with which others of the set begin
}

var tagLists = zh.Sections(tagFile)

// tagList returns the list of tags.txt with the name.
func tagList(name string) tagSet {
	set := tagSet{tags: make(map[string]bool)}
	for _, tag := range tagLists.Of(name) {
		if letter, ok := strings.CutSuffix(tag, "*"); ok {
			set.begin += letter
		}
		set.tags[tag] = true
	}
	return set
}

func (s tagSet) has(tag string) bool {
	return s.tags[tag] || tag != "" && strings.IndexByte(s.begin, tag[0]) >= 0
}

var (
	nouns      = tagList("noun")
	verbs      = tagList("verb")
	adjectives = tagList("adjective")
	unknowns   = tagList("unknown")
	adverbs    = tagList("adverb")
	numerals   = tagList("numeral")

	functions = tagList("function")
	guesses   = tagList("guessed")
	doings    = tagList("doing")
	named     = tagList("named")
)

// tagWeight returns the weight of a word by its part of speech.
func tagWeight(tag string) float64 {
	switch {
	case nouns.has(tag):
		return 1
	case verbs.has(tag):
		return Used.Verb
	case adjectives.has(tag):
		return Used.Adjective
	case tag == "", unknowns.has(tag):
		return Used.Unknown
	case adverbs.has(tag):
		return Used.Adverb
	case numerals.has(tag):
		return Used.Numeral
	}
	return 0
}
