package figures

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus/zh"
)

// An indicator is what a figure measures, named so that it stands alone. It
// is put together from four places, nearest first:
//
//  1. what stands before the value, less the words that only present it
//     (达到, 累计, 同比) or limit it (超过, 近): 造林面积达到3万亩 → 造林面积;
//  2. what stands behind a value that counts the noun after it: 推出9项政策
//     → 推出政策;
//  3. the verb of the chain it stands in: 新建学校3所、医院2家 → 新建医院;
//  4. the clause before, where the value's own words name only a change or a
//     side of something: 出口达到9亿元，增长5% → 出口; 园区加快建设，产值3亿元
//     → 园区产值.
//
// The name is composed, unlike what is quoted.

// maxIndicator is the length in code points from which a name is shortened.
const maxIndicator = 32

// trimLead cuts connectives, time and manner off the start of s.
func trimLead(s []rune) []rune {
	for len(s) > 0 {
		if s[0] == ' ' || s[0] == '　' || s[0] == '、' {
			s = s[1:]
			continue
		}
		if !strings.ContainsRune(leadYearFirst, s[0]) {
			// no year or mark: spare the pattern
		} else if loc := leadYear.FindStringIndex(string(s[:min(len(s), 24)])); loc != nil && loc[1] > 0 {
			s = s[len([]rune(string(s[:min(len(s), 24)])[:loc[1]])):]
			continue
		}
		if s[0] == '比' || s[0] == '较' {
			if loc := headComparison.FindStringIndex(string(s[:min(len(s), 20)])); loc != nil {
				s = s[len([]rune(string(s)[:loc[1]])):]
				continue
			}
		}
		if n := yearsPrefix(s); n > 0 {
			s = s[n:]
			continue
		}
		n := leadWords.Prefix(s)
		if n == 0 || keepsLead(s, n) {
			return s
		}
		s = s[n:]
	}
	return s
}

// yearsPrefix returns the length of a run of years that opens s before a verb: 五年改造.
func yearsPrefix(s []rune) int {
	if len(s) > 3 && s[1] == '年' && strings.ContainsRune("两三四五十35", s[0]) && yearsOfWork.MatchString(string(s[2:min(len(s), 6)])) {
		return 2
	}
	return 0
}

// keepsLead reports whether s begins with a name rather than the lead word.
func keepsLead(s []rune, n int) bool {
	k := leadKeep.Prefix(s)
	return k > n || n == 1 && verbs.Prefix(s) > 1
}

// leadYearFirst are the characters that leadYear may begin with.
const leadYearFirst = "近过最前到至截0123456789０１２３４５６７８９“十（(一二三四五六七八九①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

var leadYear = regexp.MustCompile(`^(?:(?:近|过去|最近|前)(?:的)?[一二三四五六七八九十两0-9]{1,2}年(?:来|间|里)?，?|(?:到|至|截至)?[0-9０-９]{4}年(?:底前|底|末|前|全年|以来|至[0-9]{4}年)?[，,]?|(?:[0-9０-９]{4}[—-])?[0-9０-９]{4}年|[“]十[三四五六七]五[”](?:时期|期间|以来|末)?[，,]?|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|[一二三四五六七八九十]{1,3}是要?|[①-⑳]|[0-9]{1,2}[．、.])`)

// leadingVerbs returns the length of the verbs that s begins with: one or more,
// joined directly or by 和, 、 or 并.
func leadingVerbs(s []rune) int {
	n := 0
	for n < len(s) {
		k := verbs.Prefix(s[n:])
		if k == 0 || nounHeads.Prefix(s[n:]) >= k {
			break
		}
		n += k
		if n < len(s) && strings.ContainsRune("和、并及", s[n]) {
			if k := verbs.Prefix(s[n+1:]); k > 0 && nounHeads.Prefix(s[n+1:]) < k {
				n++
			}
		}
	}
	return n
}

