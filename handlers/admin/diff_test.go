package admin

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/diff"
	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/handlers/chat"
	"jinwen/index"
)

// A district is a made-up report: its title, review, plan, and headings below
// that.
func district(place string, year int, review, plan string, more ...string) *corpus.Report {
	text := fmt.Sprintf("%s%d年政府工作报告\n\n一、%d年工作回顾\n\n%s\n\n二、%d年工作安排\n\n%s\n", place, year, year-1, review, year, plan)
	return extract.ParseText(text + strings.Join(more, "\n"))
}

// twoTexts are pairs of texts that an admin may have before them.
func twoTexts() []struct {
	name     string
	old, new *corpus.Report
} {
	const review, plan = "地区生产总值增长5%，新增学位3200个，改建公路86公里。街道整洁有序，群众满意。进出口总额下降1.2%。",
		"地区生产总值增长5.5%左右，新增学位4000个，改建公路100公里，建成南门枢纽，打通断头路3条，植树9万棵。"
	many := func(n int) string {
		var b strings.Builder
		for i := range 8 {
			fmt.Fprintf(&b, "第%d园区产值增长%d%%，建成第%d座桥%d座。", i+1, i+3, i+1, i+n)
		}
		return b.String()
	}
	base := district("青溪县", 2031, review, plan, "（一）办好教育\n\n完善育人机制。\n")
	next := district("青溪县", 2032, "地区生产总值增长5.6%，新增学位4100个，改建公路86公里，打通断头路3条。", "地区生产总值增长6%。")
	return []struct {
		name     string
		old, new *corpus.Report
	}{
		{"the same", base, base},
		{"values", base, district("青溪县", 2031, strings.NewReplacer("3200", "3300", "下降1.2%", "增长4%").Replace(review), strings.NewReplacer("5.5%", "5%", "4000", "4200").Replace(plan), "（一）办好教育\n\n完善育人机制。\n")},
		{"words and headings", base, district("青溪县", 2031, strings.Replace(review, "街道整洁有序，群众满意。", "街道干净整洁，群众更加满意。", 1), plan, "（一）办好人民满意的教育\n\n完善家校育人机制。\n（二）办好医院\n\n医院搬迁。\n")},
		{"come and gone", base, district("青溪县", 2031, "地区生产总值增长5%，引进企业12家。街道整洁有序，群众满意。", "地区生产总值增长5.5%左右，建成南门枢纽，开通公交线路2条，建设医院，修缮学校，绿化河岸，整治市场。")},
		{"moved", base, district("青溪县", 2031, "街道整洁有序，群众满意。地区生产总值增长5%，新增学位3200个，改建公路86公里。进出口总额下降1.2%。", plan, "（一）办好教育\n\n完善育人机制。\n")},
		{"many", district("青溪县", 2031, many(1), many(20)), district("青溪县", 2031, many(2), many(30))},
		{"the next year", base, next},
		{"the next year, of many", district("青溪县", 2031, "新增学位1个。", many(20)), district("青溪县", 2032, many(22), "新增学位2个。")},
		{"the next year, without targets", district("青溪县", 2031, review, "保持清廉。"), next},
		{"the year before", next, base},
		{"another place", base, district("云岭县", 2032, review, plan)},
		{"of no year", base, extract.ParseText("政府工作报告\n\n一、工作回顾\n\n新增学位3200个。\n")},
	}
}

// TestDifferences keeps what an admin reads of two texts, in the chat and in
// the file, and what subscribers are told.
func TestDifferences(t *testing.T) {
	var b strings.Builder
	write := func(blocks []chat.Block) {
		for _, x := range blocks {
			fmt.Fprintf(&b, "%d %s\n", x.Kind, x.Text)
		}
	}
	for _, c := range twoTexts() {
		fmt.Fprintf(&b, "== %s: other %v, next %v\n%s\n", c.name, IsOther(c.old, c.new), isNext(c.old, c.new), strings.Join(Summary(c.old, c.new, chat.Hans), "\n"))
		d := compare(c.old, c.new)
		if IsOther(c.old, c.new) {
			said, files := otherReport(chat.Hans, &Preview{Report: c.new, Active: c.old})
			write(said)
			for _, f := range files {
				fmt.Fprintf(&b, "-- %s\n%s", f.Name, f.Data)
			}
		} else {
			write(d.short(chat.Hans))
			b.WriteString("-- file\n" + d.whole(chat.Hans))
			for _, f := range d.Figures {
				if got := FigureChange(c.old, c.new, f, chat.English); got == "" || strings.HasPrefix(got, " ") {
					t.Errorf("%s: FigureChange of %+v = %q", c.name, f, got)
				}
			}
		}
		for _, x := range Changes(c.old, c.new) {
			fmt.Fprintf(&b, "told %+v\n", x)
		}
		b.WriteString("\n")
	}
	golden.Check(t, "testdata/differences.txt", b.String())
}

// An entry of the file has one line to what came, went or moved, two to what
// was changed, whatever lines the texts have.
func TestEntry(t *testing.T) {
	for kind, want := range map[diff.ChangeKind]string{
		diff.Added: "- 新增：乙 丙\n", diff.Dropped: "- 删除：甲 甲\n", diff.Moved: "- 移动：乙 丙\n", diff.Changed: "- 原：甲 甲\n  新：乙 丙\n",
	} {
		var b strings.Builder
		if entry(&b, chat.Hans, kind, "甲\n甲", "乙\n丙"); b.String() != want {
			t.Errorf("entry of %v = %q, want %q", kind, b.String(), want)
		}
	}
}

