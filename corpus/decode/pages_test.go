package decode

import (
	"fmt"
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
