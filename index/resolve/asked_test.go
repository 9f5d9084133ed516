package resolve

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/index/lexicon"
	"jinwen/index/question"
)

// TestOwnNames: the names by which a question may call the place that reports.
func TestOwnNames(t *testing.T) {
	for place, want := range map[string]string{
		"云岭省": "云岭 云岭省 全省 咱省 省上 省里", "云江市": "云江 云江市 全市 咱市 市里", "云岭自治区": "云岭 云岭自治区 全区 区里 咱区 自治区", "青溪县": "青溪 青溪县", "国务院": "china nationwide 中国 全国 国务院 我国", "天津市": "tianjin 全市 咱市 天津 天津市 市里", "云岭自治州": "云岭 云岭自治州", "": "", "镇区": "镇区",
	} {
		names := OwnNames(&corpus.Report{Place: place})
		var got []string
		for n, yes := range names {
			if yes {
				got = append(got, n)
			}
		}
		slices.Sort(got)
		list := strings.Fields(want)
		slices.Sort(list)
		if !slices.Equal(got, list) {
			t.Errorf("%s is called %v, want %v", place, got, list)
		}
	}
	if names := OwnNames(&corpus.Report{Place: "云江市", Short: "江城"}); !names["江城"] {
		t.Errorf("云江市 is not called 江城: %v", names)
	}
}

// TestRarity: a word that stands in few passages tells more.
func TestRarity(t *testing.T) {
	last := 2.0
	for df := range 101 {
		x := Rarity(df, 100)
		if x >= last || x < 0 || x > 1 {
			t.Errorf("of %d passages %v, of one less %v", df, x, last)
		}
		last = x
	}
	if first := Rarity(0, 100); first != 1 || last > 0.01 {
		t.Errorf("of none %v, of all %v, want 1 and nearly 0", first, last)
	}
}

// TestTerms: what the terms of a question tell together.
func TestTerms(t *testing.T) {
	alt := func(list ...string) (out []Alt) {
		for i, s := range list {
			out = append(out, Alt{Text: s, Quality: 1 - 0.5*float64(i)})
		}
		return out
	}
	q := &Question{Question: &question.Question{Subject: "老旧小区和地区生产总值", Words: "老旧小区和地区生产总值"}, Terms: []Term{
		{Text: "老旧小区", Alts: alt("老旧小区", "旧房"), Weight: 0.8, Known: true}, {Text: "地区生产总值", Alts: alt("地区生产总值"), Weight: 0.6, Known: true, Concept: "gdp"}, {Text: "gdp", Weight: 0.6, Known: true, Concept: "gdp"},
		{Text: "航天", Alts: alt("航天"), Weight: 0.9}, {Text: "宁波", Weight: 1, Known: true, Place: true}, {Text: "公园", Weight: 1, Known: true, Kept: true},
	}}
	for i, want := range []bool{false, false, false, true, true, true} {
		if got := q.TellsMost(i); got != want {
			t.Errorf("%s tells most: %v, want %v", q.Terms[i].Text, got, want)
		}
	}
	if got := q.Heaviest(); got != 1 {
		t.Errorf("the heaviest that is known has %v, want 1", got)
	}
	for indicator, want := range map[string]float64{"改造老旧小区": 0.8, "老旧小区和地区生产总值": 1.4, "旧房": 0, "航天": 0, "": 0} {
		if got := q.NamedBy(indicator, 0.1); fmt.Sprintf("%.1f", got) != fmt.Sprintf("%.1f", want) {
			t.Errorf("%s is named by %v, want %v", indicator, got, want)
		}
	}
	if got := q.NamedBy("老旧小区和地区生产总值", 0.7); got != 0.8 {
		t.Errorf("by words of some weight %v, want 0.8", got)
	}
	for indicator, want := range map[string]int{"地区生产总值": 6, "老旧小区": 4, "老旧小区改造": 0, "小区": 0, "": 0} {
		if got := q.Verbatim(indicator); got != want {
			t.Errorf("%s stands there over %d characters, want %d", indicator, got, want)
		}
	}
	if got := q.ConceptsOf(); len(got) != 1 || !got["gdp"] {
		t.Errorf("the indicators are %v", got)
	}
}

