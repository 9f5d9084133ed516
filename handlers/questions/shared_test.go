package questions

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jinwen/handlers"
)

// memory is a Shared of a test, which can be away.
type memory struct {
	lines  map[string][]byte
	agreed map[string][]byte
	puts   []int // how many lines came at once
	away   bool
}

var errAway = errors.New("away")

func newShared() *memory {
	return &memory{lines: make(map[string][]byte), agreed: make(map[string][]byte)}
}

func (m *memory) Put(lines map[string][]byte) error {
	if m.away {
		return errAway
	}
	m.puts = append(m.puts, len(lines))
	maps.Copy(m.lines, lines)
	return nil
}

func (m *memory) Scan(prefix string, yield func(string, []byte) bool) error {
	if m.away {
		return errAway
	}
	for _, k := range slices.Sorted(maps.Keys(m.lines)) {
		if strings.HasPrefix(k, prefix) && !yield(k, m.lines[k]) {
			break
		}
	}
	return nil
}

func (m *memory) Drop(prefix string) error {
	if m.away {
		return errAway
	}
	maps.DeleteFunc(m.lines, func(k string, _ []byte) bool { return strings.HasPrefix(k, prefix) })
	return nil
}

func (m *memory) Agree(name string, choose func([]byte) []byte) ([]byte, error) {
	if m.away {
		return nil, errAway
	}
	m.agreed[name] = choose(m.agreed[name])
	return m.agreed[name], nil
}

// segmentsOf are the segments that lines are of, with how many each has,
// without the machine.
func (m *memory) segmentsOf() (out []string) {
	count := make(map[string]int)
	for k := range m.lines {
		f := strings.Split(k, "/")
		count[f[0]+"/"+f[2]]++
	}
	for _, s := range slices.Sorted(maps.Keys(count)) {
		out = append(out, fmt.Sprint(s, " ", count[s]))
	}
	return out
}

