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
	if err := t.resume(taking); err != nil && taking.Err() == nil {
		return fmt.Errorf("telegram: kept updates: %w", err)
	}
	t.dropWebhook(taking)
	// Telegram has answered, and so do we: the first poll waits for a message,
	// which may be long in coming.
	t.setReady(nil)
	t.poll(taking)
	return nil
}

// begin makes the queue of a term, whose answers run under work.
func (t *Telegram) begin(work context.Context) {
	t.jobs.Store(dispatch.New(t.opt.Queue, t.opt.PerUser, func(j dispatch.Job[incoming]) { t.process(work, j) }))
}

func (t *Telegram) queue() *dispatch.Dispatcher[incoming] { return t.jobs.Load() }

// turn is what a request is made under where several processes share the work.
type turn struct {
	lease dispatch.Lease
	cut   func() // ends the term
}

type turnKey struct{}

// checked is ctx with what its requests look at first.
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

	mu   sync.Mutex
	over bool
	wg   sync.WaitGroup
}

// take works a lane off, beside others; without room, or once the term is over,
// it is left to others.
func (c *crew) take(lane string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		return
	}
	c.room <- struct{}{}
	c.wg.Go(func() {
		defer func() { <-c.room }()
		c.work(lane)
	})
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
	if err := t.handOver(); err != nil {
		return fmt.Errorf("telegram: kept updates: %w", err)
	}
	t.setReady(nil)
	c := &crew{room: make(chan struct{}, 2*maxLanes), work: func(lane string) { t.workOff(ctx, work, lane) }}
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

// handOver puts what the Inbox kept, when this bot polled, into the shared
// queue.
func (t *Telegram) handOver() error {
	box, ok := t.opt.Seen.(dispatch.Inbox)
	if !ok {
		return nil
	}
	all, err := box.Kept()
	if err != nil {
		return err
	}
	for id, raw := range all {
		if u, _, err := parseUpdate(raw); err == nil && u.ID != 0 && t.enqueue(u, raw) == enqueued {
			if err := box.Drop(id); err != nil {
				return err
			}
		}
	}
	return nil
}

// workOff answers the updates of a lane, one after the other. Once ctx has
// ended, the one in hand is the last.
func (t *Telegram) workOff(ctx, work context.Context, lane string) {
	handled := ""
	for {
		id, raw, err := t.opt.Shared.Next(work, lane, handled)
		if err != nil || id == "" || ctx.Err() != nil {
			return
		}
		handled = id
		n, ok := numberOf(id)
		if !ok {
			continue
		}
		it, fresh := t.hand.take(n, raw)
		if fresh {
			t.admit(ctx, n, raw)
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
	later           // it is not reached, and others of its chat are in it: Telegram is to come again
)

// enqueue puts an update into the shared queue.
func (t *Telegram) enqueue(u update, raw []byte) int {
	if t.opt.Shared == nil {
		return direct
	}
	lane, c := u.lane(), t.crew.Load()
	waits := t.open.add(lane, u.ID)
	taken, err := t.opt.Shared.Add(idOf(u.ID), lane, u.ID, raw, c != nil && len(c.room) < maxLanes)
	switch {
	case err == nil && taken:
		c.take(lane)
		return enqueued
	case err == nil:
		t.open.elsewhere(lane, u.ID)
		return enqueued
	}
	t.open.done(lane, u.ID)
	t.log.Debug("queue is not reached", keyUpdate, u.ID, keyErr, err)
	if waits {
		return later
	}
	t.met.direct.Inc()
	return direct
}

// open is the updates that this process put into the shared queue and does not
// know to be handled: while that is not reached, later ones of their chats must
// not overtake them. The zero value is empty; safe for concurrent use.
type open struct {
	mu    sync.Mutex
	lanes map[string]map[int64]time.Time // until when it counts; zero: until it is done
}

// elsewhereTime is how long an update counts that another process handles: it
// has been by then, for all that one can know.
const elsewhereTime = 5 * time.Second

// add notes an update, and reports whether others of its lane count.
func (o *open) add(lane string, id int64) (waits bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.lanes == nil {
		o.lanes = make(map[string]map[int64]time.Time)
	}
	l := o.lanes[lane]
	if l == nil {
		l = make(map[int64]time.Time)
		o.lanes[lane] = l
	}
	now := time.Now()
	for other, until := range l {
		switch {
		case !until.IsZero() && now.After(until):
			delete(l, other)
		case other != id:
			waits = true
		}
	}
	l[id] = time.Time{}
	return waits
}

func (o *open) elsewhere(lane string, id int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if l := o.lanes[lane]; l != nil {
		l[id] = time.Now().Add(elsewhereTime)
	}
	if len(o.lanes) > maxOpen { // those of chats that nobody writes in any more
		now := time.Now()
		for lane, l := range o.lanes {
			for id, until := range l {
				if !until.IsZero() && now.After(until) {
					delete(l, id)
				}
			}
			if len(l) == 0 {
				delete(o.lanes, lane)
			}
		}
	}
}

// maxOpen is from how many chats on old notes are swept.
const maxOpen = 10_000

func (o *open) done(lane string, id int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if l := o.lanes[lane]; l != nil {
		if delete(l, id); len(l) == 0 {
			delete(o.lanes, lane)
		}
	}
}

// clear forgets everything: another process has it.
func (o *open) clear() {
	o.mu.Lock()
	defer o.mu.Unlock()
	clear(o.lanes)
}
