package telegram

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jinwen/bot/bottest"
	"jinwen/handlers/chat"
)

func TestMain(m *testing.M) {
	if os.Getenv(childEndpoint) != "" {
		child()
		return
	}
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent())
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

// quick are limits with seconds of ten milliseconds.
var quick = Limits{Second: 10 * time.Millisecond, Poll: 5 * time.Second, Request: 5 * time.Second}

// start runs a bot against the server until the test ends. Zero limits become
// quick.
func start(t *testing.T, s *bottest.Server, h chat.Handler, opt Options) *Telegram {
	t.Helper()
	bot, stop := launch(t, s, h, opt)
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("Run = %v, want nil", err)
		}
	})
	return bot
}

// launch is start with the function that stops the bot left to the caller.
func launch(t *testing.T, s *bottest.Server, h chat.Handler, opt Options) (*Telegram, func() error) {
	t.Helper()
	if opt.Limits == (Limits{}) {
		opt.Limits = quick
	}
	if opt.Endpoint == "" {
		opt.Endpoint = s.Endpoint()
	}
	if opt.Logger == nil {
		opt.Logger = testLog(t)
	}
	bot, err := New(s.Token, h, opt)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- bot.Run(ctx) }()
	return bot, func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(2 * time.Minute):
			t.Fatal("Run does not end")
			return nil
		}
	}
}

func testLog(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// noRejects fails the test if the server refused a request for what it said.
func noRejects(t *testing.T, s *bottest.Server) {
	t.Helper()
	for _, r := range s.Rejected() {
		t.Errorf("%s refused: %s: %v", r.Method, r.Error, r.Params)
	}
}

func han(n int) string { return strings.Repeat("津", n) }
