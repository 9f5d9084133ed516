package figures

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/similar"
)

// What Match brings together: figures of one unit and name, the best of several,
// none that the caller refuses, and names that too many have only by concept.
func TestMatch(t *testing.T) {
	count := func(indicator, clause string, n float64) corpus.Figure {
		return corpus.Figure{Indicator: indicator, Value: clause, Unit: "个", Measure: corpus.MeasureCount, Number: n}
	}
	var many []corpus.Figure
	for i := range similar.MaxPostings + 1 {
		many = append(many, count("公园", fmt.Sprintf("公园%d个", i), float64(i)))
	}
	school := many[:1:1]
	school = append(school, count("学校", "学校9个", 9))
	conceptual := func(fs []corpus.Figure) []corpus.Figure {
		out := slices.Clone(fs)
		for i := range out {
			out[i].Concept = "parks"
		}
		return out
	}
	refuse := func(n float64) func(x, y corpus.Figure) bool {
		return func(x, y corpus.Figure) bool { return y.Number != n }
	}
	for _, tt := range []struct {
		name string
		a, b []corpus.Figure
		ok   func(x, y corpus.Figure) bool
		want string // a-b score
	}{
		{"one of each", many[:1], many[1:2], nil, "0-0 1.00"},
		{"by name", school, []corpus.Figure{count("学校", "学校8个", 8), count("公园", "公园8个", 8)}, nil, "0-1 1.00 1-0 1.00"},
		{"the first is refused", many[:1], many[1:3], refuse(1), "0-1 1.00"},
		{"all are refused", many[:1], many[1:2], refuse(1), ""},
		{"as many as a pair of characters may have", many[:1], many[:similar.MaxPostings], refuse(0), "0-1 1.00"},
		{"more than that", many[:1], many[:similar.MaxPostings+1], refuse(0), ""},
		{"more, of a concept", conceptual(many[:1]), conceptual(many), refuse(0), "0-1 1.00"},
		{"other units", many[:1], []corpus.Figure{{Indicator: "公园", Value: "公园9亩", Unit: "亩", Measure: corpus.MeasureLevel}}, nil, ""},
		{"nothing", nil, many[:1], nil, ""},
	} {
		indices := func(fs []corpus.Figure) []int {
			var out []int
			for i := range fs {
				out = append(out, i)
			}
			return out
		}
		a, b := slices.Clone(tt.a), slices.Clone(tt.b) // figureReport sets their places
		var got []string
		for _, m := range Match(figureReport(a...), figureReport(b...), indices(a), indices(b), tt.ok) {
			got = append(got, fmt.Sprintf("%d-%d %.2f", m.A, m.B, m.Score))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: Match = %q, want %q", tt.name, s, tt.want)
		}
	}
}
