package version

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"

	"jinwen/corpus"
	"jinwen/corpus/extract"
)

var (
	ErrUnknown    = errors.New("no such version")
	ErrActive     = errors.New("version is active") // activated again, or discarded
	ErrPrevious   = errors.New("version is the one to go back to")
	ErrNoPrevious = errors.New("no version to go back to")
	ErrDamaged    = errors.New("text does not match its name")
	ErrFull       = errors.New("the disk is full") // nothing of the change was made
)

// A ConflictError says that another version became active than the caller
// believed.
type ConflictError struct {
	Last Record // what made it so
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s was %s by %s in the meantime", e.Last.Version, e.Last.Action, e.Last.Who)
}

// DefaultKeep is how many versions are kept unless Options says otherwise.
const DefaultKeep = 10

// Options are the settings of a Store. The zero value works.
type Options struct {
	Keep     int                            // versions kept, the active and its predecessor among them; 0 means DefaultKeep, less than 3 means 3
	Poll     time.Duration                  // how often Watch looks by itself, where the system reports no changes (NFS); 0 means 30 s
	Embedded func() (*corpus.Report, error) // version zero; nil means extract.Embedded
	Home     string                         // the place meant where a question names none; "" is open (members.go)
	Shared   Shared                         // the journal that the folder follows; nil: it is this machine's alone (shared.go)
}

// By says who changes something, when, and upon what.
type By struct {
	Who  string
	When time.Time
	From string // the version the caller believes active; "" is any
}

// A Store is a folder of versions. It is safe for concurrent use, also by
// several processes. Readers see what is on disk when they are called; if the
// disk cannot be read, what it held last.
type Store struct {
	dir      string
	keep     int
	poll     time.Duration
	embedded func() (*corpus.Report, error)
	home     string
	shared   Shared        // nil: the folder is nobody else's
	pulled   chan struct{} // gets a value when Pull has changed something
	changing sync.Mutex    // one Pull or change at a time; locked before the folder, and that before mu

	mu      sync.Mutex
	state   state
	size    int64 // bytes of the journal that are in state
	lines   int   // lines of the journal that are in state
	damaged []int // lines that do not count, with lines that do after them
	tail    int   // damaged lines after those; the next write would cut them off
	file    os.FileInfo
	behind  error // why the shared journal could not be followed last; nil if it was
}

// Open opens the store in dir, which it makes if it is not there. A shared
// journal that is not reached is followed once it is.
func Open(dir string, opt Options) (*Store, error) {
	s := &Store{
		dir:      dir,
		keep:     max(cmp.Or(opt.Keep, DefaultKeep), 3),
		poll:     cmp.Or(opt.Poll, 30*time.Second),
		embedded: opt.Embedded,
		home:     corpus.ShortPlace(opt.Home),
		shared:   opt.Shared,
		pulled:   make(chan struct{}, 1),
	}
	if s.embedded == nil {
		s.embedded = extract.Embedded
	}
	s.embedded = sync.OnceValues(s.embedded)
	s.reset(nil)
	if err := os.MkdirAll(s.texts(), 0o700); err != nil {
		return nil, fmt.Errorf("versions: %w", err)
	}
	if err := s.refresh(); err != nil {
		return nil, err
	}
	if err := s.Pull(); errors.Is(err, ErrAway) {
		s.behind = err
	} else if err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Store) texts() string   { return filepath.Join(s.dir, "texts") }
func (s *Store) journal() string { return filepath.Join(s.dir, "journal.jsonl") }
func (s *Store) lock() string    { return filepath.Join(s.dir, "lock") }

