package resolve

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jinwen/corpus/concept"
	"jinwen/corpus/zh"
	"jinwen/index/question"
)

// onlyAsks are everyday names that name nothing beside another thing.
var onlyAsks = regexp.MustCompile(`^(?:有|一共|总共)*(?:多少|几)(?:口人|人口|\p{Han})$`)

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
		inside := func(t Term) bool { return !t.Kept && t.start >= 0 && t.start < end && start < t.end }
		if m.Everyday && onlyAsks.MatchString(subject[m.Start:m.End]) && slices.ContainsFunc(q.Terms, func(t Term) bool { return !inside(t) && !t.Place && t.Weight >= Used.Telling }) {
			continue // 旅居的有多少人: of them, not of all
		}
		c, _ := concept.Lookup(m.ID)
		term := r.conceptTerm(c, zh.Fold(subject[m.Start:m.End]))
		term.start, term.end, term.Sure = start, end, !m.Everyday || number
		if !number && len(q.Terms) > 2 {
			continue // it is spoken of, not asked for
		}
		at := slices.IndexFunc(q.Terms, inside)
		if m.Everyday && at >= 0 {
			t := &q.Terms[at]
			if t.Listed && t.Concept == "" && t.start < start && !slices.Contains(wholes, string([]rune(t.Text)[:start-t.start])) {
				continue // 公积金贷款 is a thing of its own
			}
			t.Concept, t.Known = m.ID, t.Known || term.Known
			t.Alts = append(t.Alts, term.Alts[1:]...)
			t.Weight = max(t.Weight, Used.Concept/2)
			r.nameWhole(q, term, inside)
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

// nameWhole has all terms inside the everyday name of an indicator stand for
// it. It is sure if none of them goes beyond: 暖气 in 暖气管网 names no indicator.
func (r *reader) nameWhole(q *Question, name Term, inside func(Term) bool) {
	for _, t := range q.Terms {
		if inside(t) && t.end > name.end && t.Weight >= Used.Telling {
			return
		}
	}
	for i := range q.Terms {
		if t := &q.Terms[i]; inside(*t) {
			t.Concept, t.Sure, t.Everyday = name.Concept, true, true
		}
	}
}

// impliedConcepts gives concepts to the terms of a question for a number whose
// first meanings are indicators: 装箱量 may mean the throughput in containers.
func (r *reader) impliedConcepts(q *Question) {
	const first = 3 // of what may stand for a term, itself among them
	for i := range q.Terms {
		t := &q.Terms[i]
		if t.Concept != "" || !t.Listed {
			continue
		}
		for _, a := range t.Alts[:min(first, len(t.Alts))] {
			if id := concept.Named(a.Text); len(r.byConcept[id]) > 0 {
				t.Concept, t.Known = id, true
				break
			}
		}
	}
}

// conceptTerm returns a term for c, which the question calls name.
func (r *reader) conceptTerm(c concept.Concept, name string) Term {
	t := Term{Text: name, Alts: []Alt{{Text: name, Quality: 1, Runes: []rune(name)}}, Weight: Used.Concept, Concept: c.ID, Listed: true}
	t.Known = len(r.byConcept[c.ID]) > 0 || r.text.HasWord([]rune(name))
	for _, n := range c.Names {
		n = zh.Fold(strings.ReplaceAll(n, " ", ""))
		if rs := []rune(n); n != name && len(rs) >= 2 && r.text.HasWord(rs) {
			t.Alts = append(t.Alts, Alt{Text: n, Quality: Used.OtherName, Runes: rs})
			t.Known = true
		}
	}
	return t
}

// wholes are the words before an indicator that mean no part of it.
var wholes = []string{"全社会", "全市", "全省", "全区", "全县", "全国", "我市", "我省", "本市", "本省", "整个", "总的"}
