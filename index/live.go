package index

import (
	"context"
	"sync"
	"sync/atomic"

	"jinwen/corpus"
	"jinwen/index/answer"
)

// Live holds the active Index. Questions in flight finish on the index that
// they began on; the index that was replaced is closed after the last of them.
// Safe for concurrent use. The zero value has no index; Ask on it, and after
// Close, returns ErrClosed.
type Live struct {
	mu     sync.Mutex // orders Swap and Close
	active atomic.Pointer[lease]
}

// A lease counts who uses an index; the holder itself counts as one.
type lease struct {
	ix   *Index
	refs atomic.Int64
	done chan struct{} // closed when ix is closed
}

func (l *lease) release() {
	if l.refs.Add(-1) == 0 {
		l.ix.Close()
		close(l.done)
	}
}

// NewLive returns a Live with ix active.
func NewLive(ix *Index) *Live {
	l := new(Live)
	l.Swap(ix)
	return l
}

// Swap makes ix active. The channel it returns is closed when the index
// before it is closed, at once if there was none.
func (l *Live) Swap(ix *Index) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	var next *lease
	if ix != nil {
		next = &lease{ix: ix, done: make(chan struct{})}
		next.refs.Store(1)
	}
	old := l.active.Swap(next)
	if old == nil {
		done := make(chan struct{})
		close(done)
		return done
	}
	old.release()
	return old.done
}

// Acquire returns the active index and a function that must be called once
// when it is no longer used; nil, nil if there is none.
func (l *Live) Acquire() (*Index, func()) {
	for {
		s := l.active.Load()
		if s == nil {
			return nil, nil
		}
		// An index whose count fell to zero is closed and stays so.
		for n := s.refs.Load(); n > 0; n = s.refs.Load() {
			if s.refs.CompareAndSwap(n, n+1) {
				return s.ix, sync.OnceFunc(s.release)
			}
		}
	}
}

// Report returns the active report; nil if there is none. Reports are immutable
// and outlive their index.
func (l *Live) Report() *corpus.Report {
	if s := l.active.Load(); s != nil {
		return s.ix.Report()
	}
	return nil
}

// Ask answers q from the active index.
func (l *Live) Ask(ctx context.Context, q Query) (*answer.Answer, error) {
	ix, release := l.Acquire()
	if ix == nil {
		return nil, ErrClosed
	}
	defer release()
	return ix.Ask(ctx, q)
}

// Close closes the active index after its last question and waits for that.
func (l *Live) Close() error {
	<-l.Swap(nil)
	return nil
}
