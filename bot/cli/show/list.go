// Package show holds the commands that show what is in a report: its figures,
// commitments, pairs, headings and passages, what became of its targets, and
// what differs between two texts.
package show

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/corpus"
	"jinwen/handlers/reply"
	"jinwen/index/lexicon"
)

// The lists of what is in the report, in the order of its text. Headings of
// tables are Chinese, as what stands in them.

// listed returns what all lists begin with.
func listed(a *base.App) (*corpus.Report, *lexicon.Lexicon, error) {
	if err := a.Configure(); err != nil {
		return nil, nil, err
	}
	r, err := a.Report()
	if err != nil {
		return nil, nil, err
	}
	lex, err := a.Lexicon()
	return r, lex, err
}

// filtered is listed for a command with filters, which it checks against the
// report; period is the one asked for as figures carry it, "" if any.
func filtered(a *base.App, p period, n nature, t topic, u unit) (r *corpus.Report, lex *lexicon.Lexicon, period string, err error) {
	if r, lex, err = listed(a); err != nil {
		return nil, nil, "", err
	}
	if period, err = p.resolve(r); err != nil {
		return nil, nil, "", err
	}
	for _, err := range []error{n.check(), t.check(lex, r), u.check(r)} {
		if err != nil {
			return nil, nil, "", err
		}
	}
	return r, lex, period, nil
}

// none says on standard error that a filter left nothing: not an error, but
// easily taken for one.
func none(a *base.App, n int, w words) error {
	if n == 0 && !w.JSON {
		fmt.Fprintln(a.Err, "jinwen: nothing in the report matches")
	}
	return nil
}

// Figures is the command that lists figures.
type Figures struct {
	words
	period
	nature
	topic
	unit
}

func (Figures) Help() string {
	return `Examples:
  jinwen figures --filter 燃气 --period 2024
  jinwen figures --nature target --topic 教育
  jinwen figures --unit 公里 --json | jq -r '[.indicator, .value] | @tsv'`
}

// figure is a corpus.Figure for people: with the clause that may be quoted
// for it, and where that stands.
type figure struct {
	corpus.Figure
	Clause string   `json:"clause"`
	Path   []string `json:"path"`
}

func figureOf(r *corpus.Report, f corpus.Figure) figure {
	return figure{f, r.Quote(f.Clause), passagePath(r, f.Passage)}
}

func passagePath(r *corpus.Report, passage int) []string {
	if passage < 0 {
		return []string{}
	}
	return base.SectionPath(r, r.Passages[passage].Section)
}

func (c *Figures) Run(ctx context.Context, a *base.App) error {
	r, lex, period, err := filtered(a, c.period, c.nature, c.topic, c.unit)
	if err != nil {
		return err
	}
	t := print.Table{Columns: []print.Column{{Head: "指标"}, {Head: "数值", Right: true}, {Head: "时间"}, {Head: "性质"}, {Head: "原文"}}}
	n := 0
	for _, x := range r.Figures {
		f := figureOf(r, x)
		if !c.words.match(f.Indicator, f.Value, f.Clause) || !c.unit.match(x) || !c.topic.match(lex, f.Path, f.Indicator+"\n"+f.Clause) ||
			period != "" && f.Period != period || c.Nature != "" && string(f.Nature) != c.Nature {
			continue
		}
		n++
		if c.JSON {
			if err := a.Out.JSON(f); err != nil {
				return err
			}
			continue
		}
		name, value := written(r, &x)
		t.Add(print.Bold.Of(name), natureStyle(f.Nature).Of(value), print.Plain.Of(periodName(f.Period)), natureStyle(f.Nature).Of(natureName(f.Nature)), print.Dim.Of(f.Clause))
	}
	if !c.JSON && n > 0 {
		return t.Write(a.Out)
	}
	return none(a, n, c.words)
}

// written returns a figure as replies write it: growth and bounds are told by words,
// and a fall by a minus sign where the name has no word for it.
func written(r *corpus.Report, f *corpus.Figure) (name, value string) {
	name, value = reply.FigureName(r, f), reply.FigureValue(r, f)
	if f.Number < 0 && name == f.Indicator {
		value = "−" + value
	}
	return name, value
}

func natureName(n corpus.Nature) string {
	switch n {
	case corpus.Actual:
		return "结果"
	case corpus.Target:
		return "目标"
	}
	return "背景"
}

func natureStyle(n corpus.Nature) print.Style {
	switch n {
	case corpus.Actual:
		return print.Green
	case corpus.Target:
		return print.Yellow
	}
	return print.Dim
}

func periodName(p string) string {
	switch p {
	case "cumulative":
		return "累计"
	case "other":
		return "其他"
	}
	return p
}

// Commitments is the command that lists commitments.
type Commitments struct {
	words
	period
	nature
	topic
	unit
	Quantified bool `help:"Only those with a number."`
}

func (Commitments) Help() string {
	return `Examples:
  jinwen commitments --topic 教育
  jinwen commitments --filter 地铁
  jinwen commitments --unit 公里 --json`
}

// commitment is a corpus.Commitment with its figures and its place.
type commitment struct {
	corpus.Commitment
	Path    []string        `json:"path"`
	Figures []corpus.Figure `json:"figures"`
}

func commitmentOf(r *corpus.Report, c corpus.Commitment) commitment {
	out := commitment{c, passagePath(r, c.Passage), make([]corpus.Figure, 0, len(c.Figures))}
	for _, i := range c.Figures {
		out.Figures = append(out.Figures, r.Figures[i])
	}
	return out
}

