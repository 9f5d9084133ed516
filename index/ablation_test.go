package index

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/index/answer"
	"jinwen/index/check"
	"jinwen/index/rank"
	"jinwen/index/resolve"
)

var (
	ablate   = flag.Bool("ablate", false, "leave each weight and rule out in turn and print what changes")
	without  = flag.String("without", "", "a weight or rule that is left out of all tests, as -ablate names it: what fails needs it")
	only     = flag.String("only", "", "leave out those alone whose names match this regular expression")
	setsFile = flag.String("sets", "", "question sets for -ablate, one a line: NAME QUESTIONS.jsonl [REPORT], paths relative to this file; the development set without it")
)

// A knob is a weight, a threshold or a rule of the packages that answer. turn
// leaves it out until back is called.
type knob struct {
	name string
	turn func() (back func())
}

// knobs are those of resolve, rank, check and index itself.
func knobs() []knob {
	var out []knob
	for _, of := range []struct {
		room string
		used any
	}{{"resolve", &resolve.Used}, {"rank", &rank.Used}, {"check", &check.Used}, {"index", &used}} {
		v := reflect.ValueOf(of.used).Elem()
		for i := range v.NumField() {
			f, field := v.Type().Field(i), v.Field(i)
			out = append(out, knob{of.room + " " + f.Name, func() func() {
				old := reflect.New(f.Type).Elem()
				old.Set(field)
				fmt.Sscan(f.Tag.Get("out"), field.Addr().Interface())
				return func() { field.Set(old) }
			}})
		}
	}
	for _, of := range []struct {
		room    string
		names   []string
		without *string
	}{{"rank bar", rank.BarNames(), &rank.Without}, {"check", check.Names(), &check.Without}} {
		for _, name := range of.names {
			out = append(out, knob{of.room + ": " + name, func() func() {
				*of.without = name
				return func() { *of.without = "" }
			}})
		}
	}
	return out
}

// TestKnobs: every number says what leaves it out, and leaving it out is undone.
func TestKnobs(t *testing.T) {
	before := fmt.Sprint(resolve.Used, rank.Used, check.Used, used)
	all := knobs()
	for _, k := range all {
		back := k.turn()
		if turned := fmt.Sprint(resolve.Used, rank.Used, check.Used, used, rank.Without, check.Without); turned == before {
			t.Errorf("%s is what it is without: its out tag has its value, or is none", k.name)
		}
		back()
	}
	if after := fmt.Sprint(resolve.Used, rank.Used, check.Used, used); after != before || len(all) < 80 {
		t.Errorf("%d knobs; they are\n%s, were\n%s", len(all), after, before)
	}
}

// TestAblation leaves each weight, threshold and rule out in turn, over all
// questions of the sets and the conversations of testdata/turns, and prints what
// that changes:
//
//	go test ./index -run Ablation -ablate -v -timeout 1h
//	go test ./index -run Ablation -ablate -v -timeout 1h -sets sets.txt
//
// A number that is left out has the value of its out tag: a factor 1, an addend
// 0, a bound that nothing reaches. Figures are in points of a hundred; changed
// is the number of answers of which somebody would see something change, turns
// is how many of the conversations'. What changes nothing is to be deleted.
func TestAblation(t *testing.T) {
	if !*ablate {
		t.Skip("a measurement: -ablate")
	}
	named := regexp.MustCompile(*only)
	sets, talks := questionSets(t), turns(t)
	base, before := measureAll(t, sets)
	said := printedTurns(t, talks)
	t.Logf("%-24s %8s %6s  %s", fmt.Sprintf("left out of %d", len(before)), "changed", "turns", strings.Join(measureNames, " "))
	t.Logf("%-24s %8s %6s  %s", "(nothing)", "", "", base.percent())
	for _, k := range knobs() {
		if !named.MatchString(k.name) {
			continue
		}
		back := k.turn()
		m, after := measureAll(t, sets)
		talked := printedTurns(t, talks)
		back()
		t.Logf("%-24s %8d %6d  %s", k.name, differing(before, after), differing(said, talked), m.minus(base))
	}
}

// differing returns how many of a and b differ.
func differing(a, b []string) int {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// printedTurns are the answers to the turns of conversations, printed.
func printedTurns(t *testing.T, talks []turn) []string {
	t.Helper()
	var out []string
	converse(t, talks, func(_ turn, a *Answer) {
		if a != nil {
			out = append(out, printed(a))
		}
	})
	return out
}

// A questionSet is questions on one report.
type questionSet struct {
	name      string
	ix        *Index
	questions []devQuestion
}

// questionSets are those of -sets, or the development set.
func questionSets(t *testing.T) []questionSet {
	t.Helper()
	if *setsFile == "" {
		return []questionSet{{"questions", testIndex(t), devQuestions(t)}}
	}
	var out []questionSet
	for _, line := range strings.Split(strings.TrimSpace(readFile(t, *setsFile)), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			t.Fatalf("%s: %q: want NAME QUESTIONS.jsonl [REPORT]", *setsFile, line)
		}
		for i := 1; i < len(fields); i++ {
			if !filepath.IsAbs(fields[i]) {
				fields[i] = filepath.Join(filepath.Dir(*setsFile), fields[i])
			}
		}
		ix := testIndex(t)
		if len(fields) > 2 {
			ix = indexFile(t, fields[2])
		}
		out = append(out, questionSet{fields[0], ix, readQuestions(t, fields[1])})
	}
	return out
}

