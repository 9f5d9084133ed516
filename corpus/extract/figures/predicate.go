package figures

import (
	"regexp"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// A predicate is what stands between a subject and a value.
type predicate struct {
	bound      corpus.Bound
	said       corpus.Bound // by words before the value, which a list shares
	growth     int          // +1 增长, -1 下降, 0 neither
	growthWord string       // the word that says so
	level      bool         // 达到, 增至
	kept       string       // 新增 between subject and value
	each       bool         // 均, 各, 都
	apart      bool         // 分别
	yearly     bool         // 年均
	cumulative bool
	from       bool // 由, 从: the value that was
	fromYear   string
	atYear     string // 到2030年的: the year of the value
	compare    bool   // 比全国高
	share      bool   // 占
	verb       string // 安排: what a subject did with the value
}

// Years are written with digits of any kind.
const (
	yearDigits = `[12１２一二][0-9０-９〇○零一二三四五六七八九]{3}`
	anyYear    = yearDigits + `年`
)

// yearOf returns a year written with digits of any kind, in ASCII.
func yearOf(s string) string {
	return strings.Map(func(c rune) rune {
		if d, ok := zh.Digit(c); ok {
			return rune('0' + d)
		}
		return c
	}, zh.HalfWidth(s))
}

// What a value is compared with, and what it grew from, is no part of its
// subject: 比上年, 由2019年的.
var (
	comparison = lists.Pattern(`(?:[，,]?(?:比|较|与|和|跟|同)(?:<comparedWith>|` + anyYear + `|“[^”]{2,6}”(?:规划)?(?:末|时期|期间|五年)?|[一二三四五六七八九十]+年前)(?:预计数|预算数?|同期|同月|末|底|初)?(?:相比|比)?)$`)
	fromWord   = regexp.MustCompile(`(?:由|从|自)(?:(` + yearDigits + `)年(?:底|末|初)?的?|上年的?|去年的?|年初的?|上半年的?|前三季度的?|一季度的?|原来的?|五年前的?|过去的?|此前的?)?(?:人均|户均|平均|每[年月天人])?(?:不足|不到|约|近|超过)?$`)
	// headComparison opens a subject with what the value is compared with: 比“十三五”时期高速公路投资.
	headComparison = regexp.MustCompile(`^(?:比|较)(?:[^例重赛如学较特照大快高低多少，。、；][^，。、；]{0,13}?)(?:时期|期间|同期|年末|末|年|前|预算|计划)(?:相比|同期)?[，,]?`)
	// atYear stands between a subject or its verb and the value: 增加到2002年的, 产量2030年.
	atYear = regexp.MustCompile(`(` + yearDigits + `)年(?:底|末|初)?的?$|(?:到|至|为)((?:现在|目前|去年底?|上年底?|人均|户均)的?)$`)
	// yearsLong is how long a change took: 五年提高.
	yearsLong = regexp.MustCompile(`(?:近|这|过去)?(?:[一二三四五六七八九十两]|[0-9]{1,2})年(?:来|间|内)?(?:共计|共|总共)?$`)
)

// yearsBefore: 两年平均增长 is a yearly average.
var yearsBefore = regexp.MustCompile(`[两三四五十]年$`)

// belowThat matches the level that a value in points lies below: 低于全国平均水平.
var belowThat = regexp.MustCompile(`(?:低于|慢于)\p{Han}{1,12}$`)

// inARow says how often a value was kept, not what it is: 连续3年.
var inARow = regexp.MustCompile(`(?:已)?(?:连续|连)(?:[0-9０-９]+|[一二两三四五六七八九十]+)(?:多|余)?(?:年|个月|个季度|次)(?:保持|稳定)?$`)

// A predicateWord is what a word says of the value behind it.
type predicateWord int

const (
	noWord predicateWord = iota
	saysOver
	saysAbout
	saysUnder
	saysLevel
	saysRank
	saysUp
	saysDown
	saysAdverb
)

// lastWord returns the longest word of a predicate that s ends in: what it says and
// how long it is.
func lastWord(s []rune, ofRank bool) (kind predicateWord, n int) {
	pick := func(k int, says predicateWord) {
		if k > n {
			kind, n = says, k
		}
	}
	pick(boundUnder.Suffix(s), saysUnder)
	pick(boundOver.Suffix(s), saysOver)
	pick(boundAbout.Suffix(s), saysAbout)
	pick(levelVerbs.Suffix(s), saysLevel)
	if ofRank {
		pick(rankTail.Suffix(s), saysRank)
	}
	pick(growthUp.Suffix(s), saysUp)
	pick(growthDown.Suffix(s), saysDown)
	pick(tailAdverbs.Suffix(s), saysAdverb)
	return kind, n
}

// splitPredicate cuts the words that present the value off the end of left,
// one after the other.
func splitPredicate(left []rune, q quantity) (subject []rune, p predicate) {
	p.bound = q.bound
	s := p.cutFrom(left, q)
	if q.class == unitPoints && belowThat.MatchString(string(s[max(0, len(s)-20):])) {
		p.compare, p.growth = true, -1
		return s, p
	}
	for first := true; len(s) > 0; first = false {
		if rest, ok := cutCompared(s); ok {
			s = rest
			continue
		}
		if rest, ok := p.cutYear(s, first); ok && (q.class != unitPoints || p.growth != 0) {
			s = rest
			continue
		}
		kind, n := lastWord(s, q.rank)
		if !p.each && !p.apart {
			if rest, ok := p.keepVerb(s, q); ok {
				s = rest
				continue
			}
		}
		// 比例, 累计: a word whose last syllables look like a predicate.
		if n == 0 || n == 1 && wordTail.Suffix(s) > 1 || (kind == saysLevel || kind == saysAdverb) && wordTail.Suffix(s) > n {
			break
		}
		if !p.take(kind, s, n, q, first) {
			break
		}
		s = s[:len(s)-n]
	}
	return s, p
}

// cutFrom takes off what the value grew from: 由2019年的.
func (p *predicate) cutFrom(s []rune, q quantity) []rune {
	tail := string(s[max(0, len(s)-16):])
	loc := fromWord.FindStringSubmatchIndex(tail)
	if loc == nil || len([]rune(tail[:loc[0]])) == 0 && len(s) > 16 {
		return s
	}
	p.from = true
	if loc[2] >= 0 {
		p.fromYear = yearOf(tail[loc[2]:loc[3]])
	}
	return s[:len(s)-len([]rune(tail[loc[0]:]))]
}

// cutYear takes off the year of the value, and how long a change took.
func (p *predicate) cutYear(s []rune, first bool) ([]rune, bool) {
	if !strings.ContainsRune("年底末初的在前来间内共计均", s[len(s)-1]) {
		return s, false
	}
	const reach = 12 // characters that the patterns take
	tail := string(s[max(0, len(s)-reach):])
	if loc := atYear.FindStringSubmatchIndex(tail); loc != nil {
		start := loc[0]
		switch {
		case loc[2] >= 0 && multipleOf.MatchString(tail[:loc[0]]) && strings.HasSuffix(tail, "的"):
			start = len(multipleOf.ReplaceAllString(tail[:loc[0]], "")) // 是1997年的2倍
		case loc[2] >= 0 && !dated.MatchString(tail[:loc[0]]):
			p.atYear = yearOf(tail[loc[2]:loc[3]])
		case loc[4] >= 0:
			start = loc[4] // the verb before it stays
		default:
			return s, false
		}
		return s[:len(s)-len([]rune(tail[start:]))], true
	}
	if loc := yearsLong.FindStringIndex(tail); loc != nil && !first && !zh.IsDigit(zh.LastRune(tail[:loc[0]])) {
		return s[:len(s)-len([]rune(tail[loc[0]:]))], true
	}
	return s, false
}

// multipleOf stands before a year of whose value this one is a multiple.
var multipleOf = regexp.MustCompile(`(?:是|为|相当于)$`)

// dated stands before a year that says since when or compared with when.
var dated = regexp.MustCompile(`(?:比|较|自|从|由|与|和|同|跟|—|-|－|至19|至20|、)$`)

// cutCompared takes off what the value is compared with, how often it was kept,
// and marks.
func cutCompared(s []rune) ([]rune, bool) {
	if strings.ContainsRune("年度末初期月比前往底次持定届划算数”", s[len(s)-1]) {
		tail := string(s[max(0, len(s)-18):])
		for _, re := range []*regexp.Regexp{inARow, comparison} {
			if loc := re.FindStringIndex(tail); loc != nil {
				return s[:len(s)-len([]rune(tail[loc[0]:]))], true
			}
		}
	}
	if s[len(s)-1] == ' ' || s[len(s)-1] == '，' {
		return s[:len(s)-1], true
	}
	return s, false
}

// keepVerb takes off a verb that belongs to the name: A、B各新增5家 is 新增A、B.
// A verb counts as one only behind 分别, 各, 均; 新增 before a number of things
// always.
func (p *predicate) keepVerb(s []rune, q quantity) ([]rune, bool) {
	n := keptVerbs.Suffix(s)
	if n == 0 || q.class == unitPercent || q.class == unitPoints {
		return s, false
	}
	rest, verb := s[:len(s)-n], string(s[len(s)-n:])
	k := tailAdverbs.Suffix(rest)
	behind := k > 0 && strings.Contains("分别各均都", string(rest[len(rest)-k:]))
	if !behind && !(verb == "新增" && q.class == unitCounter && len(trimLead(rest)) > 1) {
		return s, false
	}
	p.kept = verb
	return rest, true
}

// take reads the last n characters of s, which say kind, into p. It reports
// false if they are part of the subject after all.
func (p *predicate) take(kind predicateWord, s []rune, n int, q quantity, first bool) bool {
	rest, w := s[:len(s)-n], string(s[len(s)-n:])
	switch kind {
	case saysOver:
		if q.class == unitPoints && (w == "高于" || w == "优于" || w == "多于") {
			p.compare = true
			return false
		}
		p.limit(corpus.BoundOver)
	case saysAbout:
		p.limit(corpus.BoundAbout)
	case saysUnder:
		if q.class == unitPoints && (w == "低于" || w == "少于") {
			p.compare, p.growth = true, -1
			return false
		}
		p.limit(corpus.BoundUnder)
	case saysLevel, saysRank:
		if (w == "完成" || w == "实现" || w == "安排") && len(trimLead(rest)) == 0 {
			return false // the verb of the clause, not of a subject
		}
		if w == "安排" {
			p.verb = w
		}
		p.level = true
		p.share = p.share || w == "占"
	case saysUp:
		return p.grow(1, s, n, q, first)
	case saysDown:
		return p.grow(-1, s, n, q, first)
	case saysAdverb:
		p.adverb(w, rest)
	}
	return true
}

func (p *predicate) limit(b corpus.Bound) {
	p.said = b
	if p.bound == corpus.BoundExact {
		p.bound = b
	}
}

// grow reads a word of growth, up (1) or down (-1).
func (p *predicate) grow(sign int, s []rune, n int, q quantity, first bool) bool {
	rest, w := s[:len(s)-n], string(s[len(s)-n:])
	if p.level && p.growth == 0 && !first && p.growthWord == "" && len(rest) > 0 && w != "增长" && w != "下降" {
		return false // 提升达到: leave
	}
	if n == 1 && !strings.Contains("增降涨减高低", w) && (wordTail.Suffix(s) > 0 || !comparing(rest)) {
		return false
	}
	if strings.Contains("高低多少快慢", w) {
		if comparing(rest) {
			p.compare, p.growth = true, sign
		}
		return false
	}
	if p.growth != 0 {
		return false
	}
	if t := trimLead(s); len(t) > n && leadingVerbs(t) == len(t) && q.class != unitPercent {
		return false // 改造提升9公里: both are what was done
	}
	p.growth, p.growthWord = sign, w
	return true
}

func (p *predicate) adverb(w string, rest []rune) {
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

// wordTail are words whose last syllables look like a predicate.
var wordTail = lists.List("wordTail")

// comparing reports whether s ends in what a value is compared with: 比全国, 较全省平均.
func comparing(s []rune) bool {
	tail := string(s[max(0, len(s)-14):])
	return comparedWith.MatchString(tail)
}

var comparedWith = regexp.MustCompile(`(?:比|较|高于|低于|快于)\p{Han}{1,8}$`)
