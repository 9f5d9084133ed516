package index

import (
	"fmt"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
)

// asides are questions on another, a report of another manner: each for a way of
// asking that few of the development questions take.
var asides = []string{
	"报告分几个部分", "第一部分讲了什么", "第二部分有哪些方面", "民生实事有哪些", "办好民生实事那一节说了什么",
	"今年GDP目标", "去年GDP多少亿", "GDP去年和今年", "GDP比去年高多少", "2030年国内生产总值增速", "2029年财政收入", "2031年财政收入目标",
	"茶叶", "茶叶产值", "茶叶产值去年和今年", "茶叶产值目标是多少亿元", "今年茶叶产量多少吨", "粮食产量", "粮食产量增长百分之几",
	"改造老旧小区几个", "老旧小区改造", "老旧小区惠及多少户", "老旧小区惠及多少人", "今年老旧小区改造花多少钱", "老旧小区改造取消了吗",
	"12个老旧小区", "15个是哪15个", "1800个是什么", "86公里", "999公里是什么",
	"幼儿园建了几所", "新增多少学位", "学位和幼儿园各多少", "县医院搬了吗", "中医院迁到哪里", "中医院什么时候搬", "青江大桥哪年通车", "青江大桥投资多少",
	"湖", "路", "环湖路修到几期了", "环湖路全长多少公里", "停车位今年多少", "停车位去年建了多少", "停车难怎么解决",
	"就业", "新增就业目标", "失业率控制在多少", "失业率下降了吗", "城镇登记失业率多少人", "养老金今年涨多少", "杭州GDP多少", "和杭州比GDP谁高",
	"青溪县去年财政收入", "财政收入下降了多少", "财政支出多少", "茶业园啥时候建成", "老旧校区改造几个", "茶叶產值目標", "GDP target this year", "how many kindergartens were built", "parking spaces",
	"谁作的报告", "什么时候开的会", "报告有多长", "谢谢", "你好", "？", "村村通公交", "公交今年有什么安排", "高标准农田多少亩", "农田和公路",
	"今年GDP目标是多少？失业率呢？", "幼儿园几所，停车位多少个", "我48了下岗在家，今年新增就业多少人", "上半年GDP", "人均收入多少", "电影院有几家", "过去五年GDP年均增长",
}

// TestAnswers keeps what is answered to all development questions, and to the
// asides, in one line each: passages with the clause that is pointed at and the
// score, figures (* those that answer directly), what is missing. A change of
// ranking, choice or checks shows here first; read the difference.
func TestAnswers(t *testing.T) {
	var b strings.Builder
	ix := testIndex(t)
	for _, q := range devQuestions(t) {
		fmt.Fprintf(&b, "%s %s\n", q.ID, line(askAt(t, ix, q.Q, 0)))
	}
	b.WriteString("\n")
	for _, q := range devQuestions(t)[:20] {
		fmt.Fprintf(&b, "%s from the 2nd: %s\n", q.ID, line(askAt(t, ix, q.Q, 1)))
	}
	b.WriteString("\n")
	other := newIndex(t, another)
	for _, q := range asides {
		fmt.Fprintf(&b, "%s\n  %s\n", q, line(askAt(t, other, q, 0)))
	}
	golden.Check(t, "testdata/rank/answers.txt", b.String())
}

// TestAnswersTwice: what is asked twice is answered alike, to the last digit.
func TestAnswersTwice(t *testing.T) {
	other := newIndex(t, another)
	again, err := New(extract.ParseText(another), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	for _, q := range asides {
		if a, b := line(askAt(t, other, q, 0)), line(askAt(t, again, q, 0)); a != b {
			t.Errorf("%s:\n%s\n%s", q, a, b)
		}
	}
}

func askAt(t *testing.T, ix *Index, q string, offset int) *Answer {
	t.Helper()
	a, err := ix.Ask(t.Context(), Query{Text: q, Offset: offset})
	if err != nil {
		t.Fatalf("Ask(%q): %v", q, err)
	}
	return a
}

// line is an answer in one line.
func line(a *Answer) string {
	var b strings.Builder
	r := a.Report
	fmt.Fprintf(&b, "%s %s", a.Status, a.Kind)
	if a.Reason != "" {
		fmt.Fprintf(&b, " %s(%s)", a.Reason, a.Subject)
	}
	for _, m := range a.Missing {
		fmt.Fprintf(&b, " lacks %s(%s)", m.Slot, m.Text)
	}
	for i, f := range a.Figures {
		mark := ""
		if i < a.Direct {
			mark = "*"
		}
		fmt.Fprintf(&b, " %s%s", mark, r.Figures[f].Value)
	}
	for _, h := range a.Hits {
		fmt.Fprintf(&b, " | %d", h.Passage)
		if p := r.Passages[h.Passage]; h.Focus != p.Span {
			fmt.Fprintf(&b, "@%d-%d", h.Focus.Start-p.Start, h.Focus.End-p.Start)
		}
		fmt.Fprintf(&b, " %.3f", h.Score)
	}
	if a.More > 0 {
		fmt.Fprintf(&b, " | %d more", a.More)
	}
	for _, x := range []struct {
		name string
		list []int
	}{{"commitments", a.Commitments}, {"sections", a.Sections}, {"near", a.Near}} {
		if len(x.list) > 0 {
			fmt.Fprintf(&b, " %s %v", x.name, x.list)
		}
	}
	for _, p := range a.Parts {
		fmt.Fprintf(&b, "\n    %s", line(p))
	}
	return b.String()
}
