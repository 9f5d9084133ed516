package figures

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// spelled reads a quantity in Chinese numerals at i.
func (r *report) spelled(s corpus.Span, i int) (q quantity, next int, ok bool) {
	end := i
	for end < s.End && end < i+12 && strings.ContainsRune(chineseDigits, r.runes[end]) {
		end++
	}
	next = end
	numeral := r.runes[i:end]
	prev := r.before(s, i)
	if strings.ContainsRune("第"+chineseDigits, prev) {
		return q, next, false
	}
	rest := r.runes[end:min(s.End, end+6)]
	if string(r.runes[i:min(s.End, i+3)]) == "百分之" {
		return r.perCent(s, i)
	}
	left := r.runes[max(s.Start, i-4):i]
	trigger := numeralTriggers.Suffix(left) > 0 && wordTail.Suffix(left) <= numeralTriggers.Suffix(left)
	if q, ok := r.partOfWhole(s, corpus.Span{Start: i, End: end}, trigger); ok {
		return q, q.End, true
	}
	if string(numeral) == "两" && strings.HasPrefix(string(rest), "位数") && (growthTail(left) || doubleDigit.MatchString(string(rest))) {
		q = quantity{Span: corpus.Span{Start: i, End: end + 2}, number: 10, unit: "%", class: unitPercent, bound: corpus.BoundOver}
		r.qualify(s, &q)
		return q, q.End, true
	}
	v, valid := chineseNumber(numeral)
	high := 0.0
	if !valid {
		if v, high, valid = aboutNumber(numeral); !valid {
			return q, next, false
		}
	}
	m := measured{v: v, factor: 1, end: end, digits: corpus.Span{Start: i, End: end}}
	if u, _, n := plainUnit(r.runes[max(i, end-1):min(s.End, end+6)]); n > 1 && end-1 > i && strings.HasPrefix(u, "千") {
		// 百万千瓦: the last 千 is the unit's.
		if w, ok := chineseNumber(r.runes[i : end-1]); ok {
			m.v, m.end = w, end-1
		}
	}
	r.unitOf(&m, s.End)
	big := strings.ContainsAny(string(numeral), "百千万亿") || strings.ContainsRune(string(numeral), '十')
	lasting := m.class == unitDuration && r.lasts(s, i)
	times := m.unit == "倍" && (trigger || growthTail(r.runes[max(s.Start, i-4):i]))
	switch {
	case m.unit == "" || m.factor != 1 || r.at(s, m.end) == '级':
		return q, next, false
	case m.class == unitDuration:
		if !lasting {
			return q, next, false
		}
	case times:
	case !big || !trigger && len(numeral) < 3 && !m.more:
		return q, next, false
	}
	q = quantity{Span: corpus.Span{Start: i, End: m.end}, number: m.v, high: high, unit: m.unit, class: m.class, bound: corpus.BoundExact}
	if m.more {
		q.bound = corpus.BoundOver
	}
	r.qualify(s, &q)
	return q, q.End, true
}

// perCent reads 百分之五 and 百分之5.5 at i.
func (r *report) perCent(s corpus.Span, i int) (q quantity, next int, ok bool) {
	j := i + len([]rune("百分之"))
	v, k := r.number(j, s.End)
	if k == j {
		if v, k = r.chineseDecimal(j, s.End); k == j {
			return q, j, false
		}
	}
	q = quantity{Span: corpus.Span{Start: i, End: k}, number: v, unit: "%", class: unitPercent, bound: corpus.BoundExact}
	r.qualify(s, &q)
	return q, q.End, true
}

// chineseDecimal reads a Chinese numeral with its decimals (七点八) at i and
// returns where it ends: i if there is none.
func (r *report) chineseDecimal(i, end int) (v float64, next int) {
	k := i
	for k < end && strings.ContainsRune(chineseDigits, r.runes[k]) {
		k++
	}
	v, valid := chineseNumber(r.runes[i:k])
	if !valid {
		return 0, i
	}
	if k+1 >= end || !strings.ContainsRune("点點", r.runes[k]) {
		return v, k
	}
	digits := ""
	for j := k + 1; j < end; j++ {
		d, ok := zh.Digit(r.runes[j])
		if !ok || r.runes[j] == '两' {
			break
		}
		digits += strconv.Itoa(d)
	}
	if digits == "" {
		return v, k
	}
	f, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', -1, 64)+"."+digits, 64)
	return f, k + 1 + len(digits)
}

// doubleDigit: 两位数增长 says that growth is 10% or more; 两位数 alone may
// count anything.
var doubleDigit = regexp.MustCompile(`^位数(?:以上)?的?(?:增|速)`)

