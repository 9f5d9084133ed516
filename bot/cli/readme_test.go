package cli

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"jinwen/corpus/golden"

	"github.com/google/go-cmp/cmp"
)

// TestReadme runs the commands of the READMEs' transcripts and holds the
// output that stands there against what comes out; -update writes it anew.
func TestReadme(t *testing.T) {
	block := regexp.MustCompile("(?s)<!-- transcript -->\n```console\n(.*?)```\n<!-- /transcript -->")
	for _, name := range []string{"../../README.md", "../../README.zh-CN.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name[len("../../"):], func(t *testing.T) {
			m := block.FindSubmatchIndex(data)
			if m == nil {
				t.Fatal("no transcript")
			}
			old := string(data[m[2]:m[3]])
			var now strings.Builder
			for line := range strings.Lines(old) {
				cmd, ok := strings.CutPrefix(line, "$ jinwen ")
				if !ok {
					continue
				}
				if now.Len() > 0 {
					now.WriteByte('\n')
				}
				now.WriteString(line)
				var out bytes.Buffer
				args := append(strings.Fields(cmd), "--data-dir", t.TempDir()+"/none")
				if code := Main(t.Context(), args, strings.NewReader(""), &out, &out); code != exitFine {
					t.Errorf("%s: exit %d", strings.TrimSpace(line), code)
				}
				now.WriteString(out.String())
			}
			if now.Len() == 0 {
				t.Fatal("the transcript has no command")
			}
			if old == now.String() {
				return
			}
			if !golden.Update() {
				t.Errorf("the transcript is not what comes out; go test ./bot/cli -run Readme -update writes it anew (-there +out):\n%s", cmp.Diff(old, now.String()))
				return
			}
			data = append(append(append([]byte(nil), data[:m[2]]...), now.String()...), data[m[3]:]...)
			if err := os.WriteFile(name, data, 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}
