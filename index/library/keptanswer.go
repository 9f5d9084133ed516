package library

import (
	"context"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/corpus/kept"
	"jinwen/index"
)

// kept tells whether a target was reached: what the report of its year says,
// what the next one says of the same, and the verdict. With one of the reports
// missing there is none.
func (l *Library) kept(ctx context.Context, r *request, c *catalog) (*index.Answer, error) {
	p := r.placeOr(c.home)
	missing := func(g index.Gap) (*index.Answer, error) {
		return answer(r, l.live.Report(), &index.Across{Kind: index.AcrossMissing, Gaps: []index.Gap{g}}), nil
	}
	if len(r.places) == 0 && len(r.absent) > 0 {
		return missing(*absentGap(r.absent[0], c, r.years))
	}
	year := c.newest(p).year - 1
	if len(r.years) > 0 {
		year = r.years[0]
		if r.relative && c.of(p, year+1) == nil {
			year = c.newest(p).year + r.offset
		}
	}
	before, after := c.of(p, year), c.of(p, year+1)
	switch {
	case before == nil:
		return missing(index.Gap{Place: p, Year: year, Has: c.years(p)})
	case after == nil:
		return l.unknown(ctx, r, c, before, year)
	}
	old, err := l.shelf.report(before)
	if err != nil {
		return nil, err
	}
	now, err := l.shelf.report(after)
	if err != nil {
		return nil, err
	}
	items := kept.Compare(old, now)
	chosen, err := l.asked(ctx, r, c, before, old, items)
	if err != nil {
		return nil, err
	}
	x := &index.Across{Kind: index.AcrossKept, Subject: r.subject(c), Year: year, Looked: 2}
	if len(r.concepts) == 0 && r.all(c) {
		x.Subject = "量化目标"
	}
	for _, it := range chosen {
		x.Rows = append(x.Rows, index.Row{Report: old, Of: before.name, Place: p, Year: year, Figure: it.Target, Quote: old.FigureClause(it.Target), Nature: corpus.Target, Name: old.Figures[it.Target].Indicator, Verdict: string(it.Verdict)})
		if it.Result >= 0 {
			x.Rows = append(x.Rows, index.Row{Report: now, Of: after.name, Place: p, Year: year, Figure: it.Result, Quote: now.FigureClause(it.Result), Nature: corpus.Actual, Name: now.Figures[it.Result].Indicator, Verdict: string(it.Verdict)})
		}
	}
	if len(chosen) == 0 {
		x.Silent = []string{before.name}
		return answer(r, l.live.Report(), x), nil
	}
	x.Verdict = string(kept.Together(chosen))
	return answer(r, l.live.Report(), x), nil
}

// unknown quotes the target, and says that the report that would tell is not
// there.
func (l *Library) unknown(ctx context.Context, r *request, c *catalog, before *member, year int) (*index.Answer, error) {
	x := &index.Across{Kind: index.AcrossKept, Subject: r.subject(c), Year: year, Verdict: string(kept.NotReported), Gaps: []index.Gap{{Place: before.place, Year: year + 1, Has: c.years(before.place)}}}
	old, err := l.shelf.report(before)
	if err != nil {
		return nil, err
	}
	chosen, err := l.asked(ctx, r, c, before, old, kept.Targets(old))
	if err != nil || len(chosen) == 0 {
		return nil, err
	}
	for _, it := range chosen {
		x.Rows = append(x.Rows, index.Row{Report: old, Of: before.name, Place: before.place, Year: year, Figure: it.Target, Quote: old.FigureClause(it.Target), Nature: corpus.Target, Name: old.Figures[it.Target].Indicator})
	}
	return answer(r, l.live.Report(), x), nil
}

// allOf is a question for all targets at once.
var allOf = lists.Pattern(`^(?:<allTargets>|[？?])*$`)

// all reports whether r asks for all targets at once.
func (r *request) all(c *catalog) bool {
	return allOf.MatchString(strings.Join(strings.Fields(keptWords(r.without(c).Subject)), ""))
}

// asked returns the items that the question means: those of the concepts that it
// names, else those that the index of the old report finds for it.
func (l *Library) asked(ctx context.Context, r *request, c *catalog, before *member, old *corpus.Report, items []kept.Item) ([]kept.Item, error) {
	var out []kept.Item
	for _, id := range r.concepts {
		for _, id := range append([]string{id}, near(id)...) {
			i := slices.IndexFunc(items, func(it kept.Item) bool {
				f := &old.Figures[it.Target]
				return f.Concept == id && f.Scope == "" && f.Period == yearText(old.Year)
			})
			if i >= 0 {
				out = append(out, items[i])
				break
			}
		}
	}
	if len(out) > 0 || len(r.concepts) > 0 {
		return out, nil
	}
	if r.all(c) {
		// 去年的目标都完成了吗: those that can be judged, what went wrong first.
		for _, v := range []kept.Verdict{kept.Missed, kept.Partly, kept.Near, kept.Exceeded, kept.Kept} {
			for _, it := range items {
				if it.Verdict == v && it.Result >= 0 && len(out) < used.Kept {
					out = append(out, it)
				}
			}
		}
		return out, nil
	}
	asked := r.without(c)
	asked.Periods = nil
	asked.Nature = corpus.Target
	asked.Subject = keptWords(asked.Subject)
	a, err := l.askOne(ctx, before, index.Query{Text: asked.Text, Asked: asked})
	if err != nil {
		return nil, err
	}
	for _, k := range a.Figures[:min(max(a.Direct, 1), len(a.Figures))] {
		i := slices.IndexFunc(items, func(it kept.Item) bool { return it.Target == k })
		if i >= 0 && len(out) < used.Kept {
			out = append(out, items[i])
		}
	}
	return out, nil
}

// near returns the concepts that are called almost like id: 优良天数 may mean their
// number, and their share.
func near(id string) []string {
	c, _ := concept.Lookup(id)
	var out []string
	for _, n := range c.Near {
		if o, ok := concept.Lookup(n); ok && slices.Contains(o.Near, id) && (strings.HasPrefix(o.Name, c.Name) || strings.HasPrefix(c.Name, o.Name)) {
			out = append(out, n)
		}
	}
	return out
}

// keptWords returns subject without the words that ask whether it was kept.
func keptWords(subject string) string {
	for _, f := range cuesOf([]rune(subject)) {
		if f.cue == cueKept {
			subject = strings.ReplaceAll(subject, f.word, " ")
		}
	}
	return subject
}
