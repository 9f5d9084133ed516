package cli

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"jinwen/bot/bottest"
)

// page waits until the page at addr is ready and returns what it says to path.
func page(t *testing.T, addr, path string) (int, string) {
	t.Helper()
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	c := &http.Client{Transport: tr, Timeout: 10 * time.Second}
	for n := 0; ; n++ {
		r, err := c.Get("http://" + addr + "/readyz")
		if err == nil {
			r.Body.Close()
			if r.StatusCode == 200 {
				break
			}
		}
		if n > 1200 {
			t.Fatalf("the page is not ready: %v", err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	r, err := c.Get("http://" + addr + path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

// TestWeb runs the page alone: it answers, and ends cleanly and soon, though a
// connection is open.
func TestWeb(t *testing.T) {
	t.Chdir(t.TempDir())
	addr := freeAddr(t)
	ctx, cancel := context.WithCancel(t.Context())
	var logs lockedBuffer
	done := make(chan int, 1)
	go func() { done <- Main(ctx, []string{"web", "--listen", addr}, strings.NewReader(""), io.Discard, &logs) }()
	stop := sync.OnceValue(func() int { cancel(); return <-done })
	defer stop()
	if code, body := page(t, addr, "/ask?q="+url.QueryEscape("口袋公园今年建几个")); code != 200 || !strings.Contains(body, "50个") {
		t.Errorf("%d: %s", code, body)
	}
	if code, _ := page(t, addr, "/admin"); code != 404 {
		t.Errorf("/admin without admins: %d", code)
	}
	began := time.Now()
	if code := stop(); code != exitFine || time.Since(began) > 30*time.Second {
		t.Errorf("exit %d after %v\n%s", code, time.Since(began), logs.String())
	}
}

// TestWebBeside runs the page beside Telegram, and the page of one file.
func TestWebBeside(t *testing.T) {
	s := bottest.NewServer(t)
	t.Chdir(t.TempDir())
	addr := freeAddr(t)
	t.Setenv("TELEGRAM_BOT_TOKEN", s.Token)
	t.Setenv("JINWEN_TELEGRAM_API_ENDPOINT", s.Endpoint())
	t.Setenv("JINWEN_WEB_LISTEN", addr)
	ctx, cancel := context.WithCancel(t.Context())
	var logs lockedBuffer
	done := make(chan int, 1)
	go func() { done <- Main(ctx, nil, strings.NewReader(""), io.Discard, &logs) }()
	stop := sync.OnceValue(func() int { cancel(); return <-done })
	defer stop()
	ann := s.User("Ann", "zh-hans")
	s.Text(ann.Private(), ann, "口袋公园今年建几个")
	if m := s.Next(ann.Private()); !strings.Contains(m.Text, "50个") {
		t.Errorf("Telegram: %s", m.Text)
	}
	if code, body := page(t, addr, "/figures"); code != 200 || !strings.Contains(body, "<table") {
		t.Errorf("the page: %d", code)
	}
	if code := stop(); code != exitFine {
		t.Errorf("exit %d\n%s", code, logs.String())
	}
}
