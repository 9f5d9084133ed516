package wecom

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jinwen/bot/bottest/wecomtest"
	"jinwen/handlers/chat"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

// quick are limits under which a test does not wait.
var quick = Limits{
	Ping: 50 * time.Millisecond, Ack: time.Second, ReconnectMin: time.Millisecond, ReconnectMax: 5 * time.Millisecond,
	TooOften: 10 * time.Millisecond,
}

// start runs a bot on s until the test ends; stop ends it and returns what Run
// returned.
func start(t *testing.T, s *wecomtest.Server, h chat.HandlerFunc, change func(*Options)) (w *WeCom, stop func() error) {
	t.Helper()
	opt := Options{
		BotID: s.BotID, Secret: s.Secret, URL: s.URL, Name: "津问 小助手", Limits: quick,
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}
	if change != nil {
		change(&opt)
	}
	w, err := New(h, opt)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	stop = sync.OnceValue(func() error { cancel(); return <-done })
	t.Cleanup(func() { stop() })
	return w, stop
}

// echo answers with what was understood.
func echo(_ context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
	return chat.Say(fmt.Sprintf("%d|%s|%s|%s|%s|%s", m.Kind, m.Command, m.Args, m.Text, m.ReplyText, m.Data)), nil
}

func noViolations(t *testing.T, s *wecomtest.Server) {
	t.Helper()
	for _, v := range s.Violations() {
		t.Errorf("violation: %s", v)
	}
}

func TestDecode(t *testing.T) {
	s := wecomtest.NewServer(t)
	start(t, s, echo, nil)
	group := wecomtest.Chat{User: "ann", Group: "g1"}
	text := func(s string) map[string]string { return map[string]string{"content": s} }
	for _, tt := range []struct {
		name string
		chat wecomtest.Chat
		body map[string]any
		want string
	}{
		{"a question", s.Single("ann"), map[string]any{"msgtype": "text", "text": text("口袋公园")}, "0|||口袋公园||"},
		{"a command", s.Single("ann"), map[string]any{"msgtype": "text", "text": text("/find 口袋公园")}, "0|find|口袋公园|/find 口袋公园||"},
		{"a path is no command", s.Single("ann"), map[string]any{"msgtype": "text", "text": text("/路/径")}, "0|||/路/径||"},
		{"speech", s.Single("ann"), map[string]any{"msgtype": "voice", "voice": text("口袋公园")}, "0|||口袋公园||"},
		{"a mention with a blank in the name", group, map[string]any{"msgtype": "text", "text": text("@津问 小助手\u2005口袋公园")}, "0|||口袋公园||"},
		{"a mention at the end", group, map[string]any{"msgtype": "text", "text": text("口袋公园 @津问 小助手")}, "0|||口袋公园||"},
		{"a quote beside a question", group, map[string]any{"msgtype": "text", "text": text("@津问 小助手 去年呢"), "quote": map[string]any{"msgtype": "text", "text": text("口袋公园")}}, "0|||去年呢|口袋公园|"},
		{"a bare mention under a question", group, map[string]any{"msgtype": "text", "text": text("@津问 小助手 "), "quote": map[string]any{"msgtype": "text", "text": text("口袋公园")}}, "0|||口袋公园||"},
		{"a picture with words", s.Single("ann"), map[string]any{"msgtype": "mixed", "mixed": map[string]any{"msg_item": []any{map[string]any{"msgtype": "text", "text": text("口袋公园")}, map[string]any{"msgtype": "image"}}}}, "0|||口袋公园||"},
		{"a picture", s.Single("ann"), map[string]any{"msgtype": "image", "image": map[string]string{"url": "x"}}, fmt.Sprintf("%d|||||", chat.KindOther)},
	} {
		s.Send(tt.chat, tt.body)
		if got := s.Next(tt.chat); got.Content != strings.ReplaceAll(tt.want, "*", `\*`) {
			t.Errorf("%s: got %q, want %q", tt.name, got.Content, tt.want)
		}
	}
	noViolations(t, s)
}

func TestWelcome(t *testing.T) {
	s := wecomtest.NewServer(t)
	start(t, s, echo, nil)
	s.Enter(s.Single("ann"))
	if b := s.Next(s.Single("ann")); b.Type != "text" || !strings.HasPrefix(b.Content, "0|start") {
		t.Errorf("welcome = %+v", b)
	}
	noViolations(t, s)
}

