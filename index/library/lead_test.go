package library

import (
	"fmt"
	"strings"
	"testing"

	"jinwen/corpus/version"
	"jinwen/index"
	"jinwen/index/question"
)

// TestLead: figures that answer come first, each passage once, and what stood there
// goes on behind.
func TestLead(t *testing.T) {
	report := made("天津市", 2026, "地区生产总值1.9万亿元，增长4.8%。一般公共预算收入2200亿元。", "地区生产总值增长4.5%左右。").Report
	for _, c := range []struct {
		figures, hits, lead []int
		want                string
	}{
		{[]int{2, 3}, []int{5}, []int{0}, "figures [0 2 3] direct 1 hits 1 5"}, {[]int{2, 0}, []int{1, 5}, []int{0, 1}, "figures [0 1 2] direct 2 hits 1 5"}, {nil, nil, []int{2}, "figures [2] direct 1 hits 2"},
		{[]int{0}, []int{1, 2}, []int{0, 2}, "figures [0 2] direct 2 hits 1 2"},
	} {
		a := &index.Answer{Report: report, Status: index.Nearest, Kind: index.KindPassage, Reason: index.ReasonAbsent, Missing: []index.Missing{{}}, Figures: c.figures}
		for _, p := range c.hits {
			a.Hits = append(a.Hits, index.Hit{Passage: p})
		}
		lead(a, c.lead)
		got := fmt.Sprintf("figures %v direct %d hits", a.Figures, a.Direct)
		for _, h := range a.Hits {
			got += fmt.Sprint(" ", h.Passage)
		}
		if got != c.want || a.Status != index.Answered || a.Kind != index.KindFigure || a.Reason != index.ReasonNone || len(a.Missing) > 0 {
			t.Errorf("%v before %v: %s, %s, want %s", c.lead, c.figures, got, a.Status, c.want)
		}
	}
}

// TestHoldYear: a sum of several years is no answer for one of them.
func TestHoldYear(t *testing.T) {
	report := made("天津市", 2026, "2021-2025年，新增就业180万人。城镇新增就业32万人。", "城镇新增就业28万人。").Report
	sum, year := -1, -1
	for i, f := range report.Figures {
		switch f.Period {
		case "2021-2025":
			sum = i
		case "2025":
			year = i
		}
	}
	if sum < 0 || year < 0 {
		t.Fatalf("the figures are %+v", report.Figures)
	}
	for _, c := range []struct {
		name   string
		a      index.Answer
		years  []int
		status index.Status
	}{
		{"a sum", index.Answer{Figures: []int{sum}, Direct: 1}, []int{2025}, index.Nearest},
		{"a sum, and a year beside it", index.Answer{Figures: []int{sum, year}, Direct: 1}, []int{2025}, index.Nearest},
		{"a sum and a year", index.Answer{Figures: []int{sum, year}, Direct: 2}, []int{2025}, index.Answered},
		{"a year", index.Answer{Figures: []int{year}, Direct: 1}, []int{2025}, index.Answered},
		{"two years", index.Answer{Figures: []int{sum}, Direct: 1}, []int{2024, 2025}, index.Answered},
		{"no year", index.Answer{Figures: []int{sum}, Direct: 1}, nil, index.Answered},
		{"nothing direct", index.Answer{Figures: []int{sum}}, []int{2025}, index.Answered},
		{"several questions", index.Answer{Figures: []int{sum}, Direct: 1, Parts: []*index.Answer{{}}}, []int{2025}, index.Answered},
		{"passages", index.Answer{Figures: []int{sum}, Direct: 1, Kind: index.KindPassage}, []int{2025}, index.Answered},
		{"no answer", index.Answer{Figures: []int{sum}, Direct: 1, Status: index.NotFound}, []int{2025}, index.NotFound},
	} {
		a := c.a
		a.Report = report
		if a.Status == "" {
			a.Status = index.Answered
		}
		if a.Kind == "" {
			a.Kind = index.KindFigure
		}
		(&request{years: c.years}).holdYear(&a)
		if a.Status != c.status || (a.Status == index.Nearest) != (len(a.Missing) == 1 && a.Missing[0].Text == "2025年" && len(a.Figures) == 0 && a.Direct == 0) {
			t.Errorf("%s: %s with %v, missing %v, want %s", c.name, a.Status, a.Figures, a.Missing, c.status)
		}
	}
}

