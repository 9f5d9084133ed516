package figures

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/corpus/golden"
)

// readFigure reads a figure of testdata/pairs.txt.
func readFigure(t *testing.T, s string, period string, nature corpus.Nature) corpus.Figure {
	t.Helper()
	c := strings.Split(strings.TrimSpace(s), "|")
	if len(c) < 4 {
		t.Fatalf("%q: want indicator, clause, unit and measure", s)
	}
	f := corpus.Figure{Indicator: c[0], Value: c[1], Unit: c[2], Period: period, Nature: nature}
	f.Measure = map[string]corpus.Measure{
		"l": corpus.MeasureLevel, "g": corpus.MeasureGrowth, "c": corpus.MeasureChange, "s": corpus.MeasureShare, "r": corpus.MeasureRank, "n": corpus.MeasureCount,
	}[c[3]]
	if len(c) > 4 {
		f.Period = periodCumulative
	}
	f.Concept, f.Scope = concept.Of(f.Indicator)
	f.Number, _ = strconv.ParseFloat(strings.TrimRight(lastNumber.FindString(c[1]), "万亿千元个家人亩吨项所%公里标箱瓦处"), 64)
	return f
}

// TestPairsGolden keeps how alike two figures are, whether they are a pair, and
// what lies between them.
func TestPairsGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(data)) {
		x, y, ok := strings.Cut(strings.TrimSpace(line), " ~ ")
		if !ok {
			continue
		}
		r := figureReport(readFigure(t, x, "2029", corpus.Actual), readFigure(t, y, "2030", corpus.Target))
		m, n := subjectOf(r, 0), subjectOf(r, 1)
		like := m.like(n)
		if back := n.like(m); back != like {
			t.Errorf("%s: %v one way, %v the other", line, like, back)
		}
		fmt.Fprintf(&b, "%s ~ %s: %s ~ %s %.3f", x, y, m.core, n.core, like)
		for _, p := range Pairs(r) {
			fmt.Fprintf(&b, " pair %+g", p.Difference)
		}
		b.WriteString("\n")
	}
	golden.Check(t, "testdata/pairs.golden", b.String())
}
