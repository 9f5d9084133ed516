package handlers_test

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/index"
)

// reportText is a report of a county that does not exist.
const reportText = `青溪县2024年政府工作报告

各位代表：

现在，我代表县人民政府向大会报告工作，请予审议。

一、2023年工作回顾

2023年是很不平凡的一年。全县地区生产总值增长5.1%，一般公共预算收入达到36.2亿元。社会消费品零售总额增长8%，港口吞吐量达到120万吨。各项事业都有新的进步。

一是教育事业稳步发展。新增义务教育学位3200个，改造校舍14所。教师队伍不断壮大，家长更加满意。

二是交通条件明显改善。改建农村公路86公里，新开公交线路3条。青溪大桥建成通车，两岸往来更加方便。

二、2024年主要目标任务

主要预期目标是：地区生产总值增长5.5%左右，社会消费品零售总额增长7%，港口吞吐量突破150万吨，城镇新增就业6000人。

（一）办好人民满意的教育

新增义务教育学位4000个，开工建设青溪二中新校区。完善家校社协同育人机制。

（二）加快交通建设

改建农村公路100公里，开工建设青溪至云岭快速路。建成南门公交枢纽，优化公交线网。

三、加强政府自身建设

坚持依法行政，自觉接受监督。厉行节约，把钱用在刀刃上。
`

// fact is a figure as a test names it.
type fact struct {
	clause, value, indicator string
	number                   float64
	unit                     string
	measure                  corpus.Measure
	bound                    corpus.Bound
	period                   string
	nature                   corpus.Nature
}

var facts = []fact{
	{"全县地区生产总值增长5.1%", "5.1%", "地区生产总值", 5.1, "%", corpus.MeasureGrowth, corpus.BoundExact, "2023", corpus.Actual},
	{"一般公共预算收入达到36.2亿元", "36.2亿元", "一般公共预算收入", 36.2e8, "元", corpus.MeasureLevel, corpus.BoundExact, "2023", corpus.Actual},
	{"社会消费品零售总额增长8%", "8%", "社会消费品零售总额", 8, "%", corpus.MeasureGrowth, corpus.BoundExact, "2023", corpus.Actual},
	{"港口吞吐量达到120万吨", "120万吨", "港口吞吐量", 1.2e6, "吨", corpus.MeasureLevel, corpus.BoundExact, "2023", corpus.Actual},
	{"新增义务教育学位3200个", "3200个", "新增义务教育学位", 3200, "个", corpus.MeasureCount, corpus.BoundExact, "2023", corpus.Actual},
	{"改造校舍14所", "14所", "改造校舍", 14, "所", corpus.MeasureCount, corpus.BoundExact, "2023", corpus.Actual},
	{"改建农村公路86公里", "86公里", "改建农村公路", 86, "公里", corpus.MeasureLevel, corpus.BoundExact, "2023", corpus.Actual},
	{"新开公交线路3条", "3条", "新开公交线路", 3, "条", corpus.MeasureCount, corpus.BoundExact, "2023", corpus.Actual},
	{"地区生产总值增长5.5%左右", "5.5%左右", "地区生产总值", 5.5, "%", corpus.MeasureGrowth, corpus.BoundAbout, "2024", corpus.Target},
	{"社会消费品零售总额增长7%", "7%", "社会消费品零售总额", 7, "%", corpus.MeasureGrowth, corpus.BoundExact, "2024", corpus.Target},
	{"港口吞吐量突破150万吨", "150万吨", "港口吞吐量", 1.5e6, "吨", corpus.MeasureLevel, corpus.BoundOver, "2024", corpus.Target},
	{"城镇新增就业6000人", "6000人", "城镇新增就业", 6000, "人", corpus.MeasureCount, corpus.BoundExact, "2024", corpus.Target},
	{"新增义务教育学位4000个", "4000个", "新增义务教育学位", 4000, "个", corpus.MeasureCount, corpus.BoundExact, "2024", corpus.Target},
	{"改建农村公路100公里", "100公里", "改建农村公路", 100, "公里", corpus.MeasureLevel, corpus.BoundExact, "2024", corpus.Target},
}

