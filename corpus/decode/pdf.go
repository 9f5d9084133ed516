package decode

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// A PDF knows glyphs and places, no paragraphs. The glyphs of a page are put
// into lines by height, page numbers and running heads are dropped, and lines
// are joined where the layout broke them: a line that fills the measure runs
// on into the next unless that one is indented. The PDF library panics on
// much that is malformed, which is kept here, and trusts counts and links
// inside the file (pdf_limits.go).

// decodePDF returns the text layer of a PDF. Errors wrap ErrDamaged,
// ErrProtected, ErrScanned, ErrUnmapped or ErrBomb.
func decodePDF(data []byte) (text string, err error) {
	defer func() {
		if x := recover(); x != nil {
			text, err = "", fmt.Errorf("%v: %w", x, ErrDamaged)
		}
	}()
	end := bytes.LastIndex(data, []byte("%%EOF"))
	if end < 0 {
		return "", fmt.Errorf("its end is missing: %w", ErrDamaged)
	}
	data = slices.Clone(data[:end+len("%%EOF")])
	if bytes.HasPrefix(data, []byte("%PDF-2.")) {
		copy(data, "%PDF-1.7") // the library asks for 1.x; the text layer is the same
	}
	if i := len("%PDF-1.x"); len(data) > i && data[i] != '\r' && data[i] != '\n' {
		data[i] = '\n' // a comment's rest: nothing refers to it
	}
	if err := inflatable(data); err != nil {
		return "", err
	}
	if err := pdfClaims(data); err != nil {
		return "", err
	}
	r, err := openPDF(data)
	switch {
	case errors.Is(err, ErrBomb), errors.Is(err, ErrDamaged):
		return "", err
	case errors.Is(err, pdf.ErrInvalidPassword), err != nil && strings.Contains(err.Error(), "encryption"):
		return "", ErrProtected
	case err != nil:
		return "", fmt.Errorf("%v: %w", err, ErrDamaged)
	}
	found, err := pdfPages(r.Trailer().Key("Root").Key("Pages"))
	if err != nil {
		return "", err
	}
	var pages [][]pdfLine
	var budget pdfBudget
	left := maxText
	for i, p := range found {
		if err := budget.page(p); err != nil {
			return "", fmt.Errorf("page %d: %w", i+1, err)
		}
		glyphs := p.Content().Text
		if left -= len(glyphs); left < 0 {
			return "", ErrTooLong
		}
		pages = append(pages, pdfLines(glyphs))
	}
	text = joinPDF(dropRunning(pages))
	var han, bad int
	for _, c := range text {
		switch {
		case unicode.Is(unicode.Han, c):
			han++
		case c == utf8.RuneError || c != '\n' && unicode.IsControl(c) || unicode.Is(unicode.Co, c):
			bad++
		}
	}
	switch {
	case strings.TrimSpace(text) == "":
		return "", ErrScanned
	case bad*10 > utf8.RuneCountInString(text), han == 0 && bad > 0:
		return "", ErrUnmapped
	}
	return text, nil
}

// openPDF reads the table of objects and checks it before anything is looked up
// in it, which opening an encrypted file does.
func openPDF(data []byte) (*pdf.Reader, error) {
	open := func(data []byte) (*pdf.Reader, error) {
		r, err := pdf.NewReader(&boundedReader{r: bytes.NewReader(data), left: maxPDFReads}, int64(len(data)))
		if err != nil {
			return nil, err
		}
		return r, pdfObjects(r)
	}
	plain := bytes.ReplaceAll(data, []byte("/Encrypt"), []byte("/Encrypx"))
	r, err := open(plain)
	if err == nil && !bytes.Equal(plain, data) {
		return open(data)
	}
	return r, err
}

