// Package figures finds the quantities of a report and what they measure, and
// pairs results with targets. Start reading with [Read].
package figures

import "jinwen/corpus"

// A report is the report that is read, with its text as code points.
type report struct {
	*corpus.Report
	runes []rune
}

// Read fills the figures of r, whose sections and passages must be known.
func Read(r *corpus.Report) { wrap(r).parseFigures() }

func wrap(r *corpus.Report) *report { return &report{r, r.Runes()} }

// Object returns the verbs that s, the words before a value, opens with, and
// what they act on: 建成 and 学校 of 建成学校.
func Object(s string) (verbs, object string) {
	subject, _ := splitPredicate([]rune(s), quantity{class: unitCounter})
	subject = trimAim(trimLead(subject))
	v := leadingVerbs(subject)
	return string(subject[:v]), string(subject[v:])
}
