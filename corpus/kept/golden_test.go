package kept

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus/golden"
)

// TestTargetsGolden keeps what becomes of made-up targets, each by itself and
// all of them in two reports.
func TestTargetsGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/targets.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b, plans, reviews strings.Builder
	compare := func(target, result string) {
		old, now := report("2025", "工作取得成效。", target), report("2026", result, "工作再上台阶。")
		items := Compare(old, now)
		for _, it := range items {
			f := old.Figures[it.Target]
			fmt.Fprintf(&b, "\t%s %s: %s", f.Indicator, f.Value, it.Verdict)
			if it.Stretch >= 0 {
				fmt.Fprintf(&b, ", striven for %s", old.Figures[it.Stretch].Value)
			}
			if it.Result >= 0 {
				r := now.Figures[it.Result]
				fmt.Fprintf(&b, " by %s %s", r.Indicator, r.Value)
			}
			if it.Said.Len() > 0 {
				fmt.Fprintf(&b, ", said: %s", now.Quote(it.Said))
			}
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "\ttogether %s %v\n", Together(items), Sum(items))
	}
	for line := range strings.Lines(string(data)) {
		if target, result, ok := strings.Cut(strings.TrimSpace(line), " → "); ok && !strings.HasPrefix(line, "#") {
			b.WriteString(line)
			compare(target, result)
			plans.WriteString(target + "\n")
			reviews.WriteString(result + "\n")
		}
	}
	b.WriteString("all of them\n")
	compare(plans.String(), reviews.String())
	golden.Check(t, "testdata/targets.golden", b.String())
}

func TestTogether(t *testing.T) {
	for _, c := range []struct {
		verdicts []Verdict
		want     Verdict
	}{
		{nil, NotReported},
		{[]Verdict{NotComparable}, NotComparable},
		{[]Verdict{NotReported, NotComparable}, NotReported},
		{[]Verdict{Exceeded, NotReported}, Exceeded},
		{[]Verdict{NotReported, Exceeded}, Exceeded},
		{[]Verdict{Exceeded, Kept}, Kept},
		{[]Verdict{Partly, Kept, Exceeded}, Partly},
		{[]Verdict{Partly, Near}, Near},
		{[]Verdict{Missed, Near, Kept}, Missed},
	} {
		var items []Item
		for _, v := range c.verdicts {
			items = append(items, Item{Verdict: v})
		}
		if got := Together(items); got != c.want {
			t.Errorf("Together(%v) = %s, want %s", c.verdicts, got, c.want)
		}
	}
}

func TestSort(t *testing.T) {
	old := report("2025", "工作取得成效。", "新建公园9个，改造道路8条，建成学校7所。")
	items := Targets(old)
	items[0], items[2] = items[2], items[0]
	Sort(old, items)
	var got []string
	for _, it := range items {
		got = append(got, old.Figures[it.Target].Value)
	}
	if d := cmp.Diff([]string{"9个", "8条", "7所"}, got); d != "" {
		t.Errorf("Sort (-want +got):\n%s", d)
	}
}
