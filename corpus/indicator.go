package corpus

import (
	"regexp"
	"slices"
	"strings"
)

// An indicator is what a figure measures, named so that it stands alone. It
// is put together from four places, nearest first:
//
//  1. what stands before the value, less the words that only present it
//     (达到, 累计, 同比) or limit it (超过, 近): 造林面积达到3万亩 → 造林面积;
//  2. what stands behind a value that counts the noun after it: 推出9项政策
//     → 推出政策;
//  3. the verb of the chain it stands in: 新建学校3所、医院2家 → 新建医院;
//  4. the clause before, where the value's own words name only a change or a
//     side of something: 出口达到9亿元，增长5% → 出口; 园区加快建设，产值3亿元
//     → 园区产值.
//
// The name is composed, unlike what is quoted.

// maxIndicator is the length in code points from which a name is shortened.
const maxIndicator = 32

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

var (
	comparison = regexp.MustCompile(`(?:[，,]?(?:比|较|与|和|跟)(?:上一?年度?|去年|前年|年初|上年末|前一年|五年前|十年前|[0-9０-９]{4}年|“[^”]{2,6}”末|上届末|[一二三四五六七八九十]+年前)(?:同期|同月|末|底|初)?(?:相比|比)?)$`)
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
	if loc := fromWord.FindStringSubmatchIndex(string(s)); loc != nil && !q.rank {
		p.from = true
		if loc[2] >= 0 {
			p.fromYear = string(s)[loc[2]:loc[3]]
		}
		s = []rune(string(s)[:loc[0]])
	}
	if q.class == unitPoints && belowThat.MatchString(string(s[max(0, len(s)-20):])) {
		p.compare, p.growth = true, -1
		return s, p
	}
	for first := true; len(s) > 0; first = false {
		if str := string(s[max(0, len(s)-18):]); true {
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
		} else if n := keptVerbs.suffix(s); n > 0 {
			// 新增 counts as predicate only behind 分别, 各, 均.
			if k := tailAdverbs.suffix(s[:len(s)-n]); k > 0 && strings.Contains("分别各均都", string(s[len(s)-n-k:len(s)-n])) {
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
var wordTail = wordList("水平", "公里", "高度", "过渡", "提高", "行为", "作为", "分为", "认为", "系列", "行列", "排列", "班列", "中欧班列", "人均", "户均", "亩均", "单位", "总体规划", "所有", "国有", "拥有", "享有", "持有", "富有", "特有", "自有", "具有", "没有", "数量", "邻近", "附近", "新近", "靠近", "集约", "签约", "节约", "条约", "履约", "违约", "预约", "公约", "制约", "成都", "首都", "古都", "之都", "会展之都", "都", "安居", "宜居", "民居", "定居", "移居", "旅居", "迁居", "线上", "网上", "陆上", "海上", "地上", "手上", "以上", "规上", "限上", "水上", "路上", "加上", "马上", "机关", "不再", "规范", "创新", "更新", "高新", "革新", "焕新", "翻新", "以旧换新", "一新", "刷新", "现代", "要道", "重要", "主要", "需要", "纪要", "必要", "许可", "认可", "批复", "大队", "总队", "直达", "发达", "送达", "下达", "通达", "到达", "抵达", "雷达", "富强", "人工", "增收", "减收", "升降", "提速", "增减", "加减", "检测站点", "周期", "日均", "中小学实现", "办公", "公共", "中共", "分", "百分", "部分", "成分", "水分", "十分", "积分", "再", "总", "月", "岁月", "年月", "保持水土", "国道", "专列", "序列", "并列", "阵列", "人为", "改为", "转为", "变为", "列为", "评为", "成为", "确定为", "视为", "命名为", "总数", "迟到", "周到", "遇到", "收到", "得到", "看到", "做到", "感到", "全覆盖", "持续", "手续", "接续", "延续", "陆续", "永续", "可持续", "只", "船只", "综合", "企业年金", "实际", "国际", "省际", "城际", "校际", "人际", "区际", "其中", "实至", "甚至", "乃至", "以至", "直至", "夏至", "冬至", "有限", "开发", "正是", "特别是", "尤其是", "还是", "只是", "但是", "于是", "凡是", "就是", "既是")

// comparing reports whether s ends in what a value is compared with: 比全国, 较全省平均.
func comparing(s []rune) bool {
	tail := string(s[max(0, len(s)-14):])
	return comparedWith.MatchString(tail)
}

var comparedWith = regexp.MustCompile(`(?:比|较|高于|低于|快于)\p{Han}{1,8}$`)

// trimLead cuts connectives, time and manner off the start of s.
func trimLead(s []rune) []rune {
	for len(s) > 0 {
		if s[0] == ' ' || s[0] == '　' || s[0] == '、' {
			s = s[1:]
			continue
		}
		if loc := leadYear.FindStringIndex(string(s[:min(len(s), 24)])); loc != nil && loc[1] > 0 {
			s = s[len([]rune(string(s[:min(len(s), 24)])[:loc[1]])):]
			continue
		}
		n := leadWords.prefix(s)
		if n == 0 || keepsLead(s, n) {
			return s
		}
		s = s[n:]
	}
	return s
}

// keepsLead reports whether s begins with a name rather than the lead word.
func keepsLead(s []rune, n int) bool {
	k := leadKeep.prefix(s)
	return k > n || n == 1 && verbs.prefix(s) > 1
}

var leadYear = regexp.MustCompile(`^(?:(?:到|至|截至)?[0-9０-９]{4}年(?:底前|底|末|前|全年|以来|至[0-9]{4}年)?[，,]?|(?:[0-9０-９]{4}[—-])?[0-9０-９]{4}年|[“]十[三四五六七]五[”](?:时期|期间|以来|末)?[，,]?|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|[①-⑳]|[0-9]{1,2}[．、.])`)

// leadingVerbs is the length of the verbs that s begins with: one or more,
// joined directly or by 和, 、 or 并.
func leadingVerbs(s []rune) int {
	n := 0
	for n < len(s) {
		k := verbs.prefix(s[n:])
		if k == 0 || nounHeads.prefix(s[n:]) >= k {
			break
		}
		n += k
		if n < len(s) && strings.ContainsRune("和、并及", s[n]) {
			if k := verbs.prefix(s[n+1:]); k > 0 && nounHeads.prefix(s[n+1:]) < k {
				n++
			}
		}
	}
	return n
}

// removeInner drops words from inside a name that say nothing of what it is.
func removeInner(s string) string {
	for _, w := range []string{"累计", "全年", "今年", "年内", "预计", "同比", "仍"} {
		if i := strings.Index(s, w); i >= 0 && strings.Count(s[:i], "“") == strings.Count(s[:i], "”") {
			s = s[:i] + s[i+len(w):]
		}
	}
	return s
}

// attributeOnly reports whether s names only a side of something: 增加值增幅,
// 占比, 占规上工业比重.
func attributeOnly(s []rune) bool {
	if len(s) == 0 {
		return false
	}
	if s[0] == '占' || s[0] == '对' && (strings.HasSuffix(string(s), "贡献率") || strings.HasSuffix(string(s), "比重")) {
		return true
	}
	if n := bareNouns.prefix(s); n > 0 {
		rest := s[n:]
		return len(rest) == 0 || rest[0] == '占' || bareRates.has(string(rest)) || bareNouns.has(string(rest))
	}
	if n := bareRates.prefix(s); n > 0 && n < len(s) && comparedAt.MatchString(string(s[n:])) {
		return true // 增速高于全省
	}
	return bareRates.has(string(s))
}

var comparedAt = regexp.MustCompile(`^(?:分别)?(?:高于|低于|快于|慢于|高出|比|较)`)

// shorten brings a name near maxIndicator without losing what it names.
func shorten(s string) string {
	if n := len([]rune(s)); n <= maxIndicator {
		return s
	}
	rs := []rune(s)
	v := leadingVerbs(rs)
	items := enumeration(string(rs[v:]), false)
	if len(items) > 1 {
		// A long list keeps its ends.
		short := string(rs[:v]) + items[0] + "、…、" + items[len(items)-1]
		if len(items) == 2 {
			short = string(rs[:v]) + items[1]
		}
		if len([]rune(short)) < len(rs) {
			return short
		}
	}
	return s
}

// dropList shortens 举办A、B、C等活动 to 举办A等活动, and 开工A、B等重点桥梁 to
// 开工重点桥梁.
func dropList(s string) string {
	rs := []rune(s)
	at := -1
	depth := 0
	for i, c := range rs {
		switch c {
		case '“', '（', '《':
			depth++
		case '”', '）', '》':
			depth--
		case '等':
			if depth == 0 && i > 0 && i+1 < len(rs) && rs[i+1] != '级' && rs[i-1] != '高' && rs[i-1] != '中' && rs[i-1] != '平' && rs[i+1] != '待' {
				at = i
			}
		}
	}
	if at < 0 {
		return s
	}
	v := leadingVerbs(rs)
	tail := string(rs[at+1:])
	items := enumeration(string(rs[v:at]), false)
	switch {
	case len(items) < 2 && len(rs) <= maxIndicator:
		return s
	case genericNouns.has(tail) && len(items) > 0:
		return string(rs[:v]) + items[0] + "等" + tail
	case leadingVerbs(rs[at+1:]) > 0 || attributeOnly(rs[at+1:]):
		return s
	}
	return string(rs[:v]) + tail
}

// nounAfter is the noun that a value counts, from what stands behind it, and
// how much of right it takes.
func nounAfter(right []rune) (string, int) {
	s := right
	off := 0
	for len(s) > 0 && (s[0] == '的' || s[0] == ' ' || s[0] == '多') {
		s, off = s[1:], off+1
	}
	if len(s) > 1 && s[0] == '等' {
		s, off = s[1:], off+1
	}
	depth := 0
	cut := len(s)
	for i, c := range s {
		switch c {
		case '“', '（', '(', '《':
			depth++
		case '”', '）', ')', '》':
			depth--
		case '、':
			if depth == 0 && (leadingVerbs(s[i+1:]) > 0 || i > 20) {
				cut = i
			}
		case '和', '及':
			if depth == 0 && (strings.HasPrefix(string(s[i+1:]), "一批") || leadingVerbs(s[i+1:]) > 1 && i > 4 && verbPhrase(s[i+1:])) {
				cut = i
			}
		case '并':
			if depth == 0 && i > 1 && leadingVerbs(s[i+1:]) > 0 {
				cut = i
			}
		}
		if cut < len(s) {
			break
		}
	}
	s = s[:cut]
	if pos, n := midAdverb(s); pos > 0 {
		after := s[pos+n:]
		for k := midAdverbs.prefix(after); k > 0; k = midAdverbs.prefix(after) {
			after = after[k:]
		}
		name := slices.Clone(s[:pos])
		if resultVerbs.prefix(after) > 0 && len(name)+len(after) <= 24 {
			name = append(name, after...)
		}
		return string(name), off + cut
	}
	return string(s), off + cut
}

// midAdverb finds the first adverb inside s that is not part of a word (均衡).
func midAdverb(s []rune) (pos, n int) {
	for from := 1; ; from = pos + 1 {
		pos, n = midAdverbs.index(s, from)
		if pos < 0 || notAdverb.prefix(s[pos:]) <= n && (n > 1 || wordTail.suffix(s[:pos+n]) <= n) {
			return pos, n
		}
	}
}

// notAdverb are words that begin like an adverb.
var notAdverb = wordList("均衡", "均等", "都市", "都会", "已建", "稳定就业", "稳定器", "全面二孩", "积极分子", "持续发展", "高质量发展", "正式工", "更加注重", "加快建设", "提前批", "有序用电", "全部工业")

// verbPhrase reports whether s reads as a verb with its object.
func verbPhrase(s []rune) bool { n := leadingVerbs(s); return n > 0 && n < len(s) }

// topicOf is what a clause without a quantity is about: 园区加快建设 → 园区. It
// is empty where the clause begins with a verb, for then its subject is the
// government.
func topicOf(s []rune) string {
	if len(s) > 0 && strings.ContainsRune("从在以对由按为把将经向与围", s[0]) {
		return ""
	}
	s = trimLead(s)
	if len(s) > 40 {
		s = s[:40]
	}
	if leadingVerbs(s) > 0 {
		return ""
	}
	end := len(s)
	if pos, _ := topicTails.index(s, 2); pos >= 0 {
		end = pos
	} else {
		return ""
	}
	t := s[:end]
	for {
		n := topicNouns.suffix(t)
		if n == 0 || len(t)-n < 2 {
			break
		}
		t = t[:len(t)-n]
	}
	if len(t) < 2 || len(t) > 24 || strings.ContainsAny(string(t), "，。") {
		return ""
	}
	return string(t)
}

// topicNouns end a topic without belonging to its name: 民间投资活力.
var topicNouns = wordList("贡献", "活力", "支撑", "势头", "态势", "布局", "作用", "保持", "动能", "质效", "效益", "能力", "水平", "建设", "工作", "继续", "总体")

// institutionIn is the name in s, from its start, of a body that acts by
// itself (园区, 机场), or "".
func institutionIn(s []rune) string {
	s = trimLead(s)
	s = s[leadingVerbs(s):]
	for i := range s {
		if strings.ContainsRune("，。、：；“", s[i]) {
			return ""
		}
		if n := institutions.prefix(s[i:]); n > 0 && i >= 2 {
			for j := i + 1; j < i+n+1 && j < len(s); j++ {
				// 示范园区 before 园: take the longest that ends furthest.
				if k := institutions.prefix(s[j:]); k > 0 && j+k > i+n {
					i, n = j, k
				}
			}
			return string(s[:i+n])
		}
	}
	return ""
}

// subjects splits the list before 分别 into n members, each with what the list
// shares: 工业、服务业用电量分别 → 工业用电量, 服务业用电量.
func subjects(list string, n int) []string {
	var items []string
	for _, conj := range []bool{true, false} {
		if got := enumeration(list, conj); len(got) == n {
			items = got
			break
		}
	}
	if items == nil {
		// Some 和 join nouns: split at 、 and at the last 和 only.
		parts := enumeration(list, false)
		if len(parts) > 0 {
			last := enumeration(parts[len(parts)-1], true)
			if len(last) == 2 && len(parts)+1 == n {
				items = append(parts[:len(parts)-1], last...)
			}
		}
	}
	if one := enumeration(list, false); items == nil && n == 2 && len(one) == 1 {
		items = twoInOne(list)
	}
	if items == nil || n < 2 {
		return nil
	}
	first := []rune(items[0])
	if loc := perUnit.FindString(items[0]); loc != "" {
		for i := range items[1:] {
			items[i+1] = loc + strings.TrimPrefix(items[i+1], loc)
		}
	}
	if k := attributeNouns.suffix(first); k > 0 && k < len(first) {
		// 茶叶产量、产值: whose value is said once
		for i := range items[1:] {
			if attributeOnly([]rune(items[i+1])) {
				items[i+1] = string(first[:len(first)-k]) + items[i+1]
			}
		}
	}
	last := []rune(items[len(items)-1])
	if k := kinds.prefix(last); k > 0 && k < len(last) && !slices.ContainsFunc(items[:len(items)-1], func(s string) bool { return !kinds.has(s) }) {
		for i := range items[:len(items)-1] {
			items[i] += string(last[k:]) // 城市、农村低保标准
		}
		return items
	}
	suffix := sharedSuffix(last)
	if suffix == "" {
		return items
	}
	// 信息技术、装备产业产值: 产业 is shared too.
	if head := last[:len(last)-len([]rune(suffix))]; true {
		if k := sharedHeads.suffix(head); k > 0 && k < len(head) && !slices.ContainsFunc(items[:len(items)-1], func(s string) bool { return sharedHeads.suffix([]rune(s)) > 0 }) {
			suffix = string(head[len(head)-k:]) + suffix
		}
	}
	rate := string([]rune(suffix)[len([]rune(suffix))-rateNouns.suffix([]rune(suffix)):])
	for i := range items[:len(items)-1] {
		it := []rune(items[i])
		attribute := attributeNouns.suffix(it) > 0 || strings.ContainsRune("量额率值数积比速幅价润费", it[len(it)-1])
		switch {
		case rateNouns.suffix(it) > 0 || strings.HasSuffix(items[i], suffix):
		case attribute:
			items[i] += rate
		default:
			items[i] += suffix
		}
	}
	return items
}

// kinds are words that say only which of two a shared name means.
var kinds = wordList("城镇", "城市", "农村", "乡村", "国有", "民营", "男性", "女性", "中央", "地方", "东部", "中部", "西部", "第一产业", "第二产业", "第三产业", "一产", "二产", "三产", "省级", "市级", "国家级", "小学", "初中", "高中", "普通高中", "学前教育", "义务教育", "进口", "出口", "存款", "贷款", "本科", "专科", "国内", "入境", "货物", "旅客")

// sharedHeads may stand between the last member of a list and the attribute
// that all members share.
var sharedHeads = wordList("产业", "产业链", "企业", "行业", "领域", "居民", "项目", "工程", "经济")

// perUnit opens the first member of a list and holds for all.
var perUnit = regexp.MustCompile(`^单位(?:国内|地区)?(?:生产总值|GDP|工业增加值)`)

// twoInOne splits words that name two things at once: 城乡居民收入, 存贷款余额.
func twoInOne(s string) []string {
	if rest, ok := strings.CutPrefix(s, "城乡"); ok {
		if strings.HasPrefix(rest, "居民") || strings.HasPrefix(rest, "常住") {
			return []string{"城镇" + rest, "农村" + rest}
		}
		return []string{"城市" + rest, "农村" + rest}
	}
	if a, b, ok := strings.Cut(s, "存贷款"); ok {
		return []string{a + "存款" + b, a + "贷款" + b}
	}
	if a, b, ok := strings.Cut(s, "存、贷款"); ok {
		return []string{a + "存款" + b, a + "贷款" + b}
	}
	return nil
}

// sharedSuffix is the attribute that ends the last member of a list.
func sharedSuffix(last []rune) string {
	if n := rateNouns.suffix(last); n > 0 && n < len(last) {
		// 增加值增速: both
		if k := attributeNouns.suffix(last[:len(last)-n]); k > 0 && k+n < len(last) {
			n += k
			return string(last[len(last)-n:])
		}
		return string(last[len(last)-n:])
	}
	if n := attributeNouns.suffix(last); n > 0 && n < len(last) {
		return string(last[len(last)-n:])
	}
	return ""
}
