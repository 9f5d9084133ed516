package dispatch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"syscall"
	"testing"

	"jinwen/handlers/chat"
)

// TestLogHandler: a line says which message it is about, and what to do about a
// full disk, once.
func TestLogHandler(t *testing.T) {
	full := fmt.Errorf("write: %w", syscall.ENOSPC)
	for _, c := range []struct {
		name string
		ctx  context.Context
		args []any
		want string // of the line, behind the message
		told int
	}{
		{"nothing to add", t.Context(), []any{"n", 1}, "n=1", 0},
		{"a request", chat.WithRequest(t.Context(), "r7"), []any{"n", 1}, "n=1 request=r7", 0},
		{"another error", t.Context(), []any{"err", errors.New("no")}, "err=no", 0},
		{"a full disk", t.Context(), []any{"err", full}, fmt.Sprintf("err=%q hint=%q", full, FullHint), 1},
		{"a full disk that has its hint", t.Context(), []any{"err", full, "hint", "wait"}, fmt.Sprintf("err=%q hint=wait", full), 1},
		{"both", chat.WithRequest(t.Context(), "r7"), []any{"err", full}, fmt.Sprintf("err=%q request=r7 hint=%q", full, FullHint), 1},
	} {
		var b strings.Builder
		told := 0
		base := slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.MessageKey {
				return slog.Attr{}
			}
			return a
		}})
		slog.New(NewLogHandler(base, func() { told++ })).InfoContext(c.ctx, "done", c.args...)
		if got := strings.TrimSpace(b.String()); got != c.want || told != c.told {
			t.Errorf("%s: %s, told %d times, want %s and %d", c.name, got, told, c.want, c.told)
		}
		slog.New(NewLogHandler(base, nil)).With("a", 1).WithGroup("g").ErrorContext(c.ctx, "done", c.args...) // nobody to tell
	}
}

// TestHash: a chat has one word for as long as the salt stays.
func TestHash(t *testing.T) {
	a := Hash([]byte("salt"), "telegram:7")
	if len(a) != 12 || a != Hash([]byte("salt"), "telegram:7") || a == Hash([]byte("salt"), "telegram:8") || a == Hash([]byte("pepper"), "telegram:7") || strings.Contains(a, "7:") {
		t.Errorf("Hash = %q", a)
	}
}
