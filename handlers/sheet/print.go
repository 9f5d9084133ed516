package sheet

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"jinwen/corpus"
)

// printable sets a sheet up for paper: A4 across, as wide as one page, the head
// on every page, the number of the page at the foot.
func printable(x *excelize.File, name string, columns, rows int, title string) error {
	yes, across, a4, wide, high := true, "landscape", 9, 1, 0
	err := x.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes})
	if err != nil {
		return err
	}
	err = x.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &across, Size: &a4, FitToWidth: &wide, FitToHeight: &high})
	if err != nil {
		return err
	}
	narrow, edge, foot := 0.4, 0.5, 0.25 // inches
	err = x.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow, Top: &edge, Bottom: &edge, Header: &foot, Footer: &foot, Horizontally: &yes})
	if err != nil {
		return err
	}
	// In headers and footers & begins a code: &P is the page, && the sign itself.
	err = x.SetHeaderFooter(name, &excelize.HeaderFooterOptions{
		OddHeader: "&L&9" + footText(title) + "&R&9&A", OddFooter: "&C&9第 &P 页，共 &N 页",
	})
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(columns, rows, true)
	if err != nil {
		return err
	}
	for _, n := range []excelize.DefinedName{
		{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$1", name), Scope: name},
		{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("'%s'!$A$1:%s", name, last), Scope: name},
	} {
		if err := x.SetDefinedName(&n); err != nil {
			return err
		}
	}
	return nil
}

// onPaper returns how many of a sheet's columns are printed, from the first on.
func onPaper(name string, columns []column) int {
	if name == CommitmentSheet {
		return slices.IndexFunc(columns, func(c column) bool { return c.title == placeColumn }) + 1
	}
	return len(columns)
}

// footText returns s as the text of a header, which takes some 200 characters.
func footText(s string) string {
	var out []rune
	for _, c := range s {
		if c == '&' {
			out = append(out, '&')
		}
		if out = append(out, c); len(out) > 100 {
			break
		}
	}
	return string(out)
}

// states are the stages of a commitment in the ledger.
var states = []string{"未开始", "进行中", "已完成", "滞后", "不再推进"}

// choices gives the ledger its lists: the state, and the departments, which may
// be added to in the hidden sheet and need not be of the list.
func choices(x *excelize.File, r *corpus.Report, last int) error {
	if _, err := x.NewSheet(ListSheet); err != nil {
		return err
	}
	departments := organisations(r)
	for i, list := range [][]string{states, departments} {
		for j, s := range list {
			cell, err := excelize.CoordinatesToCellName(i+1, j+1)
			if err != nil {
				return err
			}
			if err := x.SetCellValue(ListSheet, cell, Safe(s)); err != nil {
				return err
			}
		}
	}
	if err := x.SetSheetVisible(ListSheet, false); err != nil {
		return err
	}
	if last < 2 {
		return nil
	}
	who := fmt.Sprintf("'%s'!$B$1:$B$%d", ListSheet, len(departments)+50) // room for more
	for _, drop := range []struct{ title, list string }{
		{stateColumn, fmt.Sprintf("'%s'!$A$1:$A$%d", ListSheet, len(states))},
		{leadColumn, who},
		{helpColumn, who},
	} {
		col, err := excelize.ColumnNumberToName(slices.IndexFunc(commitmentColumns, func(c column) bool { return c.title == drop.title }) + 1)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = fmt.Sprintf("%s2:%s%d", col, col, last)
		v.SetSqrefDropList(drop.list)
		v.ShowErrorMessage = drop.title == stateColumn
		if err := x.AddDataValidation(CommitmentSheet, v); err != nil {
			return err
		}
	}
	return nil
}

// organisations returns the bodies that commitments name, the most often named
// first.
func organisations(r *corpus.Report) []string {
	count := make(map[string]int)
	var out []string
	for i := range r.Commitments {
		for _, o := range r.Commitments[i].Organisations {
			if count[o]++; count[o] == 1 {
				out = append(out, o)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return count[b] - count[a] })
	return out
}
