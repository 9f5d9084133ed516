package rank

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/resolve"
)

// ByKind returns the figure of the best passages that is of the very kind that
// the question asks for (its unit, or the measure word that it counts in) and
// whose clause is most like the question; nil if none leads. It answers where
// people ask in words that no list has, for a number that only one figure
// there can be.
func (h *Hits) ByKind(ranked []Scored, figures []ScoredFigure) []ScoredFigure {
	q, r := h.Question, h.Index.Report
	if q.Unit == "" && q.Counter == "" || q.Beyond != "" || len(ranked) == 0 {
		return nil
	}
	grams := gramsOf(q.Words)
	var best, next ScoredFigure
	for k, s := range ranked[:min(Used.KindPassages, len(ranked))] {
		if k > 0 && s.Score < Used.KindAsGood*ranked[0].Score || s.Coverage < Used.KindCoverage && at(h.meant, s.Passage) < Used.KindMeant {
			continue
		}
		p := r.Passages[s.Passage]
		if p.Zone == corpus.ZoneGlossary || h.LacksDistrict(s.Passage, p.Section) || h.lacksNamedPlace(s.Passage, p.Section) {
			continue
		}
		for _, f := range figures {
			x := r.Figures[f.Figure]
			if x.Passage != s.Passage || f.OtherYear || x.Nature == corpus.Background || !h.ofKind(x) || h.otherConcept(f.Figure) || h.Sibling(f.Figure) || x.Concept != "" && h.otherPeople(f.Figure) {
				continue
			}
			like := likeness(grams, zh.Fold(r.Quote(x.Clause)+x.Indicator))
			f.Score = Used.KindPassage*s.Score + like + h.nameShare(f.named)
			switch {
			case best.Score < f.Score:
				best, next = f, best
			case next.Score < f.Score:
				next = f
			}
		}
	}
	if best.Score == 0 || next.Score > 0 && best.Score < next.Score+Used.KindLead {
		return nil
	}
	best.Blocked, best.Enough = "", true
	return []ScoredFigure{best}
}

// ofKind reports whether f is counted in what the question asks for, and
// nothing else.
func (h *Hits) ofKind(f corpus.Figure) bool {
	q := h.Question
	if _, blocked := h.FitKind(f, 1); blocked != "" {
		return false
	}
	if q.Unit != "" {
		return inUnit(f, q.Unit) || q.Unit == "%" && Percent(f)
	}
	if q.Counter == "个" || q.Counter == "家" || q.Counter == "处" {
		return thingUnits[f.Unit] || strings.HasPrefix(f.Unit, q.Counter)
	}
	return strings.HasPrefix(f.Unit, q.Counter)
}

// gramsOf returns the pairs of neighbouring Han characters of folded text.
func gramsOf(text string) map[string]bool {
	out := make(map[string]bool)
	runes := []rune(text)
	for i := 0; i+1 < len(runes); i++ {
		if zh.IsHan(runes[i]) && zh.IsHan(runes[i+1]) {
			out[string(runes[i:i+2])] = true
		}
	}
	return out
}

// shareIn returns the share of the pairs of neighbouring Han characters of name that
// stand in text.
func shareIn(name, text string) float64 {
	runes := []rune(name)
	pairs, in := 0.0, 0.0
	for i := 0; i+1 < len(runes); i++ {
		if !zh.IsHan(runes[i]) || !zh.IsHan(runes[i+1]) {
			continue
		}
		if pairs++; strings.Contains(text, string(runes[i:i+2])) {
			in++
		}
	}
	return in / max(1, pairs)
}

// likeness returns how many of grams a text holds, each further one telling less.
func likeness(grams map[string]bool, text string) float64 {
	n := 0
	for g := range grams {
		if strings.Contains(text, g) {
			n++
		}
	}
	return float64(n) / float64(n+3)
}

// perOne asks for the money that one of something gets or costs: 每人, 一个月, 一平.
var perOne = regexp.MustCompile(`一个?月|每个?月|按月|月[均薪]|[一每]个?人|人均|[一每]平|[一每][斤户亩]|[一每]个?(?:孩子|娃|老人|学生)|(?:学生|老人|孩子|娃娃?|小孩|[我俺]们?|农民|职工|[我俺]?[妈爸爷奶])[^，。]{0,4}(?:给|补|发|领|奖|拿|补贴|补助)(?:到|得)?(?:多少|几)`)

// inUnit reports whether f is counted in unit, by whatever name of it.
func inUnit(f corpus.Figure, unit string) bool {
	of, _, _ := strings.Cut(f.Unit, "/") // 元/月 is 元
	return strings.HasSuffix(of, unit) || strings.HasSuffix(f.Unit, unit) || slices.ContainsFunc(sameUnit[unit], func(u string) bool { return strings.HasSuffix(of, u) })
}

// sameUnit are the other names of a unit.
var sameUnit = map[string][]string{
	"标准箱": {"标箱", "teu", "TEU"},
	"公里":  {"千米"},
	"元":   {"块"},
	"平方米": {"平米"},
}

// CountedAsAsked reports whether f is counted in the very unit that q asks for.
func (h *Hits) CountedAsAsked(f corpus.Figure) bool {
	q := h.Question
	switch {
	case q.Unit != "":
		return inUnit(f, q.Unit)
	case q.Counter == "口" || peopleUnits[q.Counter]:
		return peopleUnits[f.Unit]
	case q.Counter != "" && q.Counter != "个":
		return strings.HasPrefix(f.Unit, q.Counter)
	}
	return false
}

// scopes are the parts of the people of whom a report gives the same number.
var scopes = []string{"农村", "城镇"}

// otherPeople reports whether the question is about those of the country, or of
// the towns, and figure i is not.
func (h *Hits) otherPeople(i int) bool {
	for _, scope := range scopes {
		for _, t := range h.Question.Terms {
			if slices.ContainsFunc(t.Alts, func(a resolve.Alt) bool { return strings.HasPrefix(a.Text, scope) }) && !strings.Contains(h.Index.Indicators[i], scope) {
				return true
			}
		}
	}
	return false
}
