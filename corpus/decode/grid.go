package decode

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

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

// A docxTable is an open table; its row is a part of the line.
type docxTable struct {
	grid
	cells  int // depth of open cells: 1 or 0
	width  int // columns of the open cell
	merged int // 1 if it begins a cell over rows, 2 if it goes on with one
}

// cellBreak separates the paragraphs of a cell until the row is whole: it is no
// character of XML.
const cellBreak = '\x01'

func (w *docxWriter) startTable(t xml.StartElement) {
	switch t.Name.Local {
	case "tbl":
		w.tables = append(w.tables, &docxTable{grid: *newGrid()})
	}
	table := w.table()
	if table == nil {
		return
	}
	switch t.Name.Local {
	case "gridBefore":
		n, _ := strconv.Atoi(attr(t, "val"))
		table.column += min(max(n, 0), maxSpan)
	case "tc":
		table.cells, table.width, table.merged = 1, 1, 0
		table.start = len(w.line)
	case "gridSpan":
		if n, err := strconv.Atoi(attr(t, "val")); err == nil && n > 0 {
			table.width = min(n, maxSpan)
		}
	case "vMerge":
		table.merged = 2
		if attr(t, "val") == "restart" {
			table.merged = 1
		}
	}
}

func (w *docxWriter) table() *docxTable {
	if n := len(w.tables); n > 0 {
		return w.tables[n-1]
	}
	return nil
}

// inCell reports whether the line is a row of a table.
func (w *docxWriter) inCell() bool {
	for _, t := range w.tables {
		if t.cells > 0 {
			return true
		}
	}
	return false
}

func (w *docxWriter) endTable(name string) {
	table := w.table()
	if table == nil {
		return
	}
	switch name {
	case "tc":
		table.cells = 0
		w.line = bytes.TrimRight(w.line, " \x01")
		own := string(w.line[min(table.start, len(w.line)):])
		switch m := table.below[table.column]; {
		case table.merged == 2 && m != nil:
			if strings.TrimSpace(own) == "" {
				w.line = append(w.line, m.text...)
			}
			table.column += table.width
		case table.merged == 1:
			table.place(own, table.width, 1)
		default:
			table.place(own, table.width, 0)
		}
		w.line = append(w.line, '\t')
	case "tr":
		table.endRow()
		w.line = bytes.TrimRight(w.line, " \t")
		if !w.inCell() {
			w.line = wholeRow(w.line)
		}
		w.endLine()
	case "tbl":
		w.tables = w.tables[:len(w.tables)-1]
	}
}

// wholeRow makes a line of a row; several where a table holds the text itself.
func wholeRow(row []byte) []byte {
	for cell := range bytes.SplitSeq(row, []byte("\t")) {
		if len(cell) > maxCell && bytes.Count(cell, []byte{cellBreak}) > 1 {
			return bytes.ReplaceAll(bytes.ReplaceAll(row, []byte{cellBreak}, []byte("\n")), []byte("\t"), []byte("\n"))
		}
	}
	return bytes.ReplaceAll(row, []byte{cellBreak}, []byte(" "))
}
