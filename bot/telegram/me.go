package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

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
