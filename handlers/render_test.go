package handlers_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/index"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

// answers are one of each form, hand-made.
func answers(t testing.TB, r *corpus.Report) map[string]*index.Answer {
	fig := func(values ...string) (out []int) {
		for _, v := range values {
			out = append(out, figureAt(t, r, v))
		}
		return out
	}
	hits := func(texts ...string) (out []index.Hit) {
		for _, s := range texts {
			out = append(out, hit(t, r, s))
		}
		return out
	}
	q := func(s string) *index.Question { return &index.Question{Question: &question.Question{Text: s}} }
	found := func(k index.Kind, text string) *index.Answer {
		return &index.Answer{Report: r, Status: index.Answered, Kind: k, Question: q(text)}
	}
	m := make(map[string]*index.Answer)

	a := found(index.KindFigure, "今年零售目标")
	a.Figures, a.Direct, a.Hits = fig("7%"), 1, hits("社会消费品零售总额增长7%")
	m["figure with the other year"] = a

	a = found(index.KindFigure, "去年新增多少学位，改造几所校舍")
	a.Figures, a.Direct, a.Hits = fig("3200个", "14所"), 2, hits("新增义务教育学位3200个")
	m["two figures of one clause"] = a

	a = found(index.KindFigure, "港口吞吐量目标")
	a.Figures, a.Direct = fig("150万吨"), 1
	m["figure with a bound"] = a

	a = found(index.KindCompare, "零售去年和今年")
	a.Figures, a.Direct = fig("8%", "7%"), 2
	m["compare two years"] = a

	a = found(index.KindCompare, "生产总值和零售哪个快")
	a.Figures, a.Direct = fig("5.1%", "8%"), 2
	m["compare two indicators"] = a

	a = found(index.KindCompare, "学位和公路")
	a.Figures, a.Direct = fig("3200个", "86公里"), 2
	m["compare what has no common unit"] = a

	a = found(index.KindList, "今年建什么")
	a.Hits, a.More = hits("开工建设青溪二中新校区", "开工建设青溪至云岭快速路", "建成南门公交枢纽"), 4
	m["list"] = a

	a = found(index.KindPassage, "公交")
	a.Hits = hits("优化公交线网")
	m["passage"] = a

	a = found(index.KindPassage, "教育")
	a.Hits = hits("教育事业稳步发展")
	m["heading found"] = a

	a = found(index.KindTopic, "交通")
	a.Question.Words, a.Question.Terms = "交通", []resolve.Term{{Text: "交通"}}
	a.Hits = hits("改建农村公路86公里", "青溪大桥建成通车", "改建农村公路100公里", "建成南门公交枢纽")
	a.Figures = fig("86公里", "100公里", "3条")
	m["topic"] = a

	a = found(index.KindOutline, "有哪几部分")
	for i := range r.Sections {
		if r.Sections[i].Parent < 0 {
			a.Sections = append(a.Sections, i)
		}
	}
	m["outline"] = a

	a = found(index.KindFigure, "两个问题")
	one := found(index.KindFigure, "新增多少学位")
	one.Figures, one.Direct = fig("4000个"), 1
	two := found(index.KindPassage, "公交怎么样")
	two.Hits = hits("建成南门公交枢纽")
	a.Parts = []*index.Answer{one, two}
	m["two questions"] = a

	no := func(reason index.Reason, subject string) *index.Answer {
		return &index.Answer{Report: r, Status: index.NotFound, Reason: reason, Subject: subject, Question: q(subject),
			Near: []int{sectionAt(t, r, "加快交通建设"), sectionAt(t, r, "教育事业稳步发展")}}
	}
	m["no absent"] = no(index.ReasonAbsent, "地铁")
	m["no other place"] = no(index.ReasonOtherPlace, "云岭市")
	m["no other year"] = no(index.ReasonOtherYear, "2019")
	m["no number"] = no(index.ReasonNoNumber, "公交枢纽")
	m["no number"].Hits = hits("建成南门公交枢纽")
	m["no question"] = &index.Answer{Report: r, Status: index.NotFound, Reason: index.ReasonEmpty, Question: q("？")}
	m["small talk"] = &index.Answer{Report: r, Status: index.Talk, Reason: index.ReasonSmallTalk, Question: &resolve.Question{Question: question.Read("你好", nil)}}
	return m
}

func TestRender(t *testing.T) {
	r := county(t, reportText)
	for name, a := range answers(t, r) {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for _, l := range chat.Langs {
				reply := reply.Render(a, l)
				check(t, r, reply)
				checkNumbers(t, reply)
				if n := utf8.RuneCountInString(reply.Plain()); n > 1200 {
					t.Errorf("%s: %d characters", l, n)
				}
				b.WriteString("== " + string(l) + "\n" + reply.Plain() + "\n")
				for _, row := range reply.Buttons {
					for _, x := range row {
						b.WriteString("[" + x.Text + "]")
					}
					b.WriteString("\n")
				}
			}
			golden.Check(t, filepath.Join("testdata/render", strings.ReplaceAll(name, " ", "-")+".txt"), b.String())
		})
	}
}

// A long list stays within what is read of a first message, quotes its items
// whole, and says how many are left.
func TestRenderLongList(t *testing.T) {
	var text strings.Builder
	text.WriteString("二、2024年主要目标任务\n\n（一）加快项目建设\n\n")
	for i := range 60 {
		text.WriteString("加快" + strings.Repeat("甲乙丙丁戊己庚辛壬癸"[i%10*3:i%10*3+3], 12) + "项目建设，年内完成主体工程。")
	}
	r := extract.ParseText(text.String())
	a := &index.Answer{Report: r, Status: index.Answered, Kind: index.KindList, Question: &index.Question{Question: &question.Question{Text: "项目"}}}
	for i, p := range r.Passages {
		a.Hits = append(a.Hits, index.Hit{Passage: i, Focus: p.Span})
	}
	reply := reply.Render(a, chat.Hans)
	check(t, r, reply)
	n := utf8.RuneCountInString(reply.Plain())
	quotes := 0
	for _, b := range reply.Blocks {
		if b.Kind == chat.Quote {
			quotes++
			if !strings.HasSuffix(b.Text, "。") {
				t.Errorf("quote is cut: %q", b.Text)
			}
		}
	}
	if n > 700 || n < 300 || quotes < 1 {
		t.Errorf("%d characters with %d quotes", n, quotes)
	}
	want(t, reply, "共 60 处")
}

// TestSaysWhatIsThere: a refusal denies no word that the report has, and claims
// none that it does not have.
func TestSaysWhatIsThere(t *testing.T) {
	r := extract.ParseText("青溪县2031年政府工作报告\n一、2030年工作回顾\n建成公园12个。\n")
	for _, c := range []struct {
		reason  index.Reason
		subject string
		named   bool
	}{
		{index.ReasonAbsent, "航天", true},
		{index.ReasonAbsent, "公园", false},
		{index.ReasonNoNumber, "公园", true},
		{index.ReasonNoNumber, "绿地", false},
	} {
		a := &index.Answer{Report: r, Question: &index.Question{Question: &question.Question{Text: c.subject + "多少"}}, Status: index.NotFound, Reason: c.reason, Subject: c.subject}
		if said := reply.Render(a, chat.Hans).Plain(); strings.Contains(said, "“"+c.subject+"”") != c.named {
			t.Errorf("%s %q: %s", c.reason, c.subject, said)
		}
	}
}
