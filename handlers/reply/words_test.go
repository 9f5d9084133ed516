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

const plainText = `青溪县2032年政府工作报告

——2032年1月20日在青溪县第九届人民代表大会第二次会议上

青溪县县长　王某

各位代表：

一、2031年工作回顾

新建公园12个，地区生产总值增长5%。推广GDP核算改革。

二、2032年工作安排

新建公园15个，地区生产总值增长6%左右，粮食产量稳定在20万吨。

（一）加快发展低空经济，培育新的增长点和新的动能

发展低空经济，建成起降点。

（二）保障民生

改造老旧小区40个。
`

// asked is a question of that text, read as people's are.
func asked(text string) *resolve.Question {
	return &resolve.Question{Question: question.Read(text, nil)}
}

// TestWords keeps what is said where the report has no answer, has only a
// nearest one, or is asked about itself.
func TestWords(t *testing.T) {
	r := extract.ParseText(plainText)
	nameless, nothing := extract.ParseText("新建公园12个。"), extract.ParseText("各位代表：")
	hits := func(words ...string) (out []index.Hit) {
		for _, w := range words {
			s := in(t, r, w)
			out = append(out, index.Hit{Passage: r.PassageAt(s.Start), Focus: s})
		}
		return out
	}
	no := func(text string, reason index.Reason, subject string, change ...func(*index.Answer)) *index.Answer {
		a := &index.Answer{Report: r, Status: index.NotFound, Question: asked(text), Reason: reason, Subject: subject}
		for _, change := range change {
			change(a)
		}
		return a
	}
	missing := func(slot index.Slot, text string) func(*index.Answer) {
		return func(a *index.Answer) { a.Missing = []index.Missing{{Slot: slot, Text: text}} }
	}
	found := func(words ...string) func(*index.Answer) {
		return func(a *index.Answer) { a.Hits = hits(words...) }
	}
	in := func(other *corpus.Report) func(*index.Answer) { return func(a *index.Answer) { a.Report = other } }
	near := func(text string, slot index.Slot, of string, change ...func(*index.Answer)) *index.Answer {
		return no(text, "", "", append([]func(*index.Answer){func(a *index.Answer) { a.Status = index.Nearest }, missing(slot, of), found("建成起降点")}, change...)...)
	}
	talk := func(topic string, change ...func(*index.Answer)) *index.Answer {
		a := no("", "", "", change...)
		a.Status, a.Question.Topic = index.Talk, topic
		return a
	}
	sections := func(a *index.Answer) {
		for i := range r.Sections {
			if r.Sections[i].Parent < 0 {
				a.Sections = append(a.Sections, i)
			}
		}
	}
	unquestioned := func(a *index.Answer) { a.Question = nil }
	var topics []int
	for i := range r.Sections {
		if r.Sections[i].Parent >= 0 {
			topics = append(topics, i)
		}
	}
	var b strings.Builder
	for _, c := range []struct {
		name string
		a    *index.Answer
	}{
		{"absent", no("有航天发射场吗", index.ReasonAbsent, "航天发射场")},
		{"absent in other letters", no("有航天發射場嗎", index.ReasonAbsent, "航天发射场")},
		{"absent, asked in letters", no("will there be an ABC　Center?", index.ReasonAbsent, "abccenter")},
		{"absent, a long word", no("有"+strings.Repeat("航天", 30)+"吗", index.ReasonAbsent, strings.Repeat("航天", 30))},
		{"absent, but the word is there", no("公园呢", index.ReasonAbsent, "公园")},
		{"absent, but the word is there in other case", no("gdp核算呢", index.ReasonAbsent, "gdp核算")},
		{"absent, and no word", no("那个呢", index.ReasonAbsent, "", missing(index.SlotWhen, "何时"))},
		{"absent with what is near", no("有地铁吗", index.ReasonAbsent, "地铁", func(a *index.Answer) { a.Near = slices.Repeat(topics, 3) })},
		{"another place", no("云岭县公园", index.ReasonOtherPlace, "云岭县")},
		{"another place in letters", no("Chongqing parks", index.ReasonOtherPlace, "重庆市", func(a *index.Answer) { a.Question.Names = []string{"chongqing"} })},
		{"two places in letters", no("Chongqing or Yunling", index.ReasonOtherPlace, "重庆市", func(a *index.Answer) { a.Question.Names = []string{"chongqing", "yunling"} })},
		{"another place, nobody asked", no("", index.ReasonOtherPlace, "重庆市", unquestioned)},
		{"another place, of a nameless report", no("云岭县公园", index.ReasonOtherPlace, "云岭县", in(nameless))},
		{"another year", no("2020年公园", index.ReasonOtherYear, "2020", found("新建公园12个"))},
		{"not that number of the year", no("2031年公园", index.ReasonOtherYear, "2031")},
		{"not that number of the plan's year", no("2032年公园", index.ReasonOtherYear, "2032")},
		{"another year, not said which", no("前几年公园", index.ReasonOtherYear, "")},
		{"another year, of a nameless report", no("2020年公园", index.ReasonOtherYear, "2020", in(nameless))},
		{"no number", no("低空经济多少亿", index.ReasonNoNumber, "低空经济", found("建成起降点"))},
		{"no number, by another word", no("无人机多少亿", index.ReasonNoNumber, "无人机", found("建成起降点"))},
		{"no number, nothing found", no("低空经济多少亿", index.ReasonNoNumber, "低空经济")},
		{"empty", no("？", index.ReasonEmpty, "")},
		{"three characters that say nothing", no("怎么办", index.ReasonEmpty, "", func(a *index.Answer) { a.Question.Subject = "怎么办" })},
		{"four characters that say nothing", no("怎么办呢啊", index.ReasonEmpty, "", func(a *index.Answer) { a.Question.Subject = "怎么办呢" })},
		{"empty, nobody asked", no("", index.ReasonEmpty, "", unquestioned)},

		{"near: place", near("南门的公园", index.SlotPlace, "南门")},
		{"near: place that the report has", near("南门的公园", index.SlotPlace, "公园")},
		{"near: year", near("2020年公园", index.SlotPeriod, "2020", found("新建公园12个"))},
		{"near: year of the plan", near("2020年公园", index.SlotPeriod, "2020", found("新建公园15个"))},
		{"near: the very year", near("2031年公园", index.SlotPeriod, "2031", found("新建公园12个"))},
		{"near: a part of a year", near("一季度公园", index.SlotPeriod, "一季度")},
		{"near: year 999", near("999年公园", index.SlotPeriod, "999")},
		{"near: year 1000", near("1000年公园", index.SlotPeriod, "1000")},
		{"near: thing", near("飞行汽车", index.SlotThing, "飞行汽车")},
		{"near: thing that is there", near("公园", index.SlotThing, "公园")},
		{"near: measure", near("公园占比", index.SlotMeasure, "占比")},
		{"near: items", near("哪些公园", index.SlotItems, "公园")},
		{"near: meaning", near("什么是低空经济", index.SlotMeaning, "低空经济")},
		{"near: alone", near("2031年一年", index.SlotAlone, "2031")},
		{"near: who", near("谁来建公园", index.SlotQualifier, "谁")},
		{"near: where", near("在哪里建公园", index.SlotQualifier, "哪里")},
		{"near: who, nobody asked", near("", index.SlotQualifier, "谁", unquestioned)},
		{"near: when", near("何时建公园", index.SlotWhen, "何时")},
		{"near: premise", near("公园为什么关闭", index.SlotPremise, "关闭")},
		{"near: number", near("飞行汽车几辆", index.SlotNumber, "飞行汽车")},
		{"near: number of what is there", near("低空经济多少", index.SlotNumber, "低空经济")},
		{"near: number of nothing", near("多少", index.SlotNumber, "")},
		{"near: nothing that tells", near("飞行汽车", index.SlotThing, "飞行汽车", found("各位代表"))},
		{"near: nothing missing", near("飞行汽车", "", "")},

		{"talk: hello", talk("hello")}, {"talk: hello of a nameless report", talk("hello", in(nameless))}, {"talk: bot", talk("bot")}, {"talk: thanks", talk("thanks")},
		{"talk: length", talk("length")}, {"talk: parts", talk("parts", sections)}, {"talk: summary", talk("summary", sections)},
		{"talk: speaker", talk("speaker")}, {"talk: no speaker", talk("speaker", in(nameless))}, {"talk: date", talk("date")}, {"talk: session", talk("session")}, {"talk: no date", talk("date", in(nameless))},
		{"talk: districts", talk("districts", func(a *index.Answer) { a.Places = []string{"南门", "北门"} })}, {"talk: no districts", talk("districts")},
		{"talk: source", talk("source")}, {"talk: which year", talk("year")}, {"talk: of no kind", talk("")},
		{"clarify", no("", "", "", func(a *index.Answer) { a.Status = index.Clarify })},
		{"empty, no example", no("？", index.ReasonEmpty, "", in(nothing))},
		{"clarify, no example", no("", "", "", in(nothing), func(a *index.Answer) { a.Status = index.Clarify })},
		{"talk: hello without an example", talk("hello", in(nothing))},
		{"clarify, nameless", no("", "", "", in(nameless), func(a *index.Answer) { a.Status = index.Clarify })},
	} {
		p := PageOf(c.a, texts.Of(chat.Hans), View{})
		fmt.Fprintf(&b, "== %s\n%s", c.name, printed(p.Reply))
		if p.Other != -1 || p.Left != 0 || p.Shown != 0 {
			fmt.Fprintf(&b, "-- %d shown, %d left, other %d\n", p.Shown, p.Left, p.Other)
		}
		named := *c.a
		named.Named = true
		if r := PageOf(&named, texts.Of(chat.Hans), View{}).Reply; len(r.Blocks) > len(p.Reply.Blocks) {
			fmt.Fprintf(&b, "-- of many: %s\n", r.Blocks[0].Text)
		}
	}
	golden.Check(t, "testdata/words.txt", strings.ReplaceAll(b.String(), r.ID, "ID"))
}
