package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/handlers/texts"
	"jinwen/index"
	"jinwen/index/question"
)

// asked is a question as it was read, which is all that a button or a next page
// needs to remember: nothing reads the text again.
type asked struct {
	// Texts are the question's text and those that it follows on, oldest first.
	Texts []string `json:"q"`
	// Read is what was read.
	Read *question.Question `json:"r,omitempty"`
	// Time, if not "", keeps only what stands in that part of the report: the
	// button for the other year was pressed. Was is the question before that.
	Time corpus.Time        `json:"t,omitempty"`
	Was  *question.Question `json:"w,omitempty"`
	// Lang is the language of the answer; "" is that of the question.
	Lang chat.Lang `json:"l,omitempty"`
}

// readAsked reads texts, each as following on the one before it: what comes in as
// a whole from an address, a quote or a transport that remembers.
func readAsked(texts ...string) asked {
	q := asked{Texts: texts}
	for _, text := range texts {
		q.Read = question.Read(text, q.Read)
	}
	return q
}

// maxChain is how many questions may follow on each other.
const maxChain = 4

// maxPages is how many pages of one answer can be seen.
const maxPages = 30

// askCommand is /ask QUESTION.
func askCommand(ctx context.Context, t *Turn) (chat.Reply, error) {
	if t.Args == "" {
		return startExamples(t, t.text.AskWhat), nil
	}
	return ask(ctx, t, t.Args)
}

// ask answers a question.
func ask(ctx context.Context, t *Turn, text string) (chat.Reply, error) {
	text = strings.TrimSpace(text)
	before, follows := t.talk()
	follows = follows && strings.ContainsFunc(text, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) // 😀 asks nothing
	if follows && t.Kind == chat.KindEdit {
		// What was edited is the last question itself, most likely: it follows
		// on what stood before it.
		if before.prev == nil {
			follows = false
		} else {
			before = *before.prev
		}
	}
	if follows {
		switch bare := strings.ToLower(strings.Trim(text, " \t\n　?？!！。.~～呀啊呢哦")); {
		case slices.Contains(texts.MoreWords, bare):
			return t.showPage(ctx, before.asked, before.page+1, false)
		case slices.Contains(texts.DetailWords, bare):
			return t.showPage(ctx, before.asked, before.page, true)
		}
	}
	began := time.Now()
	q := asked{Texts: []string{text}}
	if follows {
		q.Read = question.Read(text, before.last)
	} else {
		q.Read = question.Read(text, nil)
	}
	a, err := t.find(ctx, index.Query{Asked: q.Read})
	if err != nil {
		return chat.Reply{}, err
	}
	took := time.Since(began)
	if q.Read.Follows {
		q.Texts = append(slices.Clone(before.asked.Texts), text)
		q.Texts = q.Texts[max(0, len(q.Texts)-maxChain):]
	}
	t.record(a, text, took)
	return t.show(ctx, a, reply.PageOf(a, t.text, reply.View{}), q, 0, false), nil
}

// resolve asks q again. offset skips hits.
func (t *Turn) resolve(ctx context.Context, q asked, offset int) (*index.Answer, error) {
	query := index.Query{Asked: q.Read}
	if q.Time == "" {
		query.Offset = offset
	}
	a, err := t.find(ctx, query)
	if err != nil || q.Time == "" {
		return a, err
	}
	return filterTime(a, q.Time, offset), nil
}

// filterTime returns what stands of a in one part of the report, without the first offset
// hits of it; not found if that is nothing.
func filterTime(a *index.Answer, time corpus.Time, offset int) *index.Answer {
	if a.Status != index.Answered || a.Report == nil {
		return a
	}
	r, out := a.Report, *a
	in := func(passage int) bool { return passage >= 0 && r.Passages[passage].Time == time }
	out.Hits, out.Figures, out.Commitments, out.Parts = nil, nil, nil, nil
	out.Direct, out.More = 0, 0
	for _, h := range a.Hits {
		if in(h.Passage) {
			out.Hits = append(out.Hits, h)
		}
	}
	for i, f := range a.Figures {
		if in(r.Figures[f].Passage) {
			out.Figures = append(out.Figures, f)
			if i < a.Direct {
				out.Direct++
			}
		}
	}
	if out.Direct == 0 {
		out.Figures = nil
	}
	for _, c := range a.Commitments {
		if in(r.Commitments[c].Passage) {
			out.Commitments = append(out.Commitments, c)
		}
	}
	if len(out.Hits)+len(out.Figures) == 0 {
		out.Status = index.NotFound
	}
	if out.Kind == index.KindTopic {
		out.Kind = index.KindList // all of it, one year's
	}
	out.Hits = out.Hits[min(offset, len(out.Hits)):]
	return &out
}

