package telegram

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"
)

// An apiError is a refusal by the Bot API.
type apiError struct {
	method      string
	code        int
	description string
	retryAfter  int   // seconds; 0 if not said
	migrateTo   int64 // 0 if not said
}

func (e *apiError) Error() string {
	return fmt.Sprintf("%s: %s (%d)", e.method, e.description, e.code)
}

// says reports whether the description holds one of the phrases. Telegram's
// descriptions are the only thing that tells one 400 from another.
func (e *apiError) says(phrases ...string) bool {
	d := strings.ToLower(e.description)
	for _, p := range phrases {
		if strings.Contains(d, p) {
			return true
		}
	}
	return false
}

// A transportError is a request without an answer of the Bot API: no
// connection, a time-out, an error page, JSON that ends in the middle.
type transportError struct {
	method string
	status int // of the HTTP answer; 0 if there was none
	err    error
}

func (e *transportError) Error() string {
	if e.status != 0 {
		return fmt.Sprintf("%s: answer is not the Bot API's (HTTP status %d): %v", e.method, e.status, e.err)
	}
	return e.method + ": " + e.err.Error()
}

func (e *transportError) Unwrap() error { return e.err }

// verdict says how to go on after a request.
type verdict int

const (
	sent      verdict = iota // it took effect (or there was nothing to do)
	again                    // try again after a while
	stubborn                 // the same, but the server's fault with just this request is likely
	limited                  // try again when retry_after is over
	moved                    // try again with another chat id
	unreached                // the chat cannot be reached any more
	refused                  // trying again is of no use
)

// judge says what an error of a request means.
func judge(err error) (verdict, *apiError) {
	if err == nil {
		return sent, nil
	}
	var e *apiError
	if !errors.As(err, &e) {
		var t *transportError
		if errors.As(err, &t) {
			return again, nil
		}
		return refused, nil // not from a request: ctx ended, nothing to send
	}
	switch {
	case e.retryAfter > 0 || e.code == 429: // uploads give no code (tgbotapi)
		return limited, e
	case e.migrateTo != 0:
		return moved, e
	case e.code >= 500:
		return stubborn, e
	case e.code == 401:
		return again, e // a token that is revoked is told by the poll; it may come back
	case e.code == 403, e.says("chat not found", "peer_id_invalid", "user_deactivated"):
		return unreached, e
	case e.says("message is not modified"):
		return sent, e
	}
	return refused, e
}

// explain says in one sentence what is wrong with the connection and what to
// do; "" if the error needs no explanation.
func explain(err error) string {
	var e *apiError
	if !errors.As(err, &e) {
		return ""
	}
	switch {
	case e.code == 401 || e.code == 404 && e.method == "getMe":
		return "Telegram does not know this token: ask @BotFather for the current one (/mybots, API Token) and set TELEGRAM_BOT_TOKEN"
	case e.code == 409 && e.says("webhook"):
		return "a webhook is set for this bot by someone else: end that program, then restart this one, which removes it"
	case e.code == 409:
		return "another program receives this bot's updates: end it, or give each program a bot of its own"
	}
	return ""
}

// redactor takes secrets out of errors.
type redactor []string

// newRedactor hides the token, its secret half alone, and both as they look
// when escaped in a URL.
func newRedactor(token string) redactor {
	r := redactor{token, url.QueryEscape(token), url.PathEscape(token)}
	if _, secret, ok := strings.Cut(token, ":"); ok && len(secret) >= 8 {
		r = append(r, secret)
	}
	return r
}

func (r redactor) text(s string) string {
	for _, secret := range r {
		if secret != "" {
			s = strings.ReplaceAll(s, secret, "<token>")
		}
	}
	return s
}

// err is err without its *url.Error, whose text is the whole URL, and without
// any other mention of a secret. What callers ask of it (errors.Is,
// net.Error) still holds.
func (r redactor) err(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if text := err.Error(); r.text(text) != text {
		return &redacted{r.text(text), err}
	}
	return err
}

// redacted shows only its text; the error inside can be asked, not read.
type redacted struct {
	text  string
	inner error
}

func (e *redacted) Error() string        { return e.text }
func (e *redacted) Is(target error) bool { return errors.Is(e.inner, target) }

// Timeout makes it a net.Error of sorts, as the one inside may be.
func (e *redacted) Timeout() bool {
	var n net.Error
	return errors.As(e.inner, &n) && n.Timeout()
}

// seconds returns retry_after in the length of second that the limits use; a day at
// most, for a number from outside may be any.
func (l Limits) seconds(n int) time.Duration {
	return time.Duration(min(max(n, 0), 24*60*60)) * l.Second
}
