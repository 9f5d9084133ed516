package admin

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/version"
	"jinwen/index"
)

// childDir names the environment variable that makes the test binary a child
// of TestKill, which works in the folder it holds until it is killed.
const childDir = "JINWEN_TEST_ADMIN_CHILD"

// childMain imports, activates and goes back for ever, with all that belongs
// to it, at the same moments as a bot would.
func childMain(dir string) {
	err := func() error {
		store, err := version.Open(filepath.Join(dir, "versions"), version.Options{Embedded: zeroBrief, Keep: 5})
		if err != nil {
			return err
		}
		// Loading gojieba would take most of the time: the indexes are checked
		// by the parent, who has it loaded.
		fmt.Println("ready")
		for n := rand.IntN(1000); ; n++ {
			by := version.By{Who: "7", When: time.Now()}
			v, _, _, err := store.Import("r.txt", []byte(brief(n)), by)
			if err != nil {
				return err
			}
			if _, err := store.Activate(v.ID, by); err != nil {
				return err
			}
			if n%3 == 0 {
				if _, err := store.Rollback(by); err != nil {
					return err
				}
			}
		}
	}()
	fmt.Println(err)
	os.Exit(1)
}

func zeroBrief() (*corpus.Report, error) { return corpus.ParseText(brief(0)), nil }

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
		time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond) // the random moment itself
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
		if err != nil || a.Status != index.Answered || !strings.Contains(quotes(a), "口袋公园1") {
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
