package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jinwen/handlers/store"
	"jinwen/handlers/store/pgtest"
	"jinwen/handlers/store/postgres"
)

// work handles what comes until ctx ends; handle is called for each.
func work(ctx context.Context, q *postgres.Queue, handle func(lane, id string)) error {
	held, release, err := q.Lease().Hold(ctx)
	if err != nil {
		return err
	}
	defer release()
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		lanes, err := q.Take(held, 4)
		if err != nil {
			return err
		}
		for _, lane := range lanes {
			wg.Go(func() {
				var handled []string
				for {
					id, _, err := q.Next(lane, handled)
					if id == "" || err != nil {
						return
					}
					handle(lane, id)
					handled = []string{id}
				}
			})
		}
	}
}

// Three processes handle what three others put in: each once, those of a lane
// in order.
func TestQueue(t *testing.T) {
	s := pgtest.New(t)
	url := s.URL()
	const lanes, each = 20, 15
	var mu sync.Mutex
	got := make(map[string][]string)
	by := make(map[int]int)
	all := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var wg sync.WaitGroup
	for i := range 3 {
		db := open(t, url, quick)
		q, seen := db.Queue(fmt.Sprint("p", i)), store.New(db.Engine(), nil)
		wg.Go(func() {
			work(ctx, q, func(lane, id string) {
				if seen.Handled(id) {
					return // put in once more a moment after it was done
				}
				defer func() { ok(t, seen.Mark(id)) }()
				time.Sleep(time.Millisecond)
				mu.Lock()
				defer mu.Unlock()
				got[lane] = append(got[lane], id)
				by[i]++
				if n := by[0] + by[1] + by[2]; n == lanes*each {
					close(all)
				}
			})
		})
	}
	began := time.Now()
	for i := range 3 {
		db := open(t, url, quick)
		q := db.Queue(fmt.Sprint("adds", i))
		wg.Go(func() {
			for n := range each {
				for lane := range lanes {
					if (lane+n)%3 == i || n%5 == 0 { // some come twice
						_, err := q.Add(fmt.Sprintf("%d-%02d", lane, n), fmt.Sprint(lane), int64(n), []byte("x"), n%2 == 0)
						ok(t, err)
					}
				}
			}
		})
	}
	select {
	case <-all:
	case <-time.After(3 * time.Minute):
		t.Error("not all are handled")
	}
	t.Logf("%d in %v, by process: %v", lanes*each, time.Since(began).Round(time.Millisecond), by)
	time.Sleep(100 * time.Millisecond)
	cancel()
	wg.Wait()
	for lane, ids := range got {
		if len(ids) != each {
			t.Errorf("lane %s: %d handled, want %d", lane, len(ids), each)
		}
	}
	if n := s.SQL(url, "SELECT count(*) FROM jinwen_queue") + s.SQL(url, "SELECT count(*) FROM jinwen_lane"); n != "00" {
		t.Errorf("left in queue and lanes: %s", n)
	}
}

// What waits in a lane comes in order, and nobody else has the lane.
func TestQueueOrder(t *testing.T) {
	s := pgtest.New(t)
	url := s.URL()
	a, b := open(t, url, quick).Queue("a"), open(t, url, quick).Queue("b")
	for _, n := range []int64{3, 1, 2} {
		_, err := a.Add(fmt.Sprint(n), "lane", n, []byte{}, false)
		ok(t, err)
	}
	_, releaseA, err := a.Lease().Hold(t.Context())
	ok(t, err)
	_, releaseB, err := b.Lease().Hold(t.Context())
	ok(t, err)
	defer releaseB()
	lanes, err := a.Take(t.Context(), 1)
	if err != nil || !slices.Equal(lanes, []string{"lane"}) {
		t.Fatalf("Take = %v, %v", lanes, err)
	}
	short, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if lanes, err := b.Take(short, 1); err == nil {
		t.Errorf("a lane in hand is taken: %v", lanes)
	}
	next := func(q *postgres.Queue, handled, want string) {
		t.Helper()
		if id, _, err := q.Next("lane", strings.Fields(handled)); id != want || err != nil {
			t.Errorf("Next = %q, %v, want %q", id, err, want)
		}
	}
	next(a, "", "1")
	next(a, "1", "2")
	releaseA() // in the middle of the second
	if _, _, err := a.Next("lane", []string{"2"}); !errors.Is(err, postgres.ErrStale) {
		t.Errorf("Next without the lease = %v, want ErrStale", err)
	}
	if lanes, err = b.Take(t.Context(), 1); err != nil || len(lanes) != 1 {
		t.Fatalf("Take of what another gave up = %v, %v", lanes, err)
	}
	next(b, "", "2")
	next(b, "2", "3")
	next(b, "3", "")
	if taken, err := b.Add("4", "lane", 4, []byte{}, true); !taken || err != nil {
		t.Errorf("Add to a lane in nobody's hand takes it: %v, %v", taken, err)
	}
	if taken, err := b.Add("5", "lane", 5, []byte{}, true); taken || err != nil {
		t.Errorf("Add to a lane in hand takes it: %v, %v", taken, err)
	}
	next(b, "", "4")
	next(b, "4", "5")
	next(b, "5", "")
}

