// Package question reads what people write: [Read] turns a message into a
// [Question], plain data that knows no report and no index.
//
// A Question is slots: what is asked (a number, a list, …), about what, of
// when, of where. It can be stored as JSON, printed, compared and answered
// again; buttons, further pages and follow-ups keep it instead of the text.
// What the slots mean to one report (which of its years 去年 is, which of its
// words are meant) the index finds out when it answers.
//
// Reading takes time linear in the length of the text, of which no more than
// [MaxText] characters are read.
package question

import (
	"fmt"
	"strings"

	"jinwen/corpus"
)

// Ask is what a question asks for.
type Ask string

const (
	Any        Ask = "any"        // what the report says about it
	Whether    Ask = "whether"    // whether something is so, was done, will be
	Number     Ask = "number"     // how many, how much
	List       Ask = "list"       // which ones
	Compare    Ask = "compare"    // how two years, or two things, compare
	Definition Ask = "definition" // what a name stands for
	Outline    Ask = "outline"    // the headings
	Mention    Ask = "mention"    // where it is spoken of
	Ranking    Ask = "ranking"    // which place is first
	Kept       Ask = "kept"       // whether a target was reached
	About      Ask = "about"      // about the report itself: Topic says what
	Talk       Ask = "talk"       // about the bot, or no question at all: Topic says what
)

// Lang is the language and script that a question is written in.
type Lang string

const (
	Hans    Lang = "zh-Hans"
	Hant    Lang = "zh-Hant"
	English Lang = "en"
)

// Tense is which part of a report the wording points to, where no year does.
type Tense string

const (
	Past   Tense = "past"   // 修了多少, 完成情况
	Future Tense = "future" // 打算修多少, 会不会
)

// Qualifier is the question word besides what is asked for.
type Qualifier string

const (
	Who   Qualifier = "who"
	Where Qualifier = "where"
	When  Qualifier = "when"
	Why   Qualifier = "why"
	How   Qualifier = "how"
)

// A Question is what was understood of a message. The zero value asks nothing.
type Question struct {
	Text string `json:"text"` // as written, at most MaxText characters
	Lang Lang   `json:"lang,omitempty"`
	Ask  Ask    `json:"ask"`

	Words   string   `json:"words,omitempty"`   // Text folded and in Simplified characters, with its spaces
	Subject string   `json:"subject,omitempty"` // Words without years and parts of years: what it is about
	Context string   `json:"context,omitempty"` // the subject of the question before, on which this one leans
	Names   []string `json:"names,omitempty"`   // words that English writes with a capital, folded

	Concepts  []string       `json:"concepts,omitempty"`  // indicators named, by their id, in order
	Places    []string       `json:"places,omitempty"`    // places named, by their full name, in order
	Spots     []string       `json:"spots,omitempty"`     // places named, in the words of the text
	Verbs     []string       `json:"verbs,omitempty"`     // a list of all that is begun, issued, … is asked for, and nothing else named
	Targets   bool           `json:"targets,omitempty"`   // the year's targets as such are asked for
	Periods   []Period       `json:"periods,omitempty"`   // years named, in order
	PartYear  string         `json:"part_year,omitempty"` // 上半年, 3月: less than a year
	Tense     Tense          `json:"tense,omitempty"`
	Nature    corpus.Nature  `json:"nature,omitempty"`  // a target is asked for, or a result; "" if open
	Measure   corpus.Measure `json:"measure,omitempty"` // growth, share, rank; "" if open
	Level     bool           `json:"level,omitempty"`   // an amount is asked for, not a rate
	Amount    bool           `json:"amount,omitempty"`  // an amount is asked for beside a rate
	Several   bool           `json:"several,omitempty"` // what several years make, or come to on average
	Against   string         `json:"against,omitempty"` // what the number is to be told against: 全国
	Ordinal   int            `json:"ordinal,omitempty"` // which of the things answered last: 第二个; -1 the last
	Most      int            `json:"most,omitempty"`    // which of the things answered last is first, or last (-1), by its number
	Counted   int            `json:"counted,omitempty"` // how many these are, if Most says so
	Itemizes  bool           `json:"items,omitempty"`   // which the things are that Numbers counts
	Means     string         `json:"means,omitempty"`   // the name whose meaning is asked for, and nothing else
	InYear    bool           `json:"inYear,omitempty"`  // what one year alone made, after all there is by now
	Stock     bool           `json:"stock,omitempty"`   // all there is by now, not what was added
	Each      bool           `json:"each,omitempty"`    // a number of each thing named
	Defines   bool           `json:"defines,omitempty"` // asks what a name stands for
	Unit      string         `json:"unit,omitempty"`    // asked for; "" if open
	Counter   string         `json:"counter,omitempty"` // measure word that things are counted in
	Numbers   []Quantity     `json:"numbers,omitempty"` // quantities named
	Premises  []Premise      `json:"premises,omitempty"`
	Qualifier Qualifier      `json:"qualifier,omitempty"`
	Topic     string         `json:"topic,omitempty"` // of About and Talk

	Aim      bool `json:"aim,omitempty"`      // worded for a target
	AimNamed bool `json:"aimNamed,omitempty"` // 目标 itself is named
	More     bool `json:"more,omitempty"`     // asks for more of the same
	Follows  bool `json:"follows,omitempty"`  // slots were kept from the question before
	AskKept  bool `json:"askKept,omitempty"`  // among them what is asked
	TimeKept bool `json:"timeKept,omitempty"` // among them the period
	KindKept bool `json:"kindKept,omitempty"` // among them the kind of number: measure, unit, measure word
	Refers   bool `json:"refers,omitempty"`   // by a pronoun: 它

	Renames   bool `json:"renames,omitempty"`   // it follows, and names another subject for the same question
	Does      bool `json:"does,omitempty"`      // it follows, and names only what is done: the subject is Context
	Elsewhere bool `json:"elsewhere,omitempty"` // it follows, and names no more than another place

	Not   *Question   `json:"not,omitempty"`   // what it says that it does not mean
	Parts []*Question `json:"parts,omitempty"` // single questions of a message that asks several
}

