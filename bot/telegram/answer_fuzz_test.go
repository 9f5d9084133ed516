package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// round is an HTTP transport that answers without a network.
type round func(*http.Request) (*http.Response, error)

func (f round) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// FuzzAnswer has the Bot API answer anything at all: it is a result or an
// error that says what to do next, and never the token.
func FuzzAnswer(f *testing.F) {
	const token = "123456:SECRETsecretSECRET"
	for _, s := range []string{
		`{"ok":true,"result":true}`, `{"ok":true,"result":[{"update_id":3},7,null]}`, `{"ok":true,"result":{"id":1,"username":"b"}}`,
		`{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}`,
		`{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-100}}`,
		`{"ok":false,"error_code":401,"description":"` + token + `"}`, `{"ok":false}`, `{"ok":true}`, `null`, `[]`, ``, `<html>502`, `{"ok":true,"result":`,
		`{"ok":false,"parameters":{"retry_after":-9223372036854775808}}`, `{"ok":true,"result":{"file_path":"../../x","file_size":-1}}`,
	} {
		f.Add(s, 200)
		f.Add(s, 502)
	}
	c, err := newClient(token, Options{}.withDefaults())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string, status int) {
		c.http.Transport = round(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body)), Header: make(http.Header), Request: r}, nil
		})
		raw, err := c.call(t.Context(), "sendMessage", nil, time.Second)
		_ = messageID(raw)
		_, me := c.me(t.Context())
		list, poll := c.updates(t.Context(), 1, 0)
		for _, raw := range list {
			parseUpdate(raw)
		}
		file, open := c.open(t.Context(), "x", 100)
		if open == nil {
			io.Copy(io.Discard, file)
			file.Close()
		}
		for _, err := range []error{err, me, poll, open} {
			if err == nil {
				continue
			}
			if strings.Contains(err.Error()+fmt.Sprintf("%+v", err), token[7:]) && !strings.Contains(body, "SECRET") {
				t.Errorf("the error shows the token: %v", err)
			}
			v, e := judge(err)
			if v == sent && (e == nil || !e.says("message is not modified")) {
				t.Errorf("%v is taken for success", err)
			}
			if v == limited && jitter(max(c.limits.seconds(e.retryAfter), c.limits.Second/4)) <= 0 {
				t.Errorf("retry after %d is no time", e.retryAfter)
			}
			explain(err)
			if errors.Is(err, context.Canceled) {
				t.Errorf("%v without a reason", err)
			}
		}
	})
}