// refresh reads what the journal holds beyond what is known. s.mu is held, or
// s is not shared yet.
func (s *Store) refresh() error {
	f, err := os.Open(s.journal())
	if errors.Is(err, os.ErrNotExist) {
		s.reset(nil)
		return nil
	}
	if err != nil {
		return fmt.Errorf("versions: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("versions: %w", err)
	}
	if s.file == nil || !os.SameFile(s.file, info) || info.Size() < s.size {
		s.reset(info) // new, or restored from a backup
	}
	if info.Size() == s.size {
		s.tail = 0
		return nil
	}
	data, err := io.ReadAll(io.NewSectionReader(f, s.size, info.Size()-s.size))
	if err != nil {
		return fmt.Errorf("versions: journal: %w", err)
	}
	records, size, lines, damaged := scan(data, s.state.lastSeq())
	for _, r := range records {
		s.state.apply(r)
	}
	for _, n := range damaged {
		s.damaged = append(s.damaged, s.lines+n)
	}
	s.size += int64(size)
	s.lines += lines
	s.tail = damagedTail(data[size:])
	return nil
}

func (s *Store) reset(info os.FileInfo) {
	s.state, s.size, s.lines, s.damaged, s.tail, s.file = state{home: s.home}, 0, 0, nil, 0, info
	if r, err := s.embedded(); err == nil {
		s.state.zero = Describe(r)
	}
}

// A change is what one hold of the lock does: the records it gathers go out
// together.
type change struct {
	by      By
	records []Record
	next    state // s.state with the records
}

func (c *change) add(r Record) {
	r.Seq, r.Time, r.Who = c.next.lastSeq()+1, c.by.When.UTC().Round(0), c.by.Who
	c.records = append(c.records, r)
	c.next.apply(r)
}

// mutate runs fn on the newest state under the lock of the folder, writes the
// records that it adds, and deletes the texts that no record names any more.
// A damaged journal is set aside first. Nothing has changed if fn or the write
// fails. fn may be called again, on what another machine has changed.
func (s *Store) mutate(by By, fn func(*change) error) error {
	for try := 1; ; try++ {
		err := s.Pull()
		if err == nil {
			err = full(s.mutateOnce(by, fn))
		}
		if !errors.Is(err, ErrBehind) || try == maxTries {
			return err
		}
	}
}

func (s *Store) mutateOnce(by By, fn func(*change) error) error {
	s.changing.Lock()
	defer s.changing.Unlock()
	lock, err := lockedfile.OpenFile(s.lock(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("versions: %w", err)
	}
	defer lock.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return err
	}
	damage := s.damage()
	kept, keptErr := s.kept()
	bad, badErr := s.bad()
	if s.file == nil && len(kept)+len(bad) == 0 && keptErr == nil && badErr == nil {
		_, err := lock.WriteAt([]byte(young), 0)
		if err == nil {
			err = lock.Sync()
		}
		if err != nil {
			return fmt.Errorf("versions: %w", err)
		}
	}
	c := &change{by: by, next: s.state.clone()}
	if err := fn(c); err != nil {
		return err
	}
	if len(c.records) == 0 {
		return nil
	}
	if damage != "" {
		if err := s.setAside(); err != nil {
			return err
		}
	}
	for _, id := range c.next.prunable(s.keep) {
		c.add(Record{Action: Pruned, Version: id})
	}
	if err := s.publish(s.state.lastSeq(), c.records, &c.next); err != nil {
		return err
	}
	if err := s.write(c.records); err != nil {
		return err
	}
	lock.Truncate(0) // if it fails, the next change does it
	if err := s.refresh(); err != nil {
		return err
	}
	s.sweep()
	return nil
}

// write appends records to the journal, after cutting off what does not count
// at its end.
func (s *Store) write(records []Record) error {
	var buf []byte
	var err error
	for _, r := range records {
		if buf, err = appendRecord(buf, r); err != nil {
			return err
		}
	}
	return s.writeLines(buf)
}

// writeLines is write of lines.
func (s *Store) writeLines(buf []byte) error {
	_, statErr := os.Stat(s.journal())
	f, err := os.OpenFile(s.journal(), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("versions: %w", err)
	}
	defer f.Close()
	err = f.Truncate(s.size)
	if err == nil {
		_, err = f.WriteAt(buf, s.size)
	}
	if err == nil {
		err = f.Sync()
	}
	if err == nil && statErr != nil {
		err = syncDir(s.dir)
	}
	if err != nil {
		f.Truncate(s.size) // a full disk must not leave half a change
		return fmt.Errorf("versions: journal: %w", err)
	}
	return nil
}

// current returns the ID of the active version of st.
func (s *Store) current(st *state) (string, error) {
	if id := st.active(); id != "" {
		return id, nil
	}
	r, err := s.embedded()
	if err != nil {
		return "", err
	}
	return r.ID, nil
}

// Versions returns the kept versions: the embedded report, then the imported ones,
// newest first.
func (s *Store) Versions() []Version {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refresh()
	out := make([]Version, 0, len(s.state.versions)+1)
	for _, v := range s.state.versions {
		out = append(out, *v)
	}
	slices.SortFunc(out, func(a, b Version) int {
		return cmp.Or(b.Imported.Compare(a.Imported), cmp.Compare(b.used, a.used))
	})
	zero := Version{Embedded: true, Name: "embedded"}
	if r, err := s.embedded(); err == nil {
		zero = Describe(r)
		zero.Embedded, zero.Name = true, "embedded"
		if i := slices.IndexFunc(out, func(v Version) bool { return v.ID == r.ID }); i >= 0 {
			zero = out[i]
			zero.Embedded = true
			out = slices.Delete(out, i, i+1)
		}
	}
	out = slices.Insert(out, 0, zero)
	active, _ := s.current(&s.state)
	serving, previous := s.state.serving(), s.state.previous()
	for i := range out {
		out[i].Active = out[i].ID == active
		out[i].Serves = out[i].Active || serving[out[i].Report] == out[i].ID
		out[i].Previous = out[i].ID == previous && out[i].ID != ""
	}
	return out
}

// Active returns the active version.
func (s *Store) Active() Version {
	for _, v := range s.Versions() {
		if v.Active {
			return v
		}
	}
	return Version{}
}

// Previous returns what Rollback goes to; false if there is nothing to go back to.
func (s *Store) Previous() (Version, bool) {
	for _, v := range s.Versions() {
		if v.Previous {
			return v, true
		}
	}
	return Version{}, false
}

// Activations returns the IDs of the active version and of those that were
// activated before it, the way that going back goes. What was active only
// because nothing was activated yet, the report that ships, is among them only
// while it still is.
func (s *Store) Activations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refresh()
	active, err := s.current(&s.state)
	if err != nil {
		return nil
	}
	return append([]string{active}, s.state.before(active)...)
}

