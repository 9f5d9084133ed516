package library

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jinwen/corpus/concept"
	"jinwen/corpus/place"
	"jinwen/corpus/zh"
)

// Which places a question is about. A name alone does not make one its scope:
// 京津冀协同发展 is a subject of Tianjin's report, 去北京的高铁 a direction, 国家级
// a word. So a name counts as the scope
//
//   - if a year, a question's own word (的, 今年, 定, 有), a report or an
//     indicator follows, or it stands in a list or a comparison of places;
//   - else only if the report of the home place does not name it.
//
// It never counts if, with what follows, it is a name that the home place's
// report prints, or one that groups.txt lists as such.

var (
	// placeFollows is what may stand behind a place that is the scope.
	placeFollows = lists.Pattern(`^(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区)?(?:<behindPlace>|(?:20|19)?[0-9]{2}|[、,，])`)
	// placeLeads is what may stand before it.
	placeLeads = lists.Pattern(`(?:<beforePlace>|^|[、,，])$`)
	// yearLeads is a year, and nothing but years, before it: 今年北京打通几条.
	yearLeads = lists.Pattern(`(?:^|[,，;；。?？])(?:请问|那么|那|我?想知道|想问)?(?:<yearParts>|(?:20|19)?[0-9]{2}年?|[近这][几两三四五]年|[两三四五六七八九十]年|[-~、])+$`)
	listMarks = regexp.MustCompile(`^(?:省|市)?(?:和|跟|与|、|,|，|还是|或者?|vs|比|同|及|以及|对)?$`)
)

// nicks are one-character names of provinces that are few other words.
const nicks = "京沪津渝冀豫鲁皖闽赣鄂湘粤桂琼滇黔陇晋苏浙"

// readPlaces finds the places that the question is about.
func (r *request) readPlaces(c *catalog, home string) {
	for _, s := range r.scopesOf() {
		follow := r.text[s.end:]
		if s.place.Level != place.Nation && len(s.names) == 1 && home != "" && printed(home, s.word, follow) {
			continue
		}
		if direction.MatchString(r.text[:s.start]) {
			continue // 去北京的高铁
		}
		led := placeLeads.MatchString(r.text[:s.start]) || yearLeads.MatchString(r.text[:s.start])
		if s.bare && !led {
			continue
		}
		s.strong = s.strong || led || placeFollows.MatchString(follow) || follow == "" || namesFirst(follow)
		r.scopes = append(r.scopes, s)
	}
	r.joinLists()
	for _, w := range r.cues[cueHome] {
		if i := strings.Index(r.text, w); i >= 0 && len(r.scopes) > 0 {
			r.scopes = append([]scope{{names: []string{c.home}, word: w, start: i, end: i + len(w), strong: true}}, r.scopes...)
			break
		}
	}
	strong := slices.ContainsFunc(r.scopes, func(s scope) bool { return s.strong })
	own, known := place.Lookup(c.home)
	for _, s := range r.scopes {
		switch {
		case !s.strong && (strong || strings.Contains(home, s.word)): // a topic, or a direction
		case known && s.place.Level == place.County && place.Within(s.place, own): // its report tells of it
		default:
			for _, name := range s.names {
				r.add(c, name, s.place)
			}
		}
	}
	if !r.manyAsked() && len(r.absent) == 0 && len(r.places) == 1 && r.places[0] != c.home && againstHome.MatchString(r.text) && strings.Contains(r.text, "比"+r.scopes[len(r.scopes)-1].word) {
		r.places = append([]string{c.home}, r.places...)
	}
	r.readEvery()
	if len(r.places)+len(r.absent) == 0 && r.q.Follows {
		for _, name := range r.q.Places {
			if p, ok := place.Lookup(name); ok {
				r.add(c, p.Short, p)
			}
		}
	}
}

// add adds a place to those that r is about: to those of which there are
// reports, or to the others.
func (r *request) add(c *catalog, name string, p place.Place) {
	if name == place.China.Short {
		name = nationPlace
	}
	switch {
	case slices.Contains(r.places, name):
		return
	case len(c.byPlace[name]) > 0:
		r.places = append(r.places, name)
		return
	case p.Name == "":
		p, _ = place.Lookup(name)
	}
	if p.Name != "" && !slices.ContainsFunc(r.absent, func(x place.Place) bool { return x.Name == p.Name }) {
		r.absent = append(r.absent, p)
	}
}

// readEvery finds out whether all places are meant.
func (r *request) readEvery() {
	r.every = r.manyAsked()
	r.level = place.Province
	if r.has(cueCity) {
		r.level = place.Prefecture
	}
	switch {
	case !r.every || len(r.places) == 0:
	case len(r.places) == 1 && r.places[0] == nationPlace: // 全国哪些省
		r.places = nil
	case len(r.places) == 1 && r.thanPlace():
		r.than, r.places = r.places[0], nil
	default: // 京津冀哪个省最高
		r.every = false
	}
}

// manyAsked reports whether a word says that places are asked for.
func (r *request) manyAsked() bool {
	return r.has(cueEvery) || r.has(cueCity) || everyWord.MatchString(r.text)
}

// above is how something compares with the place before it: 比北京(高)的省.
var above = regexp.MustCompile(`^(?:省|市)?(?:的|还|更|要|都|定得|定的)*(高|多|快|大|低|少|慢|小)`)

// thanPlace reports whether those are asked for that are above or below the
// place that is named, and notes which.
func (r *request) thanPlace() bool {
	for _, s := range r.scopes {
		if m := above.FindStringSubmatch(r.text[s.end:]); m != nil && strings.HasSuffix(r.text[:s.start], "比") {
			if r.order.Rise = 1; strings.Contains("低少慢小", m[1]) {
				r.order.Rise = -1
			}
			return true
		}
	}
	return false
}