// Terms that share most with a word are suggested, shorter ones first where they
// share as much.
func TestSuggest(t *testing.T) {
	r := &corpus.Report{
		Figures:     []corpus.Figure{{Indicator: "居民人均可支配收入"}, {Indicator: "财政收入"}, {Indicator: "一般公共预算收入"}, {Indicator: "财政收入"}, {Indicator: "粮食产量"}, {Indicator: ""}},
		Commitments: []corpus.Commitment{{Topic: "收入分配"}, {Topic: "人均"}, {Topic: "收"}},
	}
	for _, c := range []struct {
		say  string
		n    int
		want []string
	}{
		{"收入", 9, []string{"财政收入", "收入分配", "一般公共预算收入", "居民人均可支配收入", "收"}},
		{"收入", 2, []string{"财政收入", "收入分配"}},
		{"财政收入", 1, []string{"收入分配"}},
		{"人均收入", 2, []string{"居民人均可支配收入", "人均"}},
		{"航天", 9, nil},
	} {
		if got := Suggest(r, c.say, c.n); !slices.Equal(got, c.want) {
			t.Errorf("Suggest(%s, %d) = %q, want %q", c.say, c.n, got, c.want)
		}
	}
	for _, c := range []struct {
		say, term string
		want      int
	}{{"收入", "财政收入", 4}, {"入收", "财政收入", 2}, {"人均收入", "居民人均可支配收入", 8}, {"甲", "甲", 1}, {"", "甲", 0}} {
		if got := shared(c.say, c.term); got != c.want {
			t.Errorf("shared(%s, %s) = %d, want %d", c.say, c.term, got, c.want)
		}
	}
}

// What an answer comes down to is its number's clause before its quote, and that
// before a promise or a heading.
func TestAnswerSummary(t *testing.T) {
	r := district("青溪县", 2031, "新增学位3200个。街道整洁有序，群众满意。", "建成南门枢纽。")
	hit := index.Hit{Focus: corpus.Span{Start: 0, End: 3}}
	for name, c := range map[string]struct {
		a    index.Answer
		want string
	}{
		"a number":     {index.Answer{Figures: []int{0}, Hits: []index.Hit{hit}}, "新增学位3200个"},
		"a quote":      {index.Answer{Hits: []index.Hit{hit}, Commitments: []int{0}}, "青溪县"},
		"a promise":    {index.Answer{Commitments: []int{0}, Sections: []int{0}}, "建成南门枢纽"},
		"a heading":    {index.Answer{Sections: []int{1}}, "二、2031年工作安排"},
		"nothing":      {index.Answer{}, ""},
		"not answered": {index.Answer{Status: index.NotFound, Hits: []index.Hit{hit}}, ""},
	} {
		c.a.Report = r
		if c.a.Status == "" {
			c.a.Status = index.Answered
		}
		if got := summary(&c.a); got != c.want {
			t.Errorf("%s: summary %q, want %q", name, got, c.want)
		}
	}
}

// The standard questions are of the indicators that both texts aim at, then of
// the others', ten at most, each once.
func TestStandardQuestions(t *testing.T) {
	aim := func(ids ...string) *corpus.Report {
		r := &corpus.Report{}
		for _, id := range ids {
			r.Figures = append(r.Figures, corpus.Figure{Nature: corpus.Target, Concept: id})
		}
		return r
	}
	old, new := aim("gdp", "retail", "gdp", "nosuch"), aim("trade", "retail")
	old.Figures = append(old.Figures, corpus.Figure{Nature: corpus.Actual, Concept: "new_jobs"}, corpus.Figure{Nature: corpus.Target, Concept: "unemployment", Scope: "城镇"}, corpus.Figure{Nature: corpus.Target})
	names := standard(old, new, chat.Hans)
	if len(names) != 3 || !strings.Contains(names[0], "社会消费品零售总额") || !strings.Contains(names[1], "地区生产总值") || !strings.Contains(names[2], "进出口") {
		t.Errorf("standard questions %q, want of retail, gdp, trade", names)
	}
	all := aim("gdp", "retail", "trade", "new_jobs", "unemployment", "fiscal_revenue", "port_cargo", "school_places", "rural_roads", "bus", "grain", "cpi")
	if got := standard(all, all, chat.Hans); len(got) > standardQuestions {
		t.Errorf("%d standard questions, want %d at most", len(got), standardQuestions)
	}
}

// TestShowCheck: a self-check counts both texts, names a few doubts, and shows
// one line where both answer alike.
func TestShowCheck(t *testing.T) {
	old := district("青溪县", 2031, "新增学位3200个。", "建成南门枢纽。")
	new := district("青溪县", 2031, "新增学位3200个，改建公路86公里。", "建成南门枢纽。", "（一）办好教育\n\n完善育人机制。\n")
	p := &Preview{Active: old, Report: new}
	var b strings.Builder
	show := func(checked ...Checked) {
		for _, x := range ShowCheck(p, checked, chat.Hans).Blocks {
			fmt.Fprintf(&b, "%d %s\n", x.Kind, x.Text)
		}
		b.WriteString("\n")
	}
	new.Doubts = nil
	show()
	new.Doubts = []corpus.Doubt{{Kind: "no_such_kind"}, {Kind: "no_such_kind", Text: "有字"}, {Kind: "x"}, {Kind: "y"}, {Kind: "z"}, {Kind: "sixth"}}
	show(Checked{"一", "5％ 增长", "5% 增长"}, Checked{"二", "5%", "6%"}, Checked{"三", "", strings.Repeat("长", 80)})
	golden.Check(t, "testdata/check.txt", strings.NewReplacer(shortID(new.ID), "NEW").Replace(b.String()))
}
