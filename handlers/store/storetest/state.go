// Package storetest says how state is kept, whatever it is kept in: its tests
// run on every [store.Engine] and on the [store.State] in it. It is linked into
// no program.
package storetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/store"
)

// State checks that s, which is empty and goes by c, behaves as a Store should.
func State(t *testing.T, s *store.State, c *Clock) {
	t.Helper()
	for _, test := range []struct {
		name string
		run  func(*testing.T, *store.State, *Clock)
	}{
		{"settings", settings},
		{"subscriptions", subscriptions},
		{"entries expire", entriesExpire},
		{"blocked", blocked},
		{"handled", handled},
		{"handled in bounds", handledInBounds},
		{"kept", kept},
		{"concurrent", concurrent},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, s, c) })
	}
}

func settings(t *testing.T, s *store.State, c *Clock) {
	for _, id := range []string{"telegram:7", "telegram:-7", ""} {
		if got := must(s.Settings(id))(t); got != (handlers.Settings{}) {
			t.Errorf("Settings(%q) of a stranger = %v, want none", id, got)
		}
	}
	ok(t, s.SaveSettings("telegram:7", handlers.Settings{Lang: chat.Hant}))
	if got := must(s.Settings("telegram:7"))(t); got.Lang != chat.Hant {
		t.Errorf("Settings = %v, want Hant", got)
	}
}

func subscriptions(t *testing.T, s *store.State, c *Clock) {
	want := []handlers.Subscription{
		{Chat: chat.Chat{ID: "telegram:-5", Kind: chat.Group}, Since: c.Now().UTC()},
		{Chat: chat.Chat{ID: "telegram:3"}, Lang: chat.English, Topics: []string{"教育", "交通"}, Since: c.Now().UTC()},
	}
	ok(t, s.Subscribe(handlers.Subscription{Chat: chat.Chat{ID: "telegram:3"}}))
	for _, w := range slices.Backward(want) {
		ok(t, s.Subscribe(w))
	}
	if diff := cmp.Diff(want, must(s.Subscriptions())(t)); diff != "" {
		t.Errorf("Subscriptions (-want +got):\n%s", diff)
	}
	got, found, err := s.Subscription("telegram:3")
	if ok(t, err); !found || len(got.Topics) != 2 {
		t.Errorf("Subscription(3) = %v, %v", got, found)
	}
	ok(t, s.Unsubscribe("telegram:3"))
	ok(t, s.Unsubscribe("telegram:3"))
	if _, found, _ := s.Subscription("telegram:3"); found {
		t.Error("Subscription(3) after Unsubscribe is there")
	}
}

func entriesExpire(t *testing.T, s *store.State, c *Clock) {
	ok(t, s.Put("a", []byte("one"), c.Now().Add(time.Hour)))
	ok(t, s.Put("a", []byte("two"), c.Now().Add(time.Hour)))
	ok(t, s.Put("b", nil, c.Now().Add(3*time.Hour)))
	if got, found, err := s.Lookup("a"); err != nil || !found || string(got) != "two" {
		t.Errorf("Lookup(a) = %q, %v, %v; want two", got, found, err)
	}
	c.Advance(time.Hour)
	if _, found, _ := s.Lookup("a"); found {
		t.Error("Lookup(a) after an hour is there")
	}
	if _, found, _ := s.Lookup("b"); !found {
		t.Error("Lookup(b) is not there")
	}
	if _, found, _ := s.Lookup("never"); found {
		t.Error("Lookup(never) is there")
	}
	ok(t, s.Put("c", []byte("long"), c.Now().Add(10*time.Hour)))
	c.Advance(9 * time.Hour)
	ok(t, s.Put("c", []byte("long"), c.Now().Add(10*time.Hour)))
	c.Advance(9 * time.Hour)
	if _, found, _ := s.Lookup("c"); !found {
		t.Error("Lookup(c), put again in time, is not there")
	}
}

func blocked(t *testing.T, s *store.State, c *Clock) {
	ok(t, s.SetBlocked("-9", true))
	if !must(s.Blocked("-9"))(t) || must(s.Blocked("9"))(t) {
		t.Error("Blocked: want -9 alone")
	}
	ok(t, s.SetBlocked("-9", false))
	if must(s.Blocked("-9"))(t) {
		t.Error("Blocked(-9) stays")
	}
}

func handled(t *testing.T, s *store.State, c *Clock) {
	if s.Handled("100") {
		t.Error("Handled(100) before Mark")
	}
	ok(t, s.Mark("100"))
	if !s.Handled("100") || s.Handled("101") {
		t.Error("Handled: want 100 alone")
	}
	c.Advance(50 * time.Hour)
	ok(t, s.Mark("101"))
	if s.Handled("100") || !s.Handled("101") {
		t.Error("Handled two days later: want 101 alone")
	}
}

func handledInBounds(t *testing.T, s *store.State, c *Clock) {
	// At once, for a store on disk that syncs each of them takes its time.
	var wg sync.WaitGroup
	mark := func(from int64) {
		for i := range int64(100) {
			wg.Go(func() {
				for k := range int64(store.MaxMarks / 100) {
					ok(t, s.Mark(fmt.Sprint(from+i*store.MaxMarks/100+k)))
				}
			})
		}
		wg.Wait()
		c.Advance(time.Second)
	}
	mark(1_000_000)
	mark(2_000_000)
	mark(3_000_000)
	if s.Handled("1000000") || !s.Handled("3000000") || !s.Handled(fmt.Sprint(3_000_000+store.MaxMarks-1)) {
		t.Error("Handled: want the last ones, and not those long before them")
	}
}

func kept(t *testing.T, s *store.State, c *Clock) {
	if kept := must(s.Kept())(t); len(kept) != 0 {
		t.Errorf("Kept = %v before Keep", kept)
	}
	ok(t, s.Keep("7", []byte("one")))
	ok(t, s.Keep("x", []byte("two")))
	ok(t, s.KeepAll([]string{"7", "9"}, [][]byte{[]byte("three"), []byte("four")}))
	ok(t, s.Drop("9"))
	c.Advance(50 * time.Hour) // nothing that is still to be done is forgotten
	ok(t, s.Mark("102"))
	want := map[string][]byte{"7": []byte("three"), "x": []byte("two")}
	if diff := cmp.Diff(want, must(s.Kept())(t)); diff != "" {
		t.Errorf("Kept (-want +got):\n%s", diff)
	}
	ok(t, s.Drop("7"))
	ok(t, s.Drop("8"))
	if kept := must(s.Kept())(t); len(kept) != 1 {
		t.Errorf("Kept = %v after Drop", kept)
	}
}

func concurrent(t *testing.T, s *store.State, c *Clock) {
	var wg sync.WaitGroup
	for i := range int64(8) {
		wg.Go(func() {
			ok(t, s.SaveSettings(fmt.Sprint(i), handlers.Settings{Lang: chat.English}))
			ok(t, s.Put("x", []byte("y"), c.Now().Add(time.Hour)))
			ok(t, s.Mark(fmt.Sprint(1000+i)))
			s.Handled(fmt.Sprint(1000 + i))
		})
	}
	wg.Wait()
	for i := range int64(8) {
		if !s.Handled(fmt.Sprint(1000 + i)) {
			t.Errorf("Handled(%d) is lost", 1000+i)
		}
	}
}
