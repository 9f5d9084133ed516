package version

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

// memory is a journal that machines share within a test.
type memory struct {
	mu    sync.Mutex
	lines map[int64][]byte
	texts map[string]string
	err   error  // what every call fails with
	first func() // called once, before the next Append: somebody else is faster
}

func (m *memory) Lines(after int64) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out bytes.Buffer
	for _, seq := range slices.Sorted(maps.Keys(m.lines)) {
		if seq > after {
			out.Write(m.lines[seq])
		}
	}
	return out.Bytes(), m.err
}

func (m *memory) Append(after int64, lines map[int64][]byte, texts map[string]string, dropped []string) error {
	if first := m.first; first != nil {
		m.first = nil
		first()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.err != nil:
		return m.err
	case int64(len(m.lines)) != after:
		return ErrBehind
	}
	if m.lines == nil {
		m.lines, m.texts = map[int64][]byte{}, map[string]string{}
	}
	maps.Copy(m.lines, lines)
	maps.Copy(m.texts, texts)
	for _, id := range dropped {
		delete(m.texts, id)
	}
	return nil
}

func (m *memory) Text(id string) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	text, ok := m.texts[id]
	return text, ok, m.err
}

func (m *memory) Changed() (<-chan struct{}, func()) { return nil, func() {} }

// use keeps a report and activates it.
func use(t *testing.T, s *Store, it Item) string {
	t.Helper()
	v, _, err := s.Keep(it, at("7", 1))
	if err == nil {
		_, err = s.Activate(v.ID, at("7", 2))
	}
	if err != nil {
		t.Fatal(err)
	}
	return v.ID
}

// What one machine changes, another has after it has pulled: the same records,
// and the texts.
func TestSharedByTwo(t *testing.T) {
	m := new(memory)
	a, b := open(t, t.TempDir(), Options{Shared: m, Keep: 3}), open(t, t.TempDir(), Options{Shared: m, Keep: 3})
	same := func() {
		t.Helper()
		for _, s := range []*Store{a, b} {
			if err := s.Pull(); err != nil {
				t.Fatal(err)
			}
		}
		if x, y := library(a), library(b); x != y || len(a.Audit()) != len(b.Audit()) {
			t.Errorf("libraries differ: %s, %s", x, y)
		}
		if len(m.lines) != len(a.Audit()) {
			t.Errorf("%d lines are shared, %d records known", len(m.lines), len(a.Audit()))
		}
		for _, v := range b.Versions() {
			if _, err := b.Report(v.ID); err != nil {
				t.Errorf("version %s: %v", v.ID, err)
			}
			if m.texts[v.ID] == "" && !v.Embedded {
				t.Errorf("the text of %s is not shared", v.Name)
			}
		}
	}
	use(t, a, of("白石市", 2025, 1))
	if n := len(b.Audit()); n != 0 {
		t.Errorf("%d records before the pull", n)
	}
	same()
	second := use(t, b, of("白石市", 2026, 2)) // pulls before it changes
	same()
	if got := a.Active().ID; got != second {
		t.Errorf("a's active version is %s, want %s", got, second)
	}
	if _, err := a.Rollback(at("7", 3)); err != nil {
		t.Fatal(err)
	}
	same()
	if err := b.Discard(second, at("7", 4)); err != nil {
		t.Fatal(err)
	}
	same()
	if _, ok := m.texts[second]; ok {
		t.Error("the text that was discarded is still shared")
	}
	// A machine that comes later fetches what is there; what was dropped is not missed.
	late := open(t, t.TempDir(), Options{Shared: m, Keep: 3})
	if x, y := library(a), library(late); x != y {
		t.Errorf("a late machine has %s, want %s", y, x)
	}
	if w := late.Warnings(); len(w) > 0 {
		t.Errorf("warnings: %v", w)
	}
}

// A change that another machine overtook is made on what that one left.
func TestSharedOvertaken(t *testing.T) {
	m := new(memory)
	a, b := open(t, t.TempDir(), Options{Shared: m}), open(t, t.TempDir(), Options{Shared: m})
	m.first = func() { use(t, b, of("白石市", 2025, 1)) }
	v, _, err := a.Keep(of("白石市", 2026, 2), at("8", 5))
	if err != nil {
		t.Fatal(err)
	}
	var who []string
	for i, r := range a.Audit() {
		if r.Seq != int64(i+1) {
			t.Errorf("record %d has the number %d", i, r.Seq)
		}
		who = append(who, r.Who)
	}
	if got := strings.Join(who, " "); got != "7 7 7 8" {
		t.Errorf("changes by %s, want 7 7 7 8", got)
	}
	if _, err := a.Report(v.ID); err != nil {
		t.Error(err)
	}
}

// A folder's own history becomes that of all if there is none, and is refused if
// there is another.
func TestSharedHistories(t *testing.T) {
	for _, n := range []int{1, 2} { // records before
		dir := t.TempDir()
		alone := open(t, dir, Options{})
		id, _, err := alone.Keep(of("白石市", 2025, 1), at("7", 1))
		if err == nil && n > 1 {
			_, err = alone.Activate(id.ID, at("7", 2))
		}
		if err != nil {
			t.Fatal(err)
		}
		before := library(alone)
		m := new(memory)
		s := open(t, dir, Options{Shared: m})
		if got := library(s); got != before || len(m.lines) != len(alone.Audit()) || m.texts[id.ID] == "" {
			t.Errorf("the folder has %s, %d lines are shared, want %s", got, len(m.lines), before)
		}
		if other := open(t, t.TempDir(), Options{Shared: m}); library(other) != before {
			t.Errorf("another has %s, want %s", library(other), before)
		}
		// Another folder with a history of its own, as long and longer.
		for _, more := range []int{0, 1} {
			own := t.TempDir()
			o := open(t, own, Options{})
			use(t, o, of("黑水县", 2025, 3))
			for range more {
				use(t, o, of("黑水县", 2026, 4))
			}
			if _, err := Open(own, Options{Shared: m, Embedded: zero}); !errors.Is(err, ErrDiverged) {
				t.Errorf("%d and %d records: %v, want ErrDiverged", n, len(o.Audit()), err)
			}
			if got := len(m.lines); got != len(alone.Audit()) {
				t.Errorf("the other history was written: %d lines", got)
			}
		}
	}
}

// While the journal is away, a folder opens and is read, and nothing changes.
func TestSharedAway(t *testing.T) {
	m := new(memory)
	dir := t.TempDir()
	s := open(t, dir, Options{Shared: m})
	use(t, s, of("白石市", 2025, 1))
	before := library(s)
	m.err = errors.New("no route")
	for range 2 {
		if _, _, err := s.Keep(of("白石市", 2026, 2), at("7", 3)); !errors.Is(err, ErrAway) || !errors.Is(err, m.err) {
			t.Errorf("Keep = %v, want ErrAway", err)
		}
		if err := s.Pull(); !errors.Is(err, ErrAway) {
			t.Errorf("Pull = %v, want ErrAway", err)
		}
		if got := library(s); got != before {
			t.Errorf("library = %s, want %s", got, before)
		}
		s = open(t, dir, Options{Shared: m}) // opens all the same
		if w := s.Warnings(); len(w) != 1 || w[0].Damage || !strings.Contains(w[0].What, "no route") {
			t.Errorf("warnings: %+v", w)
		}
	}
	m.err = nil
	use(t, s, of("白石市", 2026, 2))
	if len(m.lines) != 5 { // what ships is kept too, once another takes its place
		t.Errorf("%d lines are shared, want 5", len(m.lines))
	}
}
