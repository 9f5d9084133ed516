package dispatch

import (
	"fmt"
	"sync"
	"time"
)

// A Watch knows who works on what since when, and so who is stuck: at work for
// longer than it may. Safe for concurrent use; a nil Watch sees nobody.
type Watch struct {
	mu   sync.Mutex
	work map[*Shift]struct{}
}

// A Shift is one piece of work. A nil Shift is none.
type Shift struct {
	watch *Watch
	what  string
	since time.Time
	until time.Time
}

// NewWatch returns a Watch that sees nobody yet.
func NewWatch() *Watch { return &Watch{work: make(map[*Shift]struct{})} }

// Begin notes that work on what begins, which may take as long as within. End
// of what it returns must follow.
func (w *Watch) Begin(what string, within time.Duration) *Shift {
	if w == nil {
		return nil
	}
	now := time.Now()
	s := &Shift{w, what, now, now.Add(within)}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.work[s] = struct{}{}
	return s
}

// End notes that the work has ended.
func (s *Shift) End() {
	if s == nil {
		return
	}
	s.watch.mu.Lock()
	defer s.watch.mu.Unlock()
	delete(s.watch.work, s)
}

// Stuck returns how many are stuck, and in one line at what the first of them
// is; 0 and "" if nobody is.
func (w *Watch) Stuck() (n int, why string) {
	if w == nil {
		return 0, ""
	}
	now := time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	var first *Shift
	for s := range w.work {
		if now.After(s.until) {
			if n++; first == nil || s.since.Before(first.since) {
				first = s
			}
		}
	}
	if first == nil {
		return 0, ""
	}
	return n, fmt.Sprintf("a worker is stuck: %s for %v", first.what, now.Sub(first.since).Round(time.Second))
}
