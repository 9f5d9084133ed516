package version

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrJournal says that the journal was damaged and names no active version any
// more: which one was is not known.
var ErrJournal = errors.New("the journal is damaged and does not say which version is active")

// A Warning is something in the folder that is not as the store left it.
type Warning struct {
	What   string // "journal.jsonl: …", lower case
	Mend   string // what to do about it
	Damage bool   // something is lost, or will be; false of what a crash may leave
}

// young is the content of the file lock from before the first text is saved until
// the first line is written: texts without a journal are no damage then.
const young = "new"

// lineStart begins every line that appendRecord writes.
var lineStart = []byte(`{"seq":`)

// damagedTail returns the number of lines in tail, what follows the last line that
// counts, that are not what a write that did not finish leaves: the beginning
// of a line, or room without content.
func damagedTail(tail []byte) int {
	if len(bytes.Trim(tail, "\x00\n")) == 0 {
		return 0
	}
	n := bytes.Count(tail, []byte("\n"))
	last := tail[bytes.LastIndexByte(tail, '\n')+1:]
	if k := min(len(last), len(lineStart)); !bytes.Equal(last[:k], lineStart[:k]) {
		n++
	}
	return n
}

// damage says what is wrong with the journal that the next write would
// destroy; "" if nothing is. s.mu is held.
func (s *Store) damage() string {
	switch {
	case s.tail > 0:
		return fmt.Sprintf("%d damaged lines at its end", s.tail)
	case len(s.state.records) == 0 && !s.isNew():
		ids, err := s.kept()
		if err != nil {
			return fmt.Sprintf("no line in it, and whether texts are kept is not known: %v", err)
		}
		if len(ids) > 0 {
			return "no line in it although texts are kept"
		}
	}
	return ""
}

func (s *Store) isNew() bool {
	data, _ := os.ReadFile(s.lock())
	return string(data) == young
}

// kept returns the IDs of the texts on disk. An error means that there may be more.
func (s *Store) kept() ([]string, error) {
	var ids []string
	names, err := list(s.texts())
	for _, name := range names {
		if id, ok := strings.CutSuffix(name, ".txt"); ok && idForm.MatchString(id) {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// bad returns the journals that were set aside. An error means that there may be
// more.
func (s *Store) bad() ([]string, error) {
	var files []string
	names, err := list(s.dir)
	for _, name := range names {
		if strings.HasPrefix(name, "journal.bad-") {
			files = append(files, filepath.Join(s.dir, name))
		}
	}
	return files, err
}

// list returns the names in dir, in order; none if it is not there. Not Glob: in
// the path of a folder, [ and * are letters, and what cannot be read is not
// empty.
func list(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, err
}

// setAside copies the journal to a name that is free: the next write cuts off
// what does not count in it. The copy of a journal that is not there is empty;
// it says that there was one. The lock is held.
func (s *Store) setAside() error {
	data, err := os.ReadFile(s.journal())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("versions: %w", err)
	}
	var f *os.File
	for n := 1; ; n++ {
		f, err = os.OpenFile(filepath.Join(s.dir, fmt.Sprintf("journal.bad-%d", n)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if !errors.Is(err, os.ErrExist) {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("versions: damaged journal not set aside: %w", err)
	}
	_, err = io.Copy(f, bytes.NewReader(data))
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = syncDir(s.dir)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("versions: damaged journal not set aside: %w", err)
	}
	return nil
}

// Lost returns ErrJournal, with what to do, if damage to the journal took away
// which version is active. Active is the report that ships then, which may be
// of another place: nobody should be answered from it.
func (s *Store) Lost() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refresh()
	if s.state.active() != "" {
		return nil
	}
	if bad, err := s.bad(); s.damage() == "" && len(s.damaged) == 0 && len(bad) == 0 && err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w; restore it from a backup, or import the report again and activate it (jinwen import FILE --activate); to start anew, move the folder %s away", s.journal(), ErrJournal, s.dir)
}

// Warnings returns what is damaged in the folder or left over, worst first.
func (s *Store) Warnings() []Warning {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refresh()
	var out []Warning
	if s.behind != nil {
		out = append(out, Warning{s.behind.Error(), "nothing, if the database is being restarted: reports are answered from as they were; what is to change waits", false})
	}
	const restore = "restore it from a backup"
	if what := s.damage(); what != "" {
		out = append(out, Warning{"journal.jsonl: " + what, restore + "; the next change sets it aside as journal.bad-1 or the next number and goes on with the lines that are whole", true})
	}
	for _, n := range s.damaged {
		out = append(out, Warning{fmt.Sprintf("journal.jsonl: line %d is damaged", n), restore, true})
	}
	const unread = "let the user that runs Jinwen read it"
	bad, err := s.bad()
	if err != nil {
		out = append(out, Warning{fmt.Sprintf("%s: %v", s.dir, err), unread, true})
	}
	for _, f := range bad {
		out = append(out, Warning{filepath.Base(f) + ": a damaged journal that was set aside", "import again what is missing in jinwen versions, or restore journal.jsonl from a backup; then move it out of " + s.dir, true})
	}
	damaged := slices.ContainsFunc(out, func(w Warning) bool { return w.Damage })
	kept, err := s.kept()
	if err != nil {
		out = append(out, Warning{fmt.Sprintf("texts: %v", err), unread, true})
	}
	for id := range s.state.versions {
		if err == nil && !slices.Contains(kept, id) {
			out = append(out, Warning{"texts/" + id + ".txt: is missing", "import that report again", true})
		}
	}
	for _, id := range kept {
		data, err := os.ReadFile(s.path(id))
		sum := sha256.Sum256(data)
		switch {
		case err != nil:
			out = append(out, Warning{fmt.Sprintf("texts/%s.txt: %v", id, err), unread, true})
		case hex.EncodeToString(sum[:6]) != id:
			out = append(out, Warning{"texts/" + id + ".txt: its content is not what it was", "import that report again", s.state.versions[id] != nil})
		case s.state.versions[id] == nil && damaged:
			out = append(out, Warning{"texts/" + id + ".txt: no line of the journal names it", "import it again: jinwen import " + s.path(id), true})
		case s.state.versions[id] == nil:
			out = append(out, Warning{"texts/" + id + ".txt: no line of the journal names it", "nothing, if an import was broken off; the next change deletes it", false})
		}
	}
	return out
}
