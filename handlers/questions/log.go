// Package questions keeps what people asked, and counts it.
//
// A [Log] is a folder with a file a day, 2024-03-01.jsonl, or several on a day
// of many questions (2024-03-01.2.jsonl follows), each line a
// [handlers.Event]: whoever asked appears as a salted hash, and what in a
// question looks like a telephone number, an identity number or an address of
// mail is masked before it is written. Files older than the days to keep are
// deleted, and the oldest when all of them together are too large. Lines are only appended, so other processes (jinwen stats) read
// the folder while the bot runs. [Log.Stats] counts; [Stats] is plain data.
package questions

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"jinwen/handlers"
)

// DefaultDays is how long questions are kept unless Options says otherwise.
const DefaultDays = 90

// DefaultBytes is how much is kept unless Options says otherwise.
const DefaultBytes = 32 << 20

// segments is in how many files the most that is kept is written: so much of
// it is deleted at once.
const segments = 8

// maxQuestion is the most code points of a question that are kept.
const maxQuestion = 300

// Options are the settings of a Log. The zero value works.
type Options struct {
	Days     int            // kept; 0 means DefaultDays
	Bytes    int64          // kept at most; 0 means DefaultBytes
	Location *time.Location // in which days begin and end; nil is time.Local
	Logger   *slog.Logger   // nil discards
	Shared   Shared         // where several machines put what they have; nil: this is all (shared.go)
}

// A Log is a folder of questions. It is a [handlers.Recorder], safe for
// concurrent use. One process writes; any number read.
type Log struct {
	dir  string
	days int
	most int64
	loc  *time.Location
	log  *slog.Logger

	mu   sync.Mutex
	at   segment  // of file
	file *os.File // nil until the first question
	size int64    // of file
	left int64    // for file, beside the other files

	shared   Shared
	shipping sync.Mutex
	grown    int64 // bytes shipped since Ship trimmed last

	dropped atomic.Int64 // files deleted because there was too much
	failed  atomic.Int64 // questions not kept
	failing atomic.Bool  // the last one
}

// A segment is one file: the nth of its day, from 1.
type segment struct {
	day string
	n   int
}

func (s segment) name() string {
	if s.n == 1 {
		return s.day + ".jsonl"
	}
	return s.day + "." + strconv.Itoa(s.n) + ".jsonl"
}

// segmentOf returns the segment with a file of that name.
func segmentOf(name string) (s segment, ok bool) {
	rest, ok := strings.CutSuffix(name, ".jsonl")
	if !ok {
		return s, false
	}
	day, n, more := strings.Cut(rest, ".")
	s = segment{day, 1}
	if more {
		var err error
		if s.n, err = strconv.Atoi(n); err != nil || s.n < 2 {
			return s, false
		}
	}
	_, err := time.Parse(time.DateOnly, day)
	return s, err == nil && s.name() == name
}

// Open opens the log in dir, which is made when the first question comes.
func Open(dir string, opt Options) *Log {
	l := &Log{dir: dir, days: opt.Days, most: opt.Bytes, loc: opt.Location, log: opt.Logger, shared: opt.Shared}
	if l.most <= 0 {
		l.most = DefaultBytes
	}
	if l.days <= 0 {
		l.days = DefaultDays
	}
	if l.loc == nil {
		l.loc = time.Local
	}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	return l
}

// Close closes the file of the day.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.close()
}

func (l *Log) close() error {
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file, l.at = nil, segment{}
	return err
}

// Record appends e. A failure is logged, never told to whoever asked.
func (l *Log) Record(e handlers.Event) {
	err := l.append(e)
	if err == nil {
		if l.failing.Swap(false) {
			l.log.Info("questions are recorded again")
		}
		return
	}
	l.failed.Add(1)
	if !l.failing.Swap(true) { // once, not for each of thousands
		l.log.Warn("question not recorded", "err", err)
	}
}

