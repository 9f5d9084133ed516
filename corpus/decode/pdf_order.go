package decode

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"jinwen/corpus/zh"
)

// A pdfLine is a line of the text: what stands on one line of a page or column,
// or a whole row of a table.
type pdfLine struct {
	piece
	region region // the column or page that it is set in
	row    bool   // a row of a table, whole
	lead   string // white space before the text, kept where a paragraph begins
}

// A region is what lines are set in: a page, or a column of one.
type region struct {
	page, column int // column 0 is the page as a whole
}

// A cell is a stack of pieces: a cell of a table, or a column of a page.
type cell []piece

func (c cell) left() float64 {
	x := math.Inf(1)
	for _, p := range c {
		x = min(x, p.left)
	}
	return x
}

func (c cell) right() float64 {
	x := math.Inf(-1)
	for _, p := range c {
		x = max(x, p.right)
	}
	return x
}

func (c cell) text() string {
	var b strings.Builder
	var last piece
	for i, p := range c {
		if i > 0 && isLatin(zh.LastRune(last.text)) && isLatin(zh.FirstRune(p.text)) {
			b.WriteByte(' ')
		}
		b.WriteString(p.text)
		last = p
	}
	return b.String()
}

const (
	columnLines = 5   // two stacks of this many lines side by side are columns; cells have fewer
	columnWidth = 8.0 // of glyphs: narrower ones are cells whatever they hold
	columnFull  = 0.6 // share of the lines of a column that reach its edge
	columnRows  = 6   // rows side by side that may be columns painted across
	apartLines  = 3.0 // sizes between two lines that are not of one column
	badOrder    = 0.2 // share of steps back up the page from which on the order of painting is no order of reading
)

// readingOrder returns the lines of a page as they are read. Programs paint
// text in the order in which it is read, cell by cell and column by column, and
// that order is kept. Parts that were painted out of their place are put in it;
// where the order goes back up the page again and again, the lines are taken
// from top to bottom instead.
//
// columns are where those of the pages before began, as few lines in columns
// look like a row of a table; those of this page are kept in it.
func readingOrder(page []piece, number int, columns *[]float64) []pdfLine {
	page = slices.DeleteFunc(slices.Clone(page), func(p piece) bool { return p.running })
	var parts [][]piece
	for i, p := range page {
		if i == 0 || back(page[i-1], p) {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], p)
	}
	switch {
	case len(parts) > 3 && float64(len(parts)) > badOrder*float64(len(page)):
		sorted := make([]piece, 0, len(page))
		for _, row := range rows(page) {
			for _, p := range row {
				sorted = append(sorted, *p)
			}
		}
		page = sorted
	case apart(parts):
		slices.SortStableFunc(parts, func(a, b []piece) int { return cmp.Compare(top(b), top(a)) })
		page = slices.Concat(parts...)
	}
	return pageLines(pageRows(page), number, columns)
}

// back reports whether b, painted after a, is read before it: above it, or left
// of it on the same line.
func back(a, b piece) bool {
	if b.base > a.base+rowTolerance*a.size {
		return b.left < a.right
	}
	return b.base > a.base-rowTolerance*a.size && b.right < a.left+0.3*a.size
}

// apart reports whether each of the parts lies wholly above or below the others.
func apart(parts [][]piece) bool {
	order := slices.Clone(parts)
	slices.SortStableFunc(order, func(a, b []piece) int { return cmp.Compare(top(b), top(a)) })
	for i := 1; i < len(order); i++ {
		if top(order[i]) > bottom(order[i-1])-rowTolerance*order[i][0].size {
			return false
		}
	}
	return true
}

func top(part []piece) float64 {
	return slices.MaxFunc(part, func(a, b piece) int { return cmp.Compare(a.base, b.base) }).base
}

func bottom(part []piece) float64 {
	return slices.MinFunc(part, func(a, b piece) int { return cmp.Compare(a.base, b.base) }).base
}

// pageRows cuts pieces into rows of cells. A line of running text is a row of
// one cell of one piece.
func pageRows(page []piece) [][]cell {
	var out [][]cell
	for i := 0; i < len(page); {
		// A stack: pieces below each other.
		j := i + 1
		for j < len(page) && below(page[j-1], page[j]) {
			j++
		}
		stack := page[i:j]
		if j == len(page) || !rightOf(page[j-1], page[j]) {
			out = appendStack(out, stack)
			i = j
			continue
		}
		// Right of it stands another: the end of the first one is a cell.
		next := page[j]
		k := cellStart(stack, page[j:])
		out = appendStack(out, stack[:k])
		row := []cell{cell(stack[k:])}
		for j < len(page) && rightOf(row[len(row)-1][len(row[len(row)-1])-1], page[j]) {
			edge := row[len(row)-1].right()
			next = page[j]
			if next.left < edge-0.5*next.size {
				break
			}
			n := j + 1
			for n < len(page) && below(page[n-1], page[n]) && page[n].left >= edge-0.5*page[n].size {
				n++
			}
			row = append(row, cell(page[j:n]))
			j = n
		}
		if len(row) == 1 {
			out = appendStack(out, stack[k:])
		} else {
			out = append(out, row)
		}
		i = j
	}
	return out
}

func appendStack(out [][]cell, stack []piece) [][]cell {
	for _, p := range stack {
		out = append(out, []cell{{p}})
	}
	return out
}

// below reports whether b is the line under a: below it, and not beside it but
// for an indent after a line of a character or two.
func below(a, b piece) bool {
	return b.base < a.base-rowTolerance*min(a.size, b.size) && b.left < a.right+deepIndent*a.size && b.right > a.left-deepIndent*a.size/2
}

