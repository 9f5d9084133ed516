package index

// Weights are the numbers that rank passages: a passage's score is the sum of
// its features, each times its weight, times the factor for its time.
type Weights struct {
	Coverage  float64 // share of the question's telling words that clause, passage and headings hold
	Repeated  float64 // of a term's weight, for every doubling of its occurrences
	Expansion float64 // BM25 over the passages with the lexicon's everyday words, as a share of the best
	Meaning   float64 // deviations by which the best clause is nearer in meaning than clauses are

	NearClause  float64 // what a term is worth in another clause of the passage
	NearHeading float64 // what a term is worth in a heading above

	OtherTime    float64 // factor on a passage of another year than the one named
	OtherWording float64 // factor where no year is named, but the wording is for another
	NeutralTime  float64 // factor on a passage of no year, where one is meant
}

// defaultWeights are the weights in use.
var defaultWeights = Weights{
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
