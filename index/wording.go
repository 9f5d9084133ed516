package index

import (
	"regexp"
	"strconv"
	"strings"

	"jinwen/corpus"
)

// Wording that tells what is asked, in Chinese and in English.
var (
	cueNumber = newCue(`多少|几[个家所条公里项户台张座人件套处次万亿成名只位趟期天年倍块元米平]|几多|多大|多高|多快|多重|多长|百分之几|几何|排[名行第]|(?:新增|改造|完成|引入|引进|目标|计划)数|多了几`,
		`\bhow (?:many|much|fast|large|big|high|long)\b|\bwhat (?:percent|percentage|share|rate|number|(?:is|was|are|were) the .*(?:rate|number|target|goal|total|growth|output|size|amount)s?)\b|\bgrowth (?:rate )?of\b|\bnumber of\b|\b(?:size|amount|cost|value) of\b|\btarget for\b|\bwhere does .* rank\b`)
	// 好几年 and 十几个 tell a number, and ask for none.
	cueVague = newCue(`[好十]几[个家所条公里项户台张座人件套处次万亿成名只位趟期天年倍块元米平]?`, ``)
	// Words that ask for a number where a terse question ends: 教育经费 占比.
	cueQuantity = newCue(`比例|占比|比重|比率|增速|增幅|涨幅|降幅|数量|总量|总额|总值|总数|个数|家数|户数|人数|件数|条数|里程|公里数|张数|套数|台数|规模|余额|面积|产量|收入|产值|人次|人口`, ``)
	// 哪几个 asks which, though 几个 asks how many.
	cueWhich = newCue(`哪[几两俩二三四五六七八九十]|有哪|哪些`, ``)
	cueList  = newCue(`哪些|哪[几两俩二三四五六七八九十]|哪里|哪儿|都有[些]?[啥什哪]|有些[啥什哪]|有[哪啥]|分别[是叫指]|列出|列一下|列全|全列|罗列|清单|名单|逐[项条个一]|各[是指叫自]|[是指]哪|都[是办查建讲说]|点名|几类`,
		`\bwhich\b|\blist\b|\bwhat are\b`)
	cueCompare = newCue(`对比|对照|比较|比一比|相比|区别|差别|差多少|哪个[高低多少快慢大小增]|高了?还是低|多了?还是少|涨了?还是跌|一样多|实绩/目标|完成/目标|两个?年份|两个?年|比去年|比今年|跟今年|和今年|与今年|vs`,
		`\bversus\b|\bcompared?\b`)
	cueOutline = newCue(`标题|提纲|大纲|目录|几大块|[一二三四五六七八九十几]个?大?部分|哪几点|小题|[几哪]一?节|章节|结构|框架|分[哪几]|[几三四五六七八九十]个?方面|[三四五六七八九十]件大?事|几件大事|一是到`,
		`\b(?:sub)?headings?\b|\boutline\b|\btable of contents\b|\b(?:chapters?|sections?|parts?|structure) (?:of|in|does) the report\b`)
	// 第三部分 only says where: it asks for no headings by itself.
	cuePartNumber = newCue(`第[一二三四五六七八九十]大?部分`, ``)
	cueGrowth     = newCue(`增速|增幅|涨幅|降幅|增长率|同比|百分之几|百分比|几个点|涨了|跌了|增长了?[多几]|增得快|涨的|想涨|涨多少|涨还是跌|多快`,
		`\bgrow|\bgrew\b|\bgrowth\b|\bincrease rate\b|how fast`)
	cueShare      = newCue(`占比|比重|份额`, `\bshare of\b|\bproportion\b`)
	cueRank       = newCue(`第几|位次|名次|座次|排名|排第|排在|位居|排行`, `\brank(?:s|ed|ing)?\b`)
	cueLevelName  = newCue(`生产总值|零售总额`, ``) // names, whose growth is asked for as often
	cueLevel      = newCue(`面积|总量|总额|总值|总共|一共|产量|多少万?(?:亿|元|钱|块|吨)|几万?亿?吨|规模|数额|金额|余额|多少口|总收入|收入总|盘子`, ``)
	cueAmount     = newCue(`完成额|总量|总额|数额|金额|规模|绝对[值数量]|总[值数]`, ``) // beside a rate: 总额、增速
	cueStock      = newCue(`[总一]共|累计|保有|现[在有]有?[多几]|现在|目前|到底有[多几]|全[市省县区]有[多几]|总[数量]|已[经有]有?[多几]|达到[了]?多|已达`, `\btotal\b|\bin all\b|\bso far\b|\baltogether\b|\bnow\b`)
	cueDefinition = newCue(`哪[二两三四五六七八九十几]|分别|什么意思|啥意思|是什么|是啥|指什么|指啥|列|怎么说|包括|都有|逐|枚举|哪些`, ``)
	cueEach       = newCue(`各[是有为增涨多跌降个占]|各自|分别|两个数`, `\bboth\b`)
	cueAim        = newCue(`目标|计划|任务|预期|打算|要[建改增完新发办]`, `\btargets?\b|\bgoals?\b|\bplan(?:s|ned)?\b`)
	cueAimByName  = newCue(`目标`, `\btargets?\b|\bgoals?\b`)
	cuePast       = newCue(`[了过](?:没有|没|吗|么|多少|几|哪|什|啥|[？?，。])|建成了|已经?|完成[数了情]|完成情况|实绩|实际完成|成效|成绩|回顾|投用|启用了|获批了|办过`,
		`\bhas\b.*\bbeen\b|\bwas\b|\bwere\b|\bdid\b|\breported\b`)
	cuePlan = newCue(`[啥什][么]?时候能|何时能|多久能|几时能|哪年能|[啥什][么]?时候[修建通开]|何时[修建通开]|打算|计划|将要?|准备|会不会|接下来|下一步|要[建做办抓搞干怎]|怎么[安抓推]|目标|任务|部署|安排|新一年|明确要|能不能|以后`,
		`\bwill\b|\bplans?\b|\bplanned\b|\bpromise|\bgoing to\b|\bto be\b|\btarget|\bupcoming\b`)
	cueBothYears = newCue(`[两二2]个?年[份度]?[的各都间对数改分里来]|两个?年份|前后两年`, `both years|two years`)
)

