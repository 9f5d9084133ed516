package resolve

import (
	"fmt"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/index/lexicon"
	"jinwen/index/position"
	"jinwen/index/question"
)

// A Question is what was asked, and what its slots mean to one report: which
// of the report's years are meant, which of its words.
type Question struct {
	*question.Question

	Years   []int         // the years meant, of those that the report covers, as named
	Times   []corpus.Time // the parts of the report that they, or the wording, point to
	Beyond  string        // a year named that the report does not cover; "" if none
	Place   string        // another place named as the subject; "" if none
	Numbers []Number      // quantities named in the question, to find what they measure

	Terms []Term // telling words, in order

	Excluded *Question // what the question says that it does not mean; nil if nothing

	Parts []*Question // single questions of a message that asks several

	Effort *position.Effort
}

// A Term is a telling word of a question with what may stand for it.
type Term struct {
	Text   string  // folded
	Alts   []Alt   // best first; the word itself, unless the report does not have it
	Weight float64 // how much finding it tells, 0..1
	Known  bool    // some alternative stands in the report
	Slip   string  // what was written, if Text mends a slip of the pen

	Series     []int32 // where the list stands that Text names by its count
	Place      bool    // names a place
	Listed     bool    // the lexicon knows it
	Printed    bool    // the report has the very word
	District   bool    // names a part of the place that reports
	joined     bool    // of single characters that gojieba left over
	Name       bool    // an identifier: without it nothing else in the question tells
	Proper     bool    // a name: of a place, a person, a firm
	Verbal     bool    // made of verbs and adjectives, which others say as well
	Story      bool    // of a clause that only tells how the asker comes to ask
	Kept       bool    // of the question before, beside what this one is about
	Concept    string  // id of the indicator that it names; "" if none
	Sure       bool    // by an official name, or by all of an everyday one
	Everyday   bool    // by an everyday name
	before     bool    // of the question before
	start, end int     // where it stands in the folded question, in code points
}

// Own reports whether t is a word of the question itself, not of the one before.
func (t Term) Own() bool { return !t.before }

// An Alt is a term to look for.
type Alt struct {
	Text    string
	Quality float64      // how surely it means the word, 0..1
	Kind    lexicon.Kind // how the lexicon links the word to it; 0 if it does not
	Runes   []rune
}

// A Number is a quantity named in a question.
type Number struct {
	Text  string // folded, as written
	Value float64
	Unit  string // base unit; "" if bare
}

// String returns the reading of the question on one line, for --explain and golden
// files: what is asked, of when, about what.
func (q *Question) String() string {
	if len(q.Parts) > 0 {
		parts := make([]string, len(q.Parts))
		for i, p := range q.Parts {
			parts[i] = p.String()
		}
		return strings.Join(parts, " | ")
	}
	var b strings.Builder
	b.WriteString(q.Question.String())
	for _, x := range []struct {
		name string
		val  any
		show bool
	}{
		{"years", q.Years, len(q.Years) > 0},
		{"times", q.Times, len(q.Times) > 0},
		{"beyond", q.Beyond, q.Beyond != ""},
		{"place", q.Place, q.Place != ""},
	} {
		if x.show {
			fmt.Fprintf(&b, " %s=%v", x.name, x.val)
		}
	}
	for _, t := range q.Terms {
		fmt.Fprintf(&b, " %s", t)
	}
	return b.String()
}

// String returns the word, its weight, and what is looked for in its place.
func (t Term) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%.2f", t.Text, t.Weight)
	if t.Slip != "" {
		fmt.Fprintf(&b, "<%s", t.Slip)
	}
	if !t.Known {
		b.WriteString("!")
	}
	var alts []string
	for _, a := range t.Alts {
		if a.Text != t.Text {
			alts = append(alts, a.Text)
		}
	}
	if len(alts) > 0 {
		fmt.Fprintf(&b, "(%s)", strings.Join(alts, ","))
	}
	return b.String()
}

// About reports whether the question may be answered from time t.
func (q *Question) About(t corpus.Time) bool {
	if len(q.Times) == 0 {
		return true
	}
	for _, x := range q.Times {
		if x == t {
			return true
		}
	}
	return false
}

// Both reports whether the question spans review and plan.
func (q *Question) Both() bool {
	return q.About(corpus.Review) && q.About(corpus.Plan) && len(q.Times) > 0
}

// Said returns the folded text in which what is asked stands: of one that leans on
// another, that of both, unless it names a subject of its own.
func (q *Question) Said() string {
	switch {
	case !q.Follows:
		return q.Words
	case q.Renames && !q.Refers && !q.Elsewhere && slices.ContainsFunc(q.Terms, func(t Term) bool { return t.Own() && t.Known && t.Weight >= Used.Subject }):
		return q.Subject
	}
	return q.Subject + " " + q.Context
}
