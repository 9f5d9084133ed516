package reply

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
	"jinwen/index"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

const answeringText = `青溪县2032年政府工作报告

各位代表：

一、2031年工作回顾

2031年，地区生产总值增长5.1%，一般公共预算收入达到36.2亿元。社会消费品零售总额增长7%，港口吞吐量达到120万吨。进出口总额增长3%。

教育事业稳步发展。新增义务教育学位3200个，改造校舍14所。教师队伍不断壮大，家长更加满意。

交通条件明显改善，持续推进各项重点工程建设，持续推进各项重点工程建设，改建农村公路86公里，新开公交线路3条，持续推进各项重点工程建设，持续推进各项重点工程建设，持续推进各项重点工程建设，持续推进各项重点工程建设，持续推进各项重点工程建设。青溪大桥建成通车，两岸往来更加方便。

二、2032年目标任务

主要预期目标是：地区生产总值增长5.5%左右，一般公共预算收入增长4%，社会消费品零售总额增长7%，港口吞吐量突破150万吨，城镇新增就业6000人，失业率5%以内。

（一）办好人民满意的教育，让家长放心

新增义务教育学位4000个，开工建设青溪二中新校区。完善家校社协同育人机制，教育投入只增不减。

（二）加快交通建设

改建农村公路100公里，开工建设青溪至云岭快速路。建成南门公交枢纽，优化公交线网，方便群众出行和交通换乘。

三、加强自身建设

坚持依法行政，自觉接受监督，把教育和交通的每一分钱都用在刀刃上。
`

// A maker makes answers from the report by its words.
type maker struct {
	t testing.TB
	r *corpus.Report
}

func (m maker) fig(value string) int {
	m.t.Helper()
	i := slices.IndexFunc(m.r.Figures, func(f corpus.Figure) bool { return m.r.Quote(f.Clause) == value || strings.HasPrefix(f.Value, value) })
	if i < 0 {
		m.t.Fatalf("no figure %s", value)
	}
	return i
}

func (m maker) answer(kind index.Kind, ask question.Ask, change ...func(*index.Answer)) *index.Answer {
	q := &resolve.Question{Question: &question.Question{Text: "问题　有点长，一页的标题写不下它，要截短", Ask: ask}}
	a := &index.Answer{Report: m.r, Status: index.Answered, Kind: kind, Question: q}
	for _, change := range change {
		change(a)
	}
	return a
}

func (m maker) figs(direct int, values ...string) func(*index.Answer) {
	return func(a *index.Answer) {
		a.Direct = direct
		for _, v := range values {
			a.Figures = append(a.Figures, m.fig(v))
		}
	}
}

func (m maker) hits(words ...string) func(*index.Answer) {
	return func(a *index.Answer) {
		for _, w := range words {
			s := in(m.t, m.r, w)
			a.Hits = append(a.Hits, index.Hit{Passage: m.r.PassageAt(s.Start), Focus: s})
		}
	}
}

// passages are whole passages, without what stands out.
func (m maker) passages(words ...string) func(*index.Answer) {
	return func(a *index.Answer) {
		for _, w := range words {
			a.Hits = append(a.Hits, index.Hit{Passage: m.r.PassageAt(in(m.t, m.r, w).Start)})
		}
	}
}

func (m maker) promises(words ...string) func(*index.Answer) {
	return func(a *index.Answer) {
		for _, w := range words {
			i := slices.IndexFunc(m.r.Commitments, func(c corpus.Commitment) bool { return strings.Contains(c.Text, w) })
			if i < 0 {
				m.t.Fatalf("no commitment %s", w)
			}
			a.Commitments = append(a.Commitments, i)
		}
	}
}

// word has the question be that one word, with more beside it.
func word(text, beside string) func(*index.Answer) {
	return func(a *index.Answer) {
		a.Question.Terms = []resolve.Term{{Text: text}}
		a.Question.Words = text + beside
	}
}

