package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/golden"
)

// TestShapes keeps all that is made of texts which were written for the many
// shapes of clauses and pages, and of the report that ships: identity, outline,
// zones, passages, figures with the clause that may be quoted, commitments,
// pairs, glossary, doubts. Read the
// difference; a line that is wrong is kept so that a change shows.
func TestShapes(t *testing.T) {
	shapes, err := filepath.Glob("testdata/shapes/*.txt")
	if err != nil || len(shapes) < 4 {
		t.Fatal(shapes, err)
	}
	others, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(others) < 7 {
		t.Fatal(others, err)
	}
	reports := map[string]*corpus.Report{}
	for _, file := range append(shapes, others...) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		reports[strings.TrimSuffix(filepath.Base(file), ".txt")] = ParseText(string(data))
	}
	if reports["tianjin-2024"], err = Embedded(); err != nil {
		t.Fatal(err)
	}
	for name, r := range reports {
		t.Run(name, func(t *testing.T) { golden.Check(t, "testdata/shapes/"+name+".golden", whole(r)) })
	}
}

// whole is all that was made of a report, line by line.
func whole(r *corpus.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q %d %s %s %s %s %s\n", r.Title, r.Year, r.Place, r.Short, r.Level, r.Date, r.Speaker)
	for _, s := range r.Sections {
		fmt.Fprintf(&b, "section %d^%d %q %q %d-%d %d-%d %v %s %s\n", s.Level, s.Parent, s.Mark, s.Title, s.Heading.Start, s.Heading.End, s.Start, s.End, s.Inline, s.Time, s.Zone)
	}
	for _, z := range r.Zones {
		fmt.Fprintf(&b, "zone %d-%d %s\n", z.Start, z.End, z.Zone)
	}
	for _, p := range r.Passages {
		fmt.Fprintf(&b, "passage %s %d-%d section %d %s %s\n", p.ID, p.Start, p.End, p.Section, p.Time, p.Zone)
	}
	for _, f := range r.Figures {
		fmt.Fprintf(&b, "figure %d-%d %s %s %s passage %d: %s\n", f.Start, f.End, figureLine(f), f.Concept, f.Scope, f.Passage, r.Quote(f.Clause))
	}
	for _, c := range r.Commitments {
		fmt.Fprintf(&b, "commitment %d %q [%s] %s @%v &%v %v\n", c.Passage, c.Topic, c.Verb, c.Text, c.Places, c.Organisations, c.Figures)
	}
	for _, p := range r.Pairs {
		fmt.Fprintf(&b, "pair %+v\n", p)
	}
	for _, e := range r.Glossary {
		fmt.Fprintf(&b, "entry %s %d-%d\n", e.Term, e.Start, e.End)
	}
	for _, d := range r.Doubts {
		fmt.Fprintf(&b, "doubt %s %s %d-%d\n", d.Kind, d.Text, d.Start, d.End)
	}
	return b.String()
}
