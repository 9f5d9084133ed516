package cli

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// How large what is not a test may grow.
const (
	mostFiles    = 20   // of a package
	mostLines    = 450  // of a file
	mostFunction = 120  // lines of a function
	longFunction = 60   // lines from which a function is long
	longShare    = 0.02 // of all functions that are long
	mostListed   = 12   // Chinese words in a list in code, or alternatives of an expression; longer ones are data files
)

// eachSource calls f with every Go file of the module, by its path from here.
func eachSource(f func(path string, src []byte) error) error {
	return filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return f(path, src)
	})
}

// TestLimits holds the size of packages, files and functions, and that longer
// lists of words are data files.
func TestLimits(t *testing.T) {
	fset := token.NewFileSet()
	files := make(map[string]int) // by package
	functions := 0
	var long []string
	err := eachSource(func(path string, src []byte) error {
		if strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files[filepath.Dir(path)]++
		if n := bytes.Count(src, []byte("\n")); n > mostLines {
			t.Errorf("%s has %d lines, more than %d", path, n, mostLines)
		}
		f, err := parser.ParseFile(fset, path, src, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if listed := listedWords(n); len(listed) > mostListed {
				t.Errorf("%v: a list of %d words stands in code: %v", fset.Position(n.Pos()), len(listed), listed)
				return false
			}
			return true
		})
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

// listedWords are the Chinese words that n lists: the elements of a slice or a
// map, the arguments of a call, the words in a string. The fields of a struct are
// texts for people, not a list.
func listedWords(n ast.Node) []string {
	var list []ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		list = n.Args
	case *ast.CompositeLit:
		switch n.Type.(type) {
		case *ast.ArrayType, *ast.MapType:
			list = n.Elts
		}
	case *ast.BasicLit:
		if words := alternatives(han(n)); len(words) > mostListed {
			return words
		}
		words := strings.Fields(han(n))
		for _, w := range words {
			if len([]rune(w)) > 6 || strings.ContainsAny(w, "，。；：（%|") {
				return nil // a text
			}
		}
		return distinct(words)
	}
	var out []string
	for _, x := range list {
		switch x := x.(type) {
		case *ast.KeyValueExpr:
			out = append(out, han(x.Key), han(x.Value))
		case *ast.CompositeLit:
			for _, e := range x.Elts {
				out = append(out, han(e))
			}
		default:
			out = append(out, han(x))
		}
	}
	return distinct(out)
}

// alternatives returns the Chinese alternatives of the group of the regular
// expression s that has most of them.
func alternatives(s string) []string {
	var most []string
	open := [][]string{{""}} // the groups around the place, each with its alternatives so far
	closeGroup := func() {
		last := len(open) - 1
		var words []string
		for _, w := range open[last] {
			if strings.ContainsFunc(w, isHan) {
				words = append(words, w)
			}
		}
		if len(words) > len(most) {
			most = words
		}
		open = open[:last]
	}
	class, escaped := false, false
	for _, c := range s {
		last := len(open) - 1
		switch {
		case escaped:
			escaped = false
			continue
		case c == '\\':
			escaped = true
			continue
		case class:
			class = c != ']'
		case c == '[':
			class = true
		case c == '(':
			open = append(open, []string{""})
			continue
		case c == ')' && last > 0:
			closeGroup()
			continue
		case c == '|':
			open[last] = append(open[last], "")
			continue
		}
		for _, g := range open {
			g[len(g)-1] += string(c)
		}
	}
	for len(open) > 0 {
		closeGroup()
	}
	return most
}

func isHan(c rune) bool { return unicode.Is(unicode.Han, c) }

// han is the string that x is a literal of, if it has Chinese characters.
func han(x ast.Node) string {
	lit, ok := x.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil || !strings.ContainsFunc(s, isHan) {
		return ""
	}
	return s
}

// distinct returns the words among some, once each; sentences are none.
func distinct(words []string) []string {
	words = slices.DeleteFunc(words, func(w string) bool {
		return w == "" || len([]rune(w)) > 6 && strings.ContainsAny(w, "，。；：（、%| ")
	})
	slices.Sort(words)
	return slices.Compact(words)
}

// TestTextsAreChecked: every package that says something to people in three
// languages has a test that each text is there in all of them.
func TestTextsAreChecked(t *testing.T) {
	speaks, checked := make(map[string]string), make(map[string]bool)
	err := eachSource(func(path string, src []byte) error {
		dir := filepath.Dir(path)
		test := strings.HasSuffix(path, "_test.go")
		if !test && bytes.Contains(src, []byte("= chat.Texts[")) {
			speaks[dir] = path
		}
		if test && bytes.Contains(src, []byte(".Check() {")) {
			checked[dir] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, path := range speaks {
		if !checked[dir] {
			t.Errorf("%s: no test of the package calls Check", path)
		}
	}
	if len(speaks) < 5 {
		t.Errorf("only %d packages speak", len(speaks))
	}
}

// readers are the functions that may read a text as a question: those that get a
// person's new words. A link into the chat has 64 characters: it holds the words of
// a short question, for no Question is so short, and the name of a kept Question else.
var readers = []string{
	"handlers ask",                   // a message of a chat
	"handlers (Turn).inlineAnswer",   // what is typed after the bot's name
	"handlers readAsked",             // the words of a link, of a marked quote, of an example, of a page that remembers what was asked on it
	"bot/cli/ask (conversation).ask", // a line of standard input
	"index (Index).read",             // a Query of words
	"index/library (Library).Ask",    // the same
	"index/library readParts",        // a message of several questions, each by itself
}

// TestReadOnce: what was read is kept; buttons, pages and follow-ups read no text
// again.
func TestReadOnce(t *testing.T) {
	const pkg = "jinwen/index/question"
	var got []string
	err := eachSource(func(path string, src []byte) error {
		if strings.HasSuffix(path, "_test.go") || !bytes.Contains(src, []byte(strconv.Quote(pkg))) {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, src, 0)
		if err != nil {
			return err
		}
		name := "question"
		for _, imp := range f.Imports {
			if imp.Path.Value == strconv.Quote(pkg) && imp.Name != nil {
				name = imp.Name.Name
			}
		}
		dir, err := filepath.Rel(filepath.Join("..", ".."), filepath.Dir(path))
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			ast.Inspect(d, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok || sel.Sel.Name != "Read" {
					return true
				}
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == name {
					got = append(got, filepath.ToSlash(dir)+" "+nameOf(d))
				}
				return true
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	want := slices.Sorted(slices.Values(readers))
	if got = slices.Compact(got); !slices.Equal(got, want) {
		t.Errorf("question.Read is used in\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// nameOf is what d declares: a function by its name, a method with its receiver
// before it.
func nameOf(d ast.Decl) string {
	fn, ok := d.(*ast.FuncDecl)
	if !ok {
		return "a variable"
	}
	if fn.Recv == nil {
		return fn.Name.Name
	}
	on := fn.Recv.List[0].Type
	if p, ok := on.(*ast.StarExpr); ok {
		on = p.X
	}
	x, _ := on.(*ast.Ident)
	return "(" + x.Name + ")." + fn.Name.Name
}
