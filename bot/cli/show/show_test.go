package show

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/corpus/golden"
)

const (
	first  = "../testdata/qingxi.txt"
	second = "testdata/qingxi-2026.txt"
)

// A command is one of this package.
type command interface {
	Run(ctx context.Context, a *base.App) error
}

// run runs a command over a report and returns what it says: its output, then
// what stands on standard error and its error.
func run(t *testing.T, report string, colour bool, c command) string {
	t.Helper()
	var out, errs bytes.Buffer
	a := &base.App{Out: print.New(&out, func(string) string { return "" }), Err: &errs,
		Flags: &base.Globals{Report: report, DataDir: filepath.Join("testdata", "none")}, Now: time.Now}
	a.Out.Colour = colour
	err := c.Run(t.Context(), a)
	a.Out.Flush()
	if errs.Len() > 0 {
		fmt.Fprintf(&out, "stderr: %s", errs.String())
	}
	if err != nil {
		fmt.Fprintf(&out, "error: %v\n", err)
	}
	return out.String()
}

// TestLists: every list with every filter, as a table and as objects.
func TestLists(t *testing.T) {
	flat := filepath.Join(t.TempDir(), "flat.txt")
	if err := os.WriteFile(flat, []byte("青溪市改造燃气管网62公里。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	js, f := words{JSON: true}, func(s ...string) words { return words{Filter: s} }
	jf := func(s ...string) words { return words{JSON: true, Filter: s} }
	for _, g := range []struct {
		file string
		runs []struct {
			name, report string
			colour       bool
			c            command
		}
	}{
		{"figures", []struct {
			name, report string
			colour       bool
			c            command
		}{
			{"all", second, false, &Figures{}},
			{"in colours", second, true, &Figures{period: period{"2025"}}},
			{"as objects", second, false, &Figures{words: jf("管网")}},
			{"of this year", second, false, &Figures{period: period{"今年"}}},
			{"of last year, in words", second, false, &Figures{period: period{"上年"}, words: f("城镇 新增", "就业")}},
			{"of a period", second, false, &Figures{period: period{"cumulative"}}},
			{"of a year and its mark", second, false, &Figures{period: period{"2026年"}, unit: unit{"公里"}}},
			{"in units as written", second, false, &Figures{unit: unit{"万亩"}}},
			{"in base units", second, false, &Figures{unit: unit{"人"}}},
			{"of a nature and a unit", second, false, &Figures{nature: nature{"target"}, unit: unit{"%"}}},
			{"of a topic", second, false, &Figures{topic: topic{"教育"}}},
			{"of a heading's word", second, false, &Figures{topic: topic{"转型"}}},
			{"of no year", second, false, &Figures{period: period{"1999"}}},
			{"of no year, as objects", second, false, &Figures{period: period{"1999"}, words: js}},
			{"no such period", second, false, &Figures{period: period{"23"}}},
			{"no such period either", second, false, &Figures{period: period{"20x5"}}},
			{"no such nature", second, false, &Figures{nature: nature{"wish"}}},
			{"no such unit", second, false, &Figures{unit: unit{"光年"}}},
			{"no such topic", second, false, &Figures{topic: topic{"火星"}}},
			{"no such report", "none.txt", false, &Figures{}},
		}},
		{"commitments", []struct {
			name, report string
			colour       bool
			c            command
		}{
			{"all", second, false, &Commitments{}},
			{"in colours", second, true, &Commitments{words: f("中学")}},
			{"with a number", second, false, &Commitments{Quantified: true}},
			{"as objects", second, false, &Commitments{words: jf("小区")}},
			{"of an organisation", second, false, &Commitments{words: f("教育局")}},
			{"in a unit", second, false, &Commitments{unit: unit{"家"}}},
			{"of this year", second, false, &Commitments{period: period{"今年"}, topic: topic{"教育"}}},
			{"of another year", second, false, &Commitments{period: period{"2024"}}},
			{"of a nature", second, false, &Commitments{nature: nature{"target"}, words: f("能耗")}},
			{"of another nature", second, false, &Commitments{nature: nature{"actual"}}},
			{"of another nature, as objects", second, false, &Commitments{nature: nature{"actual"}, words: js}},
			{"no such unit", second, false, &Commitments{unit: unit{"光年"}}},
		}},
		{"outline", []struct {
			name, report string
			colour       bool
			c            command
		}{
			{"all", second, false, &Outline{}},
			{"in colours", second, true, &Outline{}},
			{"one level", second, false, &Outline{Depth: 1}},
			{"two levels", second, false, &Outline{Depth: 2}},
			{"less than none", second, false, &Outline{Depth: -1}},
			{"with a word", second, false, &Outline{words: f("民生")}},
			{"with a word, as objects", second, false, &Outline{words: jf("实体")}},
			{"with no word of it", second, false, &Outline{words: f("火星")}},
			{"of a text without", flat, false, &Outline{}},
		}},
		{"passages", []struct {
			name, report string
			colour       bool
			c            command
		}{
			{"of the plan", second, false, &Passages{Time: "plan"}},
			{"of the review, in colours", second, true, &Passages{Time: "review"}},
			{"of neither", second, false, &Passages{Time: "other"}},
			{"of no time", second, false, &Passages{Time: "soon"}},
			{"of a topic", second, false, &Passages{topic: topic{"教育"}}},
			{"of no topic", second, false, &Passages{topic: topic{"火星"}}},
			{"as objects", second, false, &Passages{words: jf("公园"), Time: "review"}},
			{"with no word of it", second, false, &Passages{words: f("火星")}},
			{"outside every section", flat, false, &Passages{}},
			{"outside every section, as objects", flat, false, &Passages{words: js}},
		}},
		{"pairs", []struct {
			name, report string
			colour       bool
			c            command
		}{
			{"all", second, false, &Pairs{}},
			{"in colours", second, true, &Pairs{words: f("公园")}},
			{"as objects", second, false, &Pairs{words: jf("小区")}},
			{"of a unit", second, false, &Pairs{unit: unit{"%"}}},
			{"of a year", second, false, &Pairs{period: period{"2025"}, topic: topic{"就业社保"}}},
			{"of the year aimed at", second, false, &Pairs{period: period{"今年"}, unit: unit{"个"}}},
			{"of no year", second, false, &Pairs{period: period{"2024"}}},
			{"of no year, as objects", second, false, &Pairs{period: period{"2024"}, words: js}},
			{"no such topic", second, false, &Pairs{topic: topic{"火星"}}},
		}},
	} {
		var all strings.Builder
		for _, x := range g.runs {
			out := strings.ReplaceAll(run(t, x.report, x.colour, x.c), "\x1b", "␛")
			fmt.Fprintf(&all, "-- %s --\n%s", x.name, out)
		}
		golden.Check(t, filepath.Join("testdata", g.file+".golden"), all.String())
	}
}

// TestKeptAndDiff: what became of targets, and what differs between two texts.
func TestKeptAndDiff(t *testing.T) {
	dir := t.TempDir()
	text, err := os.ReadFile(second)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, old, new string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.NewReplacer(strings.Split(old, "|")[0], strings.Split(new, "|")[0], strings.Split(old+"|-", "|")[1], strings.Split(new+"|-", "|")[1]).Replace(string(text))), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	changed := write("changed.txt", "新建口袋公园20个|（一）产业发展迈出新步伐", "新建口袋公园约20个|（一）产业迈出新步伐")
	less := write("less.txt", "支持市教育局办好第二中学新校区。|固定资产投资下降1.2%", "|固定资产投资增长1.2%")
	other := write("other.txt", "青溪市|青溪港", "白石市|白石港")
	moved := write("moved.txt", "支持市教育局办好第二中学新校区。|二是推动绿色发展。", "|支持市教育局办好第二中学新校区。二是推动绿色发展。")
	var all strings.Builder
	for _, x := range []struct {
		name   string
		colour bool
		c      command
	}{
		{"kept", false, &Kept{Old: first, New: second}},
		{"kept, in colours", true, &Kept{Old: first, New: second}},
		{"kept, one verdict", false, &Kept{Old: first, New: second, Verdict: "missed"}},
		{"kept, some words", false, &Kept{Old: first, New: second, Filter: "公园"}},
		{"kept, as objects", false, &Kept{Old: first, New: second, JSON: true, Filter: "农田"}},
		{"kept, not said, as objects", false, &Kept{Old: first, New: second, JSON: true, Verdict: "not_reported"}},
		{"kept, of one year", false, &Kept{Old: second, New: second, Filter: "公园"}},
		{"kept, of two places", false, &Kept{Old: first, New: other}},
		{"diff, some words", false, &Diff{Old: second, New: changed}},
		{"diff, in colours", true, &Diff{Old: second, New: changed}},
		{"diff, as objects", false, &Diff{Old: second, New: changed, JSON: true}},
		{"diff, less", true, &Diff{Old: second, New: less}},
		{"diff, more", false, &Diff{Old: less, New: second}},
		{"diff, moved", true, &Diff{Old: second, New: moved}},
		{"diff, none", false, &Diff{Old: second, New: second}},
		{"diff, of two years", false, &Diff{Old: first, New: second}},
		{"diff, of two years in words", false, &Diff{Old: first, New: second, Words: true}},
		{"diff, of nothing", false, &Diff{Old: second, New: "none"}},
	} {
		out := strings.ReplaceAll(run(t, "", x.colour, x.c), "\x1b", "␛")
		fmt.Fprintf(&all, "-- %s --\n%s", x.name, strings.ReplaceAll(out, dir, "DIR"))
	}
	golden.Check(t, "testdata/two.golden", all.String())
}

// TestExport: a spreadsheet holds what the filters leave, takes the place of
// what was there, and is not begun where it cannot be.
func TestExport(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "台账.XLSX")
	for _, tt := range []struct {
		name       string
		c          Export
		has, lacks string // words, between blanks
	}{
		{"all", Export{}, "改造老旧小区45个 培育专精特新企业20家 办好第二中学新校区", ""},
		{"of words", Export{Filter: []string{"改造 小区"}}, "改造老旧小区45个", "培育专精特新企业20家 能耗下降2%"},
		{"of a topic", Export{topic: topic{"教育"}}, "办好第二中学新校区", "培育专精特新企业20家"},
		{"with a number", Export{Quantified: true}, "培育专精特新企业20家", "办好第二中学新校区"},
		{"of a year", Export{period: period{"今年"}}, "改造老旧小区45个", "青溪港货物吞吐量达到1352万吨"},
	} {
		tt.c.File = file
		if got := run(t, second, false, &tt.c); got != file+": 2026年青溪市政府工作报告\n" {
			t.Errorf("%s: %s", tt.name, got)
		}
		text := sheetText(t, file)
		for _, w := range strings.Fields(tt.has) {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %s", tt.name, w)
			}
		}
		for _, w := range strings.Fields(tt.lacks) {
			if strings.Contains(text, w) {
				t.Errorf("%s: %s is there", tt.name, w)
			}
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	for _, tt := range []struct {
		c    Export
		want string
	}{
		{Export{File: "a.csv"}, "error: a.csv: want a name that ends in .xlsx\n"},
		{Export{File: filepath.Join(dir, "none", "a.xlsx")}, "make the folder, or name a file in one that you may write to"},
		{Export{File: file, period: period{"other"}}, "error: --period: a spreadsheet takes a year, as 2026\n"},
		{Export{File: file, topic: topic{"火星"}}, `no heading and no topic is called "火星"`},
	} {
		if got := run(t, second, false, &tt.c); !strings.Contains(got, tt.want) {
			t.Errorf("%+v: %s, want %s", tt.c, got, tt.want)
		}
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
		t.Errorf("%v are in the folder, %v", list, err)
	}
}

// sheetText returns all text in a spreadsheet.
func sheetText(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var text strings.Builder
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(&text, r)
		r.Close()
	}
	return text.String()
}
