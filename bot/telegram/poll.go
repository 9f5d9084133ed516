package telegram

import (
	"context"
	"errors"
	"time"

	"jinwen/bot/dispatch"
)

const (
	// pollLimit is how many updates one poll gives at most (Bot API,
	// getUpdates, limit).
	pollLimit = 100
	// lookAgain is how long a poll waits while updates are in hand. With an
	// offset at the first of them Telegram answers at once, so new updates are
	// looked for at this pace, which slows down to lookSeldom while none come.
	lookAgain  = 50 * time.Millisecond
	lookSeldom = time.Second
	// quiet is after how long without an update the ids are taken to be as
	// good as new: Telegram starts at a random one after a week (Bot API,
	// Update, update_id).
	quiet = 24 * time.Hour
)

// poll takes in updates until ctx ends. It survives outages of any length. The
// offset is raised past an update only when that is handled (or in the Inbox),
// so Telegram keeps what a crash leaves unanswered.
func (t *Telegram) poll(ctx context.Context) {
	var (
		wait    = t.sender.backoff(60)
		failing time.Time // since when; zero if the last poll succeeded
		told    string
		look    = lookAgain
		last    = time.Now() // update
	)
	for ctx.Err() == nil {
		offset, busy := t.hand.offset(), t.hand.waiting() > 0
		long := t.opt.Limits.Poll
		if busy {
			long = 0
		} else if time.Since(last) > quiet {
			t.hand.reset() // the poll before this one confirmed everything
			offset, last = 0, time.Now()
		}
		batch, err := t.client.updates(ctx, offset, long)
		if err != nil {
			if ctx.Err() != nil || t.rivals(err) {
				return
			}
			t.met.polls.WithLabelValues("error").Inc()
			if failing.IsZero() {
				failing = time.Now()
			}
			t.setReady(err)
			told = t.tell(err, told, failing)
			pause := wait.NextBackOff()
			var e *apiError
			if errors.As(err, &e) && e.retryAfter > 0 {
				pause = jitter(t.opt.Limits.seconds(e.retryAfter))
			}
			sleep(ctx, pause)
			continue
		}
		t.met.polls.WithLabelValues("ok").Inc()
		t.setReady(nil)
		if !failing.IsZero() {
			t.log.Info("Telegram is reached again", keyTook, time.Since(failing).Round(time.Millisecond))
			failing, told = time.Time{}, ""
		}
		wait.Reset()

		fresh := 0
		for i, raw := range batch {
			guess := int64(0)
			if offset > 0 {
				guess = offset + int64(i)
			}
			if t.takeRaw(ctx, raw, guess) {
				fresh++
			}
			if ctx.Err() != nil {
				return
			}
		}
		if fresh > 0 {
			look, last = lookAgain, time.Now()
		}
		if len(batch) == pollLimit && fresh < pollLimit/2 {
			t.makeRoom()
		}
		if t.hand.waiting() > 0 {
			t.waitIdle(ctx, look)
			look = min(2*look, lookSeldom)
		} else if len(batch) > 0 && fresh == 0 {
			sleep(ctx, look) // offered again what is done; the next poll confirms it
			look = min(2*look, lookSeldom)
		}
	}
}

// waitIdle waits until nothing is in hand any more, but no longer than d.
func (t *Telegram) waitIdle(ctx context.Context, d time.Duration) {
	end := time.NewTimer(d)
	defer end.Stop()
	for t.hand.waiting() > 0 {
		select {
		case <-t.hand.changed:
		case <-end.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// tell logs what is wrong, once for each kind of trouble, with what to do
// where that is known.
func (t *Telegram) tell(err error, told string, since time.Time) string {
	hint := explain(err)
	kind := hint
	if kind == "" {
		kind = "outage"
	}
	switch {
	case kind == told:
		t.log.Debug("polling fails", keyErr, err, keyTook, time.Since(since))
	case hint != "":
		t.log.Error("polling fails", keyErr, err, keyHint, hint)
	default:
		t.log.Warn("polling fails, and is tried again", keyErr, err)
	}
	return kind
}

// makeRoom confirms updates whose answers have to wait, if there is an Inbox
// to keep them. Without one, later updates wait as well.
func (t *Telegram) makeRoom() {
	box, ok := t.opt.Seen.(dispatch.Inbox)
	if !ok {
		return
	}
	done, err := t.hand.park(func(ids []int64, raws [][]byte) error {
		names := make([]string, len(ids))
		for i, id := range ids {
			names[i] = idOf(id)
		}
		if all, ok := box.(dispatch.KeepsAll); ok {
			return all.KeepAll(names, raws)
		}
		for i := range ids {
			if err := box.Keep(names[i], raws[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.log.Error("updates cannot be kept", keyErr, err)
	}
	for _, id := range done {
		if err := box.Drop(idOf(id)); err != nil {
			t.log.Error("kept update cannot be dropped", keyUpdate, id, keyErr, err)
		}
	}
}

// resume takes in what the Inbox kept before the last stop.
func (t *Telegram) resume(ctx context.Context) error {
	box, ok := t.opt.Seen.(dispatch.Inbox)
	if !ok {
		return nil
	}
	kept, err := keptBy(box)
	if err != nil {
		return err
	}
	for _, id := range sortedKeys(kept) {
		t.hand.adopt(id, kept[id])
		t.admit(ctx, id, idOf(id), kept[id])
	}
	return nil
}

// keptBy returns the updates of Telegram that box keeps, by number.
func keptBy(box dispatch.Inbox) (map[int64][]byte, error) {
	all, err := box.Kept()
	kept := make(map[int64][]byte)
	for id, raw := range all {
		if n, ok := numberOf(id); ok {
			kept[n] = raw
		}
	}
	return kept, err
}

// takeRaw takes in one element of a batch. guess is its id should it have none.
// It reports whether the update is new.
func (t *Telegram) takeRaw(ctx context.Context, raw []byte, guess int64) bool {
	u, _, err := parseUpdate(raw)
	if err != nil && u.ID == 0 {
		if u.ID = guess; guess == 0 {
			t.met.poison.Inc()
			return false // the very first of all, and without an id: the next poll shows it again
		}
	}
	if _, fresh := t.hand.take(u.ID, raw); !fresh {
		return false
	}
	t.admit(ctx, u.ID, idOf(u.ID), raw)
	return true
}

// confirm tells Telegram, on the way out, what has been handled.
func (t *Telegram) confirm(ctx context.Context) {
	offset := t.hand.offset()
	if offset == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if _, err := t.client.updates(ctx, offset, 0); err != nil {
		t.log.Warn("handled updates could not be confirmed; they are known at the next start if Seen is on disk", keyErr, err)
	}
}
