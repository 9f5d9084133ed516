package corpus

// A Section is a node of the outline.
type Section struct {
	Parent  int    // index in Report.Sections; -1 at the top
	Level   int    // 1 is a part (一、), 2 a section below it, …
	Mark    string // 一、 or （一） or 一是 as printed; "" of a lead phrase
	Title   string // without mark and final full stop
	Heading Span   // mark and title as printed
	Span           // heading and everything below it
	Inline  bool   // the heading opens its paragraph instead of filling a line
	Time    Time
	Zone    Zone // that of its first paragraph
}
