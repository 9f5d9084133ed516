package bot

import (
	"context"
	"sync"
	"time"
)

// dispatcher gives every update its turn: those of one lane in order, lanes in
// parallel. At most a number of updates are in it at once; add waits for room.
// A lane that has much to do does not keep the others waiting: each runs by
// itself, and what they share (the handlers, the sender) is given out in the
// order it is asked for, one piece at a time.
//
// No person may have more than a share in hand. The first message beyond it is
// let in as a flood, to be told so; further ones are turned away until the
// person has nothing in hand. Safe for concurrent use.
type dispatcher struct {
	room    chan struct{} // one value for each update inside
	perUser int
	process func(job)

	mu    sync.Mutex
	lanes map[lane][]job // waiting; a lane that is present has a goroutine
	users map[int64]*share
	wg    sync.WaitGroup
}

type job struct {
	in    incoming
	got   time.Time // when it came in
	flood bool      // one too many: only to be told so
}

type share struct {
	jobs int
	told bool
}

func newDispatcher(queue, perUser int, process func(job)) *dispatcher {
	return &dispatcher{room: make(chan struct{}, queue), perUser: perUser, process: process,
		lanes: make(map[lane][]job), users: make(map[int64]*share)}
}

// add queues a job. It returns false if the job was turned away because its
// user floods, and an error if ctx ended before there was room.
func (d *dispatcher) add(ctx context.Context, j job) (bool, error) {
	select {
	case d.room <- struct{}{}:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	u := d.users[j.in.msg.User.ID]
	if u == nil {
		u = &share{}
		d.users[j.in.msg.User.ID] = u
	}
	if u.jobs >= d.perUser {
		if u.told {
			<-d.room
			return false, nil
		}
		u.told, j.flood = true, true
	}
	u.jobs++
	l := j.in.lane()
	waiting, running := d.lanes[l]
	d.lanes[l] = append(waiting, j)
	if !running {
		d.wg.Add(1)
		go d.run(l)
	}
	return true, nil
}

// run works off a lane.
func (d *dispatcher) run(l lane) {
	defer d.wg.Done()
	for {
		d.mu.Lock()
		waiting := d.lanes[l]
		if len(waiting) == 0 {
			delete(d.lanes, l)
			d.mu.Unlock()
			return
		}
		j := waiting[0]
		d.lanes[l] = waiting[1:]
		d.mu.Unlock()
		d.process(j)
		d.mu.Lock()
		id := j.in.msg.User.ID
		if u := d.users[id]; u.jobs == 1 {
			delete(d.users, id)
		} else {
			u.jobs--
		}
		d.mu.Unlock()
		<-d.room
	}
}

// wait waits until all jobs are done; false if ctx ended first.
func (d *dispatcher) wait(ctx context.Context) bool {
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
