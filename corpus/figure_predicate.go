package corpus

import (
	"regexp"
	"strings"
)

// A predicate is what stands between a subject and a value.
type predicate struct {
	bound      Bound
	said       Bound  // by words before the value, which a list shares
	growth     int    // +1 增长, -1 下降, 0 neither
	growthWord string // the word that says so
	level      bool   // 达到, 增至
	kept       string // 新增 between subject and value
	each       bool   // 均, 各, 都
	apart      bool   // 分别
	yearly     bool   // 年均
	cumulative bool
	from       bool // 由, 从: the value that was
	fromYear   string
	compare    bool // 比全国高
	share      bool // 占
}

// What a value is compared with, and what it grew from, is no part of its
// subject: 比上年, 由2019年的.
var (
	comparison = regexp.MustCompile(`(?:[，,]?(?:比|较|与|和|跟)(?:上一?年度?|去年|前年|年初|上年末|前一年|五年前|十年前|[0-9０-９]{4}年|“[^”]{2,6}”末|上届末|[一二三四五六七八九十]+年前|之前|以前|此前|以往)(?:同期|同月|末|底|初)?(?:相比|比)?)$`)
	fromWord   = regexp.MustCompile(`(?:由|从|自)(?:([0-9]{4})年的?|上年的?|去年的?|年初的?|原来的?|五年前的?|过去的?|此前的?)?(?:不足|不到|约|近|超过)?$`)
)

// yearsBefore: 两年平均增长 is a yearly average.
var yearsBefore = regexp.MustCompile(`[两三四五十]年$`)

// belowThat is what a value in points lies below: 低于全国平均水平.
var belowThat = regexp.MustCompile(`(?:低于|慢于)\p{Han}{1,12}$`)

// inARow says how often a value was kept, not what it is: 连续3年.
var inARow = regexp.MustCompile(`(?:已)?(?:连续|连)(?:[0-9０-９]+|[一二两三四五六七八九十]+)(?:多|余)?(?:年|个月|个季度|次)(?:保持|稳定)?$`)

// splitPredicate cuts the words that present the value off the end of left.
func splitPredicate(left []rune, q quantity) (subject []rune, p predicate) {
	p.bound = q.bound
	s := left
	setBound := func(b Bound) {
		p.said = b
		if p.bound == BoundExact {
			p.bound = b
		}
	}
	tail := string(s[max(0, len(s)-16):])
	if loc := fromWord.FindStringSubmatchIndex(tail); loc != nil && !q.rank {
		p.from = true
		if loc[2] >= 0 {
			p.fromYear = tail[loc[2]:loc[3]]
		}
		s = s[:len(s)-len([]rune(tail[loc[0]:]))]
	}
	if q.class == unitPoints && belowThat.MatchString(string(s[max(0, len(s)-20):])) {
		p.compare, p.growth = true, -1
		return s, p
	}
	for first := true; len(s) > 0; first = false {
		if strings.ContainsRune("年度末初期月比前往底次持定", s[len(s)-1]) {
			str := string(s[max(0, len(s)-18):])
			if loc := inARow.FindStringIndex(str); loc != nil {
				s = s[:len(s)-len([]rune(str[loc[0]:]))]
				continue
			}
			if loc := comparison.FindStringIndex(str); loc != nil {
				s = s[:len(s)-len([]rune(str[loc[0]:]))]
				continue
			}
		}
		if s[len(s)-1] == ' ' || s[len(s)-1] == '，' {
			s = s[:len(s)-1]
			continue
		}
		tail, best := 0, 0
		pick := func(n, kind int) {
			if n > tail {
				tail, best = n, kind
			}
		}
		const (
			over = iota + 1
			about
			under
			level
			up
			down
			adverb
			kept
			rank
		)
		pick(boundUnder.suffix(s), under)
		pick(boundOver.suffix(s), over)
		pick(boundAbout.suffix(s), about)
		pick(levelVerbs.suffix(s), level)
		if q.rank {
			pick(rankTail.suffix(s), rank)
		}
		pick(growthUp.suffix(s), up)
		pick(growthDown.suffix(s), down)
		pick(tailAdverbs.suffix(s), adverb)
		if p.each || p.apart {
			pick(0, kept)
		} else if n := keptVerbs.suffix(s); n > 0 && q.class != unitPercent && q.class != unitPoints {
			// A verb counts as predicate only behind 分别, 各, 均; 新增 before a
			// number of things always.
			k := tailAdverbs.suffix(s[:len(s)-n])
			if k > 0 && strings.Contains("分别各均都", string(s[len(s)-n-k:len(s)-n])) || q.class == unitCounter && string(s[len(s)-n:]) == "新增" && len(trimLead(s[:len(s)-n])) > 1 {
				p.kept = string(s[len(s)-n:])
				s = s[:len(s)-n]
				continue
			}
		}
		if tail == 0 {
			break
		}
		w := string(s[len(s)-tail:])
		rest := s[:len(s)-tail]
		if tail == 1 && wordTail.suffix(s) > 1 {
			break
		}
		if (best == level || best == adverb) && wordTail.suffix(s) > tail {
			break
		}
		switch best {
		case over:
			if q.class == unitPoints && (w == "高于" || w == "优于" || w == "多于") {
				p.compare = true
				return s, p
			}
			setBound(BoundOver)
		case about:
			setBound(BoundAbout)
		case under:
			if q.class == unitPoints && (w == "低于" || w == "少于") {
				p.compare, p.growth = true, -1
				return s, p
			}
			setBound(BoundUnder)
		case level, rank:
			if (w == "完成" || w == "实现" || w == "安排") && len(trimLead(rest)) == 0 {
				return s, p // the verb of the clause, not of a subject
			}
			p.level = true
			if w == "占" {
				p.share = true
			}
		case up, down:
			if p.level && p.growth == 0 && !first && p.growthWord == "" && len(rest) > 0 && w != "增长" && w != "下降" {
				return s, p // 提升达到: leave
			}
			if tail == 1 && !strings.Contains("增降涨减高低", w) {
				if wordTail.suffix(s) > 0 || !comparing(rest) {
					return s, p
				}
			}
			if strings.Contains("高低多少快慢", w) {
				if !comparing(rest) {
					return s, p
				}
				p.compare = true
				if best == down {
					p.growth = -1
				} else {
					p.growth = 1
				}
				return s, p
			}
			if p.growth != 0 {
				return s, p
			}
			if t := trimLead(s); len(t) > tail && leadingVerbs(t) == len(t) && q.class != unitPercent {
				return s, p // 改造提升9公里: both are what was done
			}
			// 新增 and 增加 before nothing but the value are verbs of a
			// change; with an object behind the verb they would not be last.
			p.growth, p.growthWord = 1, w
			if best == down {
				p.growth = -1
			}
		case adverb:
			switch w {
			case "分别":
				p.apart = true
			case "均", "都", "各":
				p.each = true
			case "平均":
				p.yearly = p.yearly || yearsBefore.MatchString(string(rest[max(0, len(rest)-4):]))
			case "累计", "累计实现":
				p.cumulative = true
			case "年均":
				p.yearly = true
			}
		}
		s = rest
	}
	return s, p
}

