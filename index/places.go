package index

import (
	"jinwen/corpus"
	"strings"
	"sync"
)

// readPlace finds a place other than the report's own that the question is
// about: one that the report never names, or one that stands as the subject
// at the head of the question (北京今年…, but not 去北京…).
func (r *reader) readPlace(q *Question, tokens []token) {
	subject, at := "", -1
	head := true
	for i, t := range tokens {
		if r.ownName(t) {
			return // what concerns the own place too is answered from its report
		}
		if t.stop {
			continue
		}
		place, ok := r.place(t)
		if !ok {
			place, ok = r.placeAcross(tokens, i)
		}
		if ok {
			absent := !r.text.hasWord([]rune(place))
			switch {
			case subject != "" || i > 0 && leadsPlace[tokens[i-1].text]:
				return // several places, or the way to one: 去上海
			case absent || head || i > 0 && ofPlace[tokens[i-1].text]:
				subject, at = place, i
			}
		}
		head = false
	}
	// 北京协和医院 names an institution, 北京今年 a place.
	if subject != "" {
		if next := at + 1; next < len(tokens) && !tokens[next].stop && r.text.has([]rune(tokens[at].text+tokens[next].text)) {
			return
		}
		q.Place = subject
	}
}

// ofPlace are the English words before a place that a question is about.
var ofPlace = wordSet("of in for does did is has was")

// leadsPlace are the words before a place that is a direction or a partner.
var leadsPlace = wordSet("去 到 往 在 跟 和 与 同 从 向 对 给 来 至 于 to from with between and")

// placeAcross finds a place that gojieba cut in two (上|海港), or that begins
// a longer name.
func (r *reader) placeAcross(tokens []token, i int) (string, bool) {
	if tokens[i].lex || !isHan(first(tokens[i].text)) || r.text.has([]rune(tokens[i].text)) {
		return "", false
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
	if t.lex && isLatinText(t.text) {
		name = t.means.first()
	}
	for _, n := range []string{name, strings.TrimSuffix(strings.TrimSuffix(name, "市"), "省")} {
		if gazetteer()[n] {
			return n, true
		}
	}
	return "", false
}

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
		if r.text.has([]rune(t.text + kind)) {
			return true
		}
	}
	return false
}

// ownName reports whether t names the report's own place.
func (r *reader) ownName(t token) bool {
	return r.own[t.text] || isLatinText(t.text) && r.own[t.means.first()]
}

// gazetteer is the set of the names in corpus.Places.
var gazetteer = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, p := range corpus.Places() {
		m[p.Name] = true
	}
	return m
})

// ownNames are the names by which a question may call the report's own place.
func ownNames(r *corpus.Report) map[string]bool {
	own := map[string]bool{}
	if r.Place == "" {
		return own
	}
	own[fold(r.Place)] = true
	for _, suffix := range []string{"自治区", "自治州", "省", "市", "区", "县"} {
		if short, ok := strings.CutSuffix(r.Place, suffix); ok && len([]rune(short)) >= 2 {
			own[fold(short)] = true
			break
		}
	}
	return own
}