// TestAnswers keeps what people read of answers of each form, page by page,
// with what the buttons below are made of.
func TestAnswers(t *testing.T) {
	r := extract.ParseText(answeringText)
	m := maker{t, r}
	var b strings.Builder
	show := func(name string, a *index.Answer, views ...View) {
		t.Helper()
		for _, v := range append([]View{{}}, views...) {
			p := PageOf(a, texts.Of(chat.Hans), v)
			fmt.Fprintf(&b, "== %s", name)
			if v.Page+v.Limit > 0 || v.Unfold || v.Seen != nil {
				fmt.Fprintf(&b, " (page %d, limit %d, unfold %v, %d seen)", v.Page, v.Limit, v.Unfold, len(v.Seen))
			}
			fmt.Fprintf(&b, "\n%s-- %d shown, %d left, other %d, chart %v, topic %v, quoted %v\n", printed(p.Reply), p.Shown, p.Left, p.Other, p.Chart, p.Topic, p.Quoted)
		}
	}
	years := func(a *index.Answer) { a.Question.Years = []int{2031} }
	const any, number, list, compare, mention = question.Any, question.Number, question.List, question.Compare, question.Mention

	show("a number", m.answer(index.KindFigure, number, m.figs(1, "3200个"), m.hits("改造校舍14所")), View{Unfold: true}, View{Limit: 30})
	show("a number of one year that has another", m.answer(index.KindFigure, number, m.figs(1, "5.1%", "5.5%")))
	show("a number of no year", m.answer(index.KindFigure, any, m.figs(1, "5.1%"), m.hits("港口吞吐量达到120万吨")))
	show("a number of no year, and of the same height", m.answer(index.KindFigure, any, m.figs(1, "社会消费品零售总额增长7%")))
	show("a number of no year, two that are no pair", m.answer(index.KindFigure, any, m.figs(2, "5.1%", "120万吨")))
	show("two of a pair", m.answer(index.KindFigure, any, m.figs(2, "5.1%", "5.5%")))
	show("a number of no year, of two words", m.answer(index.KindFigure, any, m.figs(1, "5.1%"), func(a *index.Answer) { a.Question.Terms = make([]resolve.Term, 2) }))
	show("a number of no year, of two words and a concept", m.answer(index.KindFigure, any, m.figs(1, "5.1%"), func(a *index.Answer) {
		a.Question.Terms, a.Question.Concepts = make([]resolve.Term, 2), []string{"gdp"}
	}))
	show("a number of a year, openly asked", m.answer(index.KindFigure, any, m.figs(1, "5.1%", "36.2亿元"), years))
	show("a number without a pair, openly asked", m.answer(index.KindFigure, any, m.figs(1, "6000人", "5%", "14所")))
	show("two numbers of a clause", m.answer(index.KindFigure, number, m.figs(2, "5.1%", "36.2亿元", "3200个")))
	show("no number is direct", m.answer(index.KindFigure, number, m.figs(0, "14所", "3200个")))
	show("numbers of several clauses", m.answer(index.KindFigure, number, m.figs(5, "5.1%", "3200个", "86公里", "6000人", "100公里")), View{Limit: 150})
	show("which numbers", m.answer(index.KindFigure, list, m.figs(1, "5.1%", "3200个", "14所", "120万吨", "3%"), m.hits("青溪大桥建成通车", "教育事业")))
	show("a passage with a number", m.answer(index.KindPassage, any, m.figs(1, "14所"), m.hits("改造校舍14所")))
	show("a passage with a number beside it", m.answer(index.KindPassage, any, m.figs(0, "14所"), m.hits("改造校舍14所")))

	show("an indicator alone", m.answer(index.KindTopic, any, m.figs(0, "5.1%", "5.5%", "3200个"), word("地区生产总值", "")))
	show("an indicator alone, of a year", m.answer(index.KindTopic, any, m.figs(0, "5.1%", "5.5%", "3200个"), word("地区生产总值", ""), years))
	show("an indicator by another word", m.answer(index.KindTopic, any, m.figs(0, "6000人"), func(a *index.Answer) {
		a.Question.Terms = []resolve.Term{{Text: "就业", Alts: []resolve.Alt{{Text: "城镇新增就业"}}}}
	}))
	show("an indicator by its concept", m.answer(index.KindTopic, number, m.figs(0, "36.2亿元", "4%", "6000人"), word("财政", ""), func(a *index.Answer) { a.Question.Concepts = []string{r.Figures[a.Figures[0]].Concept} }))
	show("two indicators alone", m.answer(index.KindTopic, any, m.figs(0, "5.1%"), m.hits("教育事业"), word("地区生产总值", ""), func(a *index.Answer) { a.Question.Concepts = []string{"a", "b"} }))

	everything := []string{"新增义务教育学位3200个", "教育投入只增不减", "新增义务教育学位4000个", "把教育和交通", "教师队伍"}
	show("a topic", m.answer(index.KindTopic, any, m.figs(0, "14所", "4000个"), m.hits(everything...), word("教育", "怎么样")))
	show("a topic of few words", m.answer(index.KindTopic, any, m.hits("教育投入", "教师队伍", "把教育"), word("教育", "")))
	show("a topic in a sentence", m.answer(index.KindTopic, any, m.hits(everything...), word("教育", "到底怎样")))
	show("a topic of the plan", m.answer(index.KindTopic, any, m.hits("教育投入", "优化公交线网", "建成南门公交枢纽"), word("交通", " 呢")))
	show("a topic of the review", m.answer(index.KindTopic, any, m.hits("教师队伍", "青溪大桥", "改建农村公路86公里"), word("交通", "")))
	show("a topic of neither", m.answer(index.KindTopic, any, m.passages("青溪县2032", "各位代表", "各位代表"), word("代表", ""), func(a *index.Answer) { a.More = 2 }))
	show("a topic of two places", m.answer(index.KindTopic, any, m.hits("教育投入", "教师队伍"), word("教育", "")))

	show("which are there", m.answer(index.KindList, list, m.hits("开工建设青溪二中新校区", "开工建设青溪至云岭快速路", "建成南门公交枢纽"), func(a *index.Answer) { a.More = 4 }))
	show("which are there, all of one part", m.answer(index.KindList, list, m.hits("教育投入", "建成南门公交枢纽")))
	show("who speaks of it", m.answer(index.KindList, mention, m.hits("教师队伍", "教育投入")))
	show("who speaks of it, once", m.answer(index.KindList, mention, m.hits("教师队伍")))
	show("what is begun", m.answer(index.KindList, list, m.hits("开工建设青溪二中新校区", "开工建设青溪至云岭快速路"), m.promises("南门", "二中"), func(a *index.Answer) { a.Question.Verbs = []string{"开工"} }))
	show("what is promised", m.answer(index.KindList, list, m.promises("南门", "二中", "4000个")))
	show("what is promised, for want of room", m.answer(index.KindList, list, m.hits("教师队伍"), m.promises("南门", "二中", "4000个")), View{Limit: 120})
	show("a list of one word", m.answer(index.KindList, list, m.hits("教师队伍", "教育投入"), word("教育", "")))
	show("a passage asked for as a list", m.answer(index.KindPassage, list, m.hits("教师队伍", "改造校舍")))

	show("a passage", m.answer(index.KindPassage, any, m.hits("教师队伍")), View{Unfold: true})
	show("a clause of a long sentence", m.answer(index.KindPassage, any, m.hits("改建农村公路86公里")), View{Unfold: true})
	show("two passages, two more", m.answer(index.KindPassage, any, m.hits("教师队伍", "优化公交线网", "进出口总额增长3%", "两岸往来更加方便", "教育投入", "开工建设青溪至云岭快速路")),
		View{Page: 1}, View{Page: 1, Seen: []corpus.Span{r.Passages[r.PassageAt(in(t, r, "教师队伍").Start)].Span}}, View{Limit: 60}, View{Page: 2, Limit: 60})
	show("passages one after the other", m.answer(index.KindPassage, any, m.hits("改造校舍14所", "教师队伍", "教育事业")), View{Limit: 90})
	show("a passage with a promise", m.answer(index.KindPassage, any, m.hits("教师队伍"), m.promises("南门", "二中")))
	show("a heading", m.answer(index.KindPassage, any, m.hits("教育事业稳步发展")))
	show("what says nothing, beside what does", m.answer(index.KindPassage, any, m.hits("各位代表", "教师队伍")))
	show("what says nothing alone", m.answer(index.KindPassage, any, m.hits("各位代表")))
	show("a passage that goes on from before", m.answer(index.KindPassage, any, m.hits("教师队伍"), func(a *index.Answer) { a.Question.Follows = true }), View{Page: 1})
	show("a passage that nobody asked for", m.answer(index.KindPassage, any, m.hits("教师队伍"), func(a *index.Answer) { a.Question = nil }), View{Page: 1})
	show("a passage of one report of many", m.answer(index.KindPassage, any, m.hits("教师队伍"), func(a *index.Answer) { a.Named = true }))

	show("two years", m.answer(index.KindCompare, compare, m.figs(2, "5.1%", "5.5%")))
	show("two years, the plan first", m.answer(index.KindCompare, compare, m.figs(2, "5.5%", "5.1%")))
	show("two years of one that is named", m.answer(index.KindCompare, compare, m.figs(1, "5.1%", "120万吨")))
	show("two indicators", m.answer(index.KindCompare, compare, m.figs(2, "5.1%", "3%")))
	show("two years of no pair", m.answer(index.KindCompare, compare, m.figs(2, "14所", "3200个")))
	show("three", m.answer(index.KindCompare, compare, m.figs(0, "5.1%", "3%", "120万吨")))
	show("two pairs and one", m.answer(index.KindCompare, compare, m.figs(5, "5.1%", "5.5%", "120万吨", "150万吨", "14所")))
	show("growth of two indicators and a pair", m.answer(index.KindCompare, compare, m.figs(4, "5.1%", "5.5%", "3%", "社会消费品零售总额增长7%")), View{Limit: 200}, View{Limit: 100})

	show("the outline", m.answer(index.KindOutline, question.Outline, func(a *index.Answer) { a.Sections = []int{0, 1, 2, 3, 4, 5} }), View{Limit: 60})
	show("the outline below a heading", m.answer(index.KindOutline, question.Outline, func(a *index.Answer) { a.Sections = []int{3, 4} }))
	show("an outline of nothing", m.answer(index.KindOutline, question.Outline, m.hits("教师队伍")))

	one, two := m.answer(index.KindFigure, number, m.figs(1, "3200个")), m.answer(index.KindPassage, any, m.hits("教师队伍", "优化公交线网"))
	pair := m.answer(index.KindCompare, compare, m.figs(2, "5.1%", "5.5%"))
	parts := func(list ...*index.Answer) *index.Answer {
		return m.answer(index.KindFigure, any, func(a *index.Answer) { a.Parts, a.Named = list, true })
	}
	show("two questions", parts(one, two), View{Unfold: true}, View{Limit: 200})
	show("one question twice, and another", parts(one, one, pair, pair, two))
	show("one part", parts(one))
	show("questions of several reports", m.answer("", any, func(a *index.Answer) {
		a.Across = &index.Across{Kind: index.AcrossParts, Parts: []*index.Answer{one, two, pair}}
	}))
	show("no report", m.answer(index.KindFigure, any, func(a *index.Answer) { a.Report = nil }))
	golden.Check(t, "testdata/answers.txt", strings.ReplaceAll(b.String(), r.ID, "ID"))
}

