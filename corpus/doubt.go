package corpus

// A Doubt is something that the parse is unsure of, and where.
type Doubt struct {
	Span
	Kind DoubtKind `json:"kind"`
	Text string    `json:"text,omitempty"` // what it is about: a title, a value, the years
}

// DoubtKind is what the parse is unsure of.
type DoubtKind string

const (
	DoubtNoPlace  DoubtKind = "no_place"     // no place found
	DoubtNoYear   DoubtKind = "no_year"      // no year found
	DoubtTwoYears DoubtKind = "two_years"    // signs of two different years: Text
	DoubtNoParts  DoubtKind = "no_parts"     // no part with a heading
	DoubtPartGap  DoubtKind = "part_missing" // 一、 and 三、 without 二、: Text is the part behind the gap
	DoubtNoPlan   DoubtKind = "no_plan"      // nothing looks forward
	DoubtNoReview DoubtKind = "no_review"    // nothing looks back
	DoubtLongPart DoubtKind = "no_headings"  // a long part without a heading in it: Text is its title
	DoubtNoName   DoubtKind = "no_indicator" // a figure of which nobody says what it measures: Text is its value
	DoubtLostText DoubtKind = "lost_text"    // characters that could not be read: Text says how many
	DoubtNoText   DoubtKind = "empty_page"   // a page of the file without text: Text is its number
)

// String says it in English, without its place.
func (d Doubt) String() string {
	switch d.Kind {
	case DoubtNoPlace:
		return "no place found: name it with --place"
	case DoubtNoYear:
		return "no year found: name it with --year"
	case DoubtTwoYears:
		return "signs of two years: " + d.Text
	case DoubtNoParts:
		return "no part with a heading found"
	case DoubtPartGap:
		return "a part seems to be missing before " + d.Text
	case DoubtNoPlan:
		return "nothing in it looks forward: no plan found"
	case DoubtNoReview:
		return "nothing in it looks back: no review found"
	case DoubtLongPart:
		return "a long part without headings: " + d.Text
	case DoubtNoName:
		return "what is measured by " + d.Text + "?"
	case DoubtLostText:
		return "could not be read: " + d.Text
	case DoubtNoText:
		return "page " + d.Text + " has no text: a picture?"
	}
	return string(d.Kind)
}
