package decode

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// pdfFile makes a PDF whose pages show lines, each a pair of font size 12 and
// line height 20; leading ideographic spaces move the start. The encoding is
// the font's: UniGB-UCS2-H, or Identity-H with a ToUnicode table in which code
// and character are the same.
func pdfFile(encoding string, pages ...[]string) []byte {
	var b bytes.Buffer
	var offsets []int
	obj := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(offsets))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	stream := func(s string) { obj("<< /Length %d >>\nstream\n%s\nendstream", len(s), s) }
	b.WriteString("%PDF-1.4\n")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 5+2*i))
	}
	obj("<< /Type /Catalog /Pages 2 0 R >>")
	obj("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages))
	unicode := ""
	if encoding == "Identity-H" {
		unicode = " /ToUnicode 4 0 R"
	}
	obj("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /%s /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>]%s >>", encoding, unicode)
	var cmap strings.Builder
	cmap.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	seen := make(map[rune]bool)
	for _, p := range pages {
		for _, l := range p {
			for _, c := range l {
				if !seen[c] {
					fmt.Fprintf(&cmap, "1 beginbfchar <%04X> <%04X> endbfchar\n", c, c)
					seen[c] = true
				}
			}
		}
	}
	cmap.WriteString("endcmap end end")
	stream(cmap.String())
	for i, lines := range pages {
		obj("<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", 6+2*i)
		var s strings.Builder
		for k, l := range lines {
			x := 72
			for strings.HasPrefix(l, "　") {
				l, x = strings.TrimPrefix(l, "　"), x+12
			}
			fmt.Fprintf(&s, "BT /F1 12 Tf 1 0 0 1 %d %d Tm <", x, 780-20*k)
			if encoding == "GBK-EUC-H" {
				fmt.Fprintf(&s, "%X", gbk(l))
			} else {
				for _, u := range utf16.Encode([]rune(l)) {
					fmt.Fprintf(&s, "%04X", u)
				}
			}
			s.WriteString("> Tj ET\n")
		}
		stream(s.String())
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return b.Bytes()
}

func TestDecodePDF(t *testing.T) {
	for _, tt := range []struct {
		name  string
		pages [][]string
		want  string
	}{
		{"one line", [][]string{{"新建公园12个。"}}, "新建公园12个。\n"},
		{
			"indented paragraphs across lines and pages",
			[][]string{{
				"政府工作报告",
				"　　今年是关键的一年，我们要全力以赴做好",
				"各项工作，新建公园12个，改造道路30公里。",
				"同时建设地铁。",
				"　　二是持续改善民生，办好二十件民心实事",
				"— 1 —",
			}, {
				"项目，新增学位2万个，让群众得到更多实惠。",
				"　　谢谢大家。",
				"— 2 —",
			}},
			"政府工作报告\n今年是关键的一年，我们要全力以赴做好各项工作，新建公园12个，改造道路30公里。同时建设地铁。\n二是持续改善民生，办好二十件民心实事项目，新增学位2万个，让群众得到更多实惠。\n谢谢大家。\n",
		},
		{
			"without indents a full line that ends a sentence ends its paragraph",
			[][]string{{
				"今年新建公园十二个，改造道路三十公里长。",
				"建设地铁两条，建成学校三所，新增学位二万",
				"个，让群众得到更多实惠。",
			}},
			"今年新建公园十二个，改造道路三十公里长。\n建设地铁两条，建成学校三所，新增学位二万个，让群众得到更多实惠。\n",
		},
		{
			"running heads",
			[][]string{{"某市政府工作报告", "新建公园。", "第1页"}, {"某市政府工作报告", "改造道路。", "第2页"}, {"某市政府工作报告", "建设地铁。", "第3页"}},
			"新建公园。\n改造道路。\n建设地铁。\n",
		},
	} {
		for _, enc := range []string{"UniGB-UCS2-H", "Identity-H"} {
			t.Run(tt.name+" "+enc, func(t *testing.T) {
				got, err := decoded("r.pdf", pdfFile(enc, tt.pages...))
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(tt.want, got); d != "" {
					t.Errorf("-want +got:\n%s", d)
				}
			})
		}
	}
}

// A PDF of a later version, with bytes before its mark and after its end.
func TestDecodePDFSloppy(t *testing.T) {
	data := pdfFile("UniGB-UCS2-H", []string{"新建公园。"})
	data = bytes.Replace(data, []byte("%PDF-1.4"), []byte("%PDF-2.0"), 1)
	data = append(append([]byte("\n\n"), data...), "\n\x00\x00trailing"...)
	if got, err := decoded("r.pdf", data); err != nil || got != "新建公园。\n" {
		t.Errorf("Decode = %q, %v", got, err)
	}
}

// Pages that contain themselves must end in an error, not run for ever.
func TestDecodePDFLoop(t *testing.T) {
	data := pdfFile("UniGB-UCS2-H", []string{"新建公园。"})
	data = bytes.Replace(data, []byte("/Kids [5 0 R] /Count 1"), []byte("/Kids [2 0 R] /Count 9"), 1)
	if got, err := decoded("r.pdf", data); err == nil {
		t.Errorf("Decode = %q, nil", got)
	}
}

// A whole report, set in lines of 30 characters and pages of 32 lines with
// page numbers, comes back paragraph by paragraph.
func TestDecodePDFReport(t *testing.T) {
	report, err := os.ReadFile("../reports/tianjin-2024.txt")
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	var pages [][]string
	var page []string
	put := func(line string) {
		if page = append(page, line); len(page) == 32 {
			page = append(page, fmt.Sprintf("— %d —", len(pages)+1))
			pages, page = append(pages, page), nil
		}
	}
	for text := range strings.Lines(string(report)) {
		if text = strings.Trim(text, "\n 　"); text == "" {
			continue
		}
		want.WriteString(text + "\n")
		line := "　　"
		for _, c := range text {
			// A stop or comma does not start a line: it hangs over.
			if ems(line+string(c)) > 30 && !strings.ContainsRune("，。、；：”）", c) {
				put(line)
				line = ""
			}
			line += string(c)
		}
		put(line)
	}
	pages = append(pages, page)
	got, err := decoded("r.pdf", pdfFile("Identity-H", pages...))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(want.String(), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}
