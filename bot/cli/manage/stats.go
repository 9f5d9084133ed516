package manage

import (
	"context"
	"fmt"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
)

// Stats is the command that shows what people asked.
type Stats struct {
	JSON bool `name:"json" help:"Print one JSON object."`
	Days int  `default:"30" placeholder:"N" help:"Look at the last N days; 30 if not given."`
}

func (Stats) Help() string {
	return `What people asked, what they got, and what they did not; without names or user ids. Works while the bot runs.

Examples:
  jinwen stats --days 7
  jinwen stats --json | jq '.unanswered[].words'`
}

func (c *Stats) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	if c.Days < 1 {
		return base.Usagef("--days: want 1 or more")
	}
	log := a.Questions()
	defer log.Close()
	until := a.Now()
	s, err := log.Stats(until.AddDate(0, 0, -c.Days), until)
	if err != nil {
		return err
	}
	if c.JSON {
		return a.Out.JSON(s)
	}
	ms := func(us int64) string { return fmt.Sprintf("%.1f ms", float64(us)/1000) }
	t := print.Table{Columns: []print.Column{{Head: fmt.Sprintf("近 %d 天", c.Days)}, {Head: "", Right: true}}}
	for _, row := range [][2]string{
		{"提问", fmt.Sprint(s.Questions)}, {"用户", fmt.Sprint(s.Users)},
		{"已回答", fmt.Sprint(s.Answered)}, {"未找到", fmt.Sprint(s.NotFound)},
		{"👍", fmt.Sprint(s.Up)}, {"👎", fmt.Sprint(s.Down)},
		{"用时 p50", ms(s.Took.P50)}, {"用时 p95", ms(s.Took.P95)}, {"用时 p99", ms(s.Took.P99)},
	} {
		t.Add(print.Plain.Of(row[0]), print.Bold.Of(row[1]))
	}
	if err := t.Write(a.Out); err != nil {
		return err
	}
	days := print.Table{Columns: []print.Column{{Head: "日期"}, {Head: "提问", Right: true}, {Head: "用户", Right: true}, {Head: "已回答", Right: true}}}
	for _, d := range s.Days {
		days.Add(print.Plain.Of(d.Date), print.Plain.Of(fmt.Sprint(d.Questions)), print.Plain.Of(fmt.Sprint(d.Users)), print.Plain.Of(fmt.Sprint(d.Answered)))
	}
	topics := print.Table{Columns: []print.Column{{Head: "常问"}, {Head: "次数", Right: true}}}
	for _, x := range s.Topics {
		topics.Add(print.Plain.Of(x.Name), print.Plain.Of(fmt.Sprint(x.N)))
	}
	missed := print.Table{Columns: []print.Column{{Head: "没答上"}, {Head: "人数", Right: true}, {Head: "次数", Right: true}, {Head: "例如"}}}
	for _, g := range s.Unanswered {
		example := ""
		if len(g.Questions) > 0 {
			example = g.Questions[0].Text
		}
		missed.Add(print.Yellow.Of(g.Words), print.Plain.Of(fmt.Sprint(g.Users)), print.Plain.Of(fmt.Sprint(g.N)), print.Dim.Of(example))
	}
	disliked := print.Table{Columns: []print.Column{{Head: "👎 的提问"}, {Head: "次数", Right: true}}}
	for _, x := range s.Disliked {
		disliked.Add(print.Plain.Of(x.Text), print.Plain.Of(fmt.Sprint(x.N)))
	}
	for _, t := range []print.Table{days, topics, missed, disliked} {
		if len(t.Rows) == 0 {
			continue
		}
		fmt.Fprintln(a.Out)
		if err := t.Write(a.Out); err != nil {
			return err
		}
	}
	return nil
}