func (l *Log) append(e handlers.Event) error {
	e.Question = mask(e.Question)
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	day := l.date(e.Time)
	switch {
	case l.file == nil || day > l.at.day:
		err = l.begin(day, false)
	case l.size >= min(l.most/segments, l.left):
		err = l.begin(l.at.day, true)
	}
	if err != nil {
		return err
	}
	n, err := l.file.Write(append(line, '\n'))
	l.size += int64(n)
	if err != nil && n > 0 { // a line cut off must not take the next one with it
		l.close()
	}
	return err
}

// Dropped returns how many files were deleted because there was too much, and
// Failed how many questions could not be kept, since Open.
func (l *Log) Dropped() int64 { return l.dropped.Load() }

// Failed: see Dropped.
func (l *Log) Failed() int64 { return l.failed.Load() }

func (l *Log) date(t time.Time) string { return t.In(l.loc).Format(time.DateOnly) }

func (l *Log) path(s segment) string { return filepath.Join(l.dir, s.name()) }

// begin opens the last file of day, or one more, and deletes those that are
// too old or too much.
func (l *Log) begin(day string, more bool) error {
	l.close()
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return err
	}
	all, err := l.onDisk()
	if err != nil {
		return err
	}
	at := segment{day, 1}
	for _, s := range all {
		if s.day == day {
			at = s
		}
	}
	if more {
		at.n++
	}
	f, err := os.OpenFile(l.path(at), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	l.file, l.at, l.size = f, at, 0
	// A line that a crash cut off must not take the next one with it.
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		l.size = info.Size()
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, info.Size()-1); err == nil && last[0] != '\n' {
			f.Write([]byte("\n"))
			l.size++
		}
	}
	now, err := time.ParseInLocation(time.DateOnly, day, l.loc)
	if err == nil {
		err = l.prune(now)
	}
	if err != nil {
		l.close() // the next question tries again, and begins no further file
	}
	return err
}

// prune deletes the files of days that are not kept any more on day now, and
// then the oldest, until the present one has room for a segment.
func (l *Log) prune(now time.Time) error {
	all, err := l.onDisk()
	if err != nil {
		return err
	}
	oldest := l.date(now.AddDate(0, 0, 1-l.days))
	var others []segment
	var sizes []int64
	var total int64
	for _, s := range all {
		if s == l.at {
			continue
		}
		if s.day < oldest {
			if err := os.Remove(l.path(s)); err != nil {
				return err
			}
			continue
		}
		info, err := os.Stat(l.path(s))
		if err != nil {
			continue // deleted a moment ago
		}
		others, sizes, total = append(others, s), append(sizes, info.Size()), total+info.Size()
	}
	room := max(l.size, l.most/segments)
	for len(others) > 0 && total+room > l.most {
		if err := os.Remove(l.path(others[0])); err != nil {
			return err
		}
		l.dropped.Add(1)
		l.log.Warn("oldest questions deleted: there are more than are kept", "day", others[0].day, "bytes", sizes[0])
		total -= sizes[0]
		others, sizes = others[1:], sizes[1:]
	}
	l.left = l.most - total
	return nil
}

