package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// maxAnswer is the most that is read of one answer: 100 updates with all that
// Telegram puts into them stay far below it.
const maxAnswer = 32 << 20

// client calls the Bot API. It is the only place that sees the token, and none
// of its errors shows it. Safe for concurrent use.
type client struct {
	token    string
	endpoint string // with %s for token and method
	http     *http.Client
	limits   Limits
	hide     redactor
}

// newClient needs no network.
func newClient(token string, opt Options) (*client, error) {
	if token == "" || strings.ContainsAny(token, " \t\r\n/?#%") || !strings.Contains(token, ":") {
		return nil, errors.New("telegram: token is not of the form 123456:ABC…: copy it from @BotFather")
	}
	c := &client{token: token, endpoint: opt.Endpoint, limits: opt.Limits, hide: newRedactor(token)}
	if c.endpoint == "" {
		c.endpoint = tgbotapi.APIEndpoint
	}
	if u, err := url.Parse(fmt.Sprintf(c.endpoint, "token", "method")); err != nil || u.Host == "" ||
		!strings.HasSuffix(u.Path, "/bottoken/method") || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("telegram: endpoint %q is not of the form http://host:port/bot%%s/%%s", c.hide.text(c.endpoint))
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 16 // more are opened in a rush, and closed after it
	if opt.Proxy != "" {
		u, err := url.Parse(opt.Proxy)
		if err != nil || u.Host == "" {
			// The address may hold a password, so it is not shown.
			return nil, errors.New("telegram: proxy is not of the form http://host:port or socks5://host:port")
		}
		switch u.Scheme {
		case "http", "https", "socks5", "socks5h":
		default:
			return nil, fmt.Errorf("telegram: unknown kind of proxy %q: want http, https or socks5", u.Scheme)
		}
		transport.Proxy = http.ProxyURL(u)
	}
	c.http = &http.Client{
		Transport: transport,
		// The Bot API does not redirect; following one would carry the token
		// to a stranger.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

// close ends idle connections.
func (c *client) close() { c.http.CloseIdleConnections() }

// call makes one request that may take as long as within. The error is an
// *apiError, a *transportError or ctx's.
func (c *client) call(ctx context.Context, method string, params tgbotapi.Params, within time.Duration) (json.RawMessage, error) {
	return c.do(ctx, method, within, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.MakeRequest(method, params)
	})
}

// upload is call with a file in the given field.
func (c *client) upload(ctx context.Context, method string, params tgbotapi.Params, field, name string, data []byte) (json.RawMessage, error) {
	return c.do(ctx, method, 4*c.limits.Request, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.UploadFiles(method, params, []tgbotapi.RequestFile{
			{Name: field, Data: tgbotapi.FileBytes{Name: name, Bytes: data}}})
	})
}

