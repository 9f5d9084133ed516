package console

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"jinwen/handlers/chat"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

func TestTexts(t *testing.T) {
	for _, wrong := range table.Check() {
		t.Error(wrong)
	}
}

// answering is a handler that needs no context.
func answering(f func(chat.Message) chat.Reply) chat.Handler {
	return chat.HandlerFunc(func(_ context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		return f(m), nil
	})
}

// para is a reply of one plain paragraph.
func para(text string) chat.Reply {
	return chat.Reply{Blocks: []chat.Block{{Kind: chat.Para, Text: text}}}
}

// echo answers a text with itself.
var echo = answering(func(m chat.Message) chat.Reply { return para("答：" + m.Text) })
