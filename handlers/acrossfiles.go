package handlers

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/chart"
	"jinwen/handlers/chat"
	"jinwen/handlers/sheet"
	"jinwen/index"
)

// pressSheet is a spreadsheet of an answer from several reports: every row of
// it, with its quote and the report that it is from.
func pressSheet(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	q, ok := t.recallAsked(args[0])
	if !ok {
		return notice(t.text.ButtonExpired), nil
	}
	a, err := t.resolve(ctx, q, 0)
	if err != nil {
		return chat.Reply{}, err
	}
	if a.Across == nil {
		return notice(t.text.ButtonExpired), nil
	}
	w := &acrossWriter{x: a.Across, l: acrossText(t.text), t: t.text}
	var b bytes.Buffer
	table := w.table()
	if err := sheet.WriteTable(&b, table); err != nil {
		return chat.Reply{}, err
	}
	return chat.Reply{Files: []chat.Attachment{{Name: fileName(table.Title) + ".xlsx", Caption: table.Title, Data: b.Bytes()}}}, nil
}

// heading is what the answer is about, in one line.
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

// table is the answer as rows: first those that are the answer, then those that
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
				where = place(r.Report, r.Quote, w.t)
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

// head are the blocks of the answer without its quotes.
func (w *acrossWriter) head() []chat.Block {
	one := &acrossWriter{x: w.x, l: w.l, t: w.t}
	one.tell()
	return one.blocks
}

// maxAcross is how many bars a picture of an answer from several reports has.
const maxAcross = 24

// acrossBars are the rows of x that make a picture: figures of one unit.
func acrossBars(x *index.Across) []*index.Row {
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

// acrossChart draws the rows of x; without a font it is a table of text.
func (t *Turn) acrossChart(x *index.Across) chat.Reply {
	w := &acrossWriter{x: x, l: acrossText(t.text), t: t.text}
	rows := acrossBars(x)
	if len(rows) == 0 {
		return notice(t.text.ButtonExpired)
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
	then := &chat.Reply{Blocks: w.quoteAll(rows, 3000)}
	if !t.bot.opt.NoCharts && !t.Lacks.Pictures && !t.Draws {
		if png, err := c.PNG(t.bot.opt.FontFile); err == nil {
			return chat.Reply{
				Files: []chat.Attachment{{Name: fileName(c.Title) + ".png", Caption: zh.Clip(c.Title+"\n"+c.Source, 1000), Image: true, Data: png}},
				Then:  then,
				Chart: drawn(c),
			}
		}
	}
	return chat.Reply{Blocks: append([]chat.Block{{Kind: chat.Title, Text: c.Title}, {Kind: chat.Table, Text: c.Table()}}, then.Blocks...), Chart: drawn(c)}
}

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
