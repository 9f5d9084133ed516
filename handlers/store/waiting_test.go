package store_test

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/store"
	"jinwen/handlers/store/storetest"
)

// flaky is an engine that is away when it is told to be.
type flaky struct {
	store.Engine
	err atomic.Pointer[error]
}

func (f *flaky) fail(err error) {
	if err == nil {
		f.err.Store(nil)
		return
	}
	f.err.Store(&err)
}

func (f *flaky) View(g func(store.Tx) error) error {
	if err := f.err.Load(); err != nil {
		return *err
	}
	return f.Engine.View(g)
}

func (f *flaky) Update(g func(store.Tx) error) error {
	if err := f.err.Load(); err != nil {
		return *err
	}
	return f.Engine.Update(g)
}

func newFlaky() *flaky { return &flaky{Engine: store.NewMemory(nil).Engine()} }

func TestWaitingConforms(t *testing.T) {
	storetest.Engine(t, store.NewWaiting(newFlaky()))
	c := storetest.NewClock()
	storetest.State(t, store.New(store.NewWaiting(newFlaky()), c.Now), c)
}

func TestWaiting(t *testing.T) {
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	f := newFlaky()
	w := store.NewWaiting(f)
	s, under := store.New(w, nil), store.New(f.Engine, nil)
	check(s.SaveSettings("telegram:1", handlers.Settings{Lang: chat.Hant}))
	check(s.Mark("before"))
	if set, err := s.Settings("telegram:1"); err != nil || set.Lang != chat.Hant {
		t.Fatal(set, err)
	}
	f.fail(store.ErrAway)

	// What the program notes for itself waits, and is read as if it were kept.
	check(s.Mark("meanwhile"))
	check(s.Keep("kept", []byte("x")))
	check(s.Put("s:1", []byte("button"), time.Now().Add(time.Hour)))
	check(s.SetBlocked("telegram:5", true))
	if !s.Handled("meanwhile") {
		t.Error("a mark that waits is not read")
	}
	if data, ok, err := s.Lookup("s:1"); string(data) != "button" || !ok || err != nil {
		t.Errorf("Lookup of what waits = %q, %v, %v", data, ok, err)
	}
	// What was read before still is.
	if set, err := s.Settings("telegram:1"); err != nil || set.Lang != chat.Hant {
		t.Errorf("Settings = %v, %v", set, err)
	}
	// What a person chose is refused, and what nobody knows is not guessed.
	if err := s.SaveSettings("telegram:1", handlers.Settings{}); !errors.Is(err, store.ErrAway) {
		t.Errorf("SaveSettings = %v, want ErrAway", err)
	}
	if _, _, err := s.Lookup("s:2"); !errors.Is(err, store.ErrAway) {
		t.Errorf("Lookup of what is not known = %v, want ErrAway", err)
	}
	if _, err := s.Subscriptions(); !errors.Is(err, store.ErrAway) {
		t.Errorf("Subscriptions = %v, want ErrAway", err)
	}
	if err := w.Flush(); !errors.Is(err, store.ErrAway) {
		t.Errorf("Flush = %v, want ErrAway", err)
	}

	f.fail(nil)
	check(s.SetBlocked("telegram:5", false)) // later than what waits
	check(w.Flush())
	if n, refused := w.Waits(); n != 0 || refused != 0 {
		t.Errorf("%d wait, %d refused", n, refused)
	}
	if !under.Handled("meanwhile") || !under.Handled("before") {
		t.Error("a mark is lost")
	}
	if kept, err := under.Kept(); err != nil || len(kept) != 1 {
		t.Errorf("Kept = %v, %v", kept, err)
	}
	if blocked, err := under.Blocked("telegram:5"); blocked || err != nil {
		t.Error("what waited is made after what came later")
	}
}

// More than the bound is refused, and nothing that waits is lost by it.
func TestWaitingBound(t *testing.T) {
	f := newFlaky()
	w := store.NewWaiting(f)
	s := store.New(w, nil)
	f.fail(store.ErrAway)
	refused := 0
	for i := range 60_000 {
		if s.Mark(fmt.Sprint(i)) != nil {
			refused++
		}
	}
	if n, lost := w.Waits(); n != 50_000 || refused != 10_000 || lost != refused {
		t.Errorf("%d wait, %d and %d refused", n, refused, lost)
	}
	f.fail(nil)
	if err := w.Flush(); err != nil {
		t.Error(err)
	}
	if !s.Handled("0") || !s.Handled("49999") || s.Handled("50000") {
		t.Error("want the first 50,000")
	}
}

// What a process that has lost its lease had waiting is dropped, all of it: else
// the rest would be made when that process holds the lease again.
func TestWaitingStale(t *testing.T) {
	f := newFlaky()
	w := store.NewWaiting(f)
	s := store.New(w, nil)
	f.fail(store.ErrAway)
	const marks = 1200 // more than are made at once
	for i := range marks {
		if err := s.Mark(fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Keep("kept", []byte("x")); err != nil { // of another bucket
		t.Fatal(err)
	}
	stale := errors.New("stale")
	f.fail(stale)
	if err := w.Flush(); !errors.Is(err, stale) {
		t.Errorf("Flush = %v", err)
	}
	if n, refused := w.Waits(); n != 0 || refused != marks+1 {
		t.Errorf("%d wait, %d lost; want 0, %d", n, refused, marks+1)
	}
	f.fail(nil)
	if err := w.Flush(); err != nil || s.Handled("1") || s.Handled(fmt.Sprint(marks-1)) {
		t.Errorf("made after all; Flush = %v", err)
	}
}
