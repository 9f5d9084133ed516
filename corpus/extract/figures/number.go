package figures

import (
	"math"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// number reads digits with thousands commas and a decimal point at i.
func (r *report) number(i, end int) (v float64, next int) {
	var b []byte
	seenDot, grouped := false, false
	at := func(k int) rune {
		if k < end {
			return r.runes[k]
		}
		return 0
	}
	for i < end {
		c := r.runes[i]
		switch {
		case c >= '0' && c <= '9':
			b = append(b, byte(c))
		case c >= '０' && c <= '９':
			b = append(b, byte(c-'０'+'0'))
		case (c == '.' || c == '．') && !seenDot && zh.IsDigit(at(i+1)):
			seenDot = true
			b = append(b, '.')
		case (c == ',' || len(b) <= 12 && thinSpace(c)) && !seenDot && (grouped || len(b) <= 3) && zh.IsDigit(at(i+1)) && zh.IsDigit(at(i+2)) && zh.IsDigit(at(i+3)) && !zh.IsDigit(at(i+4)):
			grouped = true // 1,234 and 1 234
		default:
			v, _ = strconv.ParseFloat(string(b), 64)
			return v, i
		}
		i++
	}
	v, _ = strconv.ParseFloat(string(b), 64)
	return v, i
}

// thinSpace reports whether c is a space that may part the thousands of a number.
func thinSpace(c rune) bool {
	return c == ' ' || c == '\u00a0' || c == '\u2009' || c == '\u202f'
}

// A measured is a number with what follows it up to its unit.
type measured struct {
	v      float64
	factor float64
	more   bool // 余 多
	unit   string
	class  unitClass
	end    int
	digits corpus.Span
}

// measuredAt reads number, 余, 万, 余, unit at i.
func (r *report) measuredAt(i, end int) measured {
	m := measured{factor: 1}
	m.v, m.end = r.number(i, end)
	m.digits = corpus.Span{Start: i, End: m.end}
	r.unitOf(&m, end)
	return m
}

// unitOf reads 余, 万, 余, unit behind m.
func (r *report) unitOf(m *measured, end int) {
	more := func() {
		if m.end < end && strings.ContainsRune("余多", r.runes[m.end]) {
			m.more = true
			m.end++
		}
	}
	more()
	space := r.spaceAt(m.end, end) // 6.2 万人
	var n int
	m.factor, n = scaleAt(r.runes[min(end, m.end+space):min(end, m.end+space+12)])
	if n > 0 {
		m.end += space + n
	}
	if v, k := r.lesserAt(m.end, end, m.factor); k > 0 {
		m.v += v / m.factor // 1万2千
		m.end += k
	}
	more()
	if m.more {
		f, n := scaleAt(r.runes[m.end:min(end, m.end+2)]) // 4万多亿
		m.factor *= f
		m.end += n
	}
	space = r.spaceAt(m.end, end)
	var k int
	m.unit, m.class, k = unitAt(r.runes[min(end, m.end+space):min(end, m.end+space+2*maxUnit+3)])
	if k == 0 && space == 0 && n > 0 {
		m.unit, m.class, k = rareMeasure(r.runes[min(end, m.end):min(end, m.end+3)], m.end+1 == end)
	}
	if k > 0 {
		m.end += space + k
	}
	if m.class == unitDuration && m.end < end && r.runes[m.end] == '半' {
		m.v += 0.5 // 一年半
		m.end++
	}
}

// spaceAt returns 1 if a space stands at i, else 0.
func (r *report) spaceAt(i, end int) int {
	if i < end && thinSpace(r.runes[i]) {
		return 1
	}
	return 0
}

// lesserAt reads the rest of a number whose larger scale stands before i: 2千 of
// 1万2千, 半 of 两亿半.
func (r *report) lesserAt(i, end int, factor float64) (v float64, n int) {
	if factor < 1e4 || i >= end {
		return 0, 0
	}
	if r.runes[i] == '半' {
		return factor / 2, 1
	}
	if !zh.IsDigit(r.runes[i]) {
		return 0, 0
	}
	v, k := r.number(i, end)
	f, n := scaleAt(r.runes[k:min(end, k+2)])
	if n == 0 || v*f >= factor {
		return 0, 0
	}
	return v * f, k + n - i
}

// rareMeasure reads a measure word that is in no list, behind 万 or 亿: 1.2亿棒.
// It is one character, and nothing but a mark or a qualifier follows; last says
// that nothing does.
func rareMeasure(s []rune, last bool) (unit string, class unitClass, n int) {
	if len(s) == 0 || !zh.IsHan(s[0]) || strings.ContainsRune("的之余多以左上下内外和与及或至到为是等者级大关元", s[0]) {
		return "", 0, 0
	}
	if last || len(s) > 1 && (strings.ContainsRune("，。；、！？）),;\n", s[1]) || len(s) > 2 && (string(s[1:3]) == "以上" || string(s[1:3]) == "以内" || string(s[1:3]) == "左右")) {
		return string(s[0]), unitCounter, 1
	}
	return "", 0, 0
}

// base gives v in base units. A product of floats would leave crumbs (56.8亿
// is not 5680000000.000001), so the decimal point is moved instead.
func base(v, factor float64) float64 {
	if factor <= 1 {
		return v
	}
	exp := int(math.Round(math.Log10(factor)))
	p, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', -1, 64)+"e"+strconv.Itoa(exp), 64)
	if err != nil {
		return v * factor // too large: infinite either way
	}
	return p
}
