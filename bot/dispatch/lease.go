package dispatch

import (
	"context"
	"time"
)

// A Lease lets one of several processes do what only one may. Safe for
// concurrent use.
type Lease interface {
	// Hold waits until this process holds the lease. held ends when it does
	// not any more, or ctx ends: the lease is held on until release, which is
	// to be called once all has ended that was done under it. The error is
	// ctx's.
	Hold(ctx context.Context) (held context.Context, release func(), err error)
	// Check says whether this process may go on, and finds out if need be:
	// what must not be done by two asks it just before. After an error held
	// has ended.
	Check(ctx context.Context) error
	// Certain reports whether nobody else can hold the lease now. While it
	// cannot be found out who holds it, Check lets who held it last go on, and
	// Certain is false.
	Certain() bool
}

// A Queue shares updates among several processes: any may put one in, and each
// is handled by one of them, those of a lane in order. Updates are taken while
// its Lease is held; when a process loses that, the others take over what it
// had in hand. Safe for concurrent use.
type Queue interface {
	Lease() Lease
	// Add puts an update into its lane, in the order of the numbers. It does
	// nothing if the update is there, or was marked as handled. With take the
	// lane is taken in hand as well, if nobody has it; taken says that it was.
	// The error says that the queue is not reached.
	Add(id, lane string, seq int64, update []byte, take bool) (taken bool, err error)
	// Take waits for lanes with updates that nobody has in hand, and takes up
	// to n of them. The error is ctx's, or that the lease is not held.
	Take(ctx context.Context, n int) (lanes []string, err error)
	// Next drops updates that were handled from a lane in hand and returns the
	// next one; without one the lane is in hand no more, and id is "". The
	// error says that the queue is not reached, or that the lease is not held.
	Next(lane string, handled []string) (id string, update []byte, err error)
	// Lanes returns up to n lanes in which updates wait, whoever has them in
	// hand.
	Lanes(n int) ([]string, error)
}

// A Pace has several processes keep limits together: each name has a row of
// places, one every so often and a burst of them at once. Safe for concurrent
// use. An error that is not ctx's says that the others are not reached.
type Pace interface {
	// Take takes the next place, and returns how long it is until then.
	Take(ctx context.Context, name string, every time.Duration, burst int) (wait time.Duration, err error)
	// Try takes a place if there is one now.
	Try(ctx context.Context, name string, every time.Duration, burst int) (bool, error)
	// Hold has nobody get a place for a while.
	Hold(ctx context.Context, name string, every time.Duration, burst int, d time.Duration) error
	// Processes is how many there were when they were reached last.
	Processes() int
}
