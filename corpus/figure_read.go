package corpus

import (
	"regexp"
	"strings"
)

// parseFigures finds the figures of the body, sentence by sentence: scan the
// quantities, cut the sentence into clauses, name each quantity with what the
// clauses before it have left behind. The time taken grows with the text.
func (r *Report) parseFigures() {
	for _, p := range r.paragraphs() {
		if r.PassageAt(p.Start) < 0 {
			continue // a heading of its own
		}
		fr := figureReader{r: r, para: r.paragraphContext(p), first: true}
		for _, s := range r.sentences(p) {
			fr.sentence(s)
		}
	}
}

// A figureReader reads the sentences of one paragraph. What a clause leaves
// behind for the next ones is here.
type figureReader struct {
	r    *Report
	para timeContext

	time      timeContext // of the sentence so far
	last      named       // the figure before
	list      []string    // the members of the last 分别
	owner     named       // what the sentence is about: the last subject named
	actor     named       // an institution that opened the sentence
	listStart int         // where list may be quoted from
	thing     named       // what was counted last in the paragraph
	before    Span        // the clause before, if it holds no quantity
	names     []named     // the indicators of the sentence so far
	first     bool        // no sentence of the paragraph has been read

	topic named // what the sentence or two before were about
}

// A named is a name with the place where its subject stands.
type named struct {
	name  string
	start int // where it may be quoted from; -1 if outside the sentence
}

// A chain is what the parts of one clause share.
type chain struct {
	verb  string // 新建 of 新建学校3所、医院2家
	start int
	split []string // the members named before 分别
	next  int      // the member whose turn it is
	pred  predicate
	subj  string // the subject before 分别
	tail  string // the noun behind the last value of a 分别

	shared []string // the objects of verb so far
}

func (f *figureReader) sentence(s Span) {
	r := f.r
	f.time = f.para
	qs := r.quantities(s)
	prev := f.owner
	f.last, f.list, f.owner, f.actor = named{}, nil, named{}, named{}
	f.topic = prev
	f.topic.start = -1
	f.names, f.before = nil, Span{}
	f.thing.start = -1
	opens := f.first
	f.first = false
	if len(qs) == 0 && s.Len() > 400 {
		return
	}
	for i, c := range r.clauses(s, qs) {
		text := r.runes[c.Start:c.End]
		f.time = f.time.read(r, text, i == 0)
		if opens && i == 0 && f.time.explicit && opensWithTime.MatchString(string(text[:min(len(text), 16)])) {
			f.para = f.time // 2030年，… at the head holds for the paragraph
		}
		if len(c.parts) == 0 {
			f.before = c.Span
			head := text[:min(len(text), 60)]
			if name := institutionIn(head); name != "" && f.actor.name == "" && (i == 0 || f.owner.name == "") {
				f.actor = named{name, c.Start}
			}
			if t := topicOf(head); t != "" {
				f.owner = named{t, c.Start}
				f.list = nil
			}
			continue
		}
		f.clause(c)
		f.before = Span{}
	}
}

// clause names the figures of one clause.
func (f *figureReader) clause(c clause) {
	r := f.r
	var ch chain
	ch.start = c.Start
	for i := range c.parts {
		p := &c.parts[i]
		left := r.runes[p.left.Start:p.left.End]
		if i == 0 {
			f.openChain(c, &ch, left)
		}
		f.part(c, i, &ch)
	}
	if len(ch.shared) > 1 && f.owner.name != "" {
		f.owner = named{ch.verb + strings.Join(ch.shared, "、"), ch.start}
	}
	if ch.split != nil && ch.subj != "" {
		f.last = named{ch.subj, ch.start}
	}
}

