package storetest

import (
	"sync/atomic"
	"testing"
	"time"
)

// A Clock is a time that stands still until it is moved. Safe for concurrent
// use.
type Clock struct{ ns atomic.Int64 }

// NewClock returns a Clock at some morning.
func NewClock() *Clock {
	c := new(Clock)
	c.ns.Store(time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC).UnixNano())
	return c
}

// Now returns the time it shows.
func (c *Clock) Now() time.Time { return time.Unix(0, c.ns.Load()) }

// Advance moves it.
func (c *Clock) Advance(d time.Duration) { c.ns.Add(int64(d)) }

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		ok(t, err)
		return v
	}
}
