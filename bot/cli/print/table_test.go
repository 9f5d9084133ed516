package print

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTable(t *testing.T) {
	rows := Table{Columns: []Column{{Head: "指标"}, {Head: "数值", Right: true}, {Head: "原文"}}}
	rows.Add(Bold.Of("改造燃气管网"), Green.Of("623公里"), Dim.Of("改造燃气管网623公里、供热管网150公里，更新供水管网。"))
	rows.Add(Bold.Of("GDP"), Green.Of("4.5%"), Dim.Of("增长4.5%左右"))
	for _, tt := range []struct {
		name   string
		width  int
		colour bool
		want   string
	}{
		{"no terminal: a row is a line", 0, false, `
指标             数值  原文
改造燃气管网  623公里  改造燃气管网623公里、供热管网150公里，更新供水管网。
GDP              4.5%  增长4.5%左右
`},
		{"wraps the widest column", 50, false, `
指标             数值  原文
改造燃气管网  623公里  改造燃气管网623公里、供热管
                       网150公里，更新供水管网。
GDP              4.5%  增长4.5%左右
`},
		{"narrow: all columns give way, numbers stay whole", 30, false, `
指标           数值  原文
改造燃气管  623公里  改造燃气
网                   管网623公
                     里、供热
                     管网150公
                     里，更新
                     供水管
                     网。
GDP            4.5%  增长4.5%
                     左右
`},
		{"coloured", 0, true, "\n" +
			"\x1b[1m指标\x1b[0m             \x1b[1m数值\x1b[0m  \x1b[1m原文\x1b[0m\n" +
			"\x1b[1m改造燃气管网\x1b[0m  \x1b[32m623公里\x1b[0m  \x1b[2m改造燃气管网623公里、供热管网150公里，更新供水管网。\x1b[0m\n" +
			"\x1b[1mGDP\x1b[0m              \x1b[32m4.5%\x1b[0m  \x1b[2m增长4.5%左右\x1b[0m\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var buf bytes.Buffer
			o := &Output{w: bufio.NewWriter(&buf), width: tt.width, Colour: tt.colour}
			if err := rows.Write(o); err != nil {
				t.Fatal(err)
			}
			o.Flush()
			if d := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), buf.String()); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			for line := range strings.Lines(buf.String()) {
				if w := textWidth(strings.TrimSuffix(line, "\n")); tt.width > 0 && w > tt.width {
					t.Errorf("%q takes %d columns of %d", line, w, tt.width)
				}
			}
		})
	}
}

func TestTextWidth(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "GDP": 3, "津问": 4, "“免申即享”": 10, "１２": 4, "e\u0301": 1, "👍": 2, "\u200b": 0, "𠮷": 2, "…": 1, "\t": 0, " a ": 3,
	} {
		if got := textWidth(s); got != want {
			t.Errorf("textWidth(%q) = %d, want %d", s, got, want)
		}
	}
}

// TestFit: a table gives way no further than it must, and not below what four
// characters take.
func TestFit(t *testing.T) {
	rows := func(cells ...string) *Table {
		var tab Table
		for range cells {
			tab.Columns = append(tab.Columns, Column{Head: "项"})
		}
		var row []cell
		for _, c := range cells {
			row = append(row, Plain.Of(c))
		}
		tab.Add(row...)
		return &tab
	}
	for _, tt := range []struct {
		name  string
		table *Table
		total int
		want  []int
	}{
		{"no terminal", rows("天津市天津市", "北京"), 0, []int{12, 4}},
		{"just room", rows("天津市天津市", "北京"), 18, []int{12, 4}},
		{"a column too few", rows("天津市天津市", "北京"), 17, []int{11, 4}},
		{"the last of the widest first", rows("天津市天津市", "天津市天津市"), 25, []int{12, 11}},
		{"four characters are left", rows("天津市天津市", "北京"), 14, []int{8, 4}},
		{"less than that it cannot be", rows("天津市天津市", "北京"), 9, []int{8, 4}},
		{"one column", rows("天津市天津市"), 10, []int{10}},
	} {
		if d := cmp.Diff(tt.want, tt.table.fit(tt.total)); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		columns    int
		want       []string
	}{
		{"what fits stays as it is", "天津 ", 5, []string{"天津 "}},
		{"between characters", "天津市滨海", 6, []string{"天津市", "滨海"}},
		{"half a character is none", "天津市滨海", 7, []string{"天津市", "滨海"}},
		{"not inside a word", "天津port", 7, []string{"天津", "port"}},
		{"after the first character", "天abcdefg", 6, []string{"天", "abcdef", "g"}},
		{"a word that is longer than a line", "abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"at a blank, which goes", "alpha  beta", 7, []string{"alpha", "beta"}},
		{"a blank at the end goes", "天津市 ", 6, []string{"天津市"}},
		{"no line begins with a mark", "天津，北京", 4, []string{"天", "津，", "北京"}},
		{"none ends with one that opens", "天津（北京）", 6, []string{"天津", "（北", "京）"}},
		{"a character wider than a line", "天津", 1, []string{"天", "津"}},
	} {
		if d := cmp.Diff(tt.want, wrap(tt.text, tt.columns)); d != "" {
			t.Errorf("%s: wrap(%q, %d) (-want +got):\n%s", tt.name, tt.text, tt.columns, d)
		}
	}
}

// FuzzWrap: wrapping loses nothing but blanks, and lines fit unless a single
// character does not.
func FuzzWrap(f *testing.F) {
	f.Add("改造燃气管网623公里、供热管网150公里，更新供水管网。", 10)
	f.Add("（一）“十项行动”见行见效 GDP 4.5%", 3)
	f.Fuzz(func(t *testing.T, s string, n int) {
		s = strings.ToValidUTF8(s, "")
		n %= 200
		lines := wrap(s, n)
		blanks := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := strings.Join(lines, ""); blanks(got) != blanks(s) {
			t.Errorf("wrap(%q, %d) = %q: text is lost", s, n, lines)
		}
		for _, l := range lines {
			if n > 1 && textWidth(l) > n {
				t.Errorf("wrap(%q, %d): %q is wider", s, n, l)
			}
		}
	})
}
