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

// lease is what must be held to take updates in; nil where there is but this
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

// share works off lanes of the shared queue until ctx ends; mine are those that
// do.
func (t *Telegram) share(ctx, work context.Context, mine *sync.WaitGroup) error {
	if err := t.handOver(); err != nil {
		return fmt.Errorf("telegram: kept updates: %w", err)
	}
	t.setReady(nil)
	room := make(chan struct{}, maxLanes)
	for {
		select { // until there is room
		case room <- struct{}{}:
			<-room
		case <-ctx.Done():
			return nil
		}
		lanes, err := t.opt.Shared.Take(ctx, min(maxLanes-len(room), 16))
		if err != nil {
			return nil
		}
		for _, lane := range lanes {
			room <- struct{}{}
			mine.Go(func() {
				defer func() { <-room }()
				t.workOff(ctx, work, lane)
			})
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
		if u, _, err := parseUpdate(raw); err == nil && u.ID != 0 && t.enqueue(u, raw) {
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
		n, ok := numberOf(id)
		if !ok {
			handled = id
			continue
		}
		it, fresh := t.hand.take(n, raw)
		if fresh {
			t.admit(ctx, n, raw)
		}
		select {
		case <-it.done:
			t.hand.forget(n)
		case <-work.Done():
			return
		}
		handled = id
	}
}

// enqueue puts an update into the shared queue, and reports whether it is
// there: only then it need not be handled here.
func (t *Telegram) enqueue(u update, raw []byte) bool {
	if t.opt.Shared == nil {
		return false
	}
	err := t.opt.Shared.Add(idOf(u.ID), u.lane(), u.ID, raw)
	if err != nil {
		t.met.direct.Inc()
		t.log.Debug("queue is not reached: the update is handled here", keyUpdate, u.ID, keyErr, err)
	}
	return err == nil
}
