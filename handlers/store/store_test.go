package store

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jinwen/handlers"
	"jinwen/handlers/chat"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

// clock is a time that stands still until it is moved.
type clock struct{ ns atomic.Int64 }

func newClock() *clock {
	c := new(clock)
	c.ns.Store(time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC).UnixNano())
	return c
}
func (c *clock) now() time.Time          { return time.Unix(0, c.ns.Load()) }
func (c *clock) advance(d time.Duration) { c.ns.Add(int64(d)) }

func TestMemory(t *testing.T) {
	c := newClock()
	conform(t, NewMemory(c.now), c.now, c.advance)
}

func TestBolt(t *testing.T) {
	c := newClock()
	b, err := Open(filepath.Join(t.TempDir(), "state.db"), c.now)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	conform(t, b, c.now, c.advance)
}

func TestBoltOutlivesTheProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	b, err := Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	ok(t, b.SaveSettings("telegram:1", handlers.Settings{Lang: chat.English}))
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if _, err := Open(path, nil); !errors.Is(err, ErrLocked) {
		t.Errorf("second Open = %v, want ErrLocked", err)
	}
	ok(t, b.Close())
	b, err = Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if s := must(b.Settings("telegram:1"))(t); s.Lang != chat.English {
		t.Errorf("Settings = %v after reopening", s)
	}
}
