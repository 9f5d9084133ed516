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
// asked: bot/cli/site tries bot/web.
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
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
		fmt.Printf("%3d %-8s %s:%d %s\n", planted, verdict, relative(m.file), m.pos.Line, m.what)
	}
	return found, planted, ctx.Err()
}

// try runs the tests of m's package on the mutated source: "found", "survived",
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
	if err := exec.CommandContext(ctx, "go", "build", "-overlay", overlay, m.pkg).Run(); err != nil {
		return "", ctx.Err()
	}
	for _, pkg := range m.tests {
		cmd := exec.CommandContext(ctx, "go", "test", "-overlay", overlay, "-vet=off", "-failfast", "-short", "-timeout", timeout.String(), pkg)
		switch err := cmd.Run(); {
		case ctx.Err() != nil:
			return "", ctx.Err()
		case err == nil:
		case errors.As(err, new(*exec.ExitError)):
			return "found", nil
		default:
			return "", err
		}
	}
	return "survived", nil
}

type source struct {
	path, pkg string
	tests     []string
}

// sources are the files of the packages, without tests, generated code, and
// packages whose bugs no test could find.
func sources(ctx context.Context, patterns []string) ([]source, error) {
	tested, importers, err := packages(ctx)
	if err != nil {
		return nil, err
	}
	const format = `{{range .GoFiles}}{{$.Dir}}/{{.}}	{{$.ImportPath}}
{{end}}`
	out, err := exec.CommandContext(ctx, "go", append([]string{"list", "-f", format}, patterns...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var list []source
	for line := range strings.Lines(string(out)) {
		file, pkg, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			continue
		}
		var tests []string
		if tested[pkg] {
			tests = append(tests, pkg)
		}
		for above := path.Dir(pkg); above != "."; above = path.Dir(above) {
			if tested[above] {
				tests = append(tests, above)
				break
			}
		}
		for _, by := range importers[pkg] {
			if len(tests) < 3 && tested[by] && !slices.Contains(tests, by) {
				tests = append(tests, by)
			}
		}
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if len(tests) > 0 && !bytes.Contains(b[:min(len(b), 200)], []byte("DO NOT EDIT")) {
			list = append(list, source{file, pkg, tests})
		}
	}
	return list, nil
}

// packages returns, by import path, which packages of the module have tests and
// which import them.
func packages(ctx context.Context) (tested map[string]bool, importers map[string][]string, err error) {
	const format = `{{.ImportPath}} {{if or .TestGoFiles .XTestGoFiles}}tested{{else}}-{{end}} {{join .Imports " "}}`
	out, err := exec.CommandContext(ctx, "go", "list", "-f", format, "./...").Output()
	if err != nil {
		return nil, nil, fmt.Errorf("go list: %w", err)
	}
	tested, importers = make(map[string]bool), make(map[string][]string)
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		tested[fields[0]] = fields[1] == "tested"
		for _, imported := range fields[2:] {
			importers[imported] = append(importers[imported], fields[0])
		}
	}
	return tested, importers, nil
}

// turned are the operators that are mistaken for each other.
var turned = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD},
}

// mutants are all small bugs that can be planted into the functions of tree.
func mutants(fset *token.FileSet, tree *ast.File) []mutant {
	var out []mutant
	add := func(n ast.Node, what string, apply, undo func()) {
		out = append(out, mutant{pos: fset.Position(n.Pos()), what: what, apply: apply, undo: undo})
	}
	condition := func(cond *ast.Expr) {
		if *cond == nil {
			return
		}
		old := *cond
		add(old, "condition negated", func() { *cond = &ast.UnaryExpr{Op: token.NOT, X: &ast.ParenExpr{X: old}} }, func() { *cond = old })
	}
	statements := func(list []ast.Stmt) {
		for i, s := range list {
			x, ok := s.(*ast.ExprStmt)
			if !ok {
				continue
			}
			if call, ok := x.X.(*ast.CallExpr); ok && !quiet(call) {
				add(s, "call dropped", func() { list[i] = &ast.EmptyStmt{} }, func() { list[i] = s })
			}
		}
	}
	spare := make(map[ast.Node]bool) // how much room is made ahead changes no result
	visit := func(n ast.Node) bool {
		if spare[n] {
			return false
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "make" && len(n.Args) == 3 {
				spare[n.Args[2]] = true
			}
			if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Grow" && len(n.Args) == 1 {
				spare[n.Args[0]] = true
			}
		case *ast.BinaryExpr:
			for _, op := range turned[n.Op] {
				old := n.Op
				add(n, old.String()+" for "+op.String(), func() { n.Op = op }, func() { n.Op = old })
			}
		case *ast.BasicLit:
			if v, err := strconv.Atoi(n.Value); n.Kind == token.INT && err == nil {
				old := n.Value
				add(n, old+" off by one", func() { n.Value = strconv.Itoa(v + 1) }, func() { n.Value = old })
			}
		case *ast.IfStmt:
			condition(&n.Cond)
		case *ast.BlockStmt:
			statements(n.List)
		case *ast.CaseClause:
			statements(n.Body)
		}
		return true
	}
	for _, d := range tree.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
			ast.Inspect(f.Body, visit)
		}
	}
	return out
}

// quiet reports whether a dropped call changes nothing that a test should see:
// log lines, and panics that cannot happen.
func quiet(call *ast.CallExpr) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "panic"
	case *ast.SelectorExpr:
		switch f.Sel.Name {
		case "Debug", "Info", "Warn", "Error", "Helper":
			return true
		}
	}
	return false
}

func relative(path string) string {
	if wd, err := os.Getwd(); err == nil {
		if r, err := filepath.Rel(wd, path); err == nil {
			return r
		}
	}
	return path
}
