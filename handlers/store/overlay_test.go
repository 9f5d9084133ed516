package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jinwen/handlers/store"
	"jinwen/handlers/store/storetest"
)

// A Scan over changes that are not kept yet gives each key once, in order, as
// it will be, and nothing else.
func TestOverlay(t *testing.T) {
	full := errors.New("full")
	for _, c := range []struct {
		name          string
		kept          string // keys that are kept, in order
		changes       map[string][]byte
		prefix, after string
		most          int   // keys that are wanted
		fails         error // of the function, after those
		want          string
	}{
		{"no changes", "a b c", nil, "", "", 9, nil, "a=kept b=kept c=kept"},
		{"changed", "a b c", map[string][]byte{"b": []byte("new")}, "", "", 9, nil, "a=kept b=new c=kept"},
		{"deleted", "a b c", map[string][]byte{"a": nil, "c": nil}, "", "", 9, nil, "b=kept"},
		{"added before, between and behind", "b d", map[string][]byte{"a": []byte("1"), "c": []byte("2"), "e": []byte("3")}, "", "", 9, nil, "a=1 b=kept c=2 d=kept e=3"},
		{"added and deleted again", "b", map[string][]byte{"a": nil, "c": nil}, "", "", 9, nil, "b=kept"},
		{"nothing kept", "", map[string][]byte{"b": []byte("2"), "a": []byte("1")}, "", "", 9, nil, "a=1 b=2"},
		{"of a prefix", "pa pc", map[string][]byte{"pb": []byte("1"), "q": []byte("2"), "o": []byte("3")}, "p", "", 9, nil, "pa=kept pb=1 pc=kept"},
		{"after a key", "c d", map[string][]byte{"a": []byte("1"), "b": []byte("2"), "bb": []byte("3"), "e": []byte("4")}, "", "b", 9, nil, "bb=3 c=kept d=kept e=4"},
		{"stopped", "a c", map[string][]byte{"b": []byte("1"), "d": []byte("2")}, "", "", 2, store.ErrStop, "a=kept b=1"},
		{"stopped behind the last kept", "a", map[string][]byte{"b": []byte("1"), "c": []byte("2")}, "", "", 2, store.ErrStop, "a=kept b=1"},
		{"failed at a change", "b", map[string][]byte{"a": []byte("1")}, "", "", 1, full, "a=1"},
		{"failed at what is kept", "a c", map[string][]byte{"b": []byte("1"), "d": []byte("2")}, "", "", 1, full, "a=kept"},
	} {
		var got []string
		err := store.Overlay(c.changes, c.prefix, c.after, func(k string, v []byte) error {
			if got = append(got, k+"="+string(v)); len(got) == c.most {
				return c.fails
			}
			return nil
		}, func(f func(string, []byte) error) error {
			for _, k := range strings.Fields(c.kept) {
				if err := f(k, []byte("kept")); err != nil {
					if errors.Is(err, store.ErrStop) {
						return nil // as an engine does
					}
					return err
				}
			}
			return nil
		})
		if strings.Join(got, " ") != c.want || (err != nil) != (c.fails == full) || err != nil && !errors.Is(err, full) {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

// A later change of a transaction takes the place of what waits, what was read
// is told while the engine is away, and a scan is not guessed.
func TestWaitingReads(t *testing.T) {
	f := newFlaky()
	w := store.NewWaiting(f)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	get := func(bucket, key string) string {
		t.Helper()
		got := "?"
		err := w.View(func(tx store.Tx) error {
			v, err := tx.Get(bucket, key)
			if err == nil {
				got = string(v)
			}
			return err
		})
		if err != nil && !errors.Is(err, store.ErrAway) {
			t.Errorf("Get(%s, %s): %v", bucket, key, err)
		}
		return got
	}
	put := func(bucket, key, value string) error {
		return w.Update(func(tx store.Tx) error { return tx.Put(bucket, key, []byte(value)) })
	}
	for _, bucket := range []string{"entries", "settings", store.BucketHandled, "kept"} {
		must(put(bucket, "a", "1"))
		get(bucket, "a")
	}
	must(put("entries", "big", strings.Repeat("x", 4<<10+1)))
	must(put("entries", "fits", strings.Repeat("x", 4<<10)))
	get("entries", "big")
	get("entries", "fits")
	f.fail(store.ErrAway)
	for _, c := range []struct{ bucket, key, want string }{
		{"entries", "a", "1"}, {"settings", "a", "1"}, {store.BucketHandled, "a", "?"}, {"kept", "a", "?"}, {"entries", "big", "?"}, {"entries", "fits", strings.Repeat("x", 4<<10)}, {"entries", "never", "?"},
	} {
		if got := get(c.bucket, c.key); got != c.want {
			t.Errorf("while away %s of %s = %.9q, want %.9q", c.key, c.bucket, got, c.want)
		}
	}
	must(put("entries", "b", "2"))
	must(put("entries", "b", "3"))
	must(w.Update(func(tx store.Tx) error { return tx.Delete("entries", "a") }))
	if n, _ := w.Waits(); n != 2 {
		t.Errorf("%d wait, want 2", n)
	}
	if a, b := get("entries", "a"), get("entries", "b"); a != "" || b != "3" {
		t.Errorf("while they wait a = %q, b = %q; want none and 3", a, b)
	}
	if err := w.View(func(tx store.Tx) error { return tx.Scan("entries", "", "", func(string, []byte) error { return nil }) }); !errors.Is(err, store.ErrAway) {
		t.Errorf("Scan while away = %v, want ErrAway", err)
	}
	if err := w.View(func(tx store.Tx) error { return tx.Put("entries", "c", nil) }); err == nil {
		t.Error("a View changes something")
	}
	refuses := errors.New("no")
	if err := w.Update(func(tx store.Tx) error { tx.Put("entries", "c", []byte("4")); return refuses }); err == nil || get("entries", "c") != "?" {
		t.Errorf("a change that was broken off waits; Update = %v", err)
	}

	f.fail(nil)
	must(put("entries", "b", "5")) // made at once, and in the place of what waits
	if n, _ := w.Waits(); n != 1 {
		t.Errorf("%d wait, want 1", n)
	}
	var got []string
	must(w.View(func(tx store.Tx) error {
		return tx.Scan("entries", "", "", func(k string, v []byte) error { got = append(got, fmt.Sprint(k, len(v))); return nil })
	}))
	if diff := cmp.Diff([]string{"b1", "big4097", "fits4096"}, got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	must(w.Flush())
	if n, refused := w.Waits(); n != 0 || refused != 0 {
		t.Errorf("%d wait, %d refused", n, refused)
	}
	if a, b := get("entries", "a"), get("entries", "b"); a != "" || b != "5" {
		t.Errorf("afterwards a = %q, b = %q; want none and 5", a, b)
	}
}

// Entries go when their time is over, and before it those of buttons that
// expire first, if there are too many; others never do.
func TestEntriesSwept(t *testing.T) {
	c := storetest.NewClock()
	s := store.New(store.NewMemory(nil).Engine(), c.Now)
	put := func(id string, size int, life time.Duration) {
		t.Helper()
		if err := s.Put(id, make([]byte, size), c.Now().Add(life)); err != nil {
			t.Fatal(err)
		}
	}
	there := func() string {
		var keys []string
		if err := s.Engine().View(func(tx store.Tx) error {
			return tx.Scan("entries", "", "", func(k string, _ []byte) error { keys = append(keys, k); return nil })
		}); err != nil {
			t.Fatal(err)
		}
		return strings.Join(keys, " ")
	}
	s.SetEntries(4000) // 3,600 are left when it is swept; an entry has 8 bytes more and its id
	put("kept", 9000, time.Hour)
	put("s:b", 989, 3*time.Hour)
	put("s:a", 989, 2*time.Hour)
	put("v:c", 989, 4*time.Hour)
	if got, want := there(), "kept s:a s:b v:c"; got != want {
		t.Errorf("%s are there, want %s", got, want)
	}
	put("t:d", 589, 5*time.Hour) // 3,600 in all: just room
	if got, want := there(), "kept s:a s:b t:d v:c"; got != want || s.Dropped() != 0 {
		t.Errorf("%s are there, %d dropped, want %s", got, s.Dropped(), want)
	}
	put("t:e", 390, 6*time.Hour)
	if got, want := there(), "kept s:b t:d t:e v:c"; got != want || s.Dropped() != 1 {
		t.Errorf("%s are there, %d dropped, want %s and 1", got, s.Dropped(), want)
	}
	c.Advance(time.Hour)
	if _, ok, _ := s.Lookup("kept"); ok {
		t.Error("an entry is found at the end of its time")
	}
	c.Advance(2*time.Hour - 1)
	if _, ok, _ := s.Lookup("s:b"); !ok {
		t.Error("an entry is not found before the end of its time")
	}
	c.Advance(1)
	put("s:f", 1, time.Hour)
	if got, want := there(), "s:f t:d t:e v:c"; got != want || s.Dropped() != 1 {
		t.Errorf("%s are there, %d dropped, want %s and 1", got, s.Dropped(), want)
	}
}

// counting counts the updates of an engine.
type counting struct {
	store.Engine
	n int
}

func (c *counting) Update(f func(store.Tx) error) error { c.n++; return c.Engine.Update(f) }

// An entry that is put again costs a write only once half of its life is over,
// or if it says something else or shall live shorter.
func TestPutAgain(t *testing.T) {
	c := storetest.NewClock()
	e := &counting{Engine: store.NewMemory(nil).Engine()}
	s := store.New(e, c.Now)
	put := func(data string, life time.Duration, writes bool) {
		t.Helper()
		before := e.n
		if err := s.Put("x", []byte(data), c.Now().Add(life)); err != nil {
			t.Fatal(err)
		}
		if (e.n > before) != writes {
			t.Errorf("%s for %v: writes %v, want %v", data, life, e.n > before, writes)
		}
	}
	put("a", 10*time.Minute, true)
	put("b", 10*time.Minute, true) // the first two sweep as well
	put("b", 10*time.Minute, false)
	c.Advance(5*time.Minute - 1)
	put("b", 10*time.Minute, false)
	c.Advance(1)
	put("b", 10*time.Minute, true)
	put("b", 9*time.Minute, true)
	put("c", 9*time.Minute, true)
	if got, ok, err := s.Lookup("x"); string(got) != "c" || !ok || err != nil {
		t.Errorf("Lookup = %q, %v, %v", got, ok, err)
	}
	for id, fails := range map[string]bool{"": true, strings.Repeat("x", 1000): false, strings.Repeat("x", 1001): true} {
		if err := s.Put(id, nil, c.Now().Add(time.Hour)); (err != nil) != fails {
			t.Errorf("Put of an id of %d bytes: %v", len(id), err)
		}
	}
}

// leased is an engine whose writes carry an epoch; those of another than the
// present one are refused.
type leased struct {
	*flaky
	epoch int64
}

var errStale = errors.New("stale")

func (l *leased) Epoch() int64 { return l.epoch }

func (l *leased) At(epoch int64) store.Engine { return &leasedAt{l, epoch} }

type leasedAt struct {
	*leased
	at int64
}

func (l *leasedAt) Update(f func(store.Tx) error) error {
	if l.at != l.epoch {
		return errStale
	}
	return l.leased.Update(f)
}

// What waits is made at the epoch at which it came, and is nobody's once that
// is over: neither read nor made.
func TestWaitingEpochs(t *testing.T) {
	f := &leased{newFlaky(), 1}
	w := store.NewWaiting(f)
	s := store.New(w, nil)
	f.fail(store.ErrAway)
	for i := range 5 {
		if err := s.Mark(fmt.Sprint("one", i)); err != nil {
			t.Fatal(err)
		}
	}
	if !s.Handled("one0") {
		t.Error("what waits is not read at its epoch")
	}
	f.epoch = 2
	for i := range 3 {
		if err := s.Mark(fmt.Sprint("two", i)); err != nil {
			t.Fatal(err)
		}
	}
	if s.Handled("one0") || !s.Handled("two0") {
		t.Error("want what waits of the second epoch alone to be read")
	}
	f.fail(nil)
	if s.Handled("one0") || !s.Handled("two0") {
		t.Error("want the same once the engine is back")
	}
	if err := w.Flush(); !errors.Is(err, errStale) {
		t.Errorf("Flush = %v, want what became of the first epoch", err)
	}
	if n, refused := w.Waits(); n != 0 || refused != 5 {
		t.Errorf("%d wait, %d refused; want 0, 5", n, refused)
	}
	under := store.New(f.flaky.Engine, nil)
	for id, want := range map[string]bool{"one0": false, "one4": false, "two0": true, "two2": true} {
		if got := under.Handled(id); got != want {
			t.Errorf("Handled(%s) = %v, want %v", id, got, want)
		}
	}
}

// The last marks are remembered, whatever their ids: the more the more room
// there is, and a thousand at least.
func TestMarksSwept(t *testing.T) {
	c := storetest.NewClock()
	s := store.New(store.NewMemory(nil).Engine(), c.Now)
	s.SetEntries(1000)                                              // little room
	id := func(n int) string { return fmt.Sprintf("%04d", 9999-n) } // the last first
	const marks = 2000
	for n := range marks {
		c.Advance(time.Millisecond)
		if err := s.Mark(id(n)); err != nil {
			t.Fatal(err)
		}
	}
	for n, want := range map[int]bool{marks - 1: true, marks - 1000: true, marks - 1501: false, 0: false} {
		if got := s.Handled(id(n)); got != want {
			t.Errorf("mark %d of %d is remembered: %v, want %v", n+1, marks, got, want)
		}
	}
}
