package index

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/index/answer"
	"jinwen/index/question"
)

// TestExplain keeps how an answer is explained: how the question was read, what each
// figure is, what each score is made of.
func TestExplain(t *testing.T) {
	ix := newIndex(t, kinds)
	var b strings.Builder
	for _, q := range []string{"去年GDP一共多少亿", "今年要更新几条路几座桥", "航天发射场", "去年GDP多少？今年改造几所体育场地？", "优良天数比例和天数", "谢谢"} {
		a, err := ix.Ask(t.Context(), Query{Text: q, Explain: true})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n%s\n", q, a.Explain())
	}
	golden.Check(t, "testdata/rank/explain.txt", b.String())
}

// TestOffice: who gives a report holds the office of its place; of another office
// nothing is told.
func TestOffice(t *testing.T) {
	for _, c := range []struct {
		place, asked string
		want         answer.Status
	}{
		{"云岭省", "省长是谁", answer.Talk}, {"云岭省", "市长是谁", answer.NotFound},
		{"云江市", "市长是谁", answer.Talk}, {"云江市", "省长是谁", answer.NotFound}, {"青溪县", "县长是谁", answer.Talk}, {"云岭区", "区长是谁", answer.Talk},
		{"云岭自治区", "主席是谁", answer.Talk}, {"云岭自治区", "区长是谁", answer.NotFound}, {"云岭自治州", "州长是谁", answer.Talk}, {"云江市", "谁作的报告", answer.Talk},
	} {
		head := fmt.Sprintf("%s2031年政府工作报告\n——2031年1月15日在%s第十八届人民代表大会第一次会议上\n%s%s　林海生\n\n各位代表：\n", c.place, c.place, c.place, officeOf(c.place))
		a := ask(t, newIndex(t, head+"一、2030年工作回顾\n新建学校30所。\n二、2031年工作任务\n新建医院3所。\n"), c.asked)
		if a.Status != c.want || a.Subject != "" || (a.Status == answer.NotFound) != (len(a.Missing) > 0) {
			t.Errorf("%s, %s: %s %q lacks %v, want %s", c.place, c.asked, a.Status, a.Subject, a.Missing, c.want)
		}
	}
	for name, want := range map[string]string{"国务院": "总理", "西藏自治区": "主席", "天津市": "市长", "某旗": "旗长", "某盟": "盟长", "某州": "州长", "": "", "某国": ""} {
		if got := officeOf(name); got != want {
			t.Errorf("officeOf(%s) = %q, want %q", name, got, want)
		}
	}
}

// TestLines: a report without headings, or without a place, is asked all the same.
func TestLines(t *testing.T) {
	for name, text := range map[string]string{"no headings": "新建学校30所，改造公园12个。", "nothing": "", "headings alone": "一、2030年工作回顾\n二、2031年工作任务\n"} {
		ix := newIndex(t, text)
		for _, q := range []string{"报告分几个部分", "第三部分讲什么", "新建学校多少所", "报告提到哪些区县", "谁作的报告", "什么时候开的会", "今年目标有哪些", "今年开工哪些项目", "上海GDP", "2029年GDP"} {
			a := ask(t, ix, q)
			if a.Direct > len(a.Figures) || a.Status == answer.Answered && len(a.Hits)+len(a.Sections) == 0 {
				t.Errorf("%s, %s: %s with %d of %d figures", name, q, a.Status, a.Direct, len(a.Figures))
			}
			if want := name == "no headings" && q == "新建学校多少所"; want != (a.Direct > 0 && ix.Report().Figures[a.Figures[0]].Value == "30所") {
				t.Errorf("%s, %s: %s", name, q, a.Explain())
			}
		}
	}
}

// TestPages: a further page goes on where the one before ended, and ends.
func TestPages(t *testing.T) {
	ix := testIndex(t)
	for _, q := range []string{"今年开工建设哪些项目", "教育", "人才政策有哪些"} {
		seen := make(map[int]bool)
		all := -1
		for offset := 0; ; {
			a, err := ix.Ask(t.Context(), Query{Text: q, Offset: offset})
			if err != nil {
				t.Fatal(err)
			}
			if all < 0 {
				all = len(a.Hits) + a.More
			}
			if got := offset + len(a.Hits) + a.More; got != all || len(a.Hits) > used.MaxHits {
				t.Errorf("%s from %d: %d hits and %d more, want %d in all", q, offset, len(a.Hits), a.More, all)
			}
			for _, h := range a.Hits {
				if seen[h.Passage] {
					t.Errorf("%s: passage %d stands on two pages", q, h.Passage)
				}
				seen[h.Passage] = true
			}
			if a.More == 0 {
				break
			}
			offset += len(a.Hits)
		}
		for _, offset := range []int{all, all + 5} {
			a, err := ix.Ask(t.Context(), Query{Text: q, Offset: offset})
			if err != nil || len(a.Hits) != 0 || a.More != 0 {
				t.Errorf("%s from %d of %d: %d hits, %d more, %v", q, offset, all, len(a.Hits), a.More, err)
			}
		}
		if a, err := ix.Ask(t.Context(), Query{Text: q, Offset: -1}); err != nil || len(a.Hits) == 0 {
			t.Errorf("%s from -1: %v, %v", q, a, err)
		}
	}
}

