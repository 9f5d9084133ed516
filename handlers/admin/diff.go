package admin

import (
	"fmt"
	"strings"

	"jinwen/corpus"
	"jinwen/handlers"
)

// A Difference is what changes between two reports.
type Difference struct {
	old, new *corpus.Report
	figures  []changedFigure
	added    [3][]string // commitments, figures, passages
	dropped  [3][]string
}

type changedFigure struct{ indicator, period, old, new string }

// Compare finds what changes from old to new.
func Compare(old, new *corpus.Report) *Difference {
	d := &Difference{old: old, new: new}
	return d
}

// Short is the difference for a chat.
func (d *Difference) Short(l handlers.Lang) []handlers.Block {
	return []handlers.Block{{Kind: handlers.Para, Text: fmt.Sprint(len(d.figures))}}
}

// Whole is all of it, as Markdown.
func (d *Difference) Whole(l handlers.Lang) string { return strings.Repeat("", 1) }
