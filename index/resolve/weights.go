package resolve

// Weights are the numbers of reading a question against a report. What each is
// worth TestAblation of index measures, and index/testdata/ablation.txt says; the out
// tag is the value that leaves one out.
type Weights struct {
	// Weights of terms.
	Concept      float64 `out:"0.5"` // of an indicator that the question names: it is what the question is about
	District     float64 `out:"0"`   // least weight of a district's name, however often the report has it
	Counted      float64 `out:"0"`   // of a word that names what a number is of, if the report does not have it: the 产量 of another thing is no answer to 手机产量
	Single       float64 `out:"0"`   // of a noun of one character, which stands in many words of other meanings too
	Story        float64 `out:"1"`   // factor on the words of a clause that only tells how the asker comes to ask
	StorySubject float64 `out:"9"`   // weight of a term of the clause that asks, from which the others only tell
	StoryNamed   float64 `out:"9"`   // the same, for the others that tell of the asker
	Context      float64 `out:"1"`   // factor on the words of the question before, where this one names words of its own
	ContextMost  float64 `out:"9"`   // of the weight of its own words, what those of the question before come to at most: the new subject decides
	Subject      float64 `out:"9"`   // weight of a word of its own from which what is near it in meaning is told by this question alone

	Literal      float64 `out:"0.5"` // of a term for which only itself can stand: 青溪一号线 of several lines, a part of a year
	LeastSubject float64 `out:"0"`   // of a known term from which the question names something that could be looked up
	LeastThing   float64 `out:"0"`   // the question for targets names a thing if a term weighs more than this

	// Weights of words by their part of speech (tags.txt); a noun weighs 1, others tell
	// less of what a question is about.
	Verb      float64 `out:"1"`
	Adjective float64 `out:"1"`
	Unknown   float64 `out:"1"`
	Adverb    float64 `out:"1"`
	Numeral   float64 `out:"1"`

	// Shares of its weight that a word keeps that the report does not have. That a noun
	// or a term of the field is missing tells that the matter is; an everyday verb is
	// only another way to say it.
	LackedWord        float64 `out:"1"`
	LackedVerb        float64 `out:"1"` // of a verb of the lexicon
	LackedName        float64 `out:"1"`
	LackedLatin       float64 `out:"1"`
	LackedEnglish     float64 `out:"1"` // of an English word of the lexicon
	LackedVerbEnglish float64 `out:"1"` // of an English verb of it

	// Qualities: how surely something means a term.
	SureMeaning  float64 `out:"0"`    // from which finding a meaning is finding the word
	Related      float64 `out:"0.8"`  // of a term that the word is only related to, or has as a part: what is said of it does not answer
	LeastMeaning float64 `out:"0.95"` // of the last of many meanings
	Mate         float64 `out:"0"`    // of another word of the same row of the lexicon

	// What may stand for a term, by how it comes to mean it.
	Meaning       float64 `out:"0"` // the first meaning that the lexicon has for a word that the report does not have
	MeaningBeside float64 `out:"0"` // the same for a word that the report has itself
	MeaningStep   float64 `out:"0"` // by how much each further meaning is less sure
	Part          float64 `out:"0"` // a part of a longer term that the report does not have
	Form          float64 `out:"0"` // another form of it: without 区, spelled, as digits
	Short         float64 `out:"0"` // what it is short for
	OtherName     float64 `out:"0"` // another name of an indicator

	// Shares of a term's weight.
	KindWord float64 `out:"1"` // of a word that says what kind of number is asked for, not of what
	Common   float64 `out:"1"` // of a word that stands in every passage
	Telling  float64 `out:"9"` // least weight of a term that says of what: 涨了 of 投资涨了 does not

	LeastComposed int `out:"99"` // characters that a term has at least that is looked for in indicators that are not printed
}

// Used are the ones in use. Only a measurement changes them.
var Used = Weights{
	Concept:      0.9,
	District:     0.75,
	Counted:      0.8,
	Single:       0.45,
	Story:        0.35,
	StorySubject: 0.21,
	StoryNamed:   0.3,
	Context:      0.4,
	ContextMost:  0.5,
	Subject:      0.45,
	Literal:      0.9,
	LeastSubject: 0.45,
	LeastThing:   0.3,

	Verb:      0.6,
	Adjective: 0.35,
	Unknown:   0.6,
	Adverb:    0.2,
	Numeral:   0.3,

	LackedWord:        0.2,
	LackedVerb:        0.59,
	LackedName:        0.8,
	LackedLatin:       0.35,
	LackedEnglish:     0.68,
	LackedVerbEnglish: 0.4,

	SureMeaning:  0.7,
	Related:      0.482,
	LeastMeaning: 0.6,
	Mate:         0.71,

	Meaning:       0.95,
	MeaningBeside: 0.8,
	MeaningStep:   0.05,
	Part:          0.75,
	Form:          0.9,
	Short:         0.98,
	OtherName:     0.812,

	KindWord: 0.3,
	Common:   0.2,
	Telling:  0.45,

	LeastComposed: 4,
}
