package figures

import (
	"regexp"
	"strconv"
	"strings"

	"jinwen/corpus"
)

// A row of a table is a line whose cells have tabs between them. The first row
// says what year its columns are of, the first cell of the others what they
// count: 公园绿地, 新增40公顷, 新增60公顷 below 指标, 2026年实际, 2027年目标.

// A tableColumn is what the head of a table says of a column.
type tableColumn struct {
	period string // "" if it names no year
	nature corpus.Nature
}

var headYear = regexp.MustCompile(`20[0-9]{2}年|今年|本年|去年|上年`)

// readTables names the figures in tables by row and column.
func (r *report) readTables() {
	var head []tableColumn
	next := 0 // the first figure that is not before the row
	for _, p := range r.Paragraphs() {
		text := r.Quote(p)
		if !strings.Contains(text, "\t") {
			head = nil
			continue
		}
		cells := strings.Split(text, "\t")
		if head == nil {
			head = r.tableHead(cells)
			continue
		}
		for next < len(r.Figures) && r.Figures[next].Start < p.Start {
			next++
		}
		start := p.Start
		for i, cell := range cells {
			end := start + len([]rune(cell))
			for k := next; k < len(r.Figures) && r.Figures[k].Start < end; k++ {
				if f := &r.Figures[k]; i > 0 && i < len(head) && f.Start >= start && head[i].period != "" {
					before := strings.TrimSpace(r.Quote(corpus.Span{Start: start, End: f.Start}))
					f.Indicator = strings.TrimRight(before, "0123456789.% ") + strings.TrimSpace(cells[0])
					f.Period, f.Nature = head[i].period, head[i].nature
					f.Clause = corpus.Span{Start: p.Start, End: max(end, f.End)}
				}
			}
			start = end + 1
		}
	}
}

// tableHead reads the first row of a table; a row that names no year is no head,
// and the columns below it are not known.
func (r *report) tableHead(cells []string) []tableColumn {
	head := make([]tableColumn, len(cells))
	for i, cell := range cells {
		word := headYear.FindString(cell)
		year := 0
		switch {
		case word == "":
			continue
		case word == "今年", word == "本年":
			year = r.Year
		case word == "去年", word == "上年":
			year = r.Year - 1
		default:
			year, _ = strconv.Atoi(strings.TrimSuffix(word, "年"))
		}
		if year <= 0 {
			continue
		}
		head[i] = tableColumn{strconv.Itoa(year), corpus.Actual}
		if strings.Contains(cell, "目标") || strings.Contains(cell, "计划") || strings.Contains(cell, "预期") || year >= r.Year && r.Year > 0 && !strings.Contains(cell, "实际") && !strings.Contains(cell, "完成") {
			head[i].nature = corpus.Target
		}
	}
	return head
}
