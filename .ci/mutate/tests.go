package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

type source struct {
	path, pkg string
	tests     []string
}

// sources are the files of the packages, without tests, generated code, what is
// not linked into the program, and packages whose bugs no test could find.
func sources(ctx context.Context, patterns []string) ([]source, error) {
	tested, importers, err := packages(ctx)
	if err != nil {
		return nil, err
	}
	out, err := exec.CommandContext(ctx, "go", "list", "-deps", ".").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	linked := strings.Fields(string(out))
	const format = `{{range .GoFiles}}{{$.Dir}}/{{.}}	{{$.ImportPath}}
{{end}}`
	out, err = exec.CommandContext(ctx, "go", append([]string{"list", "-f", format}, patterns...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var list []source
	for line := range strings.Lines(string(out)) {
		file, pkg, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || !slices.Contains(linked, pkg) {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		tests := nearest(pkg, tested, importers[pkg])
		if len(tests) > 0 && !bytes.Contains(b[:min(len(b), 200)], []byte("DO NOT EDIT")) {
			list = append(list, source{file, pkg, tests})
		}
	}
	return list, nil
}

// nearest are the packages whose tests may find a bug of pkg, at most three:
// its own, those of the nearest package above, and of the importers those of
// its own room first.
func nearest(pkg string, tested map[string]bool, importers []string) []string {
	var tests []string
	add := func(name string) {
		if len(tests) < 3 && tested[name] && !slices.Contains(tests, name) {
			tests = append(tests, name)
		}
	}
	add(pkg)
	for above := path.Dir(pkg); above != "."; above = path.Dir(above) {
		if tested[above] {
			add(above)
			break
		}
	}
	room := func(name string) string {
		_, below, _ := strings.Cut(name, "/")
		first, _, _ := strings.Cut(below, "/")
		return first
	}
	for _, same := range []bool{true, false} {
		for _, by := range importers {
			if (room(by) == room(pkg)) == same {
				add(by)
			}
		}
	}
	return tests
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

// A reach is which lines of the module the tests of one package run.
type reach map[string][]block // by import path and file name, as in a profile

type block struct {
	line, col, endLine, endCol int
	statements, count          int
}

// runs reports whether the tests come by pos in a file of pkg. What stands in
// no block, as the conditions of a switch, may be run.
func (r reach) runs(pkg string, pos token.Position) bool {
	for _, b := range r[pkg+"/"+filepath.Base(pos.Filename)] {
		after := pos.Line > b.line || pos.Line == b.line && pos.Column >= b.col
		before := pos.Line < b.endLine || pos.Line == b.endLine && pos.Column < b.endCol
		if after && before {
			return b.count > 0
		}
	}
	return true
}

// measure runs the tests of a package once without a bug and counts in all
// packages of the module. The go command keeps the profile: again costs little.
// Of tests that start programs the profile knows too little, so they may run
// all there is.
func measure(ctx context.Context, dir, tests string) (reach, error) {
	const format = `{{join .TestImports " "}} {{join .XTestImports " "}}`
	out, err := exec.CommandContext(ctx, "go", "list", "-f", format, tests).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	if bytes.Contains(out, []byte("/testscript")) {
		return reach{}, nil
	}
	profile := filepath.Join(dir, "profile")
	cmd := exec.CommandContext(ctx, "go", "test", "-short", "-vet=off", "-timeout=20m", "-coverpkg=./...", "-coverprofile="+profile, tests)
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the tests of %s fail without a bug: %w\n%s", tests, cmp.Or(ctx.Err(), err), out)
	}
	b, err := os.ReadFile(profile)
	if err != nil {
		return nil, err
	}
	r := make(reach)
	for line := range strings.Lines(string(b)) {
		name, place, _ := strings.Cut(line, ":")
		var b block
		if _, err := fmt.Sscanf(place, "%d.%d,%d.%d %d %d", &b.line, &b.col, &b.endLine, &b.endCol, &b.statements, &b.count); err == nil {
			r[name] = append(r[name], b)
		}
	}
	return r, nil
}
