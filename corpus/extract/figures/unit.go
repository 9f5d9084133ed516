package figures

import (
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

// units are the words that may follow a number, each sorted. The unit of a
// figure is the word as written; only spelling variants are unified (see
// unitSpelling). 千瓦 and its like are units of their own: 200万千瓦 is
// 2000000 千瓦, as reports count them.
var units = func() map[string]unitClass {
	m := map[string]unitClass{}
	for class, words := range map[unitClass][]string{
		unitCounter: {
			"个", "个（次）", "人", "人份", "人次", "件", "件次", "份", "位", "例", "例次", "册", "册次", "分", "列",
			"列次", "剂", "剂次", "匹", "单", "卷", "口", "只", "台", "台套", "台次", "名", "回", "团", "场", "场次",
			"块", "处", "头", "套", "孔", "字", "学位", "宗", "家", "家次", "对", "局", "层", "届次", "席", "幅", "幢",
			"床", "床位", "座", "张", "户", "户次", "所", "批", "批次", "把", "投次", "支", "机位", "机架", "条", "条次",
			"杯", "枚", "架", "架次", "标准机架", "栋", "株", "样", "根", "桩", "棵", "次", "款", "步", "段", "泊位",
			"片", "班", "班次", "盏", "盏次", "盘", "眼", "种", "站", "笔", "管", "篇", "类", "粒", "组", "羽", "航次",
			"艘", "艘次", "起", "趟", "车", "车位", "车次", "车皮", "辆", "辆次", "道", "部", "铺", "门", "间", "间次",
			"队", "面", "项", "项次", "颗", "餐", "首", "袋", "桶", "瓶", "箱", "尾", "峰", "棚", "朵", "集", "窝", "重量箱",
		},
		unitPhysical: {
			"EB", "EFLOPS", "GB", "GW", "GWh", "Gbps", "MW", "MWh", "P", "PB", "PFLOPS", "TB", "TEU", "kV", "kW", "kWh",
			"km", "m³", "℃", "㎞", "㎡", "亩", "亩次", "人公里", "伏", "兆", "兆瓦", "兆瓦时", "克", "公斤", "公里",
			"公顷", "千伏", "千伏安", "千克", "千瓦", "千瓦时", "千米", "升", "厘米", "吉瓦", "吉瓦时", "吨", "吨位",
			"吨公里", "吨标准煤", "吨标煤", "安时", "平方公里", "平方千米", "平方米", "度", "微克", "总吨", "摄氏度",
			"斤", "方", "标准煤", "标准箱", "标箱", "每秒", "毫克", "毫米", "海里", "瓦", "立方", "立方米", "米", "英寸",
			"贝可", "车公里", "载重吨", "里", "顷",
		},
		unitMoney:    {"人民币", "元", "元人民币", "加元", "卢布", "日元", "欧元", "港元", "港币", "澳元", "美元", "英镑"},
		unitDuration: {"个季度", "个小时", "个工作日", "个月", "分钟", "周", "天", "小时", "工作日", "年", "毫秒", "秒"},
		unitAge:      {"周岁", "岁"},
		unitPercent:  {"%", "‰", "％"},
		unitPoints:   {"BP", "个BP", "个bp", "bp", "个千分点", "个基点", "个百分点", "基点", "百分点"},
		unitTimes:    {"倍", "番"},
	} {
		for _, w := range words {
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
var notUnit = list("notUnit")

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
		if u, _, l := plainUnit(s[n:]); l > 1 && u != "" {
			return factor, n // 千瓦, 百分点
		}
		factor *= f
		n++
	}
	return factor, n
}
