package sheet

import (
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A Table is any list as a spreadsheet: its rows under their head on the first
// sheet, where they come from and how they were chosen on the second.
type Table struct {
	Title   string
	Head    []string // lines on the second sheet
	Columns []string
	Rows    [][]string
}

// Widths of the columns of a Table, in characters.
const (
	minColumn = 8
	maxColumn = 60
)

// WriteTable writes t to w. What looks like a number is one.
func WriteTable(w io.Writer, t Table) error {
	x := excelize.NewFile()
	defer x.Close()
	const first, second = "表", "说明"
	if err := x.SetSheetName("Sheet1", first); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if _, err := x.NewSheet(second); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	columns := make([]column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = column{c, minColumn, false}
		longest := utf8.RuneCountInString(c)
		for _, r := range t.Rows {
			longest = max(longest, utf8.RuneCountInString(r[i]))
		}
		columns[i].width = float64(min(max(2*longest+2, minColumn), maxColumn))
		columns[i].wrap = 2*longest+2 > maxColumn
	}
	rows := make([][]any, len(t.Rows))
	for i, r := range t.Rows {
		for _, s := range r {
			var v any = s
			if n, err := strconv.ParseFloat(s, 64); err == nil && s == strconv.FormatFloat(n, 'f', -1, 64) {
				v = n
			}
			rows[i] = append(rows[i], v)
		}
	}
	if err := fill(x, first, columns, rows); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if err := printable(x, first, len(columns), len(rows)+1, t.Title); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	for i, line := range append([]string{t.Title}, t.Head...) {
		if err := x.SetCellValue(second, "A"+strconv.Itoa(i+1), Safe(line)); err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
	}
	if err := x.SetColWidth(second, "A", "A", 2*maxColumn); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if err := x.SetDocProps(&excelize.DocProperties{Title: t.Title}); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if err := x.Write(w); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}
