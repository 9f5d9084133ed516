package question

import (
	_ "embed"
	"regexp"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// Words that tell nothing of the subject; the files say which.
var (
	//go:embed empty.txt
	emptyFile string
	//go:embed light.txt
	lightFile string

	empty = wordsOf(emptyFile)
	light = wordsOf(lightFile)
)

// wordsOf returns the words of a list that has them between spaces.
func wordsOf(file string) *zh.Trie[bool] {
	words := make(map[string]bool)
	for line := range strings.Lines(file) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			words[w] = true
		}
	}
	return zh.NewTrie(words)
}

// NamesNothing reports whether word is one that names no subject: 多少, 目标,
// 新建. Whatever is built or grows, such words stand with it.
func NamesNothing(word string) bool {
	runes := []rune(word)
	_, n := empty.Longest(runes)
	_, m := light.Longest(runes)
	return max(n, m) == len(runes)
}

// Cues of ellipsis: a message that has one leans on what was said before.
var (
	opens    = regexp.MustCompile(`^(?:那么?|还有|换成|改成|其中|就说|只说|我说的是|我问的是|不是问|what about|how about|and )`)
	closes   = regexp.MustCompile(`(?:呢|的话)[？?！!。~ ]*$`)
	pointsTo = regexp.MustCompile(`^(?:他们?|她|其|该)|它|(?:这|那)(?:[项件个些]|[几两三四五六七八九十]个)|^[这那](?:[是在有会要能怎什啥哪多几]|$)`)
	listed   = regexp.MustCompile(`^(?:那)?(?:这|那)?[0-9一二三四五六七八九十两几]+[个项条类件大家种](?:里|中)?(?:都|具体|分别)?(?:是|有|指)?(?:哪|什么|啥)|^(?:具体)?(?:是|有)?哪[些0-9一二三四五六七八九十两几]+[个项条类件大家种]?(?:呢)?$`)
	topicNew = regexp.MustCompile(`^(?:换个问题|另外|再问|我想问|请问|想问)`)
)

// A leaning is how much of the question before a message needs.
type leaning int

const (
	stands  leaning = iota // it stands alone
	verbal                 // it names only what is done, or to what: the subject is the one before
	renamed                // it names another subject for the same question
	slots                  // it names no subject at all
)

// maxLeaning is how many characters a message has at most that leans on
// another without a word that says so.
const maxLeaning = 14

// maxLeaningWords is the same in English.
const maxLeaningWords = 7

// follow completes q from the question before it, if q leans on it: what q
// names replaces that slot, the rest is kept.
func follow(q, before *Question) *Question {
	if q.Ask == Talk || q.Ask == About || len(q.Parts) > 0 {
		return q
	}
	if len(before.Parts) > 0 {
		before = before.Parts[len(before.Parts)-1]
	}
	if before.Ask == Talk || before.Ask == About {
		return q
	}
	if q.Ordinal != 0 {
		out := *before
		out.Text, out.Words, out.Ordinal, out.Follows = q.Text, q.Words, q.Ordinal, true
		return &out
	}
	if q.More {
		out := *before
		out.Text, out.Words, out.More, out.Topic, out.Follows = q.Text, q.Words, true, q.Topic, true
		return &out
	}
	if q.Most != 0 && namesNoMore(q) && len(before.Places) == 0 && !ranksPlaces.MatchString(before.Words) {
		return mostOf(q, before)
	}
	how := leaningOf(q, before)
	if how == stands {
		return ofSpot(q, before)
	}
	out := *q
	q.InYear = inYear.MatchString(q.Words)
	out.Follows, out.Renames, out.Does = true, how == renamed, how == verbal
	out.Refers = pointsTo.MatchString(q.Words)
	if before.Ask != Any && (q.Ask == Any || q.Ask == Whether) && how != verbal && !q.asksOther() {
		out.Ask, out.AskKept = before.Ask, true
	}
	if how == slots && (sums.MatchString(q.Words) || len(q.Periods) == 0 && gap.MatchString(q.Words)) {
		out.Ask, q.Ask = Compare, Compare
		out.Periods = []Period{{Offset: -1, Both: true}, {Both: true}}
	}
	if how == slots && before.Ask == List && q.Ask == Number && q.Measure == "" && len(q.Periods) == 0 {
		out.Ask, out.Counter = List, "" // how many they are: all of them
		out.Level, out.Stock, out.Amount = before.Level, before.Stock, before.Amount
	}
	switch how {
	case slots:
		out.Subject, out.Context = before.Subject, before.Context
		out.Numbers, out.Concepts, out.Names = before.Numbers, before.Concepts, before.Names
		out.Defines = q.Defines || before.Defines
	default:
		out.Context = contextOf(q, before)
	}
	keepSpots(&out, q, before)
	if q.Qualifier != Where {
		keepPeriod(&out, before)
	}
	keepKind(&out, q, before, how)
	out.Places = before.Places
	return &out
}

