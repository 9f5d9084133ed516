package library

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/corpus/place"
	"jinwen/index"
)

// population returns the places that are ranked or counted: those named, else all
// of the level that there are reports of.
func (r *request) population(c *catalog) []string {
	if !r.every {
		return r.places
	}
	list := c.places(r.level)
	if len(list) < 2 && r.level != place.Province {
		list = c.places(place.Province)
	}
	return list
}

// ranking orders the places by a figure.
func (l *Library) ranking(ctx context.Context, r *request, c *catalog) (*index.Answer, error) {
	all := r.population(c)
	id := r.concept()
	if id == "" && len(all) > used.Asked {
		return nil, nil
	}
	cells, nature, err := l.compared(ctx, r, c, all, id, false)
	if err != nil {
		return nil, err
	}
	x := &index.Across{Kind: index.AcrossRanking, Subject: r.subject(c), Nature: nature, Order: r.order}
	with := r.inOrder(cells)
	if len(with) == 0 && id == "" {
		return nil, nil
	}
	if m := concept.Find(r.q.Words); len(with) == 0 && len(m) > 0 && r.order == (index.Order{All: true}) {
		// 哪些省要发展海洋经济: no figure is meant, but who speaks of it.
		one := *r
		one.term = r.q.Words[m[0].Start:m[0].End]
		return l.mention(ctx, &one, c)
	}
	chosen, err := l.chosen(r, c, x, with, nature)
	if chosen == nil && err == nil {
		// The place that the others are held against does not tell: what its
		// report says of it, if anything.
		r.places, r.every, r.alone = []string{cmp.Or(r.of, r.than)}, false, nil
	}
	if chosen == nil || err != nil {
		return nil, err
	}
	if err := l.rank(ctx, x, with, chosen); err != nil {
		return nil, err
	}
	for _, cell := range cells {
		switch {
		case cell.gap:
			x.Gaps = append(x.Gaps, index.Gap{Place: cell.place, Year: cell.year, Has: c.years(cell.place)})
		case cell.fact == nil:
			x.Silent = append(x.Silent, cell.place)
			x.Looked++
		}
	}
	both := append(slices.Clone(x.Rows), x.Others...)
	if x.Year = sameYear(both); x.Year == 0 && len(cells) > 0 {
		x.Year = cells[0].year
	}
	a := answer(r, l.live.Report(), x)
	if len(both) > 0 {
		a.Status = index.Answered // that nobody reaches a bound is an answer
		a.Report = both[0].Report
	}
	return a, nil
}

// chosen returns the places of with that r asks for; nil if that cannot be told. It
// notes in x what they are measured by.
func (l *Library) chosen(r *request, c *catalog, x *index.Across, with []cell, nature corpus.Nature) (map[string]bool, error) {
	out := make(map[string]bool)
	switch {
	case r.than != "":
		i := slices.IndexFunc(with, func(x cell) bool { return x.place == r.than })
		if i < 0 {
			return nil, nil
		}
		row, err := l.row(with[i])
		if err != nil {
			return nil, err
		}
		x.Than, x.Order.Bound = &row, r.than
		for _, y := range with {
			if d := y.fact.compare(*with[i].fact); d*r.order.Rise > 0 && !y.fact.same(*with[i].fact) {
				out[y.place] = true
			}
		}
	case r.of != "":
		i := slices.IndexFunc(with, func(x cell) bool { return x.place == r.of })
		if i < 0 {
			return nil, nil
		}
		x.Rank = 1
		for _, y := range with {
			if y.fact.same(*with[i].fact) {
				x.Tied++
			} else if y.fact.compare(*with[i].fact) > 0 {
				x.Rank++
			}
		}
		out[r.of] = true
	case r.order.Rise != 0:
		return l.moved(r, c, with, nature)
	default:
		for _, p := range r.choose(with) {
			out[p] = true
		}
	}
	return out, nil
}

