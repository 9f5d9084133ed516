package gloss

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus/golden"
	"jinwen/corpus/zh"
	"jinwen/index/text"
	"jinwen/index/vector"
)

// Two words mean about the same from nearLeast on, and the very same from
// nearAll: cosines of their vectors. A word has nearMost such words at most.
const (
	nearLeast = 0.3
	nearAll   = 0.8
	nearMost  = 12
)

// TestCompiled holds the compiled files to what they are made of; with -update
// it makes them.
func TestCompiled(t *testing.T) {
	cut, err := text.NewCutter("", nil)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("data/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	var b bytes.Buffer
	vocabulary := make(map[string]bool)
	seen := make(map[string]string)
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(data), "\n") {
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			fields := strings.Split(line, "|")
			if len(fields) != 3 {
				t.Errorf("%s:%d: %d fields, want terms | phrases | English", name, n+1, len(fields))
				continue
			}
			var terms []string
			for _, term := range strings.Split(fields[0], ",") {
				if term = zh.Fold(term); !slices.Contains(terms, term) {
					terms = append(terms, term)
				}
			}
			if other, ok := seen[terms[0]]; ok {
				t.Errorf("%s:%d: %s stands in %s already", name, n+1, terms[0], other)
			}
			seen[terms[0]] = name
			var phrases []string
			for _, p := range strings.Split(fields[1]+"/"+fields[2], "/") {
				words := Words(cut.Plain(foldSpaced(p)))
				if len(words) == 0 {
					continue
				}
				phrases = append(phrases, strings.Join(words, " "))
				for _, w := range words {
					vocabulary[w] = true
				}
			}
			fmt.Fprintf(&b, "%s\t%s\n", strings.Join(terms, " "), strings.Join(phrases, "/"))
		}
	}
	golden.Check(t, "data/compiled/glosses.txt", b.String()) // go generate ./index/gloss rewrites it
	checkNear(t, slices.Sorted(maps.Keys(vocabulary)))
}

// checkNear checks near.txt for some of the words, or makes it.
func checkNear(t *testing.T, words []string) {
	const every = 97 // of the words, where nothing is made: all would take long
	vecs := make([]vector.Vec, len(words))
	for i, w := range words {
		vecs[i] = vector.OfWord(w)
	}
	lineOf := func(i int) string {
		type alike struct {
			word string
			cos  float32
		}
		var list []alike
		if !vecs[i].Zero() {
			for k := range vecs {
				if cos := vecs[i].Cos(&vecs[k]); k != i && cos > nearLeast {
					list = append(list, alike{words[k], cos})
				}
			}
		}
		slices.SortFunc(list, func(a, b alike) int { return cmp.Or(cmp.Compare(b.cos, a.cos), cmp.Compare(a.word, b.word)) })
		line := words[i]
		for _, a := range list[:min(nearMost, len(list))] {
			by := min(max((a.cos-nearLeast)/(nearAll-nearLeast), 0), 1)
			if by >= 0.1 {
				line += fmt.Sprintf(" %s %.0f", a.word, 100*by)
			}
		}
		return line
	}
	if golden.Update() {
		var b strings.Builder
		for i := range words {
			if line := lineOf(i); strings.Contains(line, " ") {
				b.WriteString(line + "\n")
			}
		}
		golden.Check(t, "data/compiled/near.txt", b.String())
		return
	}
	has := make(map[string]bool)
	for line := range strings.Lines(near) {
		has[strings.TrimSuffix(line, "\n")] = true
	}
	for i := 0; i < len(words); i += every {
		if line := lineOf(i); strings.Contains(line, " ") && !has[line] {
			t.Errorf("near.txt has not %q: go generate ./index/gloss", line)
		}
	}
}

// foldSpaced folds text and keeps the spaces between English words.
func foldSpaced(text string) string {
	fields := strings.Fields(text)
	for i, f := range fields {
		fields[i] = zh.Fold(f)
	}
	return strings.Join(fields, " ")
}
