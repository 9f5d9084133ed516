package sheet

import (
	"strconv"
	"strings"

	"jinwen/corpus"
)

// A Filter says which figures, commitments and pairs are wanted. The zero
// Filter takes all of them.
type Filter struct {
	// Words must all occur in the row: in its clause, its headings, its
	// indicator, the places and organisations it names. Case does not matter.
	Words []string
	Place string // named in the row
	Year  int    // 0 is any
	// Topic reports whether a text belongs to the topic wanted; nil takes all.
	Topic      func(text string) bool
	Quantified bool // only commitments with a figure
	// Before is the report of the year before, of the same place: what became of
	// its targets is a sheet of its own. Nil leaves that out.
	Before *corpus.Report
}

// Figure reports whether f takes figure i of r.
func (f Filter) Figure(r *corpus.Report, i int) bool {
	fig := &r.Figures[i]
	if f.Year != 0 && fig.Period != strconv.Itoa(f.Year) {
		return false
	}
	return f.text(fig.Indicator + "\n" + r.Quote(r.FigureClause(i)) + "\n" + headings(r, fig.Passage))
}

// Commitment reports whether f takes commitment i of r. Commitments are of the
// plan's year.
func (f Filter) Commitment(r *corpus.Report, i int) bool {
	c := &r.Commitments[i]
	switch {
	case f.Year != 0 && f.Year != r.Year:
		return false
	case f.Quantified && len(c.Figures) == 0:
		return false
	}
	return f.text(c.Text + "\n" + strings.Join(c.Places, " ") + "\n" + strings.Join(c.Organisations, " ") + "\n" + headings(r, c.Passage))
}

// Pair reports whether f takes the pair p of r: by its words, place and topic;
// a pair is of both years.
func (f Filter) Pair(r *corpus.Report, p corpus.Pair) bool {
	f.Year = 0
	return f.Figure(r, p.Actual) || f.Figure(r, p.Target)
}

// text reports whether the words, the place and the topic of f are in s, the
// text of a row with its headings.
func (f Filter) text(s string) bool {
	if f.Place != "" && !strings.Contains(s, f.Place) {
		return false
	}
	if f.Topic != nil && !f.Topic(s) {
		return false
	}
	if len(f.Words) == 0 {
		return true
	}
	s = strings.ToLower(s)
	for _, w := range f.Words {
		if !strings.Contains(s, strings.ToLower(w)) {
			return false
		}
	}
	return true
}

// headings returns the headings above a passage, on one line.
func headings(r *corpus.Report, passage int) string {
	if passage < 0 {
		return ""
	}
	return strings.Join(r.Path(r.Passages[passage].Section), " › ")
}
