package corpus

// A Zone says what a stretch of a report is for, by its content: headings help
// and may be missing, slogans, or in no order.
type Zone string

const (
	ZoneTitle      Zone = "title"       // title, meeting, date, speaker
	ZoneSalutation Zone = "salutation"  // 各位代表：现在，我代表…
	ZoneReview     Zone = "review"      // what was done in the year under review
	ZoneFiveReview Zone = "five_review" // what was done in the five years before
	ZonePlan       Zone = "plan"        // what the coming year shall bring
	ZoneFivePlan   Zone = "five_plan"   // what the coming five years shall bring
	ZoneOwnWork    Zone = "own_work"    // 政府自身建设
	ZoneClosing    Zone = "closing"     // 让我们更加紧密地团结…
	ZoneGlossary   Zone = "glossary"    // 名词解释
	ZoneAppendix   Zone = "appendix"    // 附件, tables and lists behind the report
	ZoneFurniture  Zone = "furniture"   // what the page adds: menus, 相关报道, page numbers; no passage
)

// Time returns the time that a zone tells of.
func (z Zone) Time() Time {
	switch z {
	case ZoneReview, ZoneFiveReview:
		return Review
	case ZonePlan, ZoneFivePlan, ZoneOwnWork:
		return Plan
	}
	return Other
}

// A Stretch is a part of the text with its zone.
type Stretch struct {
	Span
	Zone Zone
}

// An Entry is a term that the report explains in its glossary.
type Entry struct {
	Span        // term and explanation
	Term string // without quotation marks: 新质生产力
}