// TestExamples: what is offered to ask is what the report holds, short enough
// for a button, each once.
func TestExamples(t *testing.T) {
	fig := func(name, period string, nature corpus.Nature, m corpus.Measure) corpus.Figure {
		return corpus.Figure{Indicator: name, Period: period, Nature: nature, Measure: m}
	}
	section := func(title string, level int, time corpus.Time) corpus.Section {
		return corpus.Section{Title: title, Level: level, Time: time, Parent: -1}
	}
	pairs := func(names ...string) (out []corpus.Pair) {
		for _, n := range names {
			out = append(out, corpus.Pair{Indicator: n})
		}
		return out
	}
	const long = "一个比按钮上能写下的文字还要长得多的指标名称甲乙丙丁戊己庚辛"
	for _, c := range []struct {
		name string
		r    corpus.Report
		want []string
	}{
		{"nothing", corpus.Report{}, nil},
		{"one pair", corpus.Report{Pairs: pairs("甲")}, []string{"今年甲的目标是多少？"}},
		{"pairs: the first and the middle", corpus.Report{Pairs: pairs("甲", "乙", "丙", "丁", "戊")}, []string{"今年甲的目标是多少？", "丙去年多少，今年目标多少？"}},
		{"two pairs", corpus.Report{Pairs: pairs("甲", "乙")}, []string{"今年甲的目标是多少？", "乙去年多少，今年目标多少？"}},
		{"a pair that is too long", corpus.Report{Pairs: pairs(long+long, "乙")}, []string{"乙去年多少，今年目标多少？"}},
		{"figures where pairs are few", corpus.Report{Pairs: pairs("甲"), Figures: []corpus.Figure{
			fig("子丑寅卯", "2032", corpus.Target, ""), fig("子丑寅", "2031", corpus.Actual, ""), fig("名次名次", "2031", corpus.Actual, corpus.MeasureRank), fig("子丑寅卯", "2031", corpus.Actual, ""), fig("辰巳午未", "2031", corpus.Actual, ""),
		}}, []string{"今年甲的目标是多少？", "2031年子丑寅卯是多少？"}},
		{"figures: two", corpus.Report{Figures: []corpus.Figure{fig("子丑寅卯", "2031", corpus.Actual, ""), fig("子丑寅卯", "2031", corpus.Actual, ""), fig("辰巳午未", "cumulative", corpus.Actual, ""), fig("申酉戌亥", "2031", corpus.Actual, "")}},
			[]string{"2031年子丑寅卯是多少？", "辰巳午未是多少？"}},
		{"the shortest heading of the plan", corpus.Report{Sections: []corpus.Section{
			section("很短", 3, corpus.Plan), section("一二三四五六七八", 3, corpus.Plan), section("一二三四五六", 3, corpus.Plan), section("六五四三二一", 3, corpus.Plan), section("去年一二三四", 3, corpus.Review), section("不深的一二三四", 2, corpus.Other),
		}}, []string{"“一二三四五六”有什么安排？", "“不深的一二三四”有什么安排？", "“去年一二三四”有什么安排？"}},
		{"headings below parts", corpus.Report{Sections: []corpus.Section{section("第一", 1, corpus.Plan), section("第二", 2, corpus.Plan), section("第三", 2, corpus.Review), section("第四", 2, corpus.Review), section("第五", 1, corpus.Review)}},
			[]string{"“第四”有什么安排？", "“第三”有什么安排？", "“第二”有什么安排？"}},
		{"the first heading", corpus.Report{Sections: []corpus.Section{section("第一", 2, corpus.Plan)}}, []string{"“第一”有什么安排？"}},
	} {
		if got := Examples(&c.r, chat.Hans); !slices.Equal(got, c.want) {
			t.Errorf("%s: examples %q, want %q", c.name, got, c.want)
		}
	}
	if got := Examples(nil, chat.Hans); got != nil {
		t.Errorf("examples of no report: %q", got)
	}
}