// rightOf reports whether b stands right of a, beside it or higher.
func rightOf(a, b piece) bool {
	return b.left > a.right-0.3*a.size && b.base > a.base-rowTolerance*max(a.size, b.size)
}

// cellStart returns the first piece of stack that lies in the same row of a table, or
// the same band of columns, as what follows: all that is left of it and not
// higher than it reaches. A cell of few lines beside one of many is centred.
func cellStart(stack, rest []piece) int {
	last, next := stack[len(stack)-1], rest[0]
	low := next.base
	for i := 1; i < len(rest) && below(rest[i-1], rest[i]) && rest[i].left > last.right-0.5*last.size && rest[i].base > last.base-3*last.size; i++ {
		low = rest[i].base
	}
	top := max(next.base, next.base+low-last.base) + rowTolerance*last.size
	k := len(stack) - 1
	for k > 0 && stack[k-1].right < next.left+0.3*next.size && stack[k-1].base <= top {
		k--
	}
	return k
}

// pageLines makes lines of rows, and puts columns that stand in rows in order.
func pageLines(rows [][]cell, page int, known *[]float64) []pdfLine {
	var out []pdfLine
	columns := 0
	for i := 0; i < len(rows); i++ {
		row := rows[i]
		if n := paintedAcross(rows[i:]); n > 0 {
			first, second := cell{}, cell{}
			edge := gutter(rows[i : i+n])
			for _, r := range rows[i : i+n] {
				for _, c := range r {
					if c[0].left < edge {
						first = append(first, c...)
					} else {
						second = append(second, c...)
					}
				}
			}
			row, i = []cell{first, second}, i+n-1
		}
		switch {
		case len(row) == 1 && len(row[0]) == 1:
			out = append(out, pdfLine{piece: row[0][0], region: region{page, 0}})
		case areColumns(row) || continues(row, *known):
			*known = (*known)[:0]
			for _, c := range row {
				*known = append(*known, c.left())
				columns++
				for _, p := range c {
					out = append(out, pdfLine{piece: p, region: region{page, columns}})
				}
			}
		default:
			out = append(out, tableRow(row, page))
		}
	}
	return out
}

func tableRow(row []cell, page int) pdfLine {
	l := pdfLine{piece: row[0][0], region: region{page, 0}, row: true}
	var cells []string
	letters := true
	for _, c := range row {
		cells = append(cells, c.text())
		l.right = max(l.right, c.right())
		l.base = min(l.base, c[len(c)-1].base)
		letters = letters && len([]rune(c.text())) == 1
	}
	sep := "\t"
	if letters && len(row) > 3 {
		sep = "" // a title whose letters stand far apart
	}
	l.text = strings.Join(cells, sep)
	return l
}

// areColumns reports whether the stacks of a row are columns of running text.
func areColumns(row []cell) bool {
	long := 0
	for _, c := range row {
		if len(c) >= columnLines && c.right()-c.left() > columnWidth*c[0].size {
			long++
		}
	}
	return long >= 2 || long == 1 && len(row) == 2 && lastColumn(row)
}

// continues reports whether the stacks of a row begin where columns did.
func continues(row []cell, known []float64) bool {
	if len(known) < 2 || len(row) > len(known) {
		return false
	}
	for i, c := range row {
		if math.Abs(c.left()-known[i]) > 2.5*c[0].size {
			return false
		}
	}
	return true
}

// lastColumn reports whether the second of two stacks is the short end of a
// text in columns: its lines have the width of the first one's.
func lastColumn(row []cell) bool {
	a, b := row[0], row[1]
	return len(a) >= columnLines && len(b) >= 2 && filled(a) && b.right()-b.left() > 0.8*(a.right()-a.left()) && math.Abs(a[0].base-b[0].base) < 2*a[0].size
}

// filled reports whether most lines of c reach its edge, as lines of text do and
// entries of tables do not.
func filled(c cell) bool {
	full, edge := 0, c.right()
	for _, p := range c {
		if p.right > edge-2*p.size {
			full++
		}
	}
	return float64(full) >= columnFull*float64(len(c)) && edge-c.left() > columnWidth*c[0].size
}

// paintedAcross returns how many of the rows are two columns of text whose lines
// were painted across the page: 0 if they are not.
func paintedAcross(rows [][]cell) int {
	n, pairs := 0, 0
	for i, r := range rows {
		if i > 0 && rows[i-1][0][0].base-r[0][0].base > apartLines*r[0][0].size {
			break
		}
		if len(r) > 2 {
			break
		}
		if len(r) == 2 {
			pairs++
		}
		n++
	}
	for n > 0 && len(rows[n-1]) == 1 { // text below the columns
		if edge := gutter(rows[:n]); rows[n-1][0].right() <= edge || rows[n-1][0].left() >= edge {
			break
		}
		n--
	}
	if pairs < columnRows || len(rows[0]) != 2 {
		return 0
	}
	edge := gutter(rows[:n])
	var first, second cell
	for _, r := range rows[:n] {
		for _, c := range r {
			switch {
			case c.right() <= edge:
				first = append(first, c...)
			case c.left() >= edge:
				second = append(second, c...)
			default:
				return 0 // a line runs across
			}
		}
	}
	if len(second) == 0 || !filled(first) || !filled(second) {
		return 0
	}
	return n
}

// gutter returns where the second column of rows begins.
func gutter(rows [][]cell) float64 {
	x := math.Inf(1)
	for _, r := range rows {
		if len(r) == 2 {
			x = min(x, r[1].left())
		}
	}
	return x - 0.1
}
