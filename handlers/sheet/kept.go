package sheet

import (
	"fmt"

	"jinwen/corpus"
	"jinwen/corpus/kept"
)

// KeptSheet is the sheet of what became of the targets of the year before.
const KeptSheet = "目标完成情况"

// KeptNames are the verdicts as the ledger writes them, and whoever lists them
// in Chinese in a word or two.
var KeptNames = map[kept.Verdict]string{
	kept.Exceeded: "超额完成", kept.Kept: "完成", kept.Near: "略低于目标", kept.Partly: "部分完成",
	kept.Missed: "未完成", kept.NotReported: "未报告结果", kept.NotComparable: "不可比",
}

func keptColumns(before, r *corpus.Report) []column {
	return []column{
		{"序号", 6, false}, {"结论", 12, false}, {"指标", 28, true}, {fmt.Sprintf("%d年目标", before.Year), 16, false}, {fmt.Sprintf("%d年实际", r.ReviewYear()), 16, false},
		{"目标原文", 52, true}, {"出处", 40, true}, {"结果原文", 52, true}, {"出处", 40, true},
	}
}

// keptRows returns the targets of before that f takes, with what r says of them.
func keptRows(before, r *corpus.Report, f Filter) [][]any {
	f.Year = 0
	var rows [][]any
	for _, it := range kept.Compare(before, r) {
		if !f.Figure(before, it.Target) {
			continue
		}
		t := &before.Figures[it.Target]
		row := []any{len(rows) + 1, KeptNames[it.Verdict], t.Indicator, before.Quote(Bounded(before, t)), "", before.Quote(before.FigureClause(it.Target)), headings(before, t.Passage), "", ""}
		if it.Result >= 0 {
			got := &r.Figures[it.Result]
			row[4], row[7], row[8] = r.Quote(Bounded(r, got)), r.Quote(r.FigureClause(it.Result)), headings(r, got.Passage)
		}
		rows = append(rows, row)
	}
	return rows
}