func indexFile(t *testing.T, name string) *Index {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var r *corpus.Report
	if r, err = extract.Parse(filepath.Base(name), data); err != nil {
		t.Fatal(err)
	}
	ix, err := New(r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func readQuestions(t testing.TB, name string) []devQuestion {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []devQuestion
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var q devQuestion
		if err := json.Unmarshal(sc.Bytes(), &q); err != nil {
			t.Fatalf("%s, question %d: %v", name, len(out)+1, err)
		}
		out = append(out, q)
	}
	return out
}

// What is measured of a set: sums and what they are shares of.
type measures [7]struct{ sum, of float64 }

const (
	ranked1 = iota // the right passage first, before any refusal
	ranked3        // the same, among three
	shown1         // the right passage first in the answer
	shown3
	value   // the first figures are the right ones
	refused // of the questions without an answer
	falsely // refused though there is an answer
)

var measureNames = []string{"ranked1", "ranked3", " shown1", " shown3", "  value", "refused", "falsely"}

func (m *measures) add(what int, yes bool) {
	m[what].of++
	if yes {
		m[what].sum++
	}
}

func (m *measures) share(i int) float64 { return 100 * m[i].sum / max(1, m[i].of) }

func (m *measures) percent() string {
	var b strings.Builder
	for i := range m {
		fmt.Fprintf(&b, "%7.1f ", m.share(i))
	}
	return b.String()
}

func (m *measures) minus(n measures) string {
	var b strings.Builder
	for i := range m {
		fmt.Fprintf(&b, "%+7.1f ", m.share(i)-n.share(i))
	}
	return b.String()
}

// measureAll asks all questions; it returns what it measured and the answers,
// printed.
func measureAll(t *testing.T, sets []questionSet) (m measures, answers []string) {
	t.Helper()
	for _, s := range sets {
		for _, q := range s.questions {
			a := ask(t, s.ix, q.Q)
			answers = append(answers, printed(a))
			switch q.Kind {
			case "outline":
			case "none":
				m.add(refused, refusal(a))
			default:
				m.measure(t, s.ix, q, a)
			}
		}
	}
	return m, answers
}

// printed returns what a user would see change.
func printed(a *answer.Answer) string {
	var b strings.Builder
	fmt.Fprint(&b, a.Status, a.Reason, a.Subject, a.Missing, a.Kind, a.Places, a.Figures, a.Direct, a.Commitments, a.Sections, a.Near)
	for _, h := range a.Hits {
		fmt.Fprint(&b, " ", h.Passage)
	}
	return b.String()
}

func (m *measures) measure(t *testing.T, ix *Index, q devQuestion, a *answer.Answer) {
	t.Helper()
	groups := q.Evidence[:1]
	if q.Kind == "list" || q.Kind == "compare" {
		groups = q.Evidence
	}
	right := func(passage int) bool {
		text := ix.Report().Quote(ix.Report().Passages[passage].Span)
		return slices.ContainsFunc(groups, func(g []string) bool { return holds(text, g) })
	}
	ranked := rankedFor(t, ix, q.Q)
	m.add(ranked1, slices.ContainsFunc(ranked[:min(1, len(ranked))], right))
	m.add(ranked3, slices.ContainsFunc(ranked[:min(3, len(ranked))], right))
	var shown []int
	for _, h := range a.Hits {
		shown = append(shown, h.Passage)
	}
	m.add(shown1, slices.ContainsFunc(shown[:min(1, len(shown))], right))
	m.add(shown3, slices.ContainsFunc(shown[:min(3, len(shown))], right))
	m.add(falsely, refusal(a))
	if need := valuesOf(q); len(need) > 0 {
		m.add(value, showsValues(ix, a, need))
	}
}

// rankedFor are the passages for a question, best first, whatever is answered.
func rankedFor(t *testing.T, ix *Index, text string) []int {
	t.Helper()
	h := ix.in.Locate(ix.read(Query{Text: text}, nil))
	candidates, err := ix.in.Candidates(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	var out []int
	for _, s := range h.Rank(candidates, false) {
		out = append(out, s.Passage)
	}
	return out
}

// valuesOf are the values that a question for figures needs: for each fact the
// alternatives.
func valuesOf(q devQuestion) [][]string {
	if q.Kind != "figure" && q.Kind != "compare" {
		return nil
	}
	var out [][]string
	for _, group := range q.Evidence {
		var values []string
		for _, v := range q.Values {
			if slices.ContainsFunc(group, func(e string) bool { return strings.Contains(e, v) }) {
				values = append(values, squash(v))
			}
		}
		if values != nil {
			out = append(out, values)
		}
	}
	return out
}

// showsValues reports whether the first figures of an answer, as many as are
// needed, have all values.
func showsValues(ix *Index, a *answer.Answer, need [][]string) bool {
	shown := make(map[string]bool)
	for _, f := range a.Figures[:min(len(need), len(a.Figures))] {
		shown[squash(ix.Report().Figures[f].Value)] = true
	}
	for _, values := range need {
		if !slices.ContainsFunc(values, func(v string) bool { return shown[v] }) {
			return false
		}
	}
	return true
}
