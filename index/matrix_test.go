package index_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/corpus/extract"
	"jinwen/index"
)

var (
	matrixLibrary = flag.String("library", "", "folder of reports: the matrix asks all of them as well")
	matrixMisses  = flag.Bool("misses", false, "the matrix prints what it counts as wrong or refused")
)

// matrixRight is the least share of cells that are right, and matrixWrong the
// greatest of those that give another number.
const (
	matrixRight = 0.95
	matrixWrong = 0.01
)

// A wording is one way to ask for an indicator.
type wording struct {
	name, concept string // of the indicator
	year          string // last, this, any
	measure       string // growth, level, any
	text          string
}

// readMatrix reads testdata/matrix.txt, which says how it is written.
func readMatrix(t testing.TB) []wording {
	data, err := os.ReadFile("testdata/matrix.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []wording
	var name, concept string
	for line := range strings.Lines(string(data)) {
		f := strings.SplitN(strings.TrimSpace(line), " ", 3)
		switch {
		case f[0] == "" || strings.HasPrefix(f[0], "#"):
		case f[0] == "==":
			name, concept = f[1], f[2]
		default:
			out = append(out, wording{name, concept, f[0], f[1], f[2]})
		}
	}
	return out
}

// A cell is a wording asked of a report.
type cell int

const (
	right   cell = iota // the number, or that there is none
	refused             // there is one, and it is not given
	wrong               // another number is given as the answer
)

// fits reports whether f is what w asks for of a report whose plan is for the
// year plan, about the whole place.
func (w wording) fits(f corpus.Figure, plan int, time corpus.Time) bool {
	if f.Concept != w.concept && !w.named(f) || f.Scope != "" {
		return false
	}
	isGrowth := f.Measure == corpus.MeasureGrowth || f.Measure == corpus.MeasureChange
	if w.measure == "growth" && !isGrowth || w.measure == "level" && isGrowth {
		return false
	}
	last := f.Period == strconv.Itoa(plan-1) && f.Nature == corpus.Actual
	this := f.Period == strconv.Itoa(plan) && f.Nature == corpus.Target
	if f.Nature == corpus.Background {
		return f.Period == "other" && w.year != "this" && time == corpus.Review // 首次跃上1.4万亿斤新台阶
	}
	return last && w.year != "this" || this && w.year != "last"
}

// named reports whether the name of f, which the table has as no concept's,
// begins with the one asked for.
func (w wording) named(f corpus.Figure) bool {
	m := concept.Find(f.Indicator)
	return f.Concept == "" && len(m) > 0 && m[0].ID == w.concept && m[0].Start == 0
}

// judge says how a answers w.
func (w wording) judge(a *index.Answer) cell {
	r := a.Report
	var truth []corpus.Figure
	for _, f := range r.Figures {
		if f.Passage >= 0 && w.fits(f, r.Year, r.Passages[f.Passage].Time) {
			truth = append(truth, f)
		}
	}
	if w.measure == "open" {
		levels := slices.DeleteFunc(slices.Clone(truth), func(f corpus.Figure) bool { return f.Measure == corpus.MeasureGrowth })
		if len(levels) > 0 {
			truth = levels
		}
	}
	given := a.Status == index.Answered && a.Direct > 0
	switch {
	case !given && len(truth) == 0:
		return right
	case !given:
		return refused
	}
	first := r.Figures[a.Figures[0]]
	if slices.ContainsFunc(truth, func(f corpus.Figure) bool { return f.Number == first.Number && f.Unit == first.Unit }) {
		return right
	}
	return wrong
}

// TestMatrix asks for every indicator in every wording: the number of the
// figures' table comes, or none.
//
//	go test ./index -run Matrix -library DIR -misses -v
//
// asks all reports of a folder and prints the cells that are not right.
func TestMatrix(t *testing.T) {
	wordings := readMatrix(t)
	byName, byWording, all := map[string]*[3]int{}, map[string]*[3]int{}, new([3]int)
	count := func(m map[string]*[3]int, key string, c cell) {
		if m[key] == nil {
			m[key] = new([3]int)
		}
		m[key][c]++
	}
	for _, r := range matrixReports(t) {
		ix, err := index.New(r, index.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range wordings {
			a, err := ix.Ask(context.Background(), index.Query{Text: w.text})
			if err != nil {
				t.Fatal(err)
			}
			c := w.judge(a)
			all[c]++
			count(byName, w.name, c)
			count(byWording, w.name+" "+w.text, c)
			if *matrixMisses && c != right {
				t.Logf("%s %s %s: %s", []string{"right", "refused", "WRONG"}[c], r.ID, w.text, shown(a))
			}
		}
		ix.Close()
	}
	if *matrixLibrary != "" || testing.Verbose() {
		t.Log(table(byName) + table(byWording))
	}
	n := float64(all[right] + all[refused] + all[wrong])
	t.Logf("%d cells: right %.3f, refused %.3f, wrong %.4f", int(n), float64(all[right])/n, float64(all[refused])/n, float64(all[wrong])/n)
	if float64(all[right])/n < matrixRight || float64(all[wrong])/n > matrixWrong {
		t.Errorf("want at least %.2f right and at most %.2f wrong", matrixRight, matrixWrong)
	}
}

// matrixReports are the embedded report and those of the library.
func matrixReports(t testing.TB) []*corpus.Report {
	embedded, err := extract.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	out := []*corpus.Report{embedded}
	if *matrixLibrary == "" {
		return out
	}
	err = filepath.WalkDir(*matrixLibrary, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		r, err := extract.Parse(filepath.Base(path), data)
		if err != nil {
			return err
		}
		out = append(out, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// shown returns what a says, on one line.
func shown(a *index.Answer) string {
	s := string(a.Status)
	for _, m := range a.Missing {
		s += fmt.Sprintf(" missing %s %s", m.Slot, m.Text)
	}
	if a.Direct > 0 {
		f := a.Report.Figures[a.Figures[0]]
		s += fmt.Sprintf(" %s|%s|%s %s %s %q", f.Value, f.Indicator, f.Concept, f.Period, f.Nature, a.Report.Quote(f.Clause))
	}
	return s + "  read: " + a.Question.Question.String()
}

// table prints rows of right, refused and wrong, the worst first.
func table(rows map[string]*[3]int) string {
	var keys []string
	for k := range rows {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(rows[b][wrong], rows[a][wrong]), cmp.Compare(rows[b][refused], rows[a][refused]), cmp.Compare(a, b))
	})
	var b strings.Builder
	fmt.Fprintf(&b, "\nright refused wrong\n")
	for _, k := range keys {
		fmt.Fprintf(&b, "%5d %7d %5d  %s\n", rows[k][right], rows[k][refused], rows[k][wrong], k)
	}
	return b.String()
}
