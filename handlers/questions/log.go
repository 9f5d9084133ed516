// Package questions keeps what people asked, and counts it.
//
// A [Log] is a folder with a file a day, 2024-03-01.jsonl, each line a
// [handlers.Event]: whoever asked appears as a salted hash, and what in a
// question looks like a telephone number, an identity number or an address of
// mail is masked before it is written. Files older than the days to keep are
// deleted. Lines are only appended, so other processes (jinwen stats) read
// the folder while the bot runs. [Log.Stats] counts; [Stats] is plain data.
package questions

import (
	"bufio"
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
	"strings"
	"sync"
	"time"

	"jinwen/handlers"
)

// DefaultDays is how long questions are kept unless Options says otherwise.
const DefaultDays = 90

// maxQuestion is the most code points of a question that are kept.
const maxQuestion = 300

// Options are the settings of a Log. The zero value works.
type Options struct {
	Days     int            // kept; 0 means DefaultDays
	Location *time.Location // in which days begin and end; nil is time.Local
	Logger   *slog.Logger   // nil discards
}

// A Log is a folder of questions. It is a [handlers.Recorder], safe for
// concurrent use. One process writes; any number read.
type Log struct {
	dir  string
	days int
	loc  *time.Location
	log  *slog.Logger

	mu   sync.Mutex
	day  string   // of file
	file *os.File // nil until the first question
}

// Open opens the log in dir, which is made when the first question comes.
func Open(dir string, opt Options) *Log {
	l := &Log{dir: dir, days: opt.Days, loc: opt.Location, log: opt.Logger}
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
	l.file, l.day = nil, ""
	return err
}

// Record appends e. A failure is logged, never told to whoever asked.
func (l *Log) Record(e handlers.Event) {
	if err := l.append(e); err != nil {
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
	if day := l.date(e.Time); l.file == nil || day > l.day {
		if err := l.begin(day); err != nil {
			return err
		}
	}
	_, err = l.file.Write(append(line, '\n'))
	return err
}

func (l *Log) date(t time.Time) string { return t.In(l.loc).Format(time.DateOnly) }

func (l *Log) path(day string) string { return filepath.Join(l.dir, day+".jsonl") }

// begin opens the file of day and deletes those that are too old.
func (l *Log) begin(day string) error {
	l.close()
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(l.path(day), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	// A line that a crash cut off must not take the next one with it.
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, info.Size()-1); err == nil && last[0] != '\n' {
			f.Write([]byte("\n"))
		}
	}
	l.file, l.day = f, day
	now, err := time.ParseInLocation(time.DateOnly, day, l.loc)
	if err != nil {
		return err
	}
	return l.prune(now)
}

// prune deletes the files of days that are not kept any more on day now.
func (l *Log) prune(now time.Time) error {
	days, err := l.daysOnDisk()
	if err != nil {
		return err
	}
	oldest := l.date(now.AddDate(0, 0, 1-l.days))
	for _, d := range days {
		if d < oldest {
			if err := os.Remove(l.path(d)); err != nil {
				return err
			}
		}
	}
	return nil
}

// daysOnDisk are the days of which there is a file, in order.
func (l *Log) daysOnDisk() ([]string, error) {
	entries, err := os.ReadDir(l.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var days []string
	for _, e := range entries {
		if d, ok := strings.CutSuffix(e.Name(), ".jsonl"); ok {
			if _, err := time.Parse(time.DateOnly, d); err == nil {
				days = append(days, d)
			}
		}
	}
	return days, nil
}

// Events calls yield with the events from since until before until, in the
// order in which they were recorded, until it returns false. Lines that do not
// read as events are skipped.
func (l *Log) Events(since, until time.Time, yield func(handlers.Event) bool) error {
	days, err := l.daysOnDisk()
	if err != nil {
		return fmt.Errorf("questions: %w", err)
	}
	for _, d := range days {
		// A question asked just before midnight may be recorded after it, in
		// the next day's file or the one before.
		if d < l.date(since.AddDate(0, 0, -1)) || d > l.date(until.AddDate(0, 0, 1)) {
			continue
		}
		more, err := l.readDay(d, since, until, yield)
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

// Recent are the last n different questions that were asked from since until
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

func (l *Log) readDay(day string, since, until time.Time, yield func(handlers.Event) bool) (more bool, err error) {
	f, err := os.Open(l.path(day))
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

// Salt is what users are hashed with: handlers.Options.Salt. It is made when
// first wanted and replaced when it is older than the days that questions are
// kept, so that nobody can be followed for longer than that; around that day
// a user counts twice.
func (l *Log) Salt(now time.Time) ([]byte, error) {
	path := filepath.Join(l.dir, "salt.json")
	var s struct {
		Since time.Time `json:"since"`
		Salt  []byte    `json:"salt"`
	}
	data, err := os.ReadFile(path)
	if err == nil && json.Unmarshal(data, &s) == nil && len(s.Salt) >= 16 && now.Before(s.Since.AddDate(0, 0, l.days)) {
		return s.Salt, nil
	}
	s.Since, s.Salt = now.UTC(), make([]byte, 32)
	rand.Read(s.Salt) // never fails
	if data, err = json.Marshal(s); err == nil {
		err = os.MkdirAll(l.dir, 0o700)
	}
	if err == nil {
		err = os.WriteFile(path+".tmp", data, 0o600)
	}
	if err == nil {
		err = os.Rename(path+".tmp", path)
	}
	if err != nil {
		return nil, fmt.Errorf("questions: salt: %w", err)
	}
	return s.Salt, nil
}

// private is what people write about themselves: seven digits in a row or
// more, with the marks that telephone numbers are grouped by, and addresses
// of mail. Numbers of reports have units and separators long before that.
var private = regexp.MustCompile(`[0-9０-９](?:[ -]?[0-9０-９]){6,}[Xx]?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{4,}`)

// mask is q without what tells who asked, and not longer than what is kept.
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