// mostOf returns q, which asks which of the things of before is first by its number.
func mostOf(q, before *Question) *Question {
	out := *before
	out.Text, out.Words, out.Most, out.Follows, out.Premises = q.Text, q.Words, q.Most, true, nil
	out.Ask, out.Unit, out.Counter = Any, "", ""
	out.Level, out.Amount, out.Stock, out.Aim, out.AimNamed = false, false, false, false, false
	if q.Measure != "" {
		out.Measure = q.Measure
	}
	out.Counted = countOf(q.Words)
	return &out
}

// namesNoMore reports whether q names nothing besides that it asks for the first.
func namesNoMore(q *Question) bool {
	rest, _ := named(&Question{Subject: superlative.ReplaceAllString(thoseMany.ReplaceAllString(q.Subject, " "), " ")})
	return rest == "" && len(q.Spots) == 0 && len(q.Periods) == 0
}

// ranksPlaces asks which place is first, which is for several reports to say.
var ranksPlaces = regexp.MustCompile(`(?:哪一?[个些]?|什么)(?:省|市|地方|地区)[^，,。]{0,8}最`)

// countOf returns how many things a message says that there are: 这四个里哪个; 0 if
// it does not.
func countOf(words string) int {
	m := thoseMany.FindStringSubmatch(words)
	if m == nil {
		return 0
	}
	n, _ := Numeral(m[1])
	return int(n)
}

// thoseMany points to so many things answered before.
var thoseMany = regexp.MustCompile(`(?:这|那)([两二三四五六七八九十]|[0-9]{1,2})[个项家种条类]`)

// widens asks for the whole after one of its places: 全省呢.
var widens = regexp.MustCompile(`全[省市区县州]|整个[省市区县州]|总体|整体`)

// keepSpots gives q, which names own, the place of the question before.
func keepSpots(q, own, before *Question) {
	switch rest, verbs := named(&Question{Subject: withoutSpots(own.Subject, own.Spots)}); {
	case len(own.Spots) == 0 && !widens.MatchString(own.Words):
		q.Spots = before.Spots
	case len(own.Spots) > 0 && rest == "" && !verbs:
		if q.Elsewhere = true; q.Ask == Compare {
			q.Ask = Number // 加起来多少, 蓟州呢: its number
		}
	}
}

// maxBare is how many characters a question has at most that may be of the
// place named before.
const maxBare = 6

// ofSpot returns q of the place that before named and nothing else: 广安, and then
// GDP多少. Any other q stands alone.
func ofSpot(q, before *Question) *Question {
	if q.Ask != Number || len(q.Spots) > 0 || len(before.Spots) == 0 || len([]rune(q.Words)) > maxBare || topicNew.MatchString(q.Words) {
		return q
	}
	if rest, verbs := named(&Question{Subject: withoutSpots(before.Subject, before.Spots)}); rest != "" || verbs {
		return q
	}
	out := *q
	out.Spots, out.Context, out.Follows, out.Elsewhere = before.Spots, strings.Join(before.Spots, " "), true, true
	return &out
}

// maxContext is how many characters a subject has at most to which what is done
// is added.
const maxContext = 40

// contextOf returns the subject of before for a question that names another place
// or thing: that of the one before it, if before itself named no more than a
// place or a pronoun. A place that q names takes the place of before's.
func contextOf(q, before *Question) string {
	own := func(text string) string {
		if len(q.Spots) > 0 || widens.MatchString(q.Words) {
			text = withoutSpots(text, before.Spots)
		}
		return newWording(text).without(cueAimByName).text // which kind of number was asked for is a slot of its own
	}
	text := own(before.Subject)
	if before.Context == "" {
		return text
	}
	switch rest, verbs := named(&Question{Subject: text}); {
	case pointsTo.MatchString(strings.TrimSpace(before.Subject)), rest == "" && !verbs:
		return own(before.Context)
	case rest == "" && len([]rune(before.Context)) < maxContext:
		return own(before.Context) + " " + text // 高速呢, 今年再修多少, 具体哪几条: the ones that are built
	case rest == "":
		return own(before.Context)
	}
	return text
}

// sums asks for two years together.
var sums = regexp.MustCompile(`加起来|合起来|两年一共|一共加`)

// keepPeriod gives q the time of the question before, if it names none.
func keepPeriod(q, before *Question) {
	if len(q.Periods) > 0 || q.PartYear != "" {
		if q.Ask == Compare && before.Ask == Compare && len(q.Periods) == 1 {
			q.Ask = Number // the one year's number, after both
		}
		return
	}
	if q.Several {
		q.Tense = Past // what five years made, after the one year
		return
	}
	if q.AimNamed && !before.AimNamed {
		return // 目标呢 after last year's result: that of the plan
	}
	q.Periods, q.PartYear, q.TimeKept = before.Periods, before.PartYear, true
	if q.Tense == "" {
		q.Tense = before.Tense
	}
}

