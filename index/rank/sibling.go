package rank

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/place"
	"jinwen/index/resolve"
)

// A sibling is a figure that names the indicator asked for and is another
// number of it: of several years, of a part, against others, of another kind.

var (
	// against tells by how much something is above or below another.
	against = regexp.MustCompile(`[高低多少快慢]于|[高快多]出|领先|超过全[国省市区]|超全[国省市区]|赶超`)
	// comparesWith asks for that.
	comparesWith = regexp.MustCompile(`[高低快慢]|相比|对比|比较|比[全平]|全国|全省|超|领先|差`)
	// saysYears says that what follows is of several years.
	saysYears = regexp.MustCompile(`[五几][年]|[0-9]年来|年均|平均每年|每年|累计|“?十[一二三四五]五|[0-9]{4}年?[—－-][0-9]{4}`)
	// partWords are in what makes a part, or another number, of what follows.
	partWords = regexp.MustCompile(`、|^完成|^对|的$|占|比`)
	// partOf is a place that is no part of the administration's list.
	partOf = lists.Pattern(`<parts>$`)
	// flows are what a year adds, so that years together are more than one.
	flows = map[string]bool{"人": true, "元": true, "吨": true, "斤": true, "公斤": true, "人次": true, "%": true, "个百分点": true, "倍": true, "列": true, "次": true, "架次": true}
)

// Sibling reports whether figure i, of an indicator that the question asks for,
// is not the number of it that is asked for.
func (h *Hits) Sibling(i int) bool {
	f, q := h.Index.Report.Figures[i], h.Question
	same := h.Concepts[f.Concept]
	if same && q.Measure == corpus.MeasureGrowth && !q.Amount && !q.Level && (f.Measure == corpus.MeasureLevel && !Percent(f) || f.Measure == corpus.MeasureRank) {
		return true
	}
	name := h.Index.Indicators[i]
	if against.MatchString(name) && !comparesWith.MatchString(q.Words) {
		return true
	}
	if same {
		return h.ofPart(f)
	}
	return f.Concept == "" && len(h.Concepts) > 0 && h.partNamed(h.Index.within[i])
}

// partNamed reports whether the indicator in name is asked for and stands behind words
// that make another number of it, of which the question has none: 完成年计划的
// 城镇新增就业, 襄阳、宜昌经济总量.
func (h *Hits) partNamed(name within) bool {
	before := name.before
	if !h.Concepts[name.concept] || !partWords.MatchString(before) {
		return false
	}
	for _, t := range h.Question.Terms {
		if t.Concept == "" && slices.ContainsFunc(t.Alts, func(a resolve.Alt) bool { return strings.Contains(before, a.Text) }) {
			return false
		}
	}
	return !strings.Contains(h.Question.Words, before)
}

// manyYearsFor reports whether figure i is of several years together, or of none,
// where one is asked for.
func (h *Hits) manyYearsFor(i int) bool {
	f, q := h.Index.Report.Figures[i], h.Question
	if len(q.Years) != 1 || !h.Concepts[f.Concept] || q.Several {
		return false
	}
	if f.Nature == corpus.Background && f.Period == "other" && h.Index.Report.Passages[f.Passage].Time == Opposite(q) {
		return true
	}
	if p := h.Index.Report.Passages[f.Passage]; p.Zone != corpus.ZoneFiveReview && !saysYears.MatchString(h.Index.Report.Quote(p.Span)) {
		return false // that it is of several years is only concluded
	}
	return strings.Contains(f.Period, "-") || f.Period == "cumulative" && flows[f.Unit]
}

// peoples are parts of the people.
var peoples = []string{"城镇居民", "农村居民", "城镇", "农村", "农民", "农牧民", "脱贫地区", "脱贫人口", "脱贫县"}

// ofPart reports whether f is of a part of the place that reports, where the
// question names none.
func (h *Hits) ofPart(f corpus.Figure) bool {
	if f.Scope == "" || strings.Contains(h.Question.Words, f.Scope) {
		return false
	}
	for _, t := range h.Question.Terms {
		if t.District || t.Place {
			return false
		}
	}
	if partOf.MatchString(f.Scope) || slices.Contains(peoples, f.Scope) {
		return true
	}
	own, ok := place.Lookup(h.Index.Report.Place)
	if !ok {
		return false
	}
	_, in := place.LookupIn(f.Scope, own)
	return in
}

// Opposite returns the time that q does not ask about, "" if it asks about any.
func Opposite(q *resolve.Question) corpus.Time {
	switch {
	case len(q.Times) != 1:
		return ""
	case q.Times[0] == corpus.Plan:
		return corpus.Review
	}
	return corpus.Plan
}
