// Mutate measures how much the tests notice: it plants one small bug at a time
// into the code, runs the tests of the package, and counts the bugs that some
// test finds.
//
//	go run ./.ci/mutate -n 100 -seed 1 ./corpus/... ./index/... ./handlers/... ./bot/...
//
// The bugs are those that slip into real changes: a comparison turned (< for
// >=), a boundary moved (< for <=), a condition negated, && for ||, a constant
// off by one, + for -, a call dropped. Where they are planted is drawn by the
// seed, every package in proportion to its size, so that two runs with one seed
// plant the same bugs in the same code. Left out is what no test should see: log
// lines and what they are given, and how much room is made ahead (Grow, the
// capacity of make).
//
// A bug in index/rank may be found by the tests of index/rank, or else by those
// of the nearest package above that has some, here index: what a room does is
// tested at its door. Where there is none above, a package that imports it is
// asked, one of its own room first: bot/cli/site tries bot/web.
//
// The tree is not touched: go test sees each mutant through -overlay. A mutant
// that does not compile is drawn anew; one whose tests outlast -timeout counts
// as found, since somebody would look. It exits with status 1 if fewer than
// -want percent are found.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"
)

// A mutant is one bug: apply plants it into the file it was found in.
type mutant struct {
	file, pkg string
	tests     []string // packages whose tests may find it, in turn
	pos       token.Position
	what      string
	apply     func()
	undo      func()
}

func main() {
	n := flag.Int("n", 100, "how many bugs to plant")
	seed := flag.Uint64("seed", 1, "where they are planted")
	want := flag.Float64("want", 80, "percent that must be found")
	timeout := flag.Duration("timeout", 3*time.Minute, "for the tests of one package")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: go run ./.ci/mutate [flags] PACKAGES")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	found, planted, err := run(ctx, flag.Args(), *n, *seed, *timeout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
	percent := 100 * float64(found) / float64(max(planted, 1))
	fmt.Printf("found %d of %d (%.0f %%)\n", found, planted, percent)
	if percent < *want {
		os.Exit(1)
	}
}

// run plants n bugs into the packages that match patterns, and returns how
// many of those that compiled were found.
func run(ctx context.Context, patterns []string, n int, seed uint64, timeout time.Duration) (found, planted int, err error) {
	files, err := sources(ctx, patterns)
	if err != nil {
		return 0, 0, err
	}
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return 0, 0, err
	}
	defer os.RemoveAll(dir)

	fset := token.NewFileSet()
	var all []mutant
	trees := map[string]*ast.File{}
	for _, f := range files {
		tree, err := parser.ParseFile(fset, f.path, nil, parser.ParseComments)
		if err != nil {
			return 0, 0, err
		}
		trees[f.path] = tree
		for _, m := range mutants(fset, tree) {
			m.file, m.pkg, m.tests = f.path, f.pkg, f.tests
			all = append(all, m)
		}
	}
	r := rand.New(rand.NewPCG(seed, seed))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, m := range all {
		if planted == n || ctx.Err() != nil {
			break
		}
		m.apply()
		var out bytes.Buffer
		err := printer.Fprint(&out, fset, trees[m.file])
		m.undo()
		if err != nil {
			return found, planted, err
		}
		verdict, err := try(ctx, dir, m, out.Bytes(), timeout)
		if err != nil {
			return found, planted, err
		}
		if verdict == "" {
			continue // did not compile
		}
		planted++
		if verdict != "survived" {
			found++
		}
		fmt.Printf("%3d %s:%d %s: %s\n", planted, relative(m.file), m.pos.Line, m.what, verdict)
	}
	return found, planted, ctx.Err()
}

// try runs the tests of m on the mutated source: "found by" a test, "survived",
// or "" if it does not compile.
func try(ctx context.Context, dir string, m mutant, source []byte, timeout time.Duration) (string, error) {
	file, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, source, 0o600); err != nil {
		return "", err
	}
	b, err := json.Marshal(map[string]any{"Replace": map[string]string{m.file: file}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(overlay, b, 0o600); err != nil {
		return "", err
	}
	for _, pkg := range m.tests {
		cmd := exec.CommandContext(ctx, "go", "test", "-overlay", overlay, "-vet=off", "-ldflags=-s -w", "-failfast", "-short", "-timeout", timeout.String(), pkg)
		switch out, err := cmd.CombinedOutput(); {
		case ctx.Err() != nil:
			return "", ctx.Err()
		case bytes.Contains(out, []byte("[build failed]")):
			return "", nil
		case err == nil:
		case errors.As(err, new(*exec.ExitError)):
			return "found by " + failed(out), nil
		default:
			return "", err
		}
	}
	return "survived", nil
}

// failed returns which test failed first by the output of go test.
func failed(out []byte) string {
	_, after, ok := bytes.Cut(out, []byte("--- FAIL: "))
	if !ok {
		return "a panic or -timeout"
	}
	name, _, _ := bytes.Cut(after, []byte(" "))
	return string(name)
}

func relative(path string) string {
	if wd, err := os.Getwd(); err == nil {
		if r, err := filepath.Rel(wd, path); err == nil {
			return r
		}
	}
	return path
}