// TestClosed: an index is closed once, and one that was never there is closed at once.
func TestClosed(t *testing.T) {
	ix, err := New(extract.ParseText(another), Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := NewLive(ix)
	if live.Report() != ix.Report() {
		t.Error("the report of a live index is another")
	}
	held, release := live.Acquire()
	done := live.Swap(nil)
	select {
	case <-done:
		t.Error("an index is closed that is in use")
	default:
	}
	if _, err := held.Ask(t.Context(), Query{Text: "教育"}); err != nil {
		t.Errorf("a question on an index that is in use: %v", err)
	}
	release()
	release()
	<-done
	if err := ix.Close(); !errors.Is(err, ErrClosed) {
		t.Errorf("the second Close: %v, want ErrClosed", err)
	}
	if held, release := live.Acquire(); held != nil || release != nil || live.Report() != nil {
		t.Error("there is an index after all")
	}
	<-live.Swap(nil)
	if err := live.Close(); err != nil {
		t.Errorf("Close of none: %v", err)
	}
}

// TestJoin: of several questions each gives first what answers it, and passages
// turn and turn about.
func TestJoin(t *testing.T) {
	ix := newIndex(t, city)
	for _, c := range []struct{ q, values string }{
		{"去年旅游收入多少？PM2.5多少？幼儿园建了几所？", "1026亿元 18微克 26所"},
		{"幼儿园建了几所？航天发射场呢？", "26所"},
		{"航天发射场多少？幼儿园建了几所？", "26所"},
		{"航天发射场多少？载人飞船几艘？", ""},
		{"去年幼儿园建了几所？去年幼儿园建了几所？", "26所"},
	} {
		a := ask(t, ix, c.q)
		var got []string
		for _, i := range a.Figures[:a.Direct] {
			got = append(got, ix.Report().Figures[i].Value)
		}
		if s := strings.Join(got, " "); s != c.values {
			t.Errorf("%s: %s, want %s\n%s", c.q, s, c.values, a.Explain())
		}
		seen := make(map[int]bool)
		for _, h := range a.Hits {
			if seen[h.Passage] {
				t.Errorf("%s: passage %d is shown twice", c.q, h.Passage)
			}
			seen[h.Passage] = true
		}
		for k := 0; k < len(a.Parts) && a.Status == answer.Answered; k++ {
			if p := a.Parts[k]; len(p.Hits) > 0 && !seen[p.Hits[0].Passage] {
				t.Errorf("%s: the best hit of part %d is not shown", c.q, k)
			}
		}
		if (a.Status == answer.Answered) == (a.Reason != answer.ReasonNone) {
			t.Errorf("%s: %s with reason %q", c.q, a.Status, a.Reason)
		}
	}
}

// TestGiveWay: what a question keeps of the one before gives way where the report
// has nothing of it on what the question names.
func TestGiveWay(t *testing.T) {
	ix := newIndex(t, city)
	for _, c := range []struct{ turns, want string }{
		{"农村公路建了多少公里|充电桩呢", "8000个"},
		{"农村公路建了多少公里|绿道呢", "80公里"},
		{"去年老旧小区改造几个|充电桩呢", ""},
		{"去年GDP多少|粮食呢", "56.2万吨"},
		{"标准厂房多少平方米|低效用地呢", "6000亩"},
	} {
		var before *question.Question
		var a *Answer
		for q := range strings.SplitSeq(c.turns, "|") {
			var err error
			if a, err = ix.Ask(t.Context(), Query{Text: q, Before: before}); err != nil {
				t.Fatal(err)
			}
			before = a.Question.Question
		}
		got := ""
		if len(a.Figures) > 0 {
			got = ix.Report().Figures[a.Figures[0]].Value
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s\n%s", c.turns, got, c.want, a.Explain())
		}
	}
}
