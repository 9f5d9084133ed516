package library

import (
	"slices"
	"strings"

	"jinwen/corpus/place"
	"jinwen/index"
	"jinwen/index/question"
)

// without returns the question as one report is asked it: without the places that
// say which report, and with the years as numbers.
func (r *request) without(c *catalog) *question.Question {
	if r.alone == nil {
		r.alone = r.rewrite(c)
	}
	q := *r.alone
	return &q
}

func (r *request) rewrite(c *catalog) *question.Question {
	q := *r.q
	q.Places = nil
	drop := func(s string) string {
		for _, x := range r.scopes {
			if !slices.ContainsFunc(x.names, func(n string) bool { return slices.Contains(r.places, n) }) {
				continue
			}
			word := x.word
			for _, kind := range []string{"壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"} {
				s = strings.ReplaceAll(s, word+kind, " ")
			}
			s = strings.ReplaceAll(s, word, " ")
		}
		return s
	}
	q.Words, q.Subject = drop(q.Words), drop(q.Subject)
	q.Periods = slices.Clone(q.Periods)
	for i, p := range q.Periods {
		if p.Year == 0 {
			q.Periods[i].Year, q.Periods[i].Offset = c.now+p.Offset, 0
		}
	}
	q.Parts = slices.Clone(q.Parts)
	for i, p := range q.Parts {
		part := *p
		part.Words, part.Subject, part.Places = drop(part.Words), drop(part.Subject), nil
		part.Periods = slices.Clone(part.Periods)
		for k, y := range part.Periods {
			if y.Year == 0 {
				part.Periods[k].Year, part.Periods[k].Offset = c.now+y.Offset, 0
			}
		}
		q.Parts[i] = &part
	}
	return &q
}

// absentGap says that there is no report of p.
func absentGap(p place.Place, c *catalog, years []int) *index.Gap {
	g := &index.Gap{Place: p.Short}
	if len(years) > 0 {
		g.Year = years[len(years)-1]
	}
	for up, ok := place.ByCode(p.Parent); ok; up, ok = place.ByCode(up.Parent) {
		if len(c.byPlace[up.Short]) > 0 {
			g.Parent = up.Short
			g.Has = c.years(up.Short)
			break
		}
	}
	return g
}
