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
// plant the same bugs in the same code.
//
// A bug in index/rank may be found by the tests of index/rank, or else by those
// of the nearest package above that has some, here index: what a room does is
// tested at its door. Where there is none above, a package that imports it is
// asked: bot/cli/site tries bot/web. Such a package runs once without a bug
// before it is asked, to see which lines it comes by: it is asked for the bugs
// on those alone.
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
	reaches := make(map[string]reach) // by package of tests
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
		comesBy := func(pkg string) (bool, error) {
			if reaches[pkg] == nil {
				if reaches[pkg], err = measure(ctx, dir, pkg); err != nil {
					return false, err
				}
			}
			return reaches[pkg].runs(m.pkg, m.pos), nil
		}
		verdict, err := try(ctx, dir, m, out.Bytes(), timeout, comesBy)
		if err != nil {
			return found, planted, err
		}
		if verdict == "" {
			continue // did not compile
		}
		planted++
		if verdict == "found" {
			found++
		}
		fmt.Printf("%3d %-8s %s:%d %s\n", planted, verdict, relative(m.file), m.pos.Line, m.what)
	}
	return found, planted, ctx.Err()
}

// try runs the tests of m on the mutated source: "found", "survived", or "" if
// it does not compile. Of other packages it asks those that come by the bug.
func try(ctx context.Context, dir string, m mutant, source []byte, timeout time.Duration, comesBy func(pkg string) (bool, error)) (string, error) {
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
	asked := false
	for _, pkg := range m.tests {
		if pkg != m.pkg {
			if comes, err := comesBy(pkg); err != nil {
				return "", err
			} else if !comes {
				continue
			}
		}
		asked = true
		cmd := exec.CommandContext(ctx, "go", "test", "-overlay", overlay, "-vet=off", "-ldflags=-s -w", "-failfast", "-short", "-timeout", timeout.String(), pkg)
		switch out, err := cmd.CombinedOutput(); {
		case ctx.Err() != nil:
			return "", ctx.Err()
		case bytes.Contains(out, []byte("[build failed]")):
			return "", nil
		case err == nil:
		case errors.As(err, new(*exec.ExitError)):
			return "found", nil
		default:
			return "", err
		}
	}
	if !asked && exec.CommandContext(ctx, "go", "build", "-overlay", overlay, m.pkg).Run() != nil {
		return "", ctx.Err()
	}
	return "survived", nil
}

func relative(path string) string {
	if wd, err := os.Getwd(); err == nil {
		if r, err := filepath.Rel(wd, path); err == nil {
			return r
		}
	}
	return path
}
