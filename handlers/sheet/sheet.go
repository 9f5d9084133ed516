// Package sheet writes what a report holds as a spreadsheet (.xlsx): its
// figures, its commitments as a ledger to be filled in by those who follow
// them up, and its pairs. Every row carries the outline path and the verbatim
// clause. No cell ever starts a formula, whatever the report says.
package sheet

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"jinwen/corpus"
)

// Names of the sheets, in their order.
const (
	FigureSheet     = "指标"
	CommitmentSheet = "承诺台账"
	PairSheet       = "对照"
	ListSheet       = "选项" // hidden: what the cells of the ledger choose from
)

// A column of a sheet.
type column struct {
	title string
	width float64 // characters of the default font; Han count two
	wrap  bool
}

var figureColumns = []column{
	{"序号", 6, false}, {"指标", 24, true}, {"年度", 7, false}, {"性质", 7, false}, {"原文数值", 16, true},
	{"限定", 8, false}, {"数值", 15, false}, {"上限", 8, false}, {"单位", 9, false}, {"类别", 7, false},
	{"原文", 46, true}, {"出处", 28, true},
}

// The ledger's columns from 牵头单位 to 进度 are left blank for those who follow
// up. Those behind 出处 are there to choose rows by and are not printed.
var commitmentColumns = []column{
	{"序号", 6, false}, {"承诺事项（原文）", 46, true}, {"量化指标", 22, true}, {"限定", 9, true},
	{leadColumn, 13, true}, {helpColumn, 13, true}, {dueColumn, 12, false}, {stateColumn, 10, false}, {"进度", 20, true},
	{placeColumn, 26, true}, {"主题", 16, true}, {"动作", 8, false}, {"地点", 12, true}, {"机构", 14, true},
}

// Columns of the ledger that have a list to choose from, or a date.
const (
	leadColumn  = "牵头单位"
	helpColumn  = "责任单位"
	dueColumn   = "完成时限"
	stateColumn = "状态"
	placeColumn = "出处"
)

func pairColumns(r *corpus.Report) []column {
	actual, target := "上年实际", "本年目标"
	if r.Year != 0 {
		actual, target = fmt.Sprintf("%d年实际", r.ReviewYear()), fmt.Sprintf("%d年目标", r.Year)
	}
	return []column{
		{"序号", 6, false}, {"指标", 24, true}, {actual, 14, true}, {target, 14, true}, {"单位", 9, false},
		{actual + "（原文）", 40, true}, {"出处", 26, true}, {target + "（原文）", 40, true}, {"出处", 26, true},
	}
}

