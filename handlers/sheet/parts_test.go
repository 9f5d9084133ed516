package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
)

// parts are the worksheets of a spreadsheet, its styles and what it says of
// itself, an element a line.
func parts(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/") && f.Name != "docProps/core.xml" || strings.HasPrefix(f.Name, "xl/theme") || strings.HasSuffix(f.Name, ".rels") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "== %s\n%s\n", f.Name, strings.NewReplacer("><", ">\n<", "</si>\n", "</si>\n").Replace(string(part)))
	}
	return b.String()
}

// TestParts keeps all that a spreadsheet program gets of a small report: cells,
// widths and heights, styles, lists to choose from, how it is printed.
func TestParts(t *testing.T) {
	before := extract.ParseText("青溪县2023年政府工作报告\n\n一、2022年工作回顾\n\n新增学位3200个。\n\n二、2023年工作安排\n\n新增学位3000个，改建公路100公里，新建口袋公园7个。\n")
	r := extract.ParseText("青溪县2024年政府工作报告\n\n一、2023年工作回顾\n\n新增学位3400个，改建公路86公里，地区生产总值增长5%左右，产粮居全省第3位。累计引进企业1200余家。\n\n" +
		"二、2024年主要目标任务\n\n地区生产总值增长5%至6%，出口额占比超过30%，新增学位3500个。\n\n（一）加快交通建设\n\n1.公路\n\n" +
		"改建公路100公里以上，县交通局牵头建成南门枢纽，县交通局和县住建局一起打通北门断头路3条，县住建局改造老旧小区40个；" + strings.Repeat("让群众出行更加方便，", 12) + "新建桥梁突破2座。\n")
	r.Title = strings.Repeat("很长的题目 & ", 12)
	if len(r.Commitments) < 3 || len(r.Pairs) == 0 {
		t.Fatalf("%d commitments, %d pairs", len(r.Commitments), len(r.Pairs))
	}
	for i, who := range [][]string{{"县住建局"}, {"县交通局", "县住建局"}, {"县交通局"}, {"县交通局"}, nil} {
		r.Commitments[i%len(r.Commitments)].Organisations = who
	}
	r.Commitments = append(r.Commitments, corpus.Commitment{Text: "不在任何段落里", Passage: -1, Figures: []int{2, 2, 4}})
	var b bytes.Buffer
	if err := Write(&b, r, Filter{Before: before}); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/report.txt", parts(t, b.Bytes()))

	b.Reset()
	if err := Write(&b, extract.ParseText("各位代表："), Filter{}); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/nothing.txt", parts(t, b.Bytes()))

	b.Reset()
	table := Table{Title: "=标题", Head: []string{"共 2 项", "+第二行"}, Columns: []string{"序", "名称", "数值"}, Rows: [][]string{
		{"1", strings.Repeat("长", 29), "3.5"}, {"2", "=1+1", "3.50"}, {"10", strings.Repeat("更长", 40), "-7"},
	}}
	if err := WriteTable(&b, table); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/table.txt", parts(t, b.Bytes()))
}

// A text takes as many lines as fit into the width of its column; Han count
// two.
func TestLinesOf(t *testing.T) {
	for _, c := range []struct {
		s     string
		width float64
		want  float64
	}{{"", 6, 1}, {"abcdef", 6, 1}, {"abcdefg", 6, 2}, {"甲乙丙", 6, 1}, {"甲乙丙a", 6, 2}, {"甲乙丙丁戊己", 6, 2}, {"甲乙丙丁戊己a", 6, 3}, {"\u007f\u0080", 2, 2}} {
		if got := linesOf(c.s, c.width); got != c.want {
			t.Errorf("linesOf(%q, %v) = %v, want %v", c.s, c.width, got, c.want)
		}
	}
}

// A header's text is cut where a spreadsheet would refuse it, and says & twice.
func TestFootText(t *testing.T) {
	for s, want := range map[string]string{"": "", "甲&乙": "甲&&乙", strings.Repeat("甲", 101): strings.Repeat("甲", 101), strings.Repeat("甲", 102): strings.Repeat("甲", 101)} {
		if got := footText(s); got != want {
			t.Errorf("footText(%q) = %q, want %q", s, got, want)
		}
	}
}
