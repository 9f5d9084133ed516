package handlers

import (
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/index"
	"jinwen/index/question"
)

// Buttons under an answer, and what they do when pressed.

// pressView shows another page of an answer, or unfolds and folds its context.
func pressView(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	page, ok := number(args[1], maxPages)
	if !ok || args[2] != "0" && args[2] != "1" {
		return notice(t.text.ButtonBroken), nil
	}
	q, ok := t.recallAsked(args[0])
	if !ok {
		return notice(t.text.ButtonExpired), nil
	}
	r, err := t.showPage(ctx, q, page, args[2] == "1")
	r.Edit = len(r.Blocks) > 0
	return r, err
}

// What the button for the other year asks, in an address.
const (
	askReview = "那去年呢"
	askPlan   = "那今年呢"
)

// yearButtons lead to what stands in another year: the figure that the answer's
// is paired with, the parts of a topic, or the same question of that year.
func (t *Turn) yearButtons(ctx context.Context, a *index.Answer, r reply.Page, q asked, id string) []chat.Button {
	rep := a.Report
	if r.Topic != nil {
		return t.topicButtons(rep, r, q)
	}
	switch q.Time { // pressed already: the way back
	case corpus.Review:
		return []chat.Button{{Text: fmt.Sprintf(t.text.ButtonYear, rep.Year), Data: reply.Data(actYear, rep, id)}}
	case corpus.Plan:
		return []chat.Button{{Text: fmt.Sprintf(t.text.ButtonYear, rep.ReviewYear()), Data: reply.Data(actYear, rep, id)}}
	}
	if r.Other >= 0 {
		f := &rep.Figures[r.Other]
		return []chat.Button{{Text: fmt.Sprintf(t.text.ButtonYearValue, reply.YearOf(f), rep.Quote(reply.BoundSpan(rep, f))), Data: reply.Data(actPair, rep, fmt.Sprint(r.Other))}}
	}
	year := otherYearOf(a)
	if year == 0 || a.Kind == index.KindCompare || a.Kind == index.KindOutline || len(a.Parts) > 1 {
		return nil
	}
	// A button that leads nowhere is worse than none: what is there?
	o, other, _, err := t.pageOf(ctx, q.otherYear(a), 0, false)
	if err != nil || o.Status != index.Answered || !slices.ContainsFunc(other.Quoted, func(s corpus.Span) bool { return !slices.Contains(r.Quoted, s) }) {
		return nil
	}
	text := fmt.Sprintf(t.text.ButtonYear, year)
	if o.Direct > 0 && len(o.Figures) > 0 && a.Direct > 0 && len(a.Figures) > 0 && rep.Figures[o.Figures[0]].Unit == rep.Figures[a.Figures[0]].Unit {
		text = fmt.Sprintf(t.text.ButtonYearValue, year, rep.Quote(reply.BoundSpan(rep, &rep.Figures[o.Figures[0]])))
	}
	return []chat.Button{{Text: text, Data: reply.Data(actYear, rep, id)}}
}

// otherYear returns q, which a answers, of the other year.
func (q asked) otherYear(a *index.Answer) asked {
	next, time, offset := askReview, corpus.Review, -1
	if otherYearOf(a) == a.Report.Year {
		next, time, offset = askPlan, corpus.Plan, 0
	}
	was := q.Read
	return asked{Texts: append(q.Texts[:len(q.Texts):len(q.Texts)], next), Read: ofYear(was, offset), Was: was, Time: time, Lang: q.Lang}
}

// ofYear returns q of another year, counted from that of the plan, and open as to
// whether a target or a result is meant.
func ofYear(q *question.Question, offset int) *question.Question {
	out := *q
	out.Periods = []question.Period{{Offset: offset}}
	out.PartYear, out.Tense, out.Nature, out.Aim, out.AimNamed = "", "", "", false, false
	if out.Ask == question.Compare {
		out.Ask = question.Number
	}
	return &out
}

