package version

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
)

// A story is a folder, and what is done in it.
type story struct {
	t     *testing.T
	s     *Store
	names map[string]string // what the reports are called here, by ID
	step  int
}

// item reads "白石市 2025 1 as 黑水县 2023".
func (y *story) item(s string) Item {
	f := strings.Fields(s)
	year, err := strconv.Atoi(f[1])
	if err != nil {
		y.t.Fatalf("%q: %v", s, err)
	}
	n, err := strconv.Atoi(f[2])
	if err != nil {
		y.t.Fatalf("%q: %v", s, err)
	}
	it := of(f[0], year, n)
	if n == 0 {
		it.Report, _ = zero()
	}
	if len(f) > 3 {
		it.AsPlace = f[4]
		it.AsYear, _ = strconv.Atoi(f[5])
		it.Report = extract.ParseTextAs(it.Report.Text, it.AsYear, it.AsPlace)
	}
	y.names[it.Report.ID] = strings.Join(f[:3], "-")
	return it
}

// do does what a line says, and returns what came of it.
func (y *story) do(line string) string {
	verb, rest, _ := strings.Cut(line, " ")
	rest, from, _ := strings.Cut(rest, " from ")
	y.step++
	by := at("7", y.step)
	if from != "" {
		by.From = y.item(from).Report.ID
	}
	var err error
	out := ""
	switch verb {
	case "keep":
		v, already, e := y.s.Keep(y.item(rest), by)
		out, err = fmt.Sprint(v.Report, " already=", already), e
	case "activate":
		var v Version
		v, err = y.s.Activate(y.item(rest).Report.ID, by)
		out = fmt.Sprint(y.names[v.ID], " active=", v.Active, " serves=", v.Serves)
	case "back":
		var v Version
		v, err = y.s.Rollback(by)
		out = y.names[v.ID]
	case "discard":
		err = y.s.Discard(y.item(rest).Report.ID, by)
	case "note":
		err = y.s.Note(Reindexed, "by hand", by)
	case "rival":
		v, many := y.s.Rival(y.item(rest).Report.ID)
		out = fmt.Sprint(y.names[v.ID], " many=", many)
	case "join":
		rest, replace := strings.CutPrefix(rest, "replace ")
		var items []Item
		for one := range strings.SplitSeq(rest, ", ") {
			items = append(items, y.item(one))
		}
		var js []Joining
		js, err = y.s.Join(items, replace, by)
		for _, j := range js {
			out += fmt.Sprintf("[%s already=%v joined=%v serving=%s]", y.names[j.Version.ID], j.Already, j.Joined, y.names[j.Serving])
		}
	default:
		y.t.Fatalf("no verb %q", verb)
	}
	for _, e := range []error{ErrUnknown, ErrActive, ErrPrevious, ErrNoPrevious} {
		if errors.Is(err, e) {
			return "error: " + e.Error()
		}
	}
	if conflict := new(ConflictError); errors.As(err, &conflict) {
		return "conflict with " + string(conflict.Last.Action) + " " + y.names[conflict.Last.Version]
	}
	if err != nil {
		y.t.Fatalf("%s: %v", line, err)
	}
	return out
}

// versions returns all versions of a store, by what they are here.
func (y *story) versions(s *Store) string {
	var b strings.Builder
	for _, v := range s.Versions() {
		fmt.Fprintf(&b, "\t%s %s %s", y.names[v.ID], v.Report, v.Name)
		for _, is := range []struct {
			flag bool
			name string
		}{{v.Active, "active"}, {v.Serves, "serves"}, {v.Previous, "previous"}, {v.Embedded, "embedded"}, {v.Activated.IsZero(), "waits"}} {
			if is.flag {
				b.WriteString(" " + is.name)
			}
		}
		b.WriteString("\n")
	}
	for _, r := range s.Reports() {
		fmt.Fprintf(&b, "\treport %s %s %d home=%v serving=%s of %d\n", r.Name, r.Place, r.Year, r.Home, y.names[r.Serving.ID], len(r.Versions))
	}
	return b.String()
}

// TestStories keeps which version is active, which serve and what there is to go
// back to, after each step; a folder that is opened again is as it was.
func TestStories(t *testing.T) {
	data, err := os.ReadFile("testdata/stories.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, entry := range strings.Split(string(data), "=== ")[1:] {
		name, steps, _ := strings.Cut(entry, "\n")
		b.WriteString("=== " + name + "\n")
		home := ""
		if rest, ok := strings.CutPrefix(steps, "home "); ok {
			home, steps, _ = strings.Cut(rest, "\n")
		}
		dir := t.TempDir()
		opt := Options{Home: home, Keep: 3}
		y := &story{t: t, s: open(t, dir, opt), names: map[string]string{}}
		y.item("青溪市 2024 0")
		last := ""
		for line := range strings.Lines(steps) {
			line = strings.TrimSpace(line)
			b.WriteString(line + ": " + y.do(line) + "\n")
			now := y.versions(y.s)
			if again := y.versions(open(t, dir, opt)); again != now {
				t.Errorf("%s, %s: opened again it is\n%s, it was\n%s", name, line, again, now)
			}
			if now != last { // what a step leaves as it was is not told again
				b.WriteString(now)
			}
			last = now
		}
		for _, r := range y.s.Audit() {
			fmt.Fprintf(&b, "%d %s %s from %q\n", r.Seq, r.Action, y.names[r.Version], y.names[r.From])
		}
	}
	golden.Check(t, "testdata/stories.golden", b.String())
}
