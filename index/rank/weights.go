package rank

// Weights are the numbers that rank passages: a passage's score is the sum of
// its features, each times its weight, times the factor for its time.
//
// What each is worth stands in brackets: how many points of a hundred it adds to
// the questions with the right passage ranked first, and how many of 640 answers
// on seven reports change without it. TestAblation measures it; its out tag is
// the value that leaves a weight out.
type Weights struct {
	Coverage  float64 `out:"0"` // share of the question's telling words that clause, passage and headings hold [1.3, 185]
	Repeated  float64 `out:"0"` // of a term's weight, for every doubling of its occurrences [0.4, 28]
	Expansion float64 `out:"0"` // BM25 over the passages with the lexicon's everyday words, as a share of the best [1.7, 105]
	Meaning   float64 `out:"0"` // deviations by which the best clause is nearer in meaning than clauses are [2.5, 122]

	NearClause  float64 `out:"0"` // what a term is worth in another clause of the passage [0.0, but 0.9 of false refusals, 30]
	NearHeading float64 `out:"0"` // what a term is worth in a heading above [0.6, 25]

	OtherTime    float64 `out:"1"` // factor on a passage of another year than the one named [7.9, 89]
	OtherWording float64 `out:"1"` // factor where no year is named, but the wording is for another [0.0, 0.4 among three, 16]
	NeutralTime  float64 `out:"1"` // factor on a passage of no year, where one is meant [0.2, 7]
}

// DefaultWeights are the weights in use.
var DefaultWeights = Weights{
	Coverage:  1,
	Repeated:  0.04,
	Expansion: 0.5,
	Meaning:   0.14,

	NearClause:  0.65,
	NearHeading: 0.65,

	OtherTime:    0.5,
	OtherWording: 0.8,
	NeutralTime:  0.95,
}
