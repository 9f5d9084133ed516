package wechat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jinwen/bot/bottest/wechattest"
	"jinwen/handlers/chat"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

// start serves a bot for the account until the test ends.
func start(t *testing.T, a *wechattest.Account, h chat.HandlerFunc, change func(*Options)) *WeChat {
	t.Helper()
	opt := Options{
		AppID: a.AppID, Tokens: []string{a.Token}, AESKeys: []string{a.AESKey}, API: a.API,
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil)), Client: &http.Client{},
	}
	if change != nil {
		change(&opt)
	}
	w, err := New(h, opt)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(w)
	a.Callback = s.URL + "/wechat"
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		s.Close()
		opt.Client.CloseIdleConnections()
	})
	return w
}

// echo answers with what was understood.
func echo(_ context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
	return chat.Say(fmt.Sprintf("%d|%s|%s|%s|%s", m.Kind, m.Command, m.Args, m.Text, m.Data)), nil
}

func noViolations(t *testing.T, a *wechattest.Account) {
	t.Helper()
	for _, v := range a.Violations() {
		t.Errorf("violation: %s", v)
	}
}

func TestModes(t *testing.T) {
	for _, mode := range []wechattest.Mode{wechattest.Plain, wechattest.Compat, wechattest.Safe} {
		t.Run(string(mode), func(t *testing.T) {
			a := wechattest.NewAccount(t)
			a.Mode = mode
			start(t, a, echo, func(o *Options) { o.Plain = mode != wechattest.Safe })
			if err := a.Check(); err != nil {
				t.Errorf("echo check: %v", err)
			}
			if got := a.Say("ann", "口袋公园 ]]> <b>").Text; got != "0|||口袋公园 ]]> <b>|" {
				t.Errorf("got %q", got)
			}
			noViolations(t, a)
		})
	}
}