// removeInner drops words from inside a name that say nothing of what it is.
func removeInner(s string) string {
	if loc := forYears.FindStringIndex(s); loc != nil && loc[0] > 0 && loc[1] < len(s) {
		s = s[:loc[0]] + s[loc[1]:]
	}
	for _, w := range []string{"累计", "全年", "今年", "年内", "预计", "同比", "仍"} {
		if i := strings.Index(s, w); i >= 0 && strings.Count(s[:i], "“") == strings.Count(s[:i], "”") {
			s = s[:i] + s[i+len(w):]
		}
	}
	return s
}

// forYears says how long something has been so: 棉花产量连续4年占全国.
var forYears = regexp.MustCompile(`(?:已)?连续(?:[0-9]+|[一二两三四五六七八九十]+)(?:多)?年(?:保持|稳居|位居|居)?`)

// attributeOnly reports whether s names only a side of something: 增加值增幅,
// 占比, 占规上工业比重.
func attributeOnly(s []rune) bool {
	if len(s) == 0 {
		return false
	}
	if s[0] == '占' || s[0] == '对' && (strings.HasSuffix(string(s), "贡献率") || strings.HasSuffix(string(s), "比重")) {
		return true
	}
	if n := bareNouns.Prefix(s); n > 0 {
		rest := s[n:]
		return len(rest) == 0 || rest[0] == '占' || bareRates.Has(string(rest)) || bareNouns.Has(string(rest))
	}
	if comparedWithOnly(s) {
		return true
	}
	if n := bareRates.Prefix(s); n > 0 && n < len(s) && comparedAt.MatchString(string(s[n:min(len(s), n+comparedMax)])) {
		return true // 增速高于全省
	}
	return bareRates.Has(string(s))
}

// comparedWithOnly: 高出全省平均水平 names no subject.
func comparedWithOnly(s []rune) bool {
	loc := comparedAt.FindStringIndex(string(s[:min(len(s), comparedMax)]))
	return loc != nil && loc[1] > len("比")
}

// comparedMax is the most characters that comparedAt matches.
const comparedMax = 4

var comparedAt = regexp.MustCompile(`^(?:分别)?(?:高于|低于|快于|慢于|高出|优于|超出|领先|比|较)`)

// shorten brings a name near maxIndicator without losing what it names.
func shorten(s string) string {
	if n := len([]rune(s)); n <= maxIndicator {
		return s
	}
	rs := []rune(s)
	v := leadingVerbs(rs)
	items := enumeration(string(rs[v:]), false)
	if len(items) > 1 {
		// A long list keeps its ends.
		short := string(rs[:v]) + items[0] + "、…、" + items[len(items)-1]
		if len(items) == 2 {
			short = string(rs[:v]) + items[1]
		}
		if len([]rune(short)) < len(rs) {
			return short
		}
	}
	return s
}

// dropList shortens 举办A、B、C等活动 to 举办A等活动, and 开工A、B等重点桥梁 to
// 开工重点桥梁.
func dropList(s string) string {
	rs := []rune(s)
	at := -1
	var open zh.Nesting
	for i, c := range rs {
		open.Read(c)
		switch c {
		case '等':
			if open == 0 && i > 0 && i+1 < len(rs) && rs[i+1] != '级' && rs[i-1] != '高' && rs[i-1] != '中' && rs[i-1] != '平' && rs[i+1] != '待' {
				at = i
			}
		}
	}
	if at < 0 {
		return s
	}
	v := leadingVerbs(rs)
	tail := string(rs[at+1:])
	items := enumeration(string(rs[v:at]), false)
	switch {
	case len(items) < 2 && len(rs) <= maxIndicator:
		return s
	case genericNouns.Has(tail) && len(rs) <= maxIndicator:
		return s
	case genericNouns.Has(tail) && len(items) > 0:
		return string(rs[:v]) + items[0] + "等" + tail
	case leadingVerbs(rs[at+1:]) > 0 || attributeOnly(rs[at+1:]):
		return s
	}
	return string(rs[:v]) + tail
}

