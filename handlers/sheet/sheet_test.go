package sheet

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"jinwen/corpus"
	"jinwen/corpus/extract"
)

// spanOf returns the span of text that stands after before.
func spanOf(before, text string) corpus.Span {
	start := utf8.RuneCountInString(before)
	return corpus.Span{Start: start, End: start + utf8.RuneCountInString(text)}
}

// report is a made-up report; its figures and commitments are what the
// extraction finds, and one of each that is nasty.
func report(t *testing.T) *corpus.Report {
	r := extract.ParseText("青溪县2024年政府工作报告\n\n一、2023年工作回顾\n\n新增学位3200个，改建公路86公里。\n\n二、2024年主要目标任务\n\n（一）加快交通建设\n\n改建公路100公里，建成南门枢纽。\n\n=HYPERLINK(\"http://x\",\"y\")，再建2座。\n")
	r.Figures, r.Commitments = nil, nil
	add := func(clause, value, indicator string, n float64, period string, nature corpus.Nature) {
		before, _, found := strings.Cut(r.Text, clause)
		if !found {
			t.Fatalf("no %s", clause)
		}
		c := spanOf(before, clause)
		before, _, _ = strings.Cut(clause, value)
		v := spanOf(r.Quote(corpus.Span{End: c.Start})+before, value)
		r.Figures = append(r.Figures, corpus.Figure{Span: v, Value: value, Number: n, Unit: "个", Indicator: indicator,
			Measure: corpus.MeasureCount, Bound: corpus.BoundExact, Period: period, Nature: nature, Clause: c, Passage: r.PassageAt(c.Start)})
		if nature == corpus.Target {
			r.Commitments = append(r.Commitments, corpus.Commitment{Span: c, Text: clause, Topic: "加快交通建设", Verb: "改建",
				Places: []string{"南门"}, Figures: []int{len(r.Figures) - 1}, Passage: r.PassageAt(c.Start)})
		}
	}
	add("新增学位3200个", "3200个", "新增学位", 3200, "2023", corpus.Actual)
	add("改建公路100公里", "100公里", "改建公路", 100, "2024", corpus.Target)
	add("=HYPERLINK(\"http://x\",\"y\")，再建2座", "2座", "=cmd|' /C calc'!A0", 2, "2024", corpus.Target)
	return r
}

func open(t *testing.T, r *corpus.Report, f Filter) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, f); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func TestWrite(t *testing.T) {
	r := report(t)
	x := open(t, r, Filter{})
	if got := strings.Join(x.GetSheetList(), " "); got != "指标 承诺台账 对照 选项" {
		t.Fatalf("sheets %s", got)
	}
	for _, name := range []string{FigureSheet, CommitmentSheet, PairSheet} {
		layout, err := x.GetPageLayout(name)
		if err != nil || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 {
			t.Errorf("%s is not set up for paper: %+v, %v", name, layout, err)
		}
		panes, err := x.GetPanes(name)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: header not frozen: %+v, %v", name, panes, err)
		}
		rows, err := x.GetRows(name)
		if err != nil || len(rows) == 0 {
			t.Fatal(name, err)
		}
		for i, row := range rows {
			for j, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
					t.Errorf("%s row %d cell %d begins a formula: %q", name, i, j, cell)
				}
				c, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, _ := x.GetCellFormula(name, c); formula != "" {
					t.Errorf("%s %s is a formula: %s", name, c, formula)
				}
			}
		}
	}
	rows, _ := x.GetRows("承诺台账")
	if got := strings.Join(rows[0][4:9], " "); got != "牵头单位 责任单位 完成时限 状态 进度" {
		t.Errorf("ledger's columns to be filled in are %s", got)
	}
	if strings.Join(rows[1][4:9], "") != "" || !strings.Contains(strings.Join(rows[1], "|"), "二、2024年主要目标任务 › （一）加快交通建设") {
		t.Errorf("ledger row %q", rows[1])
	}
	rows, _ = x.GetRows("指标")
	if rows[1][10] != "新增学位3200个" || rows[1][6] != "3200" || rows[1][3] != "实际" {
		t.Errorf("figure row %q", rows[1])
	}
}

