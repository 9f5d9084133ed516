package telegram

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"time"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

const (
	// markTime is how long it may take to note that an update was handled;
	// longer, and the disk is stuck.
	markTime = time.Minute
	// reviveEvery is how often it is looked for dead letters that an admin
	// wants tried once more.
	reviveEvery = 2 * time.Second
)

// handle calls the handler until there is an answer to be sent: its own, an
// apology, or that the update was set aside. The error is ctx's, or that the
// update cannot be set aside; then it stays in hand.
func (t *Telegram) handle(ctx context.Context, c *conversation, log *slog.Logger) (chat.Reply, error) {
	in, id := c.in, c.in.key
	for late := 0; ; {
		if tries := max(t.opt.Journal.Tries(id), late); tries >= dispatch.MaxTries {
			reason := dispatch.ReasonCrash
			if late > 0 {
				reason = dispatch.ReasonLate
			}
			if err := t.setAside(in, reason, log); err != nil {
				return chat.Reply{}, err
			}
			return say(in, dispatch.TextsOf(in.msg.Lang).Aside), nil
		}
		reply, err := t.guard.HandleFrom(chat.WithRequest(ctx, id), in.msg, c.progress, func() { t.opt.Journal.Begin(id) })
		switch {
		case err == nil:
			t.opt.Journal.Handled(id)
			return reply, nil
		case ctx.Err() != nil:
			return chat.Reply{}, err
		case dispatch.TimedOut(err):
			late++
			t.opt.Journal.Late(id)
			t.met.late.Inc()
			log.Error("handler took too long", keyErr, err, keyTry, late)
			continue
		}
		t.opt.Journal.Handled(id)
		t.met.errors.Inc()
		var p *chat.Panicked
		if errors.As(err, &p) {
			t.met.panics.Inc()
			log.Error("handler panicked", keyPanic, p.What, keyStack, string(p.Stack))
		} else {
			log.Error("handler failed", keyErr, t.client.hide.err(err))
		}
		return say(in, dispatch.Failed(err, in.msg.Lang)), nil
	}
}

// setAside makes an update a dead letter.
func (t *Telegram) setAside(in incoming, reason string, log *slog.Logger) error {
	l := dispatch.DeadLetter{ID: idOf(in.id), Time: time.Now().UTC(), Kind: kindName(in, true), Reason: reason,
		Tries: dispatch.MaxTries, Update: in.raw}
	if reason == dispatch.ReasonUnsure {
		l.Tries = dispatch.MaxSends
	}
	if t.opt.Dead != nil {
		if err := t.opt.Dead.Put(l); err != nil {
			log.Error("update cannot be set aside, and stays in hand", keyErr, err)
			return err
		}
	}
	t.met.dead.WithLabelValues(reason).Inc()
	log.Error("update set aside", keyReason, reason, keyHint, "jinwen dead-letters shows it and has it tried once more")
	if t.opt.SetAside != nil {
		t.opt.SetAside(l)
	}
	return nil
}

// revive takes in dead letters that are to be tried once more, until ctx ends.
func (t *Telegram) revive(ctx context.Context) {
	passed := make(map[string]bool) // of those wanted: a letter may be read again just before it is removed
	failing := false
	for {
		wanted, err := t.opt.Dead.Wanted()
		if err != nil && !failing {
			t.log.Warn("dead letters are not read", keyErr, err)
		}
		if failing = err != nil; !failing {
			before := passed
			passed = make(map[string]bool)
			for _, l := range wanted {
				id, ok := numberOf(l.ID)
				if !ok {
					continue // another channel's
				}
				// A key of its own for each time that it was set aside: what was
				// tried before does not count, what a crash cuts off now does.
				key := l.ID + "/" + strconv.FormatInt(l.Time.Unix(), 36)
				switch {
				case t.opt.Seen.Handled(key): // and could not be removed then
					t.over(id)
				case before[key]:
					passed[key] = true
				default:
					passed[key] = t.tryAgain(ctx, id, key, l.Update)
				}
			}
		}
		if sleep(ctx, reviveEvery) != nil {
			return
		}
	}
}

// over removes a dead letter that was tried once more.
func (t *Telegram) over(id int64) {
	if err := t.opt.Dead.Over(idOf(id)); err != nil {
		t.log.Error("dead letter cannot be removed", keyUpdate, id, keyErr, err)
	}
}

// tryAgain takes in a dead letter, which is handled under key, or has those who
// share the queue do so. It reports whether it did: it is in hand otherwise, or
// the queue is not reached.
func (t *Telegram) tryAgain(ctx context.Context, id int64, key string, raw []byte) bool {
	if u, _, err := parseUpdate(raw); err == nil && t.opt.Shared != nil && t.opt.Webhook.URL != "" {
		if _, err = t.opt.Shared.Add(key, u.lane(), id, raw, false); err != nil {
			t.log.Warn("dead letter is not tried once more", keyUpdate, id, keyErr, err)
		}
		return err == nil
	}
	if !t.hand.adopt(id, raw) {
		return false
	}
	t.log.Info("dead letter is tried once more", keyUpdate, id)
	t.admit(ctx, id, key, raw)
	return true
}