// partOfWhole reads a part that is told without a per cent sign: 七成以上,
// 近三成, 三分之一, 一半以上. Its unit is % all the same, so that it compares.
func (r *report) partOfWhole(s, numeral corpus.Span, trigger bool) (quantity, bool) {
	v, valid := chineseNumber(r.runes[numeral.Start:numeral.End])
	if !valid {
		return quantity{}, false
	}
	q := quantity{Span: corpus.Span{Start: numeral.Start, End: numeral.End + 1}, unit: "%", class: unitPercent, bound: corpus.BoundExact}
	rest := r.runes[numeral.End:min(s.End, numeral.End+6)]
	switch text := string(rest); {
	case strings.HasPrefix(text, "成") && notUnit.Prefix(rest) < 2 && v < 10:
		q.number = v * 10
	case strings.HasPrefix(text, "半") && v == 1:
		q.number = 50
	case strings.HasPrefix(text, "分之"):
		k := numeral.End + 2
		for k < s.End && strings.ContainsRune(chineseDigits, r.runes[k]) {
			k++
		}
		n, ok := chineseNumber(r.runes[numeral.End+2 : k])
		if !ok || n >= v {
			return quantity{}, false
		}
		q.number, q.End = math.Round(n/v*1e4)/100, k
		r.qualify(s, &q)
		return q, true
	default:
		return quantity{}, false
	}
	r.qualify(s, &q)
	return q, trigger || q.bound != corpus.BoundExact
}

// doubledAt reads 翻番, 翻一番, 翻了两番 at i. The word itself is the quantity:
// how often something doubles.
func (r *report) doubledAt(s corpus.Span, i int) (quantity, bool) {
	m := doubling.FindStringSubmatch(string(r.runes[i:min(s.End, i+5)]))
	if m == nil {
		return quantity{}, false
	}
	n := 1.0
	if m[1] != "" {
		n, _ = chineseNumber([]rune(m[1]))
	}
	q := quantity{Span: corpus.Span{Start: i, End: i + len([]rune(m[0]))}, number: n, unit: "番", class: unitTimes, bound: corpus.BoundExact}
	r.qualify(s, &q)
	return q, true
}

var doubling = regexp.MustCompile(`^翻(?:了?([一两三四])?)?番`)

func growthTail(left []rune) bool {
	return growthUp.Suffix(left) > 0 || growthDown.Suffix(left) > 0
}

const chineseDigits = "零〇一二两三四五六七八九十百千万亿" + formalDigits

// formalDigits are the numerals of cheques, read as the others.
const formalDigits = "壹贰叁肆伍陆柒捌玖拾佰仟"

// plainDigit has each formal digit and the plain one.
var plainDigit = func() *strings.Replacer {
	const plain = "一二三四五六七八九十百千"
	var pairs []string
	for i, c := range []rune(formalDigits) {
		pairs = append(pairs, string(c), string([]rune(plain)[i]))
	}
	return strings.NewReplacer(pairs...)
}()

// aboutNumber reads a numeral that leaves its number open: 两三百, 三四十.
func aboutNumber(rs []rune) (low, high float64, ok bool) {
	if len(rs) < 3 || zh.Scale(rs[2]) == 0 {
		return 0, 0, false
	}
	a, ok := zh.Digit(rs[0])
	b, too := zh.Digit(rs[1])
	scale, valid := chineseNumber(rs[2:])
	if ok && too && valid && b == a+1 && rs[1] != '两' {
		return float64(a) * scale, float64(b) * scale, true
	}
	return 0, 0, false
}

// chineseNumber reads a Chinese numeral, in either set of characters.
func chineseNumber(rs []rune) (float64, bool) {
	return zh.Number(plainDigit.Replace(string(rs)))
}

// rankMoves follow the rank that was: 从第9位升至第5位.
var rankMoves = lists.List("rankMoves")

// rankAt reads a rank at i: 第三位, 前十, 首位, with the scope before it.
func (r *report) rankAt(s corpus.Span, i int, given bool) (q quantity, next int, ok bool) {
	next = i + 1
	end, v := i, 1.0
	switch c := r.runes[i]; c {
	case '首', '榜':
		if i+1 >= s.End || c == '首' && r.runes[i+1] != '位' || c == '榜' && r.runes[i+1] != '首' {
			return q, next, false
		}
		end = i + 2
	default:
		j := i + 1
		if j < s.End && zh.IsDigit(r.runes[j]) {
			v, end = r.number(j, s.End)
		} else {
			end = j
			for end < s.End && end < j+5 && strings.ContainsRune(chineseDigits, r.runes[end]) {
				end++
			}
			var valid bool
			if v, valid = chineseNumber(r.runes[j:end]); !valid {
				return q, next, false
			}
		}
		if end < s.End && strings.ContainsRune("位名强", r.runes[end]) {
			end++
		}
	}
	c, moves := r.at(s, end), rankMoves.Prefix(r.runes[end:min(s.End, end+rankMoves.Longest())]) > 0
	if !boundary(c) && c != '并' && c != '的' && c != '（' && !moves {
		return q, next, false
	}
	start := i
	for {
		n := scopeWords.Suffix(r.runes[max(s.Start, start-scopeWords.Longest()):start])
		if n == 0 {
			break
		}
		start -= n
	}
	if before := r.before(s, start); before == '从' || before == '由' {
		given = true // 从全国第9位升至第5位
	} else if moves && !boundary(c) {
		return q, next, false
	}
	verb := given || rankVerbs.Suffix(r.runes[max(s.Start, start-6):start]) > 0
	if !verb && start == i {
		return q, next, false
	}
	q = quantity{Span: corpus.Span{Start: start, End: end}, number: v, unit: rankUnit, rank: true, bound: corpus.BoundExact}
	if r.runes[i] == '前' {
		q.bound = corpus.BoundUnder // 前三 is third or better
	}
	return q, end, true
}
