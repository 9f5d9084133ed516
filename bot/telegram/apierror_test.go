package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// TestJudge: what is done after each kind of error of a request.
func TestJudge(t *testing.T) {
	api := func(code int, text string) *apiError {
		return &apiError{method: "sendMessage", code: code, description: text}
	}
	for _, tt := range []struct {
		name string
		err  error
		want verdict
		api  bool
	}{
		{"none", nil, sent, false},
		{"no connection", &transportError{method: "x", err: errors.New("reset")}, again, false},
		{"no connection, said by another", fmt.Errorf("send: %w", &transportError{err: errors.New("reset")}), again, false},
		{"the end", context.Canceled, refused, false},
		{"wait", &apiError{code: 429, retryAfter: 3}, limited, true},
		{"wait a second", &apiError{code: 400, retryAfter: 1}, limited, true},
		{"wait, nobody says how long", api(429, "Too Many Requests"), limited, true},
		{"wait, of an upload", &apiError{retryAfter: 3}, limited, true},
		{"another id", &apiError{code: 400, migrateTo: -5}, moved, true},
		{"the server's fault", api(500, "Internal"), stubborn, true},
		{"the server's fault too", api(502, "Bad Gateway"), stubborn, true},
		{"almost the server's", api(499, "x"), refused, true},
		{"a token that is revoked", api(401, "Unauthorized"), again, true},
		{"blocked", api(403, "Forbidden: bot was blocked by the user"), unreached, true},
		{"no such chat", api(400, "Bad Request: chat not found"), unreached, true},
		{"no such person", api(400, "Bad Request: PEER_ID_INVALID"), unreached, true},
		{"a person who left", api(400, "Bad Request: USER_DEACTIVATED"), unreached, true},
		{"nothing to do", api(400, "Bad Request: message is not modified: …"), sent, true},
		{"anything else", api(400, "Bad Request: can't parse entities"), refused, true},
		{"another method's", api(404, "Not Found"), refused, true},
	} {
		if v, e := judge(tt.err); v != tt.want || (e != nil) != tt.api {
			t.Errorf("%s: %d, %v, want %d", tt.name, v, e, tt.want)
		}
	}
}

// TestExplain: what a person can mend is explained, and nothing else.
func TestExplain(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string // a word of it
	}{
		{nil, ""}, {errors.New("x"), ""}, {&transportError{err: errors.New("x")}, ""},
		{&apiError{method: "getUpdates", code: 401}, "BotFather"}, {&apiError{method: "getMe", code: 401}, "BotFather"}, {&apiError{method: "getMe", code: 404}, "BotFather"},
		{&apiError{method: "getFile", code: 404}, ""}, {&apiError{method: "getMe", code: 400}, ""},
		{&apiError{code: 409, description: "Conflict: can't use getUpdates method while webhook is active"}, "a webhook is set"},
		{&apiError{code: 409, description: "Conflict: terminated by other getUpdates request"}, "another program"}, {&apiError{code: 400, description: "webhook"}, ""},
	} {
		if got := explain(tt.err); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("explain(%v) = %q, want %q", tt.err, got, tt.want)
		}
	}
	for want, err := range map[string]error{
		"sendMessage: Bad Request (400)": &apiError{method: "sendMessage", code: 400, description: "Bad Request"},
		"getMe: reset":                   &transportError{method: "getMe", err: errors.New("reset")},
		"getMe: answer is not the Bot API's (HTTP status 1): no JSON":           &transportError{method: "getMe", status: 1, err: errors.New("no JSON")},
		"getMe: answer is not the Bot API's (HTTP status 502): unexpected page": &transportError{method: "getMe", status: 502, err: errors.New("unexpected page")},
	} {
		if got := err.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestRedactor: no form of the token is left in an error, and what is asked of
// the error still holds.
func TestRedactor(t *testing.T) {
	const token = "123456:AAE_secret-half"
	r := newRedactor(token)
	for in, want := range map[string]string{
		"": "", "nothing": "nothing", "bot" + token + "/getMe": "bot<token>/getMe", url.QueryEscape(token): "<token>", url.PathEscape(token): "<token>", "AAE_secret-half twice AAE_secret-half": "<token> twice <token>",
	} {
		if got := r.text(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for secret, hides := range map[string]bool{"12345678": true, "1234567": false} {
		if got := newRedactor("7:" + secret).text("x " + secret); (got == "x <token>") != hides {
			t.Errorf("a secret of %d: %q", len(secret), got)
		}
	}
	plain := errors.New("refused")
	if got := r.err(plain); got != plain {
		t.Errorf("an error without the token is %v", got)
	}
	if got := r.err(&url.Error{Op: "Post", URL: "https://h/bot" + token, Err: plain}); got != plain {
		t.Errorf("the address is left in %v", got)
	}
	got := r.err(fmt.Errorf("dial %s: %w", token, os.ErrDeadlineExceeded))
	var timeout interface{ Timeout() bool }
	if got.Error() != "dial <token>: i/o timeout" || !errors.Is(got, os.ErrDeadlineExceeded) || !errors.As(got, &timeout) || !timeout.Timeout() {
		t.Errorf("%v", got)
	}
	if got = r.err(fmt.Errorf("dial %s: %w", token, plain)); errors.As(got, &timeout) && timeout.Timeout() {
		t.Errorf("%v is a time-out", got)
	}
	if text := (redactor{""}).text("x"); text != "x" {
		t.Errorf("nothing to hide: %q", text)
	}
}

// TestSeconds: a retry_after from outside is never negative, and a day at most.
func TestSeconds(t *testing.T) {
	l := Limits{Second: time.Millisecond}
	for n, want := range map[int]time.Duration{-5: 0, 0: 0, 1: time.Millisecond, 30: 30 * time.Millisecond, 86_400: 86_400 * time.Millisecond, 86_401: 86_400 * time.Millisecond, 1 << 40: 86_400 * time.Millisecond} {
		if got := l.seconds(n); got != want {
			t.Errorf("seconds(%d) = %v, want %v", n, got, want)
		}
	}
}
