package dispatch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// MaxTries is at how many crashes and time-outs a message may have been in
// hand; then it is set aside.
const MaxTries = 3

// Reasons for which messages are set aside.
const (
	ReasonCrash  = "crash"   // the process ended MaxTries times while the message was handled
	ReasonLate   = "timeout" // handling it took too long MaxTries times
	ReasonUnsure = "unsure"  // its answer was on its way at MaxSends crashes: it may have arrived, or not
)

// A DeadLetter is a message that was set aside instead of handled.
type DeadLetter struct {
	ID     string          `json:"id"` // as package chat makes them: telegram:5001
	Time   time.Time       `json:"time"`
	Kind   string          `json:"kind"` // text, button, …
	Reason string          `json:"reason"`
	Tries  int             `json:"tries"`
	Update json.RawMessage `json:"update"` // as it came
}

// Letters are where messages are set aside. Safe for concurrent use.
type Letters interface {
	// Put sets a message aside.
	Put(l DeadLetter) error
	// List returns all that are set aside, Wanted those that are to be handled
	// once more, the oldest first.
	List() ([]DeadLetter, error)
	Wanted() ([]DeadLetter, error)
	// Retry has a message handled once more by a bot that runs, or the next that
	// is started; the error is ErrNoLetter if it is not set aside.
	Retry(id string) error
	// Over notes that a message that was to be handled once more was.
	Over(id string) error
}

// MaxDead is how many messages are set aside at most, and DeadLife for how long.
const (
	MaxDead  = 1000
	DeadLife = 90 * 24 * time.Hour
)

// DeadLetters are Letters, a file each in a folder, so
// that other processes can list them while the bot runs:
//
//	dead-letters/telegram-5001.json         set aside
//	dead-letters/retry/telegram-5001.json   to be handled once more
//
// They hold what a person wrote, and are readable by their owner alone. The
// oldest go when there are more than MaxDead, or they are older than DeadLife.
// Safe for concurrent use.
type DeadLetters struct {
	dir string
	now func() time.Time
	mu  sync.Mutex
}

var _ Letters = (*DeadLetters)(nil)

// ErrNoLetter says that there is no dead letter of that id.
var ErrNoLetter = errors.New("no such dead letter")

// OpenDeadLetters returns the dead letters in a folder, which is made when the
// first comes. A nil now is time.Now.
func OpenDeadLetters(dir string, now func() time.Time) *DeadLetters {
	if now == nil {
		now = time.Now
	}
	return &DeadLetters{dir: dir, now: now}
}

// Put sets a message aside.
func (d *DeadLetters) Put(l DeadLetter) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	data, err := json.Marshal(l)
	if err == nil {
		err = os.MkdirAll(d.dir, 0o700)
	}
	tmp := filepath.Join(d.dir, ".new")
	if err == nil {
		err = writeSynced(tmp, append(data, '\n'))
	}
	if err == nil {
		err = os.Rename(tmp, d.path(l.ID, false))
	}
	if err == nil {
		os.Remove(d.path(l.ID, true))
		err = d.prune()
	}
	if err != nil {
		return fmt.Errorf("dead letter: %w", err)
	}
	return nil
}

// List returns all that are set aside, the oldest first. Files that do not
// read are skipped.
func (d *DeadLetters) List() ([]DeadLetter, error) { return d.list(d.dir) }

// Wanted returns those that are to be handled once more.
func (d *DeadLetters) Wanted() ([]DeadLetter, error) { return d.list(filepath.Join(d.dir, "retry")) }

func (d *DeadLetters) list(dir string) ([]DeadLetter, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("dead letters: %w", err)
	}
	var all []DeadLetter
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		var l DeadLetter
		if data, err := os.ReadFile(filepath.Join(dir, e.Name())); err == nil && json.Unmarshal(data, &l) == nil && l.ID != "" {
			all = append(all, l)
		}
	}
	slices.SortStableFunc(all, func(a, b DeadLetter) int { return a.Time.Compare(b.Time) })
	return all, nil
}

// Retry has a running bot, or the next that is started, handle the message
// once more.
func (d *DeadLetters) Retry(id string) error {
	if err := os.MkdirAll(filepath.Join(d.dir, "retry"), 0o700); err != nil {
		return fmt.Errorf("dead letter: %w", err)
	}
	err := os.Rename(d.path(id, false), d.path(id, true))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", id, ErrNoLetter)
	}
	return err
}

// Over notes that a message that was to be handled once more was.
func (d *DeadLetters) Over(id string) error {
	err := os.Remove(d.path(id, true))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Move puts all that the folder holds elsewhere, and deletes it here.
func (d *DeadLetters) Move(put func(l DeadLetter, wanted bool) error) error {
	for _, wanted := range []bool{false, true} {
		list := d.List
		if wanted {
			list = d.Wanted
		}
		all, err := list()
		if err != nil {
			return err
		}
		for _, l := range all {
			if err := put(l, wanted); err != nil {
				return err
			}
			if err := os.Remove(d.path(l.ID, wanted)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("dead letter: %w", err)
			}
		}
	}
	return nil
}

// path returns the file of a message.
func (d *DeadLetters) path(id string, retry bool) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, id) + ".json"
	if retry {
		return filepath.Join(d.dir, "retry", name)
	}
	return filepath.Join(d.dir, name)
}

// prune deletes what is too old or too many.
func (d *DeadLetters) prune() error {
	all, err := d.List()
	for i, l := range all {
		if len(all)-i > MaxDead || d.now().Sub(l.Time) > DeadLife {
			err = errors.Join(err, os.Remove(d.path(l.ID, false)))
		}
	}
	return err
}

// writeSynced writes a file and waits until it is on disk.
func writeSynced(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}
