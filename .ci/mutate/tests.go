package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
)

type source struct {
	path, pkg string
	tests     []string
}

// sources returns the files of the packages, without tests, generated code, what is
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

// nearest returns the packages whose tests may find a bug of pkg, at most three:
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
