package library

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/corpus/place"
	"jinwen/corpus/zh"
	"jinwen/index"
	"jinwen/index/question"
)

// A request is what a question asks of a library, beyond what it asks of one
// report: of which places, of which years, and how they are put together.
type request struct {
	q    *question.Question
	kind index.AcrossKind // "" is one report

	text   string // folded, without spaces
	cues   map[cue][]string
	scopes []scope       // places named, in order
	places []string      // of which there are reports, as scopes have them; short names
	absent []place.Place // places named of which there are none
	every  bool          // all places are meant
	level  place.Level   // of every

	concepts []string
	nature   corpus.Nature
	measure  corpus.Measure
	amount   bool  // an amount is asked for, not a rate
	years    []int // named or meant, oldest first
	span     bool  // years are a span, or all there are
	offset   int   // of a relative year; only if relative
	relative bool
	order    index.Order
	term     string // of a mention
	unsaid   bool   // of a mention: who does not speak of it
	counted  class  // of a ranking: amount or growth, whichever the bound that is named is of; "" if none is
	than     string // of a ranking: the place that those asked for are above or below
	of       string // of a ranking: the place whose rank is asked for

	alone *question.Question // what without returns, once it was asked for
}

// A scope is a place that a question names as what it is about.
type scope struct {
	names      []string // short names: one, or those of a group
	word       string   // as written
	start, end int      // bytes of request.text
	strong     bool     // said so that nothing else can be meant
	bare       bool     // a word that is a place only where one begins: 首都
	place      place.Place
}

func (r *request) has(c cue) bool { return len(r.cues[c]) > 0 }

// concept returns the first concept named; "" if none is.
func (r *request) concept() string {
	if len(r.concepts) == 0 {
		return ""
	}
	return r.concepts[0]
}

// readRequest finds out what q asks of the library that c lists. home is the
// text of the report that a question without a place means.
func readRequest(q *question.Question, c *catalog, home string) *request {
	r := &request{q: q, text: zh.Fold(q.Words), measure: q.Measure, amount: q.Level, nature: q.Nature}
	r.cues = cuesByKind(r.text)
	r.readPlaces(c, home)
	r.readConcepts()
	r.readNature()
	r.readYears(c)
	r.readOrder()
	r.unsaid = r.has(cueUnsaid) || lackWord.MatchString(r.q.Text)
	r.decide(c)
	if r.kind != "" && r.kind != index.AcrossMention && r.kind != index.AcrossKept && r.concept() == "" && aimsAlone.MatchString(r.text) && r.bare(c) {
		r.concepts = []string{"gdp"} // 目标 and nothing else is the growth that is aimed at
	}
	return r
}

// aimsAlone is a target, or growth, without a word for what.
var aimsAlone = regexp.MustCompile(`目标|增速|增长`)

func (r *request) readConcepts() { r.concepts = conceptsOf(r.q) }