// TestRouted: which report a year, a target and a result are looked for in.
func TestRouted(t *testing.T) {
	l := madeUp(t)
	for _, c := range []struct{ q, want string }{
		{"发展银发经济吗", "2026/天津"}, {"重庆发展低空经济吗", "2026/重庆"}, {"四川发展AI产业吗", "2025/四川"}, {"北京发展什么", "-北京0"},
		{"今年发展银发经济吗", "2026/天津"}, {"去年发展银发经济吗", "2026/天津"}, {"前年发展银发经济吗", "2025/天津"}, {"大前年发展什么", "2024/天津"}, {"明年发展什么", "-天津2027"}, {"2019年发展什么", "-天津2019"},
		{"2025年改造多少老旧小区", "2026/天津 or 2025/天津"}, {"2025年老旧小区改造目标", "2025/天津"}, {"2025年实际改造多少老旧小区", "2026/天津"}, {"2026年实际改造多少老旧小区", "-天津2027"}, {"2026年改造多少老旧小区", "2026/天津"},
		{"2024年改造多少老旧小区", "2025/天津 or 2024/天津"}, {"2023年改造多少老旧小区", "2024/天津"}, {"2023年老旧小区改造目标", "-天津2023"},
		{"四川去年发展什么", "2025/四川"}, {"四川今年发展什么", "2025/四川"}, {"四川前年发展什么", "2025/四川"}, {"四川2024年发展什么", "2025/四川"}, {"四川2026年发展什么", "-四川2026"}, {"四川2025年的结果怎么样", "-四川2026"},
		{"重庆2025年打算改造什么", "-重庆2025"}, {"河北2025年打算改造什么", "2025/河北"}, {"河北2025年改造了什么", "2026/河北 or 2025/河北"}, {"去年和今年发展什么", "2026/天津"},
	} {
		r := readRequest(question.Read(c.q, nil), l.catalog.Load(), l.Report().Text)
		to, gap := l.route(r, l.catalog.Load())
		got := ""
		switch {
		case gap != nil:
			got = fmt.Sprintf("-%s%d", gap.Place, gap.Year)
		case to.other != nil:
			got = to.member.name + " or " + to.other.name
		default:
			got = to.member.name
		}
		if got != c.want {
			t.Errorf("%s goes to %s, want %s", c.q, got, c.want)
		}
	}
}

// TestSpread: what is told of many places is cut off where there is room for no
// more, but never what is asked for.
func TestSpread(t *testing.T) {
	var items []version.Item
	for i, place := range strings.Fields("河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省") {
		items = append(items, made(place, 2026, "城镇新增就业10万人。", fmt.Sprintf("地区生产总值增长%d.5%%左右。", i+1)))
	}
	l := open(t, "河北", items)
	old := used.Others
	used.Others = 4
	defer func() { used.Others = old }()
	for _, c := range []struct {
		q            string
		rows, others int
	}{{"今年哪个省GDP目标最高", 1, 4}, {"今年GDP目标最低的三个省", 3, 4}, {"今年各省GDP目标", 12, 0}, {"今年GDP目标超过5%的省", 8, 4}, {"今年GDP目标不超过4%的省", 3, 4}} {
		a, err := l.Ask(t.Context(), index.Query{Text: c.q})
		if err != nil {
			t.Fatal(err)
		}
		x := a.Across
		if x == nil || len(x.Rows) != c.rows || len(x.Others) != c.others || x.Looked != 12 || x.Told != 12 {
			t.Errorf("%s: %s, want %d rows and %d others of 12", c.q, says(a), c.rows, c.others)
		}
	}
}