// pageOf renders a page of the answer to q. Pages are as long as their quotes
// allow, so those before it are counted off first; what they quoted is not
// quoted again. A page beyond the end is the last one.
func (t *Turn) pageOf(ctx context.Context, q asked, page int, unfold bool) (*index.Answer, reply.Page, int, error) {
	offset := 0
	var seen []corpus.Span
	for p := 0; ; p++ {
		a, err := t.resolve(ctx, q, offset)
		if err != nil {
			return nil, reply.Page{}, 0, err
		}
		r := reply.PageOf(a, t.text, reply.View{Page: p, Unfold: unfold && p == page, Seen: seen})
		if p >= page || p >= maxPages || r.Left <= 0 || len(r.Quoted) == 0 {
			if p < page && unfold {
				r = reply.PageOf(a, t.text, reply.View{Page: p, Unfold: true, Seen: seen})
			}
			return a, r, p, nil
		}
		seen = append(seen, r.Quoted...)
		offset += r.Shown
	}
}

// showPage returns a page of the answer to q with its buttons.
func (t *Turn) showPage(ctx context.Context, q asked, page int, unfold bool) (chat.Reply, error) {
	a, r, at, err := t.pageOf(ctx, q, page, unfold)
	if err != nil {
		return chat.Reply{}, err
	}
	if at < page {
		if t.Kind == chat.KindButton {
			return notice(t.text.NoMore), nil
		}
		return chat.Say(t.text.NoMore), nil
	}
	return t.show(ctx, a, r, q, at, unfold), nil
}

// show gives a rendered answer its buttons and remembers it for what follows.
func (t *Turn) show(ctx context.Context, a *index.Answer, r reply.Page, q asked, page int, unfold bool) chat.Reply {
	q.Lang = t.Lang
	if t.Chat.ID != "" && a.Question != nil && a.Status != index.Talk && (a.Status == index.Clarify || a.Reason != index.ReasonEmpty) {
		next := talk{asked: q, last: q.Read, report: a.Report.ID, page: page}
		if prev, ok := t.talk(); ok {
			next.prev = prev.prev
			if t.Kind == chat.KindText {
				prev.prev = nil
				next.prev = &prev
			}
		}
		t.setTalk(next)
	}
	out := r.Reply
	out.Asked = q.Texts
	if a.Status != index.Answered {
		if a.Reason == index.ReasonSmallTalk || a.Reason == index.ReasonEmpty {
			out.Buttons = append(out.Buttons, t.exampleButtons()...)
			return out
		}
		if a.Status == index.Nearest && len(a.Hits) > 0 && a.Report != nil {
			if section := a.Report.Passages[a.Hits[0].Passage].Section; section >= 0 {
				out.Buttons = append(out.Buttons, []chat.Button{{Text: t.text.ButtonSection, Data: reply.Data(reply.ActSection, a.Report, fmt.Sprint(section), "0")}})
			}
		}
		if id := t.keep(q); id != "" {
			out.Buttons = append(out.Buttons, t.voteRow(a.Report, id))
		}
		return out
	}
	out.Buttons = append(out.Buttons, t.answerButtons(ctx, a, r, q, page, unfold)...)
	return out
}

// record keeps the question and how it went, without who asked.
func (t *Turn) record(a *index.Answer, text string, took time.Duration) {
	if t.Again {
		return
	}
	t.bot.opt.Recorder.Record(Event{
		Time: t.Now, User: t.bot.hash("user", t.User.ID), Question: text,
		Status: a.Status, Reason: a.Reason, Topic: TopicOf(a), Took: took,
	})
}

