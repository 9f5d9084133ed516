package handlers_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"jinwen/corpus"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/index"
)

// stuck is a source whose answers do not end before they are let go.
type stuck struct {
	report *corpus.Report
	letGo  chan struct{}
}

func (s stuck) Report() *corpus.Report { return s.report }

func (s stuck) Ask(context.Context, index.Query) (*index.Answer, error) {
	<-s.letGo
	return nil, context.Canceled
}

// A question that does not end holds nobody: the person is told, the log has a
// line without the question.
func TestQuestionTimeout(t *testing.T) {
	var log bytes.Buffer
	c := begin(t, handlers.Options{})
	s := stuck{c.report, make(chan struct{})}
	defer close(s.letGo)
	b := handlers.New(s, c.store, handlers.Options{QuestionTimeout: 10 * time.Millisecond, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	r, err := b.Handle(t.Context(), chat.Message{Text: "今年GDP目标"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Blocks) != 1 || !strings.Contains(r.Blocks[0].Text, "没能在规定时间内答完") {
		t.Errorf("reply = %v, want the line for a slow answer", r.Blocks)
	}
	if got := log.String(); !strings.Contains(got, "not answered in time") || strings.Contains(got, "GDP") {
		t.Errorf("log = %q, want a line without the question", got)
	}
}

// panicky is a source that panics with what was asked.
type panicky struct{ report *corpus.Report }

func (p panicky) Report() *corpus.Report { return p.report }

func (p panicky) Ask(context.Context, index.Query) (*index.Answer, error) { panic("今年GDP目标") }

// A panic in an answer is an error that transports count, and shows nobody's
// words.
func TestAnswerPanics(t *testing.T) {
	var log bytes.Buffer
	c := begin(t, handlers.Options{})
	b := handlers.New(panicky{c.report}, c.store, handlers.Options{Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	_, err := b.Handle(t.Context(), chat.Message{Text: "今年GDP目标"}, nil)
	if p, ok := errors.AsType[*chat.Panicked](err); !ok || p.What != "string" || !bytes.Contains(p.Stack, []byte("panicky")) {
		t.Errorf("Handle = %v, want a panic of type string with its stack", err)
	}
	if got := log.String(); strings.Contains(got, "GDP") {
		t.Errorf("log = %q, shows the question", got)
	}
}
