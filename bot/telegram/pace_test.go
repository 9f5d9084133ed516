package telegram

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Chats that are told to wait one after the other: from which on all wait.
func TestFloodOfTheBot(t *testing.T) {
	for _, tt := range []struct {
		name  string
		chats []int64
		apart time.Duration
		held  bool
	}{
		{"one chat over and over", []int64{1, 1, 1, 1, 1, 1}, 0, false},
		{"two chats", []int64{1, 2, 1, 2}, 0, false},
		{"three chats at once", []int64{1, 2, 3}, 0, true},
		{"and one of them over and over", []int64{1, 2, 2, 2, 3}, 0, true},
		{"three chats by and by", []int64{1, 2, 3}, 10 * time.Second, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := testScheduler(t)
				got := ""
				for _, c := range tt.chats {
					got = s.pause(c, time.Minute)
					time.Sleep(tt.apart)
				}
				if want := map[bool]string{false: "chat", true: "bot"}[tt.held]; got != want {
					t.Errorf("held: %s, want %s", got, want)
				}
				start := time.Now()
				s.sendTo(t.Context(), 99, func(context.Context, int64) error { return nil })
				if held := time.Since(start) > 50*time.Second; held != tt.held {
					t.Errorf("another chat waits %v", time.Since(start))
				}
			})
		})
	}
}

// While the bot is told to wait nothing goes out; afterwards everything does,
// at the pace.
func TestFloodHoldsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := testScheduler(t)
		start := time.Now()
		over := start.Add(30 * time.Second)
		var mu sync.Mutex
		var early, sent []time.Time
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Go(func() {
				s.sendTo(t.Context(), int64(i+1), func(context.Context, int64) error {
					mu.Lock()
					defer mu.Unlock()
					if now := time.Now(); now.Before(over) {
						early = append(early, now)
						return &apiError{code: 429, retryAfter: int(over.Sub(now)/time.Second) + 1}
					}
					sent = append(sent, time.Now())
					return nil
				})
			})
		}
		wg.Wait()
		if len(early) > 6 { // three, and the burst that was on its way with them
			t.Errorf("%d requests while the bot was to wait", len(early))
		}
		if len(sent) != 100 || most(sent, time.Second) > 30 {
			t.Errorf("%d sent, %d in a second", len(sent), most(sent, time.Second))
		}
	})
}

// Answers go before broadcasts, which yet go on in the end.
func TestAnswersFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := testScheduler(t)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var mu sync.Mutex
		var told []time.Time
		var wg sync.WaitGroup
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				paced, err := s.waitBulk(ctx)
				if err != nil {
					return
				}
				s.sendTo(paced, int64(100_000+i), func(context.Context, int64) error {
					mu.Lock()
					defer mu.Unlock()
					told = append(told, time.Now())
					return nil
				})
			}
		})
		count := func() int { mu.Lock(); defer mu.Unlock(); return len(told) }
		time.Sleep(20 * time.Second)
		if n := count(); n < 250 || n > 320 {
			t.Errorf("%d told in 20 s without answers, want 15 a second", n)
		}
		before, began := count(), time.Now()
		var answers []time.Time
		for i := range 900 { // half a minute of all that may go out
			wg.Go(func() {
				s.sendTo(t.Context(), int64(i+1), func(context.Context, int64) error {
					mu.Lock()
					defer mu.Unlock()
					answers = append(answers, time.Now())
					return nil
				})
			})
		}
		time.Sleep(time.Minute)
		mu.Lock()
		slices.SortFunc(answers, time.Time.Compare)
		if took := answers[len(answers)-1].Sub(began); took > 35*time.Second {
			t.Errorf("900 answers took %v beside a broadcast, want hardly more than 33 s", took)
		}
		during := 0
		for _, at := range told[before:] {
			if at.Before(answers[len(answers)-1]) {
				during++
			}
		}
		mu.Unlock()
		if during > 10 {
			t.Errorf("%d told while answers waited", during)
		}
		if n := count() - before - during; n < 200 {
			t.Errorf("%d told once they were answered", n)
		}
		cancel()
		wg.Wait()
	})
}

func TestPacesBound(t *testing.T) {
	s := testScheduler(t)
	for id := range int64(3 * maxPaces) {
		s.leave(s.enter(id + 1))
	}
	if n := len(s.paces); n > maxPaces {
		t.Errorf("%d paces, want at most %d", n, maxPaces)
	}
}
