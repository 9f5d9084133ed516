// Package object holds what scripts read: the objects that the commands print
// with --json and that the web page's API gives, one type each. They are plain
// data over the types of the report; DESIGN.md, "Command line", has the
// contract. The package pulls in no index and no handlers, so that a transport
// may use it.
//
// URL is empty on the command line and is then left out; the API fills it in.
package object

import "jinwen/corpus"

// A Report is a report of the library.
type Report struct {
	Name        string `json:"report"` // YEAR/PLACE: 2024/天津
	Title       string `json:"title"`
	Place       string `json:"place"`
	Year        int    `json:"year"`
	Version     string `json:"version"` // of the text that answers
	Home        bool   `json:"home,omitempty"`
	Chars       int    `json:"chars"`
	Passages    int    `json:"passages"`
	Figures     int    `json:"figures"`
	Commitments int    `json:"commitments"`
	URL         string `json:"url,omitempty"`
}

// A Passage is what is retrieved and quoted.
type Passage struct {
	ID     string      `json:"id"`
	Report string      `json:"report"`
	Path   []string    `json:"path"`
	Text   string      `json:"text"`
	Time   corpus.Time `json:"time,omitempty"`
	corpus.Span
	Score float64 `json:"score,omitempty"` // only in an answer
	URL   string  `json:"url,omitempty"`
}

// A Figure is a quantity with the clause that may be quoted for it, and where
// that stands.
type Figure struct {
	Report string `json:"report"`
	corpus.Figure
	Clause string   `json:"clause"`
	Path   []string `json:"path"`
	URL    string   `json:"url,omitempty"`

	// Name and Shown are the indicator and the value as a reply writes them:
	// growth and a fall are told by words.
	Name  string `json:"-"`
	Shown string `json:"-"`
}

// A Commitment is what the government undertakes, with its figures and place.
type Commitment struct {
	Report string `json:"report"`
	corpus.Commitment
	Path    []string        `json:"path"`
	Figures []corpus.Figure `json:"figures"`
	URL     string          `json:"url,omitempty"`
}

// A Pair is an indicator with last year's result and this year's target; start
// and end are the target's.
type Pair struct {
	Report     string  `json:"report"`
	Indicator  string  `json:"indicator"`
	Actual     Figure  `json:"actual"`
	Target     Figure  `json:"target"`
	Difference float64 `json:"difference"` // target less actual, in base units
	corpus.Span
	URL string `json:"url,omitempty"`
}

// A Kept is a target of one report and what the next one says of it.
type Kept struct {
	Indicator string `json:"indicator"`
	Target    Place  `json:"target"`
	Result    *Place `json:"result"` // nil if nothing is said of it
	Verdict   string `json:"verdict"`
}

// A Place is a value where it stands.
type Place struct {
	Report string `json:"report,omitempty"`
	Text   string `json:"text"`
	Value  string `json:"value"`
	corpus.Span
	URL string `json:"url,omitempty"`
}

// A Missing is a part of a question that the report does not have.
type Missing struct {
	Slot string `json:"slot"`
	Text string `json:"text"`
}

// An Answer is what is found for a question.
type Answer struct {
	Question    string       `json:"question"`
	Status      string       `json:"status"` // answered, nearest, not_found, clarify or talk
	Missing     []Missing    `json:"missing"`
	Reply       string       `json:"reply"` // plain text of the first chat message
	Passages    []Passage    `json:"passages"`
	Figures     []Figure     `json:"figures"`
	Commitments []Commitment `json:"commitments"`
	Places      []string     `json:"places,omitempty"`
	Count       int          `json:"count,omitempty"`
	Verdict     string       `json:"verdict,omitempty"`
	TookUS      int64        `json:"took_us"`
	URL         string       `json:"url,omitempty"`
}

// ReportOf returns what a report is and how much is in it.
func ReportOf(r *corpus.Report) Report {
	return Report{
		Name: corpus.ReportName(r.Year, r.Place), Title: r.Title, Place: r.Place, Year: r.Year, Version: r.ID,
		Chars: r.Len(), Passages: len(r.Passages), Figures: len(r.Figures), Commitments: len(r.Commitments),
	}
}

// PassageOf returns passage i of r.
func PassageOf(r *corpus.Report, i int) Passage {
	p := r.Passages[i]
	return Passage{ID: p.ID, Report: corpus.ReportName(r.Year, r.Place), Path: path(r, p.Section), Text: r.Quote(p.Span), Time: p.Time, Span: p.Span}
}

// FigureOf returns figure i of r.
func FigureOf(r *corpus.Report, i int) Figure {
	f := r.Figures[i]
	return Figure{
		Report: corpus.ReportName(r.Year, r.Place), Figure: f, Clause: r.Quote(f.Clause), Path: passagePath(r, f.Passage),
		Name: f.Indicator, Shown: f.Value,
	}
}

// CommitmentOf returns commitment i of r.
func CommitmentOf(r *corpus.Report, i int) Commitment {
	c := r.Commitments[i]
	out := Commitment{Report: corpus.ReportName(r.Year, r.Place), Commitment: c, Path: passagePath(r, c.Passage), Figures: make([]corpus.Figure, 0, len(c.Figures))}
	for _, f := range c.Figures {
		out.Figures = append(out.Figures, r.Figures[f])
	}
	return out
}

func passagePath(r *corpus.Report, passage int) []string {
	if passage < 0 {
		return []string{}
	}
	return path(r, r.Passages[passage].Section)
}

// path returns the headings above a section; an empty list, not null, outside the
// outline.
func path(r *corpus.Report, section int) []string {
	if p := r.Path(section); p != nil {
		return p
	}
	return []string{}
}
