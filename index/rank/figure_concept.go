package rank

import (
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/index/resolve"
)

// SureConcept reports whether the question names an indicator by an official
// name of which the report has figures: only one of these is its answer.
func (h *Hits) SureConcept() bool {
	for _, t := range h.Question.Terms {
		if t.Sure && !t.Kept && len(h.Index.ByConcept[t.Concept]) > 0 && !(t.Everyday && t.Weight < Used.SureEveryday) {
			return true
		}
	}
	return false
}

// foundConcept notes that term i stands where the report has figures of its
// concept, whatever they are called there.
func (h *Hits) foundConcept(i int) {
	for _, k := range h.Index.ByConcept[h.Question.Terms[i].Concept] {
		f := h.Index.Report.Figures[k]
		t, p := h.Terms[i], int32(f.Passage)
		c := int32(h.Index.Text.ClauseOf(f.Start))
		t.Clause[c] = max(t.Clause[c], Used.Concept)
		t.Passage[p] = max(t.Passage[p], Used.Concept)
	}
}

// otherConcept reports whether figure i measures another indicator than those
// that the question asks for, though it stands beside them: 人均GDP for GDP, the
// investment in industry for all. What the question says besides the name
// (民营经济的税收) is another matter.
func (h *Hits) otherConcept(i int) bool {
	if len(h.Concepts) == 0 {
		return false
	}
	f := h.Index.Report.Figures[i]
	if h.Concepts[f.Concept] {
		return false
	}
	for _, t := range h.Question.Terms {
		if t.Concept == "" || !t.Sure {
			continue
		}
		if name := h.Index.Indicators[i]; len(name) > len(t.Text) && strings.Contains(name, t.Text) && strings.Contains(h.Question.Subject, name) {
			return false // the question has its whole name: 地方财政赤字
		}
		if f.Concept != "" {
			// An indicator that is named by more words of the question than the
			// concept's is what is asked for.
			return !h.namesMore(i)
		}
		return !h.bearsName(i, t)
	}
	return false
}

// bearsName reports whether figure i, which measures no indicator of the table,
// has a name that holds that of the one that t names, and
// is counted in what that one can be counted in.
func (h *Hits) bearsName(i int, t resolve.Term) bool {
	f := h.Index.Report.Figures[i]
	c, ok := concept.Lookup(t.Concept)
	if !ok || len(c.Units) > 0 && f.Measure == corpus.MeasureRank != (h.Question.Measure == corpus.MeasureRank) {
		return false
	}
	if len(c.Units) > 0 && f.Measure != corpus.MeasureRank && !countedIn(f, c) {
		return false
	}
	if id, _ := concept.Of(h.Index.Indicators[i]); id != "" && id != t.Concept {
		if own, ok := concept.Lookup(id); ok && countedIn(f, own) {
			return false // 规上工业单位增加值能耗 holds 规上工业增加值
		}
	}
	return h.Index.within[i].concept == t.Concept || !t.Everyday && strings.Contains(h.Index.Indicators[i], t.Text)
}

// countedIn reports whether f is counted in a unit of c.
func countedIn(f corpus.Figure, c concept.Concept) bool {
	return slices.ContainsFunc(c.Units, func(u string) bool { return strings.HasPrefix(f.Unit, u) || Percent(f) && u == "%" })
}

// namesMore reports whether the indicator of figure i holds a telling word of
// the question besides the name of a concept.
func (h *Hits) namesMore(i int) bool {
	for _, t := range h.Question.Terms {
		if t.Concept != "" || t.Weight < Used.NameTelling || t.Place || !t.Known {
			continue
		}
		if slices.ContainsFunc(t.Alts, func(a resolve.Alt) bool {
			return a.Quality > resolve.Used.SureMeaning && strings.Contains(h.Index.Indicators[i], a.Text)
		}) {
			return true
		}
	}
	return false
}

// conceptFigures returns the figures of the concepts asked for that stand in none
// of the passages.
func (h *Hits) conceptFigures(seen map[int]bool) []int {
	var out []int
	for _, t := range h.Question.Terms {
		if t.Concept == "" {
			continue
		}
		for _, i := range h.Index.ByConcept[t.Concept] {
			if !seen[h.Index.Report.Figures[i].Passage] && !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
	}
	return out
}
