package index

// A Question is what was understood of a text. It prints itself.
type Question struct {
	Text string // as asked
}

// String is the reading of the question on one line, for --explain and golden files.
func (q *Question) String() string { return q.Text }
