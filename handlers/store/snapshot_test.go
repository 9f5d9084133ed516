package store

import (
	"errors"
	"fmt"
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

// A snapshot has what is worth going back to: of the handled updates the last,
// of the entries those that no button needs; and of a folder without versions
// the state alone. A week of them is kept.
func TestSnapshotKeeps(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 3, 1, 3, 0, 0, 0, time.UTC)
	b := must(Open(filepath.Join(dir, "state.db"), func() time.Time { return now }))(t)
	defer b.Close()
	const marks = lastMarks + 20
	for i := range marks {
		now = now.Add(time.Second)
		ok(t, b.Mark(fmt.Sprintf("%03d", marks-i))) // the last first by their ids
	}
	for _, id := range []string{"s:button", "v:vote", "t:talk", "told:1"} {
		ok(t, b.Put(id, []byte("x"), now.Add(30*24*time.Hour)))
	}
	s := Snapshots{DataDir: dir}
	if days := must(s.Days())(t); days != nil {
		t.Errorf("Days = %v, want none", days)
	}
	for i := range 9 {
		ok(t, s.Take(b, now.AddDate(0, 0, i)))
	}
	ok(t, os.Mkdir(filepath.Join(dir, "snapshots", "notes"), 0o700))
	days := must(s.Days())(t)
	if len(days) != 7 || days[0] != "2026-03-09" || days[6] != "2026-03-03" {
		t.Errorf("Days = %v, want the newest seven", days)
	}
	for _, day := range []string{"notes", "2026-03-01", "../snapshots/2026-03-09"} {
		if _, err := s.Restore(day, false); err == nil {
			t.Errorf("%s is restored", day)
		}
	}
	copied := must(Open(filepath.Join(dir, "snapshots", days[0], "state.db"), func() time.Time { return now }))(t)
	defer copied.Close()
	for id, want := range map[string]bool{fmt.Sprintf("%03d", 1): true, fmt.Sprintf("%03d", lastMarks): true, fmt.Sprintf("%03d", lastMarks+1): false, fmt.Sprintf("%03d", marks): false} {
		if got := copied.Handled(id); got != want {
			t.Errorf("Handled(%s) = %v, want %v", id, got, want)
		}
	}
	for id, want := range map[string]bool{"s:button": false, "v:vote": false, "t:talk": false, "told:1": true} {
		if _, got, err := copied.Lookup(id); got != want || err != nil {
			t.Errorf("Lookup(%s) = %v, %v, want %v", id, got, err, want)
		}
	}
}
