package figures

import (
	"regexp"
	"strings"

	"jinwen/corpus/zh"
)

// Whose a figure is, where its own words do not say: the owner is what the
// sentence is about, what was counted before, the institution that acts, or
// what the lead phrase above names.

// whose says whose things are counted, where their noun could be anybody's:
// 9个片区有序建设，49个项目投运; 科创园势头良好。…出台34条政策措施.
func (f *figureReader) whose(g *reading) {
	noun := strings.TrimPrefix(g.noun, "的")
	if _, after, ok := strings.Cut(noun, "的"); ok {
		noun = after // 34条含金量高的政策措施
	}
	switch {
	case len(g.subj) == 0 && g.first() && f.thing.start >= 0 && strings.HasPrefix(noun, "项目"):
		thing := []rune(f.thing.name)
		for n := resultVerbs.Suffix(thing); n > 0 && n < len(thing); n = resultVerbs.Suffix(thing) {
			thing = thing[:len(thing)-n]
		}
		if !strings.HasSuffix(string(thing), "项目") {
			g.name = string(thing) + g.name
			g.quoteFrom(f.thing)
		}
	case leadingVerbs(g.subj) == len(g.subj) && len(g.subj) > 0 && measures.Has(noun):
		if a := f.leadActor(g.p.q.Start); a.name != "" {
			g.name = a.name + string(g.subj) + noun
		}
	}
}

// measures are words for steps of a government that say nothing of their aim.
var measures = zh.List("举措", "措施", "政策", "政策举措", "政策措施")

// own names a figure by its own words, with the chain's verb, the whole that
// it is part of, or the institution that acts.
func (f *figureReader) own(g *reading) {
	q := g.p.q
	v := leadingVerbs(g.subj)
	attribute := attributeOnly(g.subj)
	switch {
	case !g.first() && newVerbs.Has(g.ch.verb) && g.subj[0] == '总' && f.last.name != "" && strings.HasSuffix(f.last.name, string(g.subj[1:])):
		last := []rune(f.last.name) // 新增电力装机9万千瓦、总装机9亿千瓦
		last = last[leadingVerbs(last):]
		g.name = string(last[:len(last)-len(g.subj)+1]) + string(g.subj)
		g.quoteFrom(f.last)
		return
	case !g.first() && v == 0 && g.ch.verb != "" && !attribute && shares(g.p, g.pred) && !(newVerbs.Prefix([]rune(g.ch.verb)) > 0 && ownHeads.Prefix(g.subj) > 0):
		g.name, g.start = g.ch.verb+string(g.subj), g.ch.start
		return
	case g.among && v == 0 && f.last.name != "" && g.pred.growth == 0 && q.class == unitCounter && !attribute && len(g.subj) <= 5:
		whole := f.last
		if !strings.HasSuffix(whole.name, f.thing.name) && sameHead(f.thing.name, string(g.subj)) {
			whole = f.thing // 项目90个、总投资80亿元，其中百亿级项目5个
		}
		g.name = whole.name + "（其中：" + string(g.subj) + "）"
		g.quoteFrom(whole)
		return
	}
	g.name = f.owned(g.subj, &g.start, q)
	if of := f.sideOf(g, v); of != "" {
		g.name = of + g.name
		g.quoteFrom(f.last)
		return
	}
	sibling := v > 0 && f.acting.name != "" && sameHead(f.last.name, g.name)
	if v == 0 || gatheringVerbs.Prefix(g.subj) == 0 && !sibling {
		return
	}
	actor := f.actor
	if sibling {
		actor = f.acting // 园区引进企业9家，培育龙头企业2家
	}
	if actor.name == "" {
		actor = f.leadActor(q.Start)
	}
	if actor.name != "" && !strings.Contains(g.name, actor.name) {
		g.name = actor.name + g.name
		g.quoteFrom(actor)
		f.acting = actor
	}
}

// ownHeads open a subject that does not share the verb of the chain before it.
var ownHeads = zh.List("实际", "到位", "累计", "全省", "全市", "全区", "年产", "年均")

// sideOf returns what the object of g's verbs belongs to, where the object says only
// a side of what was counted before it: 新建学校3所、增加学位2万个; 改造小区9个，
// 惠及居民2万户.
func (f *figureReader) sideOf(g *reading, v int) string {
	if v == 0 || g.p.q.class != unitCounter || f.thing.start < 0 || f.last.name == "" {
		return ""
	}
	last := []rune(f.last.name)
	object := last[leadingVerbs(last):]
	switch side := string(g.subj[v:]); {
	case capacity.Has(side) && places.Suffix(object) > 0:
		return string(object)
	case reaching.Has(string(g.subj[:v])) && reached.Has(side) && len(object) > 1:
		return string(object)
	}
	return ""
}

