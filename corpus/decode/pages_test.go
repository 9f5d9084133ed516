package decode

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"jinwen/corpus/golden"
)

// painted are the glyphs of a line of text that is painted one by one.
func painted(left, base, size, angle float64, text string) []glyph {
	var out []glyph
	for _, c := range text {
		g := glyph{c: c, left: left, right: left + size*ems(string(c)), base: base, size: size, angle: angle}
		out = append(out, g)
		left = g.right
	}
	return out
}

// paintedPage reads a page of testdata/pages.
func paintedPage(t *testing.T, text string) []glyph {
	t.Helper()
	var out []glyph
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		var left, base, size, pitch, angle float64
		var n int
		if rest, ok := strings.CutPrefix(line, "col "); ok {
			if _, err := fmt.Sscan(rest, &left, &base, &size, &pitch, &n); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			for i, l := range column(strings.Fields(rest)[5], n) {
				out = append(out, painted(left, base-float64(i)*pitch, size, 0, l)...)
			}
			continue
		}
		f := strings.SplitN(line, " ", 4)
		height, turned, ok := strings.Cut(f[2], "+")
		if ok {
			fmt.Sscan(turned, &angle)
		}
		if _, err := fmt.Sscan(f[0]+" "+f[1]+" "+height, &left, &base, &size); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		out = append(out, painted(left, base, size, angle, f[3])...)
	}
	return out
}

// TestPages keeps what is read of made-up pages: the pieces of their lines, and
// the text.
func TestPages(t *testing.T) {
	data, err := os.ReadFile("testdata/pages/pages.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, entry := range strings.Split(string(data), "=== ")[1:] {
		name, text, _ := strings.Cut(entry, "\n")
		b.WriteString("=== " + name + "\n")
		var pages [][]piece
		for page := range strings.SplitSeq(text, "--\n") {
			pages = append(pages, pdfPieces(paintedPage(t, page)))
		}
		joined := pagesText(pages)
		for _, page := range pages {
			for _, p := range page {
				fmt.Fprintf(&b, "\t%g-%g %g %g %q", p.left, p.right, p.base, p.size, p.text)
				if p.running {
					b.WriteString(" running")
				}
				b.WriteString("\n")
			}
		}
		b.WriteString(joined)
	}
	golden.Check(t, "testdata/pages/pages.golden", b.String())
}

// TestOddGlyphs: what an engine reports beside plain glyphs neither joins the
// text nor stops it.
func TestOddGlyphs(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		name string
		g    glyph
		want string
	}{
		{"plain", glyph{c: '公', left: 60, right: 70, base: 700, size: 10}, "新公园"},
		{"right to left", glyph{c: '公', left: 70, right: 60, base: 700, size: 10}, "新公园"},
		{"made up", glyph{c: '公', left: 60, right: 70, base: 700, size: 10, made: true}, "新\u3000园"},
		{"without a size", glyph{c: '公', left: 60, right: 70, base: 700}, "新\u3000园"},
		{"nowhere", glyph{c: '公', left: nan, right: 70, base: 700, size: 10}, "新\u3000园"},
		{"on no line", glyph{c: '公', left: 60, right: 70, base: nan, size: 10}, "新\u3000园"},
		{"unreadable", glyph{c: 0xE000, left: 60, right: 70, base: 700, size: 10}, "新\uFFFD园"},
	} {
		line := painted(50, 700, 10, 0, "新")
		line = append(append(line, tt.g), painted(70, 700, 10, 0, "园")...)
		got := pdfPieces(line)
		if len(got) != 1 || got[0].text != tt.want || got[0].left != 50 || got[0].right != 80 {
			t.Errorf("%s: %+v, want %q", tt.name, got, tt.want)
		}
	}
}