// wordTail are words whose last syllables look like a predicate.
var wordTail = wordList(
	"一新", "下达", "不再", "专列", "中共", "中小学实现", "中欧班列", "主要", "乃至", "之都", "于是", "亩均",
	"享有", "人为", "人均", "人工", "人际", "以上", "以旧换新", "以至", "企业年金", "会展之都", "但是", "作为",
	"保持水土", "做到", "全覆盖", "公共", "公约", "公里", "其中", "具有", "再", "冬至", "减收", "凡是", "分",
	"分为", "列为", "创新", "到达", "制约", "刷新", "办公", "加上", "加减", "区际", "十分", "升降", "单位",
	"发达", "变为", "古都", "只", "只是", "可持续", "周到", "周期", "命名为", "国有", "国道", "国际", "地上",
	"城际", "增减", "增收", "夏至", "大队", "安居", "定居", "宜居", "实至", "实际", "富强", "富有", "尤其是",
	"就是", "履约", "岁月", "年月", "并列", "序列", "延续", "开发", "得到", "必要", "总", "总体规划", "总数",
	"总队", "感到", "成为", "成分", "成都", "户均", "所有", "手上", "手续", "批复", "抵达", "拥有", "持有",
	"持续", "排列", "接续", "提速", "提高", "收到", "改为", "数量", "新近", "旅居", "既是", "日均", "更新", "月",
	"有限", "机关", "条约", "校际", "检测站点", "正是", "民居", "水上", "水分", "水平", "永续", "没有", "海上",
	"焕新", "特别是", "特有", "现代", "班列", "甚至", "百分", "直至", "直达", "省际", "看到", "确定为", "积分",
	"移居", "签约", "系列", "纪要", "线上", "综合", "网上", "翻新", "自有", "船只", "节约", "行为", "行列",
	"要道", "规上", "规范", "视为", "认为", "认可", "许可", "评为", "路上", "转为", "迁居", "过渡", "还是",
	"违约", "迟到", "送达", "通达", "遇到", "邻近", "部分", "都", "重要", "阵列", "附近", "陆上", "陆续", "限上",
	"集约", "雷达", "需要", "靠近", "革新", "预约", "首都", "马上", "高度", "高新",
)

// comparing reports whether s ends in what a value is compared with: 比全国, 较全省平均.
func comparing(s []rune) bool {
	tail := string(s[max(0, len(s)-14):])
	return comparedWith.MatchString(tail)
}

var comparedWith = regexp.MustCompile(`(?:比|较|高于|低于|快于)\p{Han}{1,8}$`)
