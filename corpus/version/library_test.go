package version

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus"
	"jinwen/corpus/extract"
)

// of is a small report of a place and a year.
func of(place string, year, n int) Item {
	text := fmt.Sprintf(`%s政府工作报告

一、%d年工作回顾

（一）经济发展。全市地区生产总值增长5.%d%%，新建口袋公园%d个。

二、%d年工作安排

（一）城市建设。改造燃气管网%d公里，新增学位%d个。
`, place, year-1, n, n+10, year, n+20, n+100)
	return Item{Name: fmt.Sprintf("%s%d-%d.txt", place, year, n), Report: extract.ParseText(text)}
}

// library returns what s serves: report:file, the active one with a star.
func library(s *Store) string {
	var out []string
	for _, r := range s.Reports() {
		star := ""
		if r.Serving.Active {
			star = "*"
		}
		out = append(out, star+r.Name+":"+strings.TrimSuffix(r.Serving.Name, ".txt"))
	}
	return strings.Join(out, " ")
}

// Which version answers for which report, step after step. The report that
// ships is 2024/青溪.
func TestLibrary(t *testing.T) {
	activate := func(it Item) func(*Store) error {
		return func(s *Store) error {
			v, _, err := s.Keep(it, at("7", 1))
			if err == nil {
				_, err = s.Activate(v.ID, at("7", 2))
			}
			return err
		}
	}
	join := func(replace bool, items ...Item) func(*Store) error {
		return func(s *Store) error { _, err := s.Join(items, replace, at("7", 3)); return err }
	}
	back := func(s *Store) error { _, err := s.Rollback(at("7", 4)); return err }
	type step struct {
		do   func(*Store) error
		want string
	}
	for _, c := range []struct {
		name, home string
		steps      []step
	}{
		{"another city's report is alone", "", []step{
			{activate(of("白石市", 2025, 1)), "*2025/白石:白石市2025-1"},
			{back, "2025/白石: *2024/青溪:embedded"},
		}},
		{"the next year's, and back", "", []step{
			{activate(of("青溪市", 2025, 1)), "2024/青溪:embedded *2025/青溪:青溪市2025-1"},
			{activate(of("青溪市", 2025, 2)), "2024/青溪:embedded *2025/青溪:青溪市2025-2"},
			{back, "2024/青溪:embedded *2025/青溪:青溪市2025-1"},
			{back, "*2024/青溪:embedded 2025/青溪:"},
		}},
		{"many: the place of the report that ships is home", "", []step{
			{join(false, of("白石市", 2025, 1), of("白石市", 2026, 1), of("青溪市", 2026, 1), of("青溪市", 2025, 1)),
				"2025/白石:白石市2025-1 2026/白石:白石市2026-1 2024/青溪:embedded 2025/青溪:青溪市2025-1 *2026/青溪:青溪市2026-1"},
			{activate(of("白石市", 2026, 2)),
				"2025/白石:白石市2025-1 2026/白石:白石市2026-2 2024/青溪:embedded 2025/青溪:青溪市2025-1 *2026/青溪:青溪市2026-1"},
			{join(false, of("青溪市", 2026, 5)),
				"2025/白石:白石市2025-1 2026/白石:白石市2026-2 2024/青溪:embedded 2025/青溪:青溪市2025-1 *2026/青溪:青溪市2026-1"},
			{join(true, of("青溪市", 2026, 5)),
				"2025/白石:白石市2025-1 2026/白石:白石市2026-2 2024/青溪:embedded 2025/青溪:青溪市2025-1 *2026/青溪:青溪市2026-5"},
			{back,
				"2025/白石:白石市2025-1 2026/白石:白石市2026-2 2024/青溪:embedded 2025/青溪:青溪市2025-1 *2026/青溪:青溪市2026-1"},
		}},
		{"many: the first imported is home", "", []step{
			{join(false, of("黑水县", 2025, 1), of("白石市", 2026, 1)), "2026/白石:白石市2026-1 *2025/黑水:黑水县2025-1"},
		}},
		{"many: the settings say what is home", "白石", []step{
			{join(false, of("黑水县", 2025, 1), of("白石市", 2026, 1)), "*2026/白石:白石市2026-1 2025/黑水:黑水县2025-1"},
		}},
		{"a text that is known to be of another place and year", "", []step{
			{join(false, Item{Name: "x.txt", Report: extract.ParseTextAs(of("白石市", 2025, 1).Report.Text, 2023, "黑水县"), AsYear: 2023, AsPlace: "黑水县"}), "*2023/黑水:x"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			s := open(t, dir, Options{Home: c.home})
			for i, step := range c.steps {
				if err := step.do(s); err != nil {
					t.Fatalf("step %d: %v", i, err)
				}
				if got := library(s); got != step.want {
					t.Fatalf("step %d: library = %s, want %s", i, got, step.want)
				}
				if got := library(open(t, dir, Options{Home: c.home})); got != step.want {
					t.Fatalf("step %d, opened again: library = %s, want %s", i, got, step.want)
				}
			}
			r, err := s.Report(s.Active().ID)
			if err != nil {
				t.Fatal(err)
			}
			if v := s.Active(); r.Year != v.Year || r.Place != v.Place {
				t.Errorf("the report is of %d %s, the version of %d %s", r.Year, r.Place, v.Year, v.Place)
			}
		})
	}
}

// What was kept of a parse is the parse, and whatever happens to it, the text
// is what counts.
func TestParsedIsKept(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	it := of("白石市", 2025, 1)
	if _, err := s.Join([]Item{it}, false, at("7", 1)); err != nil {
		t.Fatal(err)
	}
	id := it.Report.ID
	whole, err := os.ReadFile(s.parsedPath(id))
	if err != nil {
		t.Fatal(err)
	}
	v := s.Active()
	if s.readParsed(&v, it.Report.Text) == nil {
		t.Fatal("the parsed form is not read")
	}
	for _, data := range [][]byte{whole, nil, whole[:len(whole)/2], append([]byte("jinwen parsed x y 00000000\n"), whole...)} {
		if err := os.WriteFile(s.parsedPath(id), data, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := s.Report(id)
		if err != nil {
			t.Fatal(err)
		}
		// Empty and nil lists are the same.
		if diff := cmp.Diff(fmt.Sprint(it.Report), fmt.Sprint(r)); diff != "" {
			t.Errorf("read from %d bytes (-parsed +read):\n%s", len(data), diff)
		}
		if now, _ := os.ReadFile(s.parsedPath(id)); string(now) != string(whole) {
			t.Errorf("the parsed form was not written anew: %d bytes, want %d", len(now), len(whole))
		}
	}
}

// Two imports of many: the second is told, and waits.
func TestImportTurn(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir, Options{}), open(t, dir, Options{})
	end, err := a.ImportTurn(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	waiting := make(chan struct{})
	done := make(chan error)
	go func() {
		end, err := b.ImportTurn(t.Context(), func() { close(waiting) })
		if err == nil {
			end()
		}
		done <- err
	}()
	select {
	case <-waiting:
	case err := <-done:
		t.Fatalf("the second did not wait: %v", err)
	case <-time.After(time.Minute):
		t.Fatal("nobody was told")
	}
	end()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// A disk that takes nothing more leaves what was there.
func TestJoinFails(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	if _, err := s.Join([]Item{of("白石市", 2025, 1)}, false, at("7", 1)); err != nil {
		t.Fatal(err)
	}
	want := library(s)
	if err := os.Chmod(s.texts(), 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(s.texts(), 0o700)
	_, err := s.Join([]Item{of("白石市", 2026, 1), of("黑水县", 2026, 1)}, false, at("7", 1))
	if os.Geteuid() != 0 && !errors.Is(err, os.ErrPermission) {
		t.Errorf("Join = %v, want that it may not", err)
	}
	if got := library(s); err != nil && got != want {
		t.Errorf("library = %s, want %s", got, want)
	}
}

// joinDir names the environment variable that makes the test binary a child of
// TestKillJoin.
const joinDir = "JINWEN_TEST_VERSION_JOIN"

// joinMain imports many reports, a few at a time, for ever.
func joinMain(dir string) {
	s, err := Open(dir, Options{Embedded: zero})
	fmt.Println("ready")
	for n := rand.IntN(1000); err == nil; n++ {
		var items []Item
		for k := range 5 {
			items = append(items, of(fmt.Sprintf("第%d市", n%50), 2020+k, n))
		}
		if _, err = s.Join(items, true, at("child", n)); err == nil {
			fmt.Println("active", items[4].Report.ID)
		}
	}
	fmt.Println("error", err)
	os.Exit(1)
}

// After a SIGKILL at any moment of an import of many each report is whole or
// absent, and what was confirmed is there.
func TestKillJoin(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	dir := t.TempDir()
	for round := range rounds {
		confirmed := runAndKill(t, joinDir, dir, time.Duration(rand.IntN(40_000))*time.Microsecond)
		s := open(t, dir, Options{})
		for _, r := range s.Reports() {
			if r.Serving.ID == "" {
				t.Fatalf("round %d: no version of %s serves", round, r.Name)
			}
			got, err := s.Report(r.Serving.ID)
			if err != nil || !strings.HasSuffix(got.Text, "个。\n") || corpus.ReportName(got.Year, got.Place) != r.Name || len(got.Figures) != r.Serving.Counts.Figures {
				t.Fatalf("round %d: %s is not whole: %v", round, r.Name, err)
			}
		}
		if _, err := s.Find(confirmed); confirmed != "" && err != nil {
			t.Fatalf("round %d: what was confirmed is gone: %v", round, err)
		}
		if d := s.Damaged(); d != nil {
			t.Fatalf("round %d: damaged lines %v", round, d)
		}
	}
}
