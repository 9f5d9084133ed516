package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/handlers/chat"
)

// TestNewClient: which tokens, endpoints and proxies will do; what is wrong is
// said without what is secret.
func TestNewClient(t *testing.T) {
	const token = "123456:hunter2"
	for _, tt := range []struct{ token, endpoint, proxy, wrong string }{
		{token, "", "", ""}, {token, "http://h:1/bot%s/%s", "", ""}, {token, "https://h/a/bot%s/%s", "", ""},
		{token, "", "http://h:1", ""}, {token, "", "https://h:1", ""}, {token, "", "socks5://u:p@h:1", ""}, {token, "", "socks5h://h:1", ""},
		{"", "", "", "token is not of the form"}, {"123456hunter2", "", "", "token is not of the form"},
		{token, "ftp://h/bot%s/%s", "", "is not of the form http"}, {token, "http:///bot%s/%s", "", "is not of the form http"}, {token, "http://h/%s/%s", "", "is not of the form http"}, {token, "http://h/%s/bot%s", "", "is not of the form http"}, {token, "http://h:x/bot%s/%s", "", "is not of the form http"},
		{token, "http://h/x", "", "is not of the form http"},
		{token, "", "h:hunter2", "proxy is not of the form"}, {token, "", "http:///hunter2", "proxy is not of the form"}, {token, "", "ftp://u:hunter2@h:1", `unknown kind of proxy "ftp"`},
	} {
		c, err := newClient(tt.token, Options{Endpoint: tt.endpoint, Proxy: tt.proxy})
		if (err == nil) != (tt.wrong == "") || err != nil && (!strings.Contains(err.Error(), tt.wrong) || strings.Contains(err.Error(), "hunter2")) || (c == nil) != (err != nil) {
			t.Errorf("%q at %q over %q: %v, want %q", tt.token, tt.endpoint, tt.proxy, err, tt.wrong)
		}
	}
	for _, c := range " \t\r\n/?#%" {
		if _, err := newClient("1:a"+string(c)+"b", Options{}); err == nil {
			t.Errorf("a token with %q", c)
		}
	}
}

// TestAnswers: what an answer of the Bot API, or of something before it, means.
func TestAnswers(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		body   string
		want   string // the result, or the error
	}{
		{"a result", 200, `{"ok":true,"result":{"id":7}}`, `{"id":7}`},
		{"nobody", 200, `{"ok":true,"result":{"id":0}}`, `{"id":0}`},
		{"a refusal", 400, `{"ok":false,"error_code":400,"description":"Bad Request: no"}`, "api 400 0 0 getMe: Bad Request: no (400)"},
		{"to wait", 429, `{"ok":false,"error_code":429,"description":"wait","parameters":{"retry_after":3}}`, "api 429 3 0 getMe: wait (429)"},
		{"another chat", 400, `{"ok":false,"error_code":400,"description":"moved","parameters":{"migrate_to_chat_id":-5}}`, "api 400 0 -5 getMe: moved (400)"},
		{"a refusal with the token", 400, `{"ok":false,"error_code":400,"description":"no 1:hunter2hunter2"}`, "api 400 0 0 getMe: no <token> (400)"},
		{"an error page", 502, `<html>`, "transport 502"},
		{"half of an answer", 200, `{"ok":tr`, "transport 200"},
		{"an answer of nothing", 200, `{}`, "transport 200"},
		{"a refusal of nothing", 400, `{"ok":false}`, "api 400 0 0 getMe:  (400)"},
		{"a way to elsewhere", 302, ``, "transport 302"},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://192.0.2.1/")
			w.WriteHeader(tt.status)
			io.WriteString(w, tt.body)
		}))
		c, err := newClient("1:hunter2hunter2", Options{Endpoint: s.URL + "/bot%s/%s", Limits: Limits{Request: time.Minute}})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := c.call(t.Context(), "getMe", nil, time.Minute)
		got := string(raw)
		var api *apiError
		var transport *transportError
		switch {
		case errors.As(err, &api):
			got = fmt.Sprint("api ", api.code, " ", api.retryAfter, " ", api.migrateTo, " ", err)
		case errors.As(err, &transport):
			got = fmt.Sprint("transport ", transport.status)
		}
		if got != tt.want || err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %s, %v, want %s", tt.name, got, err, tt.want)
		}
		if _, err := c.me(t.Context()); err == nil && tt.name != "a result" {
			t.Errorf("%s: somebody", tt.name)
		}
		if _, err := c.updates(t.Context(), 0, time.Second); err == nil {
			t.Errorf("%s: updates", tt.name)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := c.call(ended, "getMe", nil, time.Minute); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: once it has ended %v", tt.name, err)
		}
		c.close()
		s.Close()
	}
}

