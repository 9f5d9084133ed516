package index

import (
	"fmt"
	"strings"

	"jinwen/corpus"
)

// Ask is what a question asks for.
type Ask string

const (
	AskAny     Ask = "any"     // what the report says about it
	AskNumber  Ask = "number"  // how many, how much
	AskList    Ask = "list"    // which ones
	AskCompare Ask = "compare" // how two years, or two things, compare
	AskOutline Ask = "outline" // the headings
)

// Lang is the language and script that a question is written in.
type Lang string

const (
	Hans    Lang = "zh-Hans"
	Hant    Lang = "zh-Hant"
	English Lang = "en"
)

// A Question is what was understood of a text. It prints itself.
type Question struct {
	Text string // as asked
	Lang Lang
	Ask  Ask

	Years  []int         // the years meant, of those that the report covers, as named
	Times  []corpus.Time // the parts of the report that they, or the wording, point to
	Beyond string        // a year named that the report does not cover; "" if none
	Place  string        // another place named as the subject; "" if none

	Terms   []Term         // telling words, in order
	Measure corpus.Measure // what is asked about the number: growth, share, rank; "" if open
	Level   bool           // an amount is asked for, not a rate
	Amount  bool           // an amount is asked for beside a rate
	Stock   bool           // all there is by now is asked for, not what was added
	Unit    string         // unit asked for; "" if open
	Each    bool           // a number of each thing named is asked for
	Aim     bool           // a target is asked for by name
	Numbers []Number       // quantities named in the question, to find what they measure

	said    string // the text, folded
	Chat    bool   // a greeting or thanks
	counter string // measure word that things are counted in; "" if open
	defines bool   // asks what a name stands for
	more    bool   // asks for more of the same
	work    *effort

	Parts []*Question // single questions of a message that asks several
}

// A Term is a telling word of a question with what may stand for it.
type Term struct {
	Text   string  // folded
	Alts   []Alt   // best first; the word itself, unless the report does not have it
	Weight float64 // how much finding it tells, 0..1
	Known  bool    // some alternative stands in the report
	Slip   string  // what was written, if Text mends a slip of the pen

	series     []int32 // where the list stands that Text names by its count
	place      bool    // names a place
	lex        bool    // the lexicon knows it
	district   bool    // names a part of the place that reports
	joined     bool    // of single characters that gojieba left over
	name       bool    // an identifier: without it nothing else in the question tells
	start, end int     // where it stands in the folded question, in code points
}

// An Alt is a term to look for.
type Alt struct {
	Text    string
	Quality float64 // how surely it means the word, 0..1
	runes   []rune
}

// A Number is a quantity named in a question.
type Number struct {
	Text  string // folded, as written
	Value float64
	Unit  string // base unit; "" if bare
}

// String is the reading of the question on one line, for --explain and golden
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
	fmt.Fprintf(&b, "%s", q.Ask)
	for _, x := range []struct {
		name string
		val  any
		show bool
	}{
		{"years", q.Years, len(q.Years) > 0},
		{"times", q.Times, len(q.Times) > 0},
		{"beyond", q.Beyond, q.Beyond != ""},
		{"place", q.Place, q.Place != ""},
		{"measure", q.Measure, q.Measure != ""},
		{"level", q.Level, q.Level},
		{"amount", q.Amount, q.Amount},
		{"stock", q.Stock, q.Stock},
		{"unit", q.Unit, q.Unit != ""},
		{"each", q.Each, q.Each},
		{"aim", q.Aim, q.Aim},
		{"chat", q.Chat, q.Chat},
	} {
		if x.show {
			fmt.Fprintf(&b, " %s=%v", x.name, x.val)
		}
	}
	for _, n := range q.Numbers {
		fmt.Fprintf(&b, " number=%s", n.Text)
	}
	for _, t := range q.Terms {
		fmt.Fprintf(&b, " %s", t)
	}
	return b.String()
}

// String is the word, its weight, and what is looked for in its place.
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

// about reports whether the question may be answered from time t.
func (q *Question) about(t corpus.Time) bool {
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

// both reports whether the question spans review and plan.
func (q *Question) both() bool {
	return q.about(corpus.Review) && q.about(corpus.Plan) && len(q.Times) > 0
}
