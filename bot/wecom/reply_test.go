package wecom

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jinwen/handlers/chat"
)

// TestRefusedReplies: what cannot go under a message any more is pushed, what
// arrived although its ack was lost is no error, and the rest is told.
func TestRefusedReplies(t *testing.T) {
	message := call{reqID: "r1", id: "m1", to: address{ID: "ann"}}
	enter := call{reqID: "r1", to: address{ID: "ann"}, event: eventEnter}
	press := call{reqID: "r1", to: address{ID: "g", Group: true}, event: eventPress}
	late := call{to: address{ID: "ann"}}
	stream := func(c call, end bool) func(*WeCom) error {
		return func(w *WeCom) error { return w.stream(t.Context(), c, "答", end) }
	}
	say := func(c call) func(*WeCom) error {
		return func(w *WeCom) error { return w.say(t.Context(), c, "答") }
	}
	show := func(c call) func(*WeCom) error {
		return func(w *WeCom) error { return w.show(t.Context(), c, map[string]any{"msgtype": "file"}) }
	}
	progress := func(c call, r chat.Reply) func(*WeCom) error {
		return func(w *WeCom) error { w.progress(t.Context(), c)(r); return nil }
	}
	for _, tt := range []struct {
		name  string
		do    func(*WeCom) error
		codes map[string]int // by command
		want  string         // commands, then the error
	}{
		{"the end of a stream", stream(message, true), nil, "respond"},
		{"the end of one that is over", stream(message, true), map[string]int{cmdRespond: codeStreamOver}, "respond"},
		{"progress of one that is over", stream(message, false), map[string]int{cmdRespond: codeStreamOver}, "respond 846608"},
		{"the end of one that is too late", stream(message, true), map[string]int{cmdRespond: codeReqID}, "respond send"},
		{"progress of one that is too late", stream(message, false), map[string]int{cmdRespond: codeReqID}, "respond 846605"},
		{"the end of one that is refused", stream(message, true), map[string]int{cmdRespond: 1}, "respond 1"},
		{"a stream to no message", stream(late, true), nil, "send"},
		{"words to a message", say(message), nil, "respond"},
		{"a welcome", say(enter), nil, "welcome"}, {"a welcome too late", say(enter), map[string]int{cmdWelcome: codeReqID}, "welcome send"}, {"a welcome that is refused", say(enter), map[string]int{cmdWelcome: 1}, "welcome 1"},
		{"words after a press", say(press), nil, "send"}, {"words to who is not there", say(press), map[string]int{cmdSend: codeChat}, "send blocked"}, {"words that are refused", say(press), map[string]int{cmdSend: 1}, "send 1"},
		{"a file to a message", show(message), nil, "respond"}, {"a file too late", show(message), map[string]int{cmdRespond: codeReqID}, "respond send"}, {"a file that is refused", show(message), map[string]int{cmdRespond: 1}, "respond 1"}, {"a file after a press", show(press), nil, "send"}, {"a file to no message", show(late), nil, "send"},
		{"progress", progress(message, chat.Say("在找")), nil, "respond"}, {"progress of nothing", progress(message, chat.Reply{}), nil, ""}, {"progress after a press", progress(press, chat.Say("在找")), nil, ""}, {"progress to no message", progress(late, chat.Say("在找")), nil, ""},
	} {
		var got []string
		s := &service{}
		s.answer = func(_, _ int, f frame) (int, bool) {
			if f.Cmd == cmdSubscribe || f.Cmd == cmdPing {
				return 0, true
			}
			name := map[string]string{cmdRespond: "respond", cmdWelcome: "welcome", cmdSend: "send"}[f.Cmd]
			if f.Cmd == cmdSend && !strings.Contains(string(f.Body), `"chat_type":`) {
				name += " nowhere"
			}
			got = append(got, name)
			return tt.codes[f.Cmd], true
		}
		l := s.start(t)
		l.opt.Limits.Ping = time.Hour
		w := &WeCom{link: l, log: l.log}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- l.run(ctx, func(frame) {}) }()
		err := tt.do(w)
		cancel()
		<-done
		switch {
		case errors.Is(err, chat.ErrBlocked):
			got = append(got, "blocked")
		case err != nil:
			got = append(got, fmt.Sprint(code(err)))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
	}
	if (address{}).chatType() != 1 || (address{Group: true}).chatType() != 2 {
		t.Error("the types of chats")
	}
	if a, b := message.bubble(), (call{id: "m2"}).bubble(); a == b || len(a) != 24 || a != (call{id: "m1", reqID: "r2"}).bubble() {
		t.Errorf("bubbles %s and %s", a, b)
	}
}
