package dispatch

import "context"

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
}
