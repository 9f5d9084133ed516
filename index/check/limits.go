package check

// Limits are the numbers that decide what an answer is worth. What each is worth
// itself TestAblation of index measures, and index/testdata/ablation.txt says; the
// out tag is the value that leaves one out.
type Limits struct {
	// What is quoted where the report does not answer.
	LeastNear float64 `out:"0"`  // share of the question that a passage holds at least
	NearMeant float64 `out:"99"` // or how near it comes in meaning, in deviations
	Nearest   int     `out:"99"` // passages at most
	Topics    int     `out:"0"`  // topics that are offered

	// What the evidence must hold.
	Thing          float64 `out:"1"` // share of the weight of the heaviest term from which others are what the question is about, too
	ThingLeast     float64 `out:"0"` // weight of a word besides places from which the question is about a thing that may be missing
	OwnLeast       float64 `out:"9"` // weight of a word that a follow-up names itself from which the report must have it
	WordedPassages int     `out:"0"` // of the best passages that are searched for one

	// How much of what the question is about the evidence holds (evidence.go).
	Held           float64 `out:"0"`  // share below which the thing is missing
	HeldAtAll      float64 `out:"0"`  // the same, where no passage holds much of the question by its words: the report has nothing on it
	Blank          float64 `out:"99"` // deviations by which a passage is near in meaning to a question without telling words, to be on it
	Verb           float64 `out:"1"`  // weight of a verb or an adjective beside that of a noun: what they tell, others say as well
	Like           float64 `out:"0"`  // of a term whose nearest word in the passage means about the same
	LikeMin        float64 `out:"0"`  // cosine of two words from which they have something to do with each other
	LikeAll        float64 `out:"1"`  // cosine from which they mean about the same
	Related        float64 `out:"1"`  // share of its quality that a word keeps which only has to do with the term
	LikeKnown      float64 `out:"1"`  // of what is like a term that the lexicon knows: it would know what means it
	Unit           float64 `out:"0"`  // added where the clause holds a figure in the unit asked for; half where the passage does
	Meant          float64 `out:"0"`  // added for every deviation beyond one by which the passage is nearer in meaning than passages are
	Described      float64 `out:"0"`  // added for how well the question describes what the passage has a term for
	DescribedAlone float64 `out:"9"`  // how well it must, for no single thing to be missed
	Lead           float64 `out:"0"`  // added where the passage leads the next by LeadBy of its score; in proportion for less
	LeadBy         float64 `out:"1"`
	Looked         int     `out:"1"` // of the first passages, in which it is looked for
	UnitNear       float64 `out:"0"` // of Unit, where another clause of the passage holds the figure

	// A thing that people have words for decides alone if nothing in the passage is like it.
	Alone      float64 `out:"9"` // weight from which it does
	AloneShare float64 `out:"1"` // of the heaviest thing's weight, from which others decide as much
	Unlike     float64 `out:"0"` // cosine below which nothing is like it
	Stranger   float64 `out:"0"` // the same for a question of whose things the passage holds none
	Clear      float64 `out:"0"` // evidence from which it does not decide

	// When the report has nothing on the matter.
	NumberLeast float64 `out:"0"` // weight of the words beside a number that no figure has
	OtherYear   float64 `out:"1"` // factor on the coverage of a passage of another year than the one named
	Numeral     float64 `out:"9"` // coverage from which a numeral that is no figure answers
	TellsBehind int     `out:"0"` // clauses behind the one that says most in which its number may stand
}

// Used are the ones in use. Only a measurement changes them.
var Used = Limits{
	LeastNear: 0.2,
	NearMeant: 1.1,
	Nearest:   3,
	Topics:    3,

	Thing:          0.75,
	ThingLeast:     0.52,
	OwnLeast:       0.45,
	WordedPassages: 12,

	Held:           0.28,
	HeldAtAll:      0.754,
	Blank:          2.5,
	Verb:           0.3,
	Like:           1.02,
	LikeMin:        0.262,
	LikeAll:        0.9,
	Related:        0.5,
	LikeKnown:      0.3,
	Unit:           0.15,
	Meant:          0.1,
	Described:      0.354,
	DescribedAlone: 0.51,
	Lead:           0.4,
	LeadBy:         0.4,
	Looked:         2,
	UnitNear:       0.5,

	Alone:      0.8,
	AloneShare: 0.75,
	Unlike:     0.55,
	Stranger:   0.51,
	Clear:      0.85,

	NumberLeast: 0.5,
	OtherYear:   0.75,
	Numeral:     0.92,
	TellsBehind: 2,
}

// Without names a check that is left out. Only a measurement sets it.
var Without string
