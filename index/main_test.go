package index

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"jinwen/corpus/extract"
	"jinwen/index/answer"
)

// TestMain ignores the four workers that Bleve starts on import and never ends.
func TestMain(m *testing.M) {
	flag.Parse()
	if *without != "" {
		i := slices.IndexFunc(knobs(), func(k knob) bool { return k.name == *without })
		if i < 0 {
			fmt.Fprintf(os.Stderr, "-without %q: no such weight or rule\n", *without)
			os.Exit(2)
		}
		knobs()[i].turn()
	}
	goleak.VerifyTestMain(closing{m}, goleak.IgnoreCurrent())
}

// closing closes the shared index after the tests, so that nothing of it is
// left to find.
type closing struct{ m *testing.M }

func (c closing) Run() int {
	code := c.m.Run()
	if ix, err := shared(); err == nil {
		ix.Close()
	}
	return code
}

// shared is the index of the embedded report, built once for all tests.
var shared = sync.OnceValues(func() (*Index, error) {
	r, err := extract.Embedded()
	if err != nil {
		return nil, err
	}
	return New(r, Options{})
})

func testIndex(t testing.TB) *Index {
	t.Helper()
	ix, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// newIndex builds an index of text, closed at the end of the test.
func newIndex(t testing.TB, text string) *Index {
	t.Helper()
	ix, err := New(extract.ParseText(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func ask(t testing.TB, ix *Index, text string) *answer.Answer {
	t.Helper()
	a, err := ix.Ask(context.Background(), Query{Text: text})
	if err != nil {
		t.Fatalf("Ask(%q): %v", text, err)
	}
	return a
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// refusal reports whether a does not answer: nothing is found, or what is
// nearest is quoted, without a number.
func refusal(a *answer.Answer) bool {
	return a.Status == answer.NotFound || a.Status == answer.Nearest && len(a.Figures) == 0
}
