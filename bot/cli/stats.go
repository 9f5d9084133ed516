package cli

import (
	"context"
	"fmt"
)

type statsCmd struct {
	JSON bool `name:"json" help:"Print one JSON object."`
	Days int  `default:"30" placeholder:"N" help:"Look at the last N days; 30 if not given."`
}

func (statsCmd) Help() string {
	return `What people asked, what they got, and what they did not; without names or user ids. Works while the bot runs.

Examples:
  jinwen stats --days 7
  jinwen stats --json | jq '.unanswered[].words'`
}

func (c *statsCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	if c.Days < 1 {
		return usagef("--days: want 1 or more")
	}
	log := a.questions()
	defer log.Close()
	until := a.now()
	s, err := log.Stats(until.AddDate(0, 0, -c.Days), until)
	if err != nil {
		return err
	}
	if c.JSON {
		return a.out.json(s)
	}
	ms := func(us int64) string { return fmt.Sprintf("%.1f ms", float64(us)/1000) }
	t := table{columns: []column{{head: fmt.Sprintf("近 %d 天", c.Days)}, {head: "", right: true}}}
	for _, row := range [][2]string{
		{"提问", fmt.Sprint(s.Questions)}, {"用户", fmt.Sprint(s.Users)},
		{"已回答", fmt.Sprint(s.Answered)}, {"未找到", fmt.Sprint(s.NotFound)},
		{"👍", fmt.Sprint(s.Up)}, {"👎", fmt.Sprint(s.Down)},
		{"用时 p50", ms(s.Took.P50)}, {"用时 p95", ms(s.Took.P95)}, {"用时 p99", ms(s.Took.P99)},
	} {
		t.add(cell{row[0], plain}, cell{row[1], bold})
	}
	if err := t.write(a.out); err != nil {
		return err
	}
	days := table{columns: []column{{head: "日期"}, {head: "提问", right: true}, {head: "用户", right: true}, {head: "已回答", right: true}}}
	for _, d := range s.Days {
		days.add(cell{d.Date, plain}, cell{fmt.Sprint(d.Questions), plain}, cell{fmt.Sprint(d.Users), plain}, cell{fmt.Sprint(d.Answered), plain})
	}
	topics := table{columns: []column{{head: "常问"}, {head: "次数", right: true}}}
	for _, x := range s.Topics {
		topics.add(cell{x.Name, plain}, cell{fmt.Sprint(x.N), plain})
	}
	missed := table{columns: []column{{head: "没答上"}, {head: "人数", right: true}, {head: "次数", right: true}, {head: "例如"}}}
	for _, g := range s.Unanswered {
		example := ""
		if len(g.Questions) > 0 {
			example = g.Questions[0].Text
		}
		missed.add(cell{g.Words, yellow}, cell{fmt.Sprint(g.Users), plain}, cell{fmt.Sprint(g.N), plain}, cell{example, dim})
	}
	disliked := table{columns: []column{{head: "👎 的提问"}, {head: "次数", right: true}}}
	for _, x := range s.Disliked {
		disliked.add(cell{x.Text, plain}, cell{fmt.Sprint(x.N), plain})
	}
	for _, t := range []table{days, topics, missed, disliked} {
		if len(t.rows) == 0 {
			continue
		}
		fmt.Fprintln(a.out)
		if err := t.write(a.out); err != nil {
			return err
		}
	}
	return nil
}
