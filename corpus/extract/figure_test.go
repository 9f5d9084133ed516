package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinwen/corpus/golden"
)

// TestFiguresGolden holds every figure of the shipped report, with the clause
// that is quoted for it.
func TestFiguresGolden(t *testing.T) {
	r, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range r.Figures {
		b.WriteString(figureLine(f) + "\t" + r.Quote(f.Clause) + "\n")
	}
	golden.Check(t, "testdata/figures-tianjin-2024.golden", b.String())
}

// TestFiguresOfOtherReports compares the figures of reports in the manner of
// other governments with *.want. Those of the first three were written by hand
// before the code was run; where the code's answer was found as good, its
// wording was taken over. So were those of city-2027 and county-2029. Those of
// the other two were read line by line.
//
// Lines known to be wrong are kept so that a change shows: the indicators of
// 50万元 and 10亿元以上 (county-2023), 3岁以下 (State Council), 2个 (province),
// 48项, 10亿元, 34个 and 45分钟 (traps), 362公里 and 65个 (city-2027), 三分之一
// and 2.4万人 (county-2029).
func TestFiguresOfOtherReports(t *testing.T) {
	for _, name := range []string{"province-2026", "county-2023", "state-council-style", "city-2022", "city-2027", "county-2029", "traps-2030"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, f := range ParseText(string(data)).Figures {
				b.WriteString(figureLine(f) + "\n")
			}
			golden.Check(t, "testdata/"+name+".want", b.String())
		})
	}
}

// TestListItems: the mark of an item is no part of a name, and an age says who
// is counted, not what.
func TestListItems(t *testing.T) {
	const text = "某县2031年政府工作报告\n一、2030年工作回顾\n全年新增学位100个。\n二、2031年民生实事\n" +
		"（1）改造薄弱学校15所；\n（2）为全县65周岁以上老年人开展免费体检，不少于3万人；\n①新建停车场5个；\n※ 新建步道12公里。\n"
	want := map[string]string{"15所": "改造薄弱学校", "3万人": "老年人开展免费体检", "5个": "新建停车场", "12公里": "新建步道"}
	for _, f := range ParseText(text).Figures {
		if name, ok := want[f.Value]; ok && f.Indicator != name {
			t.Errorf("%s is %q, want %q", f.Value, f.Indicator, name)
		}
		delete(want, f.Value)
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}