func TestKinds(t *testing.T) {
	a := wechattest.NewAccount(t)
	start(t, a, echo, nil)
	for _, tt := range []struct {
		name   string
		fields map[string]string
		want   string
	}{
		{"a command", map[string]string{"MsgType": "text", "Content": "/find 口袋公园"}, "0|find|口袋公园|/find 口袋公园|"},
		{"speech", map[string]string{"MsgType": "voice", "Recognition": "口袋公园"}, "0|||口袋公园|"},
		{"speech that nobody understood", map[string]string{"MsgType": "voice"}, fmt.Sprintf("%d||||", chat.KindOther)},
		{"a picture", map[string]string{"MsgType": "image", "PicUrl": "x"}, fmt.Sprintf("%d||||", chat.KindOther)},
		{"a follower", map[string]string{"MsgType": "event", "Event": "subscribe"}, "0|start|||"},
		{"the menu", map[string]string{"MsgType": "event", "Event": "CLICK", "EventKey": "就业"}, "0|||就业|"},
		{"a menu with a command", map[string]string{"MsgType": "event", "Event": "CLICK", "EventKey": "/help"}, "0|help||/help|"},
		{"a menu with a link", map[string]string{"MsgType": "event", "Event": "VIEW", "EventKey": "https://x"}, ""},
		{"somebody leaves", map[string]string{"MsgType": "event", "Event": "unsubscribe"}, fmt.Sprintf("%d||||", chat.KindLeft)},
	} {
		if tt.fields["MsgType"] != "event" {
			tt.fields["MsgId"] = a.NewID()
		}
		if got := a.Send("ann", tt.fields).Text; got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	noViolations(t, a)
}

func TestRefuses(t *testing.T) {
	a := wechattest.NewAccount(t)
	var handled atomic.Int64
	start(t, a, func(context.Context, chat.Message, func(chat.Reply)) (chat.Reply, error) {
		handled.Add(1)
		return chat.Reply{}, nil
	}, nil)
	other := wechattest.NewAccount(t)
	other.Callback, other.AppID = a.Callback, a.AppID
	if err := other.Check(); err == nil {
		t.Error("echo check with another token passes")
	}
	if r := other.Say("ann", "口袋公园"); !r.Out {
		t.Errorf("a call with another token is answered: %+v", r)
	}
	other.Token = a.Token // the right signature over a body that does not decrypt
	if r := other.Say("ann", "口袋公园"); !r.Out {
		t.Errorf("a call with another key is answered: %+v", r)
	}
	a.Mode = wechattest.Plain
	if r := a.Say("ann", "口袋公园"); !r.Out {
		t.Errorf("a plain body is answered in safe mode: %+v", r)
	}
	client := &http.Client{}
	t.Cleanup(client.CloseIdleConnections)
	old := url.Values{"timestamp": {"1713424427"}, "nonce": {"1"}, "echostr": {"x"}}
	c := must(NewCrypt(a.Token, a.AESKey, a.AppID))(t)
	old.Set("signature", c.Sign("1713424427", "1"))
	for name, req := range map[string]*http.Request{
		"an old call":    must(http.NewRequest(http.MethodGet, a.Callback+"?"+old.Encode(), nil))(t),
		"no signature":   must(http.NewRequest(http.MethodPost, a.Callback, strings.NewReader("<xml/>")))(t),
		"a body of junk": must(http.NewRequest(http.MethodPost, a.Callback+"?timestamp="+fmt.Sprint(time.Now().Unix()), strings.NewReader("junk")))(t),
	} {
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusForbidden || res.ContentLength > 0 {
			t.Errorf("%s: status %d with %d bytes, want 403 and nothing", name, res.StatusCode, res.ContentLength)
		}
	}
	if n := handled.Load(); n != 0 {
		t.Errorf("%d refused messages were handled", n)
	}
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// After a change of key or token in the console the one before still counts.
func TestKeyChange(t *testing.T) {
	a := wechattest.NewAccount(t)
	start(t, a, echo, func(o *Options) {
		other := wechattest.NewAccount(t)
		o.Tokens, o.AESKeys = []string{other.Token, a.Token}, []string{other.AESKey, a.AESKey}
	})
	if got := a.Say("ann", "口袋公园"); got.Text != "0|||口袋公园|" {
		t.Errorf("got %+v", got)
	}
	noViolations(t, a)
}

// A message that is delivered again, while it is answered or later, is handled
// once and gets the same reply.
func TestRetries(t *testing.T) {
	a := wechattest.NewAccount(t)
	a.Wait = 100 * time.Millisecond
	var handled atomic.Int64
	release := make(chan struct{})
	start(t, a, func(context.Context, chat.Message, func(chat.Reply)) (chat.Reply, error) {
		handled.Add(1)
		<-release
		return chat.Say("答"), nil
	}, nil)
	fields := map[string]string{"MsgType": "text", "Content": "口袋公园", "MsgId": a.NewID()}
	created := strconv.FormatInt(time.Now().Unix(), 10)
	if text, err := a.Call("ann", created, fields); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("before there is an answer: %q, %v", text, err)
	}
	a.Wait = time.Minute
	again := make(chan string)
	go func() {
		text, err := a.Call("ann", created, fields)
		again <- fmt.Sprint(text, err)
	}()
	close(release)
	if got := <-again; got != "答<nil>" {
		t.Errorf("the second try got %s", got)
	}
	if r := a.Send("ann", fields); r.Text != "答" || r.Tries != 1 {
		t.Errorf("later: got %+v", r)
	}
	if n := handled.Load(); n != 1 {
		t.Errorf("handled %d times", n)
	}
}

// slow answers after release.
func slow(release <-chan struct{}) chat.HandlerFunc {
	return func(ctx context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		select {
		case <-release:
		case <-ctx.Done():
		}
		return chat.Say("答：" + m.Text), nil
	}
}

// Without the API a late answer comes when it is asked for.
func TestLate(t *testing.T) {
	a := wechattest.NewAccount(t)
	release := make(chan struct{})
	start(t, a, slow(release), func(o *Options) { o.Limits.Wait = 20 * time.Millisecond })
	if r := a.Say("ann", "口袋公园"); !strings.Contains(r.Text, "更多") {
		t.Errorf("want to be asked to come again, got %+v", r)
	}
	close(release)
	if r := a.Say("ann", "更多"); r.Text != "答：口袋公园" {
		t.Errorf("got %+v", r)
	}
	noViolations(t, a)
}

// With the API it follows by itself, with a new token where the old one ended.
func TestLateByAPI(t *testing.T) {
	a := wechattest.NewAccount(t)
	release := make(chan struct{})
	w := start(t, a, slow(release), func(o *Options) { o.Limits.Wait, o.Secret = 20*time.Millisecond, a.Secret })
	if r := a.Say("ann", "<a>口袋公园"); r.Text != "" || r.Out {
		t.Errorf("want no reply yet, got %+v", r)
	}
	close(release)
	waitFor(t, func() bool { return len(a.Custom("ann")) == 1 })
	if got := a.Custom("ann")[0]; !strings.HasPrefix(got, "答：") {
		t.Errorf("got %q", got)
	}
	a.Expire()
	if err := w.Send(t.Context(), chat.Chat{ID: "wechat:ann"}, chat.Say("新的报告")); err != nil {
		t.Fatal(err)
	}
	if n := a.Tokens; n != 2 {
		t.Errorf("%d tokens were asked for, want 2", n)
	}
}

// A long reply is cut to WeChat's bytes at a sentence; numbers press buttons;
// the web page is a link.
func TestReply(t *testing.T) {
	a := wechattest.NewAccount(t)
	long := strings.Repeat("这是一句话。", 200)
	start(t, a, func(_ context.Context, m chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
		if m.Kind == chat.KindButton {
			return chat.Say("pressed " + m.Data), nil
		}
		r := chat.Say(long)
		r.Blocks[0].At = &chat.At{Report: "2024/天津", Start: 7, End: 9}
		r.Buttons = [][]chat.Button{{{Text: "去年", Data: "y"}}, {{Text: "全文", Data: "f"}}}
		return r, nil
	}, func(o *Options) {
		o.AnswerURL = func(q string) string { return "https://example.org/ask?q=" + url.QueryEscape(q) }
		o.PlaceURL = func(at chat.At) string {
			return fmt.Sprintf("https://example.org/r/%s?m=%d-%d", at.Report, at.Start, at.End)
		}
	})
	first := a.Say("ann", "全文").Text
	got, _, ok := strings.Cut(first, "\n\n")
	if !ok || !strings.HasSuffix(got, "。") {
		t.Fatalf("first message = %q", first)
	}
	second := a.Say("ann", "更多").Text
	if !strings.Contains(second, "2. 全文") {
		t.Errorf("no numbered choices in %q", second)
	}
	if !strings.Contains(second, `<a href="https://example.org/ask?q=%E5%85%A8%E6%96%87">在网页上看</a>`) {
		t.Errorf("no link in %q", second)
	}
	if !strings.Contains(second, `<a href="https://example.org/r/2024/天津?m=7-9">看原文</a>`) {
		t.Errorf("no link to the place in %q", second)
	}
	if got += strings.Split(second, "\n\n")[0]; got != long {
		t.Errorf("pieces joined have %d bytes, want %d", len(got), len(long))
	}
	if r := a.Say("ann", "２"); r.Text != "pressed f" {
		t.Errorf("after the number: %q", r.Text)
	}
	noViolations(t, a)
}

// Two hundred people at once are answered in time.
func TestMany(t *testing.T) {
	a := wechattest.NewAccount(t)
	start(t, a, echo, nil)
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			if r := a.Say(fmt.Sprint("user", i), "口袋公园"); r.Text != "0|||口袋公园|" {
				t.Errorf("user %d: %+v", i, r)
			}
		})
	}
	wg.Wait()
	noViolations(t, a)
}

func waitFor(t *testing.T, ok func() bool) {
	t.Helper()
	limit := time.After(time.Minute)
	for !ok() {
		select {
		case <-limit:
			t.Fatal("waited for a minute")
		case <-time.After(time.Millisecond):
		}
	}
}

func FuzzServe(f *testing.F) {
	w, err := New(chat.HandlerFunc(echo), Options{Tokens: []string{"t"}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><MsgType>text</MsgType><MsgId>1</MsgId><Content>津</Content></xml>")
	f.Add("<xml><Encrypt>AAAA</Encrypt></xml>")
	f.Fuzz(func(t *testing.T, body string) {
		now := fmt.Sprint(time.Now().Unix())
		q := url.Values{"timestamp": {now}, "nonce": {"1"}, "signature": {w.crypts[0].Sign(now, "1")}}
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, httptest.NewRequest(http.MethodPost, "/?"+q.Encode(), strings.NewReader(body)))
		if rec.Code != http.StatusOK && rec.Code != http.StatusForbidden && rec.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("status %d to %q", rec.Code, body)
		}
	})
}