// onDisk returns the segments of which there is a file, in order.
func (l *Log) onDisk() ([]segment, error) {
	entries, err := os.ReadDir(l.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var all []segment
	for _, e := range entries {
		if s, ok := segmentOf(e.Name()); ok {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b segment) int { return cmp.Or(strings.Compare(a.day, b.day), a.n-b.n) })
	return all, nil
}

// Events calls yield with the events from since until before until, in the
// order in which they were recorded, until it returns false. Lines that do not
// read as events are skipped. They are those of all machines that share them;
// of this one alone while the others' are not reached.
func (l *Log) Events(since, until time.Time, yield func(handlers.Event) bool) error {
	if l.shared != nil {
		given := false
		err := l.sharedEvents(since, until, func(e handlers.Event) bool { given = true; return yield(e) })
		if err == nil || given {
			return err
		}
		l.log.Warn("questions of other machines are not counted", "err", err)
	}
	all, err := l.onDisk()
	if err != nil {
		return fmt.Errorf("questions: %w", err)
	}
	for _, s := range all {
		// A question asked just before midnight may be recorded after it, in
		// the next day's file or the one before.
		if s.day < l.date(since.AddDate(0, 0, -1)) || s.day > l.date(until.AddDate(0, 0, 1)) {
			continue
		}
		more, err := l.readFile(s, since, until, yield)
		if errors.Is(err, fs.ErrNotExist) {
			continue // pruned a moment ago
		}
		if err != nil {
			return fmt.Errorf("questions: %w", err)
		}
		if !more {
			return nil
		}
	}
	return nil
}

// Recent returns the last n different questions that were asked from since until
// before until, the last one first.
func (l *Log) Recent(since, until time.Time, n int) ([]string, error) {
	var all []string
	err := l.Events(since, until, func(e handlers.Event) bool {
		if e.Vote == 0 && e.Question != "" {
			all = append(all, e.Question)
		}
		if len(all) > 50*n {
			all = slices.Clone(all[len(all)-25*n:])
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	var out []string
	seen := make(map[string]bool)
	for _, q := range slices.Backward(all) {
		if !seen[q] && len(out) < n {
			seen[q] = true
			out = append(out, q)
		}
	}
	return out, nil
}

func (l *Log) readFile(s segment, since, until time.Time, yield func(handlers.Event) bool) (more bool, err error) {
	f, err := os.Open(l.path(s))
	if err != nil {
		return false, err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(make([]byte, 0, 64<<10), 1<<20)
	for sc.Scan() {
		var e handlers.Event
		if json.Unmarshal(sc.Bytes(), &e) != nil || e.Time.Before(since) || !e.Time.Before(until) {
			continue
		}
		if !yield(e) {
			return false, nil
		}
	}
	return true, sc.Err()
}

// Salt returns what users are hashed with: handlers.Options.Salt. It is made when
// first wanted and replaced when it is older than the days that questions are
// kept, so that nobody can be followed for longer than that; around that day
// a user counts twice. Machines that share their questions share it.
func (l *Log) Salt(now time.Time) ([]byte, error) {
	path := filepath.Join(l.dir, "salt.json")
	old, _ := os.ReadFile(path)
	data := l.salted(old, now)
	if l.shared != nil {
		agreed, err := l.shared.Agree("salt", func(other []byte) []byte { return l.salted([]byte(cmp.Or(string(other), string(data))), now) })
		if err == nil {
			data = agreed
		}
	}
	var s salt
	err := json.Unmarshal(data, &s)
	if err == nil && !bytes.Equal(data, old) {
		err = os.MkdirAll(l.dir, 0o700)
		if err == nil {
			err = os.WriteFile(path+".tmp", data, 0o600)
		}
		if err == nil {
			err = os.Rename(path+".tmp", path)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("questions: salt: %w", err)
	}
	return s.Salt, nil
}

type salt struct {
	Since time.Time `json:"since"`
	Salt  []byte    `json:"salt"`
}

// salted returns old, or another salt if old is none or too old.
func (l *Log) salted(old []byte, now time.Time) []byte {
	var s salt
	if json.Unmarshal(old, &s) == nil && len(s.Salt) >= 16 && now.Before(s.Since.AddDate(0, 0, l.days)) {
		return old
	}
	s.Since, s.Salt = now.UTC(), make([]byte, 32)
	rand.Read(s.Salt)          // never fails
	data, _ := json.Marshal(s) // nor does that
	return data
}

// private matches personal data that people write: seven digits in a row or
// more, with the marks that telephone numbers are grouped by, and addresses
// of mail. Numbers of reports have units and separators long before that.
var private = regexp.MustCompile(`[0-9０-９](?:[ -]?[0-9０-９]){6,}[Xx]?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{4,}`)

// mask returns q without what tells who asked, and not longer than what is kept.
func mask(q string) string {
	q = private.ReplaceAllString(strings.ToValidUTF8(q, ""), "***")
	q = strings.Join(strings.Fields(q), " ")
	n := 0
	for i := range q {
		if n++; n > maxQuestion {
			return q[:i]
		}
	}
	return q
}
