package figures

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/similar"
	"jinwen/corpus/zh"
)

// Which figures are a pair is decided by what they measure, never by what
// they amount to:
//
//   - units are the same, and growth stands beside growth, a share beside a
//     share;
//   - what is added in a year (新增, 新建) never stands beside what there is (累计,
//     达到, 突破);
//   - two official indicators are one only if their concept and scope are: 经济增长
//     and 地区生产总值, not 城镇居民收入 and 居民收入;
//   - other names agree once years, adverbs and verbs are taken off. A word that
//     only one of them has (义务教育 in 义务教育学位) must stand in the other's clause;
//   - of several candidates the best takes the partner.

// Pairs returns the indicators of r that have both a result of the year under
// review and an aim of the plan's year, in the order of the plan. Each figure
// is in one pair at most.
func Pairs(r *corpus.Report) []corpus.Pair {
	var actual, target []int
	review, plan := strconv.Itoa(r.ReviewYear()), strconv.Itoa(r.Year)
	for i, f := range r.Figures {
		switch {
		case f.Nature == corpus.Actual && (f.Period == review || f.Period == "cumulative"):
			actual = append(actual, i)
		case f.Nature == corpus.Target && (f.Period == plan || f.Period == "cumulative"):
			target = append(target, i)
		}
	}
	var out []corpus.Pair
	for _, m := range Match(r, r, actual, target, nil) {
		a, t := r.Figures[m.A], r.Figures[m.B]
		// 4.5 less 4.3 is 0.2, not 0.20000000000000018.
		was := a.Number
		if was < 0 && t.Number > 0 {
			was = -was // 减少9万人 and 减贫10万人 say it both ways
		}
		diff := math.Round((t.Number-was)*1e6) / 1e6
		out = append(out, corpus.Pair{Indicator: t.Indicator, Actual: m.A, Target: m.B, Difference: diff})
	}
	slices.SortFunc(out, func(x, y corpus.Pair) int { return cmp.Compare(x.Target, y.Target) })
	return out
}

// pairing are the numbers that decide pairs, from 0 to 1. What each is worth was
// counted over 61 reports with 600 pairs.
var pairing = struct {
	sameIndicator float64 // of two names in common to mean the same: at 0.6 15 pairs more, half of them false; at 0.8 18 fewer, a third of them right
	sameThings    float64 // of two names of counts of one concept (中小学学位, 义务教育学位): at 0.5 3 right pairs fewer
	scopeTold     float64 // of the words of one's scope that the other speaks of: at 0 4 false pairs more, at 1 3 right ones fewer
}{sameIndicator: 0.7, sameThings: 0.25, scopeTold: 0.5}

// Match pairs the figures of a with indices in as with those of b in
// bs that measure the same; ok, if not nil, is asked too. The result has
// indices in Figures.
func Match(a, b *corpus.Report, as, bs []int, ok func(x, y corpus.Figure) bool) []similar.Match {
	type side struct {
		subjects []subject
		byUnit   map[string][]int // by unit: indices in subjects
	}
	read := func(r *corpus.Report, at []int) side {
		s := side{byUnit: make(map[string][]int)}
		for k, i := range at {
			s.subjects = append(s.subjects, subjectOf(r, i))
			key := unitKey(r.Figures[i])
			s.byUnit[key] = append(s.byUnit[key], k)
		}
		return s
	}
	x, y := read(a, as), read(b, bs)
	var found []similar.Match
	for unit, ks := range x.byUnit {
		postings := make(map[similar.Gram][]int)
		concepts := make(map[string][]int)
		for _, l := range y.byUnit[unit] {
			if c := y.subjects[l].concept; c != "" {
				concepts[c] = append(concepts[c], l)
			}
			for g := range y.subjects[l].grams {
				postings[g] = append(postings[g], l)
			}
		}
		for _, k := range ks {
			seen := make(map[int]bool)
			try := func(l int) {
				if seen[l] || ok != nil && !ok(a.Figures[as[k]], b.Figures[bs[l]]) {
					return
				}
				seen[l] = true
				if s := x.subjects[k].like(y.subjects[l]); s >= pairing.sameIndicator {
					found = append(found, similar.Match{A: as[k], B: bs[l], Score: s})
				}
			}
			for _, l := range concepts[x.subjects[k].concept] {
				try(l)
			}
			for g := range x.subjects[k].grams {
				if len(postings[g]) > similar.MaxPostings {
					continue
				}
				for _, l := range postings[g] {
					try(l)
				}
			}
		}
	}
	return similar.Assign(found)
}

// unitKey is equal for figures whose numbers may be subtracted: same unit,
// and of percentages the same kind.
func unitKey(f corpus.Figure) string {
	if f.Unit == "%" && f.Measure != corpus.MeasureGrowth {
		return f.Unit // 优良天数比例 is a share, 优良率 a level: one thing
	}
	if f.Unit == "%" || f.Unit == "个百分点" || f.Unit == "位次" {
		return f.Unit + string(f.Measure)
	}
	if f.Measure == corpus.MeasureShare || f.Measure == corpus.MeasureGrowth || f.Measure == corpus.MeasureRank {
		return f.Unit + string(f.Measure)
	}
	return Counter(f.Unit)
}

