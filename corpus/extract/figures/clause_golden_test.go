package figures

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/golden"
)

// TestClausesGolden keeps how sentences are cut into clauses: the mark that each
// stands behind, and of each of its values what stands before and after it.
func TestClausesGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/clauses.txt")
	if err != nil {
		t.Fatal(err)
	}
	filler := strings.NewReplacer("{115}", strings.Repeat("绿", 115), "{120}", strings.Repeat("绿", 120), "{121}", strings.Repeat("绿", 121), "{80}", strings.Repeat("绿", 80), "{81}", strings.Repeat("绿", 81))
	var b strings.Builder
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		b.WriteString(line + "\n")
		r := wrap(corpus.New("甲。" + filler.Replace(line) + "。5家，乙（丙"))
		s := corpus.Span{Start: 2, End: 2 + len([]rune(filler.Replace(line)))}
		for _, c := range r.clauses(s, r.quantities(s)) {
			fmt.Fprintf(&b, "\t%d-%d", c.Start, c.End)
			if c.opener != 0 {
				fmt.Fprintf(&b, " behind %c", c.opener)
			}
			if len(c.parts) == 0 {
				fmt.Fprintf(&b, " %s", r.Quote(c.Span))
			}
			for _, p := range c.parts {
				fmt.Fprintf(&b, " [%s|%s|%s]", brief(r, p.left), r.Quote(p.q.Span), brief(r, p.right))
				if conditional(r, p.q) {
					b.WriteString("?")
				}
			}
			b.WriteString("\n")
		}
	}
	golden.Check(t, "testdata/clauses.golden", b.String())
}

// brief quotes s, or says how long it is.
func brief(r *report, s corpus.Span) string {
	if s.Len() > 40 {
		return fmt.Sprintf("%d-%d", s.Start, s.End)
	}
	return r.Quote(s)
}
