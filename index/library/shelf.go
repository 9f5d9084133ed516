package library

import (
	"fmt"
	"os"
	"slices"
	"sync"
	"weak"

	"jinwen/corpus"
	"jinwen/corpus/version"
	"jinwen/index"
)

// A Source is where the reports are kept: *version.Store is one.
type Source interface {
	Reports() []version.Report
	Report(id string) (*corpus.Report, error)
	TextPath(id string) string // the file of the version's text
}

// A shelf holds what is in use of the reports and their indexes, and lets go of
// the rest: a few reports are held, others as long as there is memory, and a
// few indexes, those that were used last.
type shelf struct {
	source Source
	live   *index.Live // of the report that a question without a place means
	build  func(*corpus.Report) (*index.Index, error)
	room   room

	mu      sync.Mutex
	reports map[string]weak.Pointer[corpus.Report]
	held    []*corpus.Report // last used last
	indexes map[string]*slot
	order   []string // IDs in indexes, last used last
}

// A room is how much a shelf holds.
type room struct {
	reports int // parsed, some 350 KB each
	indexes int // of single reports, some 2.5 MB each
}

// A slot is the index of a report, or the one that is being built.
type slot struct {
	ready chan struct{}
	live  *index.Live
	err   error
}

func newShelf(source Source, live *index.Live, build func(*corpus.Report) (*index.Index, error), r room) *shelf {
	return &shelf{
		source: source, live: live, build: build, room: r,
		reports: make(map[string]weak.Pointer[corpus.Report]), indexes: make(map[string]*slot),
	}
}

// report returns the report of m.
func (s *shelf) report(m *member) (*corpus.Report, error) {
	if r := s.live.Report(); r != nil && r.ID == m.id {
		return r, nil
	}
	s.mu.Lock()
	r := s.reports[m.id].Value()
	s.mu.Unlock()
	if r == nil {
		var err error
		if r, err = s.source.Report(m.id); err != nil {
			return nil, fmt.Errorf("%s: %w", m.name, err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reports[m.id] = weak.Make(r)
	if i := slices.Index(s.held, r); i >= 0 {
		s.held = slices.Delete(s.held, i, i+1)
	}
	s.held = append(s.held, r)
	if n := len(s.held) - s.room.reports; n > 0 {
		s.held = slices.Delete(s.held, 0, n)
	}
	return r, nil
}

// acquire returns the index of m, and a function that must be called once when it
// is no longer used.
func (s *shelf) acquire(m *member) (*index.Index, func(), error) {
	if ix, release := s.live.Acquire(); ix != nil {
		if ix.Report().ID == m.id {
			return ix, release, nil
		}
		release()
	}
	for {
		s.mu.Lock()
		x, ok := s.indexes[m.id]
		var old []*slot
		if !ok {
			x = &slot{ready: make(chan struct{})}
			s.indexes[m.id] = x
			s.order = append(s.order, m.id)
			for len(s.order) > s.room.indexes {
				old = append(old, s.indexes[s.order[0]])
				delete(s.indexes, s.order[0])
				s.order = s.order[1:]
			}
		} else if i := slices.Index(s.order, m.id); i >= 0 {
			s.order = append(slices.Delete(s.order, i, i+1), m.id)
		}
		s.mu.Unlock()
		for _, o := range old {
			go func() { // after the last question on it
				<-o.ready
				if o.live != nil {
					o.live.Close()
				}
			}()
		}
		if !ok {
			s.fill(x, m)
		}
		<-x.ready
		if x.err != nil {
			return nil, nil, x.err
		}
		if ix, release := x.live.Acquire(); ix != nil {
			return ix, release, nil
		} // let go of in the meantime: build it again
	}
}

// fill builds the index of m into x.
func (s *shelf) fill(x *slot, m *member) {
	defer close(x.ready)
	r, err := s.report(m)
	if err == nil {
		var ix *index.Index
		if ix, err = s.build(r); err == nil {
			x.live = index.NewLive(ix)
			return
		}
	}
	x.err = err
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.indexes[m.id] == x { // the next one tries again
		delete(s.indexes, m.id)
		s.order = slices.DeleteFunc(s.order, func(id string) bool { return id == m.id })
	}
}

// drop lets go of every index: the lexicon has changed, or all ends. It
// returns once none of them is in use.
func (s *shelf) drop() {
	s.mu.Lock()
	old := s.indexes
	s.indexes, s.order = make(map[string]*slot), nil
	s.held = nil
	s.mu.Unlock()
	for _, o := range old {
		<-o.ready
		if o.live != nil {
			o.live.Close()
		}
	}
}

// text appends the text of m to buf.
func (s *shelf) text(m *member, buf []byte) ([]byte, error) {
	f, err := os.Open(s.source.TextPath(m.id))
	if err != nil {
		r, err := s.report(m) // the one that ships has no file
		if err != nil {
			return buf, err
		}
		return append(buf, r.Text...), nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return buf, fmt.Errorf("%s: %w", m.name, err)
	}
	n := len(buf)
	buf = slices.Grow(buf, int(info.Size()))[:n+int(info.Size())]
	if _, err := f.ReadAt(buf[n:], 0); err != nil {
		return buf[:n], fmt.Errorf("%s: %w", m.name, err)
	}
	return buf, nil
}
