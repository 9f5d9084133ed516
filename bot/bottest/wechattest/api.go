package wechattest

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
)

// serve is the API.
func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	say := func(v any) { json.NewEncoder(w).Encode(v) }
	fail := func(code int, text string) { say(map[string]any{"errcode": code, "errmsg": text}) }
	b, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	switch r.URL.Path {
	case "/cgi-bin/stable_token":
		var in map[string]any
		if json.Unmarshal(b, &in) != nil || in["grant_type"] != "client_credential" || in["appid"] != a.AppID {
			fail(40013, "invalid appid")
			return
		}
		if in["secret"] != a.Secret {
			fail(40125, "invalid appsecret")
			return
		}
		token := rand.Text()
		a.mu.Lock()
		a.accesses[token] = true
		a.Tokens++
		a.mu.Unlock()
		say(map[string]any{"access_token": token, "expires_in": 7200})
	case "/cgi-bin/message/custom/send":
		a.customSend(r.URL.Query().Get("access_token"), b, fail)
	default:
		a.violate("API: unknown path %s", r.URL.Path)
		http.NotFound(w, r)
	}
}

// Expire makes all tokens invalid, as a reset secret does.
func (a *Account) Expire() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.accesses)
}

func (a *Account) customSend(token string, b []byte, fail func(int, string)) {
	var in struct {
		To   string `json:"touser"`
		Type string `json:"msgtype"`
		Text struct {
			Content string `json:"content"`
		} `json:"text"`
	}
	a.mu.Lock()
	valid := a.accesses[token]
	a.mu.Unlock()
	if !valid {
		fail(40001, "invalid credential")
		return
	}
	if err := json.Unmarshal(b, &in); err != nil || in.Type != "text" {
		a.violate("custom message: %v, msgtype %q", err, in.Type)
		fail(40008, "invalid message type")
		return
	}
	if bytes.Contains(b, []byte(`\u`)) {
		a.violate("custom message: escaped characters are shown as they are")
	}
	if err := checkText(in.Text.Content, maxCustom); err != nil {
		a.violate("custom message: %v", err)
		fail(45002, "content size out of limit")
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.left[in.To] == 0 {
		a.violations = append(a.violations, "custom message: more than a user's message allows")
		fail(45047, "out of response count limit")
		return
	}
	a.left[in.To]--
	a.custom[in.To] = append(a.custom[in.To], in.Text.Content)
	fail(0, "ok")
}
