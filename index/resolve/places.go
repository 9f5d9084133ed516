package resolve

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"jinwen/corpus"
	"jinwen/corpus/place"
	"jinwen/corpus/zh"
	"jinwen/index/question"
)

// readPlace finds a place other than the report's own that the question is
// about: one that the report never names, one at the head of the question, or,
// where a number is asked for, one anywhere. One that is the way or the partner
// to something (去北京, 和北京一起) is none, unless it is compared with. number
// is wantsNumber's.
func (r *reader) readPlace(q *Question, folded string, tokens []token, number bool) {
	subject, own, head := "", false, true
	clauses := question.Clauses(folded)
	asks := slices.ContainsFunc(clauses, func(c question.Clause) bool { return c.Asks })
	comparing := func() bool { return withPlace.MatchString(folded) }
	for i, t := range tokens {
		if t.stop {
			continue
		}
		opens := head
		head = false
		place, ok := r.place(t)
		if !ok {
			place, ok = r.placeAcross(tokens, i)
		}
		if !ok {
			place, ok = r.nation(q, tokens, i)
		}
		if r.ownName(t) || r.own[place] {
			own = true
			continue
		}
		if !ok || (abroad[place] || nations[place]) && !number || r.lies(place) {
			continue
		}
		if asks && !slices.ContainsFunc(clauses, func(c question.Clause) bool { return c.Asks && t.start >= c.Start && t.start < c.End }) {
			continue // 老家在商丘，… is where the asker comes from
		}
		before := ""
		if i > 0 {
			before = tokens[i-1].text
		}
		switch {
		case leadsPlace[before], besidePlace[before] && !comparing():
			continue
		case i+1 < len(tokens) && routes[tokens[i+1].text] && tokens[i+1].start == t.start+len([]rune(t.text)):
			continue // 重庆到昆明 is a way
		case i+1 < len(tokens) && !tokens[i+1].stop && r.text.Has([]rune(t.text+tokens[i+1].text)):
			continue // 北京协和医院 names an institution, 北京今年 a place
		case number, opens, ofPlace[before], !r.text.HasWord([]rune(place)):
			subject = place // of 河北省唐山市 the last
		}
	}
	if subject != "" && (!own || comparing()) {
		q.Place = subject
	}
}

// wantsNumber reports whether q asks for a number, or names two things at most:
// GDP 北京.
func (r *reader) wantsNumber(q *Question, tokens []token) bool {
	if q.Ask == question.Number || q.Ask == question.Compare || q.Measure != "" || q.Level {
		return true
	}
	named := 0
	for _, t := range tokens {
		if !t.stop && !functional(t) {
			named++
		}
	}
	return q.Open() && named <= 2
}

// ofPlace are the English words before a place that a question is about.
var ofPlace = zh.Set("of in for does did is has was")

// withPlace tells that two places are compared.
var withPlace = regexp.MustCompile(`相比|对比|比较|比\p{Han}{2,5}.{0,12}[高低多少快慢大小强好差]|[跟和与]\p{Han}{2,5}.{0,12}(?:谁|哪个|差[多几]|一样|怎么?样)|\bcompared\b|\bversus\b|\bvs\b`)

// leadsPlace are the words before a place that is a direction, besidePlace
// those before a partner.
var (
	leadsPlace  = zh.Set("去 到 往 从 向 对 给 来 至 于 to from with between")
	besidePlace = zh.Set("跟 和 与 同 and")
	routes      = zh.Set("到 至 往 去 飞 直达")
)

// nations are the wider places by whose numbers people measure their own.
var nations = zh.Set("全国 我国 中国 全球 世界 全世界")

// abroad are countries and cities that people compare with.
var abroad = lists.Set("abroad")

// nation finds a nation whose number is asked for: 全国GDP增长多少. A report
// that prints the two together (全国重点实验室) means something of its own by it.
func (r *reader) nation(q *Question, tokens []token, i int) (string, bool) {
	name := tokens[i].text
	if m := tokens[i].means.Terms(); zh.IsLatinText(name) && len(m) == 1 {
		name = m[0]
	}
	if !nations[name] || r.own[name] || q.Measure == corpus.MeasureRank || q.Ask == question.List || i+1 >= len(tokens) {
		return "", false
	}
	if i > 0 && !tokens[i-1].stop {
		return "", false // 高于全国平均水平, 占全国比重
	}
	next := tokens[i+1]
	if next.text == "的" && i+2 < len(tokens) {
		next = tokens[i+2]
	}
	if next.stop || kindWords[next.text] || strings.HasPrefix(next.text, "平均") || r.text.Has([]rune(name+next.text)) {
		return "", false
	}
	for _, m := range next.means.Terms() {
		if r.text.Has([]rune(name + m)) {
			return "", false
		}
	}
	return name, next.lex || r.text.Has([]rune(next.text))
}

