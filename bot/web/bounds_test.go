package web

import (
	"crypto/sha256"
	"testing"
	"time"
)

// Whoever signs in over and over drops the sessions that were used longest ago.
func TestSessionsBound(t *testing.T) {
	d := &desk{sessions: make(map[[32]byte]*session)}
	now := time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)
	var first, last string
	for i := range 3 * maxSessions {
		last = d.open("ann", now.Add(time.Duration(i)*time.Second))
		if i == 0 {
			first = last
		}
		if n := len(d.sessions); n > maxSessions {
			t.Fatalf("%d sessions, want at most %d", n, maxSessions)
		}
	}
	if d.sessions[sha256.Sum256([]byte(last))] == nil || d.sessions[sha256.Sum256([]byte(first))] != nil {
		t.Error("not the oldest sessions were dropped")
	}
}
