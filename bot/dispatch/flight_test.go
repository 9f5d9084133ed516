package dispatch

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// As many requests are on their way as the pace over the line needs, and few
// more: never so few that they queue up.
func TestFlight(t *testing.T) {
	for _, tt := range []struct {
		name  string
		line  time.Duration
		every time.Duration // a request comes
		most  int           // on their way
		late  time.Duration // the longest wait for room once it has settled
	}{
		{"a fast line", time.Millisecond, 30 * time.Millisecond, 1, 0},
		{"a line just fast enough", 4 * time.Millisecond, 5 * time.Millisecond, 1, 0},
		{"a line of 40 ms, 30 a second", 40 * time.Millisecond, 33 * time.Millisecond, 3, 300 * time.Millisecond},
		{"a slow line does not hold up anybody", time.Second, 33 * time.Millisecond, 40, 300 * time.Millisecond},
		{"200 a second", 30 * time.Millisecond, 5 * time.Millisecond, 12, 350 * time.Millisecond},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := NewFlight()
				var mu sync.Mutex
				busy, most, late := 0, 0, time.Duration(0)
				var wg sync.WaitGroup
				for i := range 1000 {
					wg.Go(func() {
						came := time.Now()
						leave, err := f.Enter(t.Context())
						if err != nil {
							t.Error(err)
							return
						}
						mu.Lock()
						if busy++; i > 300 {
							most, late = max(most, busy), max(late, time.Since(came))
						}
						mu.Unlock()
						time.Sleep(tt.line)
						mu.Lock()
						busy--
						mu.Unlock()
						leave()
					})
					time.Sleep(tt.every)
				}
				wg.Wait()
				if most > tt.most || late > tt.late {
					t.Errorf("%d on their way, a wait of %v; want at most %d, %v", most, late, tt.most, tt.late)
				}
				if f.busy != 0 || len(f.waiting) != 0 {
					t.Errorf("%d on their way and %d waiting when all was over", f.busy, len(f.waiting))
				}
			})
		})
	}
}

// Who stops waiting leaves no gap.
func TestFlightGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := NewFlight()
		leave, _ := f.Enter(t.Context())
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := f.Enter(ctx); err == nil {
			t.Error("two on their way where there is room for one")
		}
		leave()
		if leave, err := f.Enter(t.Context()); err != nil {
			t.Error(err)
		} else {
			leave()
		}
		if f.busy != 0 || len(f.waiting) != 0 {
			t.Errorf("%d on their way, %d waiting", f.busy, len(f.waiting))
		}
	})
}