// Counter returns unit, or 个 for the other word that counts projects and measures:
// 亿元以上技改项目1200项 and 1213个 are one thing. What else counts things tells
// them apart (10家, 10所).
func Counter(unit string) string {
	if unit == "项" {
		return "个"
	}
	return unit
}

// A subject is what a figure measures, made ready to compare.
type subject struct {
	core  string // the indicator without years, adverbs and verbs
	grams map[similar.Gram]int
	where string // the clause that the figure stands in
	flow  bool   // added in a year
	stock bool   // there altogether
	added bool   // of a kind of which flow and stock differ
	act   bool   // named by what is done: 改造老旧小区, 民生实事完成
	more  bool   // what comes on top: 新增
	total bool   // 累计

	counted bool // a number of things
	change  bool // a difference
	level   bool // an amount
	name    string

	concept, scope string
}

func subjectOf(r *corpus.Report, i int) subject {
	f := r.Figures[i]
	s := subject{core: coreName(f.Indicator), where: r.Quote(r.ClauseAround(f.Span, corpus.Span{Start: max(0, f.Start-corpus.MaxPassage), End: min(r.Len(), f.End+corpus.MaxPassage)}))}
	s.grams = similar.Grams(s.core)
	s.concept, s.scope, s.name = f.Concept, f.Scope, f.Indicator
	s.change, s.level = f.Measure == corpus.MeasureChange, f.Measure == corpus.MeasureLevel
	name := []rune(f.Indicator)
	s.act = leadingVerbs(name) > 0 || resultVerbs.Suffix(name) > 0 || actNouns.MatchString(f.Indicator)
	s.more = moreWords.MatchString(f.Indicator)
	s.total = f.Period == periodCumulative
	before := f.Indicator
	if f.Clause.Start <= f.Start && f.Start <= f.Clause.End && f.Clause.End <= r.Len() {
		before += r.Quote(corpus.Span{Start: max(f.Clause.Start, f.Start-24), End: f.Start})
	}
	if f.Measure != corpus.MeasureCount && f.Measure != corpus.MeasureChange && f.Unit != "公里" && f.Unit != "亩" {
		return s // 增加值 and 余额 are no things that are added to others
	}
	before = strings.ReplaceAll(before, "增加值", "")
	s.added, s.counted = true, f.Measure == corpus.MeasureCount
	s.flow = f.Measure == corpus.MeasureChange || !strings.Contains(before, "累计") && zh.Holds(before, flowWords)
	s.stock = !s.flow && (f.Period == "cumulative" || zh.Holds(before, stockWords))
	return s
}

// like returns how alike two subjects are: 0 not at all, 1 the same.
func (s subject) like(t subject) float64 {
	if s.flow && t.stock || s.stock && t.flow || s.change && t.level && !t.act || t.change && s.level && !s.act {
		return 0
	}
	if s.more && !t.flow && !t.act || t.more && !s.flow && !s.act {
		return 0 // 新增新能源装机, 新能源装机
	}
	if s.total && !t.total && (t.flow || t.act) || t.total && !s.total && (s.flow || s.act) {
		return 0 // a sum of years, what one year does
	}
	if s.concept != "" && t.concept != "" {
		return s.likeConcept(t)
	}
	return s.likeName(t)
}

var (
	// actNouns are names of what is done although no verb opens them.
	actNouns = regexp.MustCompile(`造林|绿化|改造|治理|改良|修复|防沙|治沙|就业$|建设$`)
	// moreWords open the name of what comes on top of what there is.
	moreWords = regexp.MustCompile(`^(?:新增|净增|新建和改造|新建、改造)`)
)

// likeConcept compares two official indicators.
func (s subject) likeConcept(t subject) float64 {
	name := similar.Dice(s.grams, t.grams)
	switch {
	case s.concept != t.concept:
		return 0
	case s.scope != t.scope:
		if !s.tells(t.scope) || !t.tells(s.scope) {
			return 0
		}
		return s.likeName(t)
	case t.counted && (s.flow && !t.flow && !t.act || t.flow && !s.flow && !s.act):
		return 0 // 新增上市公司9家, 上市公司90家
	case s.added && name < pairing.sameThings && !strings.HasSuffix(s.core, t.core) && !strings.HasSuffix(t.core, s.core):
		return 0
	}
	return 0.9 + 0.1*name
}

// tells reports whether the name or the clause of s speaks of scope.
func (s subject) tells(scope string) bool {
	if scope == "" {
		return true
	}
	around := similar.Grams(s.name + s.where)
	told, all := 0, 0
	for g, n := range similar.Grams(scope) {
		all += n
		told += min(n, around[g])
	}
	return float64(told) >= pairing.scopeTold*float64(all)
}

