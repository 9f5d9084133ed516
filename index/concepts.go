package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jinwen/corpus/concept"
	"jinwen/corpus/zh"
	"jinwen/index/question"
)

// conceptWeight is that of an indicator that the question names: it is what
// the question is about.
const conceptWeight = 0.9

// readConcepts finds the indicators that subject, the text in which q's terms
// stand, names. Where a number is asked for, an indicator by its official name
// is one term, whatever words it is made of: 全社会固定资产投资 is not 社会 and
// 投资. By an everyday name (物价) the terms stay and may stand for it.
func (r *reader) readConcepts(q *Question, subject string) {
	number := q.Ask == question.Number || q.Ask == question.Compare || q.Measure != "" || q.Level || q.Aim
	for _, m := range concept.Find(subject) {
		start := utf8.RuneCountInString(subject[:m.Start])
		end := start + utf8.RuneCountInString(subject[m.Start:m.End])
		for _, all := range wholes {
			if n := utf8.RuneCountInString(all); strings.HasSuffix(subject[:m.Start], all) {
				start -= n
				break
			}
		}
		inside := func(t Term) bool { return !t.kept && t.start >= 0 && t.start < end && start < t.end }
		c, _ := concept.Lookup(m.ID)
		term := r.conceptTerm(c, zh.Fold(subject[m.Start:m.End]))
		term.start, term.end, term.sure = start, end, !m.Everyday
		if !number && len(q.Terms) > 2 {
			continue // it is spoken of, not asked for
		}
		at := slices.IndexFunc(q.Terms, inside)
		if m.Everyday && at >= 0 {
			t := &q.Terms[at]
			if t.lex && t.concept == "" && t.start < start && !slices.Contains(wholes, string([]rune(t.Text)[:start-t.start])) {
				continue // 公积金贷款 is a thing of its own
			}
			t.concept, t.Known = m.ID, t.Known || term.Known
			t.Alts = append(t.Alts, term.Alts[1:]...)
			t.Weight = max(t.Weight, conceptWeight/2)
			continue
		}
		// Terms that go beyond the name stay: 民营经济税收收入.
		whole := func(t Term) bool { return inside(t) && t.start >= start && t.end <= end }
		q.Terms = slices.DeleteFunc(q.Terms, whole)
		q.Terms = append(q.Terms, term)
	}
	if number {
		r.impliedConcepts(q)
	}
}

// impliedConcepts gives concepts to the terms of a question for a number whose
// first meanings are indicators: 装箱量 may mean the throughput in containers.
func (r *reader) impliedConcepts(q *Question) {
	const first = 3 // of what may stand for a term, itself among them
	for i := range q.Terms {
		t := &q.Terms[i]
		if t.concept != "" || !t.lex {
			continue
		}
		for _, a := range t.Alts[:min(first, len(t.Alts))] {
			m := concept.Find(a.Text)
			if len(m) == 1 && !m[0].Everyday && m[0].Start == 0 && m[0].End == len(a.Text) && len(r.byConcept[m[0].ID]) > 0 {
				t.concept, t.Known = m[0].ID, true
				break
			}
		}
	}
}

// conceptTerm is a term for c, which the question calls name.
func (r *reader) conceptTerm(c concept.Concept, name string) Term {
	t := Term{Text: name, Alts: []Alt{{Text: name, Quality: 1, runes: []rune(name)}}, Weight: conceptWeight, concept: c.ID, lex: true}
	t.Known = len(r.byConcept[c.ID]) > 0 || r.text.hasWord([]rune(name))
	for _, n := range c.Names {
		n = zh.Fold(strings.ReplaceAll(n, " ", ""))
		if rs := []rune(n); n != name && len(rs) >= 2 && r.text.hasWord(rs) {
			t.Alts = append(t.Alts, Alt{Text: n, Quality: 0.95, runes: rs})
			t.Known = true
		}
	}
	return t
}

// wholes are the words before an indicator that mean no part of it.
var wholes = []string{"全社会", "全市", "全省", "全区", "全县", "全国", "我市", "我省", "本市", "本省", "整个", "总的"}

// conceptsOf are the indicators that q asks for.
func (q *Question) conceptsOf() map[string]bool {
	out := make(map[string]bool)
	for _, t := range q.Terms {
		if t.concept != "" {
			out[t.concept] = true
		}
	}
	return out
}

// sureConcept reports whether the question names an indicator by an official
// name of which the report has figures: only one of these is its answer.
func (h *hits) sureConcept() bool {
	for _, t := range h.q.Terms {
		if t.sure && !t.kept && len(h.ix.byConcept[t.concept]) > 0 {
			return true
		}
	}
	return false
}

// foundConcept notes that term i stands where the report has figures of its
// concept, whatever they are called there.
func (h *hits) foundConcept(i int) {
	for _, k := range h.ix.byConcept[h.q.Terms[i].concept] {
		f := h.ix.report.Figures[k]
		t, p := h.terms[i], int32(f.Passage)
		c := int32(h.ix.text.clauseOf(f.Start))
		t.clause[c] = max(t.clause[c], conceptQuality)
		t.passage[p] = max(t.passage[p], conceptQuality)
	}
}

// conceptQuality is how surely a figure of a concept is what its name means.
const conceptQuality = 0.95

// otherConcept reports whether figure i measures another indicator than those
// that the question asks for, though it stands beside them: 人均GDP for GDP, the
// investment in industry for all. What the question says besides the name
// (民营经济的税收) is another matter.
func (h *hits) otherConcept(i int) bool {
	if len(h.concepts) == 0 {
		return false
	}
	f := h.ix.report.Figures[i]
	if h.concepts[f.Concept] {
		return false
	}
	for _, t := range h.q.Terms {
		if t.concept == "" || !t.sure {
			continue
		}
		if name := h.ix.indicators[i]; len(name) > len(t.Text) && strings.Contains(name, t.Text) && strings.Contains(h.q.Subject, name) {
			return false // the question has its whole name: 地方财政赤字
		}
		if f.Concept != "" {
			// An indicator that is named by more words of the question than the
			// concept's is what is asked for.
			return !h.namesMore(i)
		}
		return !strings.Contains(h.ix.indicators[i], t.Text) && !slices.ContainsFunc(t.Alts, func(a Alt) bool { return strings.Contains(h.ix.indicators[i], a.Text) })
	}
	return false
}

// namesMore reports whether the indicator of figure i holds a telling word of
// the question besides the name of a concept.
func (h *hits) namesMore(i int) bool {
	const telling = 0.45
	for _, t := range h.q.Terms {
		if t.concept != "" || t.Weight < telling || t.place || !t.Known {
			continue
		}
		if slices.ContainsFunc(t.Alts, func(a Alt) bool { return a.Quality > sureMeaning && strings.Contains(h.ix.indicators[i], a.Text) }) {
			return true
		}
	}
	return false
}

// conceptFigures are the figures of the concepts asked for that stand in none
// of the passages.
func (h *hits) conceptFigures(seen map[int]bool) []int {
	var out []int
	for _, t := range h.q.Terms {
		if t.concept == "" {
			continue
		}
		for _, i := range h.ix.byConcept[t.concept] {
			if f := h.ix.report.Figures[i]; f.Passage >= 0 && !seen[f.Passage] && !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
	}
	return out
}