// ownerAfter returns what a side named later belongs to: 9条产业链…，增加值 is that
// of the nine.
func (f *figureReader) ownerAfter(g *reading) string {
	if g.noun == "" || g.p.q.class != unitCounter {
		return g.name
	}
	noun := g.noun
	if pos, _ := topicTails.Index([]rune(noun), 2); pos > 0 {
		noun = string([]rune(noun)[:pos])
	}
	return f.r.Quote(g.p.q.Span) + noun
}

// reached are the people that reaching verbs take.
var reached = zh.List("人口", "学生", "家庭", "居民", "市民", "群众", "老人")

// capacity are the things that an institution offers a number of.
var capacity = zh.List("学位", "床位", "托位", "护理床位")

// places offer something.
var places = zh.List("中学", "中心", "养老院", "医院", "卫生院", "学校", "小学", "幼儿园", "机构", "高中")

// owned returns the subject with its owner, if it names only a side of something.
func (f *figureReader) owned(subj []rune, start *int, q quantity) string {
	if string(subj) == "吞吐量" && strings.HasPrefix(q.unit, "标") {
		return "集装箱吞吐量" // what a standard box measures
	}
	if v := leadingVerbs(subj); v > 0 && v < len(subj) && bareNouns.Has(string(subj[v:])) && string(subj[:v]) == "实现" {
		subj = subj[v:] // 实现产值: whose?
	}
	if !attributeOnly(subj) {
		return string(subj)
	}
	o := f.ownerName()
	if rateNouns.Has(string(subj)) || subj[0] == '占' {
		if f.last.name != "" {
			o = f.last
		}
	}
	if comparedWithOnly(subj) && f.last.name != "" {
		o = f.last
	}
	if o.name == "" {
		o = f.heading(*start)
	}
	if o.name == "" || strings.HasPrefix(string(subj), o.name) {
		return string(subj)
	}
	if o.start >= 0 && *start-o.start < maxLeft {
		*start = o.start
	}
	name := o.name
	if subj[0] == '总' {
		name = countedHead.ReplaceAllString(name, "") // 新增3个集群、总数达9个
	}
	if subj[0] != '占' {
		name, _, _ = strings.Cut(name, "（其中：") // of the whole, not of a part of it
	}
	for _, w := range []string{"增速", "增幅"} {
		name = strings.TrimSuffix(name, w)
	}
	// 货物总量…，总量: no side of a side of the same kind
	if n := attributeNouns.Suffix([]rune(name)); n > 0 && attributeNouns.Prefix(subj) > 0 {
		rs := []rune(name)
		if n < len(rs) {
			name = string(rs[:len(rs)-n])
		}
	}
	return name + string(subj)
}

// countedHead opens a name with the number of things that it counts.
var countedHead = regexp.MustCompile(`^[0-9][0-9.]*[万亿]?(?:余|多)?[个家项条座户所处名只]`)

// leadActor returns the institution in the lead phrase above pos.
func (f *figureReader) leadActor(pos int) named {
	i := f.r.PassageAt(pos)
	if i < 0 || f.r.Passages[i].Section < 0 {
		return named{}
	}
	sec := f.r.Sections[f.r.Passages[i].Section]
	if !sec.Inline {
		return named{}
	}
	return named{institutionIn([]rune(sec.Title)), -1}
}

// heading returns what the lead phrase above pos is about.
func (f *figureReader) heading(pos int) named {
	i := f.r.PassageAt(pos)
	if i < 0 || f.r.Passages[i].Section < 0 {
		return named{}
	}
	sec := f.r.Sections[f.r.Passages[i].Section]
	if !sec.Inline {
		return named{}
	}
	t := []rune(sec.Title)
	if name := institutionIn(t); name != "" {
		return named{name, -1}
	}
	if name := topicOf(t); name != "" {
		return named{name, -1}
	}
	return named{}
}

// ownerOf returns the part of a name that can own something: without verb.
func ownerOf(name string) string {
	rs := []rune(name)
	if v := leadingVerbs(rs); v > 0 && v < len(rs) {
		return string(rs[v:])
	}
	return name
}

// ownerName returns what an attribute without an owner belongs to.
func (f *figureReader) ownerName() named {
	if f.owner.name != "" {
		return f.owner
	}
	if f.actor.name != "" {
		return f.actor
	}
	return f.topic
}
