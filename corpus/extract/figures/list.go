package figures

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus/zh"
)

// subjects splits the list before 分别 into n members, each with what the list
// shares: 工业、服务业用电量分别 → 工业用电量, 服务业用电量.
func subjects(list string, n int) []string {
	items := splitInto(list, n)
	if items == nil || n < 2 {
		return nil
	}
	shareHead(items)
	if !shareKind(items) {
		shareTail(items)
	}
	return items
}

// splitInto splits a list into n members, or gives nil.
func splitInto(list string, n int) []string {
	for _, conj := range []bool{true, false} {
		if got := enumeration(list, conj); len(got) == n {
			return got
		}
	}
	// Some 和 join nouns: split at 、 and at the last 和 only.
	parts := enumeration(list, false)
	if len(parts) > 0 {
		last := enumeration(parts[len(parts)-1], true)
		if len(last) == 2 && len(parts)+1 == n {
			return append(parts[:len(parts)-1], last...)
		}
	}
	if n == 2 && len(parts) == 1 {
		return splitCompound(list)
	}
	return nil
}

// shareHead gives the other members what the first begins with for all: a
// denominator, a verb, the thing that two sides are told of.
func shareHead(items []string) {
	first := []rune(items[0])
	loc := perUnit.FindString(items[0])
	v := leadingVerbs(first)
	k := attributeNouns.Suffix(first)
	for i, it := range items[1:] {
		switch {
		case loc != "":
			items[i+1] = loc + strings.TrimPrefix(it, loc)
		case v > 0 && v < len(first) && leadingVerbs([]rune(it)) == 0:
			items[i+1] = string(first[:v]) + it // 新增小学、初中学位分别…
		case k > 0 && k < len(first) && attributeOnly([]rune(it)):
			items[i+1] = string(first[:len(first)-k]) + it // 茶叶产量、产值: whose value is said once
		}
	}
}

// shareKind ends members that say only a kind as the last one ends: 城市、农村
// 低保标准. It reports false for any other list.
func shareKind(items []string) bool {
	last := []rune(items[len(items)-1])
	others := items[:len(items)-1]
	k := kinds.Prefix(last)
	if k == 0 || k == len(last) || slices.ContainsFunc(others, func(s string) bool { return !kinds.Has(s) }) {
		return false
	}
	for i := range others {
		others[i] += string(last[k:])
	}
	return true
}

// shareTail ends the members as the last one ends, where that is a side or a
// rate that all have: 信息技术、装备产业产值.
func shareTail(items []string) {
	first, last := []rune(items[0]), []rune(items[len(items)-1])
	others := items[:len(items)-1]
	suffix := sharedSuffix(last)
	if suffix == "" {
		return
	}
	head := last[:len(last)-len([]rune(suffix))]
	if k := sharedHeads.Suffix(head); k > 0 && k < len(head) && !slices.ContainsFunc(others, func(s string) bool { return sharedHeads.Suffix([]rune(s)) > 0 }) {
		suffix = string(head[len(head)-k:]) + suffix // 产业 is shared too
	}
	if k := ownership.Prefix(first); k > 0 && rateNouns.Suffix(last) > 0 && attributeNouns.Suffix(first) > 0 {
		// 民营工业增加值、进出口额占比: what the rate is a part of
		for i := range items[1:] {
			if ownership.Prefix([]rune(items[i+1])) == 0 {
				items[i+1] = string(first[:k]) + items[i+1]
			}
		}
	}
	rate := string([]rune(suffix)[len([]rune(suffix))-rateNouns.Suffix([]rune(suffix)):])
	for i, s := range others {
		it := []rune(s)
		side := attributeNouns.Suffix(it) > 0 || strings.ContainsRune("量额率值数积比速幅价润费", it[len(it)-1])
		switch {
		case rateNouns.Suffix(it) > 0 || strings.HasSuffix(s, suffix):
		case side:
			others[i] += rate
		default:
			others[i] += suffix
		}
	}
}

// kinds are words that say only which of two a shared name means.
var kinds = lists.List("kinds")

// ownership says whose part of the economy a list of indicators is of.
var ownership = zh.List("国有", "外商投资", "外资", "民营", "非公有制", "非国有")

// sharedHeads may stand between the last member of a list and the attribute
// that all members share.
var sharedHeads = zh.List("建成区", "产业", "产业链", "企业", "居民", "工程", "经济", "行业", "项目", "领域")

// perUnit opens the first member of a list and holds for all.
var perUnit = regexp.MustCompile(`^单位(?:国内|地区)?(?:生产总值|GDP|工业增加值)`)

// splitCompound splits words that name two things at once: 城乡居民收入, 存贷款余额.
func splitCompound(s string) []string {
	if rest, ok := strings.CutPrefix(s, "城乡"); ok {
		if strings.HasPrefix(rest, "居民") || strings.HasPrefix(rest, "常住") {
			return []string{"城镇" + rest, "农村" + rest}
		}
		return []string{"城市" + rest, "农村" + rest}
	}
	if a, b, ok := strings.Cut(s, "存贷款"); ok {
		return []string{a + "存款" + b, a + "贷款" + b}
	}
	if a, b, ok := strings.Cut(s, "存、贷款"); ok {
		return []string{a + "存款" + b, a + "贷款" + b}
	}
	return nil
}

// sharedSuffix returns the attribute that ends the last member of a list.
func sharedSuffix(last []rune) string {
	if n := rateNouns.Suffix(last); n > 0 && n < len(last) {
		// 增加值增速: both
		if k := attributeNouns.Suffix(last[:len(last)-n]); k > 0 && k+n < len(last) {
			n += k
			return string(last[len(last)-n:])
		}
		return string(last[len(last)-n:])
	}
	if n := attributeNouns.Suffix(last); n > 0 && n < len(last) {
		return string(last[len(last)-n:])
	}
	return ""
}

// enumeration splits a list at 、 and, if conj, at 和 及 与 以及 too; marks in
// quotation marks and brackets do not count.
func enumeration(s string, conj bool) []string {
	var out []string
	var open zh.Nesting
	start := 0
	rs := []rune(s)
	add := func(end int) {
		if p := strings.TrimSpace(string(rs[start:end])); p != "" {
			out = append(out, p)
		}
	}
	for i, c := range rs {
		open.Read(c)
		switch c {
		case '、':
			if open == 0 {
				add(i)
				start = i + 1
			}
		case '和', '与', '及':
			if !conj || open > 0 || i == start || i+1 == len(rs) || compoundConj(rs, i) {
				continue
			}
			end := i
			if c == '及' && rs[i-1] == '以' {
				end--
			}
			add(end)
			start = i + 1
		}
	}
	add(len(rs))
	return out
}

// compoundConj reports whether the 和 or 及 at i is part of a word (和平区, 共和国, 普及率).
func compoundConj(rs []rune, i int) bool {
	at := func(k int) rune {
		if k < 0 || k >= len(rs) {
			return 0
		}
		return rs[k]
	}
	switch rs[i] {
	case '和':
		return at(i-1) == '共' || at(i-1) == '饱' || at(i+1) == '平' || at(i+1) == '谐' || at(i+1) == '美' || at(i-1) == '中' || at(i-1) == '缓'
	case '及':
		return at(i-1) == '普' || at(i-1) == '涉' || at(i-1) == '惠' || at(i+1) == '时' || at(i+1) == '其'
	case '与':
		return at(i-1) == '参' || at(i-1) == '给'
	}
	return false
}
