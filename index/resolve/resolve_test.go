package resolve

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/index/lexicon"
	"jinwen/index/position"
	"jinwen/index/question"
	"jinwen/index/text"
)

// reportOf reads a report.
func reportOf(t testing.TB, said string) *Report {
	t.Helper()
	r := extract.ParseText(said)
	cut, err := text.NewCutter("", text.Quoted(r.Text))
	if err != nil {
		t.Fatal(err)
	}
	x := position.NewText(r)
	words := cut.Fine(string(x.Runes))
	x.SetWords(words, cut.InDict)
	by := make(map[string][]int)
	for i, f := range r.Figures {
		if f.Concept != "" {
			by[f.Concept] = append(by[f.Concept], i)
		}
	}
	return &Report{
		Report: r, Text: x, Cut: cut, Slips: position.NewSlips(x, words), Own: OwnNames(r),
		Composes: func(text string) bool { return text == "农村居民人均可支配收入" }, ByConcept: by,
	}
}

// TestResolve keeps what questions mean to a report that is made up, but for
// what the words weigh: testdata/resolve.txt has below each question its reading.
// One behind > leans on the question before it. Read the difference.
func TestResolve(t *testing.T) {
	said, err := os.ReadFile("testdata/report.txt")
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	r := reportOf(t, string(said))
	const file = "testdata/resolve.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	var before *question.Question
	for line := range strings.Lines(string(data)) {
		switch line = strings.TrimRight(line, "\n"); {
		case strings.HasPrefix(line, "    "):
			continue
		case line == "", strings.HasPrefix(line, "#"):
			out.WriteString(line + "\n")
			continue
		}
		asked, leans := strings.CutPrefix(line, "> ")
		if !leans {
			before = nil
		}
		q := r.Resolve(question.Read(asked, before), lex, position.NewEffort(t.Context()))
		fmt.Fprintf(&out, "%s\n    %s\n", line, meant(q))
		before = q.Question
	}
	golden.Check(t, file, out.String())
}

// meant is what q means to the report: besides what was read, the years, places,
// numbers and words.
func meant(q *Question) string {
	var b strings.Builder
	b.WriteString(string(q.Ask))
	for _, x := range []struct {
		name string
		val  any
		show bool
	}{
		{"years", q.Years, len(q.Years) > 0}, {"times", q.Times, len(q.Times) > 0}, {"beyond", q.Beyond, q.Beyond != ""}, {"place", q.Place, q.Place != ""},
		{"numbers", q.Numbers, len(q.Numbers) > 0}, {"premises", q.Premises, len(q.Premises) > 0},
	} {
		if x.show {
			fmt.Fprintf(&b, " %s=%v", x.name, x.val)
		}
	}
	for _, t := range q.Terms {
		fmt.Fprintf(&b, " %s", marked(t))
	}
	for _, p := range q.Parts {
		b.WriteString(" | " + meant(p))
	}
	return b.String()
}

// marked is t with what is known of it, where it stands, and the first that may
// stand for it.
func marked(t Term) string {
	var b strings.Builder
	b.WriteString(t.Text)
	if t.Slip != "" {
		b.WriteString("<" + t.Slip)
	}
	fmt.Fprintf(&b, "@%d-%d", t.start, t.end)
	if t.Concept != "" {
		b.WriteString(":" + t.Concept)
	}
	for _, x := range []struct {
		name string
		on   bool
	}{
		{"lacked", !t.Known}, {"place", t.Place}, {"listed", t.Listed}, {"printed", t.Printed}, {"district", t.District}, {"name", t.Name}, {"proper", t.Proper},
		{"verbal", t.Verbal}, {"story", t.Story}, {"kept", t.Kept}, {"sure", t.Sure}, {"everyday", t.Everyday}, {"joined", t.joined}, {"before", t.before},
	} {
		if x.on {
			b.WriteString("," + x.name)
		}
	}
	if len(t.Series) > 0 {
		fmt.Fprintf(&b, ",series %v", t.Series)
	}
	var alts []string
	for _, a := range t.Alts {
		if a.Text != t.Text {
			alts = append(alts, a.Text)
		}
	}
	if len(alts) > 0 {
		fmt.Fprintf(&b, "(%s)", strings.Join(alts[:min(len(alts), 3)], " "))
	}
	return b.String()
}
