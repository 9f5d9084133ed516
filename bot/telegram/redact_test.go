package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/handlers/chat"
)

// TestTokenStaysSecret makes everything fail that can, with what shows the
// token most easily, and looks for it everywhere.
func TestTokenStaysSecret(t *testing.T) {
	s := bottest.NewServer(t)
	_, secret, _ := strings.Cut(s.Token, ":")
	leaks := func(where, text string) {
		t.Helper()
		for _, bad := range []string{s.Token, url.QueryEscape(s.Token), secret} {
			if i := strings.Index(text, bad); i >= 0 {
				t.Errorf("%s shows the token: …%s…", where, text[max(0, i-80):min(len(text), i+80)])
			}
		}
	}
	ann := s.User("Ann", "")
	faults := []bottest.Fault{
		{Reset: true},
		{Page: 502},
		{Truncate: true},
		{Delay: time.Second}, // beyond the time-out
		{Error: &bottest.Error{Code: 500, Description: "cannot serve /bot" + s.Token + "/sendMessage"}},
		{Error: &bottest.Error{Code: 429, Description: "Too Many Requests: " + s.Token, RetryAfter: 1}},
		{Error: &bottest.Error{Code: 401, Description: "Unauthorized: " + s.Token}},
		{Error: &bottest.Error{Code: 409, Description: "Conflict: " + url.QueryEscape(s.Token)}},
		{Error: &bottest.Error{Code: 400, Description: "Bad Request: " + secret}},
		{Error: &bottest.Error{Code: 403, Description: "Forbidden: " + secret}},
	}
	s.Inject("", func(r bottest.Request) *bottest.Fault { return &faults[len(r.Method)%4] })
	for _, m := range []string{"getMe", "deleteWebhook", "getUpdates", "getFile", "sendMessage", "sendDocument", "answerCallbackQuery"} {
		var calls atomic.Int32
		s.Inject(m, func(bottest.Request) *bottest.Fault {
			n := int(calls.Add(1)) - 1
			if n >= len(faults) || m == "getMe" && n >= 6 { // 401 would end Run
				return nil
			}
			return &faults[n]
		})
	}
	var log lockedBuffer
	h := chat.HandlerFunc(func(ctx context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		if m.File != nil {
			_, err := m.File.Open(ctx)
			if err != nil {
				leaks("the error of opening a file", err.Error())
				var u *url.Error
				if errors.As(err, &u) {
					t.Errorf("an error holds the URL: %v", u)
				}
			}
			return chat.Reply{}, fmt.Errorf("import: %w", err)
		}
		if m.Text == "panic" {
			panic("https://x/bot" + s.Token)
		}
		if m.Text == "error" {
			return chat.Reply{}, errors.New("https://x/bot" + s.Token)
		}
		return chat.Reply{Blocks: para("x").Blocks, Files: []chat.Attachment{{Name: "a", Data: []byte("a")}}}, nil
	})
	opt := Options{Logger: log.logger(), Commands: []chat.Command{{Name: "a", About: map[chat.Lang]string{chat.Hans: "a"}, Scope: chat.InPrivate}},
		Profile: map[chat.Lang]chat.Profile{chat.Hans: {Long: "a"}}, StopTime: time.Second,
		Limits: Limits{Second: time.Millisecond, Poll: time.Second, Request: 100 * time.Millisecond}}
	bot, stop := launch(t, s, h, opt)
	for range len(faults) {
		s.File(ann.Private(), ann, "a.txt", []byte("a"))
		s.Text(ann.Private(), ann, "x")
	}
	s.Text(ann.Private(), ann, "panic")
	s.Text(ann.Private(), ann, "error")
	for i := range len(faults) {
		s.PressData(ann, bottest.Message{}, fmt.Sprint(i))
	}
	s.Drained()
	s.Close() // and then nobody is there at all
	_, err := bot.client.me(t.Context())
	leaks("the error without a server", fmt.Sprint(err))
	_, err = bot.client.open(t.Context(), "x", 1)
	leaks("the error of a file without a server", fmt.Sprint(err))
	time.Sleep(20 * time.Millisecond) // some polls fail
	if err := stop(); err != nil {
		leaks("the error of Run", err.Error())
	}
	leaks("the log", log.String())
	if !strings.Contains(log.String(), "<token>") {
		t.Error("nothing in the log needed hiding: the test does not reach what it should")
	}
	families, err := bot.met.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		leaks("a metric", f.String())
	}
	leaks("readyz", bot.notReady())
	for _, bad := range []struct{ token, endpoint, proxy string }{
		{s.Token + " ", "", ""},
		{s.Token, "http://x/" + s.Token, ""},
		{s.Token, "", "http://%zz" + s.Token},
		{s.Token, "", "ftp://u:" + s.Token + "@h"},
	} {
		if _, err := New(bad.token, h, Options{Endpoint: bad.endpoint, Proxy: bad.proxy}); err == nil {
			t.Errorf("no error for %+v", bad)
		} else {
			leaks("an error of the settings", err.Error())
		}
	}
}

// TestLogsShowNoPeople looks for what people wrote and who they are.
func TestLogsShowNoPeople(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Annabel", "")
	var log lockedBuffer
	start(t, s, answering(func(m chat.Message) chat.Reply {
		if strings.Contains(m.Text, "panic") {
			panic(m.Text)
		}
		return para("geheim " + m.Text)
	}), Options{Logger: log.logger()})
	s.Inject("sendMessage", bottest.Once(2, bottest.Fault{Error: &bottest.Error{Code: 400, Description: "Bad Request: nothing"}}))
	for _, q := range []string{"secretquestion", "panic secretquestion", "secretquestion again"} {
		s.Text(ann.Private(), ann, q)
	}
	s.Drained()
	for _, bad := range []string{"secretquestion", "geheim", "Annabel", fmt.Sprint(ann.ID)} {
		for line := range strings.Lines(log.String()) {
			if strings.Contains(line, bad) && !strings.Contains(line, "update_id="+bad) {
				t.Errorf("log shows %q: %s", bad, line)
			}
		}
	}
	if log.String() == "" {
		t.Error("nothing was logged")
	}
}
