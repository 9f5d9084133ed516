package question

import (
	"regexp"
	"strings"

	"jinwen/corpus/zh"
)

// A year as people write it: 2024年, 24年, 23/24, 2024.
var (
	yearFull   = regexp.MustCompile(`(?:^|[^0-9.])((?:19|20)[0-9]{2})(?:年度?|[^0-9%.万亿余个家项条户人台座公亩吨元张套件处多]|$)`)
	yearInFull = regexp.MustCompile(`[0-9]{2,}年`)
	yearShort  = regexp.MustCompile(`(?:^|[^0-9.])([0-9]{2})年`)
	yearPair   = regexp.MustCompile(`(?:^|[^0-9.])([12][0-9])(?:年?[/、和与vs.-]+)([12][0-9])(?:年|[^0-9]|$)`)
	yearHan    = regexp.MustCompile(`二[零〇]二[零〇一二三四五六七八九]年?|二[零〇一二三四五六七八九]年`)
	hanDigits  = strings.NewReplacer("零", "0", "〇", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
	yearBare   = regexp.MustCompile(`(?:^| )([0-9]{2})(?: |$)`)
	yearTight  = lists.Pattern(`(?:^|[^0-9.])(2[0-9])<behindYear>`)
)

// Words for years, relative to the year of the plan.
var yearWords = []struct {
	re     *regexp.Regexp
	offset int
}{
	{regexp.MustCompile(`大前年`), -3},
	{regexp.MustCompile(`前年(?:度)?`), -2},
	{regexp.MustCompile(`去年度?|上一?年度?|上一?年|一年来|过去一年|过去的?这?一年|旧年|头年|(?:last|past|previous) year'?s?`), -1},
	{regexp.MustCompile(`今年度?|本年度?|当年|这一年|今岁|今儿年|(?:this coming|the coming|this|current) year'?s?`), 0},
	{regexp.MustCompile(`明年|下一?年度?|next year'?s?`), 1},
	{regexp.MustCompile(`后年`), 2},
}

// partOfYear is a time shorter than a year; a report that does not name it has
// no numbers of it.
var partOfYear = regexp.MustCompile(`([上下]半年|[前第]?[一二三四五六七八九1-9]个?季度|前[一二三四五六七八九十1-9]{1,3}个月)|(?:^|[^0-9.一二三四五六七八九十])([0-9]{1,2}月)(?:[^0-9日号]|$)`)

// baseYear matches the year that a change is told against; it is no year asked about.
var baseYear = regexp.MustCompile(`(?:比|较|同比)(?:上一?年度?|前一年|前年|头一年)`)

// What a rate is told against is no year asked about either, whatever it is
// called: 今年比去年多几个点 asks for this year's growth. An amount may well be
// asked for in both.
var (
	rateAsked   = regexp.MustCompile(`几个百?分?点|多少个百?分?点|百分之几|百分之多少|几成`)
	rateAgainst = regexp.MustCompile(`(?:比|较|跟)(?:去年|头年|往年)(?:同期|比|相比)?`)
)

// withoutBase returns text without the year that a rate is told against.
func withoutBase(text string) string {
	if !rateAsked.MatchString(text) {
		return text
	}
	return rateAgainst.ReplaceAllString(text, "")
}

// yearsLong is a time that lasts: 快30年了 names no year.
var yearsLong = regexp.MustCompile(`(?:快到?|满|干了|过了|住了|等了)?[0-9]{2}年(?:了|多了?)`)

// thatYear is 当年 behind a year: that one, not this.
var thatYear = regexp.MustCompile(`(年度?)当年`)

// yearMask stands for a year while words are looked for: no text holds it.
const yearMask = "\ue000"

// readYears finds the years that text names, and returns text without them.
func readYears(q *Question, text string) string {
	add := func(p Period) {
		for _, x := range q.Periods {
			if x.Year == p.Year && x.Offset == p.Offset {
				return
			}
		}
		q.Periods = append(q.Periods, p)
	}
	text = yearsLong.ReplaceAllString(text, " ")
	text = thatYear.ReplaceAllString(baseYear.ReplaceAllString(text, " "), "$1")
	// 2022年 ends in 2年 and means none of both years.
	years := yearInFull.FindAllString(text, -1)
	if w := newWording(yearInFull.ReplaceAllString(text, yearMask)); w.has(cueBothYears) {
		add(Period{Offset: -1, Both: true})
		add(Period{Offset: 0, Both: true})
		text = w.without(cueBothYears).text
		for _, y := range years {
			text = strings.Replace(text, yearMask, y, 1)
		}
	}
	if !strings.ContainsAny(text, "0123456789年二") && !strings.Contains(text, "year") {
		return text
	}
	text = yearHan.ReplaceAllStringFunc(text, hanDigits.Replace)
	text = eachYear(text, yearPair, func(digits []string) {
		add(Period{Year: 2000 + zh.Atoi(digits[0])})
		add(Period{Year: 2000 + zh.Atoi(digits[1])})
	})
	text = eachYear(text, yearBare, func(digits []string) {
		if y := 2000 + zh.Atoi(digits[0]); y < 2099 {
			add(Period{Year: y, Bare: true})
		}
	})
	for _, re := range []*regexp.Regexp{yearFull, yearShort, yearTight} {
		text = eachYear(text, re, func(digits []string) {
			y := zh.Atoi(digits[0])
			if y < 100 {
				y += 2000
			}
			add(Period{Year: y})
		})
	}
	for _, w := range yearWords {
		if w.re.MatchString(text) {
			add(Period{Offset: w.offset})
			text = w.re.ReplaceAllString(text, " ")
		}
	}
	return text
}

// eachYear calls take with the digits of every match of re in text, and
// returns text without them: without the groups, what lies between them, and 年
// or 年度 behind.
func eachYear(text string, re *regexp.Regexp, take func(digits []string)) string {
	var b strings.Builder
	for at := 0; ; {
		m := re.FindStringSubmatchIndex(text[at:])
		if m == nil {
			return b.String() + text[at:]
		}
		var digits []string
		for i := 2; i < len(m); i += 2 {
			digits = append(digits, text[at+m[i]:at+m[i+1]])
		}
		from, to := at+m[2], at+m[len(m)-1]
		take(digits)
		b.WriteString(text[at:from] + " ")
		at = to
		rest := strings.TrimPrefix(strings.TrimPrefix(text[at:], "年"), "度")
		at = len(text) - len(rest)
	}
}

// readPartOfYear finds a part of a year that text names, and returns text
// without it.
func readPartOfYear(q *Question, text string) string {
	if !strings.ContainsAny(text, "月季半") {
		return text
	}
	m := partOfYear.FindStringSubmatchIndex(text)
	if m == nil {
		return text
	}
	from, to := m[2], m[3]
	if from < 0 {
		from, to = m[4], m[5]
	}
	q.PartYear = text[from:to]
	return text[:from] + " " + text[to:]
}

// askedYears returns those of the years that text names which stand where it
// asks, if any does: 去年改了两万个，今年还改多少 asks for this year's.
func askedYears(text string, all []Period) []Period {
	runes := []rune(text)
	var asked Question
	tells := false
	for _, c := range Clauses(text) {
		if c.Asks {
			readYears(&asked, string(runes[c.Start:c.End]))
			continue
		}
		var told Question
		clause := string(runes[c.Start:c.End])
		readYears(&told, clause)
		tells = tells || len(told.Periods) > 0 && (c.OfAsker || strings.ContainsAny(clause, "了过")) // 天津今年GDP目标 asks as well
	}
	if !tells || len(asked.Periods) == 0 {
		return all
	}
	return asked.Periods
}