// placeAcross finds a place that gojieba cut in two (上|海港), or that begins
// a longer name.
func (r *reader) placeAcross(tokens []token, i int) (string, bool) {
	if tokens[i].lex || !zh.IsHan(zh.FirstRune(tokens[i].text)) || r.text.Has([]rune(tokens[i].text)) {
		return "", false
	}
	if inCity.MatchString(tokens[i].text) || i+1 < len(tokens) && inCity.MatchString(tokens[i].text+tokens[i+1].text) {
		return "", false // 河北区 is in Tianjin, not in 河北
	}
	text, least := []rune(tokens[i].text), len([]rune(tokens[i].text))
	if tokens[i].tag == "ns" && least > 2 {
		least = 1 // 上海港 is one word
	} else if i+1 < len(tokens) {
		text = append(text, []rune(tokens[i+1].text)...)
	}
	for n := min(len(text), 5); n > least; n-- {
		if name := string(text[:n]); gazetteer()[name] {
			return name, true
		}
	}
	return "", false
}

// place returns the gazetteer's name for a token.
func (r *reader) place(t token) (string, bool) {
	name := t.text
	if m := t.means.First(); t.lex && (zh.IsLatinText(t.text) || gazetteer()[m]) {
		name = m // a name in English, or one by which people call it: 魔都
	}
	for _, n := range []string{name, strings.TrimSuffix(strings.TrimSuffix(name, "市"), "省")} {
		if gazetteer()[n] || abroad[n] {
			return n, true
		}
	}
	return "", false
}

var (
	// inCity is the name of a district.
	inCity = regexp.MustCompile(`^\p{Han}{2}区$`)
	// below is the name of a district, county or town: of a part of a place.
	below = regexp.MustCompile(`^\p{Han}{1,4}(?:新区|区|县|旗|镇|乡|街道)$`)
)

// isPlace reports whether t names a place: by the dictionary, the gazetteer, or
// the report, which calls it a city or a county.
func (r *reader) isPlace(t token) bool {
	if _, ok := r.place(t); ok || t.tag == "ns" {
		return true
	}
	if n := len([]rune(t.text)); t.lex || n < 2 || n > 3 {
		return false
	}
	for _, kind := range []string{"市", "县", "州"} {
		if r.text.Has([]rune(t.text + kind)) {
			return true
		}
	}
	return false
}

// ownName reports whether t names the report's own place.
func (r *reader) ownName(t token) bool {
	return r.own[strings.TrimSuffix(t.text, "地区")] || zh.IsLatinText(t.text) && r.own[t.means.First()]
}

// gazetteer is the set of the short names that stand for a place in running
// text.
var gazetteer = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, p := range place.All() {
		if p.Level == place.County && !strings.HasSuffix(p.Name, "市") {
			continue
		}
		if name := place.Plain(p.Name); len(place.Find(name)) == 1 {
			m[name] = true
		}
	}
	return m
})

// lies reports whether a place lies in the one that reports: then it is a part
// of it, of which the report may say something.
func (r *reader) lies(name string) bool {
	own, ok := place.Lookup(r.report.Place)
	if !ok || own.Level == place.Nation {
		return false
	}
	_, ok = place.LookupIn(name, own)
	return ok
}

// englishPlaces are provinces, each with a word of its English name.
var englishPlaces = lists["english-places"]

// OwnNames returns the names by which a question may call the report's own place.
func OwnNames(r *corpus.Report) map[string]bool {
	own := map[string]bool{}
	if r.Place == "" {
		return own
	}
	own[zh.Fold(r.Place)] = true
	if r.Short != "" {
		own[zh.Fold(r.Short)] = true
	}
	if p, ok := place.Lookup(r.Place); ok && p.Level != place.Nation {
		own[zh.Fold(p.Short)] = true
	}
	switch {
	case r.Place == "国务院":
		own["全国"], own["我国"], own["中国"] = true, true, true
	case strings.HasSuffix(r.Place, "省"):
		own["全省"], own["省里"], own["省上"], own["咱省"] = true, true, true, true
	case strings.HasSuffix(r.Place, "自治区"):
		own["全区"], own["区里"], own["自治区"], own["咱区"] = true, true, true, true
	case strings.HasSuffix(r.Place, "市"):
		own["全市"], own["市里"], own["咱市"] = true, true, true
	}
	for _, suffix := range []string{"自治区", "自治州", "省", "市", "区", "县"} {
		if short, ok := strings.CutSuffix(r.Place, suffix); ok && len([]rune(short)) >= 2 {
			own[zh.Fold(short)] = true
			break
		}
	}
	for _, pair := range englishPlaces {
		if name, english, _ := strings.Cut(pair, "/"); own[name] {
			own[english] = true
		}
	}
	return own
}

// IsDistrict reports whether name is a district, county or city by the
// gazetteer or by its form.
func IsDistrict(name string) bool {
	p, ok := place.Lookup(name)
	return ok && (p.Level == place.County || p.Level == place.Prefecture)
}

// DistrictForm reports whether name has the form of a district's, county's or
// town's.
func DistrictForm(name string) bool { return district.MatchString(name) }

// IsNation reports whether name is a nation or the world.
func IsNation(name string) bool { return nations[name] }

// NamesCountry reports whether text names a country or a city abroad.
func NamesCountry(text string) bool {
	for name := range abroad {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}

// NamesPlace reports whether text names a place besides those of own.
func NamesPlace(text string, own map[string]bool) bool {
	runes := []rune(text)
	for i := range runes {
		for n := 2; n <= 4 && i+n <= len(runes); n++ {
			if name := string(runes[i : i+n]); gazetteer()[name] && !own[name] {
				return true
			}
		}
	}
	return false
}