// TestOpen: a file is read to its last byte, and not one that is larger than
// allowed, whatever was announced.
func TestOpen(t *testing.T) {
	for _, tt := range []struct {
		name      string
		size, max int
		announced int
		path      string
		status    int
		want      string
	}{
		{"as large as may be", 10, 10, 10, "documents/报告 1.txt", 200, ""}, {"not announced", 10, 10, 0, "a.txt", 200, ""},
		{"announced too large", 11, 10, 11, "a.txt", 200, "file of 11 bytes is larger than 10"}, {"too large", 11, 10, 0, "a.txt", 200, "file is larger than announced and allowed"},
		{"gone", 0, 10, 5, "a.txt", 404, "file is not there"}, {"nowhere", 0, 10, 5, "", 200, "answer has no path"},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/getFile") {
				fmt.Fprintf(w, `{"ok":true,"result":{"file_path":%q,"file_size":%d}}`, tt.path, tt.announced)
				return
			}
			if want := "/file/bot1:hunter2hunter2/" + tt.path; r.URL.Path != want {
				t.Errorf("%s: asked for %s, want %s", tt.name, r.URL.Path, want)
			}
			w.WriteHeader(tt.status)
			io.WriteString(w, strings.Repeat("x", tt.size))
		}))
		c, err := newClient("1:hunter2hunter2", Options{Endpoint: s.URL + "/bot%s/%s", Limits: Limits{Request: time.Minute}})
		if err != nil {
			t.Fatal(err)
		}
		f, err := c.open(t.Context(), "id", int64(tt.max))
		n := 0
		if err == nil {
			var data []byte
			data, err = io.ReadAll(f)
			n = len(data)
			f.Close()
		}
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) || err == nil && n != tt.size {
			t.Errorf("%s: %d bytes, %v, want %q", tt.name, n, err, tt.want)
		}
		c.close()
		s.Close()
	}
}

// TestProfileLengths: descriptions have as much of their words as Telegram takes,
// and a command that has none in a language is left out of it.
func TestProfileLengths(t *testing.T) {
	s := bottest.NewServer(t)
	start(t, s, echo, Options{
		Profile: map[chat.Lang]chat.Profile{chat.Hans: {Long: han(600), Short: han(130)}, chat.English: {Long: "Answers"}},
		Commands: []chat.Command{
			{Name: "find", About: map[chat.Lang]string{chat.Hans: han(300), chat.English: "Find"}, Scope: chat.InPrivate | chat.InGroup},
			{Name: "help", About: map[chat.Lang]string{chat.Hans: "帮助"}, Scope: chat.InGroup},
		},
	})
	s.Until("settings", func() bool { return s.Setting("setChatMenuButton", "", "") != "" })
	const private, group = `{"type":"all_private_chats"}`, `{"type":"all_group_chats"}`
	for _, tt := range []struct {
		method, scope, code string
		has, lacks          string
	}{
		{"setMyDescription", "", "", han(512), han(513)}, {"setMyDescription", "", "zh", han(512), han(513)}, {"setMyDescription", "", "en", "Answers", "津"},
		{"setMyShortDescription", "", "", han(120), han(121)}, {"setMyShortDescription", "", "en", "", "津"},
		{"setMyCommands", private, "", han(256), han(257)}, {"setMyCommands", private, "", "find", "help"}, {"setMyCommands", group, "", "help", "none"}, {"setMyCommands", group, "en", "Find", "help"},
	} {
		if got := s.Setting(tt.method, tt.scope, tt.code); !strings.Contains(got, tt.has) || strings.Contains(got, tt.lacks) {
			t.Errorf("%s %s %q: %.60q of %d", tt.method, tt.scope, tt.code, got, bottest.Units(got))
		}
	}
	noRejects(t, s)
}
