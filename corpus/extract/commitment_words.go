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

// lists are the lists by name, each with a line on what it is there.
var lists = zh.Sections(commitmentWords)

var (
	amounts          = lists.Of("amounts")
	undertakings     = lists.Of("undertakings")
	advances         = lists.Of("advances")
	outcomes         = lists.Of("outcomes")
	completions      = lists.Of("completions")
	nameEnds         = lists.Of("nameEnds")
	notNames         = lists.Of("notNames")
	manners          = lists.Of("manners")
	predicates       = lists.Of("predicates")
	vague            = lists.Of("vague")
	works            = lists.Of("works")
	duties           = lists.Of("duties")
	campaigns        = lists.Of("campaigns")
	placeNameEnds    = lists.Of("placeNameEnds")
	organisationEnds = lists.Of("organisationEnds")
	notPlaces        = lists.Of("notPlaces")
	notOrganisations = lists.Of("notOrganisations")
	companies        = lists.Of("companies")
	acts             = lists.Of("acts")
	scales           = lists.Of("scales")
	strongEnds       = lists.Of("strongEnds")
	commonWords      = lists.Of("commonWords")
	phraseLeads      = lists.Of("phraseLeads")
	loose            = lists.Of("loose")
	nameBreaks       = lists.Of("nameBreaks")
)

// placeEnds are the last characters of names that are places though the word
// they end in is common: 产业武清园, 二号桥.
const placeEnds = "园院馆站线桥厂校"
