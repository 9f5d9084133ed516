package reply

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
	"jinwen/index"
)

// How an answer from several reports reads: a title (what, of when), the
// answer in one line, the figures place by place or year by year, what the
// library does not have, and then the quotes, each with its report. A figure
// stands nowhere but beside its own place and year.

// An acrossWriter puts such an answer together.
type acrossWriter struct {
	x      *index.Across
	l      *texts.Across
	t      *texts.Set
	blocks []chat.Block
	quoted int // rows that are quoted
}

// renderAcross returns the first message of a.
func renderAcross(a *index.Answer, t *texts.Set, limit int) Page {
	w := &acrossWriter{x: a.Across, l: &t.Across, t: t}
	w.tell()
	w.quotes(limit)
	return Page{Reply: chat.Reply{Blocks: w.blocks}, Other: -1}
}

// tell says all but the quotes.
func (w *acrossWriter) tell() {
	switch w.x.Kind {
	case index.AcrossPlaces:
		w.title()
		w.places()
	case index.AcrossYears:
		w.title()
		w.years()
	case index.AcrossRanking:
		w.title()
		w.ranking()
	case index.AcrossMention:
		w.mention()
	case index.AcrossKept:
		w.kept()
	}
	w.gaps()
}

func (w *acrossWriter) say(k chat.BlockKind, format string, args ...any) {
	w.blocks = append(w.blocks, chat.Block{Kind: k, Text: fmt.Sprintf(format, args...)})
}

// title says what is told, and of when.
func (w *acrossWriter) title() {
	when := ""
	target := w.x.Nature == corpus.Target
	switch {
	case w.x.Year != 0 && target:
		when = fmt.Sprintf(w.l.YearTarget, w.x.Year)
	case w.x.Year != 0:
		when = fmt.Sprintf(w.l.YearActual, w.x.Year)
	case target:
		when = w.l.Target
	default:
		when = w.l.Actual
	}
	w.say(chat.Title, w.l.Title, when, w.x.Subject)
}

// value returns the figure of row with the word that bounds it; a growth that is a
// fall says so.
func value(row *index.Row) string {
	f := &row.Report.Figures[row.Figure]
	v := FigureValue(row.Report, f)
	if f.Number < 0 && f.Measure == corpus.MeasureGrowth && !strings.ContainsAny(v, "-－−负") {
		return "下降" + v
	}
	return v
}

// cell returns a row in one line.
func (w *acrossWriter) cell(row *index.Row) string {
	name := row.Place
	if row.Name != "" {
		name += " " + row.Name
	}
	if w.x.Year == 0 || row.Year != w.x.Year {
		return fmt.Sprintf(w.l.CellYear, name, row.Year, value(row))
	}
	return fmt.Sprintf(w.l.Cell, name, value(row))
}

func (w *acrossWriter) join(list []string) string { return strings.Join(list, w.t.Comma) }

// of returns the rows of the places named.
func (w *acrossWriter) of(places []string) []*index.Row {
	var out []*index.Row
	for i := range w.x.Rows {
		if r := &w.x.Rows[i]; r.Figure >= 0 && slices.Contains(places, r.Place) && !slices.ContainsFunc(out, func(x *index.Row) bool { return x.Place == r.Place }) {
			out = append(out, r)
		}
	}
	return out
}

// values returns the values of rows, each once, as a list to read.
func (w *acrossWriter) values(rows []*index.Row) string { return w.join(distinct(rows)) }