// nounAfter returns the noun that a value counts, from what stands behind it, and
// how much of right it takes.
func nounAfter(right []rune) (string, int) {
	s := right
	off := 0
	for len(s) > 0 && (s[0] == '的' || s[0] == ' ' || s[0] == '多') {
		s, off = s[1:], off+1
	}
	if len(s) > 1 && s[0] == '等' {
		s, off = s[1:], off+1
	}
	if len(s) > 0 && (s[0] == '（' || s[0] == '(') {
		return "", 0 // 2300元（2010年不变价）
	}
	var open zh.Nesting
	cut := len(s)
	for i, c := range s {
		open.Read(c)
		switch c {
		case '、':
			if open == 0 && (i == 0 || leadingVerbs(s[i+1:]) > 0 || i > 20 || countless.Prefix(s[i+1:]) > 0) {
				cut = i
			}
		case '和', '及':
			if open == 0 && (strings.HasPrefix(string(s[i+1:]), "一批") || leadingVerbs(s[i+1:]) > 1 && i > 4 && verbPhrase(s[i+1:])) {
				cut = i
			}
		case '并':
			if open == 0 && i > 1 && leadingVerbs(s[i+1:]) > 0 {
				cut = i
			}
		}
		if cut < len(s) {
			break
		}
	}
	s = s[:cut]
	if pos, _ := sloganVerbs.Index(s, 2); pos > 0 {
		return string(s[:pos]), off + pos // 9个工坊擦亮名片
	}
	if pos, n := midAdverb(s); pos > 0 {
		after := s[pos+n:]
		for k := midAdverbs.Prefix(after); k > 0; k = midAdverbs.Prefix(after) {
			after = after[k:]
		}
		name := slices.Clone(s[:pos])
		if resultVerbs.Prefix(after) > 0 && len(name)+len(after) <= 24 {
			name = append(name, after...)
		}
		return string(name), off + cut
	}
	return string(s), off + cut
}

// countless words open a member of a list that is not counted: 数十项成果.
var countless = zh.List("一批", "若干", "数十", "数百", "数千", "多个", "多项", "等")

// midAdverb finds the first adverb inside s that is not part of a word (均衡).
func midAdverb(s []rune) (pos, n int) {
	for from := 1; ; from = pos + 1 {
		pos, n = midAdverbs.Index(s, from)
		if pos < 0 || notAdverb.Prefix(s[pos:]) <= n && (n > 1 || wordTail.Suffix(s[:pos+n]) <= n) {
			return pos, n
		}
	}
}

// notAdverb are words that begin like an adverb.
var notAdverb = lists.List("notAdverb")

// verbPhrase reports whether s reads as a verb with its object.
func verbPhrase(s []rune) bool { n := leadingVerbs(s); return n > 0 && n < len(s) }

// topicOf returns what a clause without a quantity is about: 园区加快建设 → 园区. It
// is empty where the clause begins with a verb, for then its subject is the
// government.
func topicOf(s []rune) string {
	if len(s) > 0 && strings.ContainsRune("从在以对由按为把将经向与围有", s[0]) && leadKeep.Prefix(s) == 0 {
		return ""
	}
	s = trimLead(s)
	if len(s) > 40 {
		s = s[:40]
	}
	if leadingVerbs(s) > 0 {
		return ""
	}
	end, _ := topicTails.Index(s, 2)
	if end < 0 {
		return ""
	}
	t := s[:end]
	for {
		n := topicNouns.Suffix(t)
		if n == 0 || len(t)-n < 2 {
			break
		}
		t = t[:len(t)-n]
	}
	if len(t) < 2 || len(t) > 24 || strings.ContainsAny(string(t), "，。") {
		return ""
	}
	return string(t)
}

// topicNouns end a topic without belonging to its name: 民间投资活力.
var topicNouns = lists.List("topicNouns")

// institutionIn returns the name in s, from its start, of a body that acts by
// itself (园区, 机场), or "".
func institutionIn(s []rune) string {
	s = trimLead(s)
	s = s[leadingVerbs(s):]
	for i := range s {
		if strings.ContainsRune("，。、：；“", s[i]) {
			return ""
		}
		if n := institutions.Prefix(s[i:]); n > 0 && i >= 2 {
			for j := i + 1; j < i+n+1; j++ {
				// 示范园区 before 园: take the longest that ends furthest.
				if k := institutions.Prefix(s[j:]); k > 0 && j+k > i+n {
					i, n = j, k
				}
			}
			return string(s[:i+n])
		}
	}
	return ""
}
