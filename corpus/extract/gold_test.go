package extract

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus"
)

// A goldFigure is a figure as a reader annotated it.
type goldFigure struct {
	corpus.Span
	Value, Unit    string
	Number         float64
	Indicator      string
	AlsoIndicators []string `json:"shared_indicators"`
	Measure, Bound string
	Period, Nature string
	MeasureAlso    []string `json:"measure_also"`
	BoundAlso      []string `json:"bound_also"`
	PeriodAlso     []string `json:"period_also"`
	NatureAlso     []string `json:"nature_also"`
}

// A goldReport is what is annotated of one report.
type goldReport struct {
	figures []goldFigure
	Ranges  [][2]int
	Non     []struct{ Start, End int } `json:"non_figures"`
}

func readGold(t *testing.T, name string) goldReport {
	t.Helper()
	var g goldReport
	data, err := os.ReadFile(filepath.Join("testdata", "gold", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join("testdata", "gold", name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var x goldFigure
		if err := json.Unmarshal(s.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		g.figures = append(g.figures, x)
	}
	return g
}

// TestFigureGold holds the figures of annotated stretches of real reports to
// what they are worth. The reports lie beside the project, where they are.
func TestFigureGold(t *testing.T) {
	const library = "../../../shared/report/library/"
	for name, file := range map[string]string{
		"hubei-2026":         "2026/2026年湖北省政府工作报告.txt",
		"state-council-2016": "state-council/国务院2016.txt",
		"anhui-2026":         "2026/2026年安徽省政府工作报告.txt",
		"hebei-2025":         "2025/2025年河北省政府工作报告.docx",
	} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(library + file)
			if err != nil {
				t.Skip("the library of reports is not here")
			}
			r, err := Parse(file, data)
			if err != nil {
				t.Fatal(err)
			}
			g := readGold(t, name)
			for what, share := range g.score(r, t.Logf) {
				if want := map[string]float64{
					"recall": 0.98, "precision": 0.97, "value": 0.99, "number": 0.99, "unit": 0.99,
					"indicator": 0.95, "measure": 0.97, "period": 0.97, "nature": 0.98,
				}[what]; share < want {
					t.Errorf("%s %.3f, want %.2f", what, share, want)
				}
			}
		})
	}
}

// score is the share of what is right of each side of the figures of r.
func (g goldReport) score(r *corpus.Report, logf func(string, ...any)) map[string]float64 {
	var inside []corpus.Figure
	for _, f := range r.Figures {
		if slices.ContainsFunc(g.Ranges, func(x [2]int) bool { return x[0] <= f.Start && f.Start < x[1] }) {
			inside = append(inside, f)
		}
	}
	right := make(map[string]int)
	used := make(map[int]bool)
	found := 0
	for _, want := range g.figures {
		i := slices.IndexFunc(inside, func(f corpus.Figure) bool { return f.Overlaps(want.Span) })
		if i < 0 {
			logf("missed %s at %d", want.Value, want.Start)
			continue
		}
		found++
		used[i] = true
		for what, ok := range want.agrees(inside[i]) {
			if ok {
				right[what]++
			} else {
				logf("%s of %s at %d: got %+v, want %+v", what, want.Value, want.Start, inside[i], want)
			}
		}
	}
	extra := 0
	for i, f := range inside {
		if !used[i] && !slices.ContainsFunc(g.Non, func(x struct{ Start, End int }) bool { return f.Start < x.End && x.Start < f.End }) {
			logf("extra %s at %d: %s", f.Value, f.Start, f.Indicator)
			extra++
		}
	}
	out := map[string]float64{
		"recall":    float64(found) / float64(len(g.figures)),
		"precision": float64(found) / float64(found+extra),
	}
	for what, n := range right {
		out[what] = float64(n) / float64(found)
	}
	return out
}

// agrees says which sides of f are as annotated.
func (want goldFigure) agrees(f corpus.Figure) map[string]bool {
	among := func(got, a string, also []string) bool { return got == a || slices.Contains(also, got) }
	sameName := func(a string) bool { return sameThing(f.Indicator, a) }
	d := f.Number - want.Number
	return map[string]bool{
		"value":     f.Value == want.Value,
		"number":    d < 0.01 && d > -0.01,
		"unit":      f.Unit == want.Unit,
		"indicator": sameName(want.Indicator) || slices.ContainsFunc(want.AlsoIndicators, sameName),
		"measure":   among(string(f.Measure), want.Measure, want.MeasureAlso),
		"bound":     among(string(f.Bound), want.Bound, want.BoundAlso),
		"period":    among(f.Period, want.Period, want.PeriodAlso),
		"nature":    among(string(f.Nature), want.Nature, want.NatureAlso),
	}
}

// sameThing reports whether two names would be taken for one: equal, one
// within the other and not much shorter, or most of their pairs of characters
// in common.
func sameThing(got, want string) bool {
	const muchLonger, muchShorter, inCommon = 2.2, 0.55, 0.6
	marks := strings.NewReplacer("“", "", "”", "", "（", "", "）", "", "(", "", ")", "", " ", "")
	got, want = marks.Replace(got), marks.Replace(want)
	g, w := float64(len([]rune(got))), float64(len([]rune(want)))
	switch {
	case got == "":
		return false
	case strings.Contains(got, want) && g <= muchLonger*w, strings.Contains(want, got) && g >= muchShorter*w:
		return true
	}
	pairs := func(s string) map[string]bool {
		out := make(map[string]bool)
		rs := []rune(s)
		for i := 0; i+1 < len(rs); i++ {
			out[string(rs[i:i+2])] = true
		}
		return out
	}
	a, b, common := pairs(got), pairs(want), 0
	for p := range a {
		if b[p] {
			common++
		}
	}
	return len(a)+len(b) > 0 && 2*float64(common)/float64(len(a)+len(b)) >= inCommon
}
