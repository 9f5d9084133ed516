package serve

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

// oneLease is a lease that is taken away when it is told to be.
type oneLease struct {
	lose  atomic.Pointer[context.CancelFunc]
	lost  atomic.Bool
	holds atomic.Int64
}

func (l *oneLease) Hold(ctx context.Context) (context.Context, func(), error) {
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	held, cancel := context.WithCancel(ctx)
	l.lost.Store(false)
	l.lose.Store(&cancel)
	l.holds.Add(1)
	return held, cancel, nil
}

func (l *oneLease) Check(context.Context) error {
	if l.lost.Load() {
		return errors.New("lost")
	}
	return nil
}

func (l *oneLease) Certain() bool { return !l.lost.Load() }

// Jobs run while the lease is held, and again after it was lost; a job that
// fails although it is held ends them all with its error.
func TestLeading(t *testing.T) {
	l := &oneLease{}
	own := errors.New("refused")
	var others atomic.Int64
	err := leading(t.Context(), l,
		func(held context.Context) error {
			if l.holds.Load() == 1 { // another process takes over
				l.lost.Store(true)
				(*l.lose.Load())()
				<-held.Done()
				return errors.New("replaced")
			}
			return own
		},
		func(held context.Context) error {
			others.Add(1)
			<-held.Done()
			return nil
		})
	if !errors.Is(err, own) || l.holds.Load() != 2 || others.Load() != 2 {
		t.Errorf("leading = %v after %d terms, the other job ran %d times; want its own error, 2, 2", err, l.holds.Load(), others.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	err = leading(ctx, l, func(held context.Context) error {
		cancel()
		<-held.Done()
		return nil
	})
	if err != nil {
		t.Errorf("leading = %v when it is told to end, want nil", err)
	}
}
