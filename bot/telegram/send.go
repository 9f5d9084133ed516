package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/cenkalti/backoff/v5"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

const (
	// maxRefusals is how often a request is tried that Telegram answers with a
	// fault of its own (5xx in JSON): the fault is likely to be with just this
	// message, which must not hold up its chat for a day.
	maxRefusals = 20
)

// errGivenUp is a request that was tried for as long as Limits.GiveUp.
var errGivenUp = errors.New("given up")

// scheduler decides when a request may go out and whether it goes out again.
// Safe for concurrent use.
//
// When it may is the pacer's business.
type scheduler struct {
	*pacer
	log    *slog.Logger
	met    *metrics
	hash   hasher
	flight *dispatch.Flight // of messages that are parts of an answer

	moved   *dispatch.Recent[int64, int64]
	blocked *dispatch.Recent[int64, bool] // chats that refused us; one forgotten costs one request
}

func newScheduler(l Limits, shared dispatch.Pace, log *slog.Logger, met *metrics, hash hasher) *scheduler {
	return &scheduler{
		pacer: newPacer(l, shared), log: log, met: met, hash: hash,
		flight:  dispatch.NewFlight(),
		moved:   dispatch.NewRecent[int64, int64](1000),
		blocked: dispatch.NewRecent[int64, bool](100_000),
	}
}

// hold waits for a chat's turn, so that the messages of one reply are not mixed
// with others, and gives the function that ends it.
func (s *scheduler) hold(ctx context.Context, chat int64) (func(), error) {
	chat = s.currentID(chat)
	p := s.enter(chat)
	select {
	case p.turn <- struct{}{}:
		return func() { <-p.turn; s.leave(p) }, nil
	case <-ctx.Done():
		s.leave(p)
		return nil, ctx.Err()
	}
}

// sendTo sends a message to a chat: it keeps the limits, and calls send, with the
// id that the chat has by now, until it succeeds or is of no use any more. The
// error is handlers.ErrBlocked, an *apiError for a refusal, errGivenUp, or
// ctx's.
func (s *scheduler) sendTo(ctx context.Context, chat int64, send func(ctx context.Context, chat int64) error) error {
	return s.try(ctx, func(id int64) error {
		if err := s.wait(ctx, id); err != nil {
			return err
		}
		return send(ctx, id)
	}, chat)
}

// sendAnywhere is sendTo for requests that go to no chat and have no limits of their own.
// To the functions below their chat is 0.
func (s *scheduler) sendAnywhere(ctx context.Context, send func(ctx context.Context) error) error {
	return s.try(ctx, func(int64) error { return send(ctx) }, 0)
}

func (s *scheduler) try(ctx context.Context, send func(to int64) error, to int64) error {
	var (
		wait  = s.backoff(30)
		until = time.Now().Add(s.limits.GiveUp)
		fails = 0
	)
	for n := 1; ; n++ {
		id := s.currentID(to)
		err := send(id)
		if ctx.Err() != nil && err != nil {
			return ctx.Err()
		}
		v, e := judge(err)
		s.met.sends.WithLabelValues(outcomes[v]).Inc()
		var pause time.Duration
		switch v {
		case sent:
			return nil
		case moved:
			if id == s.currentID(e.migrateTo) { // a circle
				return err
			}
			s.migrate(id, e.migrateTo)
			continue
		case unreached:
			if id != 0 {
				s.block(id)
			}
			return fmt.Errorf("%w: %w", chat.ErrBlocked, err)
		case refused:
			return err
		case limited:
			pause = jitter(max(s.limits.seconds(e.retryAfter), s.limits.Second/4))
			if id != 0 {
				held := s.pause(id, pause)
				s.met.limited.WithLabelValues(held).Inc()
				s.tell(ctx, id, held, pause)
			}
		case stubborn:
			if fails++; fails >= maxRefusals {
				return err
			}
			pause = wait.NextBackOff()
		default:
			pause = wait.NextBackOff()
		}
		if time.Now().Add(pause).After(until) {
			return fmt.Errorf("%w: %w", errGivenUp, err)
		}
		s.met.retries.Inc()
		s.log.Debug("request is tried again", keyChat, s.hash.chat(id), keyTry, n, keyWait, pause, keyErr, err)
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

var outcomes = map[verdict]string{sent: "ok", again: "no_answer", stubborn: "server_error", limited: "limited",
	moved: "moved", unreached: "blocked", refused: "refused"}

// currentID returns the id that a chat has after all moves that are known.
func (s *scheduler) currentID(chat int64) int64 {
	for range 4 {
		to, ok := s.moved.Get(chat)
		if !ok {
			break
		}
		chat = to
	}
	return chat
}

func (s *scheduler) migrate(from, to int64) {
	if from != to && to != 0 {
		s.moved.Put(from, to)
	}
}

// block remembers that a chat refused us; unblock forgets it.
func (s *scheduler) block(chat int64)   { s.blocked.Put(chat, true) }
func (s *scheduler) unblock(chat int64) { s.blocked.Set(chat, false) }

func (s *scheduler) isBlocked(chat int64) bool { b, _ := s.blocked.Get(chat); return b }

// backoff is half a second at first and at most so many seconds, with jitter.
func (s *scheduler) backoff(most int) *backoff.ExponentialBackOff {
	return &backoff.ExponentialBackOff{
		InitialInterval:     s.limits.Second / 2,
		RandomizationFactor: 0.5,
		Multiplier:          1.8,
		MaxInterval:         s.limits.seconds(most),
	}
}

// jitter returns up to a tenth more than d, so that many who were told the same
// time do not all come back at once.
func jitter(d time.Duration) time.Duration {
	return d + time.Duration(rand.Int64N(int64(d)/10+1))
}

// sleep is over after d, or with ctx's error when ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// cause is ctx's error if ctx ended, for rate gives one of its own when a
// deadline is too near.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", context.DeadlineExceeded, err)
}
