package check

// Limits are the numbers that decide what an answer is worth. TestAblation of
// index measures them; the out tag is the value that leaves one out.
type Limits struct {
	// What is quoted where the report does not answer.
	LeastNear float64 `out:"0"`  // share of the question that a passage holds at least
	NearMeant float64 `out:"99"` // or how near it comes in meaning, in deviations
	Nearest   int     `out:"99"` // passages at most
	Topics    int     `out:"0"`  // topics that are offered

	// What the evidence must hold.
	Thing          float64 `out:"1"` // share of the weight of the heaviest term from which others are what the question is about, too
	ThingLeast     float64 `out:"0"` // weight of the heaviest term from which it is looked for
	Worded         float64 `out:"0"` // weight of a term from which a target in words may be its answer
	WordedPassages int     `out:"0"` // of the best passages that are searched for one

	// When the report has nothing on the matter.
	NumberLeast   float64 `out:"0"` // weight of the words beside a number that no figure has
	OtherYear     float64 `out:"1"` // factor on the coverage of a passage of another year than the one named
	Beside        float64 `out:"0"` // coverage that does without the words that tell most
	Numeral       float64 `out:"9"` // coverage from which a numeral that is no figure answers
	DistrictTerms int     `out:"0"` // terms of a question that is about little but a district
}

// Used are the ones in use. Only a measurement changes them.
var Used = Limits{
	LeastNear: 0.2,
	NearMeant: 1.5,
	Nearest:   3,
	Topics:    3,

	Thing:          0.75,
	ThingLeast:     0.5,
	Worded:         0.4,
	WordedPassages: 12,

	NumberLeast:   0.5,
	OtherYear:     0.75,
	Beside:        0.6,
	Numeral:       0.8,
	DistrictTerms: 2,
}

// Without names a check that is left out. Only a measurement sets it.
var Without string