// distinct returns the values of rows, each once.
func distinct(rows []*index.Row) []string {
	var out []string
	for _, r := range rows {
		if v := value(r); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// places says who has the most and the least, and what each has.
func (w *acrossWriter) places() {
	x := w.x
	first := w.of(x.Best)
	switch {
	case len(x.Rows) < 2 || len(first) == 0:
	case x.Ties && len(distinct(first)) > 1:
		var cells []string
		for _, r := range first {
			cells = append(cells, w.cell(r))
		}
		w.say(chat.Answer, w.l.SameNumber, strings.Join(cells, w.l.Comma))
	case x.Ties:
		w.say(chat.Answer, w.l.Same, w.join(x.Best), w.values(first))
	default:
		w.say(chat.Answer, pick(len(x.Best) > 1, w.l.TieMost, w.l.Most), w.join(x.Best), w.values(first))
		w.say(chat.Answer, pick(len(x.Worst) > 1, w.l.TieLeast, w.l.Least), w.join(x.Worst), w.values(w.of(x.Worst)))
	}
	w.silent()
}

func pick(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// silent names the places whose report does not give the figure.
func (w *acrossWriter) silent() {
	x := w.x
	switch {
	case len(x.Silent) == 0:
	case x.Looked <= 3:
		for _, p := range x.Silent {
			w.say(chat.Para, w.l.SilentYear, p)
		}
	default:
		w.say(chat.Para, w.l.Silent, x.Looked, len(x.Silent), w.join(x.Silent))
	}
}

// years says which way it went.
func (w *acrossWriter) years() {
	rows := w.x.Rows
	if len(rows) < 2 {
		return
	}
	a, b := &rows[0], &rows[len(rows)-1]
	switch {
	case w.x.Trend > 0:
		w.say(chat.Answer, w.l.Rose, a.Year, value(a), b.Year, value(b))
	case w.x.Trend < 0:
		w.say(chat.Answer, w.l.Fell, a.Year, value(a), b.Year, value(b))
	case w.x.Moved:
		w.say(chat.Answer, w.l.Wavered, a.Year, b.Year, w.values([]*index.Row{a, b}))
	case value(a) != value(b):
		w.say(chat.Answer, w.l.ToAndFro, a.Year, value(a), b.Year, value(b))
	default:
		w.say(chat.Answer, w.l.Stayed, a.Year, b.Year, value(b))
	}
}

// ranking says who it is that was asked for.
func (w *acrossWriter) ranking() {
	x := w.x
	var names []string
	for i := range x.Rows {
		names = append(names, fmt.Sprintf(w.l.Holds, x.Rows[i].Place, value(&x.Rows[i])))
	}
	list := w.join(names)
	var places []string
	for _, r := range x.Rows {
		places = append(places, r.Place)
	}
	all := make([]*index.Row, len(x.Rows))
	for i := range x.Rows {
		all[i] = &x.Rows[i]
	}
	o := x.Order
	switch {
	case x.Rank > 0:
		w.say(chat.Answer, w.l.RankOf, x.Rows[0].Place, value(&x.Rows[0]), x.Told, x.Rank)
		if x.Tied > 1 {
			w.say(chat.Para, w.l.RankTied, x.Tied)
		}
	case x.Than != nil && len(x.Rows) == 0:
		w.say(chat.Answer, pick(o.Rise > 0, w.l.NoneAbove, w.l.NoneBelow), x.Than.Place, value(x.Than))
	case x.Than != nil:
		w.say(chat.Answer, pick(o.Rise > 0, w.l.Above, w.l.Below), x.Than.Place, value(x.Than), len(x.Rows), list)
	case o.Rise > 0:
		w.say(chat.Answer, w.l.Raised, len(x.Rows), list)
	case o.Rise < 0:
		w.say(chat.Answer, w.l.Lowered, len(x.Rows), list)
	case o.Bound != "" && len(x.Rows) == 0:
		w.say(chat.Answer, w.l.None, o.Bound)
	case o.Bound != "":
		w.say(chat.Answer, w.l.Bound, o.Bound, len(x.Rows), list)
	case o.Both:
		w.extremes()
	case o.All:
		w.extremes()
		w.say(chat.Answer, w.l.All, list)
	case o.Top > 1:
		w.say(chat.Answer, w.l.Top, o.Top, list)
	case o.Least:
		w.say(chat.Answer, pick(len(places) > 1, w.l.TieLeast, w.l.Least), w.join(places), w.values(all))
	case len(places) > 0:
		w.say(chat.Answer, pick(len(places) > 1, w.l.TieMost, w.l.Most), w.join(places), w.values(all))
	}
	w.say(chat.Para, w.l.Ranked, x.Looked, x.Told)
	w.silent()
}

// extremes names the highest and the lowest of a whole order.
func (w *acrossWriter) extremes() {
	x := w.x
	if first, last := w.of(x.Best), w.of(x.Worst); len(first) > 0 && !x.Ties {
		w.say(chat.Answer, pick(len(x.Best) > 1, w.l.TieMost, w.l.Most), w.join(x.Best), w.values(first))
		w.say(chat.Answer, pick(len(x.Worst) > 1, w.l.TieLeast, w.l.Least), w.join(x.Worst), w.values(last))
	}
}

// mention says how many have the word, and which do not.
func (w *acrossWriter) mention() {
	x := w.x
	var names []string
	for _, r := range x.Rows {
		names = append(names, fmt.Sprintf(w.l.Mentioned, r.Place, r.Count))
	}
	if x.Unsaid {
		w.say(chat.Answer, w.l.Unsaid, x.Looked, len(x.Silent), x.Subject, cmp.Or(w.join(x.Silent), "—"))
		if len(names) > 0 {
			w.say(chat.Para, w.l.Said, len(names), w.join(names))
		}
		return
	}
	if len(names) == 0 {
		names = []string{"—"}
	}
	w.say(chat.Answer, w.l.Mentions, x.Looked, len(x.Rows), x.Subject, w.join(names))
	if len(x.Silent) > 0 {
		w.say(chat.Para, w.l.NoMention, len(x.Silent), w.join(x.Silent))
	}
}

// kept says what became of each target.
func (w *acrossWriter) kept() {
	x := w.x
	w.say(chat.Title, w.l.KeptHead, x.Year, x.Subject)
	for _, of := range x.Silent {
		w.say(chat.Answer, w.l.NoTarget, of, x.Subject)
	}
	for i := range x.Rows {
		r := &x.Rows[i]
		if r.Nature != corpus.Target {
			continue
		}
		verdict := r.Verdict
		if verdict == "" {
			verdict = x.Verdict
		}
		name := FigureName(r.Report, &r.Report.Figures[r.Figure])
		w.say(chat.Answer, w.l.Cell, name, w.l.Verdicts[verdict])
		w.say(chat.Para, w.l.KeptTarget, r.Of, value(r))
		if i+1 < len(x.Rows) && x.Rows[i+1].Nature != corpus.Target {
			n := &x.Rows[i+1]
			w.say(chat.Para, w.l.KeptResult, n.Of, value(n))
		} else if len(x.Gaps) == 0 {
			w.say(chat.Para, w.l.NoResult, strconv.Itoa(x.Year+1)+"/"+r.Place)
		}
	}
}

// gaps names what the library does not have.
func (w *acrossWriter) gaps() {
	for _, g := range w.x.Gaps {
		years := make([]string, len(g.Has))
		for i, y := range g.Has {
			years[i] = strconv.Itoa(y)
		}
		have := strings.Join(years, w.t.Comma)
		k := chat.Para
		if w.x.Kind == index.AcrossMissing {
			k = chat.Answer
		}
		switch {
		case g.Parent != "":
			w.say(k, w.l.Gap, g.Place)
			w.say(chat.Para, w.l.GapParent, g.Parent, have, g.Parent)
			continue
		case w.x.Kind == index.AcrossYears && g.Report:
			w.say(k, w.l.NoFigure, g.Year)
			continue
		case w.x.Kind == index.AcrossYears:
			year := g.Year
			if w.x.Nature == corpus.Actual {
				year++
			}
			w.say(k, w.l.Cell, strconv.Itoa(g.Year), fmt.Sprintf(w.l.GapYear, year, g.Place))
			continue
		case w.x.Kind == index.AcrossKept:
			w.say(k, w.l.GapSoon, g.Year, g.Place)
			continue
		case g.Year == 0 || len(g.Has) == 0:
			w.say(k, w.l.Gap, g.Place)
		default:
			year := g.Year
			if w.x.Nature == corpus.Actual && w.x.Kind != index.AcrossMissing {
				year++
			}
			w.say(k, w.l.GapYear, year, g.Place)
		}
		if len(g.Has) > 0 && (w.x.Kind == index.AcrossMissing || len(w.x.Gaps) < 4) {
			w.say(chat.Para, w.l.GapHas, g.Place, have)
		}
	}
}

// quotes quotes every row, as far as there is room, each under its place.
func (w *acrossWriter) quotes(limit int) {
	left := 0
	for i := range w.x.Rows {
		r := &w.x.Rows[i]
		quote := r.Quoted()
		add := []chat.Block{}
		if r.Figure >= 0 && w.x.Kind != index.AcrossKept {
			add = append(add, chat.Block{Kind: chat.Item, Text: w.cell(r)})
		}
		where := r.Of
		if r.Report != nil {
			where += " · " + Place(r.Report, r.Quote, w.t)
		}
		add = append(add, chat.Block{Kind: chat.Quote, Text: quote, At: &chat.At{Report: r.Of, Start: r.Quote.Start, End: r.Quote.End}}, chat.Block{Kind: chat.Place, Text: where})
		if Size(w.blocks)+Size(add) > limit && w.quoted > 0 {
			if r.Figure >= 0 && w.x.Kind == index.AcrossYears {
				w.say(chat.Item, "%s", w.cell(r)) // its quote is in the file
			}
			left++
			continue
		}
		w.blocks = append(w.blocks, add...)
		w.quoted++
	}
	if left > 0 {
		w.say(chat.Note, w.l.More, left)
	}
}

// named puts the name of the report above a reply from one of many.
func named(a *index.Answer, t *texts.Set, blocks []chat.Block) []chat.Block {
	if !a.Named || a.Report == nil || a.Report.Place == "" {
		return blocks
	}
	text := fmt.Sprintf(t.Across.Named, a.Report.Place, a.Report.Year)
	return append([]chat.Block{{Kind: chat.Note, Text: text}}, blocks...)
}
