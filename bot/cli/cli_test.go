package cli

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"jinwen/corpus/golden"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"jinwen": func() { // as main.go has it
			signal.Ignore(syscall.SIGPIPE)
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			context.AfterFunc(ctx, stop)
			os.Exit(Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScript runs testdata/script: a file a command, each block headed by
// what it shows. Reports in there are made up.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       golden.Update(),
		Setup: func(e *testscript.Env) error {
			report, err := os.ReadFile("testdata/qingxi.txt")
			if err != nil {
				return err
			}
			for _, name := range []string{"GOMODCACHE", "GOPATH", "GOFLAGS", "GOCACHE"} {
				if v := os.Getenv(name); v != "" {
					e.Setenv(name, v)
				}
			}
			if home, err := os.UserHomeDir(); err == nil && os.Getenv("GOPATH") == "" {
				e.Setenv("GOPATH", home+"/go") // where gojieba's dictionaries are
			}
			return os.WriteFile(e.WorkDir+"/qingxi.txt", report, 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// files DIR NAME... : DIR holds these names and no others.
			"files": func(ts *testscript.TestScript, neg bool, args []string) {
				var names []string
				entries, err := os.ReadDir(ts.MkAbs(args[0]))
				ts.Check(err)
				for _, e := range entries {
					names = append(names, e.Name())
				}
				if got, want := strings.Join(names, " "), strings.Join(args[1:], " "); (got != want) != neg {
					ts.Fatalf("%s holds %q, want %q", args[0], got, want)
				}
			},
			// code N COMMAND... : the exit code is N. Standard output and error
			// are then matched as after exec.
			"code": func(ts *testscript.TestScript, neg bool, args []string) {
				err := ts.Exec(args[1], args[2:]...)
				got := "0"
				if err != nil {
					got = strings.TrimPrefix(err.Error(), "exit status ")
				}
				if (got != args[0]) != neg {
					ts.Fatalf("exit code %s, want %s", got, args[0])
				}
			},
		},
	})
}
