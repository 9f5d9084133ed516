package extract

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"

	"jinwen/corpus/place"
	"jinwen/corpus/zh"
)

// A verb that only strengthens, deepens or goes on with something promises
// nothing that can be checked, unless the thing is a certain one: it has a name
// of its own, is one of a counted set, or lies in a named place.

var (
	quotedName = regexp.MustCompile(`“[^”]{1,16}”`)
	// countedSet is a set whose members are known: 四大专项行动, 10大产业链, “三大战役”.
	countedSet = regexp.MustCompile(`[0-9０-９]+(?:大|条|类)[\p{Han}“]|[二两三四五六七八九十百]+(?:大|条|类)[\p{Han}“”]{2,12}(?:行动|工程|集群|产业链|计划|战役|项目|基地|平台|体系|产业|领域)$`)
	// nationalName is something of the nation's of which there are few: 国家自贸试验区.
	nationalName = lists.Pattern(`国家(?:级)?\p{Han}{2,14}<nationalNames>`)
	// cityRole is what a city is made: 国际消费中心城市.
	cityRole = regexp.MustCompile(`(?:国际|国家|区域性?|全国|世界)\p{Han}{0,10}(?:中心城市|枢纽|之都|走廊|集聚区|中枢|名城)(?:建设|创建)?$`)
	// water is a river, lake or mountain that something is done to.
	water = regexp.MustCompile(`[\p{Han}]{1,3}(?:江|河|湖|湾|岭|淀|泊|山)(?:流域|两岸|沿线|水系|干流)?[^，]{0,8}(?:治理|保护|修复|清淤|疏浚|整治)$`)
	// edition is a further version of something known: 零基预算改革2.0版.
	edition = regexp.MustCompile(`[0-9][.．][0-9]版`)
	// listed says that something comes onto a list of names.
	listed = regexp.MustCompile(`(?:进入|列入|入选|纳入|入围|获批|跻身)[^，]{2,}`)
	// goesWhole says that something reaches everything: 实现…全覆盖.
	goesWhole = regexp.MustCompile(`全覆盖$|清零$|全部(?:完成|建成|达标)|动态清零|应[\p{Han}]尽[\p{Han}]$|达标$|常态化$`)
	// relative are aims without a number: 与经济增长同步, 完成国家下达任务.
	relative = regexp.MustCompile(`(?:高于|不低于|快于|好于|优于|同步于?|跑赢)(?:全国|经济|国家|全省|全市|上年|平均|规划|预期)|(?:与|和)(?:经济|国内生产总值|地区生产总值)[^，。]{0,6}(?:增长|增速)?(?:基本|保持)?同步|完成[^，。]{0,12}(?:下达|考核)[^，。]{0,8}(?:任务|目标|指标)|正增长$`)
)

// undertakesNamed reports whether the verb act is said of an object that is a
// certain thing.
func (r *report) undertakesNamed(act, object string) bool {
	if act == "" || generic(object) || slogan.MatchString(object) {
		return false
	}
	if strings.HasPrefix(act, "发挥") || strings.HasSuffix(object, "作用") {
		whose := strings.TrimSuffix(object, "作用")
		return whose != object && (properList(object) || utf8.RuneCountInString(whose) > 5 && organisationIn(whose) == whose)
	}
	switch {
	case goesWhole.MatchString(object) && utf8.RuneCountInString(object) > 6:
		return true
	case zh.Holds(object, scales), cityRole.MatchString(object), edition.MatchString(object), water.MatchString(object), nationalName.MatchString(object), countedSet.MatchString(object):
		return true
	case listed.MatchString(object) && (strongName(object) || r.namesPlace(object)):
		return true
	case act == "落实" || act == "做好":
		return strings.Contains(object, "《") || strongName(object) && zh.SuffixOf(object, duties) != ""
	case r.quotes(object):
		return true
	case properList(object):
		return true
	}
	if tail := cmp.Or(zh.SuffixOf(object, vague), zh.SuffixOf(object, loose)); tail != "" && zh.SuffixOf(object, strongEnds) == "" {
		thing := strings.TrimSuffix(object, tail)
		return zh.SuffixOf(thing, strongEnds) != "" && strongName(thing) // 自由贸易账户功能
	}
	return r.namesPlace(object) || strongName(object)
}

// strongName reports whether s holds a word that only the names of certain
// things end in, with something before it that tells which.
func strongName(s string) bool {
	for _, n := range notNames {
		s = strings.ReplaceAll(s, n, "\x00")
	}
	for _, e := range strongEnds {
		if i := strings.Index(s, e); i >= 2*len("字") {
			return true
		}
	}
	return false
}

// slogan is an object that stands for what is always done.
var slogan = lists.Pattern(`精神$|思想$|底线$|方针|理念|“[^”]*(?:两个|四个|坚持|过紧日子|三农|三保)[^”]*”$|的“[^”]+”$|“[^”]*<slogans>”$|^(?:以|把|将)|感$|优势$`)

// quotes reports whether s has a name in quotation marks that is not one that
// everybody uses.
func (r *report) quotes(s string) bool {
	for _, q := range quotedName.FindAllString(s, -1) {
		if !strings.Contains(commonQuotes, q) {
			return true
		}
	}
	return strings.Contains(s, "《")
}

// commonQuotes are names in quotation marks that stand for a field of work, not
// for something that is done.
const commonQuotes = "“三农”“双碳”“一带一路”“放管服”“四风”“双减”“三品一标”“互联网+”“新三样”“三公”“内卷式”“双循环”“三重”“首发经济”“银发经济”"

// namesPlace reports whether s names a place that is neither the report's own
// nor what that lies in.
func (r *report) namesPlace(s string) bool {
	for _, m := range place.Find(s) {
		if m.Short != r.Short && m.Name != r.Place && m.Level != place.Nation {
			return true
		}
	}
	return false
}

// properList reports whether s enumerates things of which one has a name:
// 甲基金、乙基金等.
func properList(s string) bool {
	i := strings.Index(s, "等")
	if i < 0 {
		return false
	}
	if !strings.Contains(s[:i], "、") {
		return zh.SuffixOf(s[:i], strongEnds) != "" && strongName(s[:i]) || organisationIn(s[:i]) == s[:i]
	}
	for _, member := range strings.FieldsFunc(s[:i], func(c rune) bool { return c == '、' || c == '和' || c == '与' }) {
		if len(place.Find(member)) > 0 || strings.Contains(member, "“") {
			return true
		}
		if n := utf8.RuneCountInString(member); n >= 5 && strongName(member) {
			return true
		}
	}
	return false
}
