package version

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever is wrong with a journal, the next write destroys nothing of it and
// no text; only the torn end of a write that did not finish is cut off.
func TestDamagedJournalIsSetAside(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, Options{})
	a, b := imported(t, s, 1, at("7", 1)), imported(t, s, 2, at("7", 2))
	for _, id := range []string{a, b} {
		if _, err := s.Activate(id, at("7", 3)); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := os.ReadFile(s.journal())
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(whole), "\n"), "\n")
	last := lines[len(lines)-1]
	texts, _ := s.kept()

	for _, c := range []struct {
		name    string
		journal string
		aside   bool // set aside before the next write
		warned  bool // of damage
		lost    bool // which version was active
	}{
		{"whole", string(whole), false, false, false},
		{"half of the last line", string(whole[:len(whole)-len(last)/2]), false, false, false},
		{"two letters of the next line", string(whole) + `{"`, false, false, false},
		{"zeros after a power failure", string(whole) + "\x00\x00\x00", false, false, false},
		{"wrong sum in the last line", strings.Replace(string(whole), last[len(last)-4:], `00"}`, 1), true, true, false},
		{"the last line twice", string(whole) + last + "\n", true, true, false},
		{"garbage after the last line", string(whole) + "rubbish", true, true, false},
		{"garbage lines and half a line", string(whole) + "rubbish\n" + last[:20], true, true, false},
		{"a line in the middle changed", strings.Replace(string(whole), "report-2", "report-3", 1), false, true, false},
		{"nothing but garbage", "rubbish\nrubbish\n", true, true, true},
		{"nothing but the beginning of a line", last[:20], true, true, true},
		{"empty", "", true, true, true},
		{"missing", "-", true, true, true},
		{"imports only, then garbage", lines[0] + "rubbish\n", true, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(s.dir)); err != nil {
				t.Fatal(err)
			}
			damaged := filepath.Join(dir, "journal.jsonl")
			var err error
			if c.journal == "-" {
				c.journal, err = "", os.Remove(damaged)
			} else {
				err = os.WriteFile(damaged, []byte(c.journal), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			s := open(t, dir, Options{})
			check := func(when string) {
				t.Helper()
				n := 0
				for _, w := range s.Warnings() {
					if w.Damage {
						n++
					}
					if w.What == "" || w.Mend == "" {
						t.Errorf("%s: warning %+v", when, w)
					}
				}
				if (n > 0) != c.warned {
					t.Errorf("%s: warnings %+v, want some: %v", when, s.Warnings(), c.warned)
				}
				if err := s.Lost(); errors.Is(err, ErrJournal) != c.lost {
					t.Errorf("%s: Lost = %v, want %v", when, err, c.lost)
				}
			}
			check("opened")
			records := s.Audit()
			if _, _, err := importText(s, "r.txt", text(9), at("9", 9)); err != nil {
				t.Fatal(err)
			}
			check("after a change")
			aside, err := os.ReadFile(filepath.Join(dir, "journal.bad-1"))
			if (err == nil) != c.aside || c.aside && string(aside) != c.journal {
				t.Errorf("set aside: %q, %v, want %v", aside, err, c.aside)
			}
			s = open(t, dir, Options{})
			if got := s.Audit(); len(got) != len(records)+1 || len(records) > 0 && !cmp.Equal(got[:len(records)], records) {
				t.Errorf("records after one more: %v, want %v and it", got, records)
			}
			for _, id := range texts {
				if _, err := os.Stat(s.path(id)); err != nil && c.warned {
					t.Errorf("a text was deleted: %v", err)
				}
			}
			// Activating what was imported says anew which one it is.
			if _, err := s.Activate(s.Versions()[1].ID, at("9", 10)); err != nil && !errors.Is(err, ErrActive) {
				t.Fatal(err)
			}
			if err := s.Lost(); err != nil {
				t.Errorf("Lost after activating = %v", err)
			}
		})
	}
}

// A second journal that is damaged does not take the place of the first.
func TestDamagedTwice(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	for n := range 3 {
		imported(t, s, n+1, at("7", n))
		if err := os.WriteFile(s.journal(), fmt.Appendf(nil, "rubbish %d\n", n), 0o600); err != nil {
			t.Fatal(err)
		}
		s = open(t, s.dir, Options{})
	}
	bad, err := s.bad()
	for n, f := range bad {
		if data, err := os.ReadFile(f); string(data) != fmt.Sprintf("rubbish %d\n", n) {
			t.Errorf("%s: %q, %v", f, data, err)
		}
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v, want 0600", f, info.Mode(), err)
		}
	}
	if len(bad) != 2 || err != nil {
		t.Errorf("%d journals set aside, %v, want 2", len(bad), err)
	}
}

