package questions

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jinwen/handlers"
)

// Several machines share their logs: each writes its folder as before, and
// ships the lines to Options.Shared, from where all of them read. What is not
// reached just now is shipped later, for the folder remembers how far it came:
//
//	questions/shipped.json   {"machine":"…","segment":"2024-03-01.jsonl","offset":4096}
//
// A line that is shipped twice is there once: its key is the day, the machine,
// the segment and where in it the line begins.

// A Shared holds the lines of several machines by key. Safe for concurrent
// use.
type Shared interface {
	// Put keeps lines, over what was there.
	Put(lines map[string][]byte) error
	// Scan calls yield with the lines whose keys begin with prefix, in order,
	// until it returns false.
	Scan(prefix string, yield func(key string, line []byte) bool) error
	// Drop deletes the lines whose keys are below before.
	Drop(before string) error
	// Agree keeps what choose makes of what is kept under a name, nil at first,
	// and returns it: all machines get the same.
	Agree(name string, choose func(old []byte) []byte) ([]byte, error)
}

const (
	shipPause = 2 * time.Second // between two looks for lines to ship
	shipPart  = 500             // lines at once
	trimPause = time.Hour       // between two looks for lines that are too old or too much
)

// shipped is how far the folder has been shipped.
type shipped struct {
	Machine string `json:"machine"`
	Segment string `json:"segment"`
	Offset  int64  `json:"offset"`
}

func (l *Log) shippedPath() string { return filepath.Join(l.dir, "shipped.json") }

// Ship ships lines until ctx ends, and once more then. It does nothing without
// a Shared.
func (l *Log) Ship(ctx context.Context) {
	if l.shared == nil {
		return
	}
	var trimmed time.Time
	for {
		err := l.ship()
		if now := time.Now(); err == nil && now.Sub(trimmed) > trimPause {
			if err = l.trim(now); err == nil {
				trimmed = now
			}
		}
		if err != nil && ctx.Err() == nil {
			l.log.Debug("questions not shipped, they wait", "err", err)
		}
		select {
		case <-ctx.Done():
			if err := l.ship(); err != nil {
				l.log.Warn("questions not shipped: they are at the next start", "err", err)
			}
			return
		case <-time.After(shipPause):
		}
	}
}

// ship ships what is in the folder and was not shipped before.
func (l *Log) ship() error {
	l.shipping.Lock()
	defer l.shipping.Unlock()
	all, err := l.onDisk()
	if err != nil || len(all) == 0 {
		return err
	}
	var at shipped
	data, err := os.ReadFile(l.shippedPath())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if json.Unmarshal(data, &at) != nil || at.Machine == "" {
		at = shipped{Machine: rand.Text()[:10]}
	}
	from, _ := segmentOf(at.Segment)
	for _, s := range all {
		if c := cmp.Or(strings.Compare(s.day, from.day), s.n-from.n); c < 0 {
			continue
		} else if c > 0 {
			at.Segment, at.Offset = s.name(), 0
		}
		if err := l.shipFile(s, &at); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// shipFile ships the lines of a segment from at on, and moves at.
func (l *Log) shipFile(s segment, at *shipped) error {
	f, err := os.Open(l.path(s))
	if err != nil {
		return err
	}
	defer f.Close()
	data, err := io.ReadAll(io.NewSectionReader(f, at.Offset, l.most))
	if err != nil {
		return err
	}
	for len(data) > 0 {
		lines := make(map[string][]byte)
		next := at.Offset
		for len(lines) < shipPart {
			line, rest, whole := bytes.Cut(data, []byte("\n"))
			if !whole {
				data = nil // it is being written
				break
			}
			lines[fmt.Sprintf("%s/%s/%04d/%012d", s.day, at.Machine, s.n, next)] = line
			next += int64(len(line)) + 1
			if data = rest; len(data) == 0 {
				break
			}
		}
		if len(lines) == 0 {
			return nil
		}
		if err := l.shared.Put(lines); err != nil {
			return err
		}
		at.Offset = next
		if err := l.saveShipped(at); err != nil {
			return err
		}
	}
	return nil
}

func (l *Log) saveShipped(at *shipped) error {
	data, err := json.Marshal(at)
	if err == nil {
		err = os.WriteFile(l.shippedPath()+".tmp", data, 0o600)
	}
	if err == nil {
		err = os.Rename(l.shippedPath()+".tmp", l.shippedPath())
	}
	return err
}

// trim drops the lines that are too old, and the oldest days while there is too
// much.
func (l *Log) trim(now time.Time) error {
	size := make(map[string]int64)
	err := l.shared.Scan("", func(key string, line []byte) bool {
		day, _, _ := strings.Cut(key, "/")
		size[day] += int64(len(line))
		return true
	})
	if err != nil {
		return err
	}
	oldest := l.date(now.AddDate(0, 0, 1-l.days))
	before, total := oldest, int64(0)
	days := make([]string, 0, len(size))
	for day := range size {
		days = append(days, day)
	}
	slices.Sort(days)
	for _, day := range slices.Backward(days) {
		if total += size[day]; total > l.most && day < l.date(now) {
			before = max(before, day+"0") // of its keys and all below
			break
		}
	}
	return l.shared.Drop(before)
}

// shared events are those of all machines, day by day, in the order of their
// times.
func (l *Log) sharedEvents(since, until time.Time, yield func(handlers.Event) bool) error {
	for day := since.AddDate(0, 0, -1); l.date(day) <= l.date(until.AddDate(0, 0, 1)); day = day.AddDate(0, 0, 1) {
		if day.After(time.Now().AddDate(0, 0, 2)) {
			return nil // nobody has asked yet
		}
		var all []handlers.Event
		err := l.shared.Scan(l.date(day)+"/", func(_ string, line []byte) bool {
			var e handlers.Event
			if json.Unmarshal(line, &e) == nil && !e.Time.Before(since) && e.Time.Before(until) {
				all = append(all, e)
			}
			return true
		})
		if err != nil {
			return err
		}
		slices.SortStableFunc(all, func(a, b handlers.Event) int { return a.Time.Compare(b.Time) })
		for _, e := range all {
			if !yield(e) {
				return nil
			}
		}
	}
	return nil
}
