package handlers

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/chart"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/handlers/sheet"
	"jinwen/handlers/texts"
	"jinwen/index"
)

// maxBars is how many bars a picture has; more are too thin for a phone.
const maxBars = 12

// A chartGroup is figures that share an axis.
type chartGroup struct {
	unit   string
	growth bool
	rows   []int // figures, or pairs of listPairs
}

// name returns what the axis shows: 增速（%）, 个.
func (g chartGroup) name(t *texts.Set) string {
	if g.growth {
		return t.GrowthIn + g.unit
	}
	return g.unit
}

// chartGroups returns the rows of a list by unit, the largest first; those with a
// single row make no picture.
func (t *Turn) chartGroups(what string, rows []int) []chartGroup {
	if what == listCommitments || t.bot.opt.NoCharts {
		return nil
	}
	var groups []chartGroup
	ps := t.Report.Pairs
	for _, i := range rows {
		f := i
		if what == listPairs {
			p := ps[i]
			if !reply.SameAxis(&t.Report.Figures[p.Actual], &t.Report.Figures[p.Target]) {
				continue
			}
			f = p.Target
		}
		fig := &t.Report.Figures[f]
		if fig.Measure == corpus.MeasureRank {
			continue
		}
		growth := fig.Measure == corpus.MeasureGrowth
		g := slices.IndexFunc(groups, func(g chartGroup) bool { return g.unit == fig.Unit && g.growth == growth })
		if g < 0 {
			g = len(groups)
			groups = append(groups, chartGroup{unit: fig.Unit, growth: growth})
		}
		groups[g].rows = append(groups[g].rows, i)
	}
	if what == listFigures {
		for i := range groups {
			groups[i].rows = t.ofOneSize(groups[i].rows)
		}
	}
	groups = slices.DeleteFunc(groups, func(g chartGroup) bool { return len(g.rows) < 2 })
	slices.SortStableFunc(groups, func(a, b chartGroup) int { return len(b.rows) - len(a.rows) })
	return groups
}

// maxRatio is how many times longer than the shortest bar the longest may be:
// beyond that the short ones show nothing.
const maxRatio = 40

// ofOneSize returns the most of figs, in their order, that maxRatio allows in one
// picture.
func (t *Turn) ofOneSize(figs []int) []int {
	size := func(f int) float64 { return math.Abs(t.Report.Figures[f].Number) }
	var best []int
	for _, least := range figs {
		var fit []int
		for _, f := range figs {
			if n := size(f); n >= size(least) && n <= size(least)*maxRatio {
				fit = append(fit, f)
			}
		}
		if len(fit) > len(best) {
			best = fit
		}
	}
	return best
}

// pressChart draws the figures of an answer (q, question), a figure beside that
// of the other year (pair, target), or one group of a list (fig0, filter).
func pressChart(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	if args[0] == "q" {
		q, ok := t.recallAsked(args[1])
		if !ok {
			return notice(t.text.ButtonExpired), nil
		}
		a, r, _, err := t.pageOf(ctx, q, 0, false)
		if err != nil {
			return chat.Reply{}, err
		}
		if a.Across != nil {
			return t.acrossChart(a.Across), nil
		}
		if len(r.Chart) == 0 {
			return notice(t.text.ButtonExpired), nil
		}
		heading := t.text.ChartFigures
		if reply.OtherYear(t.Report, r.Chart[0]) == r.Chart[1] {
			heading = t.text.ChartCompare
		}
		return t.chart(heading, r.Chart), nil
	}
	if args[0] == "pair" {
		target, ok := number(args[1], len(t.Report.Figures))
		if !ok || reply.OtherYear(t.Report, target) < 0 {
			return notice(t.text.ButtonBroken), nil
		}
		return t.chart(t.text.ChartCompare, []int{reply.OtherYear(t.Report, target), target}), nil
	}
	if len(args[0]) < 4 || !validList(args[0][:3]) {
		return notice(t.text.ButtonBroken), nil
	}
	what := args[0][:3]
	f, ok := t.recallFilter(args[1])
	if !ok {
		return notice(t.text.ButtonExpired), nil
	}
	groups := t.chartGroups(what, t.rowsOf(what, f))
	n, ok := number(args[0][3:], len(groups))
	if !ok {
		return notice(t.text.ButtonBroken), nil
	}
	g := groups[n]
	heading := t.text.ChartFigures
	figs := g.rows
	if what == listPairs {
		heading = t.text.ChartCompare
		figs = nil
		for _, p := range g.rows {
			figs = append(figs, t.Report.Pairs[p].Actual, t.Report.Pairs[p].Target)
		}
	}
	if s := f.string(t); s != "" {
		heading += " · " + s
	}
	return t.chart(heading, figs), nil
}

