package rank

import (
	"os"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

// TestSteps: what a number became, what it came from, whether it is only a mark, the
// number itself in its stead, and by how much it changed.
func TestSteps(t *testing.T) {
	said, err := os.ReadFile("../check/testdata/steps.txt")
	if err != nil {
		t.Fatal(err)
	}
	ix := newIndexOf(t, string(said), nil, false)
	value := func(i int) string {
		if i < 0 {
			return ""
		}
		return ix.Report.Figures[i].Value
	}
	rises := &Hits{Index: ix, Question: &resolve.Question{Question: &question.Question{Words: "增加了多少"}}}
	plain := &Hits{Index: ix, Question: &resolve.Question{Question: &question.Question{Words: "多少"}}}
	for _, c := range []struct {
		value, became, from string
		mark                bool
		exactly, change     string
	}{
		{"35%", "38%", "", false, "35%", "35%"}, {"38%", "", "35%", false, "38%", "38%"}, {"12天", "5天", "", false, "12天", "12天"}, {"5天", "", "12天", false, "5天", "5天"},
		{"1200家", "1500家", "", false, "1200家", "1200家"}, {"1500家", "", "1200家", false, "1500家", "1500家"},
		{"50亿元", "", "", true, "53亿元", "50亿元"}, {"53亿元", "", "", false, "53亿元", "53亿元"}, {"3亿元", "", "", false, "3亿元", "3亿元"},
		{"8亿元", "", "", true, "8亿元", "8亿元"}, {"千亿元", "", "", true, "1030亿元", "千亿元"}, {"1000万人次", "", "", true, "1026万人次", "1000万人次"}, {"1026万人次", "", "", false, "1026万人次", "1026万人次"},
		{"3200公里", "", "", false, "3200公里", "3200公里"}, {"7%", "", "", false, "7%", "7%"}, {"65条", "", "", false, "65条", "65条"}, {"100亿元", "", "", true, "100亿元", "100亿元"},
		{"320天", "", "", false, "320天", "12天"}, {"86%", "", "", false, "86%", "2个百分点"}, {"2个百分点", "", "", false, "2个百分点", "2个百分点"}, {"1200亿千瓦时", "", "", false, "1200亿千瓦时", "1200亿千瓦时"},
	} {
		found := false
		for i, f := range ix.Report.Figures {
			if f.Value != c.value {
				continue
			}
			found = true
			if got := value(ix.becomes(i)); got != c.became {
				t.Errorf("%s became %q, want %q", c.value, got, c.became)
			}
			if got := value(ix.cameFrom(i)); got != c.from {
				t.Errorf("%s came from %q, want %q", c.value, got, c.from)
			}
			if got := ix.isMark(i); got != c.mark {
				t.Errorf("%s is a mark: %v, want %v", c.value, got, c.mark)
			}
			if got := value(plain.exactly(i)); got != c.exactly {
				t.Errorf("%s is exactly %s, want %s", c.value, got, c.exactly)
			}
			if got := value(rises.change(i)); got != c.change {
				t.Errorf("%s changed by %s, want %s", c.value, got, c.change)
			}
			if got := plain.change(i); got != i {
				t.Errorf("%s: a change is told that is not asked for", c.value)
			}
			break
		}
		if !found {
			t.Errorf("there is no %s among the figures", c.value)
		}
	}
}

// TestSettle: both where both are asked for, what was before where that is, else what
// holds now.
func TestSettle(t *testing.T) {
	said, err := os.ReadFile("../check/testdata/steps.txt")
	if err != nil {
		t.Fatal(err)
	}
	ix := newIndexOf(t, string(said), nil, false)
	for _, c := range []struct {
		words  string
		number bool
		fromTo bool
		asked  bool
		direct string
		want   string
	}{
		{"绿地率多少", true, false, false, "35%", "38%"}, {"绿地率多少", true, false, false, "38%", "38%"}, {"绿地率多少", true, false, false, "35% 38%", "38%"}, {"绿地率原来多少", true, false, false, "38%", "35%"}, {"绿地率原来多少", true, false, false, "35%", "35%"},
		{"绿地率从多少到多少", true, true, false, "35%", "35% 38%"}, {"绿地率从多少到多少", true, true, false, "38%", "35% 38%"}, {"石材产值从多少到多少", true, true, false, "53亿元", "53亿元"},
		{"石材产值多少", true, false, false, "50亿元", "53亿元"}, {"过50亿了，到底多少", true, false, true, "50亿元", "53亿元"}, {"50亿元是什么", false, false, true, "50亿元", "50亿元"}, {"35%是什么", false, false, true, "35%", "35%"},
		{"优良天数增加了多少", true, false, false, "320天", "12天"}, {"优良天数比例提高多少", true, false, false, "86% 2个百分点", "2个百分点"}, {"道路桥梁", false, false, false, "65条 18座", "65条 18座"},
	} {
		q := &question.Question{Words: c.words}
		if c.number {
			q.Ask = question.Number
		}
		h := &Hits{Index: ix, Question: &resolve.Question{Question: q}, fromTo: c.fromTo}
		var direct []ScoredFigure
		for _, v := range strings.Fields(c.direct) {
			for i, f := range ix.Report.Figures {
				if f.Value == v {
					direct = append(direct, ScoredFigure{Figure: i, asked: c.asked})
					break
				}
			}
		}
		var got []string
		for _, f := range h.Settle(direct) {
			got = append(got, ix.Report.Figures[f.Figure].Value)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s, %s: %s, want %s", c.words, c.direct, s, c.want)
		}
	}
}

// TestFitTime: a figure of another year than the one asked for counts less, and says
// so where a year is named.
func TestFitTime(t *testing.T) {
	ix := newTestIndex(t, nil, false)
	review, plan := []corpus.Time{corpus.Review}, []corpus.Time{corpus.Plan}
	for _, c := range []struct {
		name  string
		q     resolve.Question
		asks  question.Question
		f     corpus.Figure
		less  bool
		more  bool
		other bool
	}{
		{"a result of the year", resolve.Question{Times: review, Years: []int{2030}}, question.Question{}, corpus.Figure{Nature: corpus.Actual, Period: "2030"}, false, false, false},
		{"a target for a result", resolve.Question{Times: review, Years: []int{2030}}, question.Question{}, corpus.Figure{Nature: corpus.Target, Period: "2031"}, true, false, true},
		{"a target, by the wording", resolve.Question{Times: review}, question.Question{}, corpus.Figure{Nature: corpus.Target, Period: "2031"}, true, false, false},
		{"a target of the year", resolve.Question{Times: plan, Years: []int{2031}}, question.Question{Aim: true}, corpus.Figure{Nature: corpus.Target, Period: "2031"}, false, true, false},
		{"a result for a target", resolve.Question{Times: plan, Years: []int{2031}}, question.Question{Aim: true}, corpus.Figure{Nature: corpus.Actual, Period: "2030"}, true, false, true},
		{"any time", resolve.Question{}, question.Question{}, corpus.Figure{Nature: corpus.Target, Period: "2031"}, false, false, false},
		{"a background", resolve.Question{}, question.Question{}, corpus.Figure{Nature: corpus.Background, Period: "2030"}, true, false, false},
		{"all there is, and a target", resolve.Question{}, question.Question{Stock: true}, corpus.Figure{Nature: corpus.Target, Period: "2031"}, true, false, false},
		{"all there is, aimed at", resolve.Question{}, question.Question{Stock: true, Aim: true}, corpus.Figure{Nature: corpus.Target, Period: "2031"}, false, true, false},
		{"several years", resolve.Question{}, question.Question{Several: true}, corpus.Figure{Nature: corpus.Actual, Period: "2026-2030"}, false, true, false},
		{"all years", resolve.Question{}, question.Question{Several: true}, corpus.Figure{Nature: corpus.Actual, Period: "cumulative"}, false, true, false},
		{"an average of years", resolve.Question{}, question.Question{Several: true}, corpus.Figure{Nature: corpus.Actual, Period: "other", Indicator: "年均增长"}, false, true, false},
		{"one year of several", resolve.Question{}, question.Question{Several: true}, corpus.Figure{Nature: corpus.Actual, Period: "2030"}, false, false, false},
		{"several years, one asked", resolve.Question{Times: review, Years: []int{2030}}, question.Question{}, corpus.Figure{Nature: corpus.Actual, Period: "2026-2030"}, true, false, false},
		{"no year", resolve.Question{Times: review, Years: []int{2030}}, question.Question{}, corpus.Figure{Nature: corpus.Actual}, false, false, false},
		{"a background of the year", resolve.Question{Times: plan, Years: []int{2031}}, question.Question{}, corpus.Figure{Nature: corpus.Background, Period: "2031"}, true, false, false},
		{"an earlier year", resolve.Question{Times: review, Years: []int{2030}}, question.Question{}, corpus.Figure{Nature: corpus.Actual, Period: "2025"}, false, false, false},
	} {
		c.q.Question = &c.asks
		h := &Hits{Index: ix, Question: &c.q}
		score, other := h.fitTime(c.f, 1)
		if (score < 1) != c.less || (score > 1) != c.more || other != c.other {
			t.Errorf("%s: %.2f, %v, want less %v, more %v, of another year %v", c.name, score, other, c.less, c.more, c.other)
		}
	}
}
