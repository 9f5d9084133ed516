package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"jinwen/handlers"
)

// Snapshots are copies of what a data folder must not lose, one for each day
// in a folder of its name:
//
//	snapshots/2026-03-01/state.db
//	snapshots/2026-03-01/versions/…
//
// The state is that without what buttons remember and, of the handled updates,
// with the last: what is worth going back to, in seven small files.
//
// A folder is made under another name and renamed when it is whole, so that a
// crash leaves no half of one.
type Snapshots struct {
	DataDir string
	Keep    int // how many are kept, the newest; 0 is 7
}

// Names in the data folder.
const (
	snapshotDir = "snapshots"
	stateFile   = "state.db"
	versionsDir = "versions"
	journalFile = "journal.jsonl"
	dayForm     = "2006-01-02"
)

func (s Snapshots) dir() string { return filepath.Join(s.DataDir, snapshotDir) }

// Take makes the snapshot of a day, unless there is one, and deletes those that
// are one too many. b is the open state.
func (s Snapshots) Take(b *Bolt, day time.Time) error {
	name := filepath.Join(s.dir(), day.Format(dayForm))
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	if err := os.MkdirAll(s.dir(), 0o700); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	tmp, err := os.MkdirTemp(s.dir(), ".new-")
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	defer os.RemoveAll(tmp)
	err = b.file.view(func(tx *bbolt.Tx) error { return copyState(tx, filepath.Join(tmp, stateFile)) })
	if err == nil {
		err = copyTree(filepath.Join(tmp, versionsDir), filepath.Join(s.DataDir, versionsDir))
	}
	if err == nil {
		err = os.Rename(tmp, name)
	}
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	days, err := s.Days()
	for _, day := range days[min(len(days), s.keep()):] {
		err = errors.Join(err, os.RemoveAll(filepath.Join(s.dir(), day)))
	}
	return err
}

// lastMarks is how many handled updates a snapshot has: Telegram shows no more
// than a hundred again.
const lastMarks = 300

// copyState writes the state that is worth going back to into a new file.
func copyState(from *bbolt.Tx, path string) error {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		return err
	}
	db.AllocSize = growBy
	err = db.Update(func(to *bbolt.Tx) error {
		return from.ForEach(func(name []byte, b *bbolt.Bucket) error {
			out, err := to.CreateBucket(name)
			if err != nil {
				return err
			}
			out.FillPercent = 0.95 // in the order of the keys, and never changed
			keep, err := worthKeeping(from, string(name))
			if err != nil {
				return err
			}
			return b.ForEach(func(k, v []byte) error {
				if v == nil || !keep(k, v) {
					return nil
				}
				return out.Put(k, v)
			})
		})
	})
	if err == nil {
		err = db.Sync()
	}
	return errors.Join(err, db.Close())
}

// worthKeeping returns which entries of a bucket go into a snapshot.
func worthKeeping(tx *bbolt.Tx, bucket string) (func(k, sealed []byte) bool, error) {
	all := func(k, sealed []byte) bool { return true }
	switch bucket {
	case bucketEntries:
		return func(k, sealed []byte) bool { return !handlers.Forgettable(string(k)) }, nil
	case BucketHandled:
		var times []uint64
		err := each(tx, []byte(bucket), func(k, v []byte) error {
			if len(v) >= 8 {
				times = append(times, binary.BigEndian.Uint64(v))
			}
			return nil
		})
		if err != nil || len(times) <= lastMarks {
			return all, err
		}
		slices.Sort(times)
		since := times[len(times)-lastMarks]
		return func(k, sealed []byte) bool { return len(sealed) >= 8 && binary.BigEndian.Uint64(sealed) >= since }, nil
	}
	return all, nil
}

func (s Snapshots) keep() int {
	if s.Keep == 0 {
		return 7
	}
	return s.Keep
}

// Days returns the days of which there are snapshots, the newest first.
func (s Snapshots) Days() ([]string, error) {
	list, err := os.ReadDir(s.dir())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var days []string
	for _, e := range list {
		if _, err := time.Parse(dayForm, e.Name()); err == nil && e.IsDir() {
			days = append(days, e.Name())
		}
	}
	slices.Sort(days)
	slices.Reverse(days)
	return days, err
}

