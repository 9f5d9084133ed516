package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/handlers/chat"
)

// app is a program with these variables.
func app(t *testing.T, environ ...string) *base.App {
	t.Helper()
	a := &base.App{In: strings.NewReader(""), Out: print.New(io.Discard, func(string) string { return "" }), Err: io.Discard, Flags: &base.Globals{DataDir: filepath.Join(t.TempDir(), "data")}, Environ: environ, Now: time.Now}
	if err := a.Configure(); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestChannels: what is said out of turn goes by the channel that a chat is on;
// one that ends leaves the others running, and all errors are told.
func TestChannels(t *testing.T) {
	tg, wc := &outbox{}, &outbox{err: errors.New("wecom is away")}
	var mu sync.Mutex
	var ended []string
	broken := errors.New("replaced")
	running := make(chan struct{})
	cs := channels{
		{"telegram", func(context.Context) error { <-running; return nil }, tg},
		{"wecom", func(context.Context) error { return broken }, wc},
	}
	if err := cs.Send(t.Context(), chat.Chat{ID: "telegram:5"}, chat.Say("x")); err != nil || !slices.Equal(tg.sent, []string{"telegram:5 x"}) {
		t.Errorf("by Telegram: %v, %q", err, tg.sent)
	}
	if err := cs.Send(t.Context(), chat.Chat{ID: "wecom:ann"}, chat.Say("x")); err != wc.err || len(wc.sent) != 1 || len(tg.sent) != 1 {
		t.Errorf("by WeCom: %v, %q", err, wc.sent)
	}
	if err := cs.Send(t.Context(), chat.Chat{ID: "wechat:ann"}, chat.Say("x")); !errors.Is(err, chat.ErrBlocked) {
		t.Errorf("by none: %v", err)
	}
	note := func(name string, err error) {
		mu.Lock()
		defer mu.Unlock()
		ended = append(ended, fmt.Sprint(name, " ", err))
		close(running) // the other goes on until now
	}
	if err := cs.run(t.Context(), note); !errors.Is(err, broken) || !slices.Equal(ended, []string{"wecom replaced"}) {
		t.Errorf("run = %v, ended %q", err, ended)
	}
	if err := cs[1:].run(t.Context(), func(string, error) { t.Error("told of the only channel") }); !errors.Is(err, broken) {
		t.Errorf("the only one = %v", err)
	}
	var closed []int
	s := &Service{}
	for i := range 3 {
		s.close = append(s.close, func() error { closed = append(closed, i); return fmt.Errorf("close %d", i) })
	}
	if err := s.Close(); !slices.Equal(closed, []int{2, 1, 0}) || err == nil || !strings.Contains(err.Error(), "close 0") || !strings.Contains(err.Error(), "close 2") {
		t.Errorf("closed %v, %v", closed, err)
	}
}

// TestTransportOptions: the settings as each transport takes them.
func TestTransportOptions(t *testing.T) {
	const key, old = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "bbcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	a := app(t, "JINWEN_ADMINS=5,6", "JINWEN_STOP_TIMEOUT=7s", "JINWEN_LIMIT_USER_PENDING=8", "JINWEN_LIMIT_ALL_PER_SECOND=9", "JINWEN_LIMIT_CHAT_PER_SECOND=10", "JINWEN_LIMIT_GROUP_PER_MINUTE=11", "JINWEN_POLL_TIMEOUT=12s",
		"JINWEN_PROXY=http://p:1", "JINWEN_WEBHOOK_URL=https://h/hook", "JINWEN_WEBHOOK_SECRET=s", "JINWEN_WEBHOOK_LISTEN=:13", "JINWEN_LISTEN=:14",
		"JINWEN_WECOM_BOT_ID=b", "JINWEN_WECOM_SECRET=w", "JINWEN_WECOM_NAME=津问", "JINWEN_WECOM_ADMINS=boss",
		"JINWEN_WECHAT_TOKEN=t", "JINWEN_WECHAT_OLD_TOKEN=u", "JINWEN_WECHAT_APP_ID=wx1", "JINWEN_WECHAT_ENCODING_AES_KEY="+key, "JINWEN_WECHAT_OLD_ENCODING_AES_KEY="+old, "JINWEN_WECHAT_LISTEN=:15", "JINWEN_WECHAT_APP_SECRET=x", "JINWEN_WECHAT_ADMINS=o1", "JINWEN_WECHAT_PLAIN=true",
		"JINWEN_WEB_BASE_URL=https://site.example")
	tg := TelegramOptions(a)
	if got := fmt.Sprint(tg.Endpoint, " ", tg.Proxy, tg.Admins, tg.Webhook, tg.Health, tg.StopTime, tg.PerUser, tg.Limits.Overall, tg.Limits.Chat, tg.Limits.Group, tg.Limits.Poll, tg.Logger != nil); got != "https://api.telegram.org/bot%s/%s http://p:1[5 6] {https://h/hook :13 s}:147s 8 9 10 11 12s true" {
		t.Errorf("Telegram: %s", got)
	}
	wc := WeComOptions(a)
	if got := fmt.Sprint(wc.BotID, wc.Secret, wc.URL, wc.Name, wc.Admins, wc.PerUser, wc.StopTime, wc.Logger != nil); got != "bwwss://openws.work.weixin.qq.com津问[boss] 8 7s true" {
		t.Errorf("WeCom: %s", got)
	}
	wx := WeChatOptions(a)
	if got := fmt.Sprint(wx.AppID, wx.Tokens, wx.AESKeys, wx.Plain, wx.Secret, wx.API, wx.Admins, wx.PerUser, wx.Logger != nil); got != "wx1[t u] ["+key+" "+old+"] truexhttps://api.weixin.qq.com[o1] 8 true" {
		t.Errorf("WeChat: %s", got)
	}
	if got := wx.AnswerURL("口袋 公园"); got != "https://site.example/ask?q=%E5%8F%A3%E8%A2%8B+%E5%85%AC%E5%9B%AD" {
		t.Errorf("an answer's page: %s", got)
	}
	if got := wx.PlaceURL(chat.At{Report: "2024/天津", Start: 7, End: 9}); got != "https://site.example/r/2024/%E5%A4%A9%E6%B4%A5?m=7-9" {
		t.Errorf("a place's page: %s", got)
	}
	if d := cmp.Diff([]string{"telegram:5", "telegram:6", "wecom:boss", "wechat:o1"}, admins(a)); d != "" {
		t.Errorf("admins (-want +got):\n%s", d)
	}
	plain := WeChatOptions(app(t, "JINWEN_WECHAT_TOKEN=t", "JINWEN_WECHAT_LISTEN=:15"))
	if len(plain.Tokens) != 1 || plain.AESKeys != nil || plain.AnswerURL != nil || plain.PlaceURL != nil {
		t.Errorf("WeChat with little: %+v", plain)
	}
	for _, l := range chat.Langs {
		if p := profile()[l]; p.Long == "" || p.Short == "" {
			t.Errorf("no profile in %s", l)
		}
	}
}

