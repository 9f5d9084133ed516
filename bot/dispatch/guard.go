package dispatch

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"jinwen/handlers/chat"
)

// A Guard is a handler that calls another: so many messages at once, each for
// so long. Its panic is an error, a [*Panicked]. Safe for concurrent use.
type Guard struct {
	h      chat.Handler
	slots  chan struct{} // one value for each message being handled
	within time.Duration
}

// NewGuard returns a Guard for h.
func NewGuard(h chat.Handler, parallel int, within time.Duration) *Guard {
	return &Guard{h: h, slots: make(chan struct{}, parallel), within: within}
}

// Handle calls the handler when there is a slot.
func (g *Guard) Handle(ctx context.Context, m chat.Message, progress func(chat.Reply)) (reply chat.Reply, err error) {
	select {
	case g.slots <- struct{}{}:
	case <-ctx.Done():
		return reply, ctx.Err()
	}
	defer func() { <-g.slots }()
	ctx, cancel := context.WithTimeout(ctx, g.within)
	defer cancel()
	defer func() {
		if x := recover(); x != nil {
			// A panic's value may hold what a person wrote.
			what := fmt.Sprintf("%T", x)
			if e, ok := x.(interface{ RuntimeError() }); ok {
				what = fmt.Sprint(e)
			}
			reply, err = chat.Reply{}, &Panicked{what, debug.Stack()}
		}
	}()
	return g.h.Handle(ctx, m, progress)
}

// Panicked is a panic of the handler as an error.
type Panicked struct {
	What  string // its type, and its text if it is a runtime error's
	Stack []byte
}

func (p *Panicked) Error() string { return "panic: " + p.What }