// What no list of words can tell.
var (
	shareOf    = regexp.MustCompile(`占.{0,12}(?:多少|几成|比例)`)
	aimReached = regexp.MustCompile(`(?:完成|达到|实现|下达)(?:了)?[^，。]{0,6}(?:目标|任务|计划)|(?:目标|任务|计划)(?:完成|达成|达标)`)
	asksMore   = regexp.MustCompile(`^(?:还有[吗么没]?(?:其他|别的)?的?[吗么]?|还有呢|更多|再来|下一?页|继续|接着说|more|next|详细[点些]?|再?详细[一]?[点些]?|具体[点些]|展开说?说?)[吧呢吗么呀]?$`)
	chats      = regexp.MustCompile(`^(?:你好|您好|哈喽|哈啰|嗨|hi|hello|hey|早上好|上午好|中午好|下午好|晚上好|早安|晚安|谢谢|谢谢你|谢谢您|多谢|感谢|非常感谢|谢啦|谢了|thanks|thankyou|thank you|thx|好的|好嘞|好滴|收到|明白了|知道了|了解|ok|okay|嗯|嗯嗯|哦|哈哈+|再见|拜拜|bye|goodbye|你是谁|你叫什么|你是机器人吗|你会什么|你能做什么|你能干什么|在吗|在么|辛苦了|赞|厉害|test|测试|不客气|没事了)[吗呢啊呀哦啦了~!！。.，, ]*$`)
)

// maxChat is the most characters of small talk, and of a wish for more.
const maxChat = 16