// TestListen: no page is no address; one that is taken is said with what to do.
func TestListen(t *testing.T) {
	if l, err := ListenWeb(t.Context(), app(t)); l != nil || err != nil {
		t.Errorf("no page: %v, %v", l, err)
	}
	wait, err := beside(t.Context(), app(t), nil, nil)
	if err != nil || wait() != nil {
		t.Errorf("no page beside the bot: %v", err)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if _, err := ListenWeb(t.Context(), app(t, "JINWEN_WEB_LISTEN="+taken.Addr().String())); err == nil || !strings.HasPrefix(err.Error(), "web.listen: ") || !strings.HasSuffix(err.Error(), "as 127.0.0.1:8080") {
		t.Errorf("an address that is taken: %v", err)
	}
	l, err := ListenWeb(t.Context(), app(t, "JINWEN_WEB_LISTEN=127.0.0.1:0"))
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := (&webServeCmd{}).Run(t.Context(), app(t)); !errors.As(err, new(base.UsageError)) {
		t.Errorf("a page at no address: %v", err)
	}
	if err := (&webServeCmd{Listen: taken.Addr().String()}).Run(t.Context(), app(t)); err == nil || !strings.HasPrefix(err.Error(), "web.listen: ") {
		t.Errorf("a page at an address that is taken: %v", err)
	}
}

// TestPassword: a password that is piped in becomes an account's line.
func TestPassword(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"ann", "riverside-lantern\r\nmore", "ann:$argon2id$"}, {"ann", "riverside-lantern", "ann:$argon2id$"}, {"ann", "short\n", "error: the password has fewer than 12 characters"}, {"ann", "", "error: the password has fewer"}, {"a b", "riverside-lantern\n", `error: "a b" is no name`},
	} {
		var out bytes.Buffer
		a := app(t)
		a.In, a.Out = strings.NewReader(tt.in), print.New(&out, func(string) string { return "" })
		err := (&webPasswordCmd{tt.name}).Run(t.Context(), a)
		a.Out.Flush()
		if err != nil {
			fmt.Fprintf(&out, "error: %v", err)
		}
		if !strings.HasPrefix(out.String(), tt.want) {
			t.Errorf("%s with %q: %s, want %s", tt.name, tt.in, out.String(), tt.want)
		}
	}
	a := app(t)
	a.In = strings.NewReader("riverside-lantern\r\nmore")
	if got, err := password(a); got != "riverside-lantern" || err != nil {
		t.Errorf("a line: %q, %v", got, err)
	}
	a.In = strings.NewReader(strings.Repeat("x", 5000))
	if got, err := password(a); len(got) != 4096 || err != nil {
		t.Errorf("a line without end: %d bytes, %v", len(got), err)
	}
}