// TestTimes: what part of a report a question may be answered from.
func TestTimes(t *testing.T) {
	review, plan := corpus.Review, corpus.Plan
	for _, c := range []struct {
		times              []corpus.Time
		review, plan, both bool
	}{{nil, true, true, false}, {[]corpus.Time{review}, true, false, false}, {[]corpus.Time{plan}, false, true, false}, {[]corpus.Time{review, plan}, true, true, true}} {
		q := &Question{Question: &question.Question{}, Times: c.times}
		if q.About(review) != c.review || q.About(plan) != c.plan || q.Both() != c.both {
			t.Errorf("%v: review %v, plan %v, both %v", c.times, q.About(review), q.About(plan), q.Both())
		}
	}
	for _, c := range []struct {
		q    question.Question
		want bool
	}{{question.Question{Ask: question.Number}, true}, {question.Question{Ask: question.Compare}, true}, {question.Question{Ask: question.Any}, false}, {question.Question{Ask: question.List, Measure: corpus.MeasureGrowth}, true}, {question.Question{Ask: question.Any, Level: true}, true}, {question.Question{Ask: question.Any, AimNamed: true}, true}, {question.Question{Ask: question.List}, false}} {
		if got := (&Question{Question: &c.q}).AsksNumber(); got != c.want {
			t.Errorf("%s asks for a number: %v, want %v", c.q.Ask, got, c.want)
		}
	}
}

// TestSaid: of a question that leans on another both are said, unless it names a
// subject of its own.
func TestSaid(t *testing.T) {
	subject := Term{Text: "停车位", Known: true, Weight: 1}
	for _, c := range []struct {
		q     question.Question
		terms []Term
		want  string
	}{
		{question.Question{Words: "停车位呢", Subject: "停车位", Context: "小区"}, nil, "停车位呢"},
		{question.Question{Words: "停车位呢", Subject: "停车位", Context: "小区", Follows: true}, []Term{subject}, "停车位 小区"},
		{question.Question{Words: "停车位呢", Subject: "停车位", Context: "小区", Follows: true, Renames: true}, []Term{subject}, "停车位"},
		{question.Question{Words: "停车位呢", Subject: "停车位", Context: "小区", Follows: true, Renames: true, Refers: true}, []Term{subject}, "停车位 小区"},
		{question.Question{Words: "停车位呢", Subject: "停车位", Context: "小区", Follows: true, Renames: true, Elsewhere: true}, []Term{subject}, "停车位 小区"},
		{question.Question{Words: "停车位呢", Subject: "停车位", Context: "小区", Follows: true, Renames: true}, []Term{{Text: "停车位", Weight: 1}}, "停车位 小区"},
		{question.Question{Words: "停车位呢", Subject: "停车位", Context: "小区", Follows: true, Renames: true}, []Term{{Text: "停车位", Known: true, Weight: 1, before: true}}, "停车位 小区"},
		{question.Question{Words: "停车位呢", Subject: "停车位", Context: "小区", Follows: true, Renames: true}, []Term{{Text: "停车位", Known: true, Weight: 0.01}}, "停车位 小区"},
	} {
		if got := (&Question{Question: &c.q, Terms: c.terms}).Said(); got != c.want {
			t.Errorf("%+v is said %q, want %q", c.q, got, c.want)
		}
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	q := &Question{Question: &question.Question{Words: "请问停车位有多少呢"}, Terms: []Term{{Text: "parks", Alts: []Alt{{Text: "公园"}}}}}
	if got := strings.Join(strings.Fields(q.Plain(lex)), " "); !strings.HasSuffix(got, "公园") || !strings.Contains(got, "停车位") || strings.Contains(got, "请问") {
		t.Errorf("plainly it says %q", got)
	}
}

// TestNoYear: a report of which nobody knows the year answers whatever year is asked.
func TestNoYear(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	r := reportOf(t, "新建学校30所，改造公园12个。")
	if r.Report.Year != 0 {
		t.Fatalf("the year is %d", r.Report.Year)
	}
	q := r.Resolve(question.Read("去年新建学校多少所", nil), lex, nil)
	if len(q.Years) != 0 || q.Beyond != "" {
		t.Errorf("years %v, beyond %q", q.Years, q.Beyond)
	}
	if got := extract.ParseText("").Place; len(OwnNames(&corpus.Report{Place: got})) != 0 {
		t.Errorf("a report without a place is called %q", got)
	}
}