// everyWord is a word for places that the question is after: 目标最少的省是哪个.
var everyWord = regexp.MustCompile(`(?:的|(?:最\p{Han}{1,2}|垫底|倒数|领先|靠[前后])的?[两三四五六七八九十0-9]{1,2}个|名|位|多|前[一二两三四五六七八九十0-9]{1,2}个?|top[0-9]+)(?:省|省份|省区市|地区|地方)(?:[是有都呢,，]|分别|各|哪|前|排|$|[？?])`)

// againstHome tells that the place is compared with the home place, which is
// not named: 比重庆高吗.
var againstHome = regexp.MustCompile(`比\p{Han}{2,4}(?:的|省|市)?.{0,10}?(?:高|低|多|少|快|慢|大|小)`)

// direction matches what makes a place a direction, or where something comes from.
var direction = regexp.MustCompile(`(?:去|到|往|赴|飞|通往|直达|来自|从)$`)

// namesFirst reports whether s begins with an indicator: 全国城镇新增就业.
func namesFirst(s string) bool {
	m := concept.Find(strings.TrimPrefix(s, "的"))
	return len(m) > 0 && m[0].Start == 0
}

// printed reports whether word and what follows it is a name that text prints.
func printed(text, word, follow string) bool {
	next := []rune(follow)
	if len(next) < 2 || !zh.IsHan(next[0]) || !zh.IsHan(next[1]) {
		return false
	}
	return !placeFollows.MatchString(follow) && strings.Contains(text, word+string(next[:2]))
}

// joinLists makes places strong that stand in a list with a strong one:
// 四川和重庆.
func (r *request) joinLists() {
	for i := 1; i < len(r.scopes); i++ {
		a, b := &r.scopes[i-1], &r.scopes[i]
		if a.end > b.start { // of one run: 苏皖鲁
			continue
		}
		if listMarks.MatchString(r.text[a.end:b.start]) && (a.strong || b.strong) {
			a.strong, b.strong = true, true
		}
	}
}

// scopesOf finds every name of a place and of a group in the text.
func (r *request) scopesOf() []scope {
	v := words()
	text := r.text
	var out []scope
	taken := 0
	at := make(map[int]place.Match)
	for _, m := range place.Find(text) {
		at[m.Start] = m
	}
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRuneInString(text[i:])
		if i < taken {
			i += size
			continue
		}
		members, n := v.groups.Longest([]rune(text[i:]))
		group := len(string([]rune(text[i:])[:n]))
		m, named := at[i]
		switch {
		case n > 0 && (!named || group >= m.End-m.Start):
			taken = i + group
			if len(members) > 0 {
				s := groupScope(text, i, taken, members)
				out, taken = append(out, s), s.end
			}
		case named:
			taken = m.End
			out = append(out, scope{names: []string{m.Short}, word: text[m.Start:m.End], start: m.Start, end: m.End, place: m.Place})
		case runOfTwo(text[i:]):
			// 皖赣鄂今年, 江浙沪皖: abbreviations in a row are a list.
			taken = i + shortRun(text[i:])
			for _, c := range text[i:taken] {
				if p, ok := place.Lookup(string(c)); ok {
					out = append(out, scope{names: []string{p.Short}, word: string(c), start: i, end: taken, place: p, strong: true})
				}
			}
		case strings.Contains(nicks, text[i:i+size]):
			// 粤今年GDP, 比沪高: a single character needs more around it.
			rest := text[i+size:]
			if p, ok := place.Lookup(text[i : i+size]); ok && nickFollows.MatchString(rest) && nickLeads.MatchString(text[:i]) {
				out = append(out, scope{names: []string{p.Short}, word: text[i : i+size], start: i, end: i + size, place: p, strong: true})
				taken = i + size
			}
		}
		i += size
	}
	return out
}

// groupScope returns the group of members that text[start:end] names, with the
// abbreviations that go on with it.
func groupScope(text string, start, end int, members []string) scope {
	s := scope{names: members, word: text[start:end], start: start, end: end, strong: len(members) > 1 || zh.IsLatinText(text[start:end])}
	if members[0] == nationPlace {
		s.place = place.China
	} else {
		s.bare = !s.strong // 首都
	}
	if n := shortRun(text[end:]); n > 0 && len(members) > 1 { // 江浙沪皖
		s.names = slices.Clone(members)
		for _, c := range text[end : end+n] {
			if p, ok := place.Lookup(string(c)); ok && !slices.Contains(s.names, p.Short) {
				s.names = append(s.names, p.Short)
			}
		}
		s.end += n
		s.word = text[start:s.end]
	}
	return s
}

// runOfTwo reports whether s begins with abbreviations of two provinces or more.
func runOfTwo(s string) bool { return shortRun(s) > len("京") }

// abbreviations are the one-character names of all provinces.
const abbreviations = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新"

// shortRun returns the length in bytes of the abbreviations that s begins with, if
// what follows them shows that they are places; one alone counts only behind
// others.
func shortRun(s string) int {
	n, count := 0, 0
	for _, c := range s {
		if !strings.ContainsRune(abbreviations, c) {
			break
		}
		n += utf8.RuneLen(c)
		count++
	}
	if count == 0 || !nickFollows.MatchString(s[n:]) || count == 1 && !strings.Contains(nicks, s[:n]) {
		return 0
	}
	return n
}

var (
	nickFollows = lists.Pattern(`^(?:省|市)?(?:<behindNick>|(?:20)?[0-9]{2}年|、)`)
	nickLeads   = regexp.MustCompile(`(?:^|请问|那|比|和|跟|与|、)$`)
)
