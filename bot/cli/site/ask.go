package site

import (
	"context"
	"errors"
	"sync"
	"time"

	"jinwen/bot/object"
	"jinwen/bot/web"
	"jinwen/corpus"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/index"
	"jinwen/index/library"
	"jinwen/index/question"
)

// Ask returns the reply that a chat would get, after the buttons of q were pressed
// under it. Nothing of it is remembered: asked again with the same buttons, the
// question gives the same reply.
func (s *Site) Ask(ctx context.Context, q web.Question) (web.Answer, error) {
	m := chat.Message{
		Kind: chat.KindText, Text: q.Text, Before: q.Before, Again: len(q.Press) > 0, Draws: true, Lang: string(q.Lang),
		User: chat.User{ID: userID(q)},
	}
	reply, err := s.bot.Handle(ctx, m, nil)
	if err != nil {
		return web.Answer{}, err
	}
	asked := reply.Asked
	for _, data := range q.Press {
		m.Kind, m.Data = chat.KindButton, data
		next, err := s.bot.Handle(ctx, m, nil)
		if err != nil {
			return web.Answer{}, err
		}
		if len(next.Blocks) == 0 && len(next.Files) == 0 {
			reply.Notice = next.Notice // the reply stays under it
			continue
		}
		reply = next
	}
	return web.Answer{Reply: reply, Asked: asked}, nil
}

// userID returns who asks, for the statistics, with the language of the page: the
// reply is in that, whatever the question is written in.
func userID(q web.Question) string { return chat.ID(chat.Web, string(q.Lang)+" "+q.From) }

// talkLife is how long a question of the API may be followed on.
const talkLife = 10 * time.Minute

// maxTalks bounds the memory of talks; a full one begins anew.
const maxTalks = 20000

// talks are the last questions of the API's chats.
type talks struct {
	mu sync.Mutex
	m  map[string]talked
}

type talked struct {
	question *question.Question
	at       time.Time
}

func (t *talks) last(chat string, now time.Time) *question.Question {
	if chat == "" {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if x := t.m[chat]; now.Sub(x.at) < talkLife {
		return x.question
	}
	return nil
}

func (t *talks) set(chat string, q *question.Question, now time.Time) {
	if chat == "" || q == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.m == nil || len(t.m) >= maxTalks {
		t.m = make(map[string]talked)
	}
	t.m[chat] = talked{q, now}
}

// Find returns the answer to q as data.
func (s *Site) Find(ctx context.Context, q web.Question) (object.Answer, error) {
	if s.opt.Live.Report() == nil {
		return object.Answer{}, web.ErrNoReport
	}
	timeout := s.opt.Timeout
	if timeout <= 0 {
		timeout = handlers.DefaultQuestionTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	began := time.Now()
	a, err := s.find(ctx, q.Report, index.Query{Text: q.Text, Before: s.talk.last(q.Chat, s.opt.Clock())})
	if err != nil {
		return object.Answer{}, err
	}
	took := time.Since(began)
	s.talk.set(q.Chat, a.Question.Question, s.opt.Clock())
	lang := q.Lang
	if lang == "" {
		lang = chat.Hans
		if a.Question != nil && a.Question.Lang != "" {
			lang = chat.Lang(a.Question.Lang)
		}
	}
	s.record(a, q, took)
	return Object(a, q.Text, reply.Render(a, lang).Plain(), took), nil
}

// find asks the report called name, or whichever the question means for "".
func (s *Site) find(ctx context.Context, name string, q index.Query) (*index.Answer, error) {
	home := s.opt.Live.Report()
	switch many, ok := s.opt.Live.(*library.Library); {
	case name == "":
		return s.opt.Live.Ask(ctx, q)
	case ok:
		a, err := many.AskIn(ctx, name, q)
		if errors.Is(err, library.ErrNoReport) {
			err = web.ErrNoReport
		}
		return a, err
	case home == nil || name != corpus.ReportName(home.Year, home.Place):
		return nil, web.ErrNoReport
	}
	return s.opt.Live.Ask(ctx, q)
}

// record keeps the question as the handlers do.
func (s *Site) record(a *index.Answer, q web.Question, took time.Duration) {
	if s.opt.Recorder == nil {
		return
	}
	s.opt.Recorder.Record(handlers.Event{
		Time: s.opt.Clock(), User: q.From, Question: q.Text, Status: a.Status, Reason: a.Reason, Topic: handlers.TopicOf(a), Took: took,
	})
}

// Object returns an answer as data.
func Object(a *index.Answer, asked, reply string, took time.Duration) object.Answer {
	out := object.Answer{
		Question: asked, Status: string(a.Status), Missing: []object.Missing{}, Reply: reply,
		Passages: make([]object.Passage, 0, len(a.Hits)), Figures: make([]object.Figure, 0, len(a.Figures)),
		Commitments: make([]object.Commitment, 0, len(a.Commitments)), TookUS: took.Microseconds(),
	}
	for _, m := range a.Missing {
		out.Missing = append(out.Missing, object.Missing{Slot: string(m.Slot), Text: m.Text})
	}
	out.Places = a.Places
	if a.Across != nil {
		across(&out, a.Across)
		for _, p := range a.Across.Parts {
			one := Object(p, asked, "", took)
			out.Passages, out.Figures = append(out.Passages, one.Passages...), append(out.Figures, one.Figures...)
			out.Commitments = append(out.Commitments, one.Commitments...)
			out.Missing, out.Places = append(out.Missing, one.Missing...), append(out.Places, one.Places...)
		}
		return out
	}
	for _, h := range a.Hits {
		p := object.PassageOf(a.Report, h.Passage)
		p.Time, p.Score = "", h.Score
		out.Passages = append(out.Passages, p)
	}
	for _, i := range a.Figures {
		out.Figures = append(out.Figures, object.FigureOf(a.Report, i))
	}
	for _, i := range a.Commitments {
		out.Commitments = append(out.Commitments, object.CommitmentOf(a.Report, i))
	}
	return out
}

// across puts what several reports say into out: a passage of each row, its
// figure, and the places that are the answer.
func across(out *object.Answer, x *index.Across) {
	for i := range x.Rows {
		r := &x.Rows[i]
		if r.Report == nil {
			out.Passages = append(out.Passages, object.Passage{Report: r.Of, Path: []string{}, Text: r.Text, Span: r.Quote})
			continue
		}
		out.Passages = append(out.Passages, object.PassageOf(r.Report, r.Report.Figures[r.Figure].Passage))
		out.Figures = append(out.Figures, object.FigureOf(r.Report, r.Figure))
	}
	switch {
	case x.Unsaid:
		out.Places = append([]string{}, x.Silent...)
		out.Count = len(out.Places)
	case x.Kind == index.AcrossRanking || x.Kind == index.AcrossMention:
		out.Places = []string{}
		for _, r := range x.Rows {
			out.Places = append(out.Places, r.Place)
		}
		out.Count = len(out.Places)
	}
	out.Verdict = x.Verdict
}
