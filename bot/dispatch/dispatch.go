// Package dispatch is what all transports need between a message that came in
// and its answer: messages of one chat in order, chats in parallel and in
// bounded memory ([Dispatcher]); nobody keeps the bot from the others; a
// handler that fails or panics ends in an apology ([Guard]); each message is
// answered once ([Seen]). It knows no transport.
package dispatch

import (
	"context"
	"sync"
	"time"
)

// A Dispatcher gives every job its turn: those of one lane in order, lanes in
// parallel. At most a number of jobs are in it at once; Add waits for room. A
// lane that has much to do does not keep the others waiting: each runs by
// itself, and what they share (the handlers, the sender) is given out in the
// order it is asked for, one piece at a time.
//
// No person may have more than a share in hand. The first message beyond it is
// let in as a flood, to be told so; further ones are turned away until the
// person has nothing in hand. Safe for concurrent use.
type Dispatcher[T any] struct {
	room    chan struct{} // one value for each job inside
	perUser int
	process func(Job[T])

	mu    sync.Mutex
	lanes map[string][]Job[T] // waiting; a lane that is present has a goroutine
	users map[string]*share
	wg    sync.WaitGroup
}

// A Job is a message that waits for its answer.
type Job[T any] struct {
	Work  T
	Lane  string // what is kept in order: the chat, as a rule
	User  string // whose share it counts against
	Got   time.Time
	Flood bool // one too many: only to be told so
}

type share struct {
	jobs int
	told bool
}

// New returns a Dispatcher with room for queue jobs, perUser of one person's,
// which gives each to process.
func New[T any](queue, perUser int, process func(Job[T])) *Dispatcher[T] {
	return &Dispatcher[T]{room: make(chan struct{}, queue), perUser: perUser, process: process,
		lanes: make(map[string][]Job[T]), users: make(map[string]*share)}
}

// Add queues a job. It returns false if the job was turned away because its
// user floods, and an error if ctx ended before there was room.
func (d *Dispatcher[T]) Add(ctx context.Context, j Job[T]) (bool, error) {
	select {
	case d.room <- struct{}{}:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	u := d.users[j.User]
	if u == nil {
		u = &share{}
		d.users[j.User] = u
	}
	if u.jobs >= d.perUser {
		if u.told {
			<-d.room
			return false, nil
		}
		u.told, j.Flood = true, true
	}
	u.jobs++
	waiting, running := d.lanes[j.Lane]
	d.lanes[j.Lane] = append(waiting, j)
	if !running {
		d.wg.Add(1)
		go d.run(j.Lane)
	}
	return true, nil
}

// run works off a lane.
func (d *Dispatcher[T]) run(lane string) {
	defer d.wg.Done()
	for {
		d.mu.Lock()
		waiting := d.lanes[lane]
		if len(waiting) == 0 {
			delete(d.lanes, lane)
			d.mu.Unlock()
			return
		}
		j := waiting[0]
		d.lanes[lane] = waiting[1:]
		d.mu.Unlock()
		d.process(j)
		d.mu.Lock()
		if u := d.users[j.User]; u.jobs == 1 {
			delete(d.users, j.User)
		} else {
			u.jobs--
		}
		d.mu.Unlock()
		<-d.room
	}
}

// Wait waits until all jobs are done; it returns false if ctx ended first.
func (d *Dispatcher[T]) Wait(ctx context.Context) bool {
	done := make(chan struct{})
	go func() { // ends with the jobs, which the caller waits for in any case
		d.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}
