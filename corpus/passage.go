package corpus

// MaxPassage is the most code points that a passage holds.
const MaxPassage = 300

// A Passage is what is retrieved and quoted: a sentence (with the lead phrase
// that opens its topic), or neighbouring clauses of a sentence that is too
// long. Every character of the body other than white space is in exactly one.
type Passage struct {
	Span
	ID      string // "p" and the passage's number in the report, from 1
	Section int    // index in Report.Sections; -1 outside the outline
	Time    Time
	Zone    Zone
}
