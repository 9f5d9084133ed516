package question

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// Wordings that tell what is asked; cues.txt says what each is.
var (
	cueNumber     = cueOf("number")
	cueVague      = cueOf("vague")
	cueQuantity   = cueOf("quantity")
	cueWhich      = cueOf("which")
	cueList       = cueOf("list")
	cueCompare    = cueOf("compare")
	cueOutline    = cueOf("outline")
	cuePartNumber = cueOf("part-number")
	cueGrowth     = cueOf("growth")
	cueShare      = cueOf("share")
	cueRank       = cueOf("rank")
	cueLevelName  = cueOf("level-name")
	cueLevel      = cueOf("level")
	cueAmount     = cueOf("amount")
	cueStock      = cueOf("stock")
	cueDefinition = cueOf("definition")
	cueEach       = cueOf("each")
	cueAim        = cueOf("aim")
	cueAimByName  = cueOf("aim-by-name")
	cuePast       = cueOf("past")
	cuePlan       = cueOf("plan")
	cueBothYears  = cueOf("both-years")
	cueWhether    = cueOf("whether")
	cueAsks       = cueOf("asks")
	cueRate       = cueOf("rate")
	cueActual     = cueOf("actual")
)

// units are the cues for a unit that is asked for, by unit.
var units = func() []namedCue {
	var out []namedCue
	for _, c := range cues {
		if unit, ok := strings.CutPrefix(c.name, "unit-"); ok {
			out = append(out, namedCue{unit, c.cue})
		}
	}
	return out
}()

// qualifiers are the cues for the question word.
var qualifiers = []struct {
	is Qualifier
	cue
}{
	{Who, cueOf("who")}, {Why, cueOf("why")}, {When, cueOf("when")}, {Where, cueOf("where")}, {How, cueOf("how")},
}

// premises are the cues for what is taken for granted.
var premises = []struct {
	kind PremiseKind
	cue
}{
	{Rose, cueOf("rose")}, {Fell, cueOf("fell")}, {Cancelled, cueOf("cancelled")}, {First, cueOf("first")},
}

// What no list of words can tell.
var (
	shareOf    = regexp.MustCompile(`占.{0,12}(?:多少|几成|比例)`)
	aimReached = regexp.MustCompile(`(?:完成|达到|实现|下达)(?:了)?[^，。]{0,6}(?:目标|任务|计划)|(?:目标|任务|计划)(?:完成|达成|达标)`)
	// rateWord is the name of a rate: 中签率, 及格率. Efficiency and the rates of exchange are none.
	rateWord = regexp.MustCompile(`[\p{Han}][^效汇速频功概税费利\P{Han}]率(?:现在|目前|是|有|多|大概|目标|今年|去年|$|[^\p{Han}])`)
	// openEnded leaves open what else would be taken for granted.
	openEnded = regexp.MustCompile(`还是|是不是|有没有|会不会|是否|[吗么没不][？? ]*$`)
	// bracketUnit is a unit as staff add it: GDP（亿元）, GDP 亿元.
	bracketUnit = lists.Pattern(`\(([万亿]?(?:<bracketUnits>|%))\)|\s([万亿]?元)[?？]?$`)
	// scaledThings are counted in 万 or 亿 of something that is no money.
	scaledThings = lists.Pattern(`(?:多少|几)个?[千万亿]{1,2}<scaledThings>`)
	// peopleOf counts people without a measure word: 坐船的人一共有多少.
	peopleOf = regexp.MustCompile(`的人\p{Han}{0,6}有?多少(?:$|[^\p{Han}])`)
	// whichOrdinal asks which of a series something is, and for no rank.
	whichOrdinal = regexp.MustCompile(`第几[批届条号期次个章节项部]`)
	// onlyNamed names tonnes and asks for something else: 120万吨乙烯总投资多少.
	onlyNamed = regexp.MustCompile(`^[^吨]*[0-9][万亿]?吨[^吨]*$`)
	// askedPeople asks for people by what they are: 多少老人领到了.
	askedPeople = lists.Pattern(`(?:多少|几多)<peopleAsked>`)
	counter     = regexp.MustCompile(`(?:多少|(?:^|[^第])几)[万亿]?([\p{Han}])`) // 几天, 多少所
)

