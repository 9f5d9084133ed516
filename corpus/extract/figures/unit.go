package figures

import (
	_ "embed"
	"strings"

	"jinwen/corpus/zh"
)

// A unit's class says what is counted or measured with it, which decides the
// figure's measure where no word does.
type unitClass int

const (
	unitCounter  unitClass = iota + 1 // 家 个 项: things
	unitPhysical                      // 吨 公里 亩: extents
	unitMoney                         // 元 美元
	unitDuration                      // 天 小时 年: quantities only where something lasts or is shortened
	unitAge                           // 岁
	unitPercent                       // %
	unitPoints                        // 个百分点
	unitTimes                         // 倍 番
	unitRatio                         // :1 of 1.82:1
)

// rankUnit is the unit of a rank: 全国第一 is 1 位次.
const rankUnit = "位次"

//go:embed units.txt
var unitFile string

// units are the words that may follow a number (units.txt). The unit of a
// figure is the word as written; only spelling variants are unified (see
// unitSpelling). 千瓦 and its like are units of their own: 200万千瓦 is
// 2000000 千瓦, as reports count them.
var units = func() map[string]unitClass {
	m := map[string]unitClass{}
	lists := zh.Sections(unitFile)
	for name, class := range map[string]unitClass{
		"counter": unitCounter, "physical": unitPhysical, "money": unitMoney, "duration": unitDuration,
		"age": unitAge, "percent": unitPercent, "points": unitPoints, "times": unitTimes,
	} {
		for _, w := range lists.Of(name) {
			m[w] = class
		}
	}
	return m
}()

// maxUnit is the longest unit in code points.
var maxUnit = func() int {
	n := 0
	for w := range units {
		n = max(n, len([]rune(w)))
	}
	return n
}()

// unitSpelling unifies spellings of one unit.
var unitSpelling = map[string]string{
	"％":   "%",
	"百分点": "个百分点",
	"基点":  "个基点",
	"BP":  "个基点",
	"个BP": "个基点",
	"bp":  "个基点",
	"个bp": "个基点",
}

// notUnit are words that begin with a unit but are something else: 3位数,
// 5人制, 10分之一, 2对1, 12条令.
var notUnit = lists.List("notUnit")

// unitAt reads the unit that stands at the start of s. It returns the unit in
// its unified spelling, its class, and its length in s; zero values if there is
// none. A unit may carry a second one in brackets, which belongs to it
// (1.4万套（间）), and a denominator (微克／立方米, 元/人).
func unitAt(s []rune) (unit string, class unitClass, n int) {
	for l := min(maxUnit, len(s)); l > 0; l-- {
		w := string(s[:l])
		c, ok := units[w]
		if !ok || l == 1 && notUnit.Prefix(s) > 1 {
			continue
		}
		unit, class, n = w, c, l
		break
	}
	if n == 0 {
		return "", 0, 0
	}
	if zh.IsLetter(s[n-1]) && n < len(s) && zh.IsLetter(s[n]) {
		return "", 0, 0 // 5Performance
	}
	if u, ok := unitSpelling[unit]; ok {
		unit = u
	}
	if n < len(s) && (s[n] == '/' || s[n] == '／') {
		_, _, k := plainUnit(s[n+1:])
		if k == 0 && n+1 < len(s) && strings.ContainsRune("月日季年", s[n+1]) {
			k = 1 // 842元/月
		}
		if k > 0 {
			unit += "/" + string(s[n+1:n+1+k])
			n += 1 + k
		}
	}
	if n < len(s) && (s[n] == '（' || s[n] == '(') {
		_, _, k := plainUnit(s[n+1:])
		if end := n + 1 + k; k > 0 && end < len(s) && (s[end] == '）' || s[end] == ')') {
			unit += string(s[n : end+1])
			n = end + 1
		}
	}
	return unit, class, n
}

// plainUnit is unitAt without brackets and denominators.
func plainUnit(s []rune) (string, unitClass, int) {
	for l := min(maxUnit, len(s)); l > 0; l-- {
		if c, ok := units[string(s[:l])]; ok {
			return string(s[:l]), c, l
		}
	}
	return "", 0, 0
}

// scaleAt reads 万, 亿, 百万, 万亿 and so on at the start of s: the factor and
// its length; 1, 0 if there is none. 千 of 千瓦 and 百 of 百分点 belong to the
// unit.
func scaleAt(s []rune) (factor float64, n int) {
	factor = 1
	for n < len(s) && n < 3 {
		var f float64
		switch s[n] {
		case '十':
			f = 10
		case '百':
			f = 100
		case '千':
			f = 1000
		case '万':
			f = 1e4
		case '亿':
			f = 1e8
		default:
			return factor, n
		}
		if _, _, l := plainUnit(s[n:]); l > 1 {
			return factor, n // 千瓦, 百分点
		}
		factor *= f
		n++
	}
	return factor, n
}
