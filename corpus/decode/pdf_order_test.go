package decode

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// A column of running text: lines of n characters that break anywhere.
func column(text string, n int) []string {
	var lines []string
	for r := []rune(text); len(r) > 0; {
		k := min(n, len(r))
		lines = append(lines, string(r[:k]))
		r = r[k:]
	}
	return lines
}

// stacked are lines of size 10 and pitch 15 below each other.
func stacked(x, y float64, lines []string) []piece {
	var out []piece
	for i, l := range lines {
		out = append(out, piece{text: l, left: x, right: x + 10*ems(l), base: y - 15*float64(i), size: 10})
	}
	return out
}

func TestReadingOrder(t *testing.T) {
	const first, second = "今年要新建公园十二个，改造道路三十公里，建成学校三所，新增学位二万个，让群众得到更多的实惠，办好二十件民心实事项目，完善城市的设施，提升服务能力和水平，推进美丽乡村建设，改善农村人居环境和面貌",
		"持续深化改革开放，优化营商环境，激发各类经营主体活力，培育壮大战略性新兴产业，推动传统产业转型升级，加快建设现代化产业体系，扩大有效投资规模，促进消费提质扩容，稳住外贸外资基本盘，守牢安全底线不动摇"
	if len([]rune(first))%12 != 0 {
		t.Fatal("the first column ends in a short line: ", len([]rune(first))%12)
	}
	left, right := stacked(50, 700, column(first, 12)), stacked(220, 700, column(second, 12))
	head, foot := stacked(50, 730, []string{"政府工作报告是对过去一年工作的总结和今年工作的安排"}), stacked(50, 500, []string{"谢谢大家。"})
	var across []piece
	for i := range max(len(left), len(right)) {
		if i < len(left) {
			across = append(across, left[i])
		}
		if i < len(right) {
			across = append(across, right[i])
		}
	}
	back := func(ps []piece) []piece {
		out := make([]piece, 0, len(ps))
		for i := range ps {
			out = append(out, ps[len(ps)-1-i])
		}
		return out
	}
	join := func(parts ...[]piece) []piece {
		var out []piece
		for _, p := range parts {
			out = append(out, p...)
		}
		return out
	}
	want := head[0].text + "\n" + first + second + "\n谢谢大家。\n"
	rows := [][]string{{"指标", "去年", "今年"}, {"公园", "十个", "二十个"}, {"道路", "三公里", "五公里"}, {"学校", "两所", "三所"}, {"床位", "百张", "千张"}, {"路灯", "百盏", "千盏"}, {"泵站", "一座", "二座"}}
	var table []piece
	var asTable string
	for i, r := range rows {
		for k, c := range r {
			table = append(table, stacked(50+float64(k)*100, 700-20*float64(i), []string{c})...)
		}
		asTable += strings.Join(r, "\t") + "\n"
	}
	for _, tt := range []struct {
		name string
		page []piece
		want string
	}{
		{"column by column", join(head, left, right, foot), want},
		{"across the columns", join(head, across, foot), want},
		{"from below", back(join(head, left, right, foot)), want},
		{"foot and head first", join(foot, head, left, right), want},
		{"table", table, asTable},
		{"table from below", back(table), asTable},
		{"cells of several lines", join(stacked(50, 700, []string{"公园"}), stacked(150, 707, []string{"新建十", "二个"}), stacked(250, 700, []string{"全年"}), stacked(50, 670, []string{"道路"}), stacked(150, 670, []string{"五公里"}), stacked(250, 670, []string{"上半年"})), "公园\t新建十二个\t全年\n道路\t五公里\t上半年\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, joinLines(readingOrder(tt.page, 0, new([]float64)))); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// The last lines of a text in columns are no row of a table.
func TestLastColumns(t *testing.T) {
	line := strings.Repeat("新建公园和道路，改造河湖", 8)
	var columns []float64
	lines := readingOrder(append(stacked(50, 700, column(line, 12)), stacked(220, 700, column(line, 12))...), 0, &columns)
	lines = append(lines, readingOrder(append(stacked(50, 700, []string{"建成学校三所、医院两家，", "新增床位"}), stacked(220, 700, []string{"二百张。", "谢谢大家。"})...), 1, &columns)...)
	if got, want := joinLines(lines), line+line+"建成学校三所、医院两家，新增床位\n二百张。\n谢谢大家。\n"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

// shown is a PDF of a page with the operators, in a font whose codes are UTF-16;
// more is added to the page.
func shown(more, operators string) []byte {
	return pdfOf("<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
		"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>",
		"<< /Type /Page /Parent 2 0 R "+more+" /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
		pdfStreamOf("", operators))
}

// at shows text at a place, turned by the matrix.
func at(matrix string, x, y float64, size int, text string) string {
	var s strings.Builder
	fmt.Fprintf(&s, "BT /F1 %d Tf %s %v %v Tm <", size, matrix, x, y)
	for _, u := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&s, "%04X", u)
	}
	return s.String() + "> Tj ET\n"
}

func TestPDFPage(t *testing.T) {
	const upright = "1 0 0 1"
	for _, tt := range []struct{ name, more, operators, want string }{
		{"watermark", "", at(upright, 50, 700, 12, "新建公园") + at("0.7 0.7 -0.7 0.7", 200, 300, 60, "草稿") + at(upright, 50, 680, 12, "改造道路"), "新建公园\n改造道路\n"},
		{"a page that lies", "/Rotate 90", at("0 1 -1 0", 100, 50, 12, "新建公园") + at("0 1 -1 0", 120, 50, 12, "改造道路"), "新建公园\n改造道路\n"},
		{"marks of notes", "", at(upright, 50, 700, 12, "新建公园") + at(upright, 98, 706, 7, "1") + at(upright, 102, 700, 12, "十二个") + at(upright, 138, 706, 7, "[2]") + at(upright, 150, 700, 12, "。"), "新建公园十二个。\n"},
		{"glyph by glyph", "", at(upright, 50, 700, 12, "新") + at(upright, 62, 700, 12, "建") + at(upright, 74, 700, 12, "公") + at(upright, 86, 700, 12, "园"), "新建公园\n"},
		{"painted twice to look bold", "", at(upright, 50, 700, 12, "新建公园") + at(upright, 50.3, 700, 12, "新建公园"), "新建公园\n"},
		{"letters far apart", "", at(upright, 50, 700, 12, "政") + at(upright, 80, 700, 12, "府") + at(upright, 110, 700, 12, "工") + at(upright, 140, 700, 12, "作") + at(upright, 170, 700, 12, "报") + at(upright, 200, 700, 12, "告"), "政府工作报告\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := decoded("r.pdf", shown(tt.more, tt.operators))
			if err != nil || got != tt.want {
				t.Errorf("Decode = %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

// A page that is a picture among pages with text is warned of.
func TestPDFEmptyPage(t *testing.T) {
	r, err := Decode("r.pdf", pdfFile("UniGB-UCS2-H", []string{"新建公园。"}, nil, []string{"改造道路。"}))
	if want := (Result{"新建公园。\n改造道路。\n", []Warning{{Kind: EmptyPage, Page: 2}}}); err != nil || !cmp.Equal(r, want) {
		t.Errorf("Decode = %+v, %v", r, err)
	}
}

// What is nearly text is read, and what is lost said.
func TestLost(t *testing.T) {
	text := []byte(strings.Repeat("今年，新建公园的十二个。\n", 100))
	broken := bytes.Clone(text)
	broken[40] = 0xff
	nul := bytes.Clone(text)
	nul[40] = 0
	gb := gbk(string(text))
	gb[8] = 0xff
	for _, tt := range []struct {
		name string
		data []byte
	}{{"UTF-8", broken}, {"NUL", nul}, {"GBK", gb}} {
		r, err := Decode("r.txt", tt.data)
		if err != nil || strings.Count(r.Text, "\uFFFD") == 0 || strings.Count(r.Text, "新建公园") < 98 || len(r.Warnings) != 1 || r.Warnings[0].Kind != LostCharacters || r.Warnings[0].Line == 0 {
			t.Errorf("%s: Decode = %q, %v, %v", tt.name, r.Text, r.Warnings, err)
		}
	}
}
