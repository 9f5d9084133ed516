package dispatch

import (
	"context"
	"sync"
	"time"
)

// A Flight lets no more requests be on their way at once than are needed: what
// is on its way when the process is killed may be done twice. There is room for
// one; while somebody waits longer than anybody would notice, room is made for
// more, one by one, and while nobody waits it is taken away again. So over a line
// of 100 ms thirty requests a second have three or four on their way, over one
// of a millisecond one, and a rush after a start does not send all at once. A
// request that takes long does not keep the others waiting. Safe for concurrent
// use.
type Flight struct {
	mu      sync.Mutex
	room    int
	busy    int
	calm    int // requests that ended since somebody waited
	grown   time.Time
	waiting []chan struct{}
}

const (
	flightMost  = 64                     // on their way at once
	flightWait  = 200 * time.Millisecond // for room is long enough to make more, and how often that is
	flightCalm  = 20                     // requests without a wait take room for one away
	flightBlind = 300 * time.Millisecond // after which a request does not count
)

// NewFlight returns a Flight.
func NewFlight() *Flight { return &Flight{room: 1} }

// Enter waits for room. What it returns must be called when the request is over.
func (f *Flight) Enter(ctx context.Context) (leave func(), err error) {
	f.mu.Lock()
	if f.busy < f.room && len(f.waiting) == 0 {
		f.busy++
		f.mu.Unlock()
		return f.begin(), nil
	}
	turn := make(chan struct{})
	f.waiting, f.calm = append(f.waiting, turn), 0
	f.mu.Unlock()
	long := time.NewTicker(flightWait)
	defer long.Stop()
	for ctx.Err() == nil {
		select {
		case <-turn:
			return f.begin(), nil
		case <-long.C:
			f.widen()
		case <-ctx.Done():
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, w := range f.waiting {
		if w == turn {
			f.waiting = append(f.waiting[:i], f.waiting[i+1:]...)
			return nil, ctx.Err()
		}
	}
	f.busy-- // its turn came just now
	f.next()
	return nil, ctx.Err()
}

// widen makes room for one more.
func (f *Flight) widen() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := time.Now(); now.Sub(f.grown) >= flightWait {
		f.room, f.grown = min(f.room+1, flightMost), now
		f.next()
	}
}

// begin begins a request.
func (f *Flight) begin() (leave func()) {
	free := sync.OnceFunc(func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.busy--
		if f.calm++; f.calm >= flightCalm {
			f.room, f.calm = max(1, f.room-1), 0
		}
		f.next()
	})
	slow := time.AfterFunc(flightBlind, free)
	return func() {
		slow.Stop()
		free()
	}
}

// next gives turns to those who wait, as long as there is room.
func (f *Flight) next() {
	for len(f.waiting) > 0 && f.busy < f.room {
		f.busy++
		close(f.waiting[0])
		f.waiting = f.waiting[1:]
	}
}