// Find returns the kept version that ref names: an ID, the first four or more
// digits of one, a report of which it serves (2026/四川), "active", "previous"
// or "embedded". The error is ErrUnknown
// if there is none, or more than one.
func (s *Store) Find(ref string) (Version, error) {
	var found []Version
	for _, v := range s.Versions() {
		switch {
		case ref == v.ID && ref != "", v.Serves && ref == v.Report:
			return v, nil
		case ref == "active" && v.Active, ref == "previous" && v.Previous, ref == "embedded" && v.Embedded,
			len(ref) >= 4 && strings.HasPrefix(v.ID, ref):
			found = append(found, v)
		}
	}
	if len(found) != 1 {
		return Version{}, fmt.Errorf("version %q: %w", ref, ErrUnknown)
	}
	return found[0], nil
}

// Audit returns the trail, oldest first.
func (s *Store) Audit() []Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refresh()
	return slices.Clone(s.state.records)
}

// Decision returns the last Activated, RolledBack or Reindexed; the zero Record if
// there is none.
func (s *Store) Decision() Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refresh()
	r, _ := s.state.decision()
	return r
}

// Damaged returns the numbers of the journal's lines that do not count although
// lines after them do: someone or something changed them. Their content is
// not known; the lines after them are.
func (s *Store) Damaged() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.damaged)
}