// likeName compares two names.
func (s subject) likeName(t subject) float64 {
	if s.otherRank(t) || s.otherSide(t) {
		return 0
	}
	if s.core == t.core {
		if c := []rune(s.core); s.concept == "" && t.concept == "" && s.name != t.name && (attributeNouns.Has(s.core) || attributeOnly(c) || genericNouns.Has(s.core) || fundNouns.Has(s.core)) {
			return 0 // 投资, 完成年度投资: whose?
		}
		return 1
	}
	if short, long := s, t; strings.HasSuffix(long.core, short.core) || strings.HasSuffix(short.core, long.core) {
		if len(short.core) > len(long.core) {
			short, long = long, short
		}
		if utf8.RuneCountInString(short.core) < 2 || attributeOnly([]rune(short.core)) {
			return 0 // 年度产量 is of anything
		}
		// 学位 and 义务教育学位: the same if the shorter one's clause says 义务教育.
		extra := similar.Grams(strings.TrimSuffix(long.core, short.core))
		told, all := 0, 0
		around := similar.Grams(short.where)
		for g, n := range extra {
			all += n
			told += min(n, around[g])
		}
		if all > 0 {
			return 0.5 + 0.5*float64(told)/float64(all)
		}
	}
	if strings.HasPrefix(s.core, t.core) || strings.HasPrefix(t.core, s.core) {
		return 0 // 中央财政 and 中央财政赤字 are two things
	}
	if a, in, ok := strings.Cut(s.core, "占"); ok {
		if b, of, ok := strings.Cut(t.core, "占"); ok && in == of && in != "" {
			return similar.Dice(similar.Grams(a), similar.Grams(b)) // what they are shares of tells nothing
		}
	}
	if apartIn(s.core, t.core) {
		return 0
	}
	return similar.Dice(s.grams, t.grams)
}

// apartIn reports whether two names say different things in the same place:
// 亿元以上制造业项目, 亿元以上重点项目.
func apartIn(s, t string) bool {
	a, b := []rune(s), []rune(t)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) > 0 && len(b) > 0 && similar.Dice(similar.Grams(string(a)), similar.Grams(string(b))) == 0
}

// otherRank reports whether one is of the nation's rank and the other of a
// province's or city's: 国家级农业龙头企业, 省级农业龙头企业.
func (s subject) otherRank(t subject) bool {
	national, local := nationalRank.MatchString(s.name), localRank.MatchString(s.name)
	return national && !local && localRank.MatchString(t.name) && !nationalRank.MatchString(t.name) ||
		local && !national && nationalRank.MatchString(t.name) && !localRank.MatchString(t.name)
}

var (
	nationalRank = regexp.MustCompile(`国家|全国`)
	localRank    = regexp.MustCompile(`省级|市级|自治区级|省重点实验室|自治区重点`)
)

// otherSide reports whether the two are different sides of things: 营收, 规模.
func (s subject) otherSide(t subject) bool {
	a, b := []rune(s.core), []rune(t.core)
	n, m := attributeNouns.Suffix(a), attributeNouns.Suffix(b)
	if n == 0 || m == 0 {
		return false
	}
	x, y := string(a[len(a)-n:]), string(b[len(b)-m:])
	if strings.HasSuffix(s.name, "总投资") != strings.HasSuffix(t.name, "总投资") {
		return true // of a project altogether, of a year
	}
	return !strings.HasSuffix(x, y) && !strings.HasSuffix(y, x)
}

// coreName takes from an indicator what says when, how and by which act.
func coreName(s string) string {
	for _, cut := range notTelling {
		s = strings.ReplaceAll(s, cut, "")
	}
	for acts := 0; ; acts++ {
		v := zh.PrefixOf(s, actWords)
		if v == "" && acts > 0 {
			v = zh.PrefixOf(s, []string{"和", "或"}) // 新建和改造…, but 和平区…
		}
		if v == "" || len(v) == len(s) {
			break
		}
		s = s[len(v):]
	}
	for {
		v := zh.SuffixOf(s, tailWords)
		if v == "" || utf8.RuneCountInString(s)-utf8.RuneCountInString(v) < 2 {
			break
		}
		s = s[:len(s)-len(v)]
	}
	return s
}

// Words by which indicators of the same meaning differ, each list sorted by
// code point.
var (
	// notTelling say when, where or how: 全市技术合同成交额 is 技术合同成交额.
	notTelling = lists.Of("notTelling")

	// actWords are the acts that open an indicator: 新建口袋公园 and 建设口袋公园 count
	// the same thing.
	actWords = lists.Of("actWords")

	// tailWords close an indicator without telling more.
	tailWords = lists.Of("tailWords")

	// flowWords say that something was added in a year, stockWords that it is
	// counted altogether.
	flowWords  = lists.Of("flowWords")
	stockWords = []string{
		"保有", "共有", "增加到", "增至", "总数", "总量", "拥有", "突破", "累计", "累计达到", "达到",
	}
)
