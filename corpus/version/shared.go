package version

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Several machines share their versions through a journal that all of them
// write, Options.Shared. Each has its folder as before, which follows that
// journal: the same lines, and the texts that they name. So whoever reads asks
// nobody, and a machine that does not reach the journal, or starts meanwhile,
// goes on with what it knew last; only changes are refused then. The shared
// journal is the truth: a change is written there first, if nobody else has
// written since, and what a crash leaves undone in the folder is made up for by
// the next look.
//
// A folder that has a history of its own becomes that of all if the journal is
// empty; else it must be the beginning of the journal's.

// A Shared is a journal that several machines write. Its errors say that it is
// not reached just now, but for ErrBehind. Safe for concurrent use.
type Shared interface {
	// Lines are the lines after the sequence number, in order.
	Lines(after int64) ([]byte, error)
	// Append adds lines and the texts by ID that they name, and drops texts
	// that they drop, all or nothing. The error is ErrBehind if the last line
	// is not that of the sequence number after.
	Append(after int64, lines map[int64][]byte, texts map[string]string, dropped []string) error
	// Text is the text of a version; false if it is not there, or not any more.
	Text(id string) (string, bool, error)
	// Changed returns a channel that gets a value when there may be new lines.
	Changed() (told <-chan struct{}, stop func())
}

var (
	// ErrBehind says that another machine has changed something meanwhile.
	ErrBehind = errors.New("versions: another machine has changed something")
	// ErrAway says that the shared journal is not reached: nothing can be
	// changed until it is.
	ErrAway = errors.New("versions: the journal that is shared is not reached")
	// ErrDiverged says that the folder has a history of its own.
	ErrDiverged = errors.New("has another history than the journal that is shared")
)

// followPause is how often Watch looks at a shared journal by itself.
const followPause = time.Second

// maxTries is how often a change is tried when other machines are faster.
const maxTries = 20

// away is the error of a call of the shared journal.
func away(err error) error {
	if err == nil || errors.Is(err, ErrBehind) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrAway, err)
}

// Pull takes over what other machines have written. It does nothing without a
// shared journal.
func (s *Store) Pull() error {
	if s.shared == nil {
		return nil
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	for {
		again, err := s.pull()
		if !again || err != nil {
			return err
		}
	}
}

// pull is Pull, unless another process of this machine changes the folder
// meanwhile: then it is to be called again.
func (s *Store) pull() (again bool, err error) {
	s.mu.Lock()
	err = s.refresh()
	last := s.state.lastSeq()
	var mine Record
	if last > 0 {
		mine = s.state.records[len(s.state.records)-1]
	}
	s.mu.Unlock()
	if err != nil {
		return false, err
	}
	data, err := s.shared.Lines(max(0, last-1))
	if err != nil {
		return false, away(err)
	}
	records, size, _, _ := scan(data, max(0, last-1))
	data = data[:size]
	if last > 0 {
		switch {
		case len(records) > 0 && same(records[0], mine):
			records, data = records[1:], data[lineEnd(data):]
		case len(records) == 0 && last > 1:
			if all, err := s.shared.Lines(0); err != nil || len(all) > 0 {
				return false, s.diverged(err)
			}
			return false, s.adopt()
		case len(records) == 0:
			return false, s.adopt()
		default:
			return false, s.diverged(nil)
		}
	}
	if len(records) == 0 {
		return false, nil
	}
	texts, err := s.fetch(records)
	if err != nil {
		return false, err
	}
	return s.take(last, data, texts)
}

func (s *Store) diverged(err error) error {
	if err != nil {
		return away(err)
	}
	return fmt.Errorf("versions: %s %w: move it away, and it is filled again", s.dir, ErrDiverged)
}

// same reports whether two records with one number are one.
func same(a, b Record) bool {
	return a.Seq == b.Seq && a.Time.Equal(b.Time) && a.Who == b.Who && a.Action == b.Action && a.Version == b.Version
}

func lineEnd(data []byte) int {
	for i, c := range data {
		if c == '\n' {
			return i + 1
		}
	}
	return len(data)
}

// fetch returns the texts that the records name and that are not in the folder.
func (s *Store) fetch(records []Record) (map[string]string, error) {
	named := make(map[string]bool)
	for _, r := range records {
		switch r.Action {
		case Imported:
			named[r.Version] = true
		case Discarded, Pruned:
			delete(named, r.Version)
		}
	}
	texts := make(map[string]string)
	for id := range named {
		if _, err := os.Stat(s.path(id)); err == nil || !idForm.MatchString(id) {
			continue
		}
		text, ok, err := s.shared.Text(id)
		if err != nil {
			return nil, away(err)
		}
		if ok { // else a line that comes next drops it
			texts[id] = text
		}
	}
	return texts, nil
}

// take writes lines and texts of the shared journal into the folder, if its
// last line is that of the sequence number still.
func (s *Store) take(last int64, lines []byte, texts map[string]string) (again bool, err error) {
	lock, err := lockedfile.OpenFile(s.lock(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return false, fmt.Errorf("versions: %w", err)
	}
	defer lock.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return false, err
	}
	if s.state.lastSeq() != last {
		return true, nil
	}
	if s.file == nil {
		if _, err := lock.WriteAt([]byte(young), 0); err != nil {
			return false, fmt.Errorf("versions: %w", err)
		}
	}
	for id, text := range texts {
		if err := s.saveText(id, text); err != nil {
			return false, err
		}
	}
	err = syncDir(s.texts())
	if err == nil {
		err = s.writeLines(lines)
	}
	if err != nil {
		return false, err
	}
	lock.Truncate(0)
	if err := s.refresh(); err != nil {
		return false, err
	}
	s.sweep()
	select {
	case s.pulled <- struct{}{}:
	default:
	}
	return false, nil
}

// adopt makes the history of the folder that of the shared journal, which is
// empty.
func (s *Store) adopt() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.publish(0, s.state.records, &s.state); errors.Is(err, ErrBehind) {
		return s.diverged(nil)
	} else if err != nil {
		return err
	}
	return nil
}

// publish writes records to the shared journal, and the texts that they name
// and next keeps; records of texts that are missing go without. It does nothing
// without a shared journal. s.mu is held, but not while the journal is written,
// which may take long: readers go on.
func (s *Store) publish(after int64, records []Record, next *state) error {
	if s.shared == nil {
		return nil
	}
	lines, texts := make(map[int64][]byte), make(map[string]string)
	var dropped []string
	for _, r := range records {
		line, err := appendRecord(nil, r)
		if err != nil {
			return err
		}
		lines[r.Seq] = line
		if kept := next.versions[r.Version] != nil; r.Action == Imported && kept {
			data, err := os.ReadFile(s.path(r.Version))
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("version %s: %w", r.Version, err)
			}
			if err == nil {
				texts[r.Version] = string(data)
			}
		} else if !kept && (r.Action == Discarded || r.Action == Pruned) {
			dropped = append(dropped, r.Version)
		}
	}
	s.mu.Unlock()
	defer s.mu.Lock()
	return away(s.shared.Append(after, lines, texts, dropped))
}

// follow pulls until ctx ends. What it cannot pull it tries again.
func (s *Store) follow(ctx context.Context) {
	told, stop := s.shared.Changed()
	defer stop()
	tick := time.NewTicker(followPause)
	defer tick.Stop()
	for {
		err := s.Pull()
		s.mu.Lock()
		s.behind = err
		s.mu.Unlock()
		select {
		case <-ctx.Done():
			return
		case <-told:
		case <-tick.C:
		}
	}
}
