package dispatch

import (
	"context"
	"math"
	"sync"
	"time"
)

// A Flight lets no more requests be on their way at once than the pace needs:
// what is on its way when the process is killed may be done twice. At 30 a
// second over a line of 100 ms that is five, over one of a millisecond one. It
// learns the time of the line from the fastest of the last requests. Who takes
// much longer does not keep the others waiting. Safe for concurrent use.
type Flight struct {
	pace float64 // requests a second

	mu      sync.Mutex
	busy    int
	waiting []chan struct{}
	fastest time.Duration // of this lot of requests and the one before
	lot     time.Duration
	seen    int // in this lot
}

const (
	flightSlack = 1.5                   // above what the pace needs on the fastest line
	flightMost  = 64                    // at once, however slow the line is
	flightStart = 50 * time.Millisecond // taken for the line's time before anything was sent
	flightLot   = 100                   // requests, of which the fastest counts
	flightWait  = 4                     // times the line's time, after which a request does not count
	flightLeast = 50 * time.Millisecond // but not before this
)

// NewFlight returns a Flight for so many requests a second.
func NewFlight(pace float64) *Flight {
	return &Flight{pace: pace, fastest: flightStart, lot: math.MaxInt64}
}

// Enter waits for room. What it returns must be called when the request is over.
func (f *Flight) Enter(ctx context.Context) (leave func(), err error) {
	f.mu.Lock()
	if f.busy < f.room() && len(f.waiting) == 0 {
		f.busy++
		f.mu.Unlock()
		return f.fly(), nil
	}
	turn := make(chan struct{})
	f.waiting = append(f.waiting, turn)
	f.mu.Unlock()
	select {
	case <-turn:
		return f.fly(), nil
	case <-ctx.Done():
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

// fly begins a request.
func (f *Flight) fly() func() {
	began := time.Now()
	f.mu.Lock()
	patience := max(flightLeast, flightWait*f.fastest)
	f.mu.Unlock()
	free := sync.OnceFunc(func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.busy--
		f.next()
	})
	slow := time.AfterFunc(patience, free)
	return func() {
		slow.Stop()
		f.learn(time.Since(began))
		free()
	}
}

// room is how many may be on their way.
func (f *Flight) room() int {
	n := math.Ceil(flightSlack * f.pace * f.fastest.Seconds())
	return int(min(max(n, 1), flightMost))
}

// next gives turns to those who wait, as long as there is room.
func (f *Flight) next() {
	for len(f.waiting) > 0 && f.busy < f.room() {
		f.busy++
		close(f.waiting[0])
		f.waiting = f.waiting[1:]
	}
}

func (f *Flight) learn(took time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lot = min(f.lot, took)
	if f.seen++; f.seen == 1 && f.fastest == flightStart {
		f.fastest = took
	}
	f.fastest = min(f.fastest, took)
	if f.seen >= flightLot {
		f.fastest, f.lot, f.seen = f.lot, math.MaxInt64, 0
	}
}
