package base

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jinwen/bot/config"
	"jinwen/bot/dispatch"
	"jinwen/handlers/store"
)

// engine is one that may be away.
type engine struct {
	store.Engine
	err error
}

func (e *engine) View(f func(store.Tx) error) error {
	if e.err != nil {
		return e.err
	}
	return e.Engine.View(f)
}

func (e *engine) Update(f func(store.Tx) error) error {
	if e.err != nil {
		return e.err
	}
	return e.Engine.Update(f)
}

// A folder and a database that machines share keep dead letters alike.
func TestLetters(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	a := &App{Cfg: config.Config{DataDir: t.TempDir()}, Now: func() time.Time { return now }}
	b := &App{Cfg: config.Config{DataDir: t.TempDir()}, Now: a.Now}
	alone := &App{Cfg: config.Config{DataDir: t.TempDir()}, Now: a.Now}
	shared := &engine{Engine: store.NewMemory(nil).Engine()}
	stale := &engine{Engine: shared, err: errors.New("lease is another's")}
	for _, tt := range []struct {
		name       string
		one, other dispatch.Letters
	}{
		{"folder", alone.letters(), alone.letters()},
		{"shared", a.ShareLetters(shared, shared), b.ShareLetters(shared, shared)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := func(aside, wanted string) {
				t.Helper()
				for _, d := range []dispatch.Letters{tt.one, tt.other} {
					if got := ids(t)(d.List()); got != aside {
						t.Errorf("set aside: %q, want %q", got, aside)
					}
					if got := ids(t)(d.Wanted()); got != wanted {
						t.Errorf("wanted: %q, want %q", got, wanted)
					}
				}
			}
			check := func(err error) {
				t.Helper()
				if err != nil {
					t.Error(err)
				}
			}
			for i := range 3 {
				check(tt.one.Put(letter(fmt.Sprint("telegram:", 9-i), now.Add(time.Duration(i)*time.Second))))
			}
			want("telegram:9 telegram:8 telegram:7", "")
			check(tt.other.Retry("telegram:8"))
			if err := tt.one.Retry("telegram:8"); !errors.Is(err, dispatch.ErrNoLetter) {
				t.Errorf("Retry of what is tried = %v, want ErrNoLetter", err)
			}
			if err := tt.one.Retry("telegram:1"); !errors.Is(err, dispatch.ErrNoLetter) {
				t.Errorf("Retry of nothing = %v, want ErrNoLetter", err)
			}
			want("telegram:9 telegram:7", "telegram:8")
			check(tt.one.Over("telegram:9")) // is not being tried
			check(tt.one.Over("telegram:8"))
			check(tt.one.Over("telegram:8"))
			want("telegram:9 telegram:7", "")
			check(tt.one.Retry("telegram:9"))
			check(tt.one.Put(letter("telegram:9", now.Add(time.Minute)))) // set aside again
			want("telegram:7 telegram:9", "")
			now = now.Add(dispatch.DeadLife + 30*time.Second)
			check(tt.one.Put(letter("telegram:5", now)))
			want("telegram:9 telegram:5", "")
		})
	}

	// What is set aside while the database is away is not lost.
	shared.err = store.ErrAway
	d := a.ShareLetters(shared, shared)
	if err := d.Put(letter("telegram:4", now.Add(time.Second))); err != nil {
		t.Error(err)
	}
	if _, err := d.List(); !errors.Is(err, store.ErrAway) {
		t.Errorf("List while the database is away = %v, want ErrAway", err)
	}
	shared.err = nil
	if got := ids(t)(d.List()); got != "telegram:9 telegram:5 telegram:4" {
		t.Errorf("set aside after that: %q", got)
	}
	if got := ids(t)(a.letters().List()); got != "" {
		t.Errorf("still in the folder: %q", got)
	}
	// A process that has lost its lease sets nothing aside.
	if err := a.ShareLetters(shared, stale).Put(letter("telegram:3", now)); !errors.Is(err, stale.err) {
		t.Errorf("Put of a stale process = %v", err)
	}
	// There are so many at most.
	for i := range dispatch.MaxDead + 10 {
		if err := d.Put(letter(fmt.Sprint("telegram:", 10_000+i), now.Add(time.Duration(i)*time.Millisecond))); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := d.List(); len(all) != dispatch.MaxDead || err != nil || all[len(all)-1].ID != fmt.Sprint("telegram:", 10_000+dispatch.MaxDead+9) {
		t.Errorf("%d letters, %v; want %d, the last among them", len(all), err, dispatch.MaxDead)
	}
}

func letter(id string, at time.Time) dispatch.DeadLetter {
	return dispatch.DeadLetter{ID: id, Time: at, Kind: "text", Reason: dispatch.ReasonLate, Tries: 3, Update: json.RawMessage(`{"update_id":1}`)}
}

// ids are those of letters, one after the other.
func ids(t *testing.T) func([]dispatch.DeadLetter, error) string {
	return func(list []dispatch.DeadLetter, err error) string {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
		var all []string
		for _, l := range list {
			all = append(all, l.ID)
		}
		return strings.Join(all, " ")
	}
}
