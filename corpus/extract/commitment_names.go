package extract

import (
	"strings"
	"unicode/utf8"

	"jinwen/corpus/zh"
)

// Places and organisations are found by form: a clause is cut where a name
// cannot go on (、 和 等, a verb), and a piece that ends as such names do is one,
// in the report's own words: 蓟州下营镇, 第三中心医院. Only the short names of
// central companies are looked up (companies).

// namesIn returns the places and organisations that a clause names, in order.
func namesIn(text string) (places, organisations []string) {
	pieces := namePieces(text)
	var pending []string // names of a list whose last member tells what they are
	between := false     // those names follow a place in that list
	for _, p := range pieces {
		if place := placeIn(p.text); place != "" {
			if between {
				places = append(places, pending...) // 甲路、乙里、丙路等: so is the one between
				pending = nil
			}
			places = append(places, place)
			between = p.listed
		}
		org := organisationIn(p.text)
		if org == "" {
			if org = zh.PrefixOf(p.text, companies); org != "" {
				pending = nil // 空港三线、中石化渤海勘探: two projects
			}
		}
		switch {
		case org != "":
			organisations = append(append(organisations, pending...), org)
			pending = nil
		case p.listed && shortName(p.text) && placeIn(p.text) == "":
			pending = append(pending, p.text)
			continue
		}
		pending = nil
		between = between && p.listed
	}
	return places, organisations
}

// A namePiece is a stretch of a clause that may be a name.
type namePiece struct {
	text   string
	listed bool // 、 follows it
}

func namePieces(text string) []namePiece {
	_, rest := cutManners(cutSubject(text))
	for _, verbs := range [][]string{undertakings, advances, amounts} {
		rest = rest[len(zh.PrefixOf(rest, verbs)):]
	}
	_, rest = cutManners(rest)
	rest = rest[len(zh.PrefixOf(rest, undertakings)):]
	var out []namePiece
	start := 0
	for i := 0; i < len(rest); {
		b := zh.PrefixOf(rest[i:], nameBreaks)
		if b == "" || b == "和" && strings.HasSuffix(rest[:i], "协") {
			_, w := utf8.DecodeRuneInString(rest[i:])
			i += w
			continue
		}
		if i > start {
			out = append(out, namePiece{rest[start:i], b == "、"})
		}
		i += len(b)
		start = i
	}
	if start < len(rest) {
		out = append(out, namePiece{rest[start:], false})
	}
	return out
}

// placeIn returns the place that s starts with, or "".
func placeIn(s string) string {
	for i := range s {
		end := zh.PrefixOf(s[i:], placeNameEnds)
		if end == "" {
			continue
		}
		name := s[:i+len(end)]
		if zh.PrefixOf(s[len(name):], []string{"域", "内", "间", "块", "位", "级", "划", "域内"}) != "" {
			continue // 区域, 镇域: no name ends here
		}
		if n := utf8.RuneCountInString(name); n < 3 || n > 12 || !nameLike(name) || zh.SuffixOf(name, notPlaces) != "" && !strings.HasSuffix(name, "片区") {
			continue
		}
		if zh.SuffixOf(name, []string{"特色片区", "示范片区"}) != "" && utf8.RuneCountInString(name) < 6 {
			continue
		}
		return name
	}
	return ""
}

// organisationIn returns the longest start of s that names an organisation, or "".
func organisationIn(s string) string {
	for i := len(s); i > 0; {
		if end := zh.SuffixOf(s[:i], organisationEnds); end != "" && utf8.RuneCountInString(s[:i]) >= 4 && nameLike(s[:i]) && !strings.HasPrefix(s[i:], "群") {
			for _, n := range notOrganisations {
				if s[:i] == n {
					return ""
				}
			}
			if zh.PrefixOf(s[:i], []string{"全国重点", "国家级", "一批", "各类", "各级", "区级", "市级", "乡镇"}) == "" {
				return s[:i]
			}
		}
		_, w := utf8.DecodeLastRuneInString(s[:i])
		i -= w
	}
	return ""
}

// nameLike reports whether s has the characters of a name: Chinese, letters,
// quotation marks in pairs, no digit (12个示范片区 is a count).
func nameLike(s string) bool {
	for _, c := range s {
		if !zh.IsHan(c) && !strings.ContainsRune("“”（）·—", c) && (c < 'A' || c > 'z') {
			return false
		}
	}
	return strings.Count(s, "“") == strings.Count(s, "”") && strings.Count(s, "（") == strings.Count(s, "）")
}

// shortName reports whether s may be a company's short name beside others
// that say what they are: 中科曙光、天津超算中心.
func shortName(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 6 && nameLike(s) && zh.SuffixOf(s, nameEnds) == "" && zh.SuffixOf(s, vague) == ""
}

// actorOf returns the district that a clause gives its task to (某某区要…), or "".
func actorOf(s string) string {
	rest := cutSubject(s)
	if rest == s {
		return ""
	}
	subject := strings.TrimSuffix(s[:len(s)-len(rest)], "要")
	if placeIn(subject) == subject {
		return subject
	}
	return ""
}
