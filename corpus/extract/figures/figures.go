// Package figures finds the quantities of a report and what they measure, and
// pairs results with targets.
//
// In reading order: scan.go says what is a quantity (numeral.go those in
// Chinese numerals), clause.go where it stands, predicate.go what presents it.
// read.go walks sentences and part.go the values of a clause; indicator.go says
// how a name is made, name.go and list.go make it, owner.go says whose it is.
// measure.go and time.go do the rest, pair.go brings results and targets
// together.
package figures

import (
	"jinwen/corpus"
	"jinwen/corpus/concept"
)

// A report is the report that is read, with its text as code points.
type report struct {
	*corpus.Report
	runes []rune
}

// Read fills the figures of r, whose sections and passages must be known.
func Read(r *corpus.Report) {
	x := wrap(r)
	x.parseFigures()
	x.readTables()
	x.nameConcepts()
}

// nameConcepts gives the figures the official indicators that their names mean.
// A share of something is no figure of the thing: 数字经济占比 is none of 数字经济.
func (r *report) nameConcepts() {
	for i := range r.Figures {
		f := &r.Figures[i]
		id, scope := concept.Of(f.Indicator)
		c, ok := concept.Lookup(id)
		if !ok || f.Measure == corpus.MeasureShare && !c.Has(string(f.Measure)) {
			continue
		}
		rs := []rune(scope)
		f.Concept, f.Scope = id, string(rs[leadingVerbs(rs):])
	}
}

func wrap(r *corpus.Report) *report { return &report{r, r.Runes()} }

// Object returns the verbs that s, the words before a value, opens with, and
// what they act on: 建成 and 学校 of 建成学校.
func Object(s string) (verbs, object string) {
	subject, _ := splitPredicate([]rune(s), quantity{class: unitCounter})
	subject = trimAim(trimLead(subject))
	v := leadingVerbs(subject)
	return string(subject[:v]), string(subject[v:])
}
