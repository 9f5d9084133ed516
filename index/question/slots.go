package question

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus/place"
)

// Slots that stand in the wording besides the subject.
var (
	// several asks for what more than one year makes, or comes to on average.
	several = lists.Pattern(`[三四五六七八九十几][个]?年<severalYears>|这些年|历年|年均|每年平均|平均每年|五年计划|十[三四五]五|\bper year on average\b|\bfive years?\b|\baverage annual\b`)
	// against tells a number by that of a wider place: 跟全国比, 比全省平均高吗.
	against = regexp.MustCompile(`[跟和与同比较](全国|全省|全市|全区|全球|世界|外省|兄弟省市|[别其]他?的?省|[别其]他?的?城市)(?:的)?(?:平均)?(?:水平|数)?(?:来)?(?:比|相比|对比|差|高|低|怎|呢|如何|$)|\bcompared (?:to|with) the (country|nation|national average|whole country)\b`)
	// ordinal picks one of the things answered last.
	ordinal = regexp.MustCompile(`^(?:那么?|说说|讲讲|再说说|详细说说)?第([一二三四五六七八九十]|[0-9]{1,2})(?:个|条|项|点|件|句|种|处)(?:呢|是什么|是啥|是哪个?|具体(?:是什么|说说|讲讲)?|说说|讲讲|怎么说|详细(?:说说|一点|点)?)?[？?。 ]*$|^(?:那么?)?最后(一)[个条项点](?:呢|是什么|是啥)?[？?。 ]*$|^(?:and )?the (first|second|third|fourth|last) one[?]?$`)
	// gap asks by how much two years differ.
	gap = regexp.MustCompile(`差了?(?:多少|几)|相差|差距|多了?还是少|[多少]了(?:多少|几)|differen`)
	// superlative picks the first of several by its number: 这四个里哪个增得最快.
	superlative = regexp.MustCompile(`(?:哪一?[个项家种类样年]|谁)[^，,。？?]{0,4}?(?:最[高低多少大小快慢好差]|(?:增|涨|升|降|跌|长)[得的]?[多少快慢])|\bwhich (?:one )?(?:is |was |grew |has )?(?:the )?(?:most|highest|largest|biggest|fastest|lowest|smallest|slowest)\b`)
	// downward picks the last.
	downward = regexp.MustCompile(`最[低少小慢差]|[得的]?[少慢]|lowest|smallest|slowest`)
	// itemizes asks which the so many things are: 哪43项, 29条都是啥.
	itemizes = regexp.MustCompile(`哪[0-9]+[项条类个件家种大位]|[0-9]+[项条类个件家种大位]\p{Han}{0,8}?(?:都|具体|分别|各)*(?:是|有|指|包括)(?:哪[些几]|(?:些)?(?:什么|啥)[呢啊呀？?。 ]*$)`)
	// means asks what a name stands for.
	means = regexp.MustCompile(`^(?:那么?|请问|这个?|报告(?:里|中)?(?:面)?(?:说|提|讲|写)?(?:到|了)?的?)*[“”"「」]?([^，,。]{2,16}?)[“”"「」]?(?:是|指的?是?|代表)?(?:个)?(?:什么|啥)(?:个)?(?:意思|含义|概念)|^(?:怎么|咋)(?:理解|解释)[“”"「」]?([^，,。]{2,16}?)[“”"「」]?[呢啊呀？?。 ]*$|^what (?:does|do) (.{2,40}?) (?:mean|stand for)`)
	// inYear asks for one year alone after all there is by now.
	inYear = regexp.MustCompile(`(?:光|单|就|只)?(?:去年|今年|前年|[0-9]{2,4}年)(?:当年|一年|全年|单年)|(?:光|单|就|只)(?:去年|今年|[0-9]{4}年)|当年新?增?|\b(?:that|last|this) year alone\b`)
)

var ordinalWords = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}

