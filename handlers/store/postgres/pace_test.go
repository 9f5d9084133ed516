package postgres_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"jinwen/handlers/store"
	"jinwen/handlers/store/pgtest"
	"jinwen/handlers/store/postgres"
)

// Places of a name are so far apart whoever takes them, a burst of them at once;
// those of another name are its own.
func TestPace(t *testing.T) {
	const every, burst = time.Hour, 3 // so that the time the test takes is nothing
	s := pgtest.New(t)
	url := s.URL()
	a, b := open(t, url, quick).Pace(), open(t, url, quick).Pace()
	near := func(d, want time.Duration) bool { return d <= want && d > want-every/2 }
	for i := range 6 {
		p := a
		if i%2 == 1 {
			p = b
		}
		wait, err := p.Take(t.Context(), "all", every, burst)
		ok(t, err)
		if want := time.Duration(max(0, i-burst+1)) * every; !near(wait, want) && wait != want {
			t.Errorf("place %d is in %v, want %v", i, wait, want)
		}
	}
	try := func(name string, want bool) {
		t.Helper()
		if got, err := b.Try(t.Context(), name, every, burst); got != want || err != nil {
			t.Errorf("Try(%q) = %v, %v, want %v", name, got, err, want)
		}
	}
	try("all", false)
	for i := range 4 {
		try("other", i < burst)
	}
	ok(t, a.Hold(t.Context(), "held", every, burst, 100*every))
	ok(t, a.Hold(t.Context(), "held", every, burst, every)) // is no less
	try("held", false)
	if wait, err := b.Take(t.Context(), "held", every, burst); !near(wait, 100*every) || err != nil {
		t.Errorf("place after a hold is in %v, %v, want %v", wait, err, 100*every)
	}
	lasting := open(t, url, postgres.Times{Lease: time.Hour})
	for i := range 3 { // three leases of two processes
		_, release, err := lasting.Lease(fmt.Sprint(i), fmt.Sprint("holder ", i/2)).Hold(t.Context())
		ok(t, err)
		defer release()
	}
	try("all", false)
	if n := b.Processes(); n != 2 {
		t.Errorf("%d processes, want 2", n)
	}
	s.SQL(url, "UPDATE jinwen_pace SET at = '-infinity'") // long ago
	for range 2000 {
		_, err := a.Take(t.Context(), "swept", time.Millisecond, 1000)
		ok(t, err)
	}
	if got := s.SQL(url, "SELECT count(*) FROM jinwen_pace"); got != "1" {
		t.Errorf("%s rows, want one", got)
	}
	s.Stop()
	if _, err := a.Take(t.Context(), "all", every, burst); !errors.Is(err, store.ErrAway) {
		t.Errorf("Take without a server = %v, want ErrAway", err)
	}
}