// inOrder returns the cells that tell the figure, in the order that r asks for.
func (r *request) inOrder(cells []cell) []cell {
	with := slices.DeleteFunc(slices.Clone(cells), func(x cell) bool { return x.fact == nil })
	slices.SortStableFunc(with, func(a, b cell) int {
		if r.order.Least && !r.order.Both {
			return a.fact.least(*b.fact)
		}
		return b.fact.compare(*a.fact)
	})
	return with
}

// rank puts with into x: the chosen as the answer, the rest beside it.
func (l *Library) rank(ctx context.Context, x *index.Across, with []cell, chosen map[string]bool) error {
	if len(with) > 0 {
		x.Best, x.Worst, x.Ties = extremes(with)
	}
	for _, cell := range with {
		x.Looked++
		x.Told++
		if !chosen[cell.place] && len(x.Others) == used.Others {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		row, err := l.row(cell)
		if err != nil {
			return err
		}
		if chosen[cell.place] {
			x.Rows = append(x.Rows, row)
		} else {
			x.Others = append(x.Others, row)
		}
	}
	return nil
}

// least orders from the lowest; a range by its lower end.
func (f fact) least(g fact) int {
	switch {
	case f.number < g.number:
		return -1
	case f.number > g.number:
		return 1
	}
	return 0
}

var strictly = regexp.MustCompile(`^(?:超过|高于|大于|超|过|>)`)

// choose returns the places of with, which is in order, that the ranking asks for:
// all that tie with the last of them.
func (r *request) choose(with []cell) []string {
	var out []string
	o := r.order
	switch {
	case o.Exact:
		for _, x := range with {
			if x.fact.number == o.Over && (x.fact.high == 0 || x.fact.high == o.Over) && x.fact.bound != corpus.BoundOver && x.fact.bound != corpus.BoundUnder {
				out = append(out, x.place)
			}
		}
	case o.Both:
		best, worst, _ := extremes(with)
		return append(best, worst...)
	case o.Bound != "":
		for _, x := range with {
			v := x.fact.number
			ok := o.Over == 0 || v > o.Over || v == o.Over && (!strictly.MatchString(o.Bound) || closes(o.Bound))
			if o.Under != 0 {
				ok = x.fact.top() < o.Under || x.fact.top() == o.Under && closes(o.Bound)
			}
			if ok {
				out = append(out, x.place)
			}
		}
	case o.All:
		for _, x := range with {
			out = append(out, x.place)
		}
	default:
		n := max(o.Top, 1)
		for i, x := range with {
			if i >= n && !x.fact.ties(*with[n-1].fact, o.Least) {
				break
			}
			out = append(out, x.place)
		}
	}
	return out
}

// ties reports whether f and g stand at the same place of the order.
func (f fact) ties(g fact, least bool) bool {
	if least {
		return f.least(g) == 0
	}
	return f.top() == g.top()
}

var closed = regexp.MustCompile(`以上|以下|以内|不低于|不少于|不超过|没超过|没有超过|未超过|至少|^达到|>=|≥`)

// closes reports whether the bound itself is within: 5%以上.
func closes(bound string) bool { return closed.MatchString(bound) }

// moved returns the places that set it higher, or lower, than the year before.
func (l *Library) moved(r *request, c *catalog, with []cell, n corpus.Nature) (map[string]bool, error) {
	out := make(map[string]bool)
	for _, x := range with {
		year := x.year - 1
		m := c.of(x.place, reportYear(year, n))
		if m == nil {
			continue
		}
		found, err := l.candidates(m, want{concept: r.concept(), year: year, nature: n, class: x.fact.class, unit: x.fact.unit, falls: r.falls()})
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			continue
		}
		d := x.fact.compare(found[0])
		if x.fact.same(found[0]) {
			d = 0
		}
		if d*r.order.Rise > 0 {
			out[x.place] = true
		}
	}
	return out, nil
}

func yearText(year int) string { return strconv.Itoa(year) }
