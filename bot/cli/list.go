package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/handlers/reply"
	"jinwen/index/lexicon"
)

// The lists of what is in the report, in the order of its text. Headings of
// tables are Chinese, as what stands in them.

// listed is what all lists begin with.
func (a *app) listed() (*corpus.Report, *lexicon.Lexicon, error) {
	if err := a.configure(); err != nil {
		return nil, nil, err
	}
	r, err := a.report()
	if err != nil {
		return nil, nil, err
	}
	lex, err := a.lexicon()
	return r, lex, err
}

// filtered is listed for a command with filters, which it checks against the
// report; period is the one asked for as figures carry it, "" if any.
func (a *app) filtered(p period, n nature, t topic, u unit) (r *corpus.Report, lex *lexicon.Lexicon, period string, err error) {
	if r, lex, err = a.listed(); err != nil {
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
func (a *app) none(n int, w words) error {
	if n == 0 && !w.JSON {
		fmt.Fprintln(a.err, "jinwen: nothing in the report matches")
	}
	return nil
}

type figuresCmd struct {
	words
	period
	nature
	topic
	unit
}

func (figuresCmd) Help() string {
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
	return path(r, r.Passages[passage].Section)
}

func (c *figuresCmd) Run(ctx context.Context, a *app) error {
	r, lex, period, err := a.filtered(c.period, c.nature, c.topic, c.unit)
	if err != nil {
		return err
	}
	t := table{columns: []column{{head: "指标"}, {head: "数值", right: true}, {head: "时间"}, {head: "性质"}, {head: "原文"}}}
	n := 0
	for _, x := range r.Figures {
		f := figureOf(r, x)
		if !c.words.match(f.Indicator, f.Value, f.Clause) || !c.unit.match(x) || !c.topic.match(lex, f.Path, f.Indicator+"\n"+f.Clause) ||
			period != "" && f.Period != period || c.Nature != "" && string(f.Nature) != c.Nature {
			continue
		}
		n++
		if c.JSON {
			if err := a.out.json(f); err != nil {
				return err
			}
			continue
		}
		name, value := written(r, &x)
		t.add(cell{name, bold}, cell{value, natureStyle(f.Nature)}, cell{periodName(f.Period), plain}, cell{natureName(f.Nature), natureStyle(f.Nature)}, cell{f.Clause, dim})
	}
	if !c.JSON && n > 0 {
		return t.write(a.out)
	}
	return a.none(n, c.words)
}

// written is a figure as replies write it: growth and bounds are told by words,
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

func natureStyle(n corpus.Nature) style {
	switch n {
	case corpus.Actual:
		return green
	case corpus.Target:
		return yellow
	}
	return dim
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

type commitmentsCmd struct {
	words
	period
	nature
	topic
	unit
	Quantified bool `help:"Only those with a number."`
}

func (commitmentsCmd) Help() string {
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

func (c *commitmentsCmd) Run(ctx context.Context, a *app) error {
	r, lex, period, err := a.filtered(c.period, c.nature, c.topic, c.unit)
	if err != nil {
		return err
	}
	t := table{columns: []column{{head: "序号", right: true}, {head: "承诺事项"}, {head: "量化指标"}, {head: "所在部分"}}}
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
			if err := a.out.json(y); err != nil {
				return err
			}
			continue
		}
		t.add(cell{fmt.Sprint(i + 1), dim}, cell{y.Text, plain}, cell{strings.Join(values, "、"), yellow}, cell{y.Commitment.Topic, dim})
	}
	if !c.JSON && n > 0 {
		return t.write(a.out)
	}
	return a.none(n, c.words)
}

type outlineCmd struct {
	words
	Depth int `placeholder:"N" help:"Only so many levels."`
}

func (outlineCmd) Help() string {
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

func (c *outlineCmd) Run(ctx context.Context, a *app) error {
	r, _, err := a.listed()
	if err != nil {
		return err
	}
	if c.Depth < 0 {
		return usagef("--depth: want 1 or more")
	}
	n := 0
	if !c.JSON && len(c.Filter) == 0 {
		fmt.Fprintln(a.out, styled(a.out, bold, r.Title))
	}
	for i, s := range r.Sections {
		if c.Depth > 0 && s.Level > c.Depth || !c.words.match(r.Quote(s.Heading)) {
			continue
		}
		n++
		if c.JSON {
			if err := a.out.json(section{s.Level, s.Mark, s.Title, r.Quote(s.Heading), path(r, i), s.Time, s.Heading, s.End}); err != nil {
				return err
			}
			continue
		}
		st := plain
		switch {
		case s.Level == 1:
			st = bold
		case s.Inline:
			st = dim
		}
		fmt.Fprintln(a.out, strings.Repeat("  ", s.Level-1)+styled(a.out, st, r.Quote(s.Heading)))
	}
	if len(r.Sections) == 0 {
		fmt.Fprintln(a.err, "jinwen: no headings were found in this text")
		return nil
	}
	return a.none(n, c.words)
}

func styled(o *output, st style, s string) string {
	if !o.colour || st == plain {
		return s
	}
	return string(st) + s + reset
}

type passagesCmd struct {
	words
	topic
	Time string `placeholder:"TIME" help:"Only of the review, the plan, or other."`
}

func (passagesCmd) Help() string {
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

func (c *passagesCmd) Run(ctx context.Context, a *app) error {
	r, lex, err := a.listed()
	if err != nil {
		return err
	}
	switch corpus.Time(c.Time) {
	case "", corpus.Review, corpus.Plan, corpus.Other:
	default:
		return usagef("--time: unknown time %q: want review, plan or other", c.Time)
	}
	if err := c.topic.check(lex, r); err != nil {
		return err
	}
	t := table{columns: []column{{head: "编号"}, {head: "原文"}, {head: "所在部分"}}}
	n := 0
	for _, x := range r.Passages {
		p := passage{x.ID, path(r, x.Section), r.Quote(x.Span), x.Time, x.Span}
		if !c.words.match(p.Text) || !c.topic.match(lex, p.Path, p.Text) || c.Time != "" && string(p.Time) != c.Time {
			continue
		}
		n++
		if c.JSON {
			if err := a.out.json(p); err != nil {
				return err
			}
			continue
		}
		t.add(cell{p.ID, dim}, cell{strings.ReplaceAll(p.Text, "\n", " "), plain}, cell{last(p.Path), dim})
	}
	if !c.JSON && n > 0 {
		return t.write(a.out)
	}
	return a.none(n, c.words)
}

func last(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[len(s)-1]
}