// counters are the measure words that things are counted in.
var counters = func() map[string]bool {
	m := make(map[string]bool)
	for _, c := range "家所座条项台辆套张处栋间部班站架艘个人名位户口件次场届批种类门支篇本册节颗棵头只匹亩吨斤米度天年月周岁倍元块角分箱列趟村镇县区市省园片段栏幢层级期届队组单案宗篇" {
		m[string(c)] = true
	}
	return m
}()

// Counted returns the measure words that folded text counts in, in order: 条 and 座 of
// 几条路几座桥.
func Counted(text string) []string {
	var out []string
	for _, m := range counter.FindAllStringSubmatch(text, -1) {
		if counters[m[1]] && !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

// A wording is the folded text of a question with its spaces, as cues read it.
type wording struct {
	text  string
	runes []rune
	latin bool // it has Latin letters
}

func newWording(folded string) wording {
	w := wording{text: folded, runes: []rune(folded)}
	for _, c := range w.runes {
		w.latin = w.latin || zh.IsLatin(c)
	}
	return w
}

// has reports whether w holds the cue.
func (w wording) has(c cue) bool {
	return w.find(c) != "" || w.latin && c.latin != nil && c.latin.MatchString(w.text)
}

// find returns the first word of the cue in w, the longest there; "" if there is none.
func (w wording) find(c cue) string {
	for i := range w.runes {
		if _, n := c.words.Longest(w.runes[i:]); n > 0 {
			return string(w.runes[i : i+n])
		}
	}
	return ""
}

// without returns w with every occurrence of the cue's words blanked.
func (w wording) without(c cue) wording {
	var b strings.Builder
	for i := 0; i < len(w.runes); {
		if _, n := c.words.Longest(w.runes[i:]); n > 0 {
			b.WriteByte(' ')
			i += n
			continue
		}
		b.WriteRune(w.runes[i])
		i++
	}
	return newWording(b.String())
}

// endsWord reports whether one of the cue's words stands at the end of a word
// of the question: before a space, a mark, 是 or the end, and not at its head.
func (w wording) endsWord(c cue) bool {
	for i := 1; i < len(w.runes); i++ {
		if w.runes[i-1] == ' ' {
			continue
		}
		_, n := c.words.Longest(w.runes[i:])
		if n > 0 && (i+n == len(w.runes) || strings.ContainsRune(" 是有为？?，,。!！", w.runes[i+n])) {
			return true
		}
	}
	return false
}

// is reports whether all of w is one of the cue's words.
func (w wording) is(c cue) bool {
	_, n := c.words.Longest(w.runes)
	return n > 0 && n == len(w.runes)
}

// number reports whether w may ask for a number; readAsk decides.
func (w wording) number() bool {
	if w.has(cueNumber) || w.endsWord(cueQuantity) {
		return true
	}
	for _, u := range units {
		if w.has(u.cue) {
			return true
		}
	}
	return false
}

// IsQuantity reports whether a folded word is a kind of number: 占比, 产量.
func IsQuantity(word string) bool { return newWording(word).is(cueQuantity) }

// AsksHeadings reports whether a folded word asks for headings: 结构, 标题.
func AsksHeadings(word string) bool { return newWording(word).has(cueOutline) }

// AsksNumber reports whether a folded word, of a word list as a rule, is how
// one asks for a number and names nothing: 涨多少, 占多少, 一共.
func AsksNumber(word string) bool {
	w := newWording(word)
	for _, c := range []cue{cueGrowth, cueNumber, cueShare, cueQuantity} {
		w = w.without(c)
	}
	return strings.Trim(w.text, " 了的过得有") == ""
}

// readAsk decides what is asked from the wording, from which nothing has been
// taken yet.
func readAsk(q *Question, w wording) {
	switch {
	case w.has(cueGrowth):
		q.Measure = corpus.MeasureGrowth
	case w.has(cueShare), shareOf.MatchString(w.text):
		q.Measure = corpus.MeasureShare
	case w.has(cueRank) && !whichOrdinal.MatchString(w.text):
		q.Measure = corpus.MeasureRank
	}
	q.Level = q.Measure != corpus.MeasureShare && w.without(cueLevelName).has(cueLevel)
	for _, u := range units {
		if w.has(u.cue) && !(u.name == "吨" && onlyNamed.MatchString(w.text)) {
			q.Unit = u.name
			break
		}
	}
	if q.Unit == "元" && scaledThings.MatchString(w.text) {
		q.Unit = "" // 多少亿斤 asks for no money
	}
	if q.Unit == "" && q.Measure == "" && w.asksMoney() {
		q.Unit = "元"
	}
	if q.Unit == "" && rateWord.MatchString(w.text) {
		q.Unit = "%"
	}
	if q.Unit == "" && w.has(cueRate) && !w.has(cueAmount) {
		q.Unit = "%"
	}
	if m := bracketUnit.FindStringSubmatch(w.text); m != nil && q.Unit == "" {
		if q.Unit, q.Level = m[1]+m[2], true; strings.HasSuffix(q.Unit, "元") {
			q.Unit = "元"
		}
	}
	whole := w
	w = w.without(cueVague)
	if m := counter.FindStringSubmatch(w.text); m != nil && counters[m[1]] {
		q.Counter = m[1]
	}
	if q.Counter == "" && q.Unit == "" && (peopleOf.MatchString(w.text) || askedPeople.MatchString(w.text)) {
		q.Counter = "人"
	}
	q.Stock = w.has(cueStock)
	q.Amount = q.Measure != "" && (w.without(cueLevelName).has(cueAmount) || strings.Count(w.text, "多少") > 1)
	q.Defines, q.Each = w.has(cueDefinition), w.has(cueEach)
	q.Aim = w.has(cueAim) && !aimReached.MatchString(w.text)
	q.AimNamed = w.has(cueAimByName)
	q.Ask = askOf(q, w)
	if q.Ask == Any && (w.has(cueRate) && !w.has(cueAmount) || w.has(cueActual)) {
		q.Ask = Number
	}
	past, plan := newWording(whole.text+"。").has(cuePast), whole.has(cuePlan)
	switch {
	case plan && !past:
		q.Tense = Future
	case past && !plan:
		q.Tense = Past
	}
	for _, x := range qualifiers {
		if whole.has(x.cue) {
			q.Qualifier = x.is
			break
		}
	}
	readPremises(q, newWording(strings.ReplaceAll(whole.text, "多少", "  ")))
}

// readPremises finds what the question takes for granted. One that leaves both
// ways open (涨了还是跌了) takes neither for granted.
func readPremises(q *Question, w wording) {
	found := make(map[PremiseKind]bool)
	for _, x := range premises {
		if word := w.find(x.cue); word != "" {
			found[x.kind] = true
			q.Premises = append(q.Premises, Premise{x.kind, word})
		}
	}
	if found[Rose] && found[Fell] || openEnded.MatchString(w.text) {
		q.Premises = nil
	}
}

// askOf returns what is asked for.
func askOf(q *Question, w wording) Ask {
	which := w.has(cueWhich)
	counted := w
	if which {
		counted = w.without(cueWhich)
	}
	number := q.Unit != "" || counted.has(cueNumber) || counted.endsWord(cueQuantity)
	list := w.has(cueList)
	switch {
	case q.Unit == "" && w.without(cuePartNumber).has(cueOutline):
		return Outline
	case list && which && !strings.Contains(w.text, "多少"):
		return List
	case w.has(cueCompare):
		return Compare
	case number:
		return Number
	case list:
		return List
	}
	return Any
}