func (c *Commitments) Run(ctx context.Context, a *base.App) error {
	r, lex, period, err := filtered(a, c.period, c.nature, c.topic, c.unit)
	if err != nil {
		return err
	}
	t := print.Table{Columns: []print.Column{{Head: "序号", Right: true}, {Head: "承诺事项"}, {Head: "量化指标"}, {Head: "所在部分"}}}
	n := 0
	for i, x := range r.Commitments {
		y := commitmentOf(r, x)
		// A commitment as such is an aim for the plan's year; beyond that the
		// filters of figures ask for one figure in it that they take.
		taken := c.Unit == "" && !c.Quantified && (period == "" || period == strconv.Itoa(r.Year)) && (c.Nature == "" || c.Nature == string(corpus.Target))
		var values []string
		for _, f := range y.Figures {
			taken = taken || c.unit.match(f) && (period == "" || f.Period == period) && (c.Nature == "" || string(f.Nature) == c.Nature)
			values = append(values, f.Value)
		}
		if !taken || !c.words.match(y.Text, y.Commitment.Topic, strings.Join(y.Places, " "), strings.Join(y.Organisations, " ")) || !c.topic.match(lex, y.Path, y.Text) {
			continue
		}
		n++
		if c.JSON {
			if err := a.Out.JSON(y); err != nil {
				return err
			}
			continue
		}
		t.Add(print.Dim.Of(fmt.Sprint(i+1)), print.Plain.Of(y.Text), print.Yellow.Of(strings.Join(values, "、")), print.Dim.Of(y.Commitment.Topic))
	}
	if !c.JSON && n > 0 {
		return t.Write(a.Out)
	}
	return none(a, n, c.words)
}

// Outline is the command that shows the headings.
type Outline struct {
	words
	Depth int `placeholder:"N" help:"Only so many levels."`
}

func (Outline) Help() string {
	return `Examples:
  jinwen outline
  jinwen outline --depth 2
  jinwen outline --filter 京津冀`
}

// section is a corpus.Section as scripts see it; start and end are those of
// the heading, until is the end of what stands under it.
type section struct {
	Level int         `json:"level"`
	Mark  string      `json:"mark"`
	Title string      `json:"title"`
	Text  string      `json:"text"` // the heading, verbatim
	Path  []string    `json:"path"`
	Time  corpus.Time `json:"time"`
	corpus.Span
	Until int `json:"until"`
}

func (c *Outline) Run(ctx context.Context, a *base.App) error {
	r, _, err := listed(a)
	if err != nil {
		return err
	}
	if c.Depth < 0 {
		return base.Usagef("--depth: want 1 or more")
	}
	n := 0
	if !c.JSON && len(c.Filter) == 0 {
		fmt.Fprintln(a.Out, a.Out.Styled(print.Bold, r.Title))
	}
	for i, s := range r.Sections {
		if c.Depth > 0 && s.Level > c.Depth || !c.words.match(r.Quote(s.Heading)) {
			continue
		}
		n++
		if c.JSON {
			if err := a.Out.JSON(section{s.Level, s.Mark, s.Title, r.Quote(s.Heading), base.SectionPath(r, i), s.Time, s.Heading, s.End}); err != nil {
				return err
			}
			continue
		}
		st := print.Plain
		switch {
		case s.Level == 1:
			st = print.Bold
		case s.Inline:
			st = print.Dim
		}
		fmt.Fprintln(a.Out, strings.Repeat("  ", s.Level-1)+a.Out.Styled(st, r.Quote(s.Heading)))
	}
	if len(r.Sections) == 0 {
		fmt.Fprintln(a.Err, "jinwen: no headings were found in this text")
		return nil
	}
	return none(a, n, c.words)
}

// Passages is the command that lists the passages.
type Passages struct {
	words
	topic
	Time string `placeholder:"TIME" help:"Only of the review, the plan, or other."`
}

func (Passages) Help() string {
	return `Examples:
  jinwen passages --filter 口袋公园
  jinwen passages --time plan --json`
}

// passage is a corpus.Passage as scripts see it.
type passage struct {
	ID   string      `json:"id"`
	Path []string    `json:"path"`
	Text string      `json:"text"`
	Time corpus.Time `json:"time"`
	corpus.Span
}

func (c *Passages) Run(ctx context.Context, a *base.App) error {
	r, lex, err := listed(a)
	if err != nil {
		return err
	}
	switch corpus.Time(c.Time) {
	case "", corpus.Review, corpus.Plan, corpus.Other:
	default:
		return base.Usagef("--time: unknown time %q: want review, plan or other", c.Time)
	}
	if err := c.topic.check(lex, r); err != nil {
		return err
	}
	t := print.Table{Columns: []print.Column{{Head: "编号"}, {Head: "原文"}, {Head: "所在部分"}}}
	n := 0
	for _, x := range r.Passages {
		p := passage{x.ID, base.SectionPath(r, x.Section), r.Quote(x.Span), x.Time, x.Span}
		if !c.words.match(p.Text) || !c.topic.match(lex, p.Path, p.Text) || c.Time != "" && string(p.Time) != c.Time {
			continue
		}
		n++
		if c.JSON {
			if err := a.Out.JSON(p); err != nil {
				return err
			}
			continue
		}
		t.Add(print.Dim.Of(p.ID), print.Plain.Of(strings.ReplaceAll(p.Text, "\n", " ")), print.Dim.Of(last(p.Path)))
	}
	if !c.JSON && n > 0 {
		return t.Write(a.Out)
	}
	return none(a, n, c.words)
}

func last(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[len(s)-1]
}
