package check

import (
	"strings"
	"testing"

	"jinwen/index/answer"
	"jinwen/index/position"
	"jinwen/index/question"
	"jinwen/index/rank"
)

// TestListed: how many things stand in a row where a count stands.
func TestListed(t *testing.T) {
	for _, c := range []struct {
		text, count string
		want        int
	}{
		{"推出3项措施：延时办、上门办、网上办。", "3项", 3}, {"推出3项措施。延时办、上门办、网上办。", "3项", 1}, {"做强2个产业：钢铁和汽车", "2个", 2}, {"没有", "3项", 0}, {"甲、乙、丙、丁。推出3项措施", "3项", 1}, {"推出3项措施；3项是甲、乙和丙！", "3项", 3}, {"", "3项", 0},
	} {
		if got := listed(c.text, c.count); got != c.want {
			t.Errorf("listed(%s, %s) = %d, want %d", c.text, c.count, got, c.want)
		}
	}
}

// checkerOf checks a question to r whose answer is the passage that holds quote,
// and so many of its figures.
func checkerOf(t *testing.T, r *askedReport, asked, quote string, direct int) (Checker, *answer.Answer) {
	t.Helper()
	q := r.reads.Resolve(question.Read(asked, nil), r.in.Lexicon(), position.NewEffort(t.Context()))
	a := &answer.Answer{Report: r.in.Report, Question: q, Status: answer.Answered}
	for i, p := range r.in.Report.Passages {
		if strings.Contains(r.in.Report.Quote(p.Span), quote) {
			a.Hits = append(a.Hits, answer.Hit{Passage: i, Focus: p.Span})
			a.Figures = r.in.Figures[i][:direct]
			break
		}
	}
	if len(a.Hits) == 0 {
		t.Fatalf("no passage holds %q", quote)
	}
	a.Direct = direct
	return New(r.in.Locate(q)), a
}

// TestChoice: of two things one must be named where a choice between them is asked
// for, and no number decides.
func TestChoice(t *testing.T) {
	r := reportIn(t, "testdata/choice.txt")
	for _, c := range []struct {
		asked, quote string
		direct       int
		want         string
	}{
		{"延迟退休先从女的还是男的开始", "延迟退休", 0, "先从女的还是男的开始"},
		{"宿舍是男生还是女生", "男生宿舍", 0, ""},
		{"大桥先建城东还是城西", "城东大桥", 0, ""},
		{"建在北边还是南边", "新建学校", 0, "建在北边还是南边"},
		{"医院改建还是迁建", "新建学校", 0, "医院改建还是迁建"},
		{"公园是收费还是免费", "新建学校", 0, ""},
		{"学校多了还是少了", "新建学校", 0, ""},
		{"新建学校还是公园", "新建学校", 1, ""},
		{"学校还是", "新建学校", 0, ""},
		{"学校有哪些", "新建学校", 0, ""},
	} {
		h, a := checkerOf(t, r, c.asked, c.quote, c.direct)
		if m := h.missingChoice(a); m.Text != c.want && !(c.want != "" && m.Text != "" && m.Slot == answer.SlotQualifier) {
			t.Errorf("%s: %q is missing, want %q", c.asked, m.Text, c.want)
		}
	}
}

// TestWorded: a target that is set in words answers for a number of the plan, and
// of no sum.
func TestWorded(t *testing.T) {
	r := reportIn(t, "testdata/choice.txt")
	for _, c := range []struct{ asked, want string }{
		{"今年居民收入增长目标是多少", "居民收入增长与经济增长同步，"}, {"今年粮食产量目标多少", "粮食产量只增不减，"}, {"今年粮食产量目标多少万吨", ""}, {"去年粮食产量多少", ""}, {"粮食产量打算多少", "粮食产量只增不减，"}, {"今年能耗目标", "单位地区生产总值能耗完成国家下达任务。"},
		{"今年公园目标多少", ""}, {"今年涨幅目标", ""}, {"2035年粮食产量目标", ""}, {"今年物价目标百分之几", "居民消费价格保持基本稳定，"}, {"今年工业增速目标", ""}, {"今年增长目标", ""},
	} {
		q := r.reads.Resolve(question.Read(c.asked, nil), r.in.Lexicon(), position.NewEffort(t.Context()))
		h := New(r.in.Locate(q))
		candidates, err := r.in.Candidates(t.Context(), h.Hits)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if said := h.Worded(h.Rank(candidates, false)); len(said) > 0 {
			got = r.in.Report.Quote(r.in.Text.Clauses[said[0].Focus].Span)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.asked, got, c.want)
		}
	}
}

// TestTopics: the sections of the best passages are offered, or those of the topic
// of city life, or the first of the plan.
func TestTopics(t *testing.T) {
	r := reportIn(t, "testdata/choice.txt")
	for _, c := range []struct {
		asked  string
		ranked []string // in which passages stand
		want   string
	}{
		{"公园", []string{"新建学校"}, "做优教育医疗"}, {"公园", []string{"新建学校", "城东大桥", "新建学校", "男生宿舍"}, "做优教育医疗 办好公交实事 稳住民生"}, {"公交地铁", nil, "办好公交实事"}, {"学校", nil, "做优教育医疗"}, {"航天", nil, "做优教育医疗 办好公交实事 扩大文旅消费"},
	} {
		q := r.reads.Resolve(question.Read(c.asked, nil), r.in.Lexicon(), position.NewEffort(t.Context()))
		h := New(r.in.Locate(q))
		var ranked []rank.Scored
		for _, quote := range c.ranked {
			for i, p := range r.in.Report.Passages {
				if strings.Contains(r.in.Report.Quote(p.Span), quote) {
					ranked = append(ranked, rank.Scored{Passage: i})
				}
			}
		}
		var got []string
		for _, s := range h.Topics(q, ranked) {
			got = append(got, r.in.Report.Sections[s].Title)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.asked, s, c.want)
		}
	}
}
