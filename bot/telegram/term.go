package telegram

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"jinwen/bot/dispatch"
)

// A term is the time in which this process takes updates in and answers them:
// from Run's beginning to its end, or, where several processes share the work,
// as long as it holds the lease. A term that ends because another process took
// over is cut off at once: that process answers what is in hand here.

// maxLanes is how many chats of a shared queue one process has in hand at most.
const maxLanes = 256

// graceTime is how long handlers may take to notice that they are cut off.
const graceTime = 5 * time.Second

// lease returns what must be held to take updates in; nil where there is but this
// process.
func (t *Telegram) lease() dispatch.Lease {
	switch {
	case t.opt.Webhook.URL == "" && t.opt.Lease != nil:
		return t.opt.Lease
	case t.opt.Webhook.URL != "" && t.opt.Shared != nil:
		return t.opt.Shared.Lease()
	}
	return nil
}

// terms runs one term after the other until ctx ends. late ends last of all.
func (t *Telegram) terms(ctx, late context.Context, wg *sync.WaitGroup) error {
	lease := t.lease()
	if lease == nil {
		return t.term(ctx, ctx, late, wg)
	}
	if t.opt.Webhook.URL != "" {
		outside, cut := context.WithCancel(context.WithoutCancel(ctx))
		defer cut()
		t.begin(outside) // until there is a term: the database may be away
		if err := t.receive(ctx, late, wg); err != nil || ctx.Err() != nil {
			return err
		}
	}
	for {
		t.setReady(nil) // to take over
		held, release, err := lease.Hold(ctx)
		if err != nil {
			return nil
		}
		t.met.leads.Set(1)
		err = t.term(ctx, held, late, wg)
		t.met.leads.Set(0)
		release()
		if err != nil || ctx.Err() != nil {
			return err
		}
		t.met.lost.Inc()
		t.log.Warn("another process answers now; this one stands by")
	}
}

// term takes updates in and answers them until held ends, which it does with
// ctx.
func (t *Telegram) term(ctx, held, late context.Context, wg *sync.WaitGroup) error {
	work, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	work, held = t.checked(work, cut), t.checked(held, cut)
	t.begin(work)
	var mine sync.WaitGroup
	taking, end := context.WithCancel(held)
	defer end()
	if t.opt.Dead != nil {
		mine.Go(func() { t.revive(taking) })
	}
	err := t.takeIn(ctx, taking, work, late, wg, &mine)
	end()
	switch {
	case ctx.Err() != nil || err != nil:
		err = errors.Join(err, t.stop(work, cut))
	default: // another process has it all
		cut()
		grace, cancel := context.WithTimeout(late, graceTime)
		defer cancel()
		if !t.queue().Wait(grace) {
			return errStuck
		}
	}
	limit := time.AfterFunc(graceTime, cut) // to note what was answered
	mine.Wait()
	limit.Stop()
	t.hand.clear()
	t.open.clear()
	return err
}

// takeIn takes updates in until taking ends.
func (t *Telegram) takeIn(ctx, taking, work, late context.Context, wg, mine *sync.WaitGroup) error {
	switch {
	case t.opt.Webhook.URL != "" && t.opt.Shared != nil:
		return t.share(taking, work, mine)
	case t.opt.Webhook.URL != "":
		if err := t.resume(taking); err != nil {
			return fmt.Errorf("telegram: kept updates: %w", err)
		}
		err := t.receive(ctx, late, wg)
		if err == nil {
			<-ctx.Done()
		}
		return err
	}
	if err := t.retried(taking, func() error { return t.resume(taking) }); err != nil {
		return err
	}
	t.dropWebhook(taking)
	// Telegram has answered, and so do we: the first poll waits for a message,
	// which may be long in coming.
	t.setReady(nil)
	t.poll(taking)
	return nil
}

// retried does what reads kept updates. Where several processes share them they
// may be away for a while: then it is tried until it is done, or ctx ends.
func (t *Telegram) retried(ctx context.Context, read func() error) error {
	for {
		err := read()
		switch {
		case err == nil || ctx.Err() != nil:
			return nil
		case t.lease() == nil:
			return fmt.Errorf("telegram: kept updates: %w", err)
		}
		t.log.Warn("kept updates are not read, and tried again", keyErr, err)
		sleep(ctx, lookSeldom)
	}
}

// begin makes the queue of a term, whose answers run under work.
func (t *Telegram) begin(work context.Context) {
	t.jobs.Store(dispatch.New(t.opt.Queue, t.opt.PerUser, func(j dispatch.Job[incoming]) { t.process(work, j) }))
}

func (t *Telegram) queue() *dispatch.Dispatcher[incoming] { return t.jobs.Load() }

// turn is the term under which a request is made where several processes share the work.
type turn struct {
	lease dispatch.Lease
	cut   func() // ends the term
}

type turnKey struct{}

// checked returns ctx with what its requests look at first.
func (t *Telegram) checked(ctx context.Context, cut func()) context.Context {
	if lease := t.lease(); lease != nil {
		return context.WithValue(ctx, turnKey{}, turn{lease, cut})
	}
	return ctx
}

// mayAsk says whether a request may be made: what is sent after another process
// has taken over would be sent twice. A process that was stopped for a while
// finds out here, and its term ends.
func mayAsk(ctx context.Context) error {
	now, ok := ctx.Value(turnKey{}).(turn)
	if !ok || now.lease.Check(ctx) == nil {
		return nil
	}
	now.cut()
	return context.Canceled
}

