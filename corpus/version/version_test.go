package version

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"jinwen/corpus"
	"jinwen/corpus/extract"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		childMain(dir)
	}
	if dir := os.Getenv(joinDir); dir != "" {
		joinMain(dir)
	}
	goleak.VerifyTestMain(m)
}

var day = time.Date(2024, 1, 28, 2, 0, 0, 0, time.UTC)

func at(who string, minute int) By {
	return By{Who: who, When: day.Add(time.Duration(minute) * time.Minute)}
}

// text is a small report; n makes it differ from others.
func text(n int) []byte {
	return fmt.Appendf(nil, `青溪市政府工作报告

各位代表：

一、2023年工作回顾

（一）经济发展。全市地区生产总值增长%d.%d%%，新建口袋公园%d个。

二、2024年工作安排

（一）城市建设。改造燃气管网%d公里，新增学位%d个。
`, n%9+1, n%10, n+10, n+20, n+100)
}

func zero() (*corpus.Report, error) { return extract.ParseText(string(text(0))), nil }

func open(t testing.TB, dir string, opt Options) *Store {
	t.Helper()
	if opt.Embedded == nil {
		opt.Embedded = zero
	}
	s, err := Open(dir, opt)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return s
}

// importText keeps the report that data is the file of.
func importText(s *Store, name string, data []byte, by By) (v Version, already bool, err error) {
	r, err := extract.Parse(name, data)
	if err != nil {
		return Version{}, false, err
	}
	return s.Keep(Item{Name: name, Report: r}, by)
}

func imported(t testing.TB, s *Store, n int, by By) string {
	t.Helper()
	v, _, err := importText(s, fmt.Sprintf("report-%d.txt", n), text(n), by)
	if err != nil {
		t.Fatalf("Import(%d): %v", n, err)
	}
	return v.ID
}

func TestLife(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, Options{})
	z, _ := zero()
	if v := s.Active(); v.ID != z.ID || !v.Embedded {
		t.Fatalf("Active of an empty store = %+v, want the embedded", v)
	}
	if _, err := s.Rollback(at("7", 0)); !errors.Is(err, ErrNoPrevious) {
		t.Errorf("Rollback of an empty store = %v, want ErrNoPrevious", err)
	}
	a := imported(t, s, 1, at("7", 1))
	if s.Active().ID != z.ID {
		t.Error("importing made a version active")
	}
	if _, already, err := importText(s, "again.txt", text(1), at("8", 2)); !already || err != nil {
		t.Errorf("importing again = already %v, %v, want true", already, err)
	}
	if _, err := s.Activate(a, at("7", 3)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Activate(a, at("7", 4)); !errors.Is(err, ErrActive) {
		t.Errorf("Activate twice = %v, want ErrActive", err)
	}
	b := imported(t, s, 2, at("7", 5))
	by := at("8", 6)
	by.From = z.ID
	var conflict *ConflictError
	if _, err := s.Activate(b, by); !errors.As(err, &conflict) || conflict.Last.Who != "7" || conflict.Last.Version != a {
		t.Errorf("Activate from another version = %v, want a conflict with admin 7", err)
	}
	by.From = a
	if _, err := s.Activate(b, by); err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(b, at("7", 7)); !errors.Is(err, ErrActive) {
		t.Errorf("Discard of the active = %v", err)
	}
	if err := s.Discard(a, at("7", 7)); !errors.Is(err, ErrPrevious) {
		t.Errorf("Discard of the previous = %v", err)
	}
	for _, want := range []string{a, z.ID} {
		if v, err := s.Rollback(at("7", 8)); err != nil || v.ID != want || !v.Active {
			t.Fatalf("Rollback = %+v, %v, want %s", v, err, want)
		}
	}
	if _, err := s.Rollback(at("7", 9)); !errors.Is(err, ErrNoPrevious) {
		t.Errorf("Rollback past the first = %v", err)
	}
	if err := s.Discard(b, at("7", 10)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Report(b); !errors.Is(err, ErrUnknown) {
		t.Errorf("Report of a discarded version = %v", err)
	}
	if err := s.Note(LexiconAdded, "摇号=个人普通车摇号指标", at("7", 11)); err != nil {
		t.Fatal(err)
	}

	// Another process sees the same, and the trail tells it all.
	again := open(t, dir, Options{})
	if diff := cmp.Diff(s.Versions(), again.Versions(), cmp.AllowUnexported(Version{})); diff != "" {
		t.Errorf("after opening again (-before +after):\n%s", diff)
	}
	var trail []string
	for _, r := range again.Audit() {
		trail = append(trail, fmt.Sprint(r.Seq, " ", r.Time.Format("15:04"), " ", r.Who, " ", r.Action, " ", r.Name, r.Detail))
	}
	want := []string{
		"1 02:01 7 imported report-1.txt",
		"2 02:03 7 imported embedded",
		"3 02:03 7 activated ",
		"4 02:05 7 imported report-2.txt",
		"5 02:06 8 activated ",
		"6 02:08 7 rolled_back ",
		"7 02:08 7 rolled_back ",
		"8 02:10 7 discarded ",
		"9 02:11 7 lexicon_added 摇号=个人普通车摇号指标",
	}
	if diff := cmp.Diff(want, trail); diff != "" {
		t.Errorf("audit (-want +got):\n%s", diff)
	}
}

// An upgrade of the program ships another report; going back must still reach
// the one that was active before the first import.
func TestEmbeddedChanges(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, Options{})
	old := s.Active().ID
	if _, err := s.Activate(imported(t, s, 1, at("7", 1)), at("7", 2)); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, Options{Embedded: func() (*corpus.Report, error) { return extract.ParseText(string(text(99))), nil }})
	v, err := s.Rollback(at("7", 3))
	if err != nil || v.ID != old {
		t.Fatalf("Rollback = %s, %v, want %s", v.ID, err, old)
	}
	if r, err := s.Report(old); err != nil || r.Text != string(text(0)) {
		t.Errorf("the old embedded text is gone: %v", err)
	}
}