// Lines are shipped once each, from where the last time ended, segment by
// segment, so many at a time; one that is being written waits for its end.
func TestShip(t *testing.T) {
	m, dir := newShared(), t.TempDir()
	l := Open(dir, Options{Location: time.UTC, Shared: m})
	defer l.Close()
	ship := func(want ...string) {
		t.Helper()
		if err := l.ship(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, m.segmentsOf()); diff != "" {
			t.Errorf("shipped (-want +got):\n%s", diff)
		}
	}
	if err := l.ship(); err != nil || len(m.lines) > 0 {
		t.Errorf("ship of nothing: %v, %d lines", err, len(m.lines))
	}
	for i := range 3 {
		l.Record(asked("a", fmt.Sprint("学位", i), noon))
	}
	ship("2024-03-05/0001 3")
	ship("2024-03-05/0001 3")
	l.Record(asked("a", "更多", noon))
	l.Record(asked("a", "明天", noon.AddDate(0, 0, 1)))
	if err := l.begin("2024-03-06", true); err != nil { // one more file of the day
		t.Fatal(err)
	}
	l.Record(asked("a", "明天", noon.AddDate(0, 0, 1)))
	if len(m.puts) != 1 || m.puts[0] != 3 {
		t.Errorf("shipped in parts of %v, want one of 3", m.puts)
	}
	m.away = true
	if err := l.ship(); !errors.Is(err, errAway) {
		t.Errorf("ship = %v, want away", err)
	}
	m.away = false
	ship("2024-03-05/0001 4", "2024-03-06/0001 1", "2024-03-06/0002 1")
	l.Close()

	// Another process goes on where this one ended.
	f, err := os.OpenFile(l.path(segment{"2024-03-06", 2}), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString(`{"whole":1}` + "\n" + `{"torn":`)
	f.Close()
	l = Open(dir, Options{Location: time.UTC, Shared: m})
	m.puts = nil
	ship("2024-03-05/0001 4", "2024-03-06/0001 1", "2024-03-06/0002 2")
	if diff := cmp.Diff([]int{1}, m.puts); diff != "" {
		t.Errorf("shipped in parts (-want +got):\n%s", diff)
	}
	machines := make(map[string]bool)
	for k, line := range m.lines {
		machines[strings.Split(k, "/")[1]] = true
		if !json.Valid(line) {
			t.Errorf("%s is no line: %q", k, line)
		}
	}
	if len(machines) != 1 {
		t.Errorf("the machine calls itself %v, want one name", machines)
	}
	if l.grown == 0 {
		t.Error("what was shipped is not counted")
	}

	var big bytes.Buffer
	for range 2*shipPart + 1 {
		big.WriteString("{}\n")
	}
	if err := os.WriteFile(l.path(segment{"2024-03-07", 1}), big.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	m.puts = nil
	ship("2024-03-05/0001 4", "2024-03-06/0001 1", "2024-03-06/0002 2", "2024-03-07/0001 1001")
	if diff := cmp.Diff([]int{shipPart, shipPart, 1}, m.puts); diff != "" {
		t.Errorf("shipped in parts (-want +got):\n%s", diff)
	}
}

// Segments of days that are not kept go, and while there is too much those that
// were written last longest ago, whatever their day.
func TestTrim(t *testing.T) {
	line := func(at time.Time, size int) []byte {
		b, err := json.Marshal(handlers.Event{Time: at, Question: "x"})
		if err != nil || len(b) > size {
			t.Fatal(err, len(b))
		}
		return append(b, bytes.Repeat([]byte(" "), size-len(b))...)
	}
	const old, first, second, third = "2024-03-02/a/0001", "2024-03-03/b/0001", "2024-03-04/a/0001", "2024-03-05/a/0001"
	for most, want := range map[int64][]string{
		1700: {first, second, third}, 1699: {first, third}, 900: {first, third}, 899: {third}, 100: nil,
	} {
		m := newShared()
		m.lines[old+"/1"] = line(noon, 300)
		m.lines[first+"/1"], m.lines[first+"/2"] = line(noon.AddDate(0, 0, -2), 300), line(noon.AddDate(0, 0, 1), 300) // written to last night
		m.lines[second+"/1"], m.lines[second+"/2"] = line(noon.AddDate(0, 0, -1), 300), bytes.Repeat([]byte("?"), 200) // does not read
		m.lines[third+"/1"] = line(noon.AddDate(0, 0, 2), 300)
		l := Open(t.TempDir(), Options{Location: time.UTC, Days: 3, Bytes: most, Shared: m})
		if err := l.trim(noon); err != nil {
			t.Error(err)
		}
		var got []string
		for _, k := range slices.Sorted(maps.Keys(m.lines)) {
			if s := segmentIn(k); !slices.Contains(got, s) {
				got = append(got, s)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d bytes (-want +got):\n%s", most, diff)
		}
		m.away = true
		if err := l.trim(noon); !errors.Is(err, errAway) {
			t.Errorf("trim = %v, want away", err)
		}
	}
}

// What all machines were asked comes in the order of time, of the span wanted
// and no more; of this machine alone while the others' is not reached.
func TestSharedEvents(t *testing.T) {
	m := newShared()
	put := func(day, machine string, n int, at time.Time) {
		b, _ := json.Marshal(handlers.Event{Time: at, Question: fmt.Sprint(machine, n)})
		m.lines[fmt.Sprintf("%s/%s/0001/%012d", day, machine, n)] = b
	}
	put("2024-03-04", "b", 0, noon.AddDate(0, 0, -1))
	put("2024-03-05", "a", 1, noon)
	put("2024-03-05", "a", 2, noon.Add(2*time.Minute))
	put("2024-03-05", "b", 3, noon.Add(time.Minute))
	put("2024-03-06", "b", 4, noon.Add(time.Minute)) // written after midnight
	put("2024-03-07", "b", 5, noon.AddDate(0, 0, 2))
	m.lines["2024-03-05/c/0001/000000000000"] = []byte("does not read")
	l := Open(t.TempDir(), Options{Location: time.UTC, Shared: m})
	defer l.Close()
	l.Record(asked("a", "own", noon))
	events := func(since, until time.Time, most int) (out []string) {
		t.Helper()
		if err := l.Events(since, until, func(e handlers.Event) bool { out = append(out, e.Question); return len(out) < most }); err != nil {
			t.Error(err)
		}
		return out
	}
	for _, c := range []struct {
		name         string
		since, until time.Time
		most         int
		want         []string
	}{
		{"all", noon.AddDate(0, 0, -9), noon.AddDate(0, 0, 9), 99, []string{"b0", "a1", "b3", "a2", "b4", "b5"}},
		{"an hour", noon, noon.Add(time.Hour), 99, []string{"a1", "b3", "a2", "b4"}},
		{"up to a minute later", noon, noon.Add(time.Minute), 99, []string{"a1"}},
		{"as many as are wanted", noon.AddDate(0, 0, -9), noon.AddDate(0, 0, 9), 2, []string{"b0", "a1"}},
		{"before the first", noon.AddDate(0, 0, -9), noon.AddDate(0, 0, -8), 99, nil},
	} {
		if diff := cmp.Diff(c.want, events(c.since, c.until, c.most)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	m.away = true
	if diff := cmp.Diff([]string{"own"}, events(noon, noon.Add(time.Hour), 99)); diff != "" {
		t.Errorf("while the others are away (-want +got):\n%s", diff)
	}
}

// Machines agree on what users are hashed with, also on one that was made
// before they shared; while that is not reached each goes on with its own.
func TestSaltIsShared(t *testing.T) {
	m := newShared()
	alone, dir := Open(t.TempDir(), Options{Days: 3, Location: time.UTC}), t.TempDir()
	first, err := alone.Salt(noon)
	if err != nil || len(first) != 32 {
		t.Fatal(first, err)
	}
	for _, later := range []struct {
		days int
		same bool
	}{{0, true}, {2, true}, {3, false}} {
		again, err := Open(alone.dir, Options{Days: 3, Location: time.UTC}).Salt(noon.AddDate(0, 0, later.days))
		if err != nil || bytes.Equal(again, first) != later.same {
			t.Errorf("after %d days: %v, the same: %v; want %v", later.days, err, !later.same, later.same)
		}
	}
	now := noon.AddDate(0, 0, 3)
	kept, err := Open(alone.dir, Options{Days: 3, Location: time.UTC, Shared: m}).Salt(now)
	if err != nil {
		t.Fatal(err)
	}
	other := Open(dir, Options{Days: 3, Location: time.UTC, Shared: m})
	if got, err := other.Salt(now); err != nil || !bytes.Equal(got, kept) {
		t.Errorf("another machine has %x, %v; want %x", got, err, kept)
	}
	m.away = true
	if got, err := other.Salt(now); err != nil || !bytes.Equal(got, kept) {
		t.Errorf("while it is away %x, %v; want %x", got, err, kept)
	}
	if err := os.WriteFile(dir+"/salt.json", []byte(`{"since":"2024-03-08T12:00:00Z","salt":"c2hvcnQ="}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := other.Salt(now); err != nil || len(got) != 32 {
		t.Errorf("in place of a short one %x, %v; want 32 bytes", got, err)
	}
}
