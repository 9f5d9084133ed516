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
	Context      float64 `out:"1"`   // factor on the words of the question before, where this one names words of its own
	ContextMost  float64 `out:"9"`   // of the weight of its own words, what those of the question before come to at most: the new subject decides
	Subject      float64 `out:"9"`   // weight of a word of its own from which what is near it in meaning is told by this question alone

	// Qualities: how surely something means a term.
	SureMeaning  float64 `out:"0"`    // from which finding a meaning is finding the word
	Related      float64 `out:"0.8"`  // of a term that the word is only related to, or has as a part: what is said of it does not answer
	LeastMeaning float64 `out:"0.95"` // of the last of many meanings
	Mate         float64 `out:"0"`    // of another word of the same row of the lexicon

	LeastComposed int `out:"99"` // characters that a term has at least that is looked for in indicators that are not printed
}

// Used are the ones in use. Only a measurement changes them.
var Used = Weights{
	Concept:      0.9,
	District:     0.75,
	Counted:      0.8,
	Single:       0.45,
	Story:        0.35,
	StorySubject: 0.5,
	Context:      0.4,
	ContextMost:  0.5,
	Subject:      0.45,

	SureMeaning:  0.7,
	Related:      0.65,
	LeastMeaning: 0.6,
	Mate:         0.55,

	LeastComposed: 4,
}
