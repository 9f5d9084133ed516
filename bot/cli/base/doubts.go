package base

import (
	"fmt"
	"io"

	"jinwen/corpus"
)

// What the parse of a report is unsure of, for the person who imports it.

// MaxDoubts is how many doubts of one report are printed where many are; an
// import of one report prints all.
const MaxDoubts = 5

// PrintDoubts prints what the parse of r is unsure of, each with its place; of
// more than most, how many more there are. most 0 is no limit.
func PrintDoubts(w io.Writer, r *corpus.Report, most int) {
	for i, d := range r.Doubts {
		if most > 0 && i == most {
			fmt.Fprintf(w, "  unsure of %d more: see jinwen check --report ID\n", len(r.Doubts)-most)
			return
		}
		fmt.Fprintln(w, "  unsure,", DoubtText(r, d))
	}
}

// DoubtText says a doubt and where it is.
func DoubtText(r *corpus.Report, d corpus.Doubt) string {
	if d.Len() == 0 {
		return d.String()
	}
	return fmt.Sprintf("line %d: %s", r.LineOf(d.Start), d)
}
