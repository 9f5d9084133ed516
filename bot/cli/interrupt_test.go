package cli

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A command that waits for its input, or computes for long, ended neither by
// SIGINT nor by SIGTERM.
func TestInterrupted(t *testing.T) {
	report, err := os.ReadFile("testdata/qingxi.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		args   []string
		signal os.Signal
	}{
		{"a list", []string{"figures", "--report", "/dev/stdin"}, syscall.SIGTERM},
		{"an import", []string{"import", "/dev/stdin"}, os.Interrupt},
		{"questions", []string{"ask"}, syscall.SIGTERM},
		{"the chat before it begins", []string{"chat", "--report", "/dev/stdin"}, syscall.SIGTERM},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			cmd := exec.Command("jinwen", tt.args...)
			cmd.Dir = dir
			var errs bytes.Buffer
			cmd.Stderr = &errs
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			defer cmd.Process.Kill()
			// More than a pipe holds: once it is written, the command reads, and
			// so has its signal handler.
			if _, err := io.WriteString(in, strings.Repeat(string(report), 1+(128<<10)/len(report))); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			cmd.Process.Signal(tt.signal)
			cmd.Wait()
			if code, took := cmd.ProcessState.ExitCode(), time.Since(began); code != exitInterrupted || took > patience+5*time.Second || errs.String() != "jinwen: interrupted\n" {
				t.Errorf("exit %d after %v: %q", code, took, errs.String())
			}
			if _, err := os.Stat(filepath.Join(dir, "data", "versions")); err == nil {
				t.Error("it left something behind")
			}
		})
	}
}

// An import that is cut off leaves the store as it was, or complete.
func TestInterruptedImport(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	report, err := os.ReadFile("testdata/qingxi.txt")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	jinwen := func(args ...string) *exec.Cmd {
		cmd := exec.Command("jinwen", args...)
		cmd.Dir = dir
		return cmd
	}
	small := filepath.Join(dir, "small.txt")
	if err := os.WriteFile(small, report, 0o600); err != nil {
		t.Fatal(err)
	}
	long := bytes.Repeat(report, (3<<20)/len(report)) // takes longer than patience
	if out, err := jinwen("import", small, "--activate").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	before, err := jinwen("versions", "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd := jinwen("import", "/dev/stdin", "--activate")
	var errs lockedBuffer
	cmd.Stderr = &errs
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// Once all is written, all but the last of it is read.
	if _, err := in.Write(long); err != nil {
		t.Fatal(err)
	}
	in.Close()
	began := time.Now()
	cmd.Process.Signal(syscall.SIGTERM)
	cmd.Wait()
	code, took := cmd.ProcessState.ExitCode(), time.Since(began)
	if code != exitInterrupted && code != exitFine {
		t.Errorf("exit %d: %s", code, errs.String())
	}
	if took > patience+5*time.Second {
		t.Errorf("ended %v after the signal", took)
	}
	after, err := jinwen("versions", "--json").Output()
	if err != nil {
		t.Fatalf("the store cannot be read: %v", err)
	}
	if more := bytes.Count(after, []byte("\n")) - bytes.Count(before, []byte("\n")); more != 0 && more != 1 || code == exitFine && more != 1 {
		t.Errorf("versions before:\n%s\nafter:\n%s", before, after)
	}
	if out, err := jinwen("import", small).CombinedOutput(); err != nil {
		t.Errorf("the next import: %v: %s", err, out)
	}
}
