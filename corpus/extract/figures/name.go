package figures

import (
	"regexp"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// listTail reports whether left ends in the joint of a list whose next member
// is the thing counted.
func listTail(left string) bool {
	for _, w := range []string{"惠及", "普及", "波及", "涉及", "遍及"} {
		if strings.HasSuffix(left, w) {
			return false
		}
	}
	return strings.HasSuffix(left, "和") || strings.HasSuffix(left, "及") || strings.HasSuffix(left, "、") || strings.HasSuffix(left, "与")
}

// objectBetween names what the first of two values counts that have no joint
// between them: 9家企业加入3条产业链. With a subject before it the thing
// counted is enough (基金带动4只子基金); without, what it does belongs to it.
func (f *figureReader) objectBetween(between string, used int, subject bool, next part) (string, int) {
	rs := []rune(between)
	n := verbs.Suffix(rs)
	if n == 0 || n == len(rs) {
		return between, used
	}
	if subject {
		return string(rs[:len(rs)-n]), used - n
	}
	object, _ := nounAfter(f.r.runes[next.right.Start:next.right.End])
	return between + object, used
}

// bracketed returns what a bracket behind a clause without a quantity belongs to:
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
var reaching = zh.List("受益", "吸引", "带动", "惠及", "服务", "覆盖")

// doneVerbs may have a verb as their object.
var doneVerbs = zh.List("保持", "完成", "实现", "新增", "累计完成")

// peopleReached counts the people instead of the places that something reaches:
// 惠及乡镇 of 惠及9个乡镇、2万人 is 惠及人数.
func peopleReached(name string) string {
	rs := []rune(name)
	if pos, n := reaching.Index(rs, 1); pos > 0 && pos+n < len(rs) {
		return string(rs[:pos+n]) + "人数"
	}
	return name
}

// newVerbs tell what was added to a stock; the stock is named without them.
var newVerbs = lists.List("newVerbs")

// ofPeople makes 惠及人数 fit the unit.
func ofPeople(name, unit string) string {
	for _, w := range []string{"人数", "户数"} {
		rest, ok := strings.CutSuffix(name, w)
		if !ok || reaching.Suffix([]rune(rest)) == 0 {
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

// attributeTail returns the length of the attribute that ends s: 总投资, 占地面积.
func attributeTail(s []rune) int {
	if n := attributeNouns.Suffix(s); n > 0 {
		return n
	}
	return relativeNouns.Suffix(s)
}

var relativeNouns = lists.List("relativeNouns")

// shares reports whether a part without a verb may take the chain's: it names
// an object, not a subject with a predicate of its own.
func shares(p part, pred predicate) bool {
	return pred.growth == 0 && p.q.class != unitPercent && p.q.class != unitPoints && !p.q.rank
}

// prenominal names a figure whose noun stands behind it: 推出9项政策.
func (f *figureReader) prenominal(subj []rune, noun string, p part, ch *chain, i int, end *int) (name string, background bool) {
	v := leadingVerbs(subj)
	rest := subj[v:]
	nounRunes := []rune(noun)
	extent := p.q.class == unitPhysical || p.q.class == unitMoney
	if name := ofList(subj[:v], rest, noun, p.q); name != "" {
		return name, false
	}
	if v == len(subj) && v > 0 && p.q.class == unitMoney && purpose.Prefix(nounRunes) > 0 {
		*end = p.q.End
		what, _, _ := strings.Cut(noun, "、")
		return string(subj) + "资金" + what, false // 安排9亿元支持技术改造
	}
	if v == len(subj) {
		verb := string(subj)
		if v == 0 && i > 0 {
			verb = ch.verb
		}
		if p.q.class == unitMoney && fundNouns.Suffix(nounRunes) > 0 {
			return noun + "规模", false // the size of what the verb sets up
		}
		if p.q.class == unitAge || p.q.class == unitDuration {
			return verb + noun, true
		}
		return verb + noun, false
	}
	// Subject and noun: 出台…29条措施 reads on; 引进资金3亿元用于… does not.
	if w := leadingVerbs(nounRunes); w > 0 && (len(rest) > 0 || v > 0) && strings.HasPrefix(noun, "用于") || purpose.Prefix(nounRunes) > 0 {
		*end = p.q.End
		if p.q.class == unitPercent {
			return strings.TrimSuffix(string(subj), "的") + noun, false // 支出的78%用于民生
		}
		return string(subj), false
	}
	if leadingVerbs(nounRunes) > 0 && !strings.HasPrefix(noun, "等") && len(rest) > 0 && !extent && v > 0 {
		return string(subj), p.q.class == unitDuration
	}
	if extent && len(rest) > 0 && nounHeadsProject(subj) {
		name, n := sizeOf(string(rest), noun, p.q)
		if n < len(nounRunes) {
			*end = p.right.Start + n
		}
		return name, true
	}
	if p.q.class == unitDuration || p.q.class == unitAge {
		return string(subj), true
	}
	if i > 0 && v == 0 && ch.verb != "" {
		return ch.verb + string(subj) + noun, false
	}
	return string(subj) + noun, false
}

// ofList names those of a list by the noun that counts them: 新建A、B等9个公园 is
// 新建公园. It gives "" where rest is no list of what is counted.
func ofList(verb, rest []rune, noun string, q quantity) string {
	short := string(verb) + noun
	if len(rest) > 0 && rest[len(rest)-1] == '等' {
		if genericNouns.Prefix([]rune(noun)) > 0 {
			// 实施A、B等9项措施: the noun alone says too little
			first := enumeration(string(rest[:len(rest)-1]), false)
			if len(first) > 0 && len([]rune(first[0])) <= 20 {
				return string(verb) + first[0] + "等" + noun
			}
		}
		return short
	}
	n := len(enumeration(string(rest), true))
	if n > 1 && float64(n) == q.number && q.class == unitCounter && len([]rune(noun)) > 2 && !genericNouns.Has(noun) {
		return short // 新增甲、乙、丙3个千亿县
	}
	return ""
}

// changeVerbs change a term and belong to its name.
var changeVerbs = zh.List("压减", "压缩", "延长", "提前", "缩短")

// sizeOf names the size of a project that stands before its noun: 南湾石化
// 100万吨芳烃 is 南湾石化芳烃产能. It also gives how much of noun up to 、 that is.
func sizeOf(head, noun string, q quantity) (name string, n int) {
	if k := strings.LastIndex(head, "、"); k >= 0 {
		head = head[k+len("、"):]
	}
	noun, _, _ = strings.Cut(noun, "、")
	rs := []rune(noun)
	n = len(rs)
	for k := 2; k < len(rs); k++ {
		if leadingVerbs(rs[k:]) > 0 {
			rs = rs[:k]
			break
		}
	}
	if q.class != unitMoney && (strings.HasSuffix(q.unit, "吨") || strings.Contains(q.unit, "瓦")) {
		return head + string(rs) + "产能", n
	}
	return head + string(rs) + "规模", n
}

// purpose words open what a sum is for.
var purpose = lists.List("purpose")

// fundNouns end the names of funds and loans, which have a size.
var fundNouns = zh.List("专项债", "债券", "基金", "授信", "母基金", "种子基金", "贷款", "资金", "资金池")

// nounHeadsProject reports whether the words before an extent are a name, not
// a verb with its object: 推动南湾石化 before 100万吨芳烃.
func nounHeadsProject(subj []rune) bool {
	v := leadingVerbs(subj)
	return v < len(subj) && keptVerbs.Suffix(subj) == 0 && verbs.Suffix(subj) == 0
}

func keepVerb(verb, name string) string {
	if strings.HasSuffix(verb, "播种") {
		return name + "播种面积"
	}
	return verb + name
}

func mergePredicate(shared, own predicate) predicate {
	p := shared
	p.bound = own.bound
	if p.bound == corpus.BoundExact && shared.said != "" {
		p.bound = shared.said // 分别突破5家、6家
	}
	if own.growth != 0 {
		p.growth, p.growthWord = own.growth, own.growthWord
	}
	p.level = p.level || own.level
	p.from = own.from
	return p
}

// tidy takes marks off the ends of a name.
func tidy(s string) string {
	s = strings.TrimSuffix(itemMark.ReplaceAllString(s, ""), "等")
	if rest, ok := strings.CutPrefix(s, "再"); ok && leadingVerbs([]rune(rest)) > 0 {
		s = rest
	}
	s = editionYear.ReplaceAllString(s, "$1")
	return strings.Trim(s, " 　，、；：。的—–-（(")
}

// itemMark is the mark of an item of a list, which is no part of a name:
// （3）新建公园.
var itemMark = regexp.MustCompile(`^[ 　]*(?:[（(][0-9]{1,2}[）)]|[①-⑳※★☆●■◆•])[ 　]*`)

// editionYear is the year before a name that comes out every year: 2031航运指数.
var editionYear = regexp.MustCompile(`^20[0-9]{2}(\p{Han})`)

// sameHead reports whether two names end in the same noun.
func sameHead(a, b string) bool {
	x, y := []rune(a), []rune(b)
	return len(x) > 1 && len(y) > 1 && string(x[len(x)-2:]) == string(y[len(y)-2:])
}

// trimMarks takes joints and spaces off both ends of s but leaves keep in it.
func (r *report) trimMarks(s, keep corpus.Span) corpus.Span {
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
func isBoundaryMark(r *report, i int) bool {
	return i+1 < len(r.runes) && !strings.ContainsRune("平美谐田", r.runes[i+1])
}
