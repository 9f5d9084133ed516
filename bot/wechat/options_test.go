package wechat

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jinwen/handlers/chat"
)

// TestDefaults: what holds where nothing is set is what the options say, and what
// cannot work is refused.
func TestDefaults(t *testing.T) {
	o, crypts, err := Options{Tokens: []string{"t"}}.withDefaults()
	if err != nil || len(crypts) != 1 {
		t.Fatal(len(crypts), err)
	}
	if got := fmt.Sprint(o.Parallel, o.Queue, o.PerUser, o.HandleTime, o.Limits.Wait, o.Limits.Fresh, o.Plain, o.API == DefaultAPI, o.Logger != nil, o.Client != nil, o.Seen != nil); got != "16 1000 10 1m0s 4s 10m0s true true true true true" {
		t.Errorf("options: %s", got)
	}
	o, _, err = Options{Tokens: []string{"t"}, API: "http://h/", Parallel: 1, Queue: 2, PerUser: 3, HandleTime: 4, Limits: Limits{5, 6}}.withDefaults()
	if got := fmt.Sprint(o.API, o.Parallel, o.Queue, o.PerUser, o.HandleTime, o.Limits, err); got != "http://h1 2 3 4ns {5ns 6ns} <nil>" {
		t.Errorf("what was set: %s", got)
	}
	const key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	o, crypts, err = Options{Tokens: []string{"a", "b"}, AESKeys: []string{key, key}, AppID: "wx1"}.withDefaults()
	if err != nil || len(crypts) != 4 || o.Plain {
		t.Errorf("two tokens and two keys: %d, plain %v, %v", len(crypts), o.Plain, err)
	}
	for _, bad := range []Options{{}, {Tokens: []string{"t"}, Secret: "s"}, {Tokens: []string{"t"}, AppID: "wx1", AESKeys: []string{"short"}}} {
		if _, _, err := bad.withDefaults(); err == nil {
			t.Errorf("%+v will do", bad)
		}
	}
	r := prometheus.NewRegistry()
	if _, err := newMetrics(r); err != nil {
		t.Fatal(err)
	}
	if families, err := r.Gather(); err != nil || len(families) != 5 {
		t.Errorf("%d metrics, %v", len(families), err)
	}
	if _, err := newMetrics(r); err == nil {
		t.Error("the same metrics twice")
	}
}

// A service is WeChat's API, which answers what it is told to.
type service struct {
	tokens, sent int
	answer       func(n int) string // to the nth message
	expires      int
	seen         []string // texts
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/stable_token") {
		s.tokens++
		fmt.Fprintf(w, `{"access_token":"token%d","expires_in":%d}`, s.tokens, s.expires)
		return
	}
	var in struct {
		To   string `json:"touser"`
		Text struct{ Content string }
	}
	json.NewDecoder(r.Body).Decode(&in)
	s.sent++
	s.seen = append(s.seen, r.URL.Query().Get("access_token")+" "+in.To+" "+in.Text.Content)
	fmt.Fprint(w, s.answer(s.sent))
}

// TestAPICalls: a message goes out with a token that is good, once more with a
// new one if the old has ended, and no further.
func TestAPICalls(t *testing.T) {
	ok := func(int) string { return `{"errcode":0}` }
	code := func(c int) string { return fmt.Sprintf(`{"errcode":%d,"errmsg":"no"}`, c) }
	for _, tt := range []struct {
		name         string
		answer       func(n int) string
		expires      int
		tokens, sent int // for two messages
		fails        string
	}{
		{"well", ok, 7200, 1, 2, ""},
		{"tokens that are about to end", ok, int(early / time.Second), 2, 2, ""},
		{"a token that has ended", func(n int) string {
			if n == 1 {
				return code(codeExpired)
			}
			return code(0)
		}, 7200, 2, 3, ""},
		{"a token that is none", func(n int) string {
			if n == 1 {
				return code(codeToken)
			}
			return code(0)
		}, 7200, 2, 3, ""},
		{"no token is good", func(int) string { return code(codeCredential) }, 7200, 3, 4, "no (40001)"},
		{"a message too many", func(int) string { return code(codeCount) }, 7200, 1, 2, "no (45047)"},
		{"no JSON", func(int) string { return "<html>" }, 7200, 1, 2, "status 200 and no JSON"},
	} {
		s := &service{answer: tt.answer, expires: tt.expires}
		server := httptest.NewServer(s)
		a := &api{base: server.URL, appID: "wx1", secret: "hunter2", client: server.Client()}
		for range 2 {
			if err := a.send(t.Context(), "ann", "<公园>"); (err != nil) != (tt.fails != "") || err != nil && (!strings.HasSuffix(err.Error(), tt.fails) || strings.Contains(err.Error(), "hunter2")) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.fails)
			}
		}
		if s.tokens != tt.tokens && tt.expires == 7200 || s.sent != tt.sent || s.seen[0] != "token1 ann <公园>" {
			t.Errorf("%s: %d tokens, %d sent, %q, want %d, %d", tt.name, s.tokens, s.sent, s.seen, tt.tokens, tt.sent)
		}
		server.Close()
	}
	for c, hint := range map[int]string{codeAddress: "IP allow list", codeSecret: "app_secret", codeNotAuthorised: "verified", 1: ""} {
		if text := (&apiError{"m", c, "no"}).Error(); !strings.Contains(text, hint) || !strings.HasPrefix(text, fmt.Sprintf("wechat: m: no (%d)", c)) {
			t.Errorf("%d: %s", c, text)
		}
	}
	inner := errors.New("reset")
	if bare(&url.Error{URL: "https://h?access_token=x", Err: inner}) != inner || bare(inner) != inner {
		t.Error("an address is left in an error")
	}
}

// TestSend: a notice of many parts goes out as far as WeChat takes it, and says
// where nobody can be reached.
func TestSend(t *testing.T) {
	s := &service{answer: func(int) string { return `{"errcode":0}` }, expires: 7200}
	server := httptest.NewServer(s)
	defer server.Close()
	w, err := New(chat.HandlerFunc(echo), Options{Tokens: []string{"t"}, AppID: "wx1", Secret: "s", API: server.URL, Client: server.Client()})
	if err != nil {
		t.Fatal(err)
	}
	long := chat.Say(strings.Repeat("字", 683*4))
	if err := w.Send(t.Context(), chat.Chat{ID: "wechat:ann"}, long); err != nil || s.sent != maxLate {
		t.Errorf("a long notice: %v, %d sent, want %d", err, s.sent, maxLate)
	}
	for _, m := range s.seen {
		if text := strings.SplitN(m, " ", 3)[2]; len(text) > maxCustom || len(text) < maxCustom-3 {
			t.Errorf("a message of %d bytes", len(text))
		}
	}
	if err := w.Send(t.Context(), chat.Chat{ID: "telegram:1"}, chat.Say("x")); !errors.Is(err, chat.ErrBlocked) {
		t.Errorf("a chat of another service: %v", err)
	}
	for _, c := range []int{codeWindow, codeCount} {
		s.answer = func(int) string { return fmt.Sprintf(`{"errcode":%d}`, c) }
		if err := w.Send(t.Context(), chat.Chat{ID: "wechat:ann"}, chat.Say("x")); !errors.Is(err, chat.ErrBlocked) {
			t.Errorf("code %d: %v", c, err)
		}
	}
	s.answer = func(int) string { return `{"errcode":1}` }
	if err := w.Send(t.Context(), chat.Chat{ID: "wechat:ann"}, chat.Say("x")); err == nil || errors.Is(err, chat.ErrBlocked) {
		t.Errorf("another refusal: %v", err)
	}
	w.api = nil
	if err := w.Send(t.Context(), chat.Chat{ID: "wechat:ann"}, chat.Say("x")); !errors.Is(err, chat.ErrBlocked) {
		t.Errorf("without a secret: %v", err)
	}
}
