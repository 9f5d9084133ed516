package extract

import (
	"fmt"
	"slices"
	"testing"
)

// Figures in a table are of their row and column.
func TestTableFigures(t *testing.T) {
	r := ParseText("政府工作报告\n——2027年1月8日在云滨市第八届人民代表大会上\n一、2026年工作回顾\n新建公园18个。\n二、2027年工作安排\n新建公园25个。\n附件：主要指标表\n指标\t2026年实际\t2027年目标\n公交车占比\t80%\t85%\n公园绿地\t新增40公顷\t新增60公顷\n公园绿地\t改建12处\t改建15处\n各位代表，让我们团结奋斗！\n")
	var got []string
	for _, f := range r.Figures {
		got = append(got, fmt.Sprint(f.Indicator, " ", f.Value, " ", f.Period, " ", f.Nature))
	}
	for _, want := range []string{
		"公交车占比 80% 2026 actual", "公交车占比 85% 2027 target",
		"新增公园绿地 40公顷 2026 actual", "新增公园绿地 60公顷 2027 target",
		"改建公园绿地 12处 2026 actual", "改建公园绿地 15处 2027 target",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no figure %q in %q", want, got)
		}
	}
}
