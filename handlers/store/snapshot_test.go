package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jinwen/handlers"
	"jinwen/handlers/chat"
)

func TestSnapshots(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		ok(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700))
		ok(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	write("versions/journal.jsonl", "one\n")
	write("versions/texts/a.txt", "text")
	write("versions/parsed/a.gob", "made again")
	state := filepath.Join(dir, "state.db")
	b := must(Open(state, nil))(t)
	ok(t, b.SaveSettings("telegram:1", handlers.Settings{Lang: chat.English}))
	s := Snapshots{DataDir: dir, Keep: 2}
	first := time.Date(2026, 3, 1, 3, 0, 0, 0, time.UTC)
	ok(t, s.Take(b, first))
	ok(t, b.SaveSettings("telegram:1", handlers.Settings{Lang: chat.Hant}))
	ok(t, s.Take(b, first)) // of a day the first counts
	for i := 1; i < 3; i++ {
		ok(t, s.Take(b, first.AddDate(0, 0, i)))
	}
	if days := must(s.Days())(t); !slices.Equal(days, []string{"2026-03-03", "2026-03-02"}) {
		t.Errorf("Days = %v, want the newest two", days)
	}
	if _, err := s.Restore("2026-03-02", true); !errors.Is(err, ErrLocked) {
		t.Errorf("Restore under a running bot = %v, want ErrLocked", err)
	}
	ok(t, b.SaveSettings("telegram:1", handlers.Settings{Lang: chat.Hans}))
	ok(t, b.Close())

	// The state is damaged, a text is gone, the journal is junk.
	ok(t, os.WriteFile(state, []byte("junk"), 0o600))
	ok(t, os.Remove(filepath.Join(dir, "versions/texts/a.txt")))
	write("versions/journal.jsonl", "junk")
	if _, err := Open(state, nil); err == nil {
		t.Fatal("junk opens")
	}
	r, err := s.Restore("2026-03-02", true)
	if err != nil {
		t.Fatal(err)
	}
	if r.Aside != state+".bad-1" || !slices.Equal(r.Texts, []string{"texts/a.txt"}) {
		t.Errorf("Restore = %+v", r)
	}
	for name, want := range map[string]string{
		"state.db.bad-1": "junk", "versions/journal.jsonl.bad-1": "junk", "versions/journal.jsonl": "one\n", "versions/texts/a.txt": "text",
	} {
		if got := must(os.ReadFile(filepath.Join(dir, name)))(t); string(got) != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	b = must(Open(state, nil))(t)
	defer b.Close()
	if got := must(b.Settings("telegram:1"))(t); got.Lang != chat.Hant {
		t.Errorf("settings = %v, want those of the snapshot", got)
	}
	if _, err := s.Restore("2026-02-30", false); err == nil {
		t.Error("a day without a snapshot is restored")
	}
}