// openChain reads what the first part of a clause lends to the others: its
// verb, or the members of a list that 分别 hands out.
func (f *figureReader) openChain(c clause, ch *chain, left []rune) {
	p := c.parts[0]
	subject, pred := splitPredicate(left, p.q)
	ch.pred = pred
	if at := strings.LastIndex(string(left), "分别"); at >= 0 {
		before := string(left)[:at]
		middle := []rune(string(left)[at+len("分别"):])
		rest, pr := splitPredicate(middle, p.q)
		pr.apart = true
		ch.pred = pr
		if pred.yearly {
			ch.pred.yearly = true
		}
		if pred.cumulative {
			ch.pred.cumulative = true
		}
		if w := strings.TrimSpace(string(rest)); w == "完成" || w == "实现" {
			ch.pred.level = true
		} else if w != "" {
			ch.pred.kept = w
		} else if pr.kept == "" {
			ch.pred.kept = pred.kept
		}
		beforeR, _ := splitPredicate([]rune(before), p.q)
		subj := string(trimAim(trimLead(beforeR)))
		n := f.run(c)
		ch.subj = subj
		switch {
		case subj == "" && len(f.list) == n:
			ch.split = f.list
			ch.start = f.listStart
		case subj == "" && n > 1 && len(f.names) >= n:
			for _, m := range f.names[len(f.names)-n:] {
				ch.split = append(ch.split, m.name)
			}
			if m := f.names[len(f.names)-n]; m.start >= 0 {
				ch.start = m.start
			}
		case subj == "" && f.owner.name != "":
			ch.split = subjects(f.owner.name, n)
			ch.subj = f.owner.name
			if f.owner.start >= 0 {
				ch.start = f.owner.start
			}
		default:
			ch.split = subjects(subj, n)
			if ch.split == nil && attributeOnly([]rune(subj)) && n > 1 && len(f.names) >= n {
				// 新增企业9家、商户8家，总数分别达到…
				for _, m := range f.names[len(f.names)-n:] {
					ch.split = append(ch.split, ownerOf(m.name)+subj)
				}
				if m := f.names[len(f.names)-n]; m.start >= 0 {
					ch.start = m.start
				}
			} else if attributeOnly([]rune(subj)) || allAttributes(ch.split) {
				if o := f.ownerName(); o.name != "" {
					for i := range ch.split {
						ch.split[i] = o.name + ch.split[i]
					}
				}
			}
		}
		if ch.split != nil {
			f.list, f.listStart = ch.split, ch.start
			last := c.parts[n-1]
			if noun, _ := nounAfter(f.r.runes[last.right.Start:last.right.End]); noun != "" && !isGrowthNoun(noun) && !emptyNouns[noun] {
				ch.tail = noun
			}
		}
		return
	}
	subj := trimAim(trimLead(subject))
	if v := leadingVerbs(subj); v > 0 && v < len(subj) || v > 0 && p.right.Len() > 0 {
		ch.verb = string(subj[:v])
		ch.start = p.left.Start
	} else if pos, n := sharedVerbs.index(subj, 1); pos > 0 && pos+n < len(subj) && len(c.parts) > 1 {
		if pos <= 10 {
			ch.verb = string(subj[:pos+n])
		} else {
			ch.verb = string(subj[pos : pos+n])
		}
		ch.start = p.left.Start
	}
	// Members without 分别: A、B增长5%、6%; or a list handed on: 增长5%、6%.
	if n := f.run(c); n > 1 && n == len(c.parts) && sameUnits(c.parts) {
		switch {
		case len(subj) == 0 && len(f.list) == n:
			ch.split, ch.pred.apart = f.list, true
			ch.start = f.listStart
		case len(subj) > 0 && ch.verb == "":
			if sp := subjects(string(subj), n); sp != nil {
				ch.split, ch.pred.apart = sp, true
				f.list, f.listStart = sp, ch.start
			}
		}
	}
}

// sharedVerbs may stand after the subject of a chain and before its objects:
// 我市医院新增床位9张、护士5人.
var sharedVerbs = wordList("新增", "新建", "新改建", "建成", "引进", "新引进", "新认定", "改造", "培育", "完成", "累计建成", "新设", "投放", "拥有", "达成", "签约", "实施", "开通", "增加")

// run is how many parts from the first follow each other with nothing between
// their values but a joint.
func (f *figureReader) run(c clause) int {
	n := 1
	for n < len(c.parts) {
		left := f.r.runes[c.parts[n].left.Start:c.parts[n].left.End]
		s, _ := splitPredicate(left, c.parts[n].q)
		if len(trimLead(s)) > 0 {
			break
		}
		n++
	}
	return n
}

func sameUnits(ps []part) bool {
	for _, p := range ps[1:] {
		if p.q.unit != ps[0].q.unit {
			return false
		}
	}
	return true
}

func allAttributes(list []string) bool {
	for _, s := range list {
		if !attributeOnly([]rune(s)) {
			return false
		}
	}
	return len(list) > 0
}

