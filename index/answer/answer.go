package answer

import (
	"jinwen/corpus"
	"jinwen/index/resolve"
)

// Status says whether the report has an answer.
type Status string

const (
	Answered Status = "answered"
	Nearest  Status = "nearest"   // the subject is in the report, but not all that is asked of it: Missing says what
	NotFound Status = "not_found" // nothing near
	Clarify  Status = "clarify"   // it must be asked back
	Talk     Status = "talk"      // about the bot or the report as a whole: Question.Topic says what
)

// Reason says why a question was not answered from the report.
type Reason string

const (
	ReasonNone       Reason = ""
	ReasonAbsent     Reason = "absent"      // the report does not mention it
	ReasonOtherPlace Reason = "other_place" // it is about another city
	ReasonOtherYear  Reason = "other_year"  // the report does not cover that year
	ReasonNoNumber   Reason = "no_number"   // mentioned, but without the number asked for
	ReasonSmallTalk  Reason = "small_talk"  // a greeting, thanks: no question at all
	ReasonEmpty      Reason = "empty"       // nothing but punctuation or question words
)

// Slot is a part of a question.
type Slot string

const (
	SlotThing     Slot = "thing"     // what it is about
	SlotPlace     Slot = "place"     // a place or district
	SlotPeriod    Slot = "period"    // a year, or a part of one
	SlotWhen      Slot = "when"      // the time asked for
	SlotMeasure   Slot = "measure"   // growth, share, rank
	SlotNumber    Slot = "number"    // the number asked for
	SlotQualifier Slot = "qualifier" // who, where, when, why
	SlotPremise   Slot = "premise"   // what the question takes for granted
	SlotItems     Slot = "items"     // which the things are that the report counts
	SlotMeaning   Slot = "meaning"   // what a name stands for
	SlotAlone     Slot = "alone"     // what one year alone made
)

// A Missing is a slot that the question names and the report does not have.
type Missing struct {
	Slot Slot
	Text string // in the words of the question
}

// Kind is the form of an answer.
type Kind string

const (
	KindFigure  Kind = "figure"  // a number, or a few that belong together
	KindCompare Kind = "compare" // the two years' numbers, or two indicators'
	KindList    Kind = "list"    // items
	KindPassage Kind = "passage" // what the report says on the matter
	KindTopic   Kind = "topic"   // one word: done, planned, main figures
	KindOutline Kind = "outline" // headings
)

// A Hit is a passage that was found.
type Hit struct {
	Passage int         // index in Report.Passages
	Focus   corpus.Span // the part of it that says it; the whole passage if no part stands out
	Score   float64     // compares only within one Answer
	Parts   []Part      // what the score is made of; only of an explained question
}

// A Part is one addend of a score.
type Part struct {
	Name  string
	Value float64
}

// An Answer is what the report says to a question. Everything in it is a
// place in Report.
type Answer struct {
	Report   *corpus.Report
	Question *resolve.Question
	Status   Status
	Reason   Reason
	Subject  string    // of Reason: the place, year or words that the report does not have
	Missing  []Missing // Nearest: the slots that the report does not have
	Places   []string  // asked for: names of places, in the order of the text
	Kind     Kind

	Hits        []Hit // best first; passages that are quoted
	Figures     []int // indices in Report.Figures, best first
	Direct      int   // how many of Figures answer the question itself; the rest stand beside them
	Commitments []int // indices in Report.Commitments, best first
	Sections    []int // indices in Report.Sections: the outline asked for, in order
	More        int   // hits as good as those shown that were left out
	Near        []int // NotFound: indices in Report.Sections of the nearest topics

	Across *Across // what several reports say, in the place of all the above; nil if one report answers
	Named  bool    // one report of many answers: the reply must say which

	// Parts are the answers to the single questions of a message that asks
	// more than one; then the fields above are their union.
	Parts []*Answer
}