// Restored is what Restore did.
type Restored struct {
	Day     string
	Aside   string   // where the state file that was there is now; "" if there was none
	Journal string   // where the journal of versions that was there is now; "" if it was left
	Texts   []string // texts of reports that had been missing
}

// Restore puts the state file of a day's snapshot in the place of the present
// one, which is kept beside it as state.db.bad-1 or the next number. Texts of
// reports that are missing come back; the journal of versions does if journal
// is set. It returns ErrLocked while a bot runs on the folder.
func (s Snapshots) Restore(day string, journal bool) (r Restored, err error) {
	from := filepath.Join(s.dir(), day)
	if _, err := time.Parse(dayForm, day); err != nil || !isDir(from) {
		return r, fmt.Errorf("restore: there is no snapshot of %s", day)
	}
	state := filepath.Join(s.DataDir, stateFile)
	if err := s.free(state); err != nil {
		return r, err
	}
	r.Day = day
	tmp := state + ".new"
	if err := copyFile(tmp, filepath.Join(from, stateFile)); err != nil {
		return r, fmt.Errorf("restore: %w", err)
	}
	defer os.Remove(tmp)
	if r.Aside, err = setAside(state); err == nil {
		err = os.Rename(tmp, state)
	}
	if err != nil {
		return r, fmt.Errorf("restore: %w", err)
	}
	present := filepath.Join(s.DataDir, versionsDir)
	if r.Texts, err = missing(present, filepath.Join(from, versionsDir)); err != nil {
		return r, fmt.Errorf("restore: %w", err)
	}
	for _, name := range r.Texts {
		if err := copyFile(filepath.Join(present, name), filepath.Join(from, versionsDir, name)); err != nil {
			return r, fmt.Errorf("restore: %w", err)
		}
	}
	if saved := filepath.Join(from, versionsDir, journalFile); journal && exists(saved) {
		if r.Journal, err = setAside(filepath.Join(present, journalFile)); err == nil {
			err = copyFile(filepath.Join(present, journalFile), saved)
		}
		if err != nil {
			return r, fmt.Errorf("restore: %w", err)
		}
	}
	return r, nil
}

// free reports whether nobody has the state file open. Whether it is damaged
// does not matter here.
func (s Snapshots) free(path string) error {
	if !exists(path) {
		return nil
	}
	err := guard(path, func() error {
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait})
		if err != nil {
			return err
		}
		return db.Close()
	})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return ErrLocked
	}
	return nil
}

// missing returns the files under from, but the journal, that are not under there.
func missing(there, from string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // there were no versions
			}
			return err
		}
		name, err := filepath.Rel(from, path)
		if err == nil && name != journalFile && !exists(filepath.Join(there, name)) {
			out = append(out, name)
		}
		return err
	})
	return out, err
}

// setAside renames a file to the first free name of the form path.bad-1; "" if
// there is no file.
func setAside(path string) (string, error) {
	if !exists(path) {
		return "", nil
	}
	for i := 1; ; i++ {
		name := fmt.Sprintf("%s.bad-%d", path, i)
		if !exists(name) {
			return name, os.Rename(path, name)
		}
	}
}

// copyTree copies the files of a folder that are kept for ever: journal and
// texts, not what can be made of them again. Texts never change, so that a
// second name is as good as a copy.
func copyTree(to, from string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		top, _, _ := strings.Cut(filepath.ToSlash(name), "/")
		switch {
		case d.IsDir() && (name == "." || top == "texts"):
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		case d.IsDir():
			return fs.SkipDir
		case name == journalFile:
			return copyFile(filepath.Join(to, name), path)
		case top == "texts":
			if os.Link(path, filepath.Join(to, name)) == nil {
				return nil
			}
			return copyFile(filepath.Join(to, name), path)
		}
		return nil
	})
}

// copyFile copies a file and waits until it is on disk.
func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func isDir(path string) bool { i, err := os.Stat(path); return err == nil && i.IsDir() }
