package dispatch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

// TestDeadLetterAge: a letter goes after its life, to the minute.
func TestDeadLetterAge(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	d := OpenDeadLetters(t.TempDir(), func() time.Time { return now })
	for _, l := range []DeadLetter{{ID: "just too old", Time: now.Add(-DeadLife - time.Second)}, {ID: "just not", Time: now.Add(-DeadLife)}} {
		if err := d.Put(l); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := d.List(); err != nil || len(list) != 1 || list[0].ID != "just not" {
		t.Errorf("%v, %v", list, err)
	}
}

// TestDeadLetterFiles: other files in the folder are none, and stay; the name of
// a letter's file is its id, made harmless.
func TestDeadLetterFiles(t *testing.T) {
	dir := t.TempDir()
	d := OpenDeadLetters(dir, nil)
	for name, content := range map[string]string{
		"readme.txt": `{"id":"telegram:1","time":"2026-03-01T12:00:00Z"}`, "torn.json": `{"id":"telegram:2","ti`, "empty.json": "", "nobody.json": `{"time":"2026-03-01T12:00:00Z"}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	if list, err := d.List(); err != nil || len(list) != 0 {
		t.Errorf("List = %v, %v", list, err)
	}
	for id, name := range map[string]string{
		"telegram:5001": "telegram-5001.json", "azAZ09-_": "azAZ09-_.json", "wecom:津/..\\问": "wecom-------.json", "`{@[/:.": "-------.json", "": ".json",
	} {
		if got := d.path(id, false); got != filepath.Join(dir, name) {
			t.Errorf("path(%q) = %s, want %s", id, got, name)
		}
		if got := d.path(id, true); got != filepath.Join(dir, "retry", name) {
			t.Errorf("path(%q) to be retried = %s", id, got)
		}
	}
	if err := d.Over("telegram:9"); err != nil {
		t.Errorf("Over of what is not there = %v", err)
	}
	below := OpenDeadLetters(filepath.Join(dir, "readme.txt"), nil)
	if _, err := below.List(); err == nil {
		t.Error("a folder that is a file lists")
	}
	if below.Put(DeadLetter{ID: "x"}) == nil || below.Retry("x") == nil || below.Over("x") == nil || below.Move(nil) == nil {
		t.Error("a folder that is a file takes letters")
	}
}

// TestDeadLettersMove: all goes elsewhere, each with whether it is to be
// retried, up to the first that is not taken.
func TestDeadLettersMove(t *testing.T) {
	d := OpenDeadLetters(t.TempDir(), nil)
	for i := range 4 {
		if err := d.Put(DeadLetter{ID: fmt.Sprint("telegram:", i), Time: time.Now().Add(time.Duration(i) * time.Second)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Retry("telegram:3"); err != nil {
		t.Fatal(err)
	}
	var got []string
	put := func(l DeadLetter, wanted bool) error {
		if l.ID == "telegram:2" && len(got) == 2 {
			got = append(got, "refused")
			return errors.New("no room")
		}
		got = append(got, fmt.Sprint(l.ID, " ", wanted))
		return nil
	}
	if err := d.Move(put); err == nil || err.Error() != "no room" {
		t.Errorf("Move = %v, want the error of who takes them", err)
	}
	if err := d.Move(put); err != nil {
		t.Error(err)
	}
	if want := "[telegram:0 false telegram:1 false refused telegram:2 false telegram:3 true]"; fmt.Sprint(got) != want {
		t.Errorf("moved %v, want %s", got, want)
	}
	if list, err := d.List(); err != nil || len(list) != 0 {
		t.Errorf("%d are left, %v", len(list), err)
	}
	if list, err := d.Wanted(); err != nil || len(list) != 0 {
		t.Errorf("%d to be retried are left, %v", len(list), err)
	}
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
