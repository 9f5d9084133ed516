package reply

import (
	"fmt"
	"slices"
	"strconv"

	"jinwen/corpus"
	"jinwen/handlers/chart"
	"jinwen/handlers/chat"
	"jinwen/handlers/sheet"
	"jinwen/handlers/texts"
	"jinwen/index"
)

// heading returns what the answer is about, in one line.
func (w *acrossWriter) heading() string {
	switch w.x.Kind {
	case index.AcrossMention:
		return fmt.Sprintf("%d “%s”", w.x.Year, w.x.Subject)
	case index.AcrossKept:
		return fmt.Sprintf(w.l.KeptHead, w.x.Year, w.x.Subject)
	}
	one := &acrossWriter{x: w.x, l: w.l, t: w.t}
	one.title()
	return one.blocks[0].Text
}

// table returns the answer as rows: first those that are the answer, then those that
// were compared with them, then the places that say nothing.
func (w *acrossWriter) table() sheet.Table {
	x := w.x
	out := sheet.Table{Title: w.heading(), Columns: w.l.Columns}
	for _, b := range w.head() {
		out.Head = append(out.Head, b.Text)
	}
	for _, rows := range [][]index.Row{x.Rows, x.Others} {
		for i := range rows {
			r := &rows[i]
			v, number, name, where := "", "", r.Name, ""
			if r.Figure >= 0 {
				f := &r.Report.Figures[r.Figure]
				v, number = value(r), strconv.FormatFloat(r.Number, 'f', -1, 64)
				if name == "" {
					name = FigureName(r.Report, f)
				}
				if x.Kind == index.AcrossKept {
					number = strconv.FormatFloat(f.Number, 'f', -1, 64)
				}
				where = Place(r.Report, r.Quote, w.t)
			} else {
				v = strconv.Itoa(r.Count)
			}
			out.Rows = append(out.Rows, []string{r.Place, strconv.Itoa(r.Year), name, v, number, r.Quoted(), r.Of, where})
		}
	}
	for _, p := range x.Silent {
		out.Rows = append(out.Rows, []string{p, strconv.Itoa(x.Year), "", "—", "", "", "", ""})
	}
	return out
}

// head returns the blocks of the answer without its quotes.
func (w *acrossWriter) head() []chat.Block {
	one := &acrossWriter{x: w.x, l: w.l, t: w.t}
	one.tell()
	return one.blocks
}

// maxAcross is how many bars a picture of an answer from several reports has.
const maxAcross = 24

// AcrossBars returns the rows of x that make a picture: figures of one unit.
func AcrossBars(x *index.Across) []*index.Row {
	if x.Kind == index.AcrossMention || x.Kind == index.AcrossMissing {
		return nil
	}
	var out []*index.Row
	for _, rows := range [][]index.Row{x.Rows, x.Others} {
		for i := range rows {
			r := &rows[i]
			if r.Figure < 0 || r.Report.Figures[r.Figure].Measure == corpus.MeasureRank || len(out) == maxAcross {
				continue
			}
			if len(out) > 0 && (unitOf(out[0]) != unitOf(r) || out[0].Name != r.Name && x.Kind != index.AcrossKept) {
				continue
			}
			out = append(out, r)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func unitOf(r *index.Row) string { return r.Report.Figures[r.Figure].Unit }

// quoteAll quotes rows, as far as limit allows: no number goes out without the
// clause that it comes from.
func (w *acrossWriter) quoteAll(rows []*index.Row, limit int) []chat.Block {
	x := *w.x
	x.Rows = nil
	for _, r := range rows {
		x.Rows = append(x.Rows, *r)
	}
	one := &acrossWriter{x: &x, l: w.l, t: w.t}
	one.quotes(limit)
	return one.blocks
}

// AcrossChart returns the picture of the rows of x and their quotes; without bars if
// they make none.
func AcrossChart(x *index.Across, t *texts.Set) (chart.Chart, []chat.Block) {
	w := &acrossWriter{x: x, l: &t.Across, t: t}
	rows := AcrossBars(x)
	if len(rows) == 0 {
		return chart.Chart{}, nil
	}
	c := chart.Chart{Title: w.heading() + " · " + unitOf(rows[0]), Series: []string{w.heading()}}
	var of []string
	for _, r := range rows {
		label := r.Place
		if x.Kind == index.AcrossYears || x.Year == 0 {
			label += " " + strconv.Itoa(r.Year)
		}
		if x.Kind == index.AcrossKept {
			label = r.Of
		}
		number := r.Number
		if x.Kind == index.AcrossKept {
			number = r.Report.Figures[r.Figure].Number
		}
		c.Groups = append(c.Groups, chart.Group{Label: label, Bars: []chart.Bar{{Number: number, Value: value(r)}}})
		if !slices.Contains(of, r.Of) {
			of = append(of, r.Of)
		}
	}
	c.Source = w.join(of)
	return c, w.quoteAll(rows, 3000)
}

// AcrossTable returns the answer x as a spreadsheet.
func AcrossTable(x *index.Across, t *texts.Set) sheet.Table {
	w := &acrossWriter{x: x, l: &t.Across, t: t}
	return w.table()
}