// Buttons are a card where they fit on one; the press is shown on the card and
// answered below it.
func TestCard(t *testing.T) {
	s := wecomtest.NewServer(t)
	start(t, s, func(ctx context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		if m.Kind == chat.KindButton {
			return chat.Say("pressed " + m.Data), nil
		}
		r := chat.Say("answer")
		r.Buttons = [][]chat.Button{{{Text: "去年", Data: "y:2023"}, {Text: m.Text, Data: "full"}}}
		return r, nil
	}, nil)
	ann := s.Single("ann")
	s.Say(ann, "全文")
	if b := s.Next(ann); b.Content != "answer" {
		t.Errorf("answer = %+v", b)
	}
	b := s.Next(ann)
	if b.Type != "template_card" {
		t.Fatalf("want a card, got %+v", b)
	}
	var task struct {
		ID string `json:"task_id"`
	}
	decodeJSON(t, b.Card, &task)
	s.Press(ann, task.ID, "y:2023")
	if b := s.Next(ann); !b.Pushed || b.Content != "pressed y:2023" {
		t.Errorf("after the press: %+v", b)
	}
	s.Say(ann, "这个按钮的文字比十个字要长得多")
	if b := s.Next(ann); !strings.Contains(b.Content, "1. 去年\n2. 这个按钮") {
		t.Errorf("want numbered choices, got %q", b.Content)
	}
	s.Say(ann, "1")
	if b := s.Next(ann); b.Content != "pressed y:2023" {
		t.Errorf("after the number: %+v", b)
	}
	noViolations(t, s)
}

func TestFile(t *testing.T) {
	s := wecomtest.NewServer(t)
	data := []byte(strings.Repeat("0123456789", 200_000))
	start(t, s, func(context.Context, chat.Message, func(chat.Reply)) (chat.Reply, error) {
		r := chat.Say("here")
		r.Files = []chat.Attachment{{Name: "台账.xlsx", Data: data}}
		return r, nil
	}, nil)
	s.Say(s.Single("ann"), "导出")
	s.Next(s.Single("ann"))
	if b := s.Next(s.Single("ann")); b.File == nil || b.File.Name != "台账.xlsx" || string(b.File.Data) != string(data) {
		t.Errorf("file = %+v", b.Type)
	}
	noViolations(t, s)
}

// A long reply is cut to what a message takes; 更多 brings the rest.
func TestMore(t *testing.T) {
	s := wecomtest.NewServer(t)
	long := strings.Repeat("一句话。", 3000)
	start(t, s, func(context.Context, chat.Message, func(chat.Reply)) (chat.Reply, error) { return chat.Say(long), nil }, nil)
	ann := s.Single("ann")
	s.Say(ann, "全文")
	got := strings.Split(s.Next(ann).Content, "\n\n")[0]
	s.Say(ann, "更多")
	got += s.Next(ann).Content
	if got != long {
		t.Errorf("got %d bytes, want %d", len(got), len(long))
	}
	noViolations(t, s)
}

// Over 100 lost connections, before a frame arrives or after, nothing is lost
// and nothing doubled, and every chat keeps its order.
func TestLostConnections(t *testing.T) {
	s := wecomtest.NewServer(t)
	s.PerMinute = 0
	all := make(chan struct{})
	w, _ := start(t, s, func(_ context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		<-all // what WeCom sends into a connection that ends is gone; only answers are tried here
		return chat.Say(m.Text), nil
	}, nil)
	var lost atomic.Int64
	const people, each = 20, 10
	for k := range each {
		for p := range people {
			s.Say(s.Single(fmt.Sprint("user", p)), fmt.Sprint("question ", k))
		}
	}
	waitFor(t, func() bool { return counted(t, w.opt.met.messages) == people*each })
	s.Drop(func(_ string, n int) wecomtest.Loss {
		if n%2 == 0 && lost.Load() < 100 {
			lost.Add(1)
			if n%4 == 0 {
				return wecomtest.LoseAck
			}
			return wecomtest.LoseFrame
		}
		return wecomtest.Keep
	})
	close(all)
	for p := range people {
		c := s.Single(fmt.Sprint("user", p))
		for k := range each {
			if b := s.Next(c); b.Content != fmt.Sprint("question ", k) {
				t.Fatalf("user %d: answer %d = %q", p, k, b.Content)
			}
		}
		if n := len(s.Bubbles(c)); n != each {
			t.Errorf("user %d got %d answers to %d questions", p, n, each)
		}
	}
	if lost.Load() < 100 {
		t.Errorf("only %d connections were lost", lost.Load())
	}
	noViolations(t, s)
}

