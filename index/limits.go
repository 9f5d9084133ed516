package index

// limits are the numbers of putting an answer together. What each is worth
// TestAblation measures, and testdata/ablation.txt says; the out tag is the value that
// leaves one out.
type limits struct {
	AsGood     float64 `out:"0"`  // share of the best score that a further passage has at least to be shown
	AsGoodList float64 `out:"0"`  // the same, where a list is asked for
	Whole      float64 `out:"9"`  // share of the question that the best passage holds in words, from which others must hold some of it
	Some       float64 `out:"0"`  // share that is some
	MaxHits    int     `out:"99"` // hits of one answer
	MaxFigures int     `out:"99"` // figures of one answer

	// Headings.
	HeadingLine   float64 `out:"0"`  // addend for a heading that stands on a line of its own
	HeadingBeside float64 `out:"99"` // weight of words that the headings do not hold, from which something else is asked for
	Unfold        float64 `out:"9"`  // share of the question that a heading holds whose passages are the list asked for
}

// used are the ones in use. Only a measurement changes them.
var used = limits{
	AsGood:     0.62,
	AsGoodList: 0.5,
	Whole:      0.9,
	Some:       0.2,
	MaxHits:    12,
	MaxFigures: 12,

	HeadingLine:   0.05,
	HeadingBeside: 0.7,
	Unfold:        0.4,
}
