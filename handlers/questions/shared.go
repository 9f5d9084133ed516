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
	// Drop deletes the lines whose keys begin with prefix.
	Drop(prefix string) error
	// Agree keeps what choose makes of what is kept under a name, nil at first,
	// and returns it: all machines get the same.
	Agree(name string, choose func(old []byte) []byte) ([]byte, error)
}

const (
	shipPause = 2 * time.Second // between two looks for lines to ship
	shipPart  = 500             // lines at once
	trimPause = time.Hour       // between two looks for lines that are too old or too much, unless many were shipped
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
		if now := time.Now(); err == nil && (now.Sub(trimmed) > trimPause || l.grown > l.most/segments) {
			if err = l.trim(now); err == nil {
				trimmed, l.grown = now, 0
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
		l.grown += next - at.Offset
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

// trim drops the lines of segments that are too old, and while there is too
// much those of the segments that were written last longest ago.
func (l *Log) trim(now time.Time) error {
	type part struct {
		name string // beginning of its keys
		size int64
		last handlers.Event
	}
	var parts []part
	var lastLine []byte
	var total int64
	read := func() {
		if n := len(parts); n > 0 {
			json.Unmarshal(lastLine, &parts[n-1].last) // what does not read is older than all that does
		}
	}
	err := l.shared.Scan("", func(key string, line []byte) bool {
		if name := segmentIn(key); len(parts) == 0 || parts[len(parts)-1].name != name {
			read()
			parts = append(parts, part{name: name})
		}
		parts[len(parts)-1].size += int64(len(line))
		total += int64(len(line))
		lastLine = line
		return true
	})
	if err != nil {
		return err
	}
	read()
	slices.SortStableFunc(parts, func(a, b part) int { return a.last.Time.Compare(b.last.Time) })
	oldest := l.date(now.AddDate(0, 0, 1-l.days))
	for _, p := range parts {
		much := total > l.most
		if !much && p.name >= oldest {
			continue
		}
		if err := l.shared.Drop(p.name + "/"); err != nil {
			return err
		}
		total -= p.size
		if much {
			l.log.Warn("oldest questions of all machines deleted: there are more than are kept", "segment", p.name, "bytes", p.size)
		}
	}
	return nil
}

// segmentIn returns the segment of a line's key, with day and machine.
func segmentIn(key string) string { return key[:max(0, strings.LastIndexByte(key, '/'))] }

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