// keepKind gives q the kind of number that the question before asked for, if
// it names none.
func keepKind(q, own, before *Question, how leaning) {
	if len(own.Periods) == 0 && !own.AimNamed && !own.Several && own.Qualifier != Where {
		q.Aim, q.AimNamed, q.Nature = q.Aim || before.Aim, before.AimNamed, before.Nature
	}
	if before.Stock && own.InYear {
		q.InYear = true
		return
	}
	if own.Measure == "" && !own.Level && !own.Stock && own.Unit == "" && own.Counter == "" && how != verbal && !own.asksOther() {
		q.KindKept = before.Measure != "" || before.Level || before.Amount || before.Stock || before.Unit != "" || before.Counter != ""
		q.Measure, q.Level, q.Amount, q.Stock, q.Unit, q.Counter = before.Measure, before.Level, before.Amount, before.Stock, before.Unit, before.Counter
		if how == renamed {
			// Another thing may be counted in another measure.
			if q.Counter = ""; !keptUnits[q.Unit] {
				q.Unit = ""
			}
		}
	}
	if own.Measure == corpus.MeasureGrowth {
		q.Level, q.Unit = own.Level, own.Unit
	}
}

// asksOther reports whether q has a question word of its own, so that it asks
// nothing that the question before asked: 它在哪个区 after 它有多少家企业.
func (q *Question) asksOther() bool {
	return q.Qualifier == Where || q.Qualifier == When || q.Qualifier == Who || q.Qualifier == Why
}

// leaningOf finds out how q leans on before.
func leaningOf(q, before *Question) leaning {
	if topicNew.MatchString(q.Words) {
		return stands
	}
	rest, verbs := named(q)
	cued := opens.MatchString(q.Words) || closes.MatchString(q.Words) || pointsTo.MatchString(q.Words)
	short := len([]rune(q.Words)) <= maxLeaning
	if q.Lang == English || zh.IsLatinText(q.Words) {
		short = len(strings.Fields(q.Words)) <= maxLeaningWords
	}
	switch {
	case listed.MatchString(q.Words):
		return verbal
	case rest == "" && verbs:
		return verbal
	case rest == "":
		if len(q.Numbers) > 0 && !cued {
			return stands
		}
		return slots
	case before.Unclear() && short:
		return renamed // the subject that was asked back for
	case cued && short && verbs && q.Ask != Any:
		return verbal
	case cued && short:
		return renamed
	}
	return stands
}

// scaledUnits are a number asked for with its unit: 多少亿, 几万户.
var scaledUnits = regexp.MustCompile(`几个点|(?:多少|几)[千万亿]+(?:个?百分点|[元块吨斤人户家个亩台辆套])?`)

// named returns what q names besides the words by which it asks, and whether
// it has verbs that need a subject.
func named(q *Question) (rest string, verbs bool) {
	w := newWording(scaledUnits.ReplaceAllString(q.Subject, " "))
	for _, c := range []cue{cueNumber, cueWhich, cueList, cueCompare, cueGrowth, cueShare, cueRank, cueAmount, cueStock, cueEach, cueAim, cueDefinition} {
		w = w.without(c)
	}
	var b strings.Builder
	for i := 0; i < len(w.runes); {
		c := w.runes[i]
		if zh.IsLatin(c) || zh.IsDigit(c) {
			j := i
			for j < len(w.runes) && (zh.IsLatin(w.runes[j]) || zh.IsDigit(w.runes[j])) {
				j++
			}
			if _, n := empty.Longest(w.runes[i:j]); n != j-i {
				b.WriteString(string(w.runes[i:j]))
			}
			i = j
			continue
		}
		_, none := empty.Longest(w.runes[i:])
		_, verb := light.Longest(w.runes[i:])
		switch {
		case verb > 0 && verb >= none:
			verbs = true
			i += verb
		case none > 0:
			i += none
		default:
			if zh.IsHan(c) {
				b.WriteRune(c)
			}
			i++
		}
	}
	return b.String(), verbs
}

// Unclear reports whether q asks something of nothing: it must be asked back.
func (q *Question) Unclear() bool {
	if q.Ask == Talk || q.Ask == About || q.Ask == Outline || len(q.Parts) > 0 || len(q.Concepts) > 0 || len(q.Numbers) > 0 || len(q.Places) > 0 || q.Context != "" || q.Follows {
		return false
	}
	if q.AimNamed && q.Ask != Compare { // the targets as such are a subject
		return false
	}
	rest, verbs := named(q)
	return rest == "" && !verbs
}
