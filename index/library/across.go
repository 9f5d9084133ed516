package library

import (
	"context"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/index"
)

// A cell is what one report says of what is compared.
type cell struct {
	place  string
	year   int // of the figure
	member *member
	found  []fact // candidates
	fact   *fact  // the one that is told; nil if the report tells none
	gap    bool   // there is no such report
}

// reportYear returns the year of the report in which a figure of a year stands: a
// target in that year's, a result in the next one's.
func reportYear(year int, n corpus.Nature) int {
	if n == corpus.Target {
		return year
	}
	return year + 1
}

// cellsOf looks for concept in the report of each place that tells of year. A
// year that the question has only relatively (今年) or not at all is, where a
// place has no report of it, that of its newest.
func (l *Library) cellsOf(r *request, c *catalog, places []string, concept string, year int, n corpus.Nature, loose bool) ([]cell, error) {
	out := make([]cell, 0, len(places))
	for _, p := range places {
		x := cell{place: p, year: year, member: c.of(p, reportYear(year, n))}
		if x.member == nil && loose {
			if m := c.newest(p); m != nil {
				x.member, x.year = m, m.year
				if n == corpus.Actual {
					x.year--
				}
			}
		}
		if x.member == nil {
			x.gap = true
			out = append(out, x)
			continue
		}
		if concept != "" {
			var err error
			if x.found, err = l.candidates(x.member, want{concept: concept, year: x.year, nature: n, falls: r.falls()}); err != nil {
				return nil, err
			}
			if r.counted != "" {
				x.found = slices.DeleteFunc(x.found, func(f fact) bool { return (f.class == amount) != (r.counted == amount) })
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// settle picks one fact of every cell, all of one class and unit. It returns
// how many have one.
func settle(cells []cell, prefer class) int {
	lists := make([][]fact, len(cells))
	for i := range cells {
		lists[i] = cells[i].found
	}
	kind, unit := commonUnit(lists, prefer)
	n := 0
	for i := range cells {
		cells[i].fact = nil
		for k := range cells[i].found {
			if f := &cells[i].found[k]; f.class == kind && f.unit == unit {
				cells[i].fact = f
				n++
				break
			}
		}
	}
	return n
}

// compared returns the cells of a concept for places. Where the question leaves
// open whether results or targets are meant, it is what more of them tell, the
// results if as many.
func (l *Library) compared(ctx context.Context, r *request, c *catalog, places []string, id string, loose bool) ([]cell, corpus.Nature, error) {
	natures := []corpus.Nature{r.nature}
	if r.nature == "" {
		natures = []corpus.Nature{corpus.Actual, corpus.Target}
		if r.relative && r.offset >= 0 {
			natures = []corpus.Nature{corpus.Target, corpus.Actual}
		}
	}
	var best []cell
	var nature corpus.Nature
	most := -1
	for _, n := range natures {
		year := c.now
		switch {
		case len(r.years) > 0:
			year = r.years[len(r.years)-1]
		case n == corpus.Actual:
			year--
		}
		cells, err := l.cellsOf(r, c, places, id, year, n, loose && (r.relative || len(r.years) == 0))
		if err != nil {
			return nil, "", err
		}
		asked := *r
		asked.nature = n
		got := settle(cells, preferred(&asked))
		if id == "" {
			if err = l.askCells(ctx, &asked, c, cells); err != nil {
				return nil, "", err
			}
			got = alike(cells)
		}
		if got > most {
			best, nature, most = cells, n, got
		}
		if r.nature == "" && r.relative && got > 0 {
			break // 今年 is the plan, 去年 the result
		}
	}
	return best, nature, nil
}

// askCells asks the index of each cell's report for the figure, where what is
// compared is none of the table's concepts. A figure counts if it is of the
// cell's year and kind, and if it answers directly.
func (l *Library) askCells(ctx context.Context, r *request, c *catalog, cells []cell) error {
	for i := range cells {
		x := &cells[i]
		if x.member == nil || i >= used.Asked {
			continue
		}
		asked := r.without(c)
		a, err := l.askOne(ctx, x.member, index.Query{Text: asked.Text, Asked: asked})
		if err != nil {
			return err
		}
		if a.Status != index.Answered {
			continue
		}
		for _, k := range a.Figures[:min(a.Direct, len(a.Figures))] {
			f := &a.Report.Figures[k]
			if f.Nature != r.nature || f.Passage < 0 {
				continue
			}
			if f.Period != yearText(x.year) {
				continue
			}
			found := factOf(a.Report, k)
			x.fact = &found
			break
		}
	}
	return nil
}

// alike leaves the cells the facts of the class and unit that most of them have:
// what is put side by side must be of one kind. It returns how many that are.
func alike(cells []cell) int {
	count := make(map[kind]int)
	var most kind
	for _, x := range cells { // the first of several as many
		if x.fact == nil {
			continue
		}
		k := kind{x.fact.class, x.fact.unit}
		if count[k]++; count[k] > count[most] {
			most = k
		}
	}
	for i := range cells {
		if f := cells[i].fact; f != nil && (kind{f.class, f.unit}) != most {
			cells[i].fact = nil
		}
	}
	return count[most]
}

// row returns what is told of x.
func (l *Library) row(x cell) (index.Row, error) {
	r, err := l.shelf.report(x.member)
	if err != nil {
		return index.Row{}, err
	}
	f := &r.Figures[x.fact.figure]
	return index.Row{Report: r, Of: x.member.name, Place: x.place, Year: x.year, Figure: x.fact.figure, Quote: r.FigureClause(x.fact.figure), Nature: f.Nature, Number: factOf(r, x.fact.figure).top()}, nil
}

// gather makes the rows of cells, and notes what is missing.
func (l *Library) gather(x *index.Across, cells []cell, c *catalog) error {
	for _, cell := range cells {
		switch {
		case cell.gap:
			x.Gaps = append(x.Gaps, index.Gap{Place: cell.place, Year: cell.year, Has: c.years(cell.place)})
		case cell.fact == nil:
			x.Silent = append(x.Silent, cell.place)
			x.Looked++
		default:
			row, err := l.row(cell)
			if err != nil {
				return err
			}
			x.Rows = append(x.Rows, row)
			x.Looked++
		}
	}
	return nil
}

// places puts places side by side.
func (l *Library) places(ctx context.Context, r *request, c *catalog) (*index.Answer, error) {
	ids := r.concepts[:min(len(r.concepts), used.Concepts)]
	if len(ids) == 0 {
		ids = []string{""}
	}
	x := &index.Across{Kind: index.AcrossPlaces, Subject: r.subject(c)}
	for i, id := range ids {
		cells, nature, err := l.compared(ctx, r, c, r.places, id, true)
		if err != nil {
			return nil, err
		}
		part := &index.Across{}
		if err := l.gather(part, cells, c); err != nil {
			return nil, err
		}
		for k := range part.Rows {
			if len(ids) > 1 {
				part.Rows[k].Name = nameOf(id)
			}
		}
		x.Rows = append(x.Rows, part.Rows...)
		if i == 0 {
			x.Nature, x.Year = nature, sameYear(part.Rows)
			x.Gaps, x.Silent, x.Looked = part.Gaps, part.Silent, part.Looked
			if len(part.Rows) > 1 {
				x.Best, x.Worst, x.Ties = extremes(cells)
			}
		}
	}
	for _, p := range r.absent {
		x.Gaps = append(x.Gaps, *absentGap(p, c, nil))
	}
	if len(x.Rows) == 0 && len(ids) == 1 && ids[0] == "" {
		return nil, nil // no figure is asked for: one report, or none, tells
	}
	return answer(r, l.live.Report(), x), nil
}

// extremes returns the places of the highest and of the lowest figure.
func extremes(cells []cell) (best, worst []string, ties bool) {
	var with []cell
	for _, x := range cells {
		if x.fact != nil {
			with = append(with, x)
		}
	}
	slices.SortStableFunc(with, func(a, b cell) int { return b.fact.compare(*a.fact) })
	for _, x := range with {
		if x.fact.same(*with[0].fact) {
			best = append(best, x.place)
		}
		if x.fact.same(*with[len(with)-1].fact) {
			worst = append(worst, x.place)
		}
	}
	return best, worst, len(best) == len(with)
}

// sameYear returns the year of all rows; 0 if they differ.
func sameYear(rows []index.Row) int {
	if len(rows) == 0 {
		return 0
	}
	for _, row := range rows {
		if row.Year != rows[0].Year {
			return 0
		}
	}
	return rows[0].Year
}

// nameOf returns the name of a concept.
func nameOf(id string) string {
	c, _ := concept.Lookup(id)
	return c.Name
}

// subject returns what is compared, by its official name or as the question has it.
func (r *request) subject(c *catalog) string {
	if id := r.concept(); id != "" {
		return nameOf(id)
	}
	words := r.without(c).Subject
	for _, f := range cuesOf([]rune(words)) {
		if f.cue != cueHome {
			words = strings.ReplaceAll(words, f.word, " ")
		}
	}
	return strings.Join(strings.Fields(fillers.ReplaceAllString(words, " ")), "")
}

// fillers are the words of a question that name nothing.
var fillers = lists.Pattern(`<fillers>|[？?]`)