func TestPrune(t *testing.T) {
	s := open(t, t.TempDir(), Options{Keep: 4})
	var ids []string
	for n := range 12 {
		ids = append(ids, imported(t, s, n+1, at("7", n)))
		if n == 1 || n == 2 {
			if _, err := s.Activate(ids[n], at("7", n)); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := map[string]bool{}
	for _, v := range s.Versions() {
		got[v.ID] = true
	}
	for _, n := range []int{1, 2, 10, 11} { // previous, active, the newest
		if !got[ids[n]] {
			t.Errorf("version %d is gone", n)
		}
	}
	files, _ := filepath.Glob(filepath.Join(s.texts(), "*"))
	if len(files) != 4 {
		t.Errorf("%d texts on disk, want 4: %v", len(files), files)
	}
	for _, f := range append(files, s.journal()) {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v, want 0600", f, info.Mode(), err)
		}
	}
}

func TestTornAndDamaged(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, Options{})
	a, b := imported(t, s, 1, at("7", 1)), imported(t, s, 2, at("7", 2))
	for _, id := range []string{a, b} {
		if _, err := s.Activate(id, at("7", 3)); err != nil {
			t.Fatal(err)
		}
	}
	journal, _ := os.ReadFile(s.journal())
	lines := strings.SplitAfter(string(journal), "\n") // … and "" at the end
	last := lines[len(lines)-2]

	for _, c := range []struct {
		name    string
		journal string
		active  string
		damaged []int
	}{
		{"whole", string(journal), b, nil},
		{"half of the last line", string(journal[:len(journal)-len(last)/2]), a, nil},
		{"only its line feed missing", string(journal[:len(journal)-1]), a, nil},
		{"zeros at the end", string(journal) + "\x00\x00\x00\x00\n", b, nil},
		{"the last line twice", string(journal) + last, b, nil},
		{"a line in the middle changed", strings.Replace(string(journal), "report-2", "report-3", 1), b, []int{2}},
		{"an empty line in the middle", lines[0] + "\n" + strings.Join(lines[1:], ""), b, []int{2}},
		{"nothing but rubbish", "rubbish\n", s.Versions()[0].ID, nil},
		{"empty", "", s.Versions()[0].ID, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := os.WriteFile(s.journal(), []byte(c.journal), 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(t, dir, Options{})
			if got := s.Active().ID; got != c.active {
				t.Errorf("active = %s, want %s", got, c.active)
			}
			if diff := cmp.Diff(c.damaged, s.Damaged()); diff != "" {
				t.Errorf("damaged (-want +got):\n%s", diff)
			}
			if len(c.damaged) == 0 {
				return // what is not recorded any more would be swept away for the next cases
			}
			n := len(s.Audit())
			if err := s.Note(Reindexed, "", at("9", 9)); err != nil {
				t.Fatal(err)
			}
			s = open(t, dir, Options{})
			if got := len(s.Audit()); got != n+1 {
				t.Errorf("%d records after one more, want %d", got, n+1)
			}
			if _, err := s.Report(a); err != nil {
				t.Errorf("a text was deleted although lines are lost: %v", err)
			}
		})
	}
}