// rivals reports whether err says that another process polls, while it is not
// certain that this one may.
func (t *Telegram) rivals(err error) bool {
	e, ok := errors.AsType[*apiError](err)
	return ok && e.code == 409 && !e.says("webhook") && t.opt.Lease != nil && !t.opt.Lease.Certain()
}

// A crew works lanes of the shared queue off during a term. Safe for concurrent
// use.
type crew struct {
	work func(lane string)
	room chan struct{}

	mu    sync.Mutex
	lanes map[string]int // in hand
	over  bool
	wg    sync.WaitGroup
}

// take works a lane off, beside others, once there is room; once the term is
// over, it is left to others.
func (c *crew) take(lane string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		return
	}
	c.room <- struct{}{}
	c.lanes[lane]++
	c.wg.Go(func() {
		c.work(lane)
		<-c.room // before the lock: who waits for room holds it
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.lanes[lane]--; c.lanes[lane] == 0 {
			delete(c.lanes, lane)
		}
	})
}

// has reports whether a lane is in hand. A nil crew has none.
func (c *crew) has(lane string) bool {
	if c == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lanes[lane] > 0
}

// end waits for the lanes in hand.
func (c *crew) end() {
	c.mu.Lock()
	c.over = true
	c.mu.Unlock()
	c.wg.Wait()
}

// share works off lanes of the shared queue until ctx ends; mine waits for those
// in hand.
func (t *Telegram) share(ctx, work context.Context, mine *sync.WaitGroup) error {
	mine.Go(func() { t.retried(ctx, t.handOver) })
	mine.Go(func() { t.lookAround(ctx) })
	t.setReady(nil)
	c := &crew{room: make(chan struct{}, 2*maxLanes), lanes: make(map[string]int), work: func(lane string) { t.workOff(ctx, work, lane) }}
	t.crew.Store(c)
	mine.Go(func() {
		<-ctx.Done()
		t.crew.Store(nil)
		c.end()
	})
	for {
		if n := maxLanes - len(c.room); n > 0 {
			lanes, err := t.opt.Shared.Take(ctx, min(n, 16))
			if err != nil {
				return nil
			}
			for _, lane := range lanes {
				c.take(lane)
			}
		} else if sleep(ctx, lookAgain) != nil {
			return nil
		}
	}
}

// lookAround sees which chats wait in the shared queue, also of what other
// processes put there, until ctx ends: what comes of them while that is not
// reached must not overtake the others.
func (t *Telegram) lookAround(ctx context.Context) {
	for {
		if lanes, err := t.opt.Shared.Lanes(maxOpen); err == nil {
			t.open.see(lanes)
		}
		if sleep(ctx, lookSeldom) != nil {
			return
		}
	}
}

// handOver puts what the Inbox kept, when this bot polled, into the shared
// queue.
func (t *Telegram) handOver() error {
	box, ok := t.opt.Seen.(dispatch.Inbox)
	if !ok {
		return nil
	}
	kept, err := keptBy(box)
	if err != nil {
		return err
	}
	for _, id := range sortedKeys(kept) { // a lane may be worked off from its first on
		u, _, err := parseUpdate(kept[id])
		if err != nil || u.ID == 0 {
			continue
		}
		if t.enqueue(u, kept[id]) != enqueued {
			return errNoQueue
		}
		if err := box.Drop(idOf(id)); err != nil {
			return err
		}
	}
	return nil
}

// errNoQueue says that the shared queue is not reached.
var errNoQueue = errors.New("queue is not reached")

// workOff answers the updates of a lane, one after the other. Once ctx has
// ended, the one in hand is the last. While the queue is not reached it goes on
// with what this process put into the lane.
func (t *Telegram) workOff(ctx, work context.Context, lane string) {
	var handled []string // and not dropped from the queue yet
	for {
		id, raw, err := t.opt.Shared.Next(lane, handled)
		switch {
		case ctx.Err() != nil, work.Err() != nil, err == nil && id == "":
			return
		case err == nil:
			handled = nil
		case mayAsk(work) != nil:
			return // another process has the lane
		default:
			if id, raw = t.open.next(lane); id == "" {
				sleep(work, lookSeldom)
				continue
			}
		}
		handled = append(handled, id)
		n, ok := numberOf(id)
		if !ok {
			continue
		}
		it, fresh := t.hand.take(n, raw)
		if fresh {
			t.admit(ctx, n, id, raw)
		}
		select {
		case <-it.done:
			t.hand.forget(n)
			t.open.done(lane, n)
		case <-work.Done():
			return
		}
	}
}

// What became of an update that was pushed.
const (
	enqueued = iota // it is in the shared queue
	direct          // there is no queue, or it is not reached: it is to be handled here
	later           // it is not reached, and others of its chat may be in it: Telegram is to come again
)

// enqueue puts an update into the shared queue.
func (t *Telegram) enqueue(u update, raw []byte) int {
	if t.opt.Shared == nil {
		return direct
	}
	lane, c := u.lane(), t.crew.Load()
	t.open.add(lane, u.ID, raw)
	taken, err := t.opt.Shared.Add(idOf(u.ID), lane, u.ID, raw, c != nil && len(c.room) < maxLanes)
	switch {
	case err == nil && taken:
		t.open.reached()
		c.take(lane)
		return enqueued
	case err == nil:
		t.open.reached()
		t.open.elsewhere(lane, u.ID)
		return enqueued
	}
	t.log.Debug("queue is not reached", keyUpdate, u.ID, keyErr, err)
	if t.open.mustWait(lane, u.ID) || c.has(lane) {
		return later
	}
	return direct
}
