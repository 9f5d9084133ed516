package library

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/index"
	"jinwen/index/question"
)

// A question that names an official indicator and nothing else besides a place
// and a time is answered by the report's figure of that indicator, if it has
// one of that time: not by another number of the same sentence, nor by a
// sentence that explains the number.

// aside matches what such a question says besides.
var aside = lists.Pattern(`(?:<aside>|(?:20|19)?[0-9]{2}年度?|[、，,？?。！])`)

// bare reports whether q names an indicator and nothing else.
func (r *request) bare(c *catalog) bool {
	words := r.without(c).Subject
	for {
		m := concept.Find(words)
		if len(m) == 0 {
			break
		}
		words = words[:m[0].Start] + " " + words[m[0].End:]
	}
	for _, f := range cuesOf([]rune(words)) {
		words = strings.ReplaceAll(words, f.word, " ")
	}
	return strings.TrimSpace(aside.ReplaceAllString(words, "")) == ""
}

// promote puts the figures of the indicator that r names first in a.
func (l *Library) promote(r *request, c *catalog, a *index.Answer) error {
	if a.Report == nil || len(a.Parts) > 0 || a.Status != index.Answered && a.Status != index.Nearest && a.Status != index.NotFound {
		return nil
	}
	m := c.of(corpus.ShortPlace(a.Report.Place), a.Report.Year)
	if m == nil || m.id != a.Report.ID {
		return nil
	}
	first, err := l.indicated(r, c, m)
	if err != nil || len(first) == 0 || len(a.Figures) >= len(first) && slices.Equal(a.Figures[:len(first)], first) && a.Status == index.Answered {
		return err
	}
	lead(a, first)
	return nil
}

// plain answers r from the figures of m, if r asks for nothing but one of them:
// that takes no index, which a report that was not asked of lately has none
// of. nil if it asks for more, or m does not tell.
func (l *Library) plain(r *request, c *catalog, to routed) (*index.Answer, error) {
	q := to.asked
	if q.Ask != question.Number && q.Ask != question.Any || q.Qualifier != "" || len(q.Premises)+len(q.Numbers)+len(q.Parts) > 0 || q.PartYear != "" || q.More || q.Each {
		return nil, nil
	}
	first, err := l.indicated(r, c, to.member)
	if err != nil || len(first) == 0 {
		return nil, err
	}
	report, err := l.shelf.report(to.member)
	if err != nil {
		return nil, err
	}
	a := &index.Answer{Report: report, Question: &index.Question{Question: q, Years: r.years}}
	lead(a, first)
	return a, nil
}

// indicated returns the figures of m that r asks for by the name of an indicator
// and nothing else; nil if it asks otherwise, or m does not tell.
func (l *Library) indicated(r *request, c *catalog, m *member) ([]int, error) {
	if len(r.concepts) != 1 || !r.bare(c) {
		return nil, nil
	}
	year, nature := m.year, corpus.Target
	switch {
	case len(r.years) > 1:
		return nil, nil
	case len(r.years) == 1 && (r.years[0] == m.year-1 || r.relative && r.offset == -1), len(r.years) == 0 && r.nature == corpus.Actual:
		year, nature = m.year-1, corpus.Actual
	case len(r.years) == 1 && r.years[0] != m.year && !r.relative:
		return nil, nil
	case len(r.years) == 0 && r.nature == "":
		return nil, nil // both years are meant
	}
	if r.nature != "" && r.nature != nature {
		return nil, nil
	}
	found, err := l.candidates(m, want{concept: r.concept(), year: year, nature: nature})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	asked := *r
	asked.nature = nature
	prefer := preferred(&asked)
	var first []int
	take := func(k class) {
		for _, f := range found {
			if f.class == k {
				if !slices.Contains(first, f.figure) {
					first = append(first, f.figure)
				}
				return
			}
		}
	}
	if r.amountWords() {
		take(amount)
	}
	if !r.amountWords() || growthWord.MatchString(r.text) {
		take(prefer)
	}
	if len(first) == 0 {
		take(found[0].class)
	}
	return first, nil
}

var growthWord = regexp.MustCompile(`增长|增速|增幅|涨了|涨幅|快了`)

// lead makes figures the direct answer of a.
func lead(a *index.Answer, figures []int) {
	rest := slices.DeleteFunc(slices.Clone(a.Figures), func(i int) bool { return slices.Contains(figures, i) })
	a.Figures = append(slices.Clone(figures), rest...)
	a.Direct = len(figures)
	var hits []index.Hit
	for _, i := range figures {
		f := &a.Report.Figures[i]
		if !slices.ContainsFunc(hits, func(h index.Hit) bool { return h.Passage == f.Passage }) {
			hits = append(hits, index.Hit{Passage: f.Passage, Focus: f.Clause})
		}
	}
	for _, h := range a.Hits {
		if !slices.ContainsFunc(hits, func(x index.Hit) bool { return x.Passage == h.Passage }) {
			hits = append(hits, h)
		}
	}
	a.Hits = hits
	a.Status, a.Kind, a.Reason, a.Missing = index.Answered, index.KindFigure, index.ReasonNone, nil
}

// spanPeriod is the period of what took several years.
var spanPeriod = regexp.MustCompile(`^[0-9]{4}-[0-9]{4}$`)

// holdYear takes back an answer whose figures are sums of several years, where
// one year is asked for: they are the nearest that there is, and no answer.
func (r *request) holdYear(a *index.Answer) {
	if a.Status != index.Answered || a.Kind != index.KindFigure || len(r.years) != 1 || a.Direct == 0 || len(a.Parts) > 0 {
		return
	}
	for _, i := range a.Figures[:min(a.Direct, len(a.Figures))] {
		if p := a.Report.Figures[i].Period; !spanPeriod.MatchString(p) {
			return
		}
	}
	a.Status, a.Figures, a.Direct = index.Nearest, nil, 0
	a.Missing = []index.Missing{{Slot: index.SlotPeriod, Text: yearText(r.years[0]) + "年"}}
}