// Write writes what f takes of r to w. Sheets without a row keep their header.
func Write(w io.Writer, r *corpus.Report, f Filter) error {
	x := excelize.NewFile()
	defer x.Close()
	if err := x.SetSheetName("Sheet1", FigureSheet); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	type tab struct {
		name    string
		columns []column
		rows    [][]any
	}
	tabs := []tab{
		{FigureSheet, figureColumns, figureRows(r, f)},
		{CommitmentSheet, commitmentColumns, commitmentRows(r, f)},
		{PairSheet, pairColumns(r), pairRows(r, f)},
	}
	if f.Before != nil {
		tabs = append(tabs, tab{KeptSheet, keptColumns(f.Before, r), keptRows(f.Before, r, f)})
	}
	for _, s := range tabs[1:] {
		name := s.name
		if _, err := x.NewSheet(name); err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
	}
	for _, s := range tabs {
		if err := fill(x, s.name, s.columns, s.rows); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
		if err := printable(x, s.name, onPaper(s.name, s.columns), len(s.rows)+1, r.Title); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	if err := choices(x, r, len(commitmentRows(r, f))+1); err != nil {
		return fmt.Errorf("sheet %s: %w", CommitmentSheet, err)
	}
	if err := x.SetDocProps(&excelize.DocProperties{Title: r.Title, Subject: "津问导出", Identifier: r.ID}); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if err := x.Write(w); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}

func figureRows(r *corpus.Report, f Filter) [][]any {
	var rows [][]any
	for i := range r.Figures {
		if !f.Figure(r, i) {
			continue
		}
		fig := &r.Figures[i]
		var high any = ""
		if fig.High != 0 {
			high = fig.High
		}
		rows = append(rows, []any{
			len(rows) + 1, fig.Indicator, periodText(fig.Period), natureText[fig.Nature], fig.Value,
			Bound(r, fig), fig.Number, high, fig.Unit, measureText[fig.Measure],
			r.Quote(r.FigureClause(i)), headings(r, fig.Passage),
		})
	}
	return rows
}

func commitmentRows(r *corpus.Report, f Filter) [][]any {
	var rows [][]any
	for i := range r.Commitments {
		if !f.Commitment(r, i) {
			continue
		}
		c := &r.Commitments[i]
		var values, bounds []string
		for _, n := range c.Figures {
			values = append(values, r.Figures[n].Indicator+"："+r.Figures[n].Value)
			if w := Bound(r, &r.Figures[n]); w != "" && !slices.Contains(bounds, w) {
				bounds = append(bounds, w)
			}
		}
		rows = append(rows, []any{
			len(rows) + 1, c.Text, strings.Join(values, "；"), strings.Join(bounds, "、"),
			"", "", "", "", "",
			shortPlace(r, c.Passage), c.Topic, c.Verb, strings.Join(c.Places, "、"), strings.Join(c.Organisations, "、"),
		})
	}
	return rows
}

// shortPlace returns where a row of the ledger stands, in two lines: the part and the
// nearest heading.
func shortPlace(r *corpus.Report, passage int) string {
	if passage < 0 {
		return ""
	}
	path := r.Path(r.Passages[passage].Section)
	if len(path) > 2 {
		path = []string{path[0], path[len(path)-1]}
	}
	return strings.Join(path, " › ")
}

func pairRows(r *corpus.Report, f Filter) [][]any {
	var rows [][]any
	for _, p := range r.Pairs {
		if !f.Pair(r, p) {
			continue
		}
		a, b := &r.Figures[p.Actual], &r.Figures[p.Target]
		rows = append(rows, []any{
			len(rows) + 1, p.Indicator, r.Quote(Bounded(r, a)), r.Quote(Bounded(r, b)), b.Unit,
			r.Quote(r.FigureClause(p.Actual)), shortPlace(r, a.Passage), r.Quote(r.FigureClause(p.Target)), shortPlace(r, b.Passage),
		})
	}
	return rows
}

// fill writes a sheet: header, rows, widths, frozen header, filter.
func fill(x *excelize.File, name string, columns []column, rows [][]any) error {
	head, err := x.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true, Color: "FFFFFF"},
		Fill:      excelize.Fill{Type: "pattern", Color: []string{"2F5597"}, Pattern: 1},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
		Border:    border,
	})
	if err != nil {
		return err
	}
	plain, err := x.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}, Border: border})
	if err != nil {
		return err
	}
	wrap, err := x.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, Border: border})
	if err != nil {
		return err
	}
	last := len(rows) + 1
	for i, c := range columns {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := x.SetColWidth(name, col, col, c.width); err != nil {
			return err
		}
		style := plain
		if c.wrap {
			style = wrap
		}
		if err := x.SetCellValue(name, col+"1", c.title); err != nil {
			return err
		}
		if err := x.SetCellStyle(name, col+"1", col+"1", head); err != nil {
			return err
		}
		if last > 1 {
			if err := x.SetCellStyle(name, col+"2", fmt.Sprintf("%s%d", col, last), style); err != nil {
				return err
			}
		}
	}
	for i, row := range rows {
		lines := 1.0
		for j, v := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+2)
			if err != nil {
				return err
			}
			if s, ok := v.(string); ok {
				v = Safe(s)
				if columns[j].wrap {
					lines = max(lines, linesOf(s, columns[j].width))
				}
			}
			if err := x.SetCellValue(name, cell, v); err != nil {
				return err
			}
		}
		// Readers other than Excel do not fit the height of wrapped rows.
		if err := x.SetRowHeight(name, i+2, min(15*lines+2, 400)); err != nil {
			return err
		}
	}
	if err := x.SetRowHeight(name, 1, 24); err != nil {
		return err
	}
	end, err := excelize.CoordinatesToCellName(len(columns), last)
	if err != nil {
		return err
	}
	if err := x.AutoFilter(name, "A1:"+end, nil); err != nil {
		return err
	}
	return x.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

var border = []excelize.Border{
	{Type: "left", Color: "D0D0D0", Style: 1}, {Type: "right", Color: "D0D0D0", Style: 1},
	{Type: "top", Color: "D0D0D0", Style: 1}, {Type: "bottom", Color: "D0D0D0", Style: 1},
}

// linesOf returns how many lines s takes in a column of the given width.
func linesOf(s string, width float64) float64 {
	n := 0.0
	for _, c := range s {
		if c < utf8.RuneSelf {
			n++
		} else {
			n += 2
		}
	}
	lines := 1.0
	for n > width {
		lines++
		n -= width
	}
	return lines
}

// Safe returns s as the text of a cell. What a spreadsheet would take for a formula
// once the file is saved as CSV or a cell is edited gets an apostrophe before
// it, as OWASP's CSV injection page advises: = + - @, tab and carriage return,
// and their full-width forms.
func Safe(s string) string {
	if strings.HasPrefix(strings.TrimLeft(s, " \u3000\n"), "——") {
		return s // the report's own mark of a point
	}
	if c, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u3000\n")); strings.ContainsRune("=+-@\t\r＝＋－＠", c) && s != "" {
		return "'" + s
	}
	return s
}

func periodText(p string) string {
	switch p {
	case "cumulative":
		return "累计"
	case "other", "":
		return "其他"
	}
	return p
}

var natureText = map[corpus.Nature]string{
	corpus.Actual: "实际", corpus.Target: "目标", corpus.Background: "背景",
}

var measureText = map[corpus.Measure]string{
	corpus.MeasureLevel: "总量", corpus.MeasureGrowth: "增速", corpus.MeasureChange: "增减", corpus.MeasureShare: "占比",
	corpus.MeasureRank: "位次", corpus.MeasureCount: "数量",
}
