package telegram

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// testScheduler has real seconds: synctest makes them pass at once.
func testScheduler(t *testing.T) *scheduler { return pacedScheduler(t, nil) }

// pacedScheduler is a testScheduler that keeps the limits together with others.
func pacedScheduler(t *testing.T, shared dispatch.Pace) *scheduler {
	met, err := newMetrics(nil, func() float64 { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	return newScheduler(Options{}.withDefaults().Limits, shared, slog.New(slog.DiscardHandler), met, newHasher(nil))
}

// most is the highest number of times in any stretch of d.
func most(times []time.Time, d time.Duration) int {
	slices.SortFunc(times, time.Time.Compare)
	best, from := 0, 0
	for i, at := range times {
		for at.Sub(times[from]) >= d {
			from++
		}
		best = max(best, i-from+1)
	}
	return best
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		name          string
		chats         func(i int) int64
		messages      int
		within        time.Duration
		limit         int
		atLeast, take time.Duration // how long all of them may take
	}{
		{"overall", func(i int) int64 { return int64(i + 1) }, 300, time.Second, 30, 9 * time.Second, 20 * time.Second},
		{"one chat", func(int) int64 { return 1 }, 60, 10 * time.Second, 3 + 10, 50 * time.Second, 61 * time.Second},
		{"one group", func(int) int64 { return -1 }, 100, time.Minute, 20, 4 * time.Minute, 10 * time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := testScheduler(t)
				var (
					mu    sync.Mutex
					times []time.Time
					wg    sync.WaitGroup
				)
				start := time.Now()
				for i := range tt.messages {
					wg.Go(func() {
						s.sendTo(t.Context(), tt.chats(i), func(context.Context, int64) error {
							mu.Lock()
							defer mu.Unlock()
							times = append(times, time.Now())
							return nil
						})
					})
				}
				wg.Wait()
				if got := most(times, tt.within); got > tt.limit {
					t.Errorf("%d messages in %v, limit %d", got, tt.within, tt.limit)
				}
				if took := time.Since(start); took < tt.atLeast || took > tt.take {
					t.Errorf("%d messages took %v, want %v to %v", tt.messages, took, tt.atLeast, tt.take)
				}
			})
		})
	}
}

func TestRetry(t *testing.T) {
	api := func(code, after int, text string) error {
		return &apiError{method: "sendMessage", code: code, retryAfter: after, description: text}
	}
	lost := &transportError{"sendMessage", 0, errors.New("connection reset by peer")}
	repeat := func(err error, n int) []error { return slices.Repeat([]error{err}, n) }
	for _, tt := range []struct {
		name     string
		errs     []error // of the tries; then it succeeds
		tries    int
		is       error // of the result; nil is success
		from, to time.Duration
	}{
		{"sent at once", nil, 1, nil, 0, 0},
		{"a flood is waited out", []error{api(429, 35, "Too Many Requests")}, 2, nil, 35 * time.Second, 40 * time.Second},
		{"a flood of an upload has no code", []error{api(0, 5, "Too Many Requests")}, 2, nil, 5 * time.Second, 6 * time.Second},
		{"many floods lose nothing", repeat(api(429, 3, "Too Many Requests"), 100), 101, nil, 5 * time.Minute, 6 * time.Minute},
		{"an outage of hours", repeat(lost, 500), 501, nil, 3 * time.Hour, 6 * time.Hour},
		{"server faults pass", repeat(api(502, 0, "Bad Gateway"), 5), 6, nil, time.Second, time.Minute},
		{"a server fault that stays with one message", repeat(api(500, 0, "Internal Server Error"), 99), maxRefusals, errors.ErrUnsupported, time.Minute, 20 * time.Minute},
		{"an outage of days", repeat(lost, 100_000), 0, errGivenUp, 23 * time.Hour, 24 * time.Hour},
		{"a bad request is given up", []error{api(400, 0, "Bad Request: message is too long")}, 1, errors.ErrUnsupported, 0, 0},
		{"a blocked chat is given up", []error{api(403, 0, "Forbidden: bot was blocked by the user")}, 1, chat.ErrBlocked, 0, 0},
		{"an unknown chat is given up", []error{api(400, 0, "Bad Request: chat not found")}, 1, chat.ErrBlocked, 0, 0},
		{"an unchanged edit is fine", []error{api(400, 0, "Bad Request: message is not modified: …")}, 1, nil, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := testScheduler(t)
				start, tries := time.Now(), 0
				err := s.sendTo(t.Context(), 1, func(context.Context, int64) error {
					if tries++; tries <= len(tt.errs) {
						return tt.errs[tries-1]
					}
					return nil
				})
				switch {
				case tt.is == nil && err != nil, tt.is != nil && err == nil:
					t.Errorf("error %v, want %v", err, tt.is)
				case tt.is != nil && tt.is != errors.ErrUnsupported && !errors.Is(err, tt.is):
					t.Errorf("error %v, want %v", err, tt.is)
				}
				if tt.tries != 0 && tries != tt.tries {
					t.Errorf("%d tries, want %d", tries, tt.tries)
				}
				if took := time.Since(start); took < tt.from || took > tt.to {
					t.Errorf("took %v, want %v to %v", took, tt.from, tt.to)
				}
				if blocked := s.isBlocked(1); blocked != errors.Is(tt.is, chat.ErrBlocked) {
					t.Errorf("chat remembered as blocked: %v", blocked)
				}
			})
		})
	}
}

func TestFloodPausesOnlyItsChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := testScheduler(t)
		var wg sync.WaitGroup
		first := true
		wg.Go(func() {
			s.sendTo(t.Context(), 1, func(context.Context, int64) error {
				if first {
					first = false
					return &apiError{code: 429, retryAfter: 60}
				}
				return nil
			})
		})
		synctest.Wait()
		start := time.Now()
		if err := s.sendTo(t.Context(), 2, func(context.Context, int64) error { return nil }); err != nil || time.Since(start) > time.Second {
			t.Errorf("another chat waits %v for it (%v)", time.Since(start), err)
		}
		if err := s.sendTo(t.Context(), 1, func(context.Context, int64) error { return nil }); err != nil || time.Since(start) < time.Minute {
			t.Errorf("the same chat waits only %v (%v)", time.Since(start), err)
		}
		wg.Wait()
	})
}

func TestMigration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := testScheduler(t)
		var ids []int64
		send := func(_ context.Context, id int64) error {
			if ids = append(ids, id); id == -5 {
				return &apiError{code: 400, description: "Bad Request: group chat was upgraded to a supergroup chat", migrateTo: -1005}
			}
			return nil
		}
		for range 2 {
			if err := s.sendTo(t.Context(), -5, send); err != nil {
				t.Fatal(err)
			}
		}
		if want := []int64{-5, -1005, -1005}; !slices.Equal(ids, want) {
			t.Errorf("sent to %v, want %v", ids, want)
		}
	})
}

func TestStopEndsWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := testScheduler(t)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		err := s.sendTo(ctx, 1, func(context.Context, int64) error { return &apiError{code: 429, retryAfter: 3600} })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want %v", err, context.DeadlineExceeded)
		}
	})
}

func TestPacesAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := testScheduler(t)
		for id := range int64(1000) {
			s.leave(s.enter(id + 1))
		}
		time.Sleep(10 * time.Minute)
		s.leave(s.enter(5000))
		if n := len(s.paces); n != 1 {
			t.Errorf("%d chats remembered after ten idle minutes, want 1", n)
		}
	})
}