// topicButtons lead to all that a topic has of each year.
func (t *Turn) topicButtons(rep *corpus.Report, r reply.Page, q asked) []chat.Button {
	var out []chat.Button
	for _, part := range []struct {
		when corpus.Time
		year int
	}{{corpus.Plan, rep.Year}, {corpus.Review, rep.ReviewYear()}} {
		if n := r.Topic[part.when]; n > 0 && part.year > 0 {
			if id := t.keep(asked{Texts: q.Texts, Read: q.Read, Time: part.when, Lang: q.Lang}); id != "" {
				out = append(out, chat.Button{Text: fmt.Sprintf(t.text.ButtonYearCount, part.year, n), Data: reply.Data(actView, rep, id, "0", "0")})
			}
		}
	}
	return out
}

// pressPair shows a figure beside that of the other year.
func pressPair(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	f, ok := number(args[0], len(t.Report.Figures))
	if !ok {
		return notice(t.text.ButtonBroken), nil
	}
	o := reply.OtherYear(t.Report, f)
	if o < 0 {
		return notice(t.text.NoOtherYear), nil
	}
	actual, target := f, o
	if reply.YearOf(&t.Report.Figures[o]) < reply.YearOf(&t.Report.Figures[f]) {
		actual, target = o, f
	}
	w := reply.NewWriter(t.Report, t.text, reply.Room.Compare)
	w.TwoYears(actual, target)
	r := chat.Reply{Blocks: w.Blocks, Edit: true}
	if reply.OneUnit(t.Report, []int{actual, target}) && !t.bot.opt.NoCharts && !t.Lacks.Pictures {
		r.Buttons = append(r.Buttons, []chat.Button{{Text: t.text.ButtonChart, Data: reply.Data(actChart, t.Report, "pair", fmt.Sprint(target))}})
	}
	return r, nil
}

// otherYearOf returns the plan's year for an answer from the review, the review's
// for one from the plan, 0 for one from both or neither.
func otherYearOf(a *index.Answer) int {
	if a.Report == nil || a.Report.Year == 0 || len(a.Hits) == 0 {
		return 0
	}
	switch a.Report.Passages[a.Hits[0].Passage].Time {
	case corpus.Review:
		return a.Report.Year
	case corpus.Plan:
		return a.Report.ReviewYear()
	}
	return 0
}

// pressYear shows the same of the other year in place of the answer.
func pressYear(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	q, ok := t.recallAsked(args[0])
	if !ok {
		return notice(t.text.ButtonExpired), nil
	}
	if q.Time != "" {
		// Pressed a second time the button leads back to where it began.
		q = asked{Texts: q.Texts[:max(1, len(q.Texts)-1)], Read: q.Was}
	} else {
		a, err := t.resolve(ctx, q, 0)
		if err != nil {
			return chat.Reply{}, err
		}
		if otherYearOf(a) == 0 {
			return notice(t.text.NoOtherYear), nil
		}
		q = q.otherYear(a)
	}
	a, r, _, err := t.pageOf(ctx, q, 0, false)
	if err != nil {
		return chat.Reply{}, err
	}
	if a.Status != index.Answered {
		return notice(t.text.NoOtherYear), nil
	}
	out := t.show(ctx, a, r, q, 0, false)
	out.Edit = true
	return out, nil
}

// pressVote keeps what the user thinks of an answer; the same vote again
// counts once.
func pressVote(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	if args[1] != "+" && args[1] != "-" {
		return notice(t.text.ButtonBroken), nil
	}
	q, ok := t.recallAsked(args[0])
	if !ok {
		return notice(t.text.ButtonExpired), nil
	}
	key := votePrefix + t.bot.hash("vote "+args[0], t.User.ID)
	old, voted, err := t.bot.store.Lookup(key)
	if err != nil {
		return chat.Reply{}, err
	}
	if voted && string(old) == args[1] {
		return notice(t.text.VotedAlready), nil
	}
	if err := t.bot.store.Put(key, []byte(args[1]), t.Now.Add(stateLife)); err != nil {
		return chat.Reply{}, err
	}
	a, err := t.resolve(ctx, q, 0)
	if err != nil {
		return chat.Reply{}, err
	}
	vote, thanks := 1, t.text.VotedUp
	if args[1] == "-" {
		vote, thanks = -1, t.text.VotedDown
	}
	t.bot.opt.Recorder.Record(Event{
		Time: t.Now, User: t.bot.hash("user", t.User.ID), Question: q.Texts[len(q.Texts)-1],
		Status: a.Status, Reason: a.Reason, Topic: TopicOf(a), Vote: vote,
	})
	return notice(thanks), nil
}

