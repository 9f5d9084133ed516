package figures

import (
	"regexp"
	"strings"
	"unicode"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// Quantities are found by their form: a number, perhaps with 万 or 亿, and a
// unit behind it. What only looks like one is left out by its surroundings:
//
//   - years and dates (2021年, 3月5日, 1至9月), ordinals (第3届, 7号线);
//   - digits in names: next to letters (6G, PM10), plus signs and dots (“3+6”,
//     3·15), without a unit (99智谷), in short quotation marks or in 《》
//     (“就业20条”);
//   - stretches of time that only date something (近5年, 连续3年, 15分钟生活圈):
//     a time is a figure where something lasts, is shortened or extended;
//   - denominators (每10万人), ratios of three (8:42:50).
//
// Chinese numerals are quantities only where a word says so: 超千家, 近百场,
// 突破两千亿元, 七成以上, 三分之一, 百分之五, 两位数增长, 翻一番. 两翼, 三年行动 and 七个方面 are words.
//
// Ranks have no unit but a scope (全国第一, 全省前三, 全球首位) or a verb before
// them (列第5位), and end where they stand: 第一方阵 is a phrase.

// A quantity is a number with its unit as found in the text, before anything
// is known about what it measures.
type quantity struct {
	corpus.Span  // of the value
	number, high float64
	unit         string
	class        unitClass
	rank         bool
	bound        corpus.Bound // by what is inside the value: 余, 以上, 左右; else exact
}

// quantities finds the quantities of the sentence s in order.
func (r *report) quantities(s corpus.Span) []quantity {
	var out []quantity
	quote := -1
	afterRank := func(i int) bool { // 第3位、第5位: the second shares verb and scope
		return len(out) > 0 && out[len(out)-1].rank && out[len(out)-1].End == i-1 && strings.ContainsRune("、和", r.runes[i-1])
	}
	for i := s.Start; i < s.End; {
		c := r.runes[i]
		switch {
		case c == '“' || c == '《':
			quote = i
		case c == '”' || c == '》':
			quote = -1
		}
		var q quantity
		next := i + 1
		ok := false
		switch {
		case zh.IsDigit(c):
			q, next, ok = r.digits(s, i)
		case strings.ContainsRune("百千万亿十一两三二四五六七八九", c), strings.ContainsRune(formalDigits, c) && strings.ContainsRune("拾佰仟万亿", r.at(s, i+1)) && i+1 < s.End:
			q, next, ok = r.spelled(s, i)
		case c == '翻':
			if q, ok = r.doubledAt(s, i); ok {
				next = q.End
			}
		case c == '第' || c == '前' || c == '首' || c == '榜':
			q, next, ok = r.rankAt(s, i, afterRank(i))
		}
		if ok && quote >= 0 && r.nameInQuotes(s, quote, q) {
			ok = false
		}
		if ok && (len(out) == 0 || out[len(out)-1].End <= q.Start) {
			out = append(out, q)
		}
		i = max(next, i+1)
	}
	return out
}

// nameInQuotes reports whether q stands in a title or in quotation marks so
// short that the quoted words are a name.
func (r *report) nameInQuotes(s corpus.Span, open int, q quantity) bool {
	if r.runes[open] == '《' {
		return true
	}
	const longestName = 14
	for i := q.End; i < s.End && i <= open+longestName; i++ {
		if r.runes[i] == '”' {
			return true
		}
	}
	return false
}

// digits reads the quantity whose digits start at i.
func (r *report) digits(s corpus.Span, i int) (q quantity, next int, ok bool) {
	m := r.measuredAt(i, s.End)
	next = m.digits.End
	high, isRange, end := r.rangeAt(s, m)
	if end > 0 {
		return q, end, false
	}
	if isRange {
		next = high.digits.End
	}
	minus := r.minusBefore(s, i, m)
	if !minus && r.inName(s, i) {
		return q, next, false
	}
	if isColon(r.at(s, m.end)) && zh.IsDigit(r.at(s, m.end+1)) {
		k := r.colonsEnd(s, m.end)
		if m.unit == "" {
			q, ok = r.ratio(s, corpus.Span{Start: i, End: k}, m)
			return q, k, ok
		}
	}
	last := m // the number that has the unit
	if isRange {
		last = high
	}
	if r.namesOrDates(s, m, last) {
		return q, next, false
	}
	unit, class := last.unit, last.class
	if unit == "" && (isRange || !r.bare(s, &m, &unit, &class)) {
		return q, next, false
	}
	q = quantity{Span: corpus.Span{Start: i, End: last.end}, number: base(m.v, m.factor), unit: unit, class: class, bound: corpus.BoundExact}
	if isRange {
		if m.factor == 1 && m.unit == "" {
			q.number = base(m.v, high.factor) // 3—5万户
		}
		q.high = base(high.v, high.factor)
	}
	if m.more || high.more {
		q.bound = corpus.BoundOver
	}
	if minus { // 赤字率-2.5%
		q.Start--
		q.number = -q.number
	}
	r.qualify(s, &q)
	return q, q.End, true
}

// minusBefore reports whether the mark before i is the sign of m: 赤字率-2.5%.
func (r *report) minusBefore(s corpus.Span, i int, m measured) bool {
	prev := r.before(s, i)
	return (prev == '-' || prev == '－' || prev == '−') && zh.IsHan(r.before(s, i-1)) && m.unit == "%"
}

// inName reports whether what stands before the digits at i makes a name or a
// date of them.
func (r *report) inName(s corpus.Span, i int) bool {
	prev := r.before(s, i)
	return strings.ContainsRune("第+＋·•×№#-／/:∶每.．", prev) || zh.IsDigit(prev) ||
		prev == '前' && r.before(s, i-1) != '提' // 前5个月, 前9名
}

// bare gives the number m, which has no unit of its own, that of people or of
// its list. It reports whether m is a quantity: a bare number is one where a
// verb gives it and nothing follows (综合指数达到105.3，人口突破1000万。).
func (r *report) bare(s corpus.Span, m *measured, unit *string, class *unitClass) bool {
	i := m.digits.Start
	if m.factor >= 1e4 && (r.people(s, m.end) || r.peopleBefore(s, i) && boundary(r.at(s, m.end))) {
		*unit, *class = "人", unitCounter // 300万农村居民; 农村贫困人口减少1亿多
		return true
	}
	if *unit, *class, m.factor = r.sharedUnit(s, *m); *unit != "" {
		return true // 分别提高11.1、11.2个百分点
	}
	year := m.factor == 1 && m.v >= 1900 && m.v <= 2100
	return !year && (r.moves(s, i, m.end) || r.given(s, i) && boundary(r.at(s, m.end)))
}

// rangeAt reads the upper end of a range behind m. Where the two are dates, end
// is where they end; it is 0 otherwise.
func (r *report) rangeAt(s corpus.Span, m measured) (high measured, isRange bool, end int) {
	k := r.rangeMark(m.end, s.End)
	if k == 0 {
		return high, false, 0
	}
	high = r.measuredAt(m.end+k, s.End)
	word := strings.ContainsRune("至到", r.runes[m.end])
	switch {
	case high.unit == "" || m.unit != "" && m.unit != high.unit:
		// 2021—2025年, 1至9月: neither is a quantity. 100家到 120 户: two.
		if m.unit == "" {
			return high, false, high.digits.End
		}
		return measured{}, false, 0
	case high.class == unitDuration && high.unit == "年":
		return high, false, high.end
	case word && m.unit == "" && m.v > high.v && m.factor == 1:
		return measured{}, false, 0 // 由5到3项 is no range either way
	}
	return high, true, 0
}

// colonsEnd returns where the numbers end that colons join behind i: 8:42:50.
func (r *report) colonsEnd(s corpus.Span, i int) int {
	for isColon(r.at(s, i)) && zh.IsDigit(r.at(s, i+1)) {
		_, i = r.number(i+1, s.End)
	}
	return i
}

// namesOrDates reports whether the number m, with the unit of last, is part of
// a name, or dates something instead of measuring it.
func (r *report) namesOrDates(s corpus.Span, m, last measured) bool {
	i, after := m.digits.Start, r.at(s, m.digits.End)
	switch {
	case zh.IsLetter(r.before(s, i)) && last.class != unitPercent:
		return true
	case strings.ContainsRune("+＋·•×∶", after):
		return true
	case strings.ContainsRune("年月日号届时", after) && !(after == '年' && r.lasts(s, i)):
		return true
	case last.unit == "年" && (m.v >= 1900 && m.v <= 2100 && m.digits.Len() == 4 || !r.lasts(s, i)):
		return true
	case last.class == unitDuration && last.unit != "年" && !r.lasts(s, i) && !r.lastsBefore(s, last.end):
		return true
	case strings.HasPrefix(string(r.runes[last.end:min(s.End, last.end+2)]), "方面"):
		return true // 9个方面: a word
	case (last.class == unitPhysical || last.class == unitMoney) && r.at(s, last.end) == '级':
		return true // 30万吨级码头, 百亿元级企业
	case (last.unit == "千伏" || last.unit == "kV") && zh.IsHan(r.at(s, last.end)):
		return true // 750千伏输变电工程 is a kind of work
	case last.unit == "英寸" && zh.IsHan(r.at(s, last.end)) && r.at(s, last.end) != '的':
		return true // 12英寸晶圆 is a kind of wafer
	}
	return prefixedBy(r.runes[s.Start:i], "连续") && (last.class == unitDuration || last.unit == "次")
}

// ratio reads a ratio to one after a word that gives it: 收入比缩小至1.82:1.
// One of more numbers (三次产业比为8:42:50) has no value of its own, and 3:1 by
// itself may be a score or a time.
func (r *report) ratio(s, whole corpus.Span, m measured) (quantity, bool) {
	den := []rune(r.Quote(corpus.Span{Start: m.digits.End + 1, End: whole.End}))
	left := string(r.runes[max(s.Start, whole.Start-10):whole.Start])
	if len(den) != 1 || den[0] != '1' && den[0] != '１' || !ofRatio.MatchString(left) {
		return quantity{}, false
	}
	return quantity{Span: whole, number: m.v, unit: ":1", class: unitRatio, bound: corpus.BoundExact}, true
}

var ofRatio = regexp.MustCompile(`(?:比\p{Han}{0,6}|[:：∶][1１]\p{Han}{1,5})$`)

func isColon(c rune) bool { return strings.ContainsRune(":：∶", c) }

// sharedUnit returns the unit of a number that has none of its own because the next
// one of its list has it: 分别提高11.1、11.2个百分点, 达1.28万亿、8200亿元. It returns
// the factor of m too: 万 and 亿 are shared only where m has none.
func (r *report) sharedUnit(s corpus.Span, m measured) (string, unitClass, float64) {
	i := m.end
	if !strings.ContainsRune("、和", r.at(s, i)) || !apart.MatchString(string(r.runes[max(s.Start, m.digits.Start-listReach):m.digits.Start])) {
		return "", 0, m.factor
	}
	for range 4 { // members of the list
		if !strings.ContainsRune("、和", r.at(s, i)) || !zh.IsDigit(r.at(s, i+1)) {
			break
		}
		next := r.measuredAt(i+1, s.End)
		if next.unit == "" {
			i = next.end
			continue
		}
		if m.factor == 1 && next.factor > 1 && m.v < next.v*10 {
			m.factor = next.factor
		}
		return next.unit, next.class, m.factor
	}
	return "", 0, m.factor
}

// listReach is how far before a number 分别 may stand for the number to share
// the unit of its list.
const listReach = 24

// apart ends before the first number of a list that 分别 hands out, or before
// a later one.
var apart = regexp.MustCompile(`(?:分别|各|均)[^，。；]*$`)

// peopleBefore reports whether what stands before i counts people: 人口减少, 专业人才.
func (r *report) peopleBefore(s corpus.Span, i int) bool {
	return peopleCounted.MatchString(string(r.runes[max(s.Start, i-10):i]))
}

var peopleCounted = regexp.MustCompile(`(?:人口|人数|人才|就业|农民工|毕业生|职工|学生|参保)(?:减少|增加|净增|新增|达到|达|超过|超|突破|约|近|累计)*$`)

// people reports whether the words at i name people, whom reports count
// without a counter: 300万农村居民, 2亿多老年人.
func (r *report) people(s corpus.Span, i int) bool {
	return peopleNoun.MatchString(string(r.runes[i:min(s.End, i+12)]))
}

var peopleNoun = lists.Pattern(`^\p{Han}{0,6}?<people>`)

// qualify takes 以上, 左右 and the like behind the value into it.
func (r *report) qualify(s corpus.Span, q *quantity) {
	space := r.spaceAt(q.End, s.End)
	rest := r.runes[q.End+space : min(s.End, q.End+space+4)]
	n := qualifiers.Prefix(rest)
	if n == 0 {
		return
	}
	q.End += space
	w := string(rest[:n])
	if len(rest) > n && w == "多" {
		return
	}
	q.End += n
	q.bound = qualifierBound[w]
}

// rangeMark returns the length of the dash or word that may join a range at i.
func (r *report) rangeMark(i, end int) int {
	k := i
	for k < end && k < i+2 && strings.ContainsRune("—–－-~～―", r.runes[k]) {
		k++
	}
	if k == i && k < end && (r.runes[k] == '至' || r.runes[k] == '到') {
		k++
	}
	if k < end && zh.IsDigit(r.runes[k]) {
		return k - i
	}
	return 0
}

// before returns the code point before i in s, or 0.
func (r *report) before(s corpus.Span, i int) rune {
	if i > s.Start {
		return r.runes[i-1]
	}
	return 0
}

func (r *report) at(s corpus.Span, i int) rune {
	if i < s.End {
		return r.runes[i]
	}
	return 0
}

// lasts reports whether what stands before i makes the time at i a quantity:
// 缩短至3天, 延长30年, 平均提前5小时.
func (r *report) lasts(s corpus.Span, i int) bool {
	return lastingWords.Suffix(r.runes[max(s.Start, i-6):i]) > 0
}

// lastsBefore reports the same of what stands behind the time: 3天内办结.
func (r *report) lastsBefore(s corpus.Span, end int) bool {
	rest := string(r.runes[end:min(s.End, end+4)])
	return strings.HasPrefix(rest, "以内") || strings.HasPrefix(rest, "内办") || strings.HasPrefix(rest, "以上")
}

// moves reports whether the bare number at [i,end) is what a value was: 从2.42缩小到.
func (r *report) moves(s corpus.Span, i, end int) bool {
	return fromWord.MatchString(string(r.runes[max(s.Start, i-10):i])) &&
		movesTo.MatchString(string(r.runes[end:min(s.End, end+6)]))
}

var movesTo = lists.Pattern(`^<movements>\p{Han}{0,2}?[到至为]`)

// given reports whether a verb before i presents a value.
func (r *report) given(s corpus.Span, i int) bool {
	left := r.runes[max(s.Start, i-6):i]
	return givingWords.Suffix(left) > 0
}

func prefixedBy(left []rune, w string) bool {
	return strings.HasSuffix(string(left[max(0, len(left)-6):]), w)
}

// boundary reports whether c ends a phrase.
func boundary(c rune) bool {
	return c == 0 || unicode.IsSpace(c) || strings.ContainsRune("，。；、：！？,.;:!?）)”》和及", c)
}
