package admin

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/index"
)

// childDir names the environment variable that makes the test binary a child
// of TestKill, which works in the folder it holds until it is killed.
const childDir = "JINWEN_TEST_ADMIN_CHILD"

// childFull names the environment variable that makes the child change
// versions with all that a bot does: an index built, checked and swapped.
// Without it the child works on the store alone, which is many times faster:
// loading gojieba takes longer than a hundred changes.
const childFull = "JINWEN_TEST_ADMIN_FULL"

// childMain imports, activates and goes back for ever.
func childMain(dir string) {
	fmt.Println(childRun(dir))
	os.Exit(1)
}

func childRun(dir string) error {
	store, err := version.Open(filepath.Join(dir, "versions"), version.Options{Embedded: zeroBrief, Keep: 5})
	if err != nil {
		return err
	}
	ctx := context.Background()
	activate := func(id string, by version.By) error { _, err := store.Activate(id, by); return err }
	rollback := func(by version.By) error { _, err := store.Rollback(by); return err }
	if os.Getenv(childFull) != "" {
		lib, err := Open(ctx, store, new(index.Live), Options{})
		if err != nil {
			return err
		}
		activate = func(id string, by version.By) error { _, err := lib.Activate(ctx, id, by, nil); return err }
		rollback = func(by version.By) error { _, err := lib.Rollback(ctx, by, nil); return err }
	}
	fmt.Println("ready")
	for n := rand.IntN(1000); ; n++ {
		by := version.By{Who: "7", When: time.Now()}
		r, err := extract.Parse("r.txt", []byte(brief(n)))
		if err != nil {
			return err
		}
		v, _, err := store.Keep(version.Item{Name: "r.txt", Report: r}, by)
		if err != nil {
			return err
		}
		if err := activate(v.ID, by); err != nil {
			return err
		}
		if n%3 == 0 {
			if err := rollback(by); err != nil {
				return err
			}
		}
	}
}

func zeroBrief() (*corpus.Report, error) { return extract.ParseText(brief(0)), nil }

// marked is a clause with the marker of some text; the child counts past 2000.
var marked = regexp.MustCompile(`口袋公园[1-9][0-9]{3}个`)

// After a SIGKILL at any moment of import and activation a bot starts, answers
// from one whole version, and the audit trail names that one.
func TestKill(t *testing.T) {
	rounds := 100
	if testing.Short() {
		rounds = 10
	}
	dir := t.TempDir()
	for round := range rounds {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childDir+"="+dir)
		life := 20 * time.Millisecond
		if round%10 == 0 {
			cmd.Env = append(cmd.Env, childFull+"=1")
			life = 200 * time.Millisecond
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line := make([]byte, 100)
		n, _ := out.Read(line)
		if got := string(line[:n]); got != "ready\n" {
			t.Fatalf("child says %q", got)
		}
		time.Sleep(rand.N(life)) // the random moment itself
		cmd.Process.Kill()
		cmd.Wait()

		store, err := version.Open(filepath.Join(dir, "versions"), version.Options{Embedded: zeroBrief, Keep: 5})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		live := new(index.Live)
		lib, err := Open(t.Context(), store, live, Options{})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		a, err := live.Ask(t.Context(), index.Query{Text: "口袋公园"})
		if err != nil || a.Status != index.Answered || !marked.MatchString(quotes(a)) {
			t.Fatalf("round %d: %v, answer %+v", round, err, a)
		}
		if err := halfText(a.Report.Text); err != "" {
			t.Fatalf("round %d: %s", round, err)
		}
		want := ""
		for _, rec := range store.Audit() {
			if rec.Action == version.Activated || rec.Action == version.RolledBack {
				want = rec.Version
			}
		}
		if want != "" && a.Report.ID != want || lib.store.Active().ID != a.Report.ID {
			t.Fatalf("round %d: %s answers, the trail says %s", round, a.Report.ID, want)
		}
		live.Close()
	}
}

// halfText says what is missing in a text made by brief.
func halfText(text string) string {
	if !strings.HasPrefix(text, "青溪市政府工作报告\n") || !strings.HasSuffix(text, "落地见效。\n\n") {
		return "half a text: " + text
	}
	return ""
}