// A year as people write it: 2024年, 24年, 23/24, 2024.
var (
	yearFull   = regexp.MustCompile(`(?:^|[^0-9.])((?:19|20)[0-9]{2})(?:年度?|[^0-9%.万亿余个家项条户人台座公亩吨元张套件处多]|$)`)
	yearInFull = regexp.MustCompile(`[0-9]{2,}年`)
	yearShort  = regexp.MustCompile(`(?:^|[^0-9.])([0-9]{2})年`)
	yearPair   = regexp.MustCompile(`(?:^|[^0-9.])([12][0-9])(?:年?[/、和与vs.-]+)([12][0-9])(?:年|[^0-9]|$)`)
	yearHan    = regexp.MustCompile(`二[零〇]二[零〇一二三四五六七八九]年?|二[零〇一二三四五六七八九]年`)
	hanDigits  = strings.NewReplacer("零", "0", "〇", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
	yearBare   = regexp.MustCompile(`(?:^| )([0-9]{2})(?: |$)`)
	yearTight  = regexp.MustCompile(`(?:^|[^0-9.])(2[0-9])(?:完成|目标|计划|实际|实绩|任务|预期)`)
)

// Words for years, relative to the year of the plan.
var yearWords = []struct {
	re     *regexp.Regexp
	offset int
}{
	{regexp.MustCompile(`大前年`), -3},
	{regexp.MustCompile(`前年(?:度)?`), -2},
	{regexp.MustCompile(`去年度?|上一?年度?|上一?年|一年来|过去一年|过去的?这?一年|旧年|last year|past year|previous year`), -1},
	{regexp.MustCompile(`今年度?|本年度?|当年|这一年|今岁|this year|current year|this coming year|the coming year`), 0},
	{regexp.MustCompile(`明年|下一?年度?|next year`), 1},
	{regexp.MustCompile(`后年`), 2},
}

// units maps the words by which people ask for a unit to the unit that
// figures carry, the longest first.
var units = []struct {
	cue  cue
	unit string
}{
	{newCue(`多少公里|几公里|公里数|里程|多长`, `\bkm\b|kilomet`), "公里"},
	{newCue(`多少万?亩|几万?亩|亩数`, ``), "亩"},
	{newCue(`多少(?:万)?平|多少平方|几平方`, ``), "平方米"},
	{newCue(`(?:多少|几)[万亿]?吨|亿吨|万吨`, `\btonn?e?s?\b`), "吨"},
	{newCue(`多少[万亿]?(?:元|块|人民币)|多少钱|几个?亿元?|几[千万百]块|多少个?亿|进账|补贴多少`, `\byuan\b|\brmb\b|\bdollars?\b`), "元"},
	{newCue(`百分之几|百分之多少|百分比|几个点|几成`, `\bpercent`), "%"},
	{newCue(`人次`, ``), "人次"},
	{newCue(`多少口人|多少人口|人口(?:是|有)?多少|人口总?[量数]|人口规模`, `\bpopulation\b`), "人"},
	{newCue(`微克|毫克`, `microgram`), "微克"},
	{newCue(`标准?箱`, `\bteu\b`), "标准箱"},
}

// counter is the measure word that a question counts in: 几天, 多少所.
var counter = regexp.MustCompile(`(?:多少|几)[万亿]?([\p{Han}])`)

// hard are the units that no other can stand for; a count of things may be
// asked in one measure word and given in another (几家, 12所).
var hardUnit = map[string]bool{"公里": true, "亩": true, "平方米": true, "吨": true, "元": true, "%": true, "人": true, "人次": true, "微克": true, "标准箱": true}

// readYears finds the years that text names, and returns text without them.
func readYears(q *Question, text string, plan int) string {
	if plan == 0 {
		return text
	}
	named := map[int]bool{}
	add := func(y int) {
		if !named[y] {
			named[y] = true
			q.Years = append(q.Years, y)
		}
	}
	// 2022年 ends in 2年 and means none of both years.
	years := yearInFull.FindAllString(text, -1)
	if w := newWording(yearInFull.ReplaceAllString(text, yearMask)); w.has(cueBothYears) {
		add(plan - 1)
		add(plan)
		text = w.without(cueBothYears).text
		for _, y := range years {
			text = strings.Replace(text, yearMask, y, 1)
		}
	}
	if !strings.ContainsAny(text, "0123456789年二") && !strings.Contains(text, "year") {
		return text
	}
	text = yearHan.ReplaceAllStringFunc(text, func(y string) string {
		return hanDigits.Replace(y)
	})
	for {
		m := yearPair.FindStringSubmatchIndex(text)
		if m == nil {
			break
		}
		add(2000 + atoi(text[m[2]:m[3]]))
		add(2000 + atoi(text[m[4]:m[5]]))
		text = text[:m[2]] + " " + text[m[5]:]
	}
	for {
		m := yearBare.FindStringSubmatchIndex(text)
		if m == nil || !near(2000+atoi(text[m[2]:m[3]]), plan) {
			break
		}
		add(2000 + atoi(text[m[2]:m[3]]))
		text = text[:m[2]] + text[m[3]:]
	}
	for _, x := range []struct {
		re   *regexp.Regexp
		base int
	}{{yearFull, 0}, {yearShort, 2000}, {yearTight, 2000}} {
		for {
			m := x.re.FindStringSubmatchIndex(text)
			if m == nil {
				break
			}
			add(x.base + atoi(text[m[2]:m[3]]))
			rest := strings.TrimPrefix(strings.TrimPrefix(text[m[3]:], "年"), "度")
			text = text[:m[2]] + " " + rest
		}
	}
	for _, w := range yearWords {
		if w.re.MatchString(text) {
			add(plan + w.offset)
			text = w.re.ReplaceAllString(text, " ")
		}
	}
	return text
}

// yearMask stands for a year while words are looked for: no text holds it.
const yearMask = "\ue000"

// near reports whether y is one of the two years that a report of plan is about.
func near(y, plan int) bool { return y == plan || y == plan-1 }

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // callers pass digits only
	return n
}

// readAsk decides what is asked from the wording, from which nothing has been
// taken yet.
func readAsk(q *Question, w wording) {
	if len(w.runes) <= maxChat {
		q.Chat = chats.MatchString(strings.TrimSpace(w.text))
		q.more = asksMore.MatchString(strings.Trim(w.text, " ？?。！!，,"))
	}
	switch {
	case w.has(cueGrowth):
		q.Measure = corpus.MeasureGrowth
	case w.has(cueShare), strings.Contains(w.text, "占") && shareOf.MatchString(w.text):
		q.Measure = corpus.MeasureShare
	case w.has(cueRank):
		q.Measure = corpus.MeasureRank
	}
	q.Level = q.Measure != corpus.MeasureShare && w.without(cueLevelName).has(cueLevel)
	for _, u := range units {
		if w.has(u.cue) {
			q.Unit = u.unit
			break
		}
	}
	w = w.without(cueVague)
	if m := counter.FindStringSubmatch(w.text); m != nil {
		q.counter = m[1]
	}
	q.Stock = w.has(cueStock)
	q.Amount = q.Measure != "" && (w.has(cueAmount) || strings.Count(w.text, "多少") > 1)
	q.defines, q.Each = w.has(cueDefinition), w.has(cueEach)
	q.Aim = w.has(cueAim) && !aimReached.MatchString(w.text)
	which := w.has(cueWhich)
	counted := w
	if which {
		counted = w.without(cueWhich)
	}
	number := q.Unit != "" || counted.has(cueNumber) || counted.endsWord(cueQuantity)
	list := w.has(cueList)
	switch {
	case q.Unit == "" && w.without(cuePartNumber).has(cueOutline):
		q.Ask = AskOutline
	case list && which && !strings.Contains(w.text, "多少"):
		q.Ask = AskList
	case w.has(cueCompare):
		q.Ask = AskCompare
	case number:
		q.Ask = AskNumber
	case list:
		q.Ask = AskList
	default:
		q.Ask = AskAny
	}
}

// readTimes points the question to the review or the plan, by its years or,
// if it names none, by its wording.
func readTimes(q *Question, text string, plan int) {
	var inside []int
	for _, y := range q.Years {
		switch y {
		case plan:
			q.Times = append(q.Times, corpus.Plan)
		case plan - 1:
			q.Times = append(q.Times, corpus.Review)
		default:
			q.Beyond = strconv.Itoa(y)
			continue
		}
		inside = append(inside, y)
	}
	q.Years = inside
}