func TestTornEndIsCutOff(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	imported(t, s, 1, at("7", 1))
	f, err := os.OpenFile(s.journal(), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString(`{"seq":2,"time":"2024-01-28T02:01:07Z","who":"7","act`)
	f.Close()
	s = open(t, s.dir, Options{})
	imported(t, s, 2, at("7", 2))
	data, _ := os.ReadFile(s.journal())
	if records, size, _, _ := scan(data, 0); len(records) != 2 || size != len(data) {
		t.Errorf("journal after a torn end: %d records in %d of %d bytes\n%s", len(records), size, len(data), data)
	}
}

func TestDamagedText(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	a := imported(t, s, 1, at("7", 1))
	if err := os.WriteFile(s.path(a), []byte("别的"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Activate(a, at("7", 2)); !errors.Is(err, ErrDamaged) {
		t.Errorf("Activate of a damaged text = %v, want ErrDamaged", err)
	}
	if _, err := s.Report("../../etc/passwd"); !errors.Is(err, ErrUnknown) {
		t.Errorf("Report of a path = %v, want ErrUnknown", err)
	}
	imported(t, s, 1, at("7", 3)) // heals it
	if _, err := s.Activate(a, at("7", 4)); err != nil {
		t.Error(err)
	}
}

func TestFind(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	a := imported(t, s, 1, at("7", 1))
	for _, ref := range []string{a, a[:4], a[:7]} {
		if v, err := s.Find(ref); err != nil || v.ID != a {
			t.Errorf("Find(%q) = %s, %v, want %s", ref, v.ID, err, a)
		}
	}
	for _, ref := range []string{"active", "embedded"} {
		if v, err := s.Find(ref); err != nil || !v.Embedded {
			t.Errorf("Find(%q) = %+v, %v, want the embedded", ref, v, err)
		}
	}
	for _, ref := range []string{"", a[:3], "previous", "zzzz", "../x"} {
		if v, err := s.Find(ref); !errors.Is(err, ErrUnknown) {
			t.Errorf("Find(%q) = %+v, %v, want ErrUnknown", ref, v, err)
		}
	}
}

func TestWatchSeesAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	bot, shell := open(t, dir, Options{Poll: time.Hour}), open(t, dir, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	seen := make(chan Record)
	done := make(chan error)
	go func() { done <- bot.Watch(ctx, func(r Record) { seen <- r }) }()
	for n := 1; n <= 3; n++ {
		id := imported(t, shell, n, at("shell", n))
		if _, err := shell.Activate(id, at("shell", n)); err != nil {
			t.Fatal(err)
		}
		select {
		case v := <-seen:
			if v.Version != id || bot.Active().ID != id {
				t.Fatalf("Watch saw %+v, want %s", v, id)
			}
		case <-time.After(time.Minute):
			t.Fatal("Watch saw nothing")
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// What one process keeps another may prune in the very next moment. The import
// succeeded all the same.
func TestPrunedSince(t *testing.T) {
	dir := t.TempDir()
	s, other := open(t, dir, Options{Keep: 2}), open(t, dir, Options{Keep: 2})
	v, _, err := importText(s, "r.txt", text(1), at("7", 1))
	if err != nil {
		t.Fatal(err)
	}
	for n := 2; n <= 5; n++ {
		id := imported(t, other, n, at("8", n))
		if _, err := other.Activate(id, at("8", n)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Find(v.ID); !errors.Is(err, ErrUnknown) {
		t.Fatalf("Find = %v, want the version pruned", err)
	}
	if got := s.since(v); got.ID != v.ID || got.Name != "r.txt" {
		t.Errorf("since = %+v, want %+v", got, v)
	}
}

// Two stores on one folder stand for two processes: locks are per open file.
func TestTogether(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for g := range 4 {
		s := open(t, dir, Options{Keep: 5})
		wg.Go(func() {
			for n := range 25 {
				by := at(fmt.Sprint(g), n)
				v, _, err := importText(s, "r.txt", text(n%7+1), by)
				if err != nil {
					t.Errorf("Import: %v", err)
					return
				}
				if _, err := s.Activate(v.ID, by); err != nil && !errors.Is(err, ErrActive) && !errors.Is(err, ErrUnknown) {
					t.Errorf("Activate: %v", err)
				}
				if v := s.Active(); v.ID == "" {
					t.Error("nothing is active")
				}
				if n%5 == 4 {
					if _, err := s.Rollback(by); err != nil && !errors.Is(err, ErrNoPrevious) {
						t.Errorf("Rollback: %v", err)
					}
				}
			}
		})
	}
	wg.Wait()
	s := open(t, dir, Options{})
	for i, r := range s.Audit() {
		if r.Seq != int64(i+1) {
			t.Fatalf("record %d has number %d", i+1, r.Seq)
		}
	}
	if _, err := s.Report(s.Active().ID); err != nil {
		t.Error(err)
	}
	if d := s.Damaged(); d != nil {
		t.Errorf("damaged lines: %v", d)
	}
}
