package wecom

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// A service is WeCom's end of the connection: it answers each frame as it is
// told to, and notes them by connection.
type service struct {
	mu     sync.Mutex
	seen   [][]string // commands
	answer func(conn, n int, f frame) (code int, ack bool)
	last   map[string][]string // what was sent under each request
}

// start returns a link to the service.
func (s *service) start(t *testing.T) *link {
	t.Helper()
	s.last = make(map[string][]string)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer c.CloseNow()
		s.mu.Lock()
		conn := len(s.seen)
		s.seen = append(s.seen, nil)
		s.mu.Unlock()
		for n := 0; ; n++ {
			_, b, err := c.Read(r.Context())
			if err != nil {
				return
			}
			var f frame
			if err := json.Unmarshal(b, &f); err != nil {
				t.Errorf("frame %q: %v", b, err)
			}
			s.mu.Lock()
			s.seen[conn] = append(s.seen[conn], f.Cmd)
			s.last[f.Headers.ReqID] = append(s.last[f.Headers.ReqID], string(f.Body))
			code, ack := s.answer(conn, n, f)
			s.mu.Unlock()
			if !ack {
				continue
			}
			out, _ := encode(frame{Headers: f.Headers, Code: code, Message: "as told"})
			if c.Write(r.Context(), websocket.MessageText, out) != nil {
				return
			}
		}
	}))
	t.Cleanup(server.Close)
	opt, err := Options{BotID: "b", Secret: "s", URL: strings.Replace(server.URL, "http", "ws", 1), Client: server.Client(), Logger: slog.New(slog.DiscardHandler),
		Limits: Limits{Ping: time.Millisecond, Ack: time.Minute, ReconnectMin: time.Millisecond, ReconnectMax: time.Millisecond, TooOften: time.Millisecond}}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	return newLink(opt)
}

func (s *service) conns() [][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([][]string(nil), s.seen...)
}

// TestHeartBeat: after two pings without an answer the connection is held for
// dead and a new one is made; an answer in between begins anew.
func TestHeartBeat(t *testing.T) {
	s := &service{}
	s.answer = func(_, n int, f frame) (int, bool) {
		if f.Cmd != cmdPing {
			return 0, true
		}
		return 0, n == 2 // the second
	}
	l := s.start(t)
	l.opt.Limits.Ack = 400 * time.Millisecond
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- l.run(ctx, func(frame) {}) }()
	want := strings.Join([]string{cmdSubscribe, cmdPing, cmdPing, cmdPing, cmdPing}, " ") // one missed, one answered, two missed
	found := false
	waitFor(t, func() bool { // an answer may be late on a busy machine: one connection of some will do
		all := s.conns()
		for _, seen := range all[:max(len(all)-1, 0)] {
			found = found || strings.Join(seen, " ") == want
		}
		return found || len(all) > 5
	})
	cancel()
	if err := <-done; err != nil {
		t.Errorf("run = %v", err)
	}
	if !found {
		t.Errorf("connections %q, want %s", s.conns(), want)
	}
	if l.ready() || len(l.acks) != 0 {
		t.Errorf("ready %v, %d acks waited for after the end", l.ready(), len(l.acks))
	}
}

// TestSecretTries: after so many refusals of the secret in a row the link gives
// up; one that was taken in between begins anew.
func TestSecretTries(t *testing.T) {
	s := &service{}
	s.answer = func(conn, _ int, f frame) (int, bool) {
		switch {
		case f.Cmd == cmdSubscribe && conn != maxSecretTries-1:
			return codeSecret, true
		case f.Cmd == cmdSubscribe:
			return 0, true
		}
		return codeSubscribe, true // a beat that is refused ends the connection
	}
	if err := s.start(t).run(t.Context(), func(frame) {}); !errors.Is(err, ErrSecret) {
		t.Errorf("run = %v", err)
	}
	if n := len(s.conns()); n != 2*maxSecretTries {
		t.Errorf("%d connections, want %d", n, 2*maxSecretTries)
	}
}

// TestCall: a frame that was not acknowledged, or came too often, or to a dead
// connection, is sent again; another refusal is told.
func TestCall(t *testing.T) {
	for _, tt := range []struct {
		name  string
		codes []int // of the tries; -1 is no ack
		sent  int
		code  int
	}{
		{"well", []int{0}, 1, 0}, {"lost twice", []int{-1, -1, 0}, 3, 0}, {"too often", []int{codeTooOften, codeTooOften, codeTooOften, 0}, 4, 0}, {"a dead connection", []int{codeSubscribe, 0}, 2, 0},
		{"refused", []int{codeChat}, 1, codeChat}, {"lost, then refused", []int{-1, codeReqID}, 2, codeReqID},
	} {
		s, tries := &service{}, 0
		s.answer = func(_, _ int, f frame) (int, bool) {
			if f.Cmd != cmdSend {
				return 0, true
			}
			tries++
			c := tt.codes[min(tries, len(tt.codes))-1] // an ack that is late is one that is lost
			return max(c, 0), c >= 0
		}
		l := s.start(t)
		l.opt.Limits.Ping = time.Hour
		if slices.Contains(tt.codes, -1) {
			l.opt.Limits.Ack = 300 * time.Millisecond
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- l.run(ctx, func(frame) {}) }()
		_, err := l.call(ctx, cmdSend, "r1", map[string]string{"text": "<公园>"})
		s.mu.Lock()
		sent := s.last["r1"]
		s.mu.Unlock()
		if code(err) != tt.code || (err == nil) != (tt.code == 0) || len(sent) < tt.sent || len(sent) > tt.sent && !slices.Contains(tt.codes, -1) {
			t.Errorf("%s: %v after %d, want code %d after %d", tt.name, err, len(sent), tt.code, tt.sent)
		}
		for _, b := range sent {
			if b != `{"text":"<公园>"}` {
				t.Errorf("%s: sent %s", tt.name, b)
			}
		}
		cancel()
		<-done
		if len(l.turns) != 0 || len(l.acks) != 0 {
			t.Errorf("%s: %d turns, %d acks are remembered", tt.name, len(l.turns), len(l.acks))
		}
		if _, err := l.call(ctx, cmdSend, "r2", nil); err == nil {
			t.Errorf("%s: a call after the end", tt.name)
		}
	}
}