// The very first import, broken off before its line is written, is no damage.
func TestFirstImportBrokenOff(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	r, _ := zero()
	err := s.mutate(at("7", 1), func(*change) error {
		if err := s.save(r); err != nil {
			return err
		}
		return errors.New("killed")
	})
	if err == nil {
		t.Fatal("mutate did not fail")
	}
	for _, empty := range []bool{false, true} {
		if empty {
			os.WriteFile(s.journal(), nil, 0o600)
		}
		s = open(t, s.dir, Options{})
		if w := s.Warnings(); len(w) != 1 || w[0].Damage {
			t.Errorf("warnings %+v, want one of a text left over", w)
		}
		if err := s.Lost(); err != nil {
			t.Errorf("Lost = %v", err)
		}
	}
	imported(t, s, 1, at("7", 2))
	if kept, _ := s.kept(); len(s.Warnings()) > 0 || len(kept) != 1 {
		t.Errorf("after the next import: warnings %+v, texts %v", s.Warnings(), kept)
	}
	// From now on a journal that is gone is one that was lost.
	os.Remove(s.journal())
	if err := open(t, s.dir, Options{}).Lost(); !errors.Is(err, ErrJournal) {
		t.Errorf("Lost without a journal = %v", err)
	}
}

// Texts that are missing or changed are told of before they are needed.
func TestWarningsOfTexts(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	a, b := imported(t, s, 1, at("7", 1)), imported(t, s, 2, at("7", 2))
	if w := s.Warnings(); len(w) > 0 {
		t.Errorf("warnings %+v, want none", w)
	}
	os.WriteFile(s.path(a), []byte("别的"), 0o600)
	os.Remove(s.path(b))
	var got []string
	for _, w := range s.Warnings() {
		if w.Damage {
			got = append(got, w.What)
		}
	}
	want := []string{"texts/" + b + ".txt: is missing", "texts/" + a + ".txt: its content is not what it was"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("warnings (-want +got):\n%s", d)
	}
}

// The name of a folder is no pattern.
func TestDamageInAnyFolder(t *testing.T) {
	for _, name := range []string{"a[b", "a[b]", "[^a]"} {
		s := open(t, filepath.Join(t.TempDir(), name), Options{})
		a, b := imported(t, s, 1, at("7", 1)), imported(t, s, 2, at("7", 2))
		if err := os.WriteFile(s.journal(), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		s = open(t, s.dir, Options{})
		if err := s.Lost(); !errors.Is(err, ErrJournal) {
			t.Errorf("%s: Lost = %v", name, err)
		}
		// The second import finds what the first one set aside.
		for n := range 2 {
			imported(t, s, 3+n, at("7", 3+n))
			if bad, err := s.bad(); len(bad) != 1 || err != nil {
				t.Errorf("%s: set aside: %v, %v, want one", name, bad, err)
			}
			for _, id := range []string{a, b} {
				if _, err := os.Stat(s.path(id)); err != nil {
					t.Errorf("%s: import %d deleted a text: %v", name, n+1, err)
				}
			}
		}
	}
}

// A folder that cannot be read may hold anything; one that is not there holds
// nothing.
func TestDamageOfFolders(t *testing.T) {
	for _, tt := range []struct {
		name string
		file bool // in the place of the folder
	}{{"no folder", false}, {"a file", true}} {
		s := open(t, t.TempDir(), Options{})
		if err := os.Remove(s.texts()); err != nil {
			t.Fatal(err)
		}
		if tt.file {
			if err := os.WriteFile(s.texts(), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Lost(); errors.Is(err, ErrJournal) != tt.file {
			t.Errorf("%s: Lost = %v", tt.name, err)
		}
		if w := s.Warnings(); len(w) > 0 != tt.file || tt.file && !w[0].Damage {
			t.Errorf("%s: warnings %+v", tt.name, w)
		}
		// Likewise for journals set aside: texts stay while they are not known.
		dir := s.dir
		s.dir = s.texts()
		if bad, err := s.bad(); len(bad) > 0 || (err != nil) != tt.file {
			t.Errorf("%s: bad = %v, %v", tt.name, bad, err)
		}
		s.dir = dir
	}
}