// A process that was stopped for longer than its lease loses its lanes, and
// what it writes when it wakes up changes nothing.
func TestQueueStale(t *testing.T) {
	s := pgtest.New(t)
	url := s.URL()
	sleepy := quick
	sleepy.Lease = 300 * time.Millisecond
	dbA := open(t, url, postgres.Times{Lease: time.Hour, Watch: quick.Watch}) // renews too late
	a, b := dbA.Queue("a"), open(t, url, sleepy).Queue("b")
	ok(t, store.New(dbA.Engine(), nil).Mark("done"))
	for _, id := range []string{"done", "1"} { // the first was handled before: it is not put in
		_, err := a.Add(id, "lane", 1, []byte{}, true) // without the lease it is not taken
		ok(t, err)
	}
	held, releaseA, err := a.Lease().Hold(t.Context())
	ok(t, err)
	defer releaseA()
	_, err = a.Take(t.Context(), 1)
	ok(t, err)
	if id, _, err := a.Next("lane", nil); id != "1" || err != nil {
		t.Fatalf("Next = %q, %v", id, err)
	}
	s.SQL(url, "UPDATE jinwen_lease SET until = clock_timestamp() WHERE holder = 'a'")
	_, releaseB, err := b.Lease().Hold(t.Context())
	ok(t, err)
	defer releaseB()
	if lanes, err := b.Take(t.Context(), 1); err != nil || len(lanes) != 1 {
		t.Fatalf("Take = %v, %v", lanes, err)
	}
	before := s.SQL(url, "SELECT id FROM jinwen_queue UNION ALL SELECT lane || holder FROM jinwen_lane")
	if _, _, err := a.Next("lane", []string{"1"}); !errors.Is(err, postgres.ErrStale) {
		t.Errorf("Next of a stale process = %v, want ErrStale", err)
	}
	if after := s.SQL(url, "SELECT id FROM jinwen_queue UNION ALL SELECT lane || holder FROM jinwen_lane"); after != before {
		t.Errorf("a stale process changed rows: %q, was %q", after, before)
	}
	if held.Err() != nil {
		t.Error("the stale process knew: nothing was shown")
	}
	// Of a process that has ended nothing is left, and its epoch never comes
	// again.
	const rows = "SELECT name, epoch FROM jinwen_lease WHERE holder = 'a'"
	if got := s.SQL(url, rows); got != "" {
		t.Errorf("the lease of a process that was put out is still there: %s", got)
	}
	again := open(t, url, quick).Queue("a")
	_, releaseAgain, err := again.Lease().Hold(t.Context())
	ok(t, err)
	defer releaseAgain()
	if _, _, err := a.Next("lane", []string{"1"}); !errors.Is(err, postgres.ErrStale) {
		t.Errorf("Next of a stale process whose name another has = %v, want ErrStale", err)
	}
}

// A lane takes no more than so many updates.
func TestQueueBound(t *testing.T) {
	url := pgtest.New(t).URL()
	q := open(t, url, quick).Queue("a")
	for i := range postgres.MaxLane + 10 {
		_, err := q.Add(fmt.Sprint(i), "lane", int64(i), []byte{}, false)
		ok(t, err)
	}
	_, err := q.Add("other", "other lane", 1, []byte{}, false)
	ok(t, err)
	if lanes, err := q.Lanes(10); len(lanes) != 2 || err != nil {
		t.Errorf("lanes %v, %v, want two", lanes, err)
	}
	if n, err := q.Waiting(); n != postgres.MaxLane+1 || err != nil {
		t.Errorf("%d updates wait, %v; want %d", n, err, postgres.MaxLane+1)
	}
}
