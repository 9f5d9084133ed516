package cli

import (
	"context"
	"fmt"

	"jinwen/corpus"
)

type pairsCmd struct {
	words
	period
	topic
	unit
}

func (pairsCmd) Help() string {
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

func (c *pairsCmd) Run(ctx context.Context, a *app) error {
	r, lex, period, err := a.filtered(c.period, nature{}, c.topic, c.unit)
	if err != nil {
		return err
	}
	actual, target := "去年结果", "今年目标"
	if r.Year != 0 {
		actual, target = fmt.Sprintf("%d年结果", r.ReviewYear()), fmt.Sprintf("%d年目标", r.Year)
	}
	t := table{columns: []column{{head: "指标"}, {head: actual, right: true}, {head: target, right: true}, {head: "目标原文"}}}
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
			if err := a.out.json(p); err != nil {
				return err
			}
			continue
		}
		name, goal := written(r, &p.Target.Figure)
		_, reached := written(r, &p.Actual.Figure)
		t.add(cell{name, bold}, cell{reached, green}, cell{goal, yellow}, cell{p.Target.Clause, dim})
	}
	if !c.JSON && n > 0 {
		return t.write(a.out)
	}
	return a.none(n, c.words)
}