func (c *client) do(ctx context.Context, method string, within time.Duration, request func(*tgbotapi.BotAPI) (*tgbotapi.APIResponse, error)) (json.RawMessage, error) {
	if err := mayAsk(ctx); err != nil {
		return nil, err
	}
	limit, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	d := &doer{ctx: limit, http: c.http}
	// tgbotapi has no contexts, so every request gets a BotAPI of its own; it
	// is a few words in size and holds no connections.
	api := &tgbotapi.BotAPI{Token: c.token, Client: d}
	api.SetAPIEndpoint(c.endpoint)
	resp, err := request(api)
	if err == nil {
		return resp.Result, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var refusal *tgbotapi.Error
	if !errors.As(err, &refusal) {
		return nil, &transportError{method, d.status, c.hide.err(err)}
	}
	e := &apiError{method: method, code: refusal.Code, description: c.hide.text(refusal.Message),
		retryAfter: refusal.RetryAfter, migrateTo: refusal.MigrateToChatID}
	if e.code == 0 {
		e.code = d.status // UploadFiles leaves it out
	}
	if e.description == "" && e.code/100 == 2 {
		return nil, &transportError{method, d.status, errors.New("JSON without ok, result or error")}
	}
	return nil, e
}

// doer brings a context to one request of tgbotapi and keeps the status.
type doer struct {
	ctx    context.Context
	http   *http.Client
	status int
}

// Do reads the whole answer before it returns, so that the context covers all
// of it and the connection can be used again.
func (d *doer) Do(req *http.Request) (*http.Response, error) {
	resp, err := d.http.Do(req.WithContext(d.ctx))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	d.status = resp.StatusCode
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// me asks who the bot is.
func (c *client) me(ctx context.Context) (user, error) {
	raw, err := c.call(ctx, "getMe", nil, c.limits.Request)
	if err != nil {
		return user{}, err
	}
	var u user
	if err := json.Unmarshal(raw, &u); err != nil || u.ID == 0 {
		return user{}, &transportError{"getMe", 200, errors.New("answer is not a user")}
	}
	return u, nil
}

// updates polls for updates from offset on. The elements are not decoded: one
// that is broken must not keep back the others.
func (c *client) updates(ctx context.Context, offset int64, wait time.Duration) ([]json.RawMessage, error) {
	params := tgbotapi.Params{
		"timeout":         strconv.Itoa(int(wait / time.Second)),
		"limit":           strconv.Itoa(pollLimit),
		"allowed_updates": allowedUpdates,
	}
	if offset != 0 {
		params["offset"] = strconv.FormatInt(offset, 10)
	}
	raw, err := c.call(ctx, "getUpdates", params, wait+c.limits.Request)
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, &transportError{"getUpdates", 200, errors.New("answer is not a list")}
	}
	return list, nil
}

// open opens an incoming file for reading, which must end within ctx. Reading
// more than max bytes is an error.
func (c *client) open(ctx context.Context, id string, max int64) (io.ReadCloser, error) {
	raw, err := c.call(ctx, "getFile", tgbotapi.Params{"file_id": id}, c.limits.Request)
	if err != nil {
		return nil, err
	}
	var f struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}
	if err := json.Unmarshal(raw, &f); err != nil || f.Path == "" {
		return nil, &transportError{"getFile", 200, errors.New("answer has no path")}
	}
	if f.Size > max {
		return nil, fmt.Errorf("file of %d bytes is larger than %d", f.Size, max)
	}
	req, err := http.NewRequestWithContext(ctx, "GET", c.fileURL(f.Path), nil)
	if err != nil {
		return nil, &transportError{"file", 0, c.hide.err(err)}
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, &transportError{"file", 0, c.hide.err(err)}
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return nil, &transportError{"file", resp.StatusCode, errors.New("file is not there")}
	}
	return &limitedBody{resp.Body, io.LimitReader(resp.Body, max+1), max, c.hide}, nil
}

// fileURL returns <server>/file/bot<token>/<path>, on the configured server (the
// library's own always names api.telegram.org).
func (c *client) fileURL(path string) string {
	server, _, _ := strings.Cut(c.endpoint, "/bot%s/")
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return server + "/file/bot" + c.token + "/" + strings.Join(parts, "/")
}

// limitedBody is the content of a file up to a number of bytes; one more is an
// error, for a truncated file must not be taken for a whole one.
type limitedBody struct {
	io.Closer
	r    io.Reader
	left int64
	hide redactor
}

func (b *limitedBody) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errors.New("file is larger than announced and allowed")
	}
	if err != nil && err != io.EOF {
		err = b.hide.err(err)
	}
	return n, err
}

// Me asks Telegram once who the bot with that token is. clock is what the
// server's own clock said; zero if it did not say. The error is ErrToken, with
// what to do, if the token is refused; it never shows the token.
func Me(ctx context.Context, token string, opt Options) (name string, clock time.Time, err error) {
	c, err := newClient(token, opt.withDefaults())
	if err != nil {
		return "", time.Time{}, err
	}
	defer c.close()
	under := c.http.Transport
	c.http.Transport = roundTripper(func(req *http.Request) (*http.Response, error) {
		resp, err := under.RoundTrip(req)
		if err == nil {
			clock, _ = http.ParseTime(resp.Header.Get("Date"))
		}
		return resp, err
	})
	u, err := c.me(ctx)
	under.(*http.Transport).CloseIdleConnections()
	if err != nil {
		if hint := explain(err); hint != "" {
			return "", time.Time{}, fmt.Errorf("telegram: %w: %s", ErrToken, hint)
		}
		return "", time.Time{}, fmt.Errorf("telegram: %w", err)
	}
	return u.Name, clock, nil
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Healthy asks the Jinwen whose Options.Health is addr whether it is alive:
// /healthz, not /readyz, for a restart does not bring Telegram back.
func Healthy(ctx context.Context, addr string) error {
	req, err := http.NewRequestWithContext(ctx, "GET", "http://"+addr+"/healthz", nil)
	if err != nil {
		return err
	}
	c := &http.Client{}
	defer c.CloseIdleConnections()
	resp, err := c.Do(req)
	if err != nil {
		return fmt.Errorf("health: %w", errors.Unwrap(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("health: %s", resp.Status)
	}
	return nil
}
