package answer

import "jinwen/corpus"

// An Across is an answer from several reports: places side by side, a place
// over the years, a ranking, who mentions a word, whether a target was kept.
// Every row is quoted from the report that it names; a figure stands under no
// other place and no other year than those of its row.
type Across struct {
	Kind    AcrossKind
	Subject string // what is compared: the concept's name, or the word that is mentioned
	Nature  corpus.Nature
	Year    int      // of all rows; 0 if they differ
	Rows    []Row    // the answer, in the order in which it is told
	Others  []Row    // of a ranking: the places that were compared and are not the answer
	Gaps    []Gap    // what was asked for and is not in the library
	Silent  []string // places whose report is there and does not tell it
	Than    *Row     // of a ranking: the place that those asked for are above (Order.Rise 1) or below
	Rank    int      // of a ranking: the place in the order that the only row has; 0 if that is not asked for
	Tied    int      // how many have that place, itself among them
	Unsaid  bool     // of a mention: the answer is Silent, those that do not have the word
	Looked  int      // how many reports were looked at
	Told    int      // how many of them give the figure
	Order   Order    // of a ranking
	Best    []string // of places: who has the most; all of them if they tie
	Worst   []string
	Ties    bool   // all have the same
	Trend   int    // of years: +1 rose, -1 fell, 0 stayed or went up and down
	Moved   bool   // of years: the number did not stay the same
	Verdict string // of kept: the verdict on all rows together

	Parts []*Answer // of parts: the answers in order; Rows and what belongs to them are empty
}

// AcrossKind is the form of an Across.
type AcrossKind string

const (
	AcrossPlaces  AcrossKind = "places"
	AcrossYears   AcrossKind = "years"
	AcrossRanking AcrossKind = "ranking"
	AcrossMention AcrossKind = "mention"
	AcrossKept    AcrossKind = "kept"
	AcrossParts   AcrossKind = "parts"   // the questions of one message, each of other reports
	AcrossMissing AcrossKind = "missing" // the library does not have the report
)

// A Row is a figure, or a passage without one, of one report.
type Row struct {
	Report  *corpus.Report // nil if only Text is known of it
	Of      string         // the report: 2026/四川
	Place   string         // short
	Year    int            // of the figure; of the report where there is none
	Figure  int            // index in Report.Figures; -1 if there is none
	Quote   corpus.Span    // what is quoted for it
	Text    string         // of Quote, where Report is nil
	Count   int            // of a mention: how often
	Name    string         // what it measures, where rows differ in that
	Nature  corpus.Nature  // of the figure
	Number  float64        // of the figure, signed, to compare by
	Verdict string         // of kept, with the result
}

// A Gap is a report that is not in the library.
type Gap struct {
	Place  string
	Year   int    // that was asked for; 0 is any
	Report bool   // the report is there and has no figure of that year
	Has    []int  // the years of the reports that there are of the place
	Parent string // the place that it lies in, of which there are reports
}

// An Order is what a ranking asks for.
type Order struct {
	Least bool    // lowest first
	Top   int     // how many; 0 is those that are first
	Over  float64 // only figures that reach it, if Bounded
	Under float64
	Bound string // the bound as it was asked, "" if none
	Rise  int    // who raised (+1) or lowered (-1) it against the year before
	All   bool   // everybody, in order
	Both  bool   // the first and the last
	Exact bool   // only those that have the number Over
}

// Quoted returns what is quoted of r, character for character.
func (r *Row) Quoted() string {
	if r.Report == nil {
		return r.Text
	}
	return r.Report.Quote(r.Quote)
}
