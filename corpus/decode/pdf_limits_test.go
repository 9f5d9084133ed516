package decode

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// pdfOf makes a PDF of objects, numbered from 1; the first is the catalog.
func pdfOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var table strings.Builder
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, &table, len(objects)+1, xref)
	return b.Bytes()
}

func pdfStreamOf(dict, body string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
}

// pdfPage makes a PDF of one page with the operators and a font that has the
// table.
func pdfPage(operators, table string) []byte {
	return pdfOf("<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
		"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] /ToUnicode 4 0 R >>",
		pdfStreamOf("", table),
		"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents 6 0 R >>",
		pdfStreamOf("", operators))
}

// xrefStream makes a PDF whose table of objects is a stream with dict.
func xrefStream(dict, body string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n%" + strings.Repeat("x", 100) + "\n")
	at := b.Len()
	fmt.Fprintf(&b, "1 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", pdfStreamOf("/Type /XRef "+dict, body), at)
	return b.Bytes()
}

// A few bytes that claim much end in an error, or are passed over, in the time
// that they are given and in little memory.
func TestDecodePDFBombs(t *testing.T) {
	const (
		patience = time.Second
		show     = "BT /F1 12 Tf 1 0 0 1 72 780 Tm <65B065B0> Tj ET"
		space    = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
	)
	var lots strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&lots, "<%04X> <65B0>\n", i)
	}
	nested := make([]byte, 6)
	nested[0], nested[3] = 2, 2 // objects 0 and 1 are in the streams 0 and 0
	for _, tt := range []struct {
		name string
		data []byte
	}{
		{"beginbfchar", pdfPage(show, space+"999999999 beginbfchar <65B0> <65B0> endbfchar endcmap")},
		{"beginbfrange", pdfPage(show, space+"999999999 beginbfrange <65B0> <65B0> <65B0> endbfrange endcmap")},
		{"begincodespacerange", pdfPage(show, "begincmap 999999999 begincodespacerange <0000> <FFFF> endcodespacerange")},
		{"a count left over from before", pdfPage(show, space+"999999999 1 beginbfchar <65B0> <65B0> endbfchar beginbfchar endbfchar")},
		{"a count by another name", pdfPage(show, "/CIDInit /ProcSet findresource begin 12 dict begin /x 999999999 def "+space+"x beginbfchar <65B0> <65B0> endbfchar")},
		{"blocks ended again and again", pdfPage(show, space+"100 beginbfchar "+strings.Repeat("endbfchar ", 200_000))},
		{"a large table", pdfPage(show, space+strings.Repeat(" ", 4<<20))},
		{"a large table read often", pdfPage(strings.Repeat("/F1 12 Tf ", 50_000), space+"20000 beginbfchar "+lots.String()+"endbfchar")},
		{"many glyphs looked for in a large table", pdfPage("/F1 12 Tf <"+strings.Repeat("4E1F", 240_000)+"> Tj", space+"20000 beginbfchar "+lots.String()+"endbfchar")},
		{"one code for many characters", pdfPage("/F1 12 Tf <"+strings.Repeat("0001", 1000)+"> Tj", space+"1 beginbfchar <0001> <"+strings.Repeat("65B0", 10_000)+"> endbfchar")},
		{"states saved", pdfPage(strings.Repeat("q ", 1<<20), "")},
		{"a large page", pdfPage(strings.Repeat("1 ", 5<<20), "")},
		{"a large page of several streams", pdfOf("<< /Pages 2 0 R >>", "<< /Kids [4 0 R] >>", pdfStreamOf("", strings.Repeat("1 ", 1<<20)), "<< /Contents ["+strings.Repeat("3 0 R ", 5)+"] >>")},
		{"a large page shown often", pdfOf("<< /Pages 2 0 R >>", "<< /Kids ["+strings.Repeat("4 0 R ", 100)+"] >>", pdfStreamOf("", strings.Repeat("f ", 1<<20)), "<< /Contents 3 0 R >>")},
		{"object of a high number", bytes.Replace(pdfPage(show, space), []byte("xref\n0 7\n"), []byte("xref\n0 0\n999999999 1\n0000000000 00000 n \n0 7\n"), 1)},
		{"size of a table", xrefStream("/Size 999999999999 /W [1 1 1]", "abc")},
		{"size of a table, spelled in secret", xrefStream("/S#69ze 999999999999 /W [1 1 1]", "abc")},
		{"size of a table, behind a comment", xrefStream("/Size % 1\n999999999999 /W [1 1 1]", "abc")},
		{"entries of no bytes", xrefStream("/Size 2 /Index [0 999999999] /W [0 0 0]", "abc")},
		{"the same entries again and again", xrefStream("/Size 2 /Index ["+strings.Repeat("0 900000 ", 100)+"] /W [0 0 0]", "abc")},
		{"wide entries", xrefStream("/Size 2 /W [1 99999999999 1]", "abc")},
		{"wide rows of a filter", xrefStream("/Size 2 /W [1 1 1] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 999999999999 >>", "abc")},
		{"size of a table, with zeros in front", xrefStream("/Size "+strings.Repeat("0", 100)+"999999999999 /W [1 1 1]", "abc")},
		{"object of a high number, behind zeros", bytes.Replace(pdfPage(show, space), []byte("xref\n0 7\n"), []byte("xref\n0 1\n"+strings.Repeat("0", 100)+" 00000 n \n999999999 1\n0000000000 00000 n \n0 7\n"), 1)},
		// Where each of many tables is read to the end, these take minutes.
		{"tables in one word", []byte("%PDF-1.4\n" + strings.Repeat("xref", 100_000) + "\n%%EOF\n")},
		{"tables in comments of others", []byte("%PDF-1.4\n" + strings.Repeat("%xref\n1 1 1 1 1\n", 25_000) + "\n%%EOF\n")},
		{"widths in comments of others", []byte("%PDF-1.4\n" + strings.Repeat("%/W [\n0 0 0\n", 30_000) + "\n%%EOF\n")},
		{"a stream in itself", xrefStream("/Size 2 /W [1 1 1] /Root 1 0 R", string(nested))},
		{"a stream in itself as the key", xrefStream("/Size 2 /W [1 1 1] /Root 1 0 R /Encrypt 1 0 R", string(nested))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			pages, err := pdfGlyphs(tt.data, patience)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			known := slices.ContainsFunc([]error{ErrDamaged, ErrBomb, ErrProtected, ErrTooLong}, func(e error) bool { return errors.Is(err, e) })
			if err != nil && (!known || pages != nil || strings.Contains(err.Error(), "\n")) {
				t.Errorf("%d pages, error %v", len(pages), err)
			}
			if n := len(slices.Concat(pages...)); n > 20_000 {
				t.Errorf("%d glyphs", n)
			}
			if took > patience+10*time.Second {
				t.Errorf("took %v", took)
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 1500 {
				t.Errorf("took %d MB in all", mb)
			}
		})
	}
}

// What looks like a bomb and is none.
func TestDecodePDFNoBombs(t *testing.T) {
	const space = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
	var all strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&all, "<%04X> <%04X>\n", 0x4e00+i, 0x4e00+i)
	}
	for _, tt := range []struct{ name, operators, table string }{
		{"all of a font in one block", "BT /F1 12 Tf <65B065B0> Tj ET", space + "20000 beginbfchar " + all.String() + "endbfchar endcmap"},
		{"states saved and restored", strings.Repeat("q Q ", 10_000) + "BT /F1 12 Tf <65B065B0> Tj ET", space + "1 beginbfrange <65B0> <65B1> [<65B0> <65B1>] endbfrange endcmap"},
	} {
		if got, err := decoded("r.pdf", pdfPage(tt.operators, tt.table)); err != nil || got != "新新\n" {
			t.Errorf("%s: Decode = %q, %v", tt.name, got, err)
		}
	}
}
