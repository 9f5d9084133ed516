package show

import (
	"context"
	"fmt"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/corpus"
)

// Pairs is the command that lists results beside targets.
type Pairs struct {
	words
	period
	topic
	unit
}

func (Pairs) Help() string {
	return `What was reached last year beside what is aimed at this year, of everything that the report gives both for.

Examples:
  jinwen pairs
  jinwen pairs --filter 就业
  jinwen pairs --json | jq -r '[.indicator, .actual.value, .target.value] | @tsv'`
}

// pair is a corpus.Pair as scripts see it; start and end are the target's.
type pair struct {
	Indicator  string  `json:"indicator"`
	Actual     figure  `json:"actual"`
	Target     figure  `json:"target"`
	Difference float64 `json:"difference"` // target less actual, in base units
	corpus.Span
}

func (c *Pairs) Run(ctx context.Context, a *base.App) error {
	r, lex, period, err := filtered(a, c.period, nature{}, c.topic, c.unit)
	if err != nil {
		return err
	}
	actual, target := "去年结果", "今年目标"
	if r.Year != 0 {
		actual, target = fmt.Sprintf("%d年结果", r.ReviewYear()), fmt.Sprintf("%d年目标", r.Year)
	}
	t := print.Table{Columns: []print.Column{{Head: "指标"}, {Head: actual, Right: true}, {Head: target, Right: true}, {Head: "目标原文"}}}
	n := 0
	for _, x := range r.Pairs {
		p := pair{x.Indicator, figureOf(r, r.Figures[x.Actual]), figureOf(r, r.Figures[x.Target]), x.Difference, r.Figures[x.Target].Span}
		if !c.words.match(p.Indicator, p.Actual.Clause, p.Target.Clause) || !c.unit.match(p.Actual.Figure) && !c.unit.match(p.Target.Figure) ||
			period != "" && p.Actual.Period != period && p.Target.Period != period ||
			!c.topic.match(lex, p.Target.Path, p.Indicator+"\n"+p.Target.Clause) {
			continue
		}
		n++
		if c.JSON {
			if err := a.Out.JSON(p); err != nil {
				return err
			}
			continue
		}
		name, goal := written(r, &p.Target.Figure)
		_, reached := written(r, &p.Actual.Figure)
		t.Add(print.Bold.Of(name), print.Green.Of(reached), print.Yellow.Of(goal), print.Dim.Of(p.Target.Clause))
	}
	if !c.JSON && n > 0 {
		return t.Write(a.Out)
	}
	return none(a, n, c.words)
}
