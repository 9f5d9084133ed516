package figures

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/golden"
)

// TestQuantitiesGolden keeps all that is read of the quantities of made-up
// phrases: of the line that they stand in, and of each by itself in a text that
// goes on behind it.
func TestQuantitiesGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/quantities.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		b.WriteString(line + "\n")
		r := corpus.New(line + "\n5家")
		for _, q := range wrap(r).quantities(corpus.Span{Start: 0, End: len([]rune(line))}) {
			fmt.Fprintf(&b, "\t%d-%d %s = %v", q.Start, q.End, r.Quote(q.Span), q.number)
			if q.high != 0 {
				fmt.Fprintf(&b, " to %v", q.high)
			}
			fmt.Fprintf(&b, " %q class %d %s", q.unit, q.class, q.bound)
			if q.rank {
				b.WriteString(" rank")
			}
			b.WriteString("\n")
		}
		for phrase := range strings.SplitSeq(line, "，") {
			r := corpus.New(phrase + "万亿3家以上，第3位")
			end := len([]rune(phrase))
			for _, q := range wrap(r).quantities(corpus.Span{Start: 0, End: end}) {
				if q.End > end {
					t.Errorf("quantities(%q) reads on to %q", phrase, r.Quote(q.Span))
				}
				fmt.Fprintf(&b, "\t%s: %s = %v %s\n", phrase, r.Quote(q.Span), q.number, q.unit)
			}
		}
	}
	golden.Check(t, "testdata/quantities.golden", b.String())
}
