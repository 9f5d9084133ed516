package handlers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/kept"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/handlers/texts"
)

// keptCommand is /kept [place] [words]: what became of last year's targets, by
// the newest report. Of each that can be judged both reports are quoted.
func keptCommand(ctx context.Context, t *Turn) (chat.Reply, error) {
	l := &t.text.Across
	now := t.Report
	shelf, _ := t.bot.src.(Shelf)
	words := wordsOf(t.Args)
	if shelf != nil && len(words) > 0 {
		if r := cmp.Or(shelf.Named(words[0]), shelf.Newest(words[0])); r != nil {
			now, words = r, words[1:]
		}
	}
	var before *corpus.Report
	if shelf != nil {
		before = shelf.Before(now)
	}
	if before == nil {
		return chat.Say(fmt.Sprintf(l.KeptNone, now.Place, now.Year-1, now.Year-1)), nil
	}
	items := slices.DeleteFunc(kept.Compare(before, now), func(it kept.Item) bool {
		f := &before.Figures[it.Target]
		text := f.Indicator + before.Quote(f.Clause) + simplified(l.Verdicts[string(it.Verdict)])
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	})
	r := chat.Reply{Blocks: []chat.Block{
		{Kind: chat.Title, Text: fmt.Sprintf(l.KeptOf, now.Place, before.Year, now.Year)},
		{Kind: chat.Answer, Text: fmt.Sprintf(l.KeptSum, len(items), keptSum(items, l))},
	}}
	// What went wrong first, then what went well.
	order := []kept.Verdict{kept.Missed, kept.Partly, kept.Near, kept.Exceeded, kept.Kept, kept.NotComparable}
	left := 0
	for _, v := range order {
		for _, it := range items {
			if it.Verdict != v || it.Result < 0 {
				continue
			}
			add := keptBlocks(before, now, it, t.text)
			if reply.Size(r.Blocks)+reply.Size(add) > reply.Room.Page {
				left++
				continue
			}
			r.Blocks = append(r.Blocks, add...)
		}
	}
	if left > 0 {
		r.Blocks = append(r.Blocks, chat.Block{Kind: chat.Note, Text: fmt.Sprintf(l.KeptMore, left)})
	}
	if id := t.filterID(filter{}); now == t.Report && id != "" {
		r.Buttons = [][]chat.Button{{{Text: t.text.ButtonExport, Data: reply.Data(actExport, now, id)}}}
	}
	return r, nil
}

// keptSum says how many of each verdict there are.
func keptSum(items []kept.Item, l *texts.Across) string {
	n := kept.Sum(items)
	var out []string
	for _, v := range kept.Verdicts {
		if n[v] > 0 {
			out = append(out, fmt.Sprintf("%s %d", l.Verdicts[string(v)], n[v]))
		}
	}
	return strings.Join(out, l.Comma)
}

// keptBlocks returns one target with its result, both quoted.
func keptBlocks(before, now *corpus.Report, it kept.Item, t *texts.Set) []chat.Block {
	l := &t.Across
	f, g := &before.Figures[it.Target], &now.Figures[it.Result]
	quote := func(r *corpus.Report, i int) []chat.Block {
		s := reply.FigureQuote(r, &r.Figures[i])
		return []chat.Block{
			{Kind: chat.Quote, Text: r.Quote(s), At: reply.StandsAt(r, s)},
			{Kind: chat.Place, Text: corpus.ReportName(r.Year, r.Place) + " · " + reply.Place(r, s, t)},
		}
	}
	line := fmt.Sprintf(l.KeptLine, l.Verdicts[string(it.Verdict)], reply.FigureName(before, f), reply.FigureValue(before, f), reply.FigureValue(now, g))
	out := []chat.Block{{Kind: chat.Item, Text: line}}
	return append(append(out, quote(before, it.Target)...), quote(now, it.Result)...)
}
