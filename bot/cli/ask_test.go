package cli

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// A terminal must not obey what somebody asked, nor what stands in a file or in
// its name; the reply names the subject of the question.
func TestControlCharacters(t *testing.T) {
	report, err := filepath.Abs("testdata/qingxi.txt")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	const evil = "火\x1b]0;x\x07星\r\u009b31m\x1b[2J\u202e\u2066\u200b\U000e0041\u061c"
	for name, content := range map[string]string{"data/lexicon.yaml": "synonyms:\n  - say: [\"" + evil + "\", \x1b[31m\x00\n", "data/x" + evil + ".txt": ""} {
		if err := os.MkdirAll("data", 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name  string
		stdin string
		args  []string
		code  int
		want  string // in all that is printed
	}{
		{"a line of input", evil + "有多少人\n", []string{"ask", "--explain", "--data-dir", "none"}, exitFine, "> 火]0;x星"},
		{"an argument", "", []string{"ask", "--data-dir", "none", evil + "有多少人"}, exitFine, "报告没有提到"},
		{"JSON escapes", evil + "\n", []string{"ask", "--json", "--data-dir", "none"}, exitFine, `{"question":"火\u001b]0;x\u0007星\r`},
		{"a broken lexicon", "", []string{"outline"}, exitFailed, "jinwen: lexicon data/lexicon.yaml:3: "},
		{"a file's name", "", []string{"outline", "--report", "data/x" + evil + ".txt"}, exitFailed, `data/x火\x1b]0;x\a星`},
		{"a version that is none", "", []string{"diff", evil, "embedded"}, exitFailed, `火\x1b]0;x\a星; \u009b31m\x1b[2J\u202e\u2066\u200b\U000e0041\u061c is neither`},
		{"a wrong command", "", []string{evil}, exitUsage, `\x1b]0;x`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			args := append(tt.args, "--config", os.DevNull)
			if tt.args[0] == "ask" {
				args = append(args, "--report", report)
			}
			code := Main(t.Context(), args, strings.NewReader(tt.stdin), &out, &out)
			if code != tt.code || !strings.Contains(out.String(), tt.want) {
				t.Errorf("exit %d, %q, want %d and %q in it", code, out.String(), tt.code, tt.want)
			}
			if tt.name == "JSON escapes" {
				return // C1 controls need no escape in JSON
			}
			if i := strings.IndexFunc(out.String(), func(r rune) bool {
				return (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) && r != '\n' && r != '\t'
			}); i >= 0 {
				t.Errorf("%q holds a control character at %d", out.String(), i)
			}
		})
	}
}

// TestAskStreams: an answer comes out before the next question goes in, and
// Ctrl-C ends a command that waits for one.
func TestAskStreams(t *testing.T) {
	questions, in := io.Pipe()
	answers, out := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan int, 1)
	var errs lockedBuffer
	go func() {
		done <- Main(ctx, []string{"ask", "--json", "--report", "testdata/qingxi.txt"}, questions, out, &errs)
		out.Close()
	}()
	r := bufio.NewReader(answers)
	for _, q := range []string{"口袋公园", "", "今年改造燃气管网多少公里"} {
		io.WriteString(in, q+"\n")
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if want := `{"question":"` + q + `",`; !strings.HasPrefix(line, want) {
			t.Errorf("answer to %q begins %.60q", q, line)
		}
	}
	cancel()
	if code := <-done; code != exitInterrupted || errs.String() != "jinwen: interrupted\n" {
		t.Errorf("interrupted: exit %d, %q", code, errs.String())
	}
	in.Close()
}
