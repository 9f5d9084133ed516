package telegram

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jinwen/handlers/chat"
)

// TestWebhookSettings: an address to be called at needs one to listen at.
func TestWebhookSettings(t *testing.T) {
	for _, tt := range []struct {
		w  Webhook
		ok bool
	}{
		{Webhook{}, true}, {Webhook{Listen: "x"}, true}, {Webhook{URL: "https://h/p", Listen: ":8"}, true}, {Webhook{URL: "http://h", Listen: ":8"}, true},
		{Webhook{URL: "https://h/p"}, false}, {Webhook{URL: "ftp://h", Listen: ":8"}, false}, {Webhook{URL: "https:///p", Listen: ":8"}, false}, {Webhook{URL: "h", Listen: ":8"}, false}, {Webhook{URL: "https://h:x", Listen: ":8"}, false},
	} {
		if err := tt.w.check(); (err == nil) != tt.ok {
			t.Errorf("%+v: %v", tt.w, err)
		}
	}
}

// TestHook: what is pushed by whom is taken, and what is answered otherwise.
func TestHook(t *testing.T) {
	bot, err := New("1:hunter2hunter2", echo, Options{Logger: testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	bot.begin(t.Context())
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		name, method, url, path, secret, body string
		ctx                                   context.Context
		code                                  int
	}{
		{"an update that nobody needs to see", "POST", "https://h/hook", "/hook", "s", `{"update_id":1}`, t.Context(), 200},
		{"the same again", "POST", "https://h/hook", "/hook", "s", `{"update_id":1}`, t.Context(), 200},
		{"without a path", "POST", "https://h", "/", "s", `{"update_id":2}`, t.Context(), 200},
		{"as large as may be", "POST", "https://h", "/", "s", `{"update_id":3}` + strings.Repeat(" ", maxUpdate-len(`{"update_id":3}`)), t.Context(), 200},
		{"too large", "POST", "https://h", "/", "s", `{"update_id":3}` + strings.Repeat(" ", maxUpdate+1-len(`{"update_id":3}`)), t.Context(), 413},
		{"poison", "POST", "https://h", "/", "s", `{"update_id":4,"message":[]}`, t.Context(), 200},
		{"another path", "POST", "https://h/hook", "/hook/", "s", `{"update_id":5}`, t.Context(), 404},
		{"another secret", "POST", "https://h", "/", "t", `{"update_id":5}`, t.Context(), 401},
		{"no secret", "POST", "https://h", "/", "", `{"update_id":5}`, t.Context(), 401},
		{"another method", "GET", "https://h", "/", "s", ``, t.Context(), 405},
		{"at the end", "POST", "https://h", "/", "s", `{"update_id":5}`, ended, 503},
	} {
		r := httptest.NewRequest(tt.method, tt.path, strings.NewReader(tt.body))
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", tt.secret)
		w := httptest.NewRecorder()
		bot.hook(tt.ctx, t.Context(), Webhook{URL: tt.url, Secret: "s"}).ServeHTTP(w, r)
		if w.Code != tt.code || (w.Body.Len() > 0) != (tt.code != http.StatusOK) {
			t.Errorf("%s: %d, %q, want %d", tt.name, w.Code, w.Body, tt.code)
		}
		if n := bot.hand.count(); n != 0 {
			t.Errorf("%s: %d in hand", tt.name, n)
		}
		if n := len(bot.hand.items); n != 0 {
			t.Errorf("%s: %d remembered", tt.name, n)
		}
	}
	if n := metric(t, bot, "jinwen_updates_poison_total"); n != 1 {
		t.Errorf("%v poisoned", n)
	}
}

// TestKinds: how metrics and logs call what came in.
func TestKinds(t *testing.T) {
	for kind, want := range map[chat.Kind]string{chat.KindText: "text", chat.KindEdit: "edit", chat.KindButton: "button", chat.KindInline: "inline", chat.KindFile: "file", chat.KindJoined: "joined", chat.KindLeft: "left", chat.KindOther: "other"} {
		if got := kindName(incoming{msg: chat.Message{Kind: kind}}, true); got != want {
			t.Errorf("kind %v is %s, want %s", kind, got, want)
		}
	}
	if got := kindName(incoming{}, false) + kindName(incoming{msg: chat.Message{Command: "find"}}, true); got != "ignoredcommand" {
		t.Errorf("%s", got)
	}
	if got := fmt.Sprint(params("a", "1", "b", "", "c")); got != "map[a:1]" {
		t.Errorf("params: %s", got)
	}
	for err, want := range map[error]string{nil: "", &apiError{method: "getMe", code: 401}: "Telegram does not know this token", &transportError{method: "getMe", err: context.DeadlineExceeded}: "getMe: context deadline exceeded"} {
		var bot Telegram
		if bot.setReady(err); !strings.HasPrefix(bot.notReady(), want) || want == "" && bot.notReady() != "" {
			t.Errorf("%v: %q", err, bot.notReady())
		}
	}
}
