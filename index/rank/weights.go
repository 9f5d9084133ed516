package rank

// Weights are the numbers that rank passages and figures. A passage's score is
// the sum of its features, each times its weight, times the factor for its time;
// a figure's goes by what its indicator, clause and passage hold of the question.
//
// What each is worth TestAblation of index measures, and index/testdata/ablation.txt
// says; the out tag is the value that leaves a number out.
type Weights struct {
	// What a passage is worth.
	Coverage      float64 `out:"0"`  // share of the question's telling words that clause, passage and headings hold
	Repeated      float64 `out:"0"`  // of a term's weight, for every doubling of its occurrences
	Expansion     float64 `out:"0"`  // BM25 over the passages with the lexicon's everyday words, as a share of the best
	Meaning       float64 `out:"0"`  // deviations by which the best clause is nearer in meaning than clauses are
	Unit          float64 `out:"0"`  // a figure counted in the unit asked for, where a number is asked for
	Number        float64 `out:"0"`  // a figure of the kind of number asked for, likewise
	NumberBeside  float64 `out:"0"`  // of both, what they are worth in another clause than the one that says most
	Described     float64 `out:"0"`  // how well the question describes what the passage has a term for
	DescribedMost float64 `out:"0"`  // as what more than that counts
	GlossLeast    float64 `out:"9"`  // score from which a thing is described (index/gloss)
	GlossMore     float64 `out:"0"`  // what a further thing in the passage counts beside the one before
	FigDescribed  float64 `out:"0"`  // for a figure, how well the question describes what its clause has a term for
	Whole         float64 `out:"0"`  // cosine of the meanings of the question and of the whole passage
	NearClause    float64 `out:"0"`  // what a term is worth in another clause of the passage
	NearHeading   float64 `out:"0"`  // what a term is worth in a heading above
	Series        float64 `out:"1"`  // quality of the list that a name such as 三量 stands for: it tells more than the name
	Concept       float64 `out:"0"`  // quality with which a figure of a concept is what its name means
	OtherTime     float64 `out:"1"`  // factor on a passage of another year than the one named
	OtherWording  float64 `out:"1"`  // factor where no year is named, but the wording is for another
	NeutralTime   float64 `out:"1"`  // factor on a passage of no year, where one is meant
	Glossary      float64 `out:"1"`  // factor on a passage that explains a word, where no explanation is asked for
	FullWeight    float64 `out:"99"` // weight of telling words beyond which more of them do not make a question harder to answer
	Heavy         float64 `out:"1"`  // share of the weight of the heaviest term from which others tell as much

	// Of what a source proposes, what is scored in full.
	Found    int     `out:"0"`  // passages that hold some of the words
	Few      int     `out:"0"`  // passages: a term that stands in no more makes every one of them a candidate, whether or not the store's tokens show it (1+10, 5·31)
	Expanded float64 `out:"9"`  // share of the best score by expansion
	Meant    float64 `out:"99"` // deviations

	// What it takes to answer: shares of the question.
	Enough        float64 `out:"0"`   // that a passage holds
	EnoughFigure  float64 `out:"0"`   // that a figure holds; one of the best passage needs no more than Enough
	EnoughConcept float64 `out:"0.5"` // that a figure of the indicator asked for holds
	EnoughKind    float64 `out:"0.5"` // that a figure of the kind asked for holds: a share, kilometres
	NewTerm       float64 `out:"0"`   // that a further figure names, to be asked for too
	Aimed         float64 `out:"9"`   // that a target holds which answers though no number is asked for
	Named         float64 `out:"9"`   // that an indicator holds which answers though no number is asked for

	// What a term is worth to a figure by where it stands.
	FigClause  float64 `out:"0"` // in the figure's clause, not in its indicator
	FigPassage float64 `out:"0"` // elsewhere in the passage
	FigHeading float64 `out:"0"` // in a heading above

	// Addends to a figure's score.
	FigPrecise  float64 `out:"0"` // of the share of the indicator that the question names
	FigOver     float64 `out:"0"` // of what it holds of a long question beyond all that is needed
	FigMeasure  float64 `out:"0"` // it is the kind of number asked for
	FigLevel    float64 `out:"0"` // an amount, where no kind was asked for
	FigAim      float64 `out:"0"` // a target, where one was asked for
	FigSeveral  float64 `out:"0"` // it is of several years, where that is asked for
	FigCounter  float64 `out:"0"` // it counts in the measure word of the question
	FigConcept  float64 `out:"0"` // it measures the very indicator asked for, by whatever name
	FigVerbatim float64 `out:"0"` // for every character of its whole name that stands in the question (地方财政赤字 before 财政赤字)
	FigNumber   float64 `out:"0"` // it is the very number asked about

	// Factors on a figure's score.
	FigStillAim   float64 `out:"1"` // it is a target, where what there is now was asked for
	FigOffKind    float64 `out:"1"` // it is another kind of number than asked for
	FigOffWording float64 `out:"1"` // it is of another time than the wording points to
	FigManyYears  float64 `out:"1"` // it is of several years, where one is named
	FigIncrement  float64 `out:"1"` // it is what was added, where all there is was asked for
	FigNoConcept  float64 `out:"1"` // it measures no indicator, where one is asked for that the report has
	FigBackground float64 `out:"1"` // it is what a result is told against (由3.1%提高到3.3%)
	FigOffTime    float64 `out:"1"` // it is of another year than the one named
	FigExcluded   float64 `out:"1"` // it is what the question says that it does not mean
	SureEveryday  float64 `out:"0"` // weight from which an everyday name of an indicator is all that is asked about
	FigLike       float64 `out:"0"` // for the share of the pairs of characters of its name that stand in the question
	MarkTo        float64 `out:"1"` // how many times a mark that was passed its exact number is at most

	// What keeps a figure from answering (bars).
	LeastNamed float64 `out:"0"` // share of the question that indicator and clause hold at least
	LeastAsked float64 `out:"0"` // weight of the question's words at least: 人 alone is in too many clauses

	// What picks a figure by its kind where words do not settle it.
	KindPassages int     `out:"0"`  // of the best passages
	KindCoverage float64 `out:"0"`  // share of the question that the passage holds at least
	KindMeant    float64 `out:"99"` // or how near it comes in meaning, in deviations
	KindAsGood   float64 `out:"0"`  // of the best passage's score, for another to be tried
	KindLead     float64 `out:"0"`  // by how much the best figure must lead the next
	KindPassage  float64 `out:"0"`  // of the passage's score, beside the likeness of the clause

	// Of the figures that answer, which stand side by side.
	Names      float64 `out:"0"`  // how well a figure's name holds a term, to name it
	WordItself float64 `out:"9"`  // quality from which what a name holds is the word itself, or what it means first
	EachAsGood float64 `out:"9"`  // of the best figure's score, for another to be one of those that each are asked for
	MostDirect int     `out:"99"` // figures
	NamedAll   float64 `out:"0"`  // share of its name that the question holds, where no number is asked for
	FewTerms   int     `out:"0"`  // terms of a question that asks for the target of an indicator without asking for a number

	// What a question by a number, a place or a list is about.
	AskedName       float64 `out:"0"` // weight of the words that name an indicator beside a number
	AskedTelling    float64 `out:"0"` // how well they name one, for the number to be looked for there alone
	ExcludedTelling float64 `out:"9"` // weight of a word that says what is not meant, for a name with it to be of that
	NameTelling     float64 `out:"9"` // weight of a word that says which of two indicators is asked for
	PlaceTelling    float64 `out:"9"` // weight of what is missing beside a place, for the passage to be on the place alone
	PlaceAsked      float64 `out:"9"` // weight from which what is held beside the place is part of what is asked
	ListTelling     float64 `out:"9"` // weight of the words of a list, for its number to be only counted
	MostForOne      float64 `out:"0"` // yuan: a sum from which on it is nothing that one person or thing gets or costs

	// BM25 over the expanded passages; the middle of a broad best. They count when an
	// index is built, so that leaving them out of one that is there shows nothing.
	Saturation float64 `out:"9"` // how soon more of the same stops counting
	Length     float64 `out:"0"` // how much the length of a passage counts
}

