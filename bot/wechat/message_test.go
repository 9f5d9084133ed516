package wechat

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jinwen/handlers/chat"
)

// TestKey: each try to deliver a message has its key, and nothing else has.
func TestKey(t *testing.T) {
	text := inbound{From: "ann", To: "gh", Type: typeText, ID: "1", Created: 1e9}
	event := inbound{From: "ann", To: "gh", Type: typeEvent, Event: eventClick, EventKey: "k", Created: 1e9}
	later, other := text, text
	later.Created++
	other.ID = "2"
	if text.key() != later.key() || text.key() == other.key() {
		t.Error("a message goes by its id")
	}
	for name, change := range map[string]func(*inbound){
		"who": func(m *inbound) { m.From = "bob" }, "when": func(m *inbound) { m.Created++ }, "what": func(m *inbound) { m.Event = eventScan }, "which": func(m *inbound) { m.EventKey = "l" },
	} {
		x := event
		if change(&x); x.key() == event.key() {
			t.Errorf("an event goes by %s", name)
		}
	}
	withID := event
	if withID.ID = "7"; withID.key() != event.key() {
		t.Error("an event goes by an id")
	}
	for name, change := range map[string]func(*inbound){
		"sender": func(m *inbound) { m.From = "" }, "receiver": func(m *inbound) { m.To = "" }, "type": func(m *inbound) { m.Type = "" }, "id": func(m *inbound) { m.ID = "" },
	} {
		x := text
		if change(&x); x.check() == nil {
			t.Errorf("a message without %s is whole", name)
		}
	}
	if text.check() != nil || event.check() != nil {
		t.Error("a whole message lacks something")
	}
}

// TestCalls: what a call is answered with, and that one which is not WeChat's
// learns nothing.
func TestCalls(t *testing.T) {
	w, err := New(chat.HandlerFunc(echo), Options{Tokens: []string{"old", "t"}, Plain: true, Logger: slog.New(slog.DiscardHandler), Limits: Limits{Fresh: time.Minute}})
	if err != nil {
		t.Fatal(err)
	}
	c := w.crypts[1]
	message := "<xml><ToUserName>gh</ToUserName><FromUserName>ann</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><MsgId>1</MsgId><Content>公园</Content></xml>"
	for _, tt := range []struct {
		name, method, body string
		age                time.Duration
		forged             bool
		code               int
		says               string
	}{
		{"an echo check", "GET", "", 0, false, 200, "hello"},
		{"a forged check", "GET", "", 0, true, 403, ""},
		{"an old check", "GET", "", 2 * time.Minute, false, 403, ""},
		{"a check from the future", "GET", "", -2 * time.Minute, false, 403, ""},
		{"a check a moment old", "GET", "", 30 * time.Second, false, 200, "hello"},
		{"a check of a clock that is fast", "GET", "", -30 * time.Second, false, 200, "hello"},
		{"a message", "POST", message, 0, false, 200, "公园"},
		{"a forged message", "POST", message, 0, true, 403, ""},
		{"an old message", "POST", message, 2 * time.Minute, false, 403, ""},
		{"no message", "POST", "hello", 0, false, 403, ""},
		{"half a message", "POST", "<xml><FromUserName>ann</FromUserName></xml>", 0, false, 200, "success"},
		{"a message as long as may be", "POST", message + strings.Repeat(" ", maxBody-len(message)), 0, false, 200, "公园"},
		{"too long a message", "POST", message + strings.Repeat(" ", maxBody-len(message)+1), 0, false, 413, ""},
		{"another method", "PUT", message, 0, false, 405, ""},
	} {
		now := fmt.Sprint(time.Now().Add(-tt.age).Unix())
		q := url.Values{"timestamp": {now}, "nonce": {"1"}, "echostr": {"hello"}, "signature": {c.Sign(now, "1")}}
		if tt.forged {
			q.Set("nonce", "2")
		}
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, httptest.NewRequest(tt.method, "/?"+q.Encode(), strings.NewReader(tt.body)))
		if body := rec.Body.String(); rec.Code != tt.code || !strings.Contains(body, tt.says) || tt.says == "" && body != "" {
			t.Errorf("%s: %d, %q, want %d, %q", tt.name, rec.Code, body, tt.code, tt.says)
		}
		kind := map[string]string{"hello": "text/plain; charset=utf-8", "公园": "application/xml; charset=utf-8"}[tt.says]
		if got := rec.Header().Get("Content-Type"); kind != "" && got != kind || tt.says == "hello" && rec.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", tt.name, rec.Header())
		}
		if allow := rec.Header().Get("Allow"); (allow == "GET, POST") != (tt.code == 405) {
			t.Errorf("%s: Allow %q", tt.name, allow)
		}
	}
	if w.fresh("soon") {
		t.Error("a time that is none is fresh")
	}
}

