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
		"": 0, "GDP": 3, "津问": 4, "“免申即享”": 10, "１２": 4, "e\u0301": 1, "👍": 2, "\u200b": 0, "𠮷": 2, "…": 1, "\t": 0,
	} {
		if got := textWidth(s); got != want {
			t.Errorf("textWidth(%q) = %d, want %d", s, got, want)
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
