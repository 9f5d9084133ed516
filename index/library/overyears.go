package library

import (
	"context"

	"jinwen/corpus"
	"jinwen/index"
)

// years tells of one place over the years.
func (l *Library) years(ctx context.Context, r *request, c *catalog) (*index.Answer, error) {
	p := r.placeOr(c.home)
	if len(r.places) == 0 && len(r.absent) > 0 {
		x := &index.Across{Kind: index.AcrossMissing, Gaps: []index.Gap{*absentGap(r.absent[0], c, r.years)}}
		return answer(r, l.live.Report(), x), nil
	}
	id := r.concept()
	natures := []corpus.Nature{r.nature}
	if r.nature == "" {
		natures = []corpus.Nature{corpus.Actual, corpus.Target}
	}
	var best []cell
	var nature corpus.Nature
	most := -1
	for _, n := range natures {
		var cells []cell
		for _, y := range r.years {
			some, err := l.cellsOf(r, c, []string{p}, id, y, n, false)
			if err != nil {
				return nil, err
			}
			cells = append(cells, some...)
		}
		asked := *r
		asked.nature = n
		got := settle(cells, preferred(&asked))
		if id == "" {
			if err := l.askYears(ctx, &asked, c, cells); err != nil {
				return nil, err
			}
			got = alike(cells)
		}
		if got > most && (most < 2 || got > 2*most) { // results, unless hardly any are told
			best, nature, most = cells, n, got
		}
	}
	if most == 0 && id == "" {
		return nil, nil
	}
	x := &index.Across{Kind: index.AcrossYears, Subject: r.subject(c), Nature: nature}
	var told []cell
	for _, cell := range best {
		switch {
		case cell.gap:
			x.Gaps = append(x.Gaps, index.Gap{Place: p, Year: cell.year, Has: c.years(p)})
		case cell.fact == nil:
			x.Gaps = append(x.Gaps, index.Gap{Place: p, Year: cell.year, Report: true})
		default:
			row, err := l.row(cell)
			if err != nil {
				return nil, err
			}
			x.Rows = append(x.Rows, row)
			told = append(told, cell)
		}
	}
	x.Looked = len(best)
	x.Trend, x.Moved = trend(told)
	return answer(r, l.live.Report(), x), nil
}

// askYears is askCells with each year named by itself.
func (l *Library) askYears(ctx context.Context, r *request, c *catalog, cells []cell) error {
	for i := range cells {
		one := *r
		q := *r.q
		q.Periods = nil
		q.Nature = r.nature
		one.q, one.alone = &q, nil
		if err := l.askCells(ctx, &one, c, cells[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

// trend returns the way from the first to the last, and whether anything moved.
func trend(cells []cell) (way int, moved bool) {
	if len(cells) < 2 {
		return 0, false
	}
	first, last := cells[0].fact, cells[len(cells)-1].fact
	for _, x := range cells[1:] {
		moved = moved || !x.fact.same(*first)
	}
	if first.same(*last) {
		return 0, moved
	}
	return last.compare(*first), moved
}