// TestLinks: an answer leads to its page and to the first place that it quotes,
// as far as there are pages.
func TestLinks(t *testing.T) {
	page := func(q string) string { return "/ask?" + q }
	place := func(at chat.At) string { return "/r/" + at.Report }
	plain, at := chat.Block{Text: "一"}, chat.Block{Text: "二", At: &chat.At{Report: "2024/天津"}}
	second := chat.Block{Text: "三", At: &chat.At{Report: "2025/天津"}}
	nowhere := chat.Block{Text: "四", At: &chat.At{}}
	for _, tt := range []struct {
		name   string
		page   func(string) string
		place  func(chat.At) string
		blocks []chat.Block
		want   string
	}{
		{"both", page, place, []chat.Block{plain, nowhere, at, second}, "在网页上看 /ask?q 看原文 /r/2024/天津"}, {"an answer without a place", page, place, []chat.Block{plain}, "在网页上看 /ask?q"},
		{"no pages of answers", nil, place, []chat.Block{at}, "看原文 /r/2024/天津"}, {"no pages of reports", page, nil, []chat.Block{at}, "在网页上看 /ask?q"},
		{"no pages", nil, nil, []chat.Block{at}, ""}, {"no answer", page, place, nil, ""},
	} {
		w := &WeChat{opt: Options{AnswerURL: tt.page, PlaceURL: tt.place}}
		rows := w.links("q", chat.Reply{Blocks: tt.blocks})
		var got []string
		for _, row := range rows {
			for _, b := range row {
				got = append(got, b.Text, b.URL)
			}
		}
		if strings.Join(got, " ") != tt.want || len(rows) > 1 || len(rows) == 1 && tt.want == "" {
			t.Errorf("%s: %v, want %s", tt.name, rows, tt.want)
		}
	}
	if got, want := link(`a<b>`, `https://x/"<y>`), `<a href="https://x/%22%3Cy%3E">a‹b›</a>`; got != want {
		t.Errorf("link: %s, want %s", got, want)
	}
	then := chat.Say("<A href=x>")
	r := chat.Say("<a href=x>公园</a> 1<2 <b>")
	r.Then = &then
	u := unlinked(r)
	if u.Blocks[0].Text != "‹a href=x>公园‹/a> 1<2 <b>" || u.Then.Blocks[0].Text != "‹A href=x>" || r.Blocks[0].Text[0] != '<' || then.Blocks[0].Text[0] != '<' {
		t.Errorf("unlinked: %+v, %+v", u.Blocks, u.Then.Blocks)
	}
}

// TestWords: what a person did, as a message.
func TestWords(t *testing.T) {
	w := &WeChat{admins: map[string]bool{"boss": true}}
	m, ok := w.message(inbound{From: "boss", Type: typeText, Content: " /find  口袋公园 "})
	if !ok || m.Command != "find" || m.Args != "口袋公园" || m.Text != "/find  口袋公园" || !m.User.Admin || m.User.ID != "wechat:boss" || m.Chat.ID != "wechat:boss" {
		t.Errorf("a command: %+v", m)
	}
	if d := cmp.Diff(chat.Lacks{Buttons: true, Pictures: true, Files: true, Edits: true}, m.Lacks); d != "" {
		t.Errorf("lacks (-want +got):\n%s", d)
	}
	m, ok = w.message(inbound{From: "ann", Type: typeVoice, Recognition: " "})
	if !ok || m.Kind != chat.KindOther || m.User.Admin {
		t.Errorf("speech that was not understood: %+v", m)
	}
	for s, want := range map[string]bool{"更多": true, " 继续 ": true, "繼續": true, "More": true, "更多公园": false, "": false} {
		if asksForMore(s) != want {
			t.Errorf("asksForMore(%q) = %v", s, !want)
		}
	}
}
