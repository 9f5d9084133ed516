package library

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"jinwen/corpus"
	"jinwen/index"
)

// A gold question says what is right.
type gold struct {
	ID, Kind, Q string
	Reports     []string
	Evidence    []struct{ Report, Text string }
	Values      []struct{ Report, Value string }
	Gold        struct {
		Places  []string
		Range   []string `json:"allowed_with_range"`
		Wording []string `json:"allowed_with_wording"`
		Verdict string
	}
}

// A said is what an answer tells of one report.
type said struct {
	report, place, value, quote string
	nature                      corpus.Nature
}

// saidBy is all that a tells as the answer, in order.
func saidBy(a *index.Answer) []said {
	if a.Across != nil {
		var out []said
		for i := range a.Across.Rows {
			r := &a.Across.Rows[i]
			x := said{report: r.Of, place: r.Place, quote: r.Quoted(), nature: r.Nature}
			if r.Figure >= 0 {
				x.value = r.Report.Figures[r.Figure].Value
				x.quote = r.Report.Quote(r.Report.Passages[r.Report.Figures[r.Figure].Passage].Span)
			}
			out = append(out, x)
		}
		for _, p := range a.Across.Parts {
			out = append(out, saidBy(p)...)
		}
		return out
	}
	if a.Status != index.Answered {
		return nil
	}
	name := corpus.ReportName(a.Report.Year, a.Report.Place)
	place := corpus.ShortPlace(a.Report.Place)
	var out []said
	for _, i := range a.Figures {
		f := &a.Report.Figures[i]
		out = append(out, said{name, place, f.Value, a.Report.Quote(a.Report.Passages[f.Passage].Span), f.Nature})
	}
	for _, h := range a.Hits {
		out = append(out, said{report: name, place: place, quote: a.Report.Quote(a.Report.Passages[h.Passage].Span)})
	}
	return out
}

// evenly is s as two texts are compared: full width as half, one dash, no
// spaces.
func evenly(s string) string {
	s = strings.NewReplacer("—", "-", "–", "-", "－", "-", "−", "-").Replace(norm.NFKC.String(s))
	return strings.Join(strings.Fields(s), "")
}

// verdicts are the words of the questions for those of package kept.
var verdicts = map[string][]string{
	"yes": {"kept", "exceeded"}, "no": {"missed"}, "near": {"near"}, "partly": {"partly"}, "unknown": {"not_reported", "not_comparable"},
}

// judge reports whether a is right, and whether it puts anything under a report
// that it is not asked of.
func (g *gold) judge(a *index.Answer) (right, wrong bool) {
	list := saidBy(a)
	tells := func(report, value string) bool {
		return slices.ContainsFunc(list, func(x said) bool {
			return x.report == report && (strings.HasSuffix(evenly(value), evenly(x.value)) && x.value != "" || strings.Contains(evenly(x.quote), evenly(value)) && x.value == "")
		})
	}
	values := !slices.ContainsFunc(g.Values, func(v struct{ Report, Value string }) bool { return !tells(v.Report, v.Value) })
	quoted := !slices.ContainsFunc(g.Evidence, func(e struct{ Report, Text string }) bool {
		return !slices.ContainsFunc(list, func(x said) bool {
			return x.report == e.Report && strings.Contains(evenly(x.quote), strings.Trim(evenly(e.Text), ",。;"))
		})
	})
	if g.Kind != "ranking" && g.Kind != "mention" && g.Kind != "none" && g.Kind != "years" {
		wrong = slices.ContainsFunc(list, func(x said) bool { return !slices.Contains(g.Reports, x.report) })
	}
	switch g.Kind {
	case "none":
		return a.Status != index.Answered, a.Status == index.Answered
	case "ranking", "mention":
		if a.Across == nil {
			return false, false
		}
		var got []string
		for _, x := range list {
			if slices.Contains(g.Gold.Places, x.place) || !slices.Contains(append(g.Gold.Range, g.Gold.Wording...), x.place) {
				got = append(got, x.place)
			}
			wrong = wrong || g.Kind == "ranking" && x.report[:4] != g.Reports[0][:4]
		}
		if a.Across.Unsaid {
			got = a.Across.Silent
		}
		got = slices.Sorted(slices.Values(got))
		return slices.Equal(slices.Compact(got), slices.Sorted(slices.Values(g.Gold.Places))) && (g.Kind == "mention" || values), wrong
	case "kept":
		return a.Across != nil && quoted && slices.Contains(verdicts[g.Gold.Verdict], a.Across.Verdict), wrong
	}
	return values && quoted && a.Status == index.Answered, wrong
}

// The rounds of questions in testdata, whose README has their first figures,
// over the reports beside the project, if they are there.
func TestRounds(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 61 reports")
	}
	l := open(t, "天津", sources(t, "*"))
	rounds, _ := filepath.Glob("testdata/round-*.jsonl")
	for _, round := range rounds {
		f, err := os.Open(round)
		if err != nil {
			t.Fatal(err)
		}
		n, right := 0, 0
		for sc := bufio.NewScanner(f); sc.Scan(); n++ {
			var g gold
			if err := json.Unmarshal(sc.Bytes(), &g); err != nil {
				t.Fatal(err)
			}
			a, err := l.Ask(t.Context(), index.Query{Text: g.Q})
			if err != nil {
				t.Fatal(err)
			}
			attributed(t, a)
			ok, wrong := g.judge(a)
			if wrong {
				t.Errorf("%s %s: %s", g.ID, g.Q, says(a))
			}
			if ok {
				right++
			} else {
				t.Logf("%s %s: %s", g.ID, g.Q, says(a))
			}
		}
		f.Close()
		if t.Logf("%s: %d of %d", round, right, n); right*100 < n*93 {
			t.Errorf("%s: %d of %d are right", round, right, n)
		}
	}
}
