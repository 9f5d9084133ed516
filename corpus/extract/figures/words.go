package figures

import (
	_ "embed"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// The words by which reports present figures. Where one word is the end of
// another, the longer one is matched first. The long lists are in words.txt.

//go:embed words.txt
var wordFile string

// lists are the word lists of words.txt by name.
var lists = zh.Sections(wordFile)

// Words behind a value that limit it, with the bound they set.
var qualifierBound = map[string]corpus.Bound{
	"上下": corpus.BoundAbout, "左右": corpus.BoundAbout,
	"以上": corpus.BoundOver, "及以上": corpus.BoundOver, "多": corpus.BoundOver, "余": corpus.BoundOver,
	"之内": corpus.BoundUnder, "以下": corpus.BoundUnder, "以内": corpus.BoundUnder, "及以下": corpus.BoundUnder, "及以内": corpus.BoundUnder,
}

var qualifiers = func() zh.Words {
	var list []string
	for w := range qualifierBound {
		list = append(list, w)
	}
	return zh.List(list...)
}()

// Words before a value that limit it.
var (
	boundOver  = lists.List("boundOver")
	boundAbout = zh.List("大约", "将近", "接近", "约", "约为", "约占", "近", "逼近")
	boundUnder = zh.List("不到", "不多于", "不大于", "不超", "不超过", "不足", "不高于", "低于", "小于", "少于")
)

// numeralTriggers stand before Chinese numerals that are quantities.
var numeralTriggers = lists.List("numeralTriggers")

// givingWords stand before a bare number that is a value.
var givingWords = lists.List("givingWords")

// lastingWords stand before a time that is a quantity, not a date.
var lastingWords = lists.List("lastingWords")

// scopeWords name what a rank is taken in.
var scopeWords = lists.List("scopeWords")

// rankVerbs stand before a rank.
var rankVerbs = lists.List("rankVerbs")

// Level verbs present a value of their subject and say nothing else.
var levelVerbs = lists.List("levelVerbs")

// aims are verbs that may stand between a value and its verb.
var aimVerbs = lists.List("aimVerbs")

// rank verbs and what they leave of the subject
var rankTail = lists.List("rankTail")

// Growth verbs, up and down. The value behind them is a change.
var (
	growthUp   = lists.List("growthUp")
	growthDown = lists.List("growthDown")
)

// Verbs that keep their meaning with the indicator when they stand between
// subject and value: A、B各新增5家 is 新增A、B.
var keptVerbs = lists.List("keptVerbs")

// Adverbs that may stand between subject and value, or before a verb.
var tailAdverbs = lists.List("tailAdverbs")

// Words that open a clause and say nothing about what is measured: connectives,
// time, manner, aim.
var leadWords = lists.List("leadWords")

// leadKeep are words that begin with a lead word but are a name's beginning.
var leadKeep = lists.List("leadKeep")

// Verbs by which a government does things. A clause that begins with one names
// an object; parts of a chain that have none of their own share it.
var verbs = lists.List("verbs")

// nounHeads are words that begin with a verb but are nouns.
var nounHeads = lists.List("nounHeads")

// Nouns that name a side of something and need to be told whose: 增加值, 占比.
// The second list is of rates, which may follow a noun of the first.
var (
	attributeNouns = lists.List("attributeNouns")
	bareNouns      = lists.List("bareNouns")
	bareRates      = lists.List("bareRates")
	rateNouns      = lists.List("rateNouns")
)

// institutions end the names of places and bodies that can be the subject of
// what follows: a park registers companies, a government is silent.
var institutions = lists.List("institutions")

// gathering verbs take an institution as their subject.
var gatheringVerbs = lists.List("gatheringVerbs")

// genericNouns stay with the first of the list before them: 举办…等活动.
var genericNouns = lists.List("genericNouns")

// resultVerbs tell a result that belongs to the thing counted: 险工险段改造完工.
var resultVerbs = lists.List("resultVerbs")

// sloganVerbs follow a thing counted and tell nothing that can be checked.
var sloganVerbs = lists.List("sloganVerbs")

// midAdverbs may stand between a thing counted and what became of it.
var midAdverbs = lists.List("midAdverbs")

// topicTails are predicates that tell how things went, without a number.
var topicTails = lists.List("topicTails")
