package version

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// childDir names the environment variable that makes the test binary a child
// of TestKill, which works in the folder it holds until it is killed.
const childDir = "JINWEN_TEST_VERSION_CHILD"

// childMain imports, activates, rolls back and discards for ever. It says
// "ready" first, then "active ID" after each activation that has returned.
func childMain(dir string) {
	check := func(err error) {
		if err != nil && !errors.Is(err, ErrActive) && !errors.Is(err, ErrPrevious) && !errors.Is(err, ErrNoPrevious) && !errors.Is(err, ErrUnknown) {
			fmt.Println("error", err)
			os.Exit(1)
		}
	}
	s, err := Open(dir, Options{Keep: 4, Embedded: zero})
	check(err)
	fmt.Println("ready")
	for n := rand.IntN(1000); ; n++ {
		by := By{Who: "child", When: day.Add(time.Duration(n) * time.Second)}
		v, _, err := importText(s, fmt.Sprintf("%d.txt", n), text(n), by)
		check(err)
		switch rand.IntN(4) {
		case 0:
			v, err = s.Rollback(by)
		case 1:
			check(s.Discard(v.ID, by))
			continue
		default:
			v, err = s.Activate(v.ID, by)
		}
		check(err)
		if err == nil {
			fmt.Println("active", v.ID)
		}
	}
}

// After a SIGKILL at any moment the store opens, its active version is whole,
// is the one last confirmed or one that came after it, and the audit trail
// says the same.
func TestKill(t *testing.T) {
	rounds := 100
	if testing.Short() {
		rounds = 10
	}
	dir := t.TempDir()
	torn, orphans := 0, 0
	for round := range rounds {
		confirmed := runAndKill(t, childDir, dir, time.Duration(rand.IntN(30_000))*time.Microsecond)

		data, err := os.ReadFile(filepath.Join(dir, "journal.jsonl"))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		if _, size, _, _ := scan(data, 0); size != len(data) {
			torn++
		}
		s := open(t, dir, Options{Keep: 4})
		active := s.Active()
		r, err := s.Report(active.ID)
		if err != nil {
			t.Fatalf("round %d: active version: %v", round, err)
		}
		if !strings.HasPrefix(r.Text, "青溪市政府工作报告") || !strings.HasSuffix(r.Text, "个。\n") || len(r.Passages) < 2 {
			t.Fatalf("round %d: half a text is active: %q", round, r.Text)
		}
		var last Record
		found := confirmed == ""
		for _, rec := range s.Audit() {
			if rec.Action == Activated || rec.Action == RolledBack {
				last = rec
				found = found || rec.Version == confirmed
			}
		}
		z, _ := zero()
		if want := last.Version; want != active.ID && (want != "" || active.ID != z.ID) {
			t.Fatalf("round %d: %s is active, the trail says %s", round, active.ID, want)
		}
		if !found {
			t.Fatalf("round %d: %s was confirmed and is not in the trail", round, confirmed)
		}
		if d := s.Damaged(); d != nil {
			t.Fatalf("round %d: damaged lines %v", round, d)
		}
		for _, v := range s.Versions() {
			if _, err := s.Report(v.ID); err != nil {
				t.Errorf("round %d: kept version: %v", round, err)
			}
		}
		files, _ := os.ReadDir(s.texts())
		if len(files) > len(s.Versions()) {
			orphans++
		}
	}
	t.Logf("%d rounds: %d torn journals, %d with texts left over", rounds, torn, orphans)
	s := open(t, dir, Options{Keep: 4})
	imported(t, s, 5000, at("7", 1))
	if files, _ := os.ReadDir(s.texts()); len(files) > 4 {
		t.Errorf("%d texts after the next change, want no more than 4", len(files))
	}
}

// runAndKill kills a child after d and returns the version that it confirmed last.
func runAndKill(t *testing.T, child, dir string, d time.Duration) string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), child+"="+dir)
	var out strings.Builder
	ready := make(chan struct{})
	cmd.Stdout = writer(func(p []byte) (int, error) {
		if out.Len() == 0 {
			close(ready)
		}
		return out.Write(p)
	})
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ready:
	case <-time.After(20 * time.Second):
		t.Error("child said nothing")
	}
	time.Sleep(d) // the random moment itself
	cmd.Process.Kill()
	cmd.Wait()
	confirmed := ""
	for line := range strings.Lines(out.String()) {
		id, ok := strings.CutPrefix(line, "active ")
		if strings.HasPrefix(line, "error") {
			t.Fatalf("child: %s", line)
		}
		if ok && strings.HasSuffix(id, "\n") {
			confirmed = strings.TrimSpace(id)
		}
	}
	return confirmed
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }
