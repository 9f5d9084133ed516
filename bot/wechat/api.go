package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Codes of the API that somebody must or can do something about
// (developers.weixin.qq.com, 全局返回码).
const (
	codeCredential    = 40001
	codeToken         = 40014
	codeSecret        = 40125
	codeAddress       = 40164 // our address is not on the account's list
	codeWindow        = 45015 // the user wrote more than 48 hours ago
	codeCount         = 45047 // more messages than the user's last one allows
	codeExpired       = 42001
	codeNotAuthorised = 48001 // the account is not verified
)

// An apiError is a refused call.
type apiError struct {
	method string
	code   int
	text   string
}

func (e *apiError) Error() string {
	hint := ""
	switch e.code {
	case codeAddress:
		hint = ": add this server's address to the IP allow list of the account"
	case codeSecret:
		hint = ": wechat.app_secret is not this account's"
	case codeNotAuthorised:
		hint = ": only verified accounts may; leave wechat.app_secret empty"
	}
	return fmt.Sprintf("wechat: %s: %s (%d)%s", e.method, e.text, e.code, hint)
}

// An api calls api.weixin.qq.com. Its methods are safe for concurrent use.
type api struct {
	base          string
	appID, secret string
	client        *http.Client

	mu    sync.Mutex
	token string
	until time.Time
}

// early is how long before its end a token is replaced.
const early = 5 * time.Minute

// access returns a token that is good now. stable_token gives all machines the
// same one; the older method ends the others' with every call.
func (a *api) access(ctx context.Context) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.token != "" && time.Now().Before(a.until) {
		return a.token, nil
	}
	var out struct {
		Token   string `json:"access_token"`
		Expires int    `json:"expires_in"`
	}
	in := map[string]string{"grant_type": "client_credential", "appid": a.appID, "secret": a.secret}
	if err := a.post(ctx, "/cgi-bin/stable_token", "", in, &out); err != nil {
		return "", err
	}
	a.token, a.until = out.Token, time.Now().Add(time.Duration(out.Expires)*time.Second-early)
	return a.token, nil
}

// send sends a customer-service message: a text of at most maxCustom bytes.
func (a *api) send(ctx context.Context, openid, text string) error {
	in := map[string]any{"touser": openid, "msgtype": typeText, "text": map[string]string{"content": text}}
	for fresh := false; ; fresh = true {
		token, err := a.access(ctx)
		if err != nil {
			return err
		}
		err = a.post(ctx, "/cgi-bin/message/custom/send", token, in, nil)
		e, refused := err.(*apiError)
		if fresh || !refused || e.code != codeCredential && e.code != codeToken && e.code != codeExpired {
			return err
		}
		a.mu.Lock()
		if a.token == token {
			a.token = "" // it ended before its time: once more with a new one
		}
		a.mu.Unlock()
	}
}

// post calls a method with JSON. Errors never hold the token or the secret.
func (a *api) post(ctx context.Context, method, token string, in, out any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // \u003c is shown as it is
	if err := enc.Encode(in); err != nil {
		return err
	}
	address := a.base + method
	if token != "" {
		address += "?access_token=" + url.QueryEscape(token)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, &b)
	if err != nil {
		return fmt.Errorf("wechat: %s: the API's address is wrong", method)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := a.client.Do(req)
	if err != nil {
		return fmt.Errorf("wechat: %s: %w", method, bare(err))
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("wechat: %s: %w", method, bare(err))
	}
	var e struct {
		Code int    `json:"errcode"`
		Text string `json:"errmsg"`
	}
	if err := json.Unmarshal(body, &e); err != nil {
		return fmt.Errorf("wechat: %s: status %d and no JSON", method, res.StatusCode)
	}
	if e.Code != 0 {
		return &apiError{method, e.Code, strings.ToValidUTF8(e.Text, "")}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(body, out)
}

// bare takes the address, which holds the token, from an error.
func bare(err error) error {
	if e, ok := err.(*url.Error); ok {
		return e.Err
	}
	return err
}

// CheckAPI asks for a token with the app id and secret of opt: it fails if they
// are wrong, or if this machine's address is not on the account's list.
func CheckAPI(ctx context.Context, opt Options) error {
	opt, _, err := opt.withDefaults()
	if err != nil {
		return err
	}
	a := &api{base: opt.API, appID: opt.AppID, secret: opt.Secret, client: opt.Client}
	_, err = a.access(ctx)
	return err
}