// beyondTable are places that GB/T 2260 lists no further.
var beyondTable = []string{"台北", "新北", "台中", "台南", "高雄", "香港", "澳门"}

// readSlots finds the places that q names and what else of its wording is a
// slot of its own.
func readSlots(q *Question) {
	for _, m := range place.Find(q.Subject) {
		if name := q.Subject[m.Start:m.End]; !slices.Contains(q.Spots, name) {
			q.Spots = append(q.Spots, name)
		}
	}
	if name := barePlace(q); name != "" && len(q.Spots) == 0 {
		q.Spots = []string{name}
	}
	for _, name := range beyondTable {
		if strings.Contains(q.Subject, name) && !slices.Contains(q.Spots, name) {
			q.Spots = append(q.Spots, name)
		}
	}
	if superlative.MatchString(q.Words) {
		if q.Most = 1; downward.MatchString(superlative.FindString(q.Words)) {
			q.Most = -1
		}
	}
	q.Itemizes = itemizes.MatchString(q.Words)
	if m := means.FindStringSubmatch(q.Words); m != nil {
		q.Means = strings.TrimSpace(m[1] + m[2] + m[3])
	}
	q.Several = several.MatchString(q.Words)
	if m := against.FindStringSubmatch(q.Words); m != nil {
		if q.Against = m[1]; q.Against == "" {
			q.Against = "全国"
		}
	}
	if m := ordinal.FindStringSubmatch(q.Words); m != nil {
		switch {
		case m[1] != "":
			n, _ := Numeral(m[1])
			q.Ordinal = int(n)
		case m[2] != "":
			q.Ordinal = -1
		default:
			q.Ordinal = ordinalWords[m[3]]
		}
	}
}

// barePlace returns the prefecture or district that q names and nothing else, by a
// short name that in a sentence may be another word: 广安, 蓟州呢. "" if none.
func barePlace(q *Question) string {
	if len([]rune(q.Words)) > maxBare {
		return ""
	}
	name, verbs := named(q)
	if verbs || len([]rune(name)) < 2 {
		return ""
	}
	for _, p := range place.LookupAll(name) {
		if p.Level == place.Prefecture || strings.HasSuffix(p.Name, "区") {
			return name
		}
	}
	return ""
}

// A list of all that is begun, built, issued: its verb is all that it names.
var (
	listVerbs   = lists.Pattern(`<listVerbs>`)
	targetWords = lists.Pattern(`<targetWords>`)
	enumerated  = regexp.MustCompile(`列一?下|列出|罗列|逐[项条个一]|清单|分别是`)
	listNouns   = lists.Pattern(`<listNouns>`)
)

// readVerbs finds the verbs by which q asks for a list of all that they are said
// of: 今年要出台哪些方案.
func readVerbs(q *Question) {
	if q.Ask == List && q.AimNamed && q.Measure == "" && q.Unit == "" && len(q.Spots) == 0 {
		left, verbs := named(&Question{Subject: targetWords.ReplaceAllString(q.Subject, " ")})
		q.Targets = left == "" && !verbs
	}
	if q.Ask == Number && !enumerated.MatchString(q.Words) || q.Ask != List && q.Ask != Any && q.Ask != Number || q.Qualifier == When || q.Qualifier == Why || len(q.Spots) > 0 || len(q.Numbers) > 0 {
		return
	}
	verbs := listVerbs.FindAllString(q.Subject, -1)
	rest := listVerbs.ReplaceAllString(q.Subject, " ")
	nouns := listNouns.ReplaceAllString(rest, " ")
	if len(verbs) == 0 || q.Ask == Any && nouns == rest {
		return
	}
	if left, _ := named(&Question{Subject: nouns}); left == "" {
		q.Verbs, q.Ask = verbs, List
	}
}

// withoutSpots returns text without the places, where another is named in their
// stead: 换成重庆呢.
func withoutSpots(text string, spots []string) string {
	for _, s := range spots {
		text = strings.ReplaceAll(text, s, " ")
	}
	return text
}
