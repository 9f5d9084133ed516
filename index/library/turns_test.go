package library

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jinwen/corpus/golden"
	"jinwen/corpus/version"
	"jinwen/index"
	"jinwen/index/question"
)

// madeUp is a library of made-up reports of real places, and of the nation.
func madeUp(t *testing.T) *Library {
	t.Helper()
	return open(t, "天津", []version.Item{
		made("天津市", 2025, "地区生产总值1.8万亿元，增长5.1%。一般公共预算收入2100亿元，增长4%。城镇新增就业36万人。", "地区生产总值增长5%左右，一般公共预算收入增长3%，城镇新增就业30万人，城镇调查失业率5.5%左右。改造老旧小区100个。新建幼儿园20所。"),
		made("天津市", 2026, "地区生产总值1.9万亿元，增长4.8%。一般公共预算收入2200亿元，增长4.5%。城镇新增就业32万人。改造老旧小区120个。进出口总额增长2%。城镇调查失业率5.3%。粮食产量260万吨。", "地区生产总值增长4.5%左右。城镇新增就业28万人，城镇调查失业率5.5%左右。发展银发经济、人工智能。改造老旧小区90个。"),
		made("重庆市", 2026, "地区生产总值3.3万亿元，增长5.3%。一般公共预算收入2600亿元，增长3.9%。城镇新增就业70万人。进出口总额下降4%。旅游收入1200亿元。粮食产量1100万吨。城镇调查失业率5.2%。", "地区生产总值增长5%以上。城镇新增就业65万人，城镇调查失业率5.3%左右。发展低空经济，建设低空经济产业园。改造老旧小区300个。新建幼儿园40所。"),
		made("河北省", 2025, "地区生产总值增长5.4%。一般公共预算收入4300亿元，增长2%。", "地区生产总值增长5%以上。新建幼儿园60所。"),
		made("河北省", 2026, "地区生产总值4.7万亿元，增长5.6%。一般公共预算收入4500亿元，增长3%。进出口总额下降1%。粮食产量3800万吨。", "地区生产总值增长5%左右。发展低空经济，壮大海洋经济。城镇调查失业率5.5%左右。"),
		made("四川省", 2025, "地区生产总值6.4万亿元，增长5.7%。一般公共预算收入5600亿元，增长1%。旅游收入1.2万亿元。", "地区生产总值增长5.5%以上。城镇新增就业85万人。发展AI产业。"),
		made("成都市", 2026, "地区生产总值2.5万亿元，增长5.8%。一般公共预算收入1900亿元，增长3.3%。", "地区生产总值增长5.5%左右。改造老旧小区400个。发展低空经济。"),
		{Name: "nation", Report: nation(2026)},
	})
}

// TestTurns keeps whole conversations with a library of made-up reports: which
// report answers, what stands side by side, in which order, what is not there.
// Read the difference.
func TestTurns(t *testing.T) {
	l := madeUp(t)
	text, err := os.ReadFile("testdata/turns/turns.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var before *question.Question
	for q := range strings.Lines(string(text)) {
		switch q = strings.TrimSpace(q); {
		case strings.HasPrefix(q, "#"):
			continue
		case q == "":
			before = nil
			b.WriteString("\n")
			continue
		}
		a, err := l.Ask(t.Context(), index.Query{Text: q, Before: before})
		if err != nil {
			t.Fatalf("Ask(%q): %v", q, err)
		}
		before = nil
		if a.Question != nil {
			before = a.Question.Question
		}
		fmt.Fprintf(&b, "%s\n  %s\n", q, says(a))
		all(&b, a)
	}
	golden.Check(t, "testdata/turns/answers.txt", b.String())
}

// all writes what says leaves out.
func all(b *strings.Builder, a *index.Answer) {
	if a.Across == nil {
		fmt.Fprintf(b, "  %s %s missing %v figures %v direct %d hits", a.Kind, a.Reason, a.Missing, a.Figures, a.Direct)
		for _, h := range a.Hits {
			fmt.Fprintf(b, " %d@%d-%d", h.Passage, h.Focus.Start, h.Focus.End)
		}
		b.WriteString("\n")
		return
	}
	x := *a.Across
	for _, p := range x.Parts {
		all(b, p)
	}
	for _, r := range x.Rows {
		row(b, "row", &r)
	}
	for _, r := range x.Others {
		row(b, "other", &r)
	}
	if x.Than != nil {
		row(b, "than", x.Than)
	}
	for _, g := range x.Gaps {
		fmt.Fprintf(b, "  gap %+v\n", g)
	}
	x.Rows, x.Others, x.Than, x.Gaps, x.Parts = nil, nil, nil, nil, nil
	fmt.Fprintf(b, "  %+v\n", x)
}

func row(b *strings.Builder, name string, r *index.Row) {
	fmt.Fprintf(b, "  %s %s %d figure %d %v %q %d %s %s %v %s\n", name, r.Of, r.Year, r.Figure, r.Quote, r.Text, r.Count, r.Name, r.Nature, r.Number, r.Verdict)
}
