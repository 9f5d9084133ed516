package dispatch

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

// A worker notes what it is given and does it when it is let go.
type worker struct {
	mu   sync.Mutex
	got  []string
	done chan struct{}
}

func (w *worker) process(j Job[string]) {
	w.mu.Lock()
	if j.Flood {
		j.Work += " (flood)"
	}
	w.got = append(w.got, j.Work)
	w.mu.Unlock()
	<-w.done
}

// seen is what was begun so far, sorted.
func (w *worker) seen() string {
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	out := slices.Clone(w.got)
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// TestDispatcherLanes: of a lane one job is done at a time, in order; lanes do
// not wait for each other.
func TestDispatcherLanes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &worker{done: make(chan struct{})}
		d := New(10, 10, w.process)
		for _, s := range []string{"a1", "a2", "b1", "a3"} {
			if ok, err := d.Add(t.Context(), Job[string]{Work: s, Lane: s[:1], User: s}); !ok || err != nil {
				t.Fatalf("Add(%s) = %v, %v", s, ok, err)
			}
		}
		if got := w.seen(); got != "a1, b1" {
			t.Errorf("begun: %s, want the first of each lane", got)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if d.Wait(ended) {
			t.Error("Wait says that all is done")
		}
		close(w.done)
		if !d.Wait(t.Context()) {
			t.Error("Wait gave up")
		}
		a := slices.DeleteFunc(slices.Clone(w.got), func(s string) bool { return s[0] != 'a' })
		if d := cmp.Diff([]string{"a1", "a2", "a3"}, a); d != "" || len(w.got) != 4 {
			t.Errorf("lane a of %v (-want +got):\n%s", w.got, d)
		}
	})
}

// TestDispatcherFlood: a person's share, the one message beyond it that is told
// so, and those that are turned away; others are let in, and so is the person
// once nothing of theirs is in hand.
func TestDispatcherFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &worker{done: make(chan struct{})}
		d := New(5, 2, w.process)
		add := func(s string) bool {
			t.Helper()
			ok, err := d.Add(t.Context(), Job[string]{Work: s, Lane: s, User: s[:1]})
			if err != nil {
				t.Fatalf("Add(%s): %v", s, err)
			}
			return ok
		}
		for _, x := range []struct {
			work string
			in   bool
		}{{"a1", true}, {"a2", true}, {"a3", true}, {"a4", false}, {"a5", false}, {"b1", true}, {"a6", false}, {"b2", true}} {
			if got := add(x.work); got != x.in {
				t.Errorf("Add(%s) = %v, want %v", x.work, got, x.in)
			}
		}
		if got, want := w.seen(), "a1, a2, a3 (flood), b1, b2"; got != want {
			t.Errorf("begun: %s, want %s", got, want)
		}
		// There is room for five, those that were turned away take none of it.
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if ok, err := d.Add(ctx, Job[string]{Work: "c", Lane: "c", User: "c"}); ok || !errors.Is(err, context.Canceled) {
			t.Errorf("a sixth = %v, %v", ok, err)
		}
		w.done <- struct{}{}
		synctest.Wait()
		if !add("c1") {
			t.Error("no room after one has ended")
		}
		close(w.done)
		d.Wait(t.Context())
		for _, s := range []string{"a7", "a8"} {
			if !add(s) {
				t.Errorf("%s is turned away after all has ended", s)
			}
		}
		d.Wait(t.Context())
		if got := w.seen(); strings.Contains(got, "a7 (flood)") || strings.Contains(got, "a8 (flood)") {
			t.Errorf("begun: %s, want no flood after all has ended", got)
		}
	})
}

// TestRecent: the oldest goes when there are too many; a known one keeps its age.
func TestRecent(t *testing.T) {
	r := NewRecent[string, int](3)
	for i, k := range []string{"a", "b", "c"} {
		if !r.Put(k, i) {
			t.Errorf("%s is not new", k)
		}
	}
	if r.Put("a", 10) {
		t.Error("a is new again")
	}
	r.Set("b", 11)
	r.Set("x", 12)
	want := func(all map[string]int) {
		t.Helper()
		got := map[string]int{}
		for _, k := range []string{"a", "b", "c", "d", "e", "f", "g", "x"} {
			if v, ok := r.Get(k); ok {
				got[k] = v
			}
		}
		if d := cmp.Diff(all, got); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	}
	want(map[string]int{"a": 10, "b": 11, "c": 2})
	r.Put("d", 13)
	want(map[string]int{"b": 11, "c": 2, "d": 13})
	r.Put("e", 14)
	r.Put("f", 15)
	r.Put("g", 16)
	want(map[string]int{"e": 14, "f": 15, "g": 16})
}

// TestMemorySeen: the last ids are remembered, ten thousand if nobody says how many.
func TestMemorySeen(t *testing.T) {
	for n, most := range map[int]int{1: 1, 2: 2, 0: 10_000, -1: 10_000} {
		s := NewMemorySeen(n)
		for i := range most + 1 {
			s.Mark(string(rune(i)))
		}
		if s.Handled(string(rune(0))) || !s.Handled(string(rune(1))) || !s.Handled(string(rune(most))) {
			t.Errorf("NewMemorySeen(%d) does not remember the last %d", n, most)
		}
	}
}
