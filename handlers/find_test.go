package handlers_test

import (
	"bytes"
	"context"
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