// The same message delivered twice is answered once.
func TestDeliveredTwice(t *testing.T) {
	s := wecomtest.NewServer(t)
	start(t, s, echo, nil)
	ann := s.Single("ann")
	body := map[string]any{"msgtype": "text", "text": map[string]string{"content": "口袋公园"}}
	s.Deliver(ann, "m1", body)
	s.Next(ann)
	s.Deliver(ann, "m1", body)
	s.Say(ann, "再问")
	s.Next(ann)
	if n := len(s.Bubbles(ann)); n != 2 {
		t.Errorf("%d bubbles, want 2", n)
	}
}

func TestReplaced(t *testing.T) {
	s := wecomtest.NewServer(t)
	w, stop := start(t, s, echo, nil)
	waitFor(t, w.Ready)
	_, stopOther := start(t, s, echo, nil)
	waitFor(t, func() bool { return !w.Ready() })
	if err := stop(); !errors.Is(err, ErrReplaced) {
		t.Errorf("Run = %v, want ErrReplaced", err)
	}
	if n := s.Subscribed(); n != 2 {
		t.Errorf("%d subscriptions, want 2: no war of kicks", n)
	}
	if err := stopOther(); err != nil {
		t.Errorf("the other's Run = %v", err)
	}
}

func TestWrongSecret(t *testing.T) {
	s := wecomtest.NewServer(t)
	w, err := New(chat.HandlerFunc(echo), Options{
		BotID: s.BotID, Secret: "wrong", URL: s.URL, Limits: quick, Logger: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Run(t.Context()); !errors.Is(err, ErrSecret) {
		t.Errorf("Run = %v, want ErrSecret", err)
	}
}

// Too many messages in a chat wait; they are not lost.
func TestTooOften(t *testing.T) {
	s := wecomtest.NewServer(t)
	s.PerMinute, s.Second = 3, 10*time.Millisecond // a minute has 600 ms
	start(t, s, echo, nil)
	ann := s.Single("ann")
	for k := range 5 {
		s.Say(ann, fmt.Sprint(k))
	}
	for k := range 5 {
		if b := s.Next(ann); !strings.Contains(b.Content, fmt.Sprintf("|%d|", k)) {
			t.Errorf("answer %d = %q", k, b.Content)
		}
	}
}

// What is in hand when the bot stops is answered, and what takes too long is
// told so: WeCom does not deliver it again.
func TestStop(t *testing.T) {
	s := wecomtest.NewServer(t)
	begun := make(chan struct{}, 2)
	_, stop := start(t, s, func(ctx context.Context, m chat.Message, progress func(chat.Reply)) (chat.Reply, error) {
		progress(chat.Say("…"))
		begun <- struct{}{}
		if m.Text == "quick" {
			select {
			case <-ctx.Done():
			case <-time.After(20 * time.Millisecond):
			}
			return chat.Say("done"), nil
		}
		<-ctx.Done()
		return chat.Reply{}, ctx.Err()
	}, func(o *Options) { o.StopTime = 2 * time.Second })
	s.Say(s.Single("ann"), "quick")
	s.Say(s.Single("bob"), "slow")
	<-begun
	<-begun
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if b := s.Next(s.Single("ann")); b.Content != "done" {
		t.Errorf("ann got %q", b.Content)
	}
	if b := s.Next(s.Single("bob")); !strings.Contains(b.Content, "抱歉") {
		t.Errorf("bob got %q", b.Content)
	}
	noViolations(t, s)
}

func TestPush(t *testing.T) {
	s := wecomtest.NewServer(t)
	w, _ := start(t, s, echo, nil)
	group := wecomtest.Chat{User: "ann", Group: "g1"}
	s.Say(group, "@津问 小助手 口袋公园")
	s.Next(group)
	if err := w.Send(t.Context(), chat.Chat{ID: "wecom:g1", Kind: chat.Group}, chat.Say("新的报告")); err != nil {
		t.Fatal(err)
	}
	if b := s.Next(group); !b.Pushed || b.Content != "新的报告" {
		t.Errorf("pushed = %+v", b)
	}
	if err := w.Send(t.Context(), chat.Chat{ID: "wecom:nobody"}, chat.Say("新的报告")); !errors.Is(err, chat.ErrBlocked) {
		t.Errorf("to a stranger: %v, want ErrBlocked", err)
	}
}