// pdfPages returns the pages below node in their order. The library's own walk
// goes by the counts that the file claims and has no end where nodes contain
// each other.
func pdfPages(root pdf.Value) ([]pdf.Page, error) {
	var pages []pdf.Page
	left := maxPDFPages
	var walk func(node pdf.Value, depth int) error
	walk = func(node pdf.Value, depth int) error {
		if left--; left < 0 || depth > 50 {
			return fmt.Errorf("its tree of pages has no end: %w", ErrDamaged)
		}
		kids := node.Key("Kids")
		if kids.Kind() != pdf.Array {
			if node.Kind() == pdf.Dict {
				pages = append(pages, pdf.Page{V: node})
			}
			return nil
		}
		for i := range kids.Len() {
			if err := walk(kids.Index(i), depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return pages, walk(root, 0)
}

// boundedReader ends a reading that goes round in a circle: pages that contain
// themselves, tables that name themselves as their predecessor.
type boundedReader struct {
	r    io.ReaderAt
	left int
}

func (b *boundedReader) ReadAt(p []byte, off int64) (int, error) {
	if b.left--; b.left < 0 {
		panic("refers to itself without end")
	}
	return b.r.ReadAt(p, off)
}

var pdfStream = regexp.MustCompile(`stream\r?\n`)

// inflatable returns ErrBomb if the compressed streams of data, pictures
// aside, become larger than maxUnpacked together.
func inflatable(data []byte) error {
	left := int64(maxUnpacked)
	for _, loc := range pdfStream.FindAllIndex(data, -1) {
		head := data[max(0, loc[0]-400):loc[0]]
		if i := bytes.LastIndex(head, []byte("obj")); i >= 0 {
			head = head[i:]
		}
		if bytes.Contains(head, []byte("/Image")) || !bytes.Contains(head, []byte("Fl")) {
			continue
		}
		z, err := zlib.NewReader(bytes.NewReader(data[loc[1]:]))
		if err != nil {
			continue
		}
		n, _ := io.Copy(io.Discard, io.LimitReader(z, left+1)) // a broken stream is the library's to report
		if left -= n; left < 0 {
			return ErrBomb
		}
	}
	return nil
}

// A pdfLine is a line of a page as printed.
type pdfLine struct {
	text  string
	x, y  float64 // where it starts, in points from the lower left
	size  float64 // of the font, points
	width float64 // in ems of a Chinese character
	edge  float64 // where it ends, in ems right of the page's margin
}

// pdfLines puts the glyphs of a page into lines, top to bottom.
func pdfLines(glyphs []pdf.Text) []pdfLine {
	type run struct {
		x, y, size float64
		s          strings.Builder
	}
	var runs []*run
	var last pdf.Text
	for _, g := range glyphs {
		if g.S == "\n" || g.S == "\r" || math.IsNaN(g.X+g.Y) {
			continue // the library's mark for the end of an operator
		}
		size := math.Max(math.Abs(g.FontSize), 1)
		// Glyphs of one operator come at one place where the font's widths are
		// unknown, and kerning moves that place back a little: only a jump
		// starts a run, so that their order holds.
		if len(runs) == 0 || math.Abs(g.Y-last.Y) > 0.1 || math.Abs(g.X-last.X) > size/2 {
			runs = append(runs, &run{x: g.X, y: g.Y, size: size})
		}
		runs[len(runs)-1].s.WriteString(g.S)
		last = g
	}
	sort.SliceStable(runs, func(i, j int) bool { return runs[i].y > runs[j].y })
	var lines []pdfLine
	for i := 0; i < len(runs); {
		j := i + 1
		for j < len(runs) && runs[i].y-runs[j].y < runs[i].size*0.4 {
			j++
		}
		row := runs[i:j]
		sort.SliceStable(row, func(a, b int) bool { return row[a].x < row[b].x })
		l := pdfLine{y: row[0].y, size: row[0].size}
		var s strings.Builder
		for _, r := range row {
			if s.Len() == 0 {
				if strings.TrimSpace(r.s.String()) == "" {
					continue
				}
				l.x, l.size = r.x, r.size
			}
			s.WriteString(r.s.String())
		}
		l.text = s.String()
		l.width = ems(l.text)
		if trimmed := strings.TrimLeft(l.text, " \u3000\u00a0"); trimmed != l.text {
			l.x += ems(l.text[:len(l.text)-len(trimmed)]) * l.size
			l.text = trimmed
		}
		if l.text = strings.TrimRight(l.text, " \u3000\u00a0"); l.text != "" {
			lines = append(lines, l)
		}
		i = j
	}
	return lines
}

// ems is about how wide s is printed, in Chinese characters.
func ems(s string) float64 {
	w := 0.0
	for _, c := range s {
		if c < 0x2000 && c != '“' && c != '”' {
			w += 0.5
		} else {
			w++
		}
	}
	return w
}

var (
	pageNumber = regexp.MustCompile(`^[\s—–\-·.]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*[0-9]{1,4}\s*页?)?[\s—–\-·.]*$`)
	digits     = regexp.MustCompile(`[0-9０-９]+`)
)

// dropRunning takes page numbers away, and heads and feet that return on at
// least three pages and half of all.
func dropRunning(pages [][]pdfLine) [][]pdfLine {
	key := func(l pdfLine) string { return digits.ReplaceAllString(l.text, "0") }
	for {
		seen := make(map[string]int)
		for _, p := range pages {
			if len(p) > 1 {
				seen[key(p[0])]++
				seen[key(p[len(p)-1])]++
			}
		}
		running := func(l pdfLine) bool {
			n := seen[key(l)]
			return pageNumber.MatchString(l.text) || n >= 3 && 2*n >= len(pages)
		}
		dropped := false
		for i, p := range pages {
			for len(p) > 0 && running(p[len(p)-1]) {
				p, dropped = p[:len(p)-1], true
			}
			for len(p) > 0 && running(p[0]) {
				p, dropped = p[1:], true
			}
			pages[i] = p
		}
		if !dropped {
			return pages
		}
	}
}

// joinPDF joins lines to paragraphs.
func joinPDF(pages [][]pdfLine) string {
	full, margin, indents := measure(pages)
	var out strings.Builder
	var prev *pdfLine
	for pi, p := range pages {
		for i := range p {
			l := &p[i]
			if prev != nil {
				indented := l.x > margin[pi]+1.2*l.size
				goesOn := prev.edge >= full-2 && !indented &&
					math.Abs(l.size-prev.size) < 0.15*prev.size &&
					(indents || !strings.ContainsRune("。！？：；”", lastRune(prev.text)))
				switch {
				case !goesOn:
					out.WriteByte('\n')
				case isLatin(lastRune(prev.text)) && isLatin(firstRune(l.text)):
					out.WriteByte(' ')
				}
			}
			out.WriteString(l.text)
			prev = l
		}
	}
	out.WriteByte('\n')
	return out.String()
}

// measure finds where full lines end, in ems, the left margin of every
// page, and whether paragraphs are set off by indenting their first line.
func measure(pages [][]pdfLine) (full float64, margin []float64, indents bool) {
	var edges []float64
	indented, total := 0, 0
	for _, p := range pages {
		var xs []float64
		for _, l := range p {
			xs = append(xs, l.x)
		}
		left := 0.0
		if len(xs) > 0 {
			slices.Sort(xs)
			left = xs[len(xs)/10] // not the least: a mark may hang out
		}
		margin = append(margin, left)
		for i := range p {
			l := &p[i]
			l.edge = (l.x-left)/l.size + l.width
			edges = append(edges, l.edge)
			total++
			if d := l.x - left; d > 1.2*l.size && d < 4*l.size {
				indented++
			}
		}
	}
	if len(edges) > 0 {
		slices.Sort(edges)
		full = edges[len(edges)*3/4]
	}
	return full, margin, indented > 0 && indented*20 >= total
}

func lastRune(s string) rune  { c, _ := utf8.DecodeLastRuneInString(s); return c }
func firstRune(s string) rune { c, _ := utf8.DecodeRuneInString(s); return c }
func isLatin(c rune) bool     { return c < 0x80 && unicode.IsLetter(c) }
