package diff

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
)

// edits are a report's lines that came, went, moved and changed in many ways at
// once: what was before and what is now.
var edits = [][2]string{
	{"经济稳步增长。", "经济平稳增长。社会稳定。"},
	{"全年新增城镇就业12万人，城镇调查失业率5.1%。改造老旧小区30个，惠及居民2万户。", "改造老旧小区30个，惠及居民2万户。全年新增城镇就业１２万人，城镇调查失业率5.1%。"},
	{"（一）加快城市建设", "（一）办好民生实事"},
	{"（二）办好民生实事", "（二）加快城市更新建设"},
	{"新建口袋公园10个，改造燃气管网100公里。", "新建口袋公园12.5个，改造供热管网GDP2000公里。新增停车位3000个。"},
	{"提升城市管理水平，让群众生活更方便。", ""},
	{"举办首届滨河马拉松赛。", "举办首届滨河国际马拉松赛。举办第二届滨海音乐节。"},
}

// TestCompareGolden keeps all that differs between reports that have little in
// common, and one that was edited throughout.
func TestCompareGolden(t *testing.T) {
	edited := shortReport
	for _, e := range edits {
		if !strings.Contains(edited, e[0]) {
			t.Fatalf("no %q in shortReport", e[0])
		}
		edited = strings.Replace(edited, e[0], e[1], 1)
	}
	read := func(name string) *corpus.Report {
		data, err := os.ReadFile(filepath.Join("../extract/testdata", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		return extract.ParseText(string(data))
	}
	var b strings.Builder
	compare := func(name string, old, new *corpus.Report) {
		d := Compare(old, new)
		fmt.Fprintf(&b, "=== %s\n%s\n", name, strings.Join(d.lines(old, new), "\n"))
		for _, c := range d.Sections {
			fmt.Fprintf(&b, "section %d %d\n", c.Old, c.New)
		}
		for _, c := range d.Sentences {
			fmt.Fprintf(&b, "sentence %v %v %v %v\n", c.Old, c.New, c.OldParts, c.NewParts)
		}
		for _, c := range d.Figures {
			fmt.Fprintf(&b, "figure %d %d\n", c.Old, c.New)
		}
		for _, c := range d.Commitments {
			fmt.Fprintf(&b, "commitment %d %d\n", c.Old, c.New)
		}
	}
	old, new := extract.ParseText(shortReport), extract.ParseText(edited)
	compare("edited", old, new)
	compare("and back", new, old)
	for _, p := range [][2]string{{"city-2022", "city-2027"}, {"county-2029", "county-2023"}, {"shapes/five", "shapes/layout"}} {
		compare(p[0]+" and "+p[1], read(p[0]), read(p[1]))
	}
	golden.Check(t, "testdata/compare.golden", b.String())
}
