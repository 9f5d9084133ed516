package admin

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"jinwen/corpus/zh"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/questions"
	"jinwen/index"
)

const (
	statsDays   = 7   // /stats without a number
	missedDays  = 30  // /unanswered without a number
	maxDays     = 365 // at most
	shownGroups = 10
	shownAsked  = 3 // questions of a group
	wordButtons = 5
)

// days returns the number of days that args ask for.
func days(args string, otherwise int) (int, bool) {
	if args == "" {
		return otherwise, true
	}
	n, err := strconv.Atoi(strings.TrimSpace(args))
	return n, err == nil && n >= 1 && n <= maxDays
}

// since returns the statistics of the last n days, today included.
func (c *Chat) since(t *handlers.Turn, n int) (questions.Stats, error) {
	y, m, d := t.Now.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, t.Now.Location())
	return c.asked.Stats(midnight.AddDate(0, 0, 1-n), t.Now.Add(time.Second))
}

func (c *Chat) stats(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	n, ok := days(t.Args, statsDays)
	if !ok {
		return para(fmt.Sprintf(in(t.Lang).Days, maxDays)), nil
	}
	s, err := c.since(t, n)
	if err != nil {
		return chat.Reply{}, err
	}
	if s.Questions == 0 {
		return para(fmt.Sprintf(in(t.Lang).NoStats, n)), nil
	}
	l := t.Lang
	var r chat.Reply
	add := func(kind chat.BlockKind, format string, args ...any) {
		r.Blocks = append(r.Blocks, chat.Block{Kind: kind, Text: fmt.Sprintf(format, args...)})
	}
	add(chat.Title, in(l).Stats, n)
	add(chat.Para, in(l).StatsLine, s.Questions, s.Users, s.Answered, percent(s.Answered, s.Questions), s.NotFound)
	add(chat.Para, in(l).Votes, s.Up, s.Down)
	add(chat.Para, in(l).Took, span(s.Took.P50), span(s.Took.P95), span(s.Took.P99))
	r.Blocks = append(r.Blocks, chat.Block{Kind: chat.Table, Text: dayTable(l, s.Days)})
	list := func(title string, items []string) {
		if len(items) > 0 {
			add(chat.Title, "%s", title)
			r.Blocks = append(r.Blocks, blocks(chat.Item, items...)...)
		}
	}
	var topics, reasons, disliked []string
	for _, x := range s.Topics {
		topics = append(topics, fmt.Sprintf("%s %d", x.Name, x.N))
	}
	for _, x := range s.Reasons {
		reasons = append(reasons, fmt.Sprintf("%s %d", reasonText(index.Reason(x.Name), l), x.N))
	}
	for _, q := range s.Disliked[:min(5, len(s.Disliked))] {
		disliked = append(disliked, times(q))
	}
	list(in(l).Topics, topics)
	list(in(l).Reasons, reasons)
	list(in(l).Disliked, disliked)
	if len(s.Unanswered) > 0 {
		r.Buttons = [][]chat.Button{{button(in(l).Missed, pressMissed, strconv.Itoa(n))}}
	}
	return r, nil
}

func reasonText(reason index.Reason, l chat.Lang) string {
	if t, ok := in(l).WhyNot[reason]; ok {
		return t
	}
	return string(reason)
}

// times returns q with how often it was asked.
func times(q questions.Asked) string {
	s := zh.Clip(q.Text, 60)
	if q.N > 1 {
		s += " ×" + strconv.Itoa(q.N)
	}
	return s
}

func percent(part, whole int) int { return (part*200 + whole) / (2 * whole) }

// span returns a number of microseconds as people read it.
func span(us int64) string {
	d := time.Duration(us) * time.Microsecond
	switch {
	case d < time.Millisecond:
		return d.String()
	case d < time.Second:
		return d.Round(100 * time.Microsecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}

// dayTable returns a line a day, with a bar for the number of questions; the last
// fourteen days with any.
func dayTable(l chat.Lang, list []questions.Day) string {
	list = list[max(0, len(list)-14):]
	most := 1
	for _, d := range list {
		most = max(most, d.Questions)
	}
	var b strings.Builder
	b.WriteString(in(l).DayHead)
	for _, d := range list {
		fmt.Fprintf(&b, "\n%s %6d %4d %4d%% %s", d.Date[5:], d.Questions, d.Users, percent(d.Answered, d.Questions),
			strings.Repeat("▇", (d.Questions*8+most-1)/most))
	}
	return b.String()
}

func (c *Chat) unanswered(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	n, ok := days(t.Args, missedDays)
	if !ok {
		return para(fmt.Sprintf(in(t.Lang).Days, maxDays)), nil
	}
	s, err := c.since(t, n)
	if err != nil {
		return chat.Reply{}, err
	}
	if s.Questions == 0 { // nothing was asked: that all was answered would be too much said
		return para(fmt.Sprintf(in(t.Lang).NoStats, n)), nil
	}
	if len(s.Unanswered) == 0 {
		return para(fmt.Sprintf(in(t.Lang).AllFound, n)), nil
	}
	r := chat.Reply{Blocks: blocks(chat.Title, fmt.Sprintf(in(t.Lang).Unanswered, n))}
	var words []chat.Button
	for _, g := range s.Unanswered[:min(shownGroups, len(s.Unanswered))] {
		lines := []string{fmt.Sprintf(in(t.Lang).Group, g.Words, g.Users, g.N)}
		for _, q := range g.Questions[:min(shownAsked, len(g.Questions))] {
			lines = append(lines, "– "+fmt.Sprintf(in(t.Lang).AskedWhy, times(q), reasonText(q.Reason, t.Lang)))
		}
		r.Blocks = append(r.Blocks, blocks(chat.Item, strings.Join(lines, "\n"))...)
		// Another place or year is no matter of words.
		if len(words) < wordButtons && wordMatter(g.Questions[0].Reason) && validWord(g.Words) && fits(pressWord, g.Words) {
			words = append(words, chat.Button{Text: "＋ " + g.Words, Data: handlers.AdminData(pressWord, g.Words)})
		}
	}
	for len(words) > 0 {
		k := min(3, len(words))
		r.Buttons = append(r.Buttons, words[:k])
		words = words[k:]
	}
	r.Buttons = append(r.Buttons, []chat.Button{{Text: "CSV", Data: handlers.AdminData(pressCSV, strconv.Itoa(n))}})
	return r, nil
}

func (c *Chat) missed(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	t.Message.Args = args[0]
	return c.unanswered(ctx, t)
}

// csv sends all that was not answered as a table.
func (c *Chat) csv(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	n, ok := days(args[0], missedDays)
	if !ok {
		return chat.Reply{Notice: in(t.Lang).Stale}, nil
	}
	s, err := c.since(t, n)
	if err != nil {
		return chat.Reply{}, err
	}
	var b bytes.Buffer
	if err := questions.WriteCSV(&b, s.Unanswered); err != nil {
		return chat.Reply{}, err
	}
	return chat.Reply{Files: []chat.Attachment{{Name: "unanswered-" + t.Now.Format(time.DateOnly) + ".csv", Data: b.Bytes()}}}, nil
}

func wordMatter(r index.Reason) bool { return r == index.ReasonAbsent || r == index.ReasonNoNumber }
