package extract

import (
	_ "embed"

	"jinwen/corpus/zh"
)

// Words by which plans undertake something. They are those of the genre
// (government work reports of all levels), not of one text: what is missing is
// missed, so err on the side of adding. The lists are in commitment_words.txt.

//go:embed commitment_words.txt
var commitmentWords string

// wordLists are the lists by name, each with a line on what it is there.
var wordLists = zh.Sections(commitmentWords)

// wordList returns the list with the name, which must be in
// commitment_words.txt.
func wordList(name string) []string {
	words, ok := wordLists[name]
	if !ok {
		panic("extract: commitment_words.txt has no list " + name)
	}
	return words
}

var (
	amounts          = wordList("amounts")
	undertakings     = wordList("undertakings")
	advances         = wordList("advances")
	outcomes         = wordList("outcomes")
	completions      = wordList("completions")
	nameEnds         = wordList("nameEnds")
	notNames         = wordList("notNames")
	manners          = wordList("manners")
	predicates       = wordList("predicates")
	vague            = wordList("vague")
	works            = wordList("works")
	duties           = wordList("duties")
	campaigns        = wordList("campaigns")
	placeNameEnds    = wordList("placeNameEnds")
	organisationEnds = wordList("organisationEnds")
	notPlaces        = wordList("notPlaces")
	notOrganisations = wordList("notOrganisations")
	companies        = wordList("companies")
	acts             = wordList("acts")
	scales           = wordList("scales")
	strongEnds       = wordList("strongEnds")
	commonWords      = wordList("commonWords")
	phraseLeads      = wordList("phraseLeads")
	loose            = wordList("loose")
	nameBreaks       = wordList("nameBreaks")
)

// placeEnds are the last characters of names that are places though the word
// they end in is common: 产业武清园, 二号桥.
const placeEnds = "园院馆站线桥厂校"