// TopicOf returns the heading nearest to the best of a, for the statistics.
func TopicOf(a *index.Answer) string {
	section := -1
	switch {
	case len(a.Hits) > 0:
		section = a.Report.Passages[a.Hits[0].Passage].Section
	case len(a.Sections) > 0:
		section = a.Sections[0]
	case len(a.Near) > 0:
		section = a.Near[0]
	}
	if section < 0 {
		return ""
	}
	return a.Report.Sections[section].Title
}

// answerButtons returns the buttons under an answer.
func (t *Turn) answerButtons(ctx context.Context, a *index.Answer, r reply.Page, q asked, page int, unfolded bool) [][]chat.Button {
	id := t.keep(q)
	if id == "" {
		return nil
	}
	rep := a.Report
	if a.Across != nil {
		var take []chat.Button
		if len(reply.AcrossBars(a.Across)) > 0 {
			take = append(take, chat.Button{Text: t.text.ButtonChart, Data: reply.Data(actChart, rep, "q", id)})
		}
		if len(a.Across.Rows) > 1 {
			take = append(take, chat.Button{Text: t.text.ButtonExport, Data: reply.Data(actSheet, rep, id)})
		}
		return nonEmpty(take, t.voteRow(rep, id))
	}
	var see, take []chat.Button
	if len(r.Quoted) > 0 && r.Topic == nil && a.Kind != index.KindOutline {
		if unfolded {
			see = append(see, chat.Button{Text: t.text.ButtonFold, Data: reply.Data(actView, rep, id, fmt.Sprint(page), "0")})
		} else if reply.Unfold(rep, r.Quoted[0]) != r.Quoted[0] {
			see = append(see, chat.Button{Text: t.text.ButtonContext, Data: reply.Data(actView, rep, id, fmt.Sprint(page), "1")})
		}
	}
	see = append(see, t.yearButtons(ctx, a, r, q, id)...)
	if len(r.Chart) > 0 {
		see = append(see, chat.Button{Text: t.text.ButtonChart, Data: reply.Data(actChart, rep, "q", id)})
	}
	var pages []chat.Button
	if page > 0 {
		pages = append(pages, chat.Button{Text: t.text.ButtonBack, Data: reply.Data(actView, rep, id, fmt.Sprint(page-1), "0")})
	}
	if r.Topic == nil && len(r.Quoted) > 0 && page+1 < maxPages && t.goesOn(ctx, q, page, r.Left) {
		pages = append(pages, chat.Button{Text: fmt.Sprintf(t.text.ButtonMore, r.Left), Data: reply.Data(actView, rep, id, fmt.Sprint(page+1), "0")})
	}
	if len(r.Quoted) > 0 && r.Topic == nil {
		take = append(take, t.copyButton(rep, r.Quoted[0]), chat.Button{Text: t.text.ButtonShare, Share: t.shareQuery(rep, q, r.Quoted[0])})
	}
	rows := nonEmpty(see, pages, append(take, t.voteRow(rep, id)...))
	if a.Kind == index.KindOutline {
		rows = append(t.sectionButtons(rep, a.Sections), rows...)
	}
	return rows
}

// fewLeft is how few hits may turn out to be none that is worth quoting.
const fewLeft = 3

// goesOn reports whether there is a page behind this one, which counted left
// hits that were not quoted yet. A button that leads nowhere is worse than none.
func (t *Turn) goesOn(ctx context.Context, q asked, page, left int) bool {
	if left <= 0 || left > fewLeft {
		return left > 0
	}
	_, next, at, err := t.pageOf(ctx, q, page+1, false)
	return err == nil && at == page+1 && len(next.Quoted) > 0
}

func nonEmpty(rows ...[]chat.Button) [][]chat.Button {
	return slices.DeleteFunc(rows, func(r []chat.Button) bool { return len(r) == 0 })
}

func (t *Turn) voteRow(rep *corpus.Report, id string) []chat.Button {
	return []chat.Button{
		{Text: "👍", Data: reply.Data(actVote, rep, id, "+"), Minor: true},
		{Text: "👎", Data: reply.Data(actVote, rep, id, "-"), Minor: true},
	}
}
