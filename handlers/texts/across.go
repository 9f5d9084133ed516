package texts

// Across are the words of an answer from several reports, in one language.
type Across struct {
	YearTarget, YearActual, Target, Actual string // of a year; of years that differ
	Title                                  string // what, of when
	Most, Least, TieMost, TieLeast         string // places
	Same                                   string // all have the same
	SameNumber                             string
	Cell                                   string // place, value
	CellYear                               string // place, year, value
	Silent                                 string // places that give no figure: how many of how many, which
	SilentYear                             string
	Gap, GapYear, GapHas                   string // no report: place; place, year; place, years that there are
	GapParent                              string // place, the place that it lies in, its years
	GapSoon                                string // the report that would tell is not there: place, year
	NoFigure                               string // a year whose report gives none
	Rose, Fell, Stayed, Wavered, ToAndFro  string // first year, first value, last year, last value
	Top, Bound, None, Raised, Lowered      string
	Above, Below                           string // than a place: place, value, how many, which
	NoneAbove, NoneBelow                   string // place, value
	RankOf                                 string // place, value, how many tell, its rank
	RankTied                               string // how many have that rank
	All                                    string
	Ranked                                 string // how many of how many give a figure
	Mentions, Mentioned, NoMention         string
	Unsaid, Said                           string // who does not have the word: how many of how many, the word, which; who does
	More                                   string
	KeptHead                               string // year, what
	KeptTarget, KeptResult                 string // report, name, value
	NoResult, NoTarget                     string
	Verdicts                               map[string]string
	Named                                  string   // place, year
	Holds                                  string   // place, value
	Comma                                  string   // between clauses; between things of one kind it is that of Set
	Columns                                []string // of the spreadsheet
	KeptOf, KeptSum, KeptNone, KeptMore    string   // of /kept
	KeptLine                               string   // verdict, name, target, result
}
