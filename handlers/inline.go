package handlers

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/handlers/texts"
	"jinwen/index"
	"jinwen/index/question"
)

// maxInline is how many results a page of an inline answer has; Telegram
// takes 50 (answerInlineQuery), a phone shows five at a time.
const maxInline = 20

// inline answers what is typed after @bot in any chat.
func inline(ctx context.Context, t *Turn) (chat.Reply, error) {
	in := &chat.Inline{}
	query := strings.TrimSpace(t.Text)
	// The words around the quotes are in the reader's language, so results may
	// be shared with all who type the same only if the query tells it.
	in.Private = texts.Script(query) != t.Lang
	out := chat.Reply{Inline: in}
	offset := 0
	if t.Offset != "" {
		n, ok := number(t.Offset, 10000)
		if !ok {
			return out, nil
		}
		offset = n
	}
	if t.Report == nil {
		return out, nil
	}
	if query == "" {
		if offset == 0 {
			t.suggest(in)
		}
		return out, nil
	}
	if tg, state := t.parseLink(query); state == linkGood && len(tg.asked.Texts) == 0 {
		s, line := t.targetSpan(tg)
		in.Results = append(in.Results, t.inlineQuote(tg.kind+strconv.Itoa(tg.n), line, s))
		return out, nil
	}
	next, err := t.inlineAnswer(ctx, in, query, offset)
	if err != nil {
		return chat.Reply{}, err
	}
	if next > 0 {
		in.Next = strconv.Itoa(next)
	}
	if len(in.Results) == 0 && offset == 0 {
		in.StartText, in.StartParam = zh.Clip(t.text.InlineNothing, 60), linkHelp
		if p := t.questionPayload(query); p != "" {
			in.StartParam = p
		}
	}
	return out, nil
}

// inlineAnswer adds a page of results to in and returns where the next begins;
// 0 if this is the last.
func (t *Turn) inlineAnswer(ctx context.Context, in *chat.Inline, query string, offset int) (int, error) {
	seen := make(map[string]bool)
	add := func(r chat.InlineResult) {
		if !seen[r.ID] {
			seen[r.ID] = true
			in.Results = append(in.Results, r)
		}
	}
	at, read := offset, question.Read(query, nil)
	for range 10 {
		a, err := t.find(ctx, index.Query{Asked: read, Offset: at})
		if err != nil {
			return 0, err
		}
		if a.Status != index.Answered {
			return 0, nil
		}
		if at == 0 {
			for _, f := range a.Figures[:min(len(a.Figures), max(a.Direct, 1), 5)] {
				fig := &a.Report.Figures[f]
				add(t.inlineQuoteOf(a.Report, "f"+strconv.Itoa(f), reply.FigureLine(a.Report, fig, t.text), reply.FigureQuote(a.Report, fig)))
			}
			for _, s := range a.Sections[:min(len(a.Sections), maxInline)] {
				add(t.inlineSection(a.Report, s))
			}
		}
		for _, h := range a.Hits {
			if len(in.Results) >= maxInline {
				return at, nil
			}
			q := reply.QuoteOf(a.Report, h)
			add(t.inlineQuoteOf(a.Report, "p"+strconv.Itoa(h.Passage), "", q))
			at++
		}
		if a.More == 0 || len(a.Hits) == 0 {
			return 0, nil
		}
	}
	return at, nil
}

func (t *Turn) inlineQuote(id, line string, s corpus.Span) chat.InlineResult {
	return t.inlineQuoteOf(t.Report, id, line, s)
}

// inlineQuoteOf returns a result that sends a quote with its place; line, if any,
// goes above it. Without one the nearest heading is its title.
func (t *Turn) inlineQuoteOf(r *corpus.Report, id, line string, s corpus.Span) chat.InlineResult {
	w := reply.NewWriter(r, t.text, reply.Room.Page)
	heading := line
	if line != "" {
		w.Add(chat.Answer, line)
	} else if p := r.PassageAt(s.Start); p >= 0 && r.Passages[p].Section >= 0 {
		heading = r.Sections[r.Passages[p].Section].Title
	}
	if heading == "" {
		heading = reply.Title(r, t.text)
	}
	w.Quote(s)
	w.Blocks[len(w.Blocks)-1].Text = reply.Title(r, t.text) + " " + w.Blocks[len(w.Blocks)-1].Text
	out := chat.InlineResult{ID: id, Title: zh.Clip(heading, 60), Description: zh.Clip(r.Quote(s), 120), Blocks: w.Blocks}
	if url := t.passageLink(r, s); url != "" {
		out.Buttons = [][]chat.Button{{{Text: t.text.ButtonOpen, URL: url}}}
	}
	return out
}

// inlineSection returns a result that sends a heading with those below it.
func (t *Turn) inlineSection(r *corpus.Report, section int) chat.InlineResult {
	s := &r.Sections[section]
	w := reply.NewWriter(r, t.text, reply.Room.Page)
	w.Add(chat.Title, r.Quote(s.Heading))
	w.Quoted = append(w.Quoted, s.Heading)
	var names []string
	for _, k := range children(r, section) {
		if !w.Try(func() { w.Add(chat.Item, r.Quote(r.Sections[k].Heading)) }) {
			break
		}
		names = append(names, r.Sections[k].Title)
	}
	w.Add(chat.Place, reply.Title(r, t.text)+" "+reply.SectionPlace(r, s.Parent, t.text))
	return chat.InlineResult{
		ID: "s" + strconv.Itoa(section), Title: zh.Clip(r.Quote(s.Heading), 60),
		Description: zh.Clip(strings.Join(names, t.text.Comma), 120), Blocks: w.Blocks,
	}
}

// suggest fills an empty query with topics: the sections of the plan, or of
// the whole report if it has no plan.
func (t *Turn) suggest(in *chat.Inline) {
	for _, planned := range []bool{true, false} {
		for i := range t.Report.Sections {
			s := &t.Report.Sections[i]
			if planned && (s.Time != corpus.Plan || s.Level != 2) || len(in.Results) >= maxInline || utf8.RuneCountInString(s.Title) == 0 {
				continue
			}
			in.Results = append(in.Results, t.inlineSection(t.Report, i))
		}
		if len(in.Results) > 0 {
			break
		}
	}
	in.StartText, in.StartParam = zh.Clip(fmt.Sprintf(t.text.InlineStart, t.Report.Place), 60), linkHelp
}
