package figures

import (
	"regexp"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// A reading is one figure on its way from a part of a clause to its name:
// first what stands before and behind the value is understood, then the name
// is chosen, then the figure is made and what the next one needs is kept.
type reading struct {
	c  clause
	i  int // of the part in the clause
	p  part
	ch *chain

	subj      []rune // what stands before the value, without its predicate
	pred      predicate
	noun      string // what the value counts, behind it
	used      int    // how much of the right side noun takes
	among     bool   // 其中…, or in brackets
	condition bool   // 5亿元以上 of 5亿元以上项目9个

	name       string
	start, end int  // of the quote
	inherited  bool // the name is that of a figure before
	background bool
	remark     bool // says what part of the last figure is for; is no subject itself
}

// part reads the i-th quantity of a clause.
func (f *figureReader) part(c clause, i int, ch *chain) {
	g := &reading{c: c, i: i, p: c.parts[i], ch: ch}
	f.look(g)
	f.name(g)
	f.finish(g)
}

func (g *reading) first() bool { return g.i == 0 }

// next returns the part behind, or nil.
func (g *reading) next() *part {
	if g.i+1 < len(g.c.parts) {
		return &g.c.parts[g.i+1]
	}
	return nil
}

// quoteFrom lets the quote begin at n, if that stands in the sentence and not
// too far back.
func (g *reading) quoteFrom(n named) {
	if n.name != "" && n.start >= 0 && g.p.q.Start-n.start < maxLeft {
		g.start = n.start
	}
}

// look reads what stands before and behind the value.
func (f *figureReader) look(g *reading) {
	r, p := f.r, g.p
	left := r.runes[p.left.Start:p.left.End]
	right := r.runes[p.right.Start:p.right.End]
	if !g.first() {
		if prev := g.c.parts[g.i-1].q; prev.End == p.q.Start && prev.class == unitCounter && prev.Start >= p.left.Start {
			left = r.runes[p.left.Start:prev.Start] // 办好12类45件实事: the kinds are no part of the name
		}
	}
	subject, pred := splitPredicate(left, p.q)
	g.pred = pred
	g.subj = trimAim(trimLead(subject))
	if g.first() && len(right) > 0 && listTail(strings.TrimSpace(string(left))) {
		g.subj = g.subj[:leadingVerbs(g.subj)] // 新建A、B和9个公园: the others are not counted
	}
	g.among = strings.HasPrefix(string(left), "其中") || g.c.opener == '（' || g.c.opener == '('
	g.noun, g.used = nounAfter(right)
	if next := g.next(); next != nil && next.q.Start == p.q.End && p.q.class == unitCounter && next.q.class == unitCounter {
		g.noun, g.used = nounAfter(r.runes[next.right.Start:next.right.End]) // 12类45件民生实事: both count them
		g.used += next.right.Start - p.right.Start
	} else if next != nil && g.noun != "" {
		f.lookBetween(g, *next)
	}
	if g.next() == nil && p.q.class == unitAge && conditional(r, p.q) && g.noun != "" && strings.ContainsRune("上下", r.runes[p.q.End-1]) {
		g.condition = true // 为60周岁以上老年人体检，不少于3万人
	}
	if emptyNouns[g.noun] || g.noun == "台阶" && p.q.class != unitCounter {
		g.noun, g.used = "", 0
	}
	if !g.first() && p.left.Start == g.c.parts[g.i-1].q.End && verbs.Suffix(g.subj) > 0 && len([]rune(g.noun)) > 3 {
		g.subj = nil // 90家企业融入6条共建产业链: the companies are not the chains'
	}
	if p.q.class == unitPercent && g.noun != "" && (len(g.subj) > 0 || g.pred.level) && tellsOn.MatchString(g.noun) {
		g.noun, g.used = "", 0 // 7.5%左右是必要的
	}
	if isGrowthNoun(g.noun) && p.q.class == unitPercent {
		g.pred.growth, g.pred.growthWord = 1, "增长" // 保持5%以上的增长
		g.noun, g.used = "", 0
	}
	if next := g.next(); next != nil && levels.Has(g.noun) {
		noun, _ := nounAfter(r.runes[next.right.Start:next.right.End])
		if k := levels.Prefix([]rune(noun)); k > 0 {
			g.noun += string([]rune(noun)[k:]) // 9个国家级、30个省级临床专科
		}
	}
	if g.noun != "" && len(g.subj) == 0 {
		g.noun += f.sharedResult(g)
	}
	g.start, g.end = p.left.Start, p.q.End
	if g.noun != "" {
		g.end = p.right.Start + g.used
	}
}

// tellsOn opens words behind a percentage that go on telling of its subject.
var tellsOn = lists.Pattern(`^(?:<tellsOn>|已[^建]|均[^衡]|都[^市]|在[^校职岗册建园外]|的?(?:基础上|情况下|前提下|条件下)|的?(?:较|最|历史)?[低高好]+水平|的?目标$)`)

// sharedResult returns what became of the things counted, where it is said once for
// several: 9所高校、30个学科入选名单.
func (f *figureReader) sharedResult(g *reading) string {
	if g.next() == nil || g.p.q.class != unitCounter || becameOf.MatchString(g.noun) {
		return ""
	}
	last := g.c.parts[len(g.c.parts)-1]
	for _, p := range g.c.parts[g.i+1:] {
		if p.q.class != unitCounter || p.left.Start != p.q.Start {
			return "" // it has words of its own
		}
	}
	noun, _ := nounAfter(f.r.runes[last.right.Start:last.right.End])
	if loc := becameOf.FindStringIndex(noun); loc != nil && loc[0] > 0 {
		return noun[loc[0]:]
	}
	return ""
}

// levels say of which rank things are that are named with the next.
var levels = zh.List("乡镇级", "村级", "国家级", "省级", "市级", "自治区级", "世界级", "县级")

// becameOf begins what became of things counted.
var becameOf = lists.Pattern(`(?:新)?<becameOf>`)

// lookBetween reads the words that two values share where no joint stands
// between them: they may be only the predicate of the second (由3家增加到5家).
func (f *figureReader) lookBetween(g *reading, next part) {
	p := g.p
	if p.right.End == next.q.Start {
		rest, _ := splitPredicate(f.r.runes[p.q.End:p.right.End], next.q)
		switch {
		case len(trimLead(rest)) == 0:
			g.noun, g.used = "", 0
		case conditional(f.r, p.q):
			g.condition = true
			g.noun, g.used = string(rest), len(rest)
		case len(rest) < len([]rune(g.noun)):
			n := max(rateNouns.Suffix(rest), attributeTail(rest))
			if p.q.class == unitCounter && len(rest)-n > 1 {
				rest = rest[:len(rest)-n] // 9个断面优良率达到98%: the rate is the next figure's
			}
			g.noun, g.used = string(rest), len(rest)
		}
	}
	if g.noun != "" && !emptyNouns[g.noun] && next.left.Start == p.q.End {
		g.noun, g.used = f.objectBetween(g.noun, g.used, len(g.subj) > 0, next)
	}
}

// name chooses the name, the more special forms first.
func (f *figureReader) name(g *reading) {
	r, q, ch := f.r, g.p.q, g.ch
	bare := len(g.subj) == 0 && g.noun == ""
	switch {
	case g.condition:
		side := "规模"
		if q.class == unitAge {
			side = "年龄"
		}
		g.name, g.background = strings.TrimPrefix(g.noun, "的")+side, true
		if attributeNouns.Suffix(g.subj) > 0 && leadingVerbs(g.subj) == 0 {
			g.name = string(g.subj) // 村集体收入30万元以上的村占比
		}
	case g.noun != "" && r.runes[g.p.right.Start] == '的' && attributeTail(g.subj) > 0 && q.class != unitPercent:
		g.relative()
	case g.next() != nil && q.class == unitMoney && r.Quote(corpus.Span{Start: q.End, End: g.next().q.Start}) == "的" && attributeTail(g.subj) > 0:
		// 总投资9亿元的20个新材料项目
		next := g.next()
		g.noun, _ = nounAfter(r.runes[next.right.Start:next.right.End])
		g.relative()
		g.end = q.End
	case len(g.subj) == 0 && strings.HasPrefix(g.noun, "用于") && f.last.name != "":
		g.name, g.remark = f.last.name+"（"+g.noun+"）", true
	case ch.split != nil && ch.next < len(ch.split) && (ch.next == 0 || len(g.subj) == 0):
		g.apart()
	case q.rank && len(g.subj) > 0:
		g.name = f.owned(g.subj, &g.start, q)
	case bare && g.first() && g.c.opener == '（' && f.bracketed() != "":
		g.name, g.start = f.bracketed(), f.before.Start
	case bare:
		f.inherit(g)
	case g.noun != "":
		if g.pred.verb != "" && len(g.subj) > 0 {
			g.name = string(g.subj) + g.pred.verb + g.noun // 中央财政安排9亿元专项资金
			break
		}
		g.name, g.background = f.prenominal(g.subj, g.noun, g.p, ch, g.i, &g.end)
		if q.class == unitPercent && g.pred.growth == 0 && !strings.HasSuffix(g.name, "占比") {
			g.name += "占比"
		}
		f.whose(g)
		if !g.first() && leadingVerbs(g.subj) == 0 && ch.verb != "" {
			g.start = ch.start
		}
	case leadingVerbs(g.subj) == len(g.subj):
		f.verbOnly(g)
	default:
		f.own(g)
	}
	f.complete(g)
}

// complete adds to the name what the predicate says of it and takes off what
// tells nothing.
func (f *figureReader) complete(g *reading) {
	q := g.p.q
	if g.pred.kept != "" && g.ch.split == nil && !g.inherited {
		g.name = keepVerb(g.pred.kept, g.name)
	}
	if q.class == unitDuration && changeVerbs.Has(g.pred.growthWord) && g.name != "" {
		rs := []rune(g.name) // a term that is changed: 承包期延长
		g.name = string(rs[leadingVerbs(rs):]) + g.pred.growthWord
	}
	if g.pred.share && !strings.Contains(g.name, "占") && !strings.Contains(g.name, "比重") {
		g.name += "占比"
	}
	g.name = f.peopleName(shorten(dropList(tidy(removeInner(g.name)))), q)
	if g.pred.growthWord == "降价" {
		g.name += "价格"
	}
	if q.class == unitPercent && g.pred.growth == 0 && partOf.MatchString(g.name) {
		g.name += "比重" // 棉花产量占全国
	}
}

// partOf is a name that says what a share is of and not that it is one.
var partOf = regexp.MustCompile(`占[^占率]{1,10}[^占率重例比额]$`)

// peopleName ends a name that says only what reaches people with what is
// counted: 育儿补贴惠及人数.
func (f *figureReader) peopleName(name string, q quantity) string {
	rs := []rune(name)
	n := reaching.Suffix(rs)
	if n == 0 || q.class != unitCounter || strings.HasSuffix(name, "全覆盖") {
		return name
	}
	side := "人数"
	switch {
	case strings.HasPrefix(q.unit, "户"):
		side = "户数"
	case q.unit == "人次":
		side = "人次"
	case !strings.HasPrefix(q.unit, "人") && q.unit != "名":
		return name
	}
	if n == len(rs) { // who is reached by what?
		if o := f.ownerName(); o.name != "" && len([]rune(o.name)) <= 20 {
			name = o.name + name
		}
	}
	return name + side
}

// relative names the value of a relative clause: 总投资9亿元的新材料项目. It is
// a size of the thing, neither reached nor aimed at.
func (g *reading) relative() {
	noun, _, _ := strings.Cut(g.noun, "、")
	rs := []rune(strings.TrimSuffix(noun, "等"))
	for k := 2; k < len(rs); k++ {
		if leadingVerbs(rs[k:]) > 1 {
			rs = rs[:k]
			break
		}
	}
	g.name = string(rs) + string(g.subj[len(g.subj)-attributeTail(g.subj):])
	// 设立总规模9亿元的基金 undertakes the sum itself.
	g.background = leadingVerbs(g.subj) == 0 || fundNouns.Suffix(rs) == 0
	g.end = min(g.end, g.p.right.Start+1+len(rs))
}

// apart takes the member of the list whose turn it is.
func (g *reading) apart() {
	ch := g.ch
	g.name = ch.split[ch.next]
	ch.next++
	g.pred = mergePredicate(ch.pred, g.pred)
	if ch.twice {
		g.pred.from = g.i < len(ch.split)
		if ch.next == len(ch.split) && g.pred.from {
			ch.next = 0
		}
	}
	if ch.pred.kept != "" {
		g.name = keepVerb(ch.pred.kept, g.name)
	}
	g.name += ch.tail
	g.start = ch.start
	// A list is quoted whole: cut short it would read as another statement.
	if n := len(ch.split); n <= len(g.c.parts) {
		g.end = max(g.end, g.c.parts[n-1].q.End)
		if ch.tail != "" {
			g.end = max(g.end, g.c.parts[n-1].right.End)
		}
	}
}

// inherit takes the name of the figure before, or of what the sentence or its
// lead phrase is about.
func (f *figureReader) inherit(g *reading) {
	g.inherited = true
	from := f.last
	if g.pred.growth == 0 && g.pred.share || from.name == "" {
		from = f.ownerName()
	}
	if !g.first() && from.name == "" {
		from = named{g.ch.subj, g.ch.start}
	}
	if from.name == "" {
		from = f.heading(g.p.q.Start)
	}
	if g.p.q.class == unitPercent && g.pred.growth == 0 && !g.pred.share && !g.pred.level && !g.first() {
		g.pred.growth = f.growth // 增长5%、力争6%
	}
	g.quoteFrom(from)
	g.name = from.name
	if rs := []rune(g.name); g.pred.level && g.pred.growth == 0 && g.p.q.class == unitCounter && newVerbs.Prefix(rs) > 0 {
		g.name = string(rs[leadingVerbs(rs):]) // 新开航线5条、累计达到40条
	}
	if g.pred.kept != "" {
		g.name = keepVerb(g.pred.kept, g.name)
	}
	if g.p.q.unit == "人" && g.pred.growth == 0 {
		g.name = peopleReached(g.name)
	}
	g.name = ofPeople(g.name, g.p.q.unit)
}

// verbOnly names a figure before which only verbs stand: its object is that of
// a figure before (企业30家，新增5家).
func (f *figureReader) verbOnly(g *reading) {
	subj := string(g.subj)
	counter := g.p.q.class == unitCounter
	done := doneVerbs.Prefix(g.subj)
	last := []rune(f.last.name)
	object := string(last[leadingVerbs(last):])
	if newVerbs.Prefix(g.subj) > 0 {
		for _, w := range []string{"总量", "总数", "总规模"} {
			object = strings.TrimSuffix(object, w) // 经营主体总量达9万户，新登记1万户
		}
	}
	switch {
	case reaching.Has(subj) && counter && f.last.name != "":
		g.name = ofPeople(f.last.name+subj+"人数", g.p.q.unit) // 惠及9万人
		g.quoteFrom(f.last)
	case done > 0 && done < len(g.subj):
		g.name = subj // 完成投资: the second is a noun
		if f.thing.start >= 0 && (strings.HasSuffix(f.thing.name, "项目") || strings.HasSuffix(f.thing.name, "工程")) {
			g.name = f.thing.name + subj // 实施更新项目9个、完成投资5亿元
			g.quoteFrom(f.thing)
		}
	case counter && f.thing.name != "" && g.first():
		g.name = subj + f.thing.name // 二季度开工9个
		g.quoteFrom(f.thing)
	case f.last.name != "" && g.first():
		g.name = subj + object
		g.quoteFrom(f.last)
	case !g.first():
		g.name, g.start = subj+object, g.ch.start
	default:
		f.own(g)
	}
}

// finish makes the figure and keeps what the next ones may need.
func (f *figureReader) finish(g *reading) {
	r, q := f.r, g.p.q
	fig := f.figure(q, g.pred, g.name)
	if g.pred.yearly && !strings.Contains(g.name, "年均") {
		switch {
		case g.pred.growth != 0:
			fig.Indicator = g.name + "年均增长"
		case q.class != unitPercent:
			fig.Indicator = "年均" + g.name
		}
	}
	if fig.Measure == corpus.MeasureChange && q.class != unitPoints && len([]rune(g.name)) <= shortName && len([]rune(g.pred.growthWord)) > 1 && leadingVerbs([]rune(g.name)) == 0 && !strings.HasSuffix(g.name, "产量") && !strings.HasSuffix(fig.Indicator, g.pred.growthWord) {
		fig.Indicator = g.name + g.pred.growthWord // 耕地净增加
	}
	if fig.Measure == corpus.MeasureGrowth && fig.Indicator == g.name && growsOnly.Has(g.name) && g.pred.growthWord != "" {
		fig.Indicator = g.name + g.pred.growthWord // 经济增长
	}
	if g.background {
		fig.Nature = corpus.Background
	}
	fig.Clause = r.trimMarks(corpus.Span{Start: g.start, End: g.end}, q.Span)
	f.timeOf(&fig, g.pred, g.p)
	r.Figures = append(r.Figures, fig)
	f.growth = g.pred.growth
	if !g.remark {
		f.keep(g, fig.Clause.Start)
	}
}

// shortName is the length up to which a name says what became of the thing:
// 耕地净增加.
const shortName = 4

// growsOnly are words that name an indicator only with their growth.
var growsOnly = zh.List("经济", "国民经济", "工业", "农业", "服务业", "消费", "物价", "人口")

// keep stores what g leaves behind; its quote begins at start.
func (f *figureReader) keep(g *reading, start int) {
	ch, q := g.ch, g.p.q
	if object, ok := strings.CutPrefix(g.name, ch.verb); ok && ch.verb != "" && len(ch.shared) == g.i {
		ch.shared = append(ch.shared, object)
	}
	if !g.inherited && g.name != "" {
		f.owner = named{ownerOf(f.ownerAfter(g)), start}
	}
	switch {
	case !g.condition:
		f.last = named{g.name, start}
	case g.next() == nil:
		// What follows counts those who meet the condition.
		f.last = named{f.r.Quote(g.p.right), start}
	}
	if q.class == unitPoints {
		for _, w := range []string{"高于", "低于", "快于", "慢于", "高出"} {
			f.last.name, _, _ = strings.Cut(f.last.name, w)
		}
	}
	if q.class == unitCounter && !g.inherited && !g.condition && g.name != "" {
		f.thing = named{ownerOf(g.name), start}
	}
	if g.noun != "" && g.pred.level && len(g.subj) > 0 && leadingVerbs(g.subj) == 0 {
		f.last.name = string(g.subj) // 总量跨上2个台阶，增长5%: the total grew
	}
	if !g.inherited && !g.background && (len(f.names) == 0 || f.names[len(f.names)-1].name != g.name) {
		f.names = append(f.names, f.last)
	}
}
