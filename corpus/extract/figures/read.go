package figures

import (
	"regexp"
	"strings"

	"jinwen/corpus"
)

// parseFigures finds the figures of the body, sentence by sentence: scan the
// quantities, cut the sentence into clauses, name each quantity with what the
// clauses before it have left behind. The time taken grows with the text.
func (r *report) parseFigures() {
	for _, p := range r.Paragraphs() {
		if r.PassageAt(p.Start) < 0 {
			continue // a heading of its own
		}
		fr := figureReader{r: r, para: r.paragraphContext(p), first: true}
		for _, s := range r.Sentences(p) {
			fr.sentence(s)
		}
	}
	r.nameOrphans()
}

// A figureReader reads the sentences of one paragraph. What a clause leaves
// behind for the next ones is here.
type figureReader struct {
	r    *report
	para timeContext

	time      timeContext // of the sentence so far
	last      named       // the figure before
	list      []string    // the members of the last 分别
	owner     named       // what the sentence is about: the last subject named
	actor     named       // an institution that opened the sentence
	acting    named       // the institution that a figure of the sentence was given to
	growth    int         // of the figure before
	listStart int         // where list may be quoted from
	thing     named       // what was counted last in the paragraph
	before    corpus.Span // the clause before, if it holds no quantity
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
	twice bool     // the members get what they were and what they are: 分别从5%、6%提高到7%、8%
	pred  predicate
	subj  string // the subject before 分别
	tail  string // the noun behind the last value of a 分别

	shared []string // the objects of verb so far
}

func (f *figureReader) sentence(s corpus.Span) {
	r := f.r
	f.time = f.para
	qs := r.quantities(s)
	prev := f.owner
	f.last, f.list, f.owner, f.actor, f.acting = named{}, nil, named{}, named{}, named{}
	f.topic = prev
	f.topic.start = -1
	f.names, f.before = nil, corpus.Span{}
	f.thing.start = -1
	opens := f.first
	f.first = false
	f.opens(s, opens, len(qs) > 0)
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
		f.before = corpus.Span{}
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
	if before, middle, ok := cutLast(string(left), "分别"); ok {
		ch.pred = apartPredicate(pred, middle, p.q)
		rest, _ := splitPredicate([]rune(before), p.q)
		f.openApart(c, ch, string(trimAim(trimLead(rest))))
		return
	}
	subj := trimAim(trimLead(subject))
	if v := leadingVerbs(subj); v > 0 && v < len(subj) || v > 0 && p.right.Len() > 0 {
		ch.verb = string(subj[:v])
		ch.start = p.left.Start
	} else if pos, n := sharedVerbs.Index(subj, 1); pos > 0 && pos+n < len(subj) && len(c.parts) > 1 {
		if pos <= 10 {
			ch.verb = string(subj[:pos+n])
		} else {
			ch.verb = string(subj[pos : pos+n])
		}
		ch.start = p.left.Start
	}
	// Members without 分别: A、B增长5%、6%; or a list handed on: 增长5%、6%.
	if n := f.run(c); n > 1 && n == len(c.parts) && sameUnits(c.parts) && !pred.from {
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

// apartPredicate returns what stands between 分别 and the first value, with what the
// words before 分别 said.
func apartPredicate(before predicate, middle string, q quantity) predicate {
	rest, pr := splitPredicate([]rune(middle), q)
	pr.apart = true
	pr.yearly = pr.yearly || before.yearly
	pr.cumulative = pr.cumulative || before.cumulative
	switch w := strings.TrimSpace(string(rest)); {
	case w == "完成" || w == "实现":
		pr.level = true
	case w != "":
		pr.kept = w
	case pr.kept == "":
		pr.kept = before.kept
	}
	return pr
}

// openApart finds the members that 分别 hands values to: those before it, or, if
// nothing but a side of something stands there, those of the clauses before.
func (f *figureReader) openApart(c clause, ch *chain, subj string) {
	n := f.run(c)
	ch.subj = subj
	side := attributeOnly([]rune(subj))
	if subj != "" {
		ch.split = subjects(subj, n)
		if _, pred := splitPredicate(f.r.runes[c.parts[0].left.Start:c.parts[0].left.End], c.parts[0].q); ch.split == nil && pred.from && n%2 == 0 {
			ch.split = subjects(subj, n/2)
			ch.twice = ch.split != nil
		}
	}
	switch {
	case subj == "" && len(f.list) == n:
		ch.split, ch.start = f.list, f.listStart
	case subj == "" && f.listBefore(n) != nil:
		ch.split, ch.start = f.listBefore(n), f.before.Start // 甲和乙，分别增长5%和6%
	case (subj == "" || ch.split == nil && side) && n > 1 && len(f.names) >= n:
		// 新增企业9家、商户8家，总数分别达到…
		f.lastNames(ch, n, subj)
	case subj == "" && f.owner.name != "":
		ch.split = subjects(f.owner.name, n)
		ch.subj = f.owner.name
		if f.owner.start >= 0 {
			ch.start = f.owner.start
		}
	case side || allAttributes(ch.split):
		if o := f.ownerName(); o.name != "" {
			for i := range ch.split {
				ch.split[i] = o.name + ch.split[i]
			}
		}
	}
	if ch.split == nil {
		return
	}
	f.list, f.listStart = ch.split, ch.start
	last := c.parts[n-1]
	if noun, _ := nounAfter(f.r.runes[last.right.Start:last.right.End]); noun != "" && !isGrowthNoun(noun) && !emptyNouns[noun] {
		ch.tail = noun
	}
}

// listBefore returns the clause before as a list of n members; nil if it is none.
func (f *figureReader) listBefore(n int) []string {
	if f.before.Len() == 0 || f.before.Len() > maxLeft {
		return nil
	}
	return subjects(string(trimAim(trimLead(f.r.runes[f.before.Start:f.before.End]))), n)
}

// lastNames hands the values to the last n figures of the sentence, or to side
// of what they count.
func (f *figureReader) lastNames(ch *chain, n int, side string) {
	last := f.names[len(f.names)-n:]
	for _, m := range last {
		name := m.name
		if side != "" {
			name = ownerOf(name) + side
		}
		ch.split = append(ch.split, name)
	}
	if last[0].start >= 0 {
		ch.start = last[0].start
	}
}

// cutLast is strings.Cut at the last sep.
func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// sharedVerbs may stand after the subject of a chain and before its objects:
// 我市医院新增床位9张、护士5人.
var sharedVerbs = lists.List("sharedVerbs")

// run returns how many parts from the first follow each other with nothing between
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
		n := aimVerbs.Prefix(s)
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
	return growthNoun.MatchString(s)
}

// growthNoun opens what a percentage is said to be: 5.5%左右的预期增长目标.
var growthNoun = regexp.MustCompile(`^的?(?:预期|经济|正|平均|较快|中高速|两位数)*(?:增长|增速|增幅|降幅|涨幅|预期目标)`)

// opensWithTime reports whether a paragraph's first words are its time.
var opensWithTime = regexp.MustCompile(`^(?:到|至|过去|“?十[三四五六]五|[0-9]{4}年|[三五]年来|届内)`)