// pressAsk answers the question on the button, as from /start.
func pressAsk(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	q, ok := t.recallAsked(args[0])
	if !ok {
		return notice(t.text.ButtonExpired), nil
	}
	return t.askAgain(ctx, q)
}

// askAgain answers q, with the question above the answer.
func (t *Turn) askAgain(ctx context.Context, q asked) (chat.Reply, error) {
	began := time.Now()
	a, page, _, err := t.pageOf(ctx, q, 0, false)
	if err != nil {
		return chat.Reply{}, err
	}
	text := q.Texts[len(q.Texts)-1]
	t.record(a, text, time.Since(began))
	r := t.show(ctx, a, page, q, 0, false)
	r.Blocks = append([]chat.Block{{Kind: chat.Note, Text: fmt.Sprintf(t.text.Asked, zh.Clip(text, 60))}}, r.Blocks...)
	return r, nil
}

// citation returns a quote of s as people paste it: with its source and, if it is
// to have one, a link to it.
func (t *Turn) citation(r *corpus.Report, s corpus.Span, link bool) string {
	text := "「" + r.Quote(s) + "」\n—— " + reply.Title(r, t.text) + " " + reply.Place(r, s, t.text)
	if url := t.passageLink(r, s); link && url != "" {
		text += "\n" + url
	}
	return text
}

// copyButton puts s with its citation on the clipboard; what is too long for
// that comes as a message of its own.
func (t *Turn) copyButton(r *corpus.Report, s corpus.Span) chat.Button {
	for _, link := range []bool{true, false} {
		if c := t.citation(r, s, link); reply.Units(c) <= maxCopy {
			return chat.Button{Text: t.text.ButtonCopy, Copy: c}
		}
	}
	return chat.Button{Text: t.text.ButtonCopy, Data: reply.Data(actQuote, r, fmt.Sprint(s.Start), fmt.Sprint(s.End))}
}

// pressQuote sends a quote with its citation, to be copied by hand.
func pressQuote(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	start, ok1 := number(args[0], t.Report.Len())
	end, ok2 := number(args[1], t.Report.Len()+1)
	if !ok1 || !ok2 || end <= start || end-start > reply.MaxUnfolded {
		return notice(t.text.ButtonBroken), nil
	}
	s := corpus.Span{Start: start, End: end}
	r := chat.Reply{Blocks: []chat.Block{
		{Kind: chat.Quote, Text: t.Report.Quote(s), At: reply.StandsAt(t.Report, s)},
		{Kind: chat.Place, Text: reply.Title(t.Report, t.text) + " " + reply.Place(t.Report, s, t.text)},
	}}
	if url := t.passageLink(t.Report, s); url != "" {
		r.Buttons = [][]chat.Button{{{Text: t.text.ButtonOpen, URL: url}}}
	}
	return r, nil
}

// maxShare is how long the inline query of a share button may be; the field
// that it is put into takes 256 characters (Bot API, InlineQuery.query).
const maxShare = 60

// shareQuery returns the inline query that finds q again: the question itself if it
// stands alone, or else the passage.
func (t *Turn) shareQuery(r *corpus.Report, q asked, s corpus.Span) string {
	last := q.Texts[len(q.Texts)-1]
	if len(q.Texts) == 1 && utf8.RuneCountInString(last) <= maxShare {
		return last
	}
	if p := r.PassageAt(s.Start); p >= 0 {
		return payload(linkPassage, r, p)
	}
	return zh.Clip(last, maxShare)
}
