package dispatch

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"jinwen/handlers/chat"
)

// A handler that does not end is left behind and seen until it does.
func TestGuardStuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		watch, free := NewWatch(), make(chan struct{})
		var said []string
		g := NewGuard(chat.HandlerFunc(func(_ context.Context, _ chat.Message, progress func(chat.Reply)) (chat.Reply, error) {
			progress(chat.Say("begun"))
			<-free
			progress(chat.Say("too late"))
			return chat.Say("answer"), nil
		}), 1, time.Minute, watch)
		began := time.Now()
		_, err := g.Handle(t.Context(), chat.Message{}, func(r chat.Reply) { said = append(said, r.Blocks[0].Text) })
		if !errors.Is(err, ErrStuck) || !TimedOut(err) || time.Since(began) != time.Minute+Grace {
			t.Errorf("Handle = %v after %v", err, time.Since(began))
		}
		time.Sleep(time.Second)
		if n, why := watch.Stuck(); n != 1 || why != "a worker is stuck: a message is being handled for 1m6s" {
			t.Errorf("Stuck = %d, %q", n, why)
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := g.Handle(short, chat.Message{}, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the slot of a stuck handler is given away: %v", err)
		}
		close(free)
		synctest.Wait()
		if n, why := watch.Stuck(); n != 0 || why != "" {
			t.Errorf("Stuck = %d, %q once it has ended", n, why)
		}
		if strings.Join(said, ",") != "begun" {
			t.Errorf("said %q, want nothing after it was left behind", said)
		}
	})
}

// A time-out is that the handler's own time is over, not that of something it
// asked.
func TestTimedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			takes time.Duration
			want  bool
		}{{time.Second, false}, {time.Hour, true}} {
			g := NewGuard(chat.HandlerFunc(func(ctx context.Context, _ chat.Message, _ func(chat.Reply)) (chat.Reply, error) {
				ctx, cancel := context.WithTimeout(ctx, tt.takes)
				defer cancel()
				<-ctx.Done()
				return chat.Reply{}, ctx.Err()
			}), 1, time.Minute, nil)
			if _, err := g.Handle(t.Context(), chat.Message{}, nil); TimedOut(err) != tt.want || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("after %v TimedOut(%v) = %v", tt.takes, err, !tt.want)
			}
		}
	})
}

func TestGuardPanic(t *testing.T) {
	for _, tt := range []struct {
		name string
		f    func()
		want string
	}{
		{"a runtime error says what it is", func() { none := []int{}; _ = none[len(none)] }, "index out of range"},
		{"what a person wrote is not shown", func() { panic("我的电话") }, "panic: string"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := NewGuard(chat.HandlerFunc(func(context.Context, chat.Message, func(chat.Reply)) (chat.Reply, error) {
				tt.f()
				return chat.Reply{}, nil
			}), 1, time.Minute, nil)
			_, err := g.Handle(t.Context(), chat.Message{}, nil)
			if _, ok := errors.AsType[*chat.Panicked](err); !ok || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Handle = %v, want %q", err, tt.want)
			}
		})
	}
}

// Many lanes and people: what is kept of them goes with them.
func TestDispatcherBounds(t *testing.T) {
	d := New(50, 3, func(Job[int]) {})
	var wg sync.WaitGroup
	for i := range 1000 {
		wg.Go(func() {
			name := string(rune('a' + i%500))
			if _, err := d.Add(t.Context(), Job[int]{Lane: name, User: name}); err != nil {
				t.Error(err)
			}
			d.mu.Lock()
			defer d.mu.Unlock()
			if len(d.lanes) > 51 || len(d.users) > 51 {
				t.Errorf("%d lanes, %d people for 50 jobs", len(d.lanes), len(d.users))
			}
		})
	}
	wg.Wait()
	d.Wait(t.Context())
	if len(d.lanes)+len(d.users) != 0 {
		t.Errorf("%d lanes and %d people are left", len(d.lanes), len(d.users))
	}
}

func TestRecentBound(t *testing.T) {
	r := NewRecent[int, int](10)
	for i := range 1000 {
		r.Put(i, i)
	}
	if _, old := r.Get(989); len(r.m) != 10 || len(r.order) != 10 || old {
		t.Errorf("%d entries, want the last 10", len(r.m))
	}
}