// Used are the ones in use. Only a measurement changes them.
var Used = Weights{
	Coverage:      1,
	Repeated:      0.034,
	Expansion:     0.21,
	Meaning:       0.2,
	Unit:          0.2,
	Number:        0.2,
	NumberBeside:  0.86,
	Described:     0.354,
	DescribedMost: 1.2,
	GlossLeast:    0.258,
	GlossMore:     0.4,
	FigDescribed:  0.3,
	Whole:         0.4,
	NearClause:    0.554,
	NearHeading:   0.92,
	Series:        1.6,
	Concept:       0.806,
	OtherTime:     0.5,
	OtherWording:  0.8,
	NeutralTime:   0.94,
	Glossary:      0.75,
	FullWeight:    1.65,
	Heavy:         0.88,

	Found:    96,
	Few:      24,
	Expanded: 0.354,
	Meant:    1,

	Enough:        0.2,
	EnoughFigure:  0.5,
	EnoughConcept: 0.3,
	EnoughKind:    0.594,
	NewTerm:       0.3,
	Aimed:         0.7,
	Named:         0.8,

	FigClause:  0.564,
	FigPassage: 0.55,
	FigHeading: 0.5,

	FigPrecise:  0.25,
	FigOver:     0.3,
	FigMeasure:  0.11,
	FigLevel:    0.05,
	FigAim:      0.1,
	FigSeveral:  0.3,
	FigCounter:  0.1,
	FigConcept:  0.11,
	FigVerbatim: 0.03,
	FigNumber:   1,

	FigStillAim:   0.85,
	FigOffKind:    0.7,
	FigOffWording: 0.64,
	FigManyYears:  0.9,
	FigIncrement:  0.8,
	FigNoConcept:  0.75,
	FigBackground: 0.95,
	FigOffTime:    0.7,
	FigExcluded:   0.708,
	SureEveryday:  0.4,
	FigLike:       0.15,
	MarkTo:        1.25,

	LeastNamed: 0.116,
	LeastAsked: 0.25,

	KindPassages: 3,
	KindCoverage: 0.25,
	KindMeant:    1.6,
	KindAsGood:   0.92,
	KindLead:     0.05,
	KindPassage:  0.5,

	Names:      0.6,
	WordItself: 0.9,
	EachAsGood: 0.85,
	MostDirect: 6,
	NamedAll:   0.6,
	FewTerms:   3,

	AskedName:       0.3,
	AskedTelling:    0.5,
	ExcludedTelling: 0.3,
	NameTelling:     0.45,
	PlaceTelling:    0.4,
	PlaceAsked:      0.2,
	ListTelling:     0.5,
	MostForOne:      1e6,

	Saturation: 0.6,
	Length:     0.3,
}

// Without names a bar that is left out. Only a measurement sets it.
var Without string
