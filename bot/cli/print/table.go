package print

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"jinwen/handlers/chat"
)

// Tables are aligned by what a terminal shows: a Chinese character takes two
// columns. On a terminal they fit its width, and long cells wrap; elsewhere a
// row is a line, whatever its length, for grep and its kin.

// A Column of a table.
type Column struct {
	Head  string
	Right bool // numbers
}

// A Style is how a cell looks on a terminal with colours.
type Style string

const (
	Plain  Style = ""
	Bold   Style = "\x1b[1m"
	Dim    Style = "\x1b[2m"
	Red    Style = "\x1b[31m"
	Green  Style = "\x1b[32m"
	Yellow Style = "\x1b[33m"
	Cyan   Style = "\x1b[36m"
	Reset        = "\x1b[0m"
)

type cell struct {
	text  string
	style Style
}

// Of returns a cell that holds text in the style.
func (s Style) Of(text string) cell { return cell{text, s} }

// A Table is rows of cells under the heads of its columns.
type Table struct {
	Columns []Column
	Rows    [][]cell
}

const (
	columnGap = 2
	// minColumn is how far a column is narrowed before the table is allowed to
	// be wider than the terminal: four Chinese characters.
	minColumn = 8
)

// Add appends a row. Names of files and what people asked stand in tables.
func (t *Table) Add(cells ...cell) {
	for i := range cells {
		cells[i].text = chat.Clean(cells[i].text)
	}
	t.Rows = append(t.Rows, cells)
}

func (t *Table) Write(o *Output) error {
	widths := t.fit(o.width)
	head := make([]cell, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = Bold.Of(c.Head)
	}
	for _, row := range append([][]cell{head}, t.Rows...) {
		if err := t.writeRow(o, row, widths, o.Colour); err != nil {
			return err
		}
	}
	return nil
}

// fit returns the columns' widths: as wide as their widest cell, or, if that
// is more than total (and total is not 0), the widest narrowed until it fits.
func (t *Table) fit(total int) []int {
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = textWidth(c.Head)
		for _, row := range t.Rows {
			widths[i] = max(widths[i], textWidth(row[i].text))
		}
	}
	if total == 0 {
		return widths
	}
	for {
		sum, widest := columnGap*(len(widths)-1), 0
		for i, w := range widths {
			sum += w
			if w >= widths[widest] {
				widest = i
			}
		}
		if sum <= total || widths[widest] <= minColumn {
			return widths
		}
		widths[widest]--
	}
}

func (t *Table) writeRow(w io.Writer, row []cell, widths []int, colour bool) error {
	lines := make([][]string, len(row))
	height := 1
	for i, c := range row {
		lines[i] = wrap(c.text, widths[i])
		height = max(height, len(lines[i]))
	}
	for l := range height {
		var b strings.Builder
		pad := 0 // blanks owed; never written at the end of a line
		for i, c := range row {
			text := ""
			if l < len(lines[i]) {
				text = lines[i][l]
			}
			room := max(widths[i]-textWidth(text), 0)
			if t.Columns[i].Right {
				pad += room
				room = 0
			}
			if text != "" {
				b.WriteString(strings.Repeat(" ", pad))
				pad = 0
				if colour && c.style != Plain {
					text = string(c.style) + text + Reset
				}
				b.WriteString(text)
			}
			pad += room + columnGap
		}
		if _, err := fmt.Fprintln(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// textWidth returns how many columns of a terminal s takes.
func textWidth(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// runeWidth goes by Unicode's East Asian Width (UAX #11). Ambiguous characters
// (“”—…) count one column, as terminals have it unless told otherwise.
func runeWidth(r rune) int {
	if r < 0x20 || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// wrap cuts s into lines of at most n columns: between Chinese characters,
// not inside a number or a Latin word, and never so that a line begins with
// 、，。 or the like. What cannot be cut otherwise is cut anyway.
func wrap(s string, n int) []string {
	if textWidth(s) <= n {
		return []string{s}
	}
	var lines []string
	rs := []rune(s)
	for len(rs) > 0 {
		end, w := 0, 0
		for end < len(rs) && w+runeWidth(rs[end]) <= n {
			w += runeWidth(rs[end])
			end++
		}
		end = max(end, 1)
		if end < len(rs) {
			cut := end
			for cut > 0 && !mayBreak(rs[cut-1], rs[cut]) {
				cut--
			}
			if cut > 0 {
				end = cut
			}
		}
		lines = append(lines, strings.TrimRight(string(rs[:end]), " "))
		rs = rs[end:]
		for len(rs) > 0 && rs[0] == ' ' {
			rs = rs[1:]
		}
	}
	return lines
}

// mayBreak reports whether a line may end between two characters.
func mayBreak(before, after rune) bool {
	return !(narrow(before) && narrow(after)) &&
		!strings.ContainsRune("，。、；：？！”’）》】」』%％", after) &&
		!strings.ContainsRune("“‘（《【「『", before)
}

func narrow(r rune) bool { return r > ' ' && r < 0x2000 }
