package extract

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/golden"
)

// The tests of this file run on a library of real reports that is not part of
// the project; without it they are skipped.

var libraryDir = filepath.Join("..", "..", "..", "shared", "report", "library")

func libraryFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(libraryDir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("no library")
	}
	sort.Strings(files)
	return files
}

func parseFile(t *testing.T, file string) *corpus.Report {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Parse(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestLibrary keeps a line of counts for every report, so that every change
// shows what it does to all of them: whose report of which year it is, how many
// parts, sections, passages, figures (targets), commitments, pairs, glossary
// entries and doubts it has, and how many code points each zone takes. It holds
// what is true of all: no long passage, nothing of a glossary, an appendix or
// the page aimed at, and little time.
func TestLibrary(t *testing.T) {
	var b strings.Builder
	for _, file := range libraryFiles(t) {
		began := time.Now()
		r := parseFile(t, file)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s takes %v", filepath.Base(file), took)
		}
		parts, targets := 0, 0
		for _, s := range r.Sections {
			if s.Level == 1 {
				parts++
			}
		}
		for _, f := range r.Figures {
			if f.Nature != corpus.Target {
				continue
			}
			targets++
			if f.Passage >= 0 {
				if z := r.Passages[f.Passage].Zone; z == corpus.ZoneGlossary || z == corpus.ZoneAppendix || z == corpus.ZoneFurniture {
					t.Errorf("%s: %q in the %s is a target", r.Name(), f.Value, z)
				}
			}
		}
		for _, p := range r.Passages {
			if p.Len() > corpus.MaxPassage || p.Zone == corpus.ZoneFurniture {
				t.Errorf("%s: passage %s of %d in the %s", r.Name(), p.ID, p.Len(), p.Zone)
			}
		}
		fmt.Fprintf(&b, "%s %s %s %q %s parts=%d sections=%d passages=%d figures=%d targets=%d commitments=%d pairs=%d glossary=%d doubts=%d",
			r.Name(), r.Place, r.Level, r.Speaker, r.Date, parts, len(r.Sections), len(r.Passages), len(r.Figures), targets,
			len(r.Commitments), len(r.Pairs), len(r.Glossary), len(r.Doubts))
		sizes := map[corpus.Zone]int{}
		for _, z := range r.Zones {
			sizes[z.Zone] += z.Len()
		}
		for _, z := range []corpus.Zone{corpus.ZoneReview, corpus.ZoneFiveReview, corpus.ZonePlan, corpus.ZoneFivePlan, corpus.ZoneOwnWork, corpus.ZoneClosing, corpus.ZoneGlossary, corpus.ZoneAppendix, corpus.ZoneFurniture} {
			if sizes[z] > 0 {
				fmt.Fprintf(&b, " %s=%d", z, sizes[z])
			}
		}
		b.WriteByte('\n')
	}
	golden.Check(t, "testdata/library.golden", b.String())
}

// least are the recall and precision that no annotated stretch may fall below.
const (
	leastRecall    = 0.92
	leastPrecision = 0.90
)

// TestCommitmentsGold compares the commitments with those annotated by hand: one
// is found if at least 60 % of it is covered, and right if at least half of it
// lies in what was annotated.
func TestCommitmentsGold(t *testing.T) {
	libraryFiles(t)
	f, err := os.Open(filepath.Join("testdata", "commitments.gold"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	type stretch struct {
		file          string
		within        corpus.Span
		wanted, allow []corpus.Span
	}
	var all []*stretch
	for s := bufio.NewScanner(f); s.Scan(); {
		w := strings.Fields(s.Text())
		number := func(i int) int { n, _ := strconv.Atoi(w[i]); return n }
		switch {
		case len(w) == 0 || w[0] == "#":
		case w[0] == "file":
			all = append(all, &stretch{file: w[1], within: corpus.Span{Start: number(2), End: number(3)}})
		default:
			at, span := all[len(all)-1], corpus.Span{Start: number(0), End: number(1)}
			at.allow = append(at.allow, span)
			if w[2] == "+" {
				at.wanted = append(at.wanted, span)
			}
		}
	}
	for _, at := range all {
		t.Run(strings.TrimSuffix(filepath.Base(at.file), "政府工作报告.txt"), func(t *testing.T) {
			r := parseFile(t, filepath.Join(libraryDir, at.file))
			var got []corpus.Span
			for _, c := range r.Commitments {
				if at.within.Start <= c.Start && c.Start < at.within.End {
					got = append(got, c.Span)
				}
			}
			found, right := 0, 0
			for _, w := range at.wanted {
				if covered(w, got)*10 >= 6*w.Len() {
					found++
				}
			}
			for _, g := range got {
				if covered(g, at.allow)*2 >= g.Len() {
					right++
				}
			}
			recall, precision := float64(found)/float64(len(at.wanted)), float64(right)/float64(max(len(got), 1))
			t.Logf("%d wanted, %d found: recall %.3f, precision %.3f", len(at.wanted), len(got), recall, precision)
			if recall < leastRecall || precision < leastPrecision {
				t.Errorf("recall %.3f, precision %.3f: want %.2f and %.2f", recall, precision, leastRecall, leastPrecision)
			}
		})
	}
}

// covered returns how many code points of s lie in one of spans, which are disjoint.
func covered(s corpus.Span, spans []corpus.Span) int {
	n := 0
	for _, x := range spans {
		n += max(0, min(s.End, x.End)-max(s.Start, x.Start))
	}
	return n
}
