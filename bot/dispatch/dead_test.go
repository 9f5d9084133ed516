package dispatch

import (
	"errors"
	"fmt"
	"os"
	"testing"
	"time"
)

func TestDeadLetters(t *testing.T) {
	dir, now := t.TempDir(), time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	d := OpenDeadLetters(dir, func() time.Time { return now })
	ids := func(list []DeadLetter, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		s := ""
		for _, l := range list {
			s += l.ID + " "
		}
		return s
	}
	want := func(aside, retry string) {
		t.Helper()
		if got := ids(d.List()); got != aside {
			t.Errorf("set aside: %q, want %q", got, aside)
		}
		if got := ids(d.Wanted()); got != retry {
			t.Errorf("to be retried: %q, want %q", got, retry)
		}
	}
	want("", "")
	put := func(id string, at time.Time) {
		t.Helper()
		if err := d.Put(DeadLetter{ID: id, Time: at, Reason: ReasonCrash, Tries: 3, Update: []byte(`{"update_id":1}`)}); err != nil {
			t.Fatal(err)
		}
	}
	put("telegram:2", now)
	put("telegram:1", now.Add(-time.Hour))
	want("telegram:1 telegram:2 ", "")
	if err := d.Retry("telegram:2"); err != nil {
		t.Fatal(err)
	}
	want("telegram:1 ", "telegram:2 ")
	put("telegram:2", now) // set aside again
	want("telegram:1 telegram:2 ", "")
	d.Retry("telegram:2")
	if err := d.Over("telegram:2"); err != nil {
		t.Fatal(err)
	}
	want("telegram:1 ", "")
	if err := d.Retry("telegram:9"); !errors.Is(err, ErrNoLetter) {
		t.Errorf("Retry of what is not there = %v", err)
	}
	// A name from outside stays in the folder.
	put("../../x", now)
	want("telegram:1 ../../x ", "")
	info, err := os.Stat(d.path("telegram:1", false))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	now = now.Add(DeadLife + time.Minute)
	put("telegram:3", now)
	want("telegram:3 ", "")
}

func TestDeadLettersBound(t *testing.T) {
	d := OpenDeadLetters(t.TempDir(), nil)
	for i := range MaxDead + 1 {
		l := DeadLetter{ID: fmt.Sprint("telegram:", i), Time: time.Now().Add(time.Duration(i) * time.Second)}
		if i < MaxDead { // the same, without a sync and a look at all of them each
			if err := os.WriteFile(d.path(l.ID, false), []byte(fmt.Sprintf(`{"id":%q,"time":%q}`, l.ID, l.Time.Format(time.RFC3339))), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := d.Put(l); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := d.List(); err != nil || len(list) != MaxDead || list[0].ID != "telegram:1" {
		t.Errorf("%d letters from %s on, %v", len(list), list[0].ID, err)
	}
}
