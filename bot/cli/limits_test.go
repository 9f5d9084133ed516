package cli

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// How large what is not a test may grow.
const (
	mostFiles    = 22   // of a package
	mostLines    = 450  // of a file
	mostFunction = 120  // lines of a function
	longFunction = 60   // lines from which a function is long
	longShare    = 0.02 // of all functions that are long

)

// TestLimits holds the size of packages, files and functions, and that longer
// lists of words are data files.
func TestLimits(t *testing.T) {
	root := filepath.Join("..", "..")
	fset := token.NewFileSet()
	files := make(map[string]int) // by package
	functions := 0
	var long []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files[filepath.Dir(path)]++
		if n := bytes.Count(src, []byte("\n")); n > mostLines {
			t.Errorf("%s has %d lines, more than %d", path, n, mostLines)
		}
		f, err := parser.ParseFile(fset, path, src, 0)
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			functions++
			n := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1
			if n > mostFunction {
				t.Errorf("%v: %s has %d lines, more than %d", fset.Position(fn.Pos()), fn.Name.Name, n, mostFunction)
			}
			if n > longFunction {
				long = append(long, fn.Name.Name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, n := range files {
		if n > mostFiles {
			t.Errorf("%s has %d files, more than %d", dir, n, mostFiles)
		}
	}
	if share := float64(len(long)) / float64(functions); share > longShare {
		t.Errorf("%d of %d functions have more than %d lines: %s", len(long), functions, longFunction, strings.Join(long, ", "))
	}
	if functions < 1000 {
		t.Errorf("only %d functions", functions)
	}
}