// chart draws figs, or sets them in a table where there is no font for it.
func (t *Turn) chart(heading string, figs []int) chat.Reply {
	rep := t.Report
	left := 0
	if len(figs) > maxBars {
		left = len(figs) - maxBars
		figs = figs[:maxBars]
	}
	c, places := barsOf(rep, figs, t.text)
	c.Latin = t.Lang == chat.English
	if len(c.Groups) == 1 {
		heading = c.Groups[0].Label // what it is about says more than what is done
	}
	c.Title = fmt.Sprintf(t.text.ChartTitle, heading, cmp.Or(rep.Place, t.text.TheReport), strings.Join(c.Series, t.text.Against), c.Unit)
	c.Source = fmt.Sprintf(t.text.ChartSource, reply.Title(rep, t.text), strings.Join(places, t.text.Semicolon))
	if c.OwnScale {
		c.Source += "\n" + t.text.ChartOwnScale
	}
	if left > 0 {
		c.Source += "\n" + fmt.Sprintf(t.text.MoreLeft, left)
	}
	// No number goes out without the clause it comes from, not even in a
	// picture: the clauses follow it, folded by the transport when long.
	w := reply.NewWriter(rep, t.text, 3000)
	for _, i := range figs {
		if !w.Try(func() { w.Quote(reply.FigureQuote(rep, &rep.Figures[i])) }) {
			break
		}
	}
	return t.picture(c, w.Blocks, chat.Block{Kind: chat.Table, Text: c.Table()}, chat.Block{Kind: chat.Note, Text: c.Source})
}

// picture returns c drawn, with quotes behind it; where it cannot be, table and quotes.
func (t *Turn) picture(c chart.Chart, quotes []chat.Block, table ...chat.Block) chat.Reply {
	if !t.bot.opt.NoCharts && !t.Lacks.Pictures && !t.Draws {
		png, err := c.PNG(t.bot.opt.FontFile)
		if err == nil {
			return chat.Reply{
				Files: []chat.Attachment{{Name: fileName(c.Title) + ".png", Caption: zh.Clip(c.Title+"\n"+c.Source, 1000), Image: true, Data: png}},
				Then:  &chat.Reply{Blocks: quotes},
				Chart: drawn(c),
			}
		}
		t.bot.fontOnce.Do(func() { t.log.Warn("charts are text tables", logErr, err) })
		if !errors.Is(err, chart.ErrNoFont) {
			t.log.Debug("chart not drawn", logErr, err)
		}
	}
	return chat.Reply{Blocks: append(table, quotes...), Chart: drawn(c)}
}

// barsOf returns figs as bars, those of one name side by side, and the parts of the
// report that they are from.
func barsOf(rep *corpus.Report, figs []int, t *texts.Set) (c chart.Chart, places []string) {
	c.Unit = rep.Figures[figs[0]].Unit
	for _, i := range figs {
		f := &rep.Figures[i]
		when := reply.FigureWhen(f, t)
		s := slices.Index(c.Series, when)
		if s < 0 {
			s = len(c.Series)
			c.Series = append(c.Series, when)
		}
		bar := chart.Bar{Series: s, Number: f.Number, Value: rep.Quote(reply.BoundSpan(rep, f))}
		label := reply.FigureName(rep, f)
		if n := len(c.Groups); n > 0 && (c.Groups[n-1].Label == label || reply.OtherYear(rep, i) == figs[max(0, slices.Index(figs, i)-1)]) {
			c.Groups[n-1].Bars = append(c.Groups[n-1].Bars, bar)
		} else {
			c.Groups = append(c.Groups, chart.Group{Label: label, Bars: []chart.Bar{bar}})
		}
		if f.Passage >= 0 {
			if path := rep.Path(rep.Passages[f.Passage].Section); len(path) > 0 && !slices.Contains(places, path[0]) {
				places = append(places, path[0])
			}
		}
	}
	least, most := math.Inf(1), 0.0
	for _, g := range c.Groups {
		high := 0.0
		for _, b := range g.Bars {
			high = max(high, math.Abs(b.Number))
		}
		least, most = min(least, high), max(most, high)
	}
	c.OwnScale = most > least*maxRatio && !slices.ContainsFunc(c.Groups, func(g chart.Group) bool { return len(g.Bars) < 2 })
	return c, places
}

// drawn returns c as data.
func drawn(c chart.Chart) *chat.Chart {
	out := &chat.Chart{Title: c.Title, Series: c.Series, Source: c.Source, OwnScale: c.OwnScale}
	for _, g := range c.Groups {
		one := chat.ChartGroup{Label: g.Label}
		for _, b := range g.Bars {
			one.Bars = append(one.Bars, chat.ChartBar(b))
		}
		out.Groups = append(out.Groups, one)
	}
	return out
}

// pressSheet returns a spreadsheet of an answer from several reports: every row of
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
	var b bytes.Buffer
	table := reply.AcrossTable(a.Across, t.text)
	if err := sheet.WriteTable(&b, table); err != nil {
		return chat.Reply{}, err
	}
	return chat.Reply{Files: []chat.Attachment{{Name: fileName(table.Title) + ".xlsx", Caption: table.Title, Data: b.Bytes()}}}, nil
}

// acrossChart draws the rows of x; without a font it is a table of text.
func (t *Turn) acrossChart(x *index.Across) chat.Reply {
	c, quotes := reply.AcrossChart(x, t.text)
	if len(c.Groups) == 0 {
		return notice(t.text.ButtonExpired)
	}
	return t.picture(c, quotes, chat.Block{Kind: chat.Title, Text: c.Title}, chat.Block{Kind: chat.Table, Text: c.Table()})
}