// TestShortHeading: a long heading is named by its first clause, if that says
// something.
func TestShortHeading(t *testing.T) {
	for h, want := range map[string]string{
		"加快交通建设":            "加快交通建设",
		" ——加快交通建设。":        "加快交通建设",
		"主要预期目标是：":          "主要预期目标是",
		"十二三四五六七八九十一，二三四五":  "十二三四五六七八九十一，二三四五",
		"十二三四五六七八九十一，二三四五六": "十二三四五六七八九十一",
		"十二三四；五六七八九十一二三四五六": "十二三四",
		"十二三，四五六七八九十一二三四五六": "十二三，四五六七八九十一二三四五六",
		"，十二三四五六七八九十一二三四五六": "，十二三四五六七八九十一二三四五六",
		"十二三四五六七八九十一二三四五六七": "十二三四五六七八九十一二三四五六七",
	} {
		if got := ShortHeading(h); got != want {
			t.Errorf("ShortHeading(%q) = %q, want %q", h, got, want)
		}
	}
}

// TestPlace: a place is named by all headings above it while they are short,
// and by the outermost and the nearest of a longer path.
func TestPlace(t *testing.T) {
	r := extract.ParseText("一、工作安排\n\n（一）加快发展\n\n1.工业\n\n做大做强，新建园区3个。\n\n（二）推进高水平对外开放合作\n\n1.扩大开放的各项工作\n\n扩大外贸进出口，新增企业9家。\n")
	for part, want := range map[string]string{
		"做大做强": "一、工作安排 › （一）加快发展 › 1.工业",
		"扩大外贸": "一、工作安排 › 1.扩大开放的各项工作",
	} {
		if got := Place(r, in(t, r, part), texts.Of(chat.Hans)); got != want {
			t.Errorf("Place of %s = %s, want %s", part, got, want)
		}
	}
	if got := SectionPlace(r, -1, texts.Of(chat.Hans)); got != "报告开头" {
		t.Errorf("SectionPlace of the opening = %s", got)
	}
}

// A button's data is at most 64 bytes, and says so by a panic.
func TestData(t *testing.T) {
	if got := Data("a", nil, "b", "c"); got != "a:-:b:c" {
		t.Errorf("Data = %s", got)
	}
	if got := Data(strings.Repeat("a", 62), nil); len(got) != 64 {
		t.Errorf("Data of 64 bytes = %s", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("Data of 65 bytes does not panic")
		}
	}()
	Data(strings.Repeat("a", 63), nil)
}
