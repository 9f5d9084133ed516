package postgres_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/handlers/store/pgtest"
	"jinwen/handlers/store/postgres"
)

// A machine has a connection and a folder of its own.
type machine struct {
	db       *postgres.DB
	dir      string
	versions *version.Store
}

func newMachine(t testing.TB, url, dir string) *machine {
	t.Helper()
	m := &machine{db: open(t, url, quick), dir: dir}
	m.reopen(t)
	return m
}

func (m *machine) reopen(t testing.TB) {
	t.Helper()
	var err error
	m.versions, err = version.Open(m.dir, version.Options{Keep: 3, Embedded: report, Shared: m.db.Journal()})
	if err != nil {
		t.Fatal(err)
	}
}

// report returns what ships with the program here.
func report() (*corpus.Report, error) { return text(0) }

// text is one of many small reports.
func text(n int) (*corpus.Report, error) {
	return extract.Parse("青溪.txt", fmt.Appendf(nil, "青溪市政府工作报告\n2024年\n一、今年工作\n新建公园%d个。改造老旧小区%d个，增加学位%d个。\n", n+1, n+2, n+3))
}

func (m *machine) activate(t testing.TB, n int) string {
	t.Helper()
	r, err := text(n)
	if err != nil {
		t.Fatal(err)
	}
	by := version.By{Who: "7", When: time.Now()}
	_, _, err = m.versions.Keep(version.Item{Name: "青溪.txt", Report: r}, by)
	if err == nil {
		_, err = m.versions.Activate(r.ID, by)
	}
	ok(t, err)
	return r.ID
}

func TestJournal(t *testing.T) {
	s := pgtest.New(t)
	url := s.URL()
	a, b := newMachine(t, url, t.TempDir()), newMachine(t, url, t.TempDir())

	t.Run("active everywhere", func(t *testing.T) {
		heard := make(chan time.Time, 100)
		ctx := t.Context()
		watching := make(chan error, 1)
		go func() { watching <- b.versions.Watch(ctx, func(version.Record) { heard <- time.Now() }) }()
		time.Sleep(100 * time.Millisecond) // until it listens
		var slowest time.Duration
		for n := range 8 {
			began := time.Now()
			id := a.activate(t, n+1)
			at := <-heard
			slowest = max(slowest, at.Sub(began))
			if got := b.versions.Active().ID; got != id {
				t.Fatalf("%s is active on the other machine, want %s", got, id)
			}
			if _, err := b.versions.Report(id); err != nil {
				t.Error(err)
			}
		}
		t.Logf("active on the other machine after %v at most", slowest)
		if slowest > 20*time.Second {
			t.Error("too slow")
		}
	})
	t.Run("same trail", func(t *testing.T) {
		ok(t, a.versions.Pull())
		ok(t, b.versions.Pull())
		x, _ := os.ReadFile(filepath.Join(a.dir, "journal.jsonl"))
		y, _ := os.ReadFile(filepath.Join(b.dir, "journal.jsonl"))
		if string(x) != string(y) || len(x) == 0 {
			t.Errorf("two machines have two journals:\n%s\n%s", x, y)
		}
		if n := s.SQL(url, "SELECT count(*) FROM jinwen_text"); n != "3" {
			t.Errorf("%s texts are kept, want 3", n)
		}
	})
	t.Run("both at once", func(t *testing.T) {
		var wg sync.WaitGroup
		for i, m := range []*machine{a, b} {
			wg.Go(func() {
				for n := range 5 {
					ok(t, m.versions.Note(version.Reindexed, fmt.Sprint(i, n), version.By{Who: fmt.Sprint(i), When: time.Now()}))
				}
			})
		}
		wg.Wait()
		ok(t, a.versions.Pull())
		ok(t, b.versions.Pull())
		count := func(m *machine) (n int) {
			for _, r := range m.versions.Audit() {
				if r.Action == version.Reindexed {
					n++
				}
			}
			return n
		}
		if count(a) != 10 || count(b) != 10 {
			t.Errorf("%d and %d of 10 notes", count(a), count(b))
		}
	})
	t.Run("a new machine", func(t *testing.T) {
		c := newMachine(t, url, t.TempDir())
		if got, want := c.versions.Active().ID, a.versions.Active().ID; got != want {
			t.Errorf("active is %s, want %s", got, want)
		}
		for _, v := range c.versions.Versions() {
			_, err := c.versions.Report(v.ID)
			ok(t, err)
		}
		if w := c.versions.Warnings(); len(w) > 0 {
			t.Errorf("warnings of a new folder: %v", w)
		}
	})
	t.Run("away", func(t *testing.T) {
		active := b.versions.Active().ID
		s.Stop()
		r, _ := text(50)
		_, _, err := b.versions.Keep(version.Item{Name: "x", Report: r}, version.By{Who: "7"})
		if !errors.Is(err, version.ErrAway) {
			t.Errorf("Keep = %v, want ErrAway", err)
		}
		// It starts from what it knew last.
		b.reopen(t)
		if _, err := b.versions.Report(active); err != nil || b.versions.Active().ID != active {
			t.Errorf("active %s, %v, want %s", b.versions.Active().ID, err, active)
		}
		if !slices.ContainsFunc(b.versions.Warnings(), func(w version.Warning) bool { return strings.Contains(w.What, "not reached") }) {
			t.Errorf("warnings %v do not tell of it", b.versions.Warnings())
		}
		s.Start()
		for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
			if _, _, err = b.versions.Keep(version.Item{Name: "x", Report: r}, version.By{Who: "7"}); err == nil {
				break
			}
			if time.Now().After(end) {
				t.Fatal(err)
			}
		}
		for a.versions.Pull() != nil {
			time.Sleep(20 * time.Millisecond)
		}
		if _, err := a.versions.Report(r.ID); err != nil {
			t.Error(err)
		}
	})
	t.Run("damaged folder", func(t *testing.T) {
		want := len(a.versions.Audit())
		name := filepath.Join(b.dir, "journal.jsonl")
		data, _ := os.ReadFile(name)
		ok(t, os.WriteFile(name, append(data[:len(data)/2], "\x00garbage"...), 0o600))
		b.reopen(t)
		if got := len(b.versions.Audit()); got != want {
			t.Errorf("%d records, want %d", got, want)
		}
		ok(t, os.Remove(name))
		b.reopen(t)
		if got := len(b.versions.Audit()); got != want {
			t.Errorf("%d records without a journal, want %d", got, want)
		}
	})
}

// A folder with a history brings it along where there is none yet, and is
// refused where there is another.
func TestJournalHistory(t *testing.T) {
	s := pgtest.New(t)
	url := s.URL()
	alone := func(n int) string {
		dir := t.TempDir()
		v, err := version.Open(dir, version.Options{Embedded: report})
		if err != nil {
			t.Fatal(err)
		}
		(&machine{versions: v}).activate(t, n)
		return dir
	}
	first, second := alone(1), alone(2)
	a := newMachine(t, url, first)
	b := newMachine(t, url, t.TempDir())
	if x, y := a.versions.Active().ID, b.versions.Active().ID; x != y {
		t.Errorf("%s and %s are active", x, y)
	}
	if _, err := b.versions.Report(b.versions.Active().ID); err != nil {
		t.Error(err)
	}
	_, err := version.Open(second, version.Options{Embedded: report, Shared: a.db.Journal()})
	if !errors.Is(err, version.ErrDiverged) || !strings.Contains(err.Error(), "move it away") {
		t.Errorf("Open = %v, want ErrDiverged and what to do", err)
	}
}