// conceptsOf returns the indicators that q names, or else those on which it leans.
func conceptsOf(q *question.Question) []string {
	if len(q.Concepts) > 0 {
		return q.Concepts
	}
	var out []string
	for _, words := range []string{q.Words, q.Subject, q.Context} {
		for _, m := range concept.Find(words) {
			if !slices.Contains(out, m.ID) {
				out = append(out, m.ID)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

var (
	targetWords = lists.Pattern(`<targets>|要(?:增长|新增|建|改造|完成|达到|新建|减|降)`)
	actualWords = regexp.MustCompile(`实际|完成了多少|实现了多少|达到了|结果|增长了|涨了|新增了|是多少来着|建成了|actual`)
)

// readNature tells a target from a result where the question does.
func (r *request) readNature() {
	target, actual := targetWords.MatchString(r.text), actualWords.MatchString(r.text)
	switch {
	case target && !actual:
		r.nature = corpus.Target
	case actual && !target:
		r.nature = corpus.Actual
	}
}

// amountWords reports whether the question asks for an amount of money or
// goods, not for a rate.
func (r *request) amountWords() bool { return r.amount || amountAsked.MatchString(r.text) }

var amountAsked = regexp.MustCompile(`总量|多少[亿万]|规模|体量|总额`)

var (
	bound   = lists.Pattern(`(<bounds>|>=|[>≥<])?([0-9]+(?:\.[0-9]+)?)(%|个点|个百分点|万亿|亿|万)?(?:元|人|斤|个)?(及以上|以上|或以上|以下|以内|及以下|往上|左右)?`)
	setAt   = regexp.MustCompile(`(?:定在|定为|设在|设为|都是|同为|等于|定成)$`)
	under   = lists.Pattern(`<under>|[^不]低于|^低于|[^不]少于|^少于|<`)
	topMany = regexp.MustCompile(`前([0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?:名|位|个|的|强|$)?|top([0-9]{1,2})|(?:最\p{Han}{1,2}|垫底|倒数|领先|靠[前后])的?([0-9]{1,2}|[二两三四五六七八九十])(?:名|位|个)(?:省|地方|城市|地区|市|$|[是有])`)
)

// readOrder reads what a ranking asks for.
func (r *request) readOrder() {
	r.order.Least = r.has(cueLeast)
	r.order.All = r.has(cueOrder)
	r.order.Both = r.has(cueLeast) && r.has(cueMost)
	switch {
	case r.has(cueRaise):
		r.order.Rise = 1
	case r.has(cueLower):
		r.order.Rise = -1
	}
	if m := topMany.FindStringSubmatch(r.text); m != nil {
		r.order.Top = number(m[1] + m[2] + m[3])
		r.order.All = false // 排名前五
	}
	for _, m := range bound.FindAllStringSubmatch(r.text, -1) {
		at := strings.Index(r.text, m[0])
		exact := m[4] == "左右" || m[1] == "" && m[4] == "" && m[3] != "" && setAt.MatchString(r.text[:at])
		if m[1] == "" && m[4] == "" && !exact || m[3] == "" && len(m[2]) == 4 {
			continue
		}
		v := toFloat(m[2])
		switch m[3] { // GDP超10万亿 asks for no growth
		case "万", "亿", "万亿":
			r.amount, r.counted = true, amount
		case "%", "个点", "个百分点":
			r.counted = growth
		}
		switch m[3] {
		case "万":
			v *= 1e4
		case "亿":
			v *= 1e8
		case "万亿":
			v *= 1e12
		}
		r.order.Bound, r.order.Exact = m[0], exact
		if under.MatchString(m[0]) || under.MatchString(before(r.text, m[0])) {
			r.order.Under = v
		} else {
			r.order.Over = v
		}
	}
}

// before returns the end of what stands before part in s.
func before(s, part string) string {
	i := strings.Index(s, part)
	if i < 0 {
		return ""
	}
	return zh.Tail(s[:i], 3)
}

// rankAsked asks which place in the order somebody has.
var rankAsked = regexp.MustCompile(`(?:^|[^安编])排(?:在|到|名|行)?(?:全国|第)*(?:几|多少)|第几(?:名|位)?|名次是`)

// decide says how the answer is put together.
func (r *request) decide(c *catalog) {
	ranking := r.ranks()
	if r.nature == corpus.Target && rankAsked.MatchString(r.text) && r.concept() != "" && !r.every {
		// A report tells its place's rank in what there is, never in what is aimed at.
		if places := slices.DeleteFunc(slices.Clone(r.places), func(p string) bool { return p == nationPlace }); len(places) < 2 && len(r.absent) == 0 {
			r.of = c.home
			if len(places) == 1 {
				r.of = places[0]
			}
			r.every, r.level, r.order.All, r.places, ranking = true, place.Province, true, nil, true
		}
	}
	many := r.every || len(r.places)+len(r.absent) > 1 && len(r.places) > 0
	if !many && ranking && r.has(cueWho) && len(r.places) == 0 && (r.concept() != "") && r.whoAsks() {
		r.every, r.level, many = true, place.Province, true
	}
	switch {
	case r.asksKept() && !many:
		r.kind = index.AcrossKept
	case r.asksMention() && (many || r.whoMentions()) && r.readTerm():
		if !many {
			r.every, r.level = true, place.Province
		}
		r.kind = index.AcrossMention
	case r.every:
		r.kind = index.AcrossRanking
		if !ranking {
			r.order.All = true
		}
	case many && len(r.places) > 1 && (r.order.Bound+r.topText() != "" || r.grouped() && (r.order.All || len(r.places)+len(r.absent) > used.SideBySide && ranking)):
		r.kind = index.AcrossRanking
	case many:
		r.kind = index.AcrossPlaces
	case r.span || len(r.years) > 1 && r.needsReports(c):
		r.kind = index.AcrossYears
	}
}

// ranks reports whether an order, or a bound, is asked for.
func (r *request) ranks() bool {
	return r.has(cueMost) || r.has(cueLeast) || r.order.All || r.order.Rise != 0 || r.order.Bound != "" || r.order.Top > 0
}

// named reports whether one year is named, and neither its aims nor its results.
func (r *request) named() bool { return len(r.years) == 1 && !r.relative && r.nature == "" }

// grouped reports whether places are named by groups alone: 华东, 京津冀.
func (r *request) grouped() bool {
	return len(r.scopes) > 0 && !slices.ContainsFunc(r.scopes, func(s scope) bool { return len(s.names) == 1 })
}

func (r *request) topText() string {
	if r.order.Top > 0 {
		return "top"
	}
	return ""
}

// asksKept reports whether it is asked if a target was reached.
func (r *request) asksKept() bool {
	return r.has(cueKept) && (r.has(cueAimed) || r.q.Ask == question.Kept)
}

// whoAsks reports whether who or where stands for a place: 谁的GDP目标最高.
func (r *request) whoAsks() bool {
	for _, w := range r.cues[cueWho] {
		switch w {
		case "哪个", "哪些", "哪几个", "which":
			continue
		}
		return true
	}
	return false
}

// sayWord asks for a word as such.
var sayWord = regexp.MustCompile(`字样|[一二两三四五六七八九十几]个字|这个?词|一词|这个?(?:说法|提法)|(?:有|没有?|含|带)[“"「『‘']`)

// lackWord asks for the reports that lack a word as such: 没有“低空经济”; 有没有
// asks for those that have it.
var lackWord = regexp.MustCompile(`(?:^|[^有])(?:没有?|不含|不带)(?:[“"「『‘']|[^“"「『‘'，,。；;？?]{1,16}(?:字样|个字|这个?词|一词|这个?(?:说法|提法)))`)

// asksMention reports whether it is asked who speaks of a word.
func (r *request) asksMention() bool {
	if r.has(cueMention) || r.unsaid || whoSpeaks.MatchString(r.text) || sayWord.MatchString(r.q.Text) {
		return true
	}
	if r.has(cueSpoke) && r.concept() == "" {
		return true
	}
	// 几个省冒出了“票根经济”: a word in quotation marks, and nothing is measured.
	return r.every && r.concept() == "" && !r.ranks() && quoted.MatchString(r.q.Text)
}

// whoMentions reports whether reports or places are counted that speak of a
// word: 谁提到了低空经济.
func (r *request) whoMentions() bool {
	text := yearInText.ReplaceAllString(r.text, "")
	if !r.whoAsks() || len(r.places) > 0 {
		return false
	}
	return strings.HasPrefix(text, "谁") || strings.HasPrefix(text, "哪里") || whoSpeaks.MatchString(text) || strings.Contains(text, "报告") && strings.HasSuffix(strings.TrimRight(text, "?？呢啊呀"), "谁")
}

// whoSpeaks asks who says what stands before it: 算电协同都有谁在提.
var whoSpeaks = regexp.MustCompile(`(?:有|是)?谁(?:还|都|也)?(?:在|有)?(?:提|说|讲|写|谈)(?:到|了|过|及)*[?？呢啊呀]*$`)

// needsReports reports whether the years that are named stand in more than one
// report of the place.
func (r *request) needsReports(c *catalog) bool {
	m := c.newest(r.placeOr(c.home))
	if m == nil || len(r.years) == 0 {
		return false
	}
	if r.nature == corpus.Target {
		return true
	}
	for _, y := range r.years {
		if y < m.year-1 || y > m.year {
			return true
		}
	}
	return false
}

// placeOr returns the one place that is named, or home.
func (r *request) placeOr(home string) string {
	if len(r.places) > 0 {
		return r.places[0]
	}
	return home
}

var quoted = regexp.MustCompile(`[“"「『‘']([^”"」』’']{1,30})[”"」』’']`)

// emptyBeside matches what stands around the word that a mention question asks for
// and is no part of it.
var emptyBeside = lists.Pattern(`^(?:<beforeMention>|“)+|(?:<besideMention>|的?都?有谁|的?都?是谁|有哪些(?:地方|地区|省份?|城市)?|[?？。”])+$`)

// readTerm finds the word of a mention question: what is quoted, else what
// stands behind the verb, else what stands before it.
func (r *request) readTerm() bool {
	if m := quoted.FindStringSubmatch(r.q.Text); m != nil { // reading takes the marks off
		r.term, _ = zh.Simplify(strings.TrimSpace(m[1]))
		return true
	}
	words := r.q.Words
	for _, w := range []string{"?", "？", "。", "!", "！"} {
		words = strings.ReplaceAll(words, w, "")
	}
	best := ""
	for _, verb := range slices.Concat(r.cues[cueUnsaid], r.cues[cueMention], r.cues[cueSpoke]) {
		_, after, ok := strings.Cut(words, verb)
		if !ok {
			continue
		}
		if t := trimBeside(after); t != "" {
			best = t
			break
		}
	}
	if best == "" {
		// 低空经济有哪些省提到: what is left without the places and the verb.
		rest := words
		for _, verb := range slices.Concat(r.cues[cueUnsaid], r.cues[cueMention]) {
			rest = strings.ReplaceAll(rest, verb, " ")
		}
		for _, c := range []cue{cueEvery, cueCity} {
			for _, w := range r.cues[c] {
				rest = strings.ReplaceAll(rest, w, " ")
			}
		}
		rest = yearInText.ReplaceAllString(rest, " ")
		for _, f := range strings.Fields(rest) {
			if t := trimBeside(f); len([]rune(t)) > len([]rune(best)) {
				best = t
			}
		}
	}
	r.term = best
	return best != ""
}

var yearInText = regexp.MustCompile(`(?:20)?[0-9]{2}年(?:度)?(?:的)?|今年|去年|前年|本年度?`)

// howOften asks for who says it most.
var howOften = regexp.MustCompile(`的?(?:次数)?(?:最多|最少|多少次|几次|次数).*$`)

// trimBeside returns s without the words of the question around it.
func trimBeside(s string) string {
	s = strings.TrimSpace(howOften.ReplaceAllString(s, ""))
	if i := strings.IndexAny(s, "，,；;"); i > 0 {
		s = s[:i]
	}
	for {
		t := strings.TrimSpace(emptyBeside.ReplaceAllString(s, ""))
		if t == s {
			break
		}
		s = t
	}
	return s
}