// trimAim cuts 推动, 力争 and the like off a subject.
func trimAim(s []rune) []rune {
	for {
		n := aimVerbs.prefix(s)
		if n == 0 || keepsLead(s, n) || len(s) <= n || leadingVerbs(s) > n && string(s[:n]) == "实现" {
			return s
		}
		if w := string(s[:n]); (w == "推动" || w == "促进" || w == "带动" || w == "实现") && len(s)-n < 4 {
			return s // 推动投资: a verb and its object
		}
		s = trimLead(s[n:])
	}
}

func isGrowthNoun(s string) bool {
	s = strings.TrimPrefix(s, "的")
	for _, w := range []string{"增长", "增速", "增幅", "降幅", "涨幅", "正增长"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// ownerName is what an attribute without an owner belongs to.
func (f *figureReader) ownerName() named {
	if f.owner.name != "" {
		return f.owner
	}
	if f.actor.name != "" {
		return f.actor
	}
	return f.topic
}

// part names one figure and keeps what the next may need.
func (f *figureReader) part(c clause, i int, ch *chain) {
	r, p := f.r, c.parts[i]
	left := r.runes[p.left.Start:p.left.End]
	right := r.runes[p.right.Start:p.right.End]
	subject, pred := splitPredicate(left, p.q)
	subj := trimAim(trimLead(subject))
	if list := strings.TrimSpace(string(left)); noun(right) && i == 0 && listTail(list) {
		subj = subj[:leadingVerbs(subj)] // 新建A、B和9个公园: the others are not counted
	}
	among := strings.HasPrefix(string(left), "其中") && i == 0 || c.opener == '（' || c.opener == '('
	if i > 0 && strings.HasPrefix(string(left), "其中") {
		among = true
	}
	noun, used := nounAfter(right)
	condition := false
	if i+1 < len(c.parts) && p.right.End == c.parts[i+1].q.Start && noun != "" {
		// No joint: what stands between may be only the next value's predicate.
		rest, _ := splitPredicate(r.runes[p.q.End:p.right.End], c.parts[i+1].q)
		switch {
		case len(trimLead(rest)) == 0:
			noun, used = "", 0
		case conditional(r, p.q):
			condition = true
			noun, used = string(rest), len(rest)
		case len(rest) < len([]rune(noun)):
			noun, used = string(rest), len(rest)
		}
	}
	if emptyNouns[noun] {
		noun, used = "", 0
	}
	if i+1 < len(c.parts) && c.parts[i+1].left.Start == p.q.End && noun != "" {
		noun, used = f.objectBetween(noun, used, len(subj) > 0, c.parts[i+1])
	}
	growthNoun := isGrowthNoun(noun)
	if growthNoun && p.q.class == unitPercent {
		pred.growth = 1
		noun, used = "", 0
	}
	start, end := p.left.Start, p.q.End
	if noun != "" {
		end = p.right.Start + used
	}
	var name string
	inherited := false
	background := false
	switch {
	case condition:
		name, background = strings.TrimPrefix(noun, "的")+"规模", true
		if p.q.class == unitAge {
			name = strings.TrimPrefix(noun, "的") + "年龄"
		}
	case len(right) > 0 && right[0] == '的' && noun != "" && attributeTail(subj) > 0 && p.q.class != unitPercent:
		// 总投资9亿元的新材料项目
		rs := []rune(noun)
		if k := strings.IndexRune(noun, '、'); k > 0 {
			rs = []rune(noun[:k])
		}
		rs = []rune(strings.TrimSuffix(string(rs), "等"))
		for k := 2; k < len(rs); k++ {
			if leadingVerbs(rs[k:]) > 1 {
				rs = rs[:k]
				break
			}
		}
		name, background = string(rs)+string(subj[len(subj)-attributeTail(subj):]), true
		end = min(end, p.right.Start+1+len(rs))
	case len(subj) == 0 && strings.HasPrefix(noun, "用于") && f.last.name != "":
		name = f.last.name + "（" + noun + "）"
		whole := f.last
		defer func() { f.last = whole }()
	case ch.split != nil && ch.next < len(ch.split) && (ch.next == 0 || len(subj) == 0):
		name = ch.split[ch.next]
		ch.next++
		pred = mergePredicate(ch.pred, pred)
		if ch.pred.kept != "" {
			name = keepVerb(ch.pred.kept, name)
		}
		if ch.tail != "" {
			name += ch.tail
		}
		start = ch.start
		if n := len(ch.split); n <= len(c.parts) {
			end = max(end, c.parts[n-1].q.End)
			if ch.tail != "" {
				end = max(end, c.parts[n-1].right.End)
			}
		}
	case p.q.rank && len(subj) > 0:
		name = f.owned(subj, &start, p.q)
	case len(subj) == 0 && noun == "" && c.opener == '（' && i == 0 && f.bracketed() != "":
		name = f.bracketed()
		start = f.before.Start
	case len(subj) == 0 && noun == "":
		inherited = true
		from := f.last
		if pred.growth == 0 && pred.share || from.name == "" {
			from = f.ownerName()
		}
		if i > 0 && from.name == "" {
			from = named{ch.subj, ch.start}
		}
		if from.name == "" {
			from = f.heading(p.q.Start)
		}
		name = from.name
		if from.name != "" && from.start >= 0 && p.q.Start-from.start < maxLeft {
			start = from.start
		}
		if pred.kept != "" {
			name = keepVerb(pred.kept, name)
		}
		name = ofPeople(name, p.q.unit)
	case noun != "":
		name, background = f.prenominal(subj, noun, p, ch, i, &end)
		if p.q.class == unitPercent && !strings.HasSuffix(name, "占比") {
			name += "占比"
		}
		if i > 0 && leadingVerbs(subj) == 0 {
			start = f.shareStart(ch, subj, start)
		}
	default:
		v := leadingVerbs(subj)
		switch {
		case v == len(subj) && reaching.has(string(subj)) && p.q.class == unitCounter && f.last.name != "":
			name = ofPeople(f.last.name+string(subj)+"人数", p.q.unit) // 惠及9万人
			if f.last.start >= 0 {
				start = f.last.start
			}
		case v == len(subj) && doneVerbs.prefix(subj) > 0 && doneVerbs.prefix(subj) < len(subj):
			name = string(subj) // 完成投资: the second is a noun
		case v == len(subj) && p.q.class == unitCounter && f.thing.name != "" && i == 0:
			name = string(subj) + f.thing.name // 二季度开工9个
			if f.thing.start >= 0 && p.q.Start-f.thing.start < maxLeft {
				start = f.thing.start
			}
		case v == len(subj) && f.last.name != "" && i == 0:
			// 新增5家 after 企业30家
			last := []rune(f.last.name)
			name = string(subj) + string(last[leadingVerbs(last):])
			if f.last.start >= 0 {
				start = f.last.start
			}
		case v == len(subj) && i > 0:
			last := []rune(f.last.name)
			name = string(subj) + string(last[leadingVerbs(last):])
			start = ch.start
		case i > 0 && v == 0 && ch.verb != "" && !attributeOnly(subj) && shares(p, pred):
			name = ch.verb + string(subj)
			start = ch.start
		case among && v == 0 && f.last.name != "" && pred.growth == 0 && p.q.class == unitCounter && !attributeOnly(subj) && len(subj) <= 8:
			name = f.last.name + "（其中：" + string(subj) + "）"
			start = f.last.start
		default:
			name = f.owned(subj, &start, p.q)
			if v > 0 && f.gathers(subj) {
				a := f.actorName()
				if a.name == "" {
					a = f.leadActor(p.q.Start)
				}
				if a.name != "" && !strings.Contains(name, a.name) {
					name = a.name + name
					if a.start >= 0 && p.q.Start-a.start < maxLeft {
						start = a.start
					}
				}
			}
		}
	}
	if pred.kept != "" && ch.split == nil && !inherited {
		name = keepVerb(pred.kept, name)
	}
	if p.q.class == unitDuration && lasting.has(pred.growthWord) && name != "" {
		rs := []rune(name) // a term that is changed: 承包期延长
		name = string(rs[leadingVerbs(rs):]) + pred.growthWord
	}
	if pred.share && !strings.Contains(name, "占") && !strings.Contains(name, "比重") {
		name += "占比"
	}
	name = shorten(dropList(tidy(removeInner(name))))
	fig := f.figure(p.q, pred, name)
	if pred.yearly && !strings.Contains(name, "年均") {
		fig.Indicator = name + "年均增长"
		if pred.growth == 0 {
			fig.Indicator = "年均" + name
			if p.q.class == unitPercent {
				fig.Indicator = name
			}
		}
	}
	if background {
		fig.Nature = Background
	}
	fig.Clause = r.trimMarks(Span{start, end}, p.q.Span)
	f.timeOf(&fig, pred, p)
	r.Figures = append(r.Figures, fig)
	if ch.verb != "" && (i == 0 || len(ch.shared) == i) && strings.HasPrefix(name, ch.verb) {
		ch.shared = append(ch.shared, strings.TrimPrefix(name, ch.verb))
	}
	if !inherited && name != "" {
		owner := name
		if len(subj) > 0 && leadingVerbs(subj) == 0 && noun == "" {
			owner = name
		} else if noun != "" {
			owner = r.Quote(Span{p.q.Start, p.right.Start}) + noun
			if pos, _ := topicTails.index([]rune(noun), 2); pos > 0 {
				owner = r.Quote(p.q.Span) + string([]rune(noun)[:pos])
			}
			if p.q.class != unitCounter {
				owner = name
			}
		}
		f.owner = named{ownerOf(owner), fig.Clause.Start}
	}
	if !condition {
		f.last = named{name, fig.Clause.Start}
	}
	if p.q.class == unitPoints {
		for _, w := range []string{"高于", "低于", "快于", "慢于", "高出"} {
			f.last.name, _, _ = strings.Cut(f.last.name, w)
		}
	}
	if p.q.class == unitCounter && !inherited && !condition && name != "" {
		f.thing = named{ownerOf(name), fig.Clause.Start}
	}
	if noun != "" && pred.level && len(subj) > 0 && leadingVerbs(subj) == 0 {
		f.last.name = string(subj) // 总量跨上2个台阶，增长5%: the total grew
	}
	if !inherited && !background && (len(f.names) == 0 || f.names[len(f.names)-1].name != name) {
		f.names = append(f.names, f.last)
	}
}

func noun(right []rune) bool { return len(right) > 0 }

// listTail reports whether left ends in the joint of a list whose next member
// is the thing counted.
func listTail(left string) bool {
	return strings.HasSuffix(left, "和") || strings.HasSuffix(left, "及") || strings.HasSuffix(left, "、") || strings.HasSuffix(left, "与")
}

// objectBetween names what the first of two values counts that have no joint
// between them: 9家企业加入3条产业链. With a subject before it the thing
// counted is enough (基金带动4只子基金); without, what it does belongs to it.
func (f *figureReader) objectBetween(between string, used int, subject bool, next part) (string, int) {
	rs := []rune(between)
	n := verbs.suffix(rs)
	if n == 0 || n == len(rs) {
		return between, used
	}
	if subject {
		return string(rs[:len(rs)-n]), used - n
	}
	object, _ := nounAfter(f.r.runes[next.right.Start:next.right.End])
	return between + object, used
}

// opensWithTime reports whether a paragraph's first words are its time.
var opensWithTime = regexp.MustCompile(`^(?:到|至|过去|“?十[三四五六]五|[0-9]{4}年|[三五]年来|届内)`)

// bracketed is what a bracket behind a clause without a quantity belongs to:
// 甲镇至乙镇公路（9公里）.
func (f *figureReader) bracketed() string {
	if f.before.Len() == 0 {
		return ""
	}
	rs := f.r.runes[max(f.before.Start, f.before.End-40):f.before.End]
	items := enumeration(string(rs), false)
	if len(items) == 0 {
		return ""
	}
	last := trimLead([]rune(items[len(items)-1]))
	return string(last[leadingVerbs(last):])
}

// emptyNouns stand behind a value and end its verb: 按4%安排.
var emptyNouns = map[string]bool{"大关": true, "关口": true, "关": true, "安排": true, "掌握": true, "把握": true, "考虑": true, "控制": true}

// reaching verbs count people that something reaches.
var reaching = wordList("惠及", "覆盖", "受益", "服务", "吸引", "带动")

// doneVerbs may have a verb as their object.
var doneVerbs = wordList("完成", "实现", "新增", "累计完成", "保持")

// ofPeople makes 惠及人数 fit the unit.
func ofPeople(name, unit string) string {
	for _, w := range []string{"人数", "户数"} {
		rest, ok := strings.CutSuffix(name, w)
		if !ok || reaching.suffix([]rune(rest)) == 0 {
			continue
		}
		switch {
		case strings.HasPrefix(unit, "户"):
			return rest + "户数"
		case strings.HasPrefix(unit, "人"), unit == "名":
			return rest + "人数"
		}
		return rest
	}
	return name
}

// attributeTail is the length of the attribute that ends s: 总投资, 占地面积.
func attributeTail(s []rune) int {
	if n := attributeNouns.suffix(s); n > 0 {
		return n
	}
	return relativeNouns.suffix(s)
}

var relativeNouns = wordList("占地", "总投资", "投资", "投资额", "总建筑面积", "建筑面积", "全长", "总长", "长", "容量", "库容", "年产", "占地面积", "规模")

// shares reports whether a part without a verb may take the chain's: it names
// an object, not a subject with a predicate of its own.
func shares(p part, pred predicate) bool {
	return pred.growth == 0 && p.q.class != unitPercent && p.q.class != unitPoints && !p.q.rank
}

// shareStart is where the quote of a part starts that borrows the chain's verb.
func (f *figureReader) shareStart(ch *chain, subj []rune, start int) int {
	if ch.verb != "" {
		return ch.start
	}
	return start
}

// owned is the subject with its owner, if it names only a side of something.
func (f *figureReader) owned(subj []rune, start *int, q quantity) string {
	if string(subj) == "吞吐量" && strings.HasPrefix(q.unit, "标") {
		return "集装箱吞吐量" // what a standard box measures
	}
	if v := leadingVerbs(subj); v > 0 && v < len(subj) && bareNouns.has(string(subj[v:])) && string(subj[:v]) == "实现" {
		subj = subj[v:] // 实现产值: whose?
	}
	if !attributeOnly(subj) {
		return string(subj)
	}
	o := f.ownerName()
	if rateNouns.has(string(subj)) || subj[0] == '占' {
		if f.last.name != "" {
			o = f.last
		}
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
	if subj[0] != '占' {
		name, _, _ = strings.Cut(name, "（其中：") // of the whole, not of a part of it
	}
	for _, w := range []string{"增速", "增幅"} {
		name = strings.TrimSuffix(name, w)
	}
	// 货物总量…，总量: no side of a side of the same kind
	if n := attributeNouns.suffix([]rune(name)); n > 0 && attributeNouns.prefix(subj) > 0 {
		rs := []rune(name)
		if n < len(rs) {
			name = string(rs[:len(rs)-n])
		}
	}
	return name + string(subj)
}

// gathers reports whether a clause's verb takes an institution as its subject.
func (f *figureReader) gathers(subj []rune) bool { return gatheringVerbs.prefix(subj) > 0 }

// actorName is the institution that the sentence or its lead phrase names.
func (f *figureReader) actorName() named {
	if f.actor.name != "" {
		return f.actor
	}
	return named{}
}

// leadActor is the institution in the lead phrase above pos.
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

// heading is what the lead phrase above pos is about.
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

// prenominal names a figure whose noun stands behind it: 推出9项政策.
func (f *figureReader) prenominal(subj []rune, noun string, p part, ch *chain, i int, end *int) (name string, background bool) {
	v := leadingVerbs(subj)
	rest := subj[v:]
	nounRunes := []rune(noun)
	extent := p.q.class == unitPhysical || p.q.class == unitMoney
	if len(rest) > 0 && rest[len(rest)-1] == '等' {
		if genericNouns.prefix(nounRunes) > 0 {
			// 实施A、B等9项措施: the noun alone says too little
			first := enumeration(string(rest[:len(rest)-1]), false)
			if len(first) > 0 && len([]rune(first[0])) <= 20 {
				return string(subj[:v]) + first[0] + "等" + noun, false
			}
		}
		return string(subj[:v]) + noun, false // 新建A、B等9个公园
	}
	if v == len(subj) {
		verb := string(subj)
		if v == 0 && i > 0 {
			verb = ch.verb
		}
		if p.q.class == unitMoney && fundNouns.suffix(nounRunes) > 0 {
			return noun + "规模", false // the size of what the verb sets up
		}
		if p.q.class == unitAge || p.q.class == unitDuration {
			return verb + noun, true
		}
		return verb + noun, false
	}
	// Subject and noun: 出台…29条措施 reads on; 引进资金3亿元用于… does not.
	if w := leadingVerbs(nounRunes); w > 0 && noun[:0] == "" && (len(rest) > 0 || v > 0) && strings.HasPrefix(noun, "用于") || purpose.prefix(nounRunes) > 0 {
		*end = p.q.End
		return string(subj), false
	}
	if leadingVerbs(nounRunes) > 0 && !strings.HasPrefix(noun, "等") && len(rest) > 0 && !extent && v > 0 {
		return string(subj), p.q.class == unitDuration
	}
	if extent && len(rest) > 0 && nounHeadsProject(subj) {
		head := string(rest)
		if k := strings.LastIndex(head, "、"); k >= 0 {
			head = head[k+len("、"):]
		}
		n := nounRunes
		if k := strings.IndexRune(noun, '、'); k >= 0 {
			n = []rune(noun[:k])
			*end = p.right.Start + len(n)
		}
		for k := 2; k < len(n); k++ {
			if leadingVerbs(n[k:]) > 0 {
				n = n[:k]
				break
			}
		}
		switch {
		case p.q.class == unitMoney:
			return head + string(n) + "规模", true
		case strings.HasSuffix(p.q.unit, "吨") || strings.Contains(p.q.unit, "瓦"):
			return head + string(n) + "产能", true
		}
		return head + string(n) + "规模", true
	}
	if p.q.class == unitDuration || p.q.class == unitAge {
		return string(subj), true
	}
	if i > 0 && v == 0 && ch.verb != "" {
		return ch.verb + string(subj) + noun, false
	}
	return string(subj) + noun, false
}

// lasting verbs change a term and belong to its name.
var lasting = wordList("延长", "缩短", "压缩", "压减", "提前")

// purpose words open what a sum is for.
var purpose = wordList("用于", "支持", "以来", "用以", "以", "，", "保障", "推动", "投向", "给", "重点", "惠及", "补贴", "帮助", "助力", "解决", "办结", "之间")

// fundNouns end the names of funds and loans, which have a size.
var fundNouns = wordList("基金", "母基金", "贷款", "债券", "专项债", "资金", "资金池", "授信", "种子基金")

// nounHeadsProject reports whether the words before an extent are a name, not
// a verb with its object: 推动南湾石化 before 100万吨芳烃.
func nounHeadsProject(subj []rune) bool {
	v := leadingVerbs(subj)
	return v < len(subj) && keptVerbs.suffix(subj) == 0 && verbs.suffix(subj) == 0
}

func keepVerb(verb, name string) string {
	if len([]rune(verb)) > 0 && strings.HasSuffix(verb, "播种") {
		return name + verb
	}
	return verb + name
}

func mergePredicate(shared, own predicate) predicate {
	p := shared
	if own.bound != BoundExact {
		p.bound = own.bound
	}
	p.bound = own.bound
	if p.bound == BoundExact && shared.said != "" {
		p.bound = shared.said // 分别突破5家、6家
	}
	if own.growth != 0 {
		p.growth, p.growthWord = own.growth, own.growthWord
	}
	p.level = p.level || own.level
	p.from = own.from
	return p
}

// ownerOf is the part of a name that can own something: without verb.
func ownerOf(name string) string {
	rs := []rune(name)
	if v := leadingVerbs(rs); v > 0 && v < len(rs) {
		return string(rs[v:])
	}
	return name
}

// tidy takes marks off the ends of a name.
func tidy(s string) string {
	s = strings.TrimSuffix(s, "等")
	if rest, ok := strings.CutPrefix(s, "再"); ok && leadingVerbs([]rune(rest)) > 0 {
		s = rest
	}
	return strings.Trim(s, " 　，、；：。的—–-（(")
}

// trimMarks takes joints and spaces off both ends of s but leaves keep in it.
func (r *Report) trimMarks(s, keep Span) Span {
	s.Start, s.End = min(s.Start, keep.Start), max(s.End, keep.End)
	for s.Start < keep.Start && strings.ContainsRune(" 　\t\n，、；：。！？,;:和及）)", r.runes[s.Start]) {
		if r.runes[s.Start] == '和' && !isBoundaryMark(r, s.Start) {
			break
		}
		s.Start++
	}
	for s.End > keep.End && strings.ContainsRune(" 　\t\n，、；：。！？,;:（(", r.runes[s.End-1]) {
		s.End--
	}
	if s.End < len(r.runes) && r.runes[s.End] == '）' && strings.Count(r.Quote(s), "（") > strings.Count(r.Quote(s), "）") {
		s.End++ // a quote shows both brackets or none
	}
	return s
}

// isBoundaryMark reports whether the 和 at i joins two parts rather than
// opening a name like 和美.
func isBoundaryMark(r *Report, i int) bool {
	return i+1 < len(r.runes) && !strings.ContainsRune("平美谐田", r.runes[i+1])
}
