package dispatch

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"jinwen/handlers/chat"
)

// A Guard is a handler that calls another: so many messages at once, each for
// so long. Its panic is an error, a [*chat.Panicked]. A handler that does not end
// with its time is left behind, after which the error is [ErrStuck]: what it
// still says goes nowhere, and its slot is taken until it ends. Safe for
// concurrent use.
type Guard struct {
	h      chat.Handler
	slots  chan struct{} // one value for each message being handled
	within time.Duration
	grace  time.Duration
	watch  *Watch
}

// ErrStuck says that a handler did not end when its time was over.
var ErrStuck = errors.New("the handler did not end when its time was over")

// Grace is how long a handler may take to end once its time is over.
const Grace = 5 * time.Second

// NewGuard returns a Guard for h. A nil watch sees nothing.
func NewGuard(h chat.Handler, parallel int, within time.Duration, watch *Watch) *Guard {
	return &Guard{h: h, slots: make(chan struct{}, parallel), within: within, grace: min(Grace, within), watch: watch}
}

// errLate is the error of a handler that ended because its time was over.
var errLate = errors.New("the handler's time was over")

// TimedOut reports whether err is that of a handler whose time was over. One
// that gave up on something slow before that has failed.
func TimedOut(err error) bool { return errors.Is(err, ErrStuck) || errors.Is(err, errLate) }

// result is the outcome of a handler.
type result struct {
	reply chat.Reply
	err   error
}

// Handle calls the handler when there is a slot.
func (g *Guard) Handle(ctx context.Context, m chat.Message, progress func(chat.Reply)) (chat.Reply, error) {
	return g.HandleFrom(ctx, m, progress, func() {})
}

// HandleFrom is Handle that calls begin once there is a slot.
func (g *Guard) HandleFrom(ctx context.Context, m chat.Message, progress func(chat.Reply), begin func()) (chat.Reply, error) {
	select {
	case g.slots <- struct{}{}:
	case <-ctx.Done():
		return chat.Reply{}, ctx.Err()
	}
	begin()
	work, cancel := context.WithTimeout(ctx, g.within)
	defer cancel()
	say := &speech{f: progress}
	var said func(chat.Reply)
	if progress != nil {
		said = say.say
	}
	done := make(chan result, 1)
	go func() { // ends with the handler
		shift := g.watch.Begin("a message is being handled", g.within+g.grace)
		defer func() { <-g.slots }()
		defer shift.End()
		done <- g.call(work, m, said)
	}()
	select {
	case r := <-done:
		return r.reply, r.err
	case <-work.Done():
	}
	late := time.NewTimer(g.grace)
	defer late.Stop()
	select {
	case r := <-done:
		return r.reply, r.err
	case <-late.C:
		say.end()
		return chat.Reply{}, ErrStuck
	}
}

func (g *Guard) call(ctx context.Context, m chat.Message, progress func(chat.Reply)) (r result) {
	r.err = chat.Recover(func() (err error) {
		r.reply, err = g.h.Handle(ctx, m, progress)
		return err
	})
	if errors.Is(r.err, context.DeadlineExceeded) && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		r.err = fmt.Errorf("%w: %w", errLate, r.err)
	}
	return r
}

// speech passes on a handler's progress, until it is left behind.
type speech struct {
	mu sync.Mutex
	f  func(chat.Reply)
}

func (s *speech) say(r chat.Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.f != nil {
		s.f(r)
	}
}

func (s *speech) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.f = nil
}