func TestChoices(t *testing.T) {
	x := open(t, report(t), Filter{})
	if visible, err := x.GetSheetVisible("选项"); visible || err != nil {
		t.Errorf("the lists are seen: %v, %v", visible, err)
	}
	checks, err := x.GetDataValidations(CommitmentSheet)
	if err != nil || len(checks) != 3 {
		t.Fatalf("%d lists, %v, want 3", len(checks), err)
	}
	names := make(map[string]bool)
	for _, n := range x.GetDefinedName() {
		names[n.Scope+" "+n.Name] = true
	}
	for _, sheet := range []string{FigureSheet, CommitmentSheet, PairSheet} {
		if !names[sheet+" _xlnm.Print_Titles"] {
			t.Errorf("the head of %s is not on every page: %v", sheet, names)
		}
	}
}

func TestBound(t *testing.T) {
	r := extract.ParseText("青溪县2024年政府工作报告\n\n二、2024年主要目标任务\n\n进出口总额突破120亿元，地区生产总值增长5%左右，引进企业1200余家，新建学校12所。\n")
	want := map[string]string{"120亿元": "突破", "5%左右": "左右", "1200余家": "余", "12所": ""}
	for i := range r.Figures {
		f := &r.Figures[i]
		if w, ok := want[f.Value]; !ok || Bound(r, f) != w {
			t.Errorf("Bound of %s = %q, want %q", f.Value, Bound(r, f), w)
		}
	}
	if len(r.Figures) != len(want) {
		t.Errorf("%d figures, want %d", len(r.Figures), len(want))
	}
}

func TestFilter(t *testing.T) {
	r := report(t)
	for _, c := range []struct {
		name      string
		f         Filter
		figs, com int
	}{
		{"all", Filter{}, 3, 2},
		{"year under review", Filter{Year: 2023}, 1, 0},
		{"plan's year", Filter{Year: 2024}, 2, 2},
		{"word of the clause", Filter{Words: []string{"学位"}}, 1, 0},
		{"word of the heading", Filter{Words: []string{"交通", "公路"}}, 1, 1},
		{"case does not matter", Filter{Words: []string{"hyperlink"}}, 1, 1},
		{"place", Filter{Place: "南门"}, 0, 2},
		{"quantified", Filter{Quantified: true}, 3, 2},
		{"topic", Filter{Topic: func(s string) bool { return strings.Contains(s, "学位") }}, 1, 0},
	} {
		x := open(t, r, c.f)
		figs, _ := x.GetRows("指标")
		com, _ := x.GetRows("承诺台账")
		if len(figs)-1 != c.figs || len(com)-1 != c.com {
			t.Errorf("%s: %d figures, %d commitments; want %d, %d", c.name, len(figs)-1, len(com)-1, c.figs, c.com)
		}
	}
}

func TestSafe(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "一般公共预算": "一般公共预算", "=1+1": "'=1+1", "+86": "'+86", "-3%": "'-3%", "@sum": "'@sum", "＝A1": "'＝A1", "\t=1": "'\t=1", "——向好": "——向好",
	} {
		if got := Safe(s); got != want {
			t.Errorf("Safe(%q) = %q, want %q", s, got, want)
		}
	}
}

// TestKept: what became of the targets of the year before stands on a sheet of
// its own, both sides quoted.
func TestKept(t *testing.T) {
	before := extract.ParseText("青溪县2024年政府工作报告\n\n一、2023年工作回顾\n\n新增学位3200个。\n\n二、2024年工作安排\n\n新增学位3000个，改建公路100公里，新建口袋公园7个。\n")
	now := extract.ParseText("青溪县2025年政府工作报告\n\n一、2024年工作回顾\n\n新增学位3400个，改建公路86公里。\n\n二、2025年工作安排\n\n改建公路90公里。\n")
	rows, err := open(t, now, Filter{Before: before}).GetRows(KeptSheet)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows {
		row = append(row, make([]string, 9-len(row))...)
		got = append(got, strings.Join([]string{row[1], row[2], row[3], row[4], row[5], row[7]}, " "))
	}
	want := []string{
		"结论 指标 2024年目标 2024年实际 目标原文 结果原文",
		"超额完成 新增学位 3000个 3400个 新增学位3000个 新增学位3400个",
		"未完成 改建公路 100公里 86公里 改建公路100公里 改建公路86公里",
		"未报告结果 新建口袋公园 7个  新建口袋公园7个 ",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the sheet has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
