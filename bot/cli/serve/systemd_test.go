package serve

import (
	"context"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/dispatch"
)

// What systemd hears: that the bot runs, that it is well as long as nobody is
// stuck, and that it stops.
func TestBeWatched(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notify")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	t.Setenv("NOTIFY_SOCKET", path)
	t.Setenv("WATCHDOG_USEC", "150000")
	hear := func(within time.Duration) string {
		l.SetReadDeadline(time.Now().Add(within))
		b := make([]byte, 1000)
		n, err := l.Read(b)
		if err != nil {
			return ""
		}
		return string(b[:n])
	}
	var logs strings.Builder
	a := &base.App{Log: slog.New(slog.NewTextHandler(&logs, nil))}
	w := dispatch.NewWatch()
	ctx, cancel := context.WithCancel(t.Context())
	end := beWatched(ctx, a, w)
	if got := hear(time.Minute); got != "READY=1" {
		t.Errorf("first heard %q", got)
	}
	for range 3 {
		if got := hear(time.Minute); got != "WATCHDOG=1" {
			t.Errorf("heard %q, want that the bot is well", got)
		}
	}
	shift := w.Begin("a message is being handled", 0)
	for hear(300*time.Millisecond) != "" { // what was said before
	}
	shift.End()
	if got := hear(time.Minute); got != "WATCHDOG=1" {
		t.Errorf("heard %q once nobody is stuck any more", got)
	}
	cancel()
	end()
	last := ""
	for got := hear(100 * time.Millisecond); got != ""; got = hear(100 * time.Millisecond) {
		last = got
	}
	if last != "STOPPING=1" {
		t.Errorf("last heard %q", last)
	}
	if n := strings.Count(logs.String(), "a worker is stuck: a message is being handled"); n != 1 {
		t.Errorf("said %d times that a worker is stuck:\n%s", n, logs.String())
	}
}