// promises are clauses of the plan, with the places that they name.
var promises = []struct {
	clause, topic, verb string
	places              []string
}{
	{"新增义务教育学位4000个", "办好人民满意的教育", "新增", nil},
	{"开工建设青溪二中新校区", "办好人民满意的教育", "开工", []string{"青溪二中"}},
	{"改建农村公路100公里", "加快交通建设", "改建", nil},
	{"开工建设青溪至云岭快速路", "加快交通建设", "开工", []string{"云岭"}},
	{"建成南门公交枢纽", "加快交通建设", "建成", []string{"南门"}},
}

// county is the report of text with what a test knows to be in it, whatever
// the extraction of figures finds there.
func county(t testing.TB, text string) *corpus.Report {
	t.Helper()
	r := extract.ParseText(text)
	find := func(s string, within corpus.Span) corpus.Span {
		i := strings.Index(r.Quote(within), s)
		if i < 0 {
			return corpus.Span{}
		}
		start := within.Start + utf8.RuneCountInString(r.Quote(within)[:i])
		return corpus.Span{Start: start, End: start + utf8.RuneCountInString(s)}
	}
	all := corpus.Span{End: r.Len()}
	r.Figures, r.Commitments = nil, nil
	for _, f := range facts {
		clause := find(f.clause, all)
		if clause.Len() == 0 {
			continue
		}
		r.Figures = append(r.Figures, corpus.Figure{
			Span: find(f.value, clause), Value: f.value, Number: f.number, Unit: f.unit, Indicator: f.indicator,
			Measure: f.measure, Bound: f.bound, Period: f.period, Nature: f.nature, Clause: clause, Passage: r.PassageAt(clause.Start),
		})
	}
	for _, p := range promises {
		s := find(p.clause, all)
		if s.Len() == 0 {
			continue
		}
		c := corpus.Commitment{Span: s, Text: p.clause, Topic: p.topic, Verb: p.verb, Places: p.places, Passage: r.PassageAt(s.Start)}
		for i := range r.Figures {
			if s.Contains(r.Figures[i].Span) {
				c.Figures = append(c.Figures, i)
			}
		}
		r.Commitments = append(r.Commitments, c)
	}
	return r
}

// figureAt is the number of the figure of that value.
func figureAt(t testing.TB, r *corpus.Report, value string) int {
	t.Helper()
	for i := range r.Figures {
		if r.Figures[i].Value == value {
			return i
		}
	}
	t.Fatalf("no figure %s", value)
	return -1
}

// hit is the passage that holds text, with text as its focus.
func hit(t testing.TB, r *corpus.Report, text string) index.Hit {
	t.Helper()
	i := strings.Index(r.Text, text)
	if i < 0 {
		t.Fatalf("no %q in the report", text)
	}
	start := utf8.RuneCountInString(r.Text[:i])
	s := corpus.Span{Start: start, End: start + utf8.RuneCountInString(text)}
	return index.Hit{Passage: r.PassageAt(s.Start), Focus: s}
}

// sectionAt is the number of the section with that title.
func sectionAt(t testing.TB, r *corpus.Report, title string) int {
	t.Helper()
	for i := range r.Sections {
		if r.Sections[i].Title == title {
			return i
		}
	}
	t.Fatalf("no section %s", title)
	return -1
}

// topics are two, known by their words.
type topics map[string][]string

var ourTopics = topics{"教育": {"学位", "校舍", "教育", "二中"}, "交通": {"公路", "公交", "大桥", "交通"}}

func (topics) Topics() []string { return []string{"教育", "交通"} }

func (ts topics) InTopic(topic, text string) bool {
	for _, w := range ts[topic] {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// indexes are built once a report, and closed at the end of all tests.
var indexes struct {
	sync.Mutex
	m map[string]*index.Index
}

// indexOf answers from r.
func indexOf(t testing.TB, r *corpus.Report) *index.Index {
	t.Helper()
	indexes.Lock()
	defer indexes.Unlock()
	if ix, ok := indexes.m[r.ID]; ok {
		return ix
	}
	ix, err := index.New(r, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if indexes.m == nil {
		indexes.m = make(map[string]*index.Index)
	}
	indexes.m[r.ID] = ix
	return ix
}

// closing is all tests, with the indexes closed behind them.
type closing struct{ *testing.M }

func (c closing) Run() int {
	code := c.M.Run()
	for _, ix := range indexes.m {
		ix.Close()
	}
	return code
}
