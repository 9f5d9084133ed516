package decode

// A grid knows which columns of a table's next rows are covered by a cell of a
// row above. What is covered is written again in each row, so that every row
// says whole what it is about.
type grid struct {
	column int // of the next cell
	below  map[int]*merged
	start  int // for the caller: where the open cell begins in its line
}

// A merged cell reaches into the rows below its own.
type merged struct {
	text  string
	width int
	rows  int // that are left
}

// maxSpan is the most columns or rows that a cell covers: more are a mistake.
const maxSpan = 200

func newGrid() *grid { return &grid{below: make(map[int]*merged)} }

// covered returns what stands in the columns from the next one on that are
// covered from above, a tab after each, and moves past them.
func (g *grid) covered() string {
	out := ""
	for {
		m := g.below[g.column]
		if m == nil || m.rows <= 0 || m.width <= 0 {
			return out
		}
		m.rows--
		out += m.text + "\t"
		g.column += m.width
	}
}

// place puts a cell of a width at the next column; it covers so many rows below.
func (g *grid) place(text string, width, rows int) {
	delete(g.below, g.column)
	if rows > 0 && len(g.below) < maxMerged {
		if len(text) > maxRepeated {
			text = ""
		}
		g.below[g.column] = &merged{text: text, width: width, rows: rows}
	}
	g.column += width
}

const (
	maxMerged = 50 // cells that reach down at a time

	// maxRepeated is the most bytes of a merged cell that are written again.
	maxRepeated = 300
)

func (g *grid) endRow() { g.column = 0 }
