package library

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jinwen/corpus/golden"
	"jinwen/index/question"
)

// TestRequests keeps what questions ask of several reports, before any is looked
// at: testdata/requests.txt has below each question how it is read. Read the
// difference.
func TestRequests(t *testing.T) {
	l := madeUp(t)
	c, home := l.catalog.Load(), l.Report().Text
	const file = "testdata/requests.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "    ") {
			continue
		}
		out.WriteString(line)
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			fmt.Fprintf(&out, "    %s\n", asks(readRequest(question.Read(line, nil), c, home), c))
		}
	}
	golden.Check(t, file, out.String())
}

// asks is r in one line: what is said, of which places and years, in which order.
func asks(r *request, c *catalog) string {
	var b strings.Builder
	b.WriteString(string(r.kind))
	if r.kind == "" {
		b.WriteString("one")
	}
	var absent []string
	for _, p := range r.absent {
		absent = append(absent, p.Short)
	}
	for _, x := range []struct {
		name string
		val  any
		show bool
	}{
		{"of", r.places, len(r.places) > 0}, {"absent", absent, len(absent) > 0}, {"every", r.level, r.every}, {"what", r.concepts, len(r.concepts) > 0},
		{"nature", r.nature, r.nature != ""}, {"measure", r.measure, r.measure != ""}, {"amount", r.counted, r.amount || r.counted != ""},
		{"years", r.years, len(r.years) > 0}, {"span", true, r.span}, {"offset", r.offset, r.relative}, {"term", r.term, r.term != ""}, {"unsaid", true, r.unsaid},
		{"than", r.than, r.than != ""}, {"rank of", r.of, r.of != ""}, {"counts", true, r.amountWords()}, {"ranks", true, r.ranks()}, {"bare", true, r.bare(c)},
	} {
		if x.show {
			fmt.Fprintf(&b, " %s=%v", x.name, x.val)
		}
	}
	o := r.order
	for _, x := range []struct {
		name string
		on   bool
	}{{"least", o.Least}, {"all", o.All}, {"both", o.Both}, {"exact", o.Exact}} {
		if x.on {
			b.WriteString(" " + x.name)
		}
	}
	for _, x := range []struct {
		name string
		n    float64
	}{{"top", float64(o.Top)}, {"over", o.Over}, {"under", o.Under}, {"rise", float64(o.Rise)}} {
		if x.n != 0 {
			fmt.Fprintf(&b, " %s=%g", x.name, x.n)
		}
	}
	if o.Bound != "" {
		fmt.Fprintf(&b, " bound=%s", o.Bound)
	}
	if subject := r.without(c).Subject; subject != r.q.Subject {
		fmt.Fprintf(&b, " asked=%q", strings.Join(strings.Fields(subject), " "))
	}
	return b.String()
}
