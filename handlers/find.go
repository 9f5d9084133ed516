package handlers

import (
	"context"
	"errors"
	"strings"
	"time"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/index"
)

// DefaultQuestionTimeout is how long a question may take if Options say nothing.
const DefaultQuestionTimeout = 2 * time.Second

// errSlow says that a question was not answered in time.
var errSlow = errors.New("question took too long")

// find asks the source, for as long as a question may take; then it returns
// errSlow, which [Bot.Handle] turns into a line to the person. It does not
// wait for a source that ignores its context: one question must not hold the
// chat of everybody.
func (t *Turn) find(ctx context.Context, q index.Query) (*index.Answer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, t.bot.opt.QuestionTimeout, errSlow)
	defer cancel()
	type result struct {
		a   *index.Answer
		err error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		r.err = chat.Recover(func() (err error) {
			r.a, err = t.bot.src.Ask(ctx, q)
			return err
		})
		done <- r
	}()
	select {
	case r := <-done:
		if r.err != nil && context.Cause(ctx) == errSlow {
			return nil, errSlow
		}
		return r.a, r.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// slow answers in place of an answer that was not there in time, and notes it
// in the log: without the question, which is somebody's own words.
func (t *Turn) slow() chat.Reply {
	t.log.Warn("question not answered in time", logChat, t.bot.hash("chat", t.Chat.ID), logLimit, t.bot.opt.QuestionTimeout, logSize, len([]rune(t.Text)))
	if t.Kind == chat.KindButton {
		return notice(t.text.TooSlow)
	}
	return chat.Say(t.text.TooSlow)
}

// A Shelf is a Source of more than one report: *library.Library is one. Answers
// may come from any of them, and their buttons go on with that one.
type Shelf interface {
	Held(id string) *corpus.Report          // by its version; nil if there is none
	Before(r *corpus.Report) *corpus.Report // that of the year before, of the same place; nil if there is none
	Newest(place string) *corpus.Report     // of a place by any of its names; nil if there is none
	Named(word string) *corpus.Report       // 2026/四川, 四川2025, 四川; nil if it is none, or the only report
}

// held returns the report with the version id: the active one, or another of the
// library; nil if there is none.
func (t *Turn) held(id string) *corpus.Report {
	if t.Report != nil && t.Report.ID == id {
		return t.Report
	}
	if s, ok := t.bot.src.(Shelf); ok {
		return s.Held(id)
	}
	return nil
}

// turnTo turns to the report of the library that the first word behind a
// command names: /outline 重庆, /figures 2025/重庆 教育.
func (t *Turn) turnTo() {
	shelf, ok := t.bot.src.(Shelf)
	args := strings.TrimLeftFunc(t.Args, partsWords)
	first, rest := args, ""
	if i := strings.IndexFunc(args, partsWords); i >= 0 {
		first, rest = args[:i], strings.TrimLeftFunc(args[i:], partsWords)
	}
	if !ok || first == "" {
		return
	}
	if r := shelf.Named(simplified(first)); r != nil {
		t.Report, t.Args = r, rest
	}
}
