package store

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jinwen/handlers"
	"jinwen/handlers/chat"
)

// conform checks that s, which must be empty, behaves as a Store should.
// advance moves the clock that s was made with.
func conform(t *testing.T, s handlers.Store, now func() time.Time, advance func(time.Duration)) {
	t.Helper()
	t.Run("settings", func(t *testing.T) {
		for _, id := range []string{"telegram:7", "telegram:-7", ""} {
			if got := must(s.Settings(id))(t); got != (handlers.Settings{}) {
				t.Errorf("Settings(%q) of a stranger = %v, want none", id, got)
			}
		}
		ok(t, s.SaveSettings("telegram:7", handlers.Settings{Lang: chat.Hant}))
		if got := must(s.Settings("telegram:7"))(t); got.Lang != chat.Hant {
			t.Errorf("Settings = %v, want Hant", got)
		}
	})
	t.Run("subscriptions", func(t *testing.T) {
		want := []handlers.Subscription{
			{Chat: chat.Chat{ID: "telegram:-5", Kind: chat.Group}, Since: now().UTC()},
			{Chat: chat.Chat{ID: "telegram:3"}, Lang: chat.English, Topics: []string{"教育", "交通"}, Since: now().UTC()},
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
	})
	t.Run("entries expire", func(t *testing.T) {
		ok(t, s.Put("a", []byte("one"), now().Add(time.Hour)))
		ok(t, s.Put("a", []byte("two"), now().Add(time.Hour)))
		ok(t, s.Put("b", nil, now().Add(3*time.Hour)))
		if got, found, err := s.Lookup("a"); err != nil || !found || string(got) != "two" {
			t.Errorf("Lookup(a) = %q, %v, %v; want two", got, found, err)
		}
		advance(time.Hour)
		if _, found, _ := s.Lookup("a"); found {
			t.Error("Lookup(a) after an hour is there")
		}
		if _, found, _ := s.Lookup("b"); !found {
			t.Error("Lookup(b) is not there")
		}
		if _, found, _ := s.Lookup("never"); found {
			t.Error("Lookup(never) is there")
		}
		ok(t, s.Put("c", []byte("long"), now().Add(10*time.Hour)))
		advance(9 * time.Hour)
		ok(t, s.Put("c", []byte("long"), now().Add(10*time.Hour)))
		advance(9 * time.Hour)
		if _, found, _ := s.Lookup("c"); !found {
			t.Error("Lookup(c), put again in time, is not there")
		}
	})
	t.Run("blocked", func(t *testing.T) {
		ok(t, s.SetBlocked("-9", true))
		if !must(s.Blocked("-9"))(t) || must(s.Blocked("9"))(t) {
			t.Error("Blocked: want -9 alone")
		}
		ok(t, s.SetBlocked("-9", false))
		if must(s.Blocked("-9"))(t) {
			t.Error("Blocked(-9) stays")
		}
	})
	t.Run("handled", func(t *testing.T) {
		if s.Handled("100") {
			t.Error("Handled(100) before Mark")
		}
		ok(t, s.Mark("100"))
		if !s.Handled("100") || s.Handled("101") {
			t.Error("Handled: want 100 alone")
		}
		advance(50 * time.Hour)
		ok(t, s.Mark("101"))
		if s.Handled("100") || !s.Handled("101") {
			t.Error("Handled two days later: want 101 alone")
		}
	})
	t.Run("handled in bounds", func(t *testing.T) {
		// At once, for a store on disk that syncs each of them takes its time.
		var wg sync.WaitGroup
		mark := func(from int64) {
			for i := range int64(100) {
				wg.Go(func() {
					for k := range int64(maxMarks / 100) {
						ok(t, s.Mark(fmt.Sprint(from+i*maxMarks/100+k)))
					}
				})
			}
			wg.Wait()
			advance(time.Second)
		}
		mark(1_000_000)
		mark(2_000_000)
		mark(3_000_000)
		if s.Handled("1000000") || !s.Handled("3000000") || !s.Handled(fmt.Sprint(3_000_000+maxMarks-1)) {
			t.Error("Handled: want the last ones, and not those long before them")
		}
	})
	t.Run("kept", func(t *testing.T) {
		if kept := must(s.Kept())(t); len(kept) != 0 {
			t.Errorf("Kept = %v before Keep", kept)
		}
		ok(t, s.Keep("7", []byte("one")))
		ok(t, s.Keep("x", []byte("two")))
		ok(t, s.Keep("7", []byte("three")))
		advance(50 * time.Hour) // nothing that is still to be done is forgotten
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
	})
	t.Run("concurrent", func(t *testing.T) {
		var wg sync.WaitGroup
		for i := range int64(8) {
			wg.Go(func() {
				ok(t, s.SaveSettings(fmt.Sprint(i), handlers.Settings{Lang: chat.English}))
				ok(t, s.Put("x", []byte("y"), now().Add(time.Hour)))
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
	})
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		ok(t, err)
		return v
	}
}