// A Period is a year that a question names.
type Period struct {
	Year   int  `json:"year,omitempty"`   // absolute; 0 if relative
	Offset int  `json:"offset,omitempty"` // to the year of the plan, if relative: 去年 is -1
	Bare   bool `json:"bare,omitempty"`   // two digits without 年: a year only if the report covers it
	Both   bool `json:"both,omitempty"`   // 两年: one of the two that the report is about
}

// In returns the year that p means in a report whose plan is for the year plan.
func (p Period) In(plan int) int {
	if p.Year != 0 {
		return p.Year
	}
	return plan + p.Offset
}

func (p Period) String() string {
	if p.Year != 0 {
		return fmt.Sprint(p.Year)
	}
	return fmt.Sprintf("%+d", p.Offset)
}

// A Quantity is a number that a question names, with what follows it.
type Quantity struct {
	Text  string  `json:"text"` // folded, as written, without the tail
	Value float64 `json:"value"`
	Tail  string  `json:"tail,omitempty"` // up to three characters behind it, among them its unit
	Start int     `json:"start"`          // in bytes of Subject
	End   int     `json:"end"`            // behind the number, in bytes of Subject
}

// PremiseKind is what a question takes for granted.
type PremiseKind string

const (
	Rose      PremiseKind = "rose"      // 涨了, 增加
	Fell      PremiseKind = "fell"      // 下滑, 减少
	Cancelled PremiseKind = "cancelled" // 取消, 停办
	First     PremiseKind = "first"     // 第一, 最高
)

// A Premise is what a question takes for granted, in its own word.
type Premise struct {
	Kind PremiseKind `json:"kind"`
	Text string      `json:"text"`
}

// Open reports whether the question asks for no more than what the report says.
func (q *Question) Open() bool {
	switch q.Ask {
	case Any, Whether, Definition, Mention, Kept, Ranking:
		return true
	}
	return false
}

// String returns the reading on one line, for --explain and golden files.
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
	slot := func(name string, val any, show bool) {
		if show {
			fmt.Fprintf(&b, " %s=%v", name, val)
		}
	}
	slot("topic", q.Topic, q.Topic != "")
	slot("concepts", q.Concepts, len(q.Concepts) > 0)
	slot("periods", q.Periods, len(q.Periods) > 0)
	slot("part", q.PartYear, q.PartYear != "")
	slot("tense", q.Tense, q.Tense != "")
	slot("nature", q.Nature, q.Nature != "")
	slot("places", q.Places, len(q.Places) > 0)
	slot("spots", q.Spots, len(q.Spots) > 0)
	slot("verbs", q.Verbs, len(q.Verbs) > 0)
	slot("against", q.Against, q.Against != "")
	slot("ordinal", q.Ordinal, q.Ordinal != 0)
	slot("measure", q.Measure, q.Measure != "")
	slot("most", q.Most, q.Most != 0)
	slot("means", q.Means, q.Means != "")
	for _, x := range []struct {
		name string
		on   bool
	}{{"items", q.Itemizes}, {"in year", q.InYear}, {"level", q.Level}, {"amount", q.Amount}, {"several", q.Several}, {"stock", q.Stock}, {"each", q.Each}, {"defines", q.Defines}, {"aim", q.Aim}, {"more", q.More}, {"follows", q.Follows}} {
		if x.on {
			b.WriteString(" " + x.name)
		}
	}
	slot("unit", q.Unit, q.Unit != "")
	slot("counter", q.Counter, q.Counter != "")
	slot("who/where", q.Qualifier, q.Qualifier != "")
	for _, p := range q.Premises {
		fmt.Fprintf(&b, " %s=%s", p.Kind, p.Text)
	}
	for _, n := range q.Numbers {
		fmt.Fprintf(&b, " number=%s", n.Text)
	}
	fmt.Fprintf(&b, " %q", strings.Join(strings.Fields(q.Subject), " "))
	if q.Not != nil {
		slot("not", strings.TrimPrefix(q.Not.String(), string(q.Not.Ask)), true)
	}
	slot("context", fmt.Sprintf("%q", q.Context), q.Context != "")
	return b.String()
}
