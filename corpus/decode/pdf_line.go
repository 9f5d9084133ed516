package decode

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jinwen/corpus/zh"
)

// A piece is a part of a line that was painted without a gap: the whole line in
// running text, a line of a cell in a table. Places are points from the page's
// lower left corner.
type piece struct {
	text              string
	left, right, base float64
	size              float64 // of most of its glyphs
	running           bool    // a running head or foot: not part of the text
}

// What the layout of a page is read by, in parts of the size of its glyphs.
const (
	rowTolerance  = 0.45 // two glyphs whose lines differ by less stand on one: a larger font's sits lower
	cellGap       = 1.1  // a gap wider than this separates cells; justified text has half of it
	wordGap       = 0.2  // a gap between Latin letters that is a space
	raisedSize    = 0.8  // a raised mark is smaller than this
	raisedAtLeast = 0.12 // and raised by more than this
)

// pdfPieces puts the glyphs of a page together, in the order in which they were
// painted.
func pdfPieces(page []glyph) []piece {
	var pieces []piece
	var b pieceBuilder
	for _, g := range page {
		// What stands slantwise is a watermark or a stamp.
		if g.made || g.size <= 0 || math.Abs(math.Sin(g.angle)) > 0.1 || math.Cos(g.angle) < 0 || math.IsNaN(g.left+g.right+g.base+g.size) {
			continue
		}
		if unreadable(g.c) {
			g.c = utf8.RuneError
		}
		if g.right < g.left {
			g.left, g.right = g.right, g.left
		}
		if !b.takes(g) {
			pieces = b.end(pieces)
		}
		b.add(g)
	}
	return b.end(pieces)
}

// pieceBuilder collects the glyphs of a piece.
type pieceBuilder struct {
	text   strings.Builder
	raised strings.Builder // digits above the line since its last glyph
	first  glyph
	last   glyph
	n      int
	gaps   []gap // between Chinese characters
}

// A gap is where one character of a piece ends and the next begins.
type gap struct {
	at    int     // bytes of the piece before it
	width float64 // in sizes
}

// takes reports whether g goes on with the piece.
func (b *pieceBuilder) takes(g glyph) bool {
	if b.n == 0 {
		return true
	}
	size := max(g.size, b.last.size)
	if math.Abs(g.base-b.first.base) > rowTolerance*size && !b.raises(g) {
		return false
	}
	return g.left > b.last.right-size && g.left < b.last.right+cellGap*size
}

// raises reports whether g is a raised character after the text of the piece.
func (b *pieceBuilder) raises(g glyph) bool {
	up := g.base - b.first.base
	return b.n > 0 && g.size < raisedSize*b.first.size && up > raisedAtLeast*b.first.size && up < b.first.size
}

func (b *pieceBuilder) add(g glyph) {
	switch {
	case b.n > 0 && g.c == b.last.c && math.Abs(g.left-b.last.left) < 0.2*g.size:
		return // painted twice to look bold
	case b.raises(g) && noteDigit(g.c):
		b.raised.WriteRune(g.c)
		b.last.right = max(b.last.right, g.right)
		return
	}
	b.settle()
	if b.n == 0 {
		b.first = g
	} else if wide := g.left - b.last.right; wide > wordGap*g.size && latinOrDigit(b.last.c) && latinOrDigit(g.c) && b.last.c != ' ' {
		b.text.WriteByte(' ')
	} else if zh.IsHan(b.last.c) && zh.IsHan(g.c) {
		b.gaps = append(b.gaps, gap{b.text.Len(), wide / g.size})
	}
	if g.size > b.first.size*1.05 && b.n < 3 { // begins with a smaller mark
		b.first.size, b.first.base = g.size, g.base
	}
	b.text.WriteRune(g.c)
	b.last = g
	b.n++
}

func noteDigit(c rune) bool {
	return strings.ContainsRune("0123456789[]［］()（）①②③④⑤⑥⑦⑧⑨⑩*", c)
}

// settle ends what is raised: a mark of a note is left out (noteMark), anything
// else belongs to the text.
func (b *pieceBuilder) settle() {
	if s := b.raised.String(); s != "" {
		last, _ := utf8.DecodeLastRuneInString(b.text.String())
		if !pdfNote.MatchString(s) || last < 0x80 && unicode.IsLetter(last) {
			b.text.WriteString(s)
		}
		b.raised.Reset()
	}
}

var pdfNote = regexp.MustCompile(`^[\[［(（]?(?:[0-9]{1,3}|[①-⑩]|\*+)[\]］)）]?$`)

func (b *pieceBuilder) end(pieces []piece) []piece {
	if b.n == 0 {
		return pieces
	}
	b.settle()
	text := b.spaced()
	left, right := b.first.left, b.last.right
	if trimmed := strings.TrimLeft(text, " \u3000\u00a0\t"); trimmed != text {
		left += ems(text[:len(text)-len(trimmed)]) * b.first.size
		text = trimmed
	}
	if trimmed := strings.TrimRight(text, " \u3000\u00a0\t"); trimmed != text {
		right -= ems(text[len(trimmed):]) * b.first.size
		text = trimmed
	}
	p := piece{text: text, left: left, right: max(left, right), base: b.first.base, size: b.first.size}
	*b = pieceBuilder{}
	if text == "" {
		return pieces
	}
	return append(pieces, p)
}

// spaced returns the text with a space where two Chinese characters stand wider
// apart than the others of the piece: 省长 王某. Printers leave the space out.
func (b *pieceBuilder) spaced() string {
	text := b.text.String()
	if len(b.gaps) == 0 {
		return text
	}
	widths := make([]float64, len(b.gaps))
	for i, g := range b.gaps {
		widths[i] = g.width
	}
	slices.Sort(widths)
	usual := 0.0
	if len(widths) > 2 {
		usual = widths[(len(widths)-1)/2]
	}
	for _, g := range slices.Backward(b.gaps) {
		switch {
		case g.width > usual+0.7:
			text = text[:g.at] + "\u3000" + text[g.at:]
		case g.width > usual+wordGap:
			text = text[:g.at] + " " + text[g.at:]
		}
	}
	return text
}

// ems returns about how wide s is printed, in Chinese characters.
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

func latinOrDigit(c rune) bool {
	return c < 0x80 && (unicode.IsLetter(c) || unicode.IsDigit(c))
}

// rows groups the pieces of a page by the line on which they stand, from top to
// bottom, those of a row from left to right.
func rows(page []piece) [][]*piece {
	order := make([]*piece, 0, len(page))
	for i := range page {
		order = append(order, &page[i])
	}
	slices.SortStableFunc(order, func(a, b *piece) int { return cmp.Compare(b.base, a.base) })
	var out [][]*piece
	for _, p := range order {
		if n := len(out); n > 0 && out[n-1][0].base-p.base < rowTolerance*min(p.size, out[n-1][0].size) {
			out[n-1] = append(out[n-1], p)
			continue
		}
		out = append(out, []*piece{p})
	}
	for _, row := range out {
		slices.SortStableFunc(row, func(a, b *piece) int { return cmp.Compare(a.left, b.left) })
	}
	return out
}

var (
	pageNumber = regexp.MustCompile(`^[\s—–\-·.~－]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*[0-9]{1,4}\s*页?)?[\s—–\-·.~－]*$`)
	bareNumber = regexp.MustCompile(`^[0-9０-９]{1,4}$`)
	digits     = regexp.MustCompile(`[0-9０-９]+`)
)

const (
	outerRows   = 3   // rows from the page's edge that may be heads or feet
	sameHeight  = 4.0 // points by which a running head may move from page to page
	apartFactor = 1.3 // a bare number is a page's if it is this much further off than lines are
)

// dropRunning marks page numbers, and heads and feet: what returns at the same
// height near the edge of at least two pages and a third of all, numbers in it
// aside.
func dropRunning(pages [][]piece) {
	type place struct {
		text   string
		height int
	}
	byPage := make([][][]*piece, len(pages))
	seen := make(map[place]int)
	outer := func(all [][]*piece, f func(row []*piece, i int)) {
		for i, row := range all {
			if i < outerRows || i >= len(all)-outerRows {
				f(row, i)
			}
		}
	}
	key := func(row []*piece, up int) place {
		return place{digits.ReplaceAllString(rowText(row), "0"), int(math.Round(row[0].base/sameHeight)) + up}
	}
	for i := range pages {
		byPage[i] = rows(pages[i])
		outer(byPage[i], func(row []*piece, _ int) { seen[key(row, 0)]++ })
	}
	for _, all := range byPage {
		if len(all) < 2 {
			continue
		}
		pitch := typicalPitch(all)
		outer(all, func(row []*piece, i int) {
			n := seen[key(row, 0)] + max(seen[key(row, 1)], seen[key(row, -1)])
			repeats := n >= 2 && 3*n >= len(pages)
			if repeats || isPageNumber(all, i, pitch) {
				for _, p := range row {
					p.running = true
				}
			}
		})
	}
}

// isPageNumber reports whether row i of a page is its number: the first or last
// row, with the marks of a page number or off the text.
func isPageNumber(all [][]*piece, i int, pitch float64) bool {
	text := rowText(all[i])
	if !pageNumber.MatchString(text) || i > 0 && i < len(all)-1 {
		return false
	}
	if !bareNumber.MatchString(text) {
		return true
	}
	gap := 0.0
	if i == 0 {
		gap = all[0][0].base - all[1][0].base
	} else {
		gap = all[i-1][0].base - all[i][0].base
	}
	return pitch == 0 || gap > apartFactor*pitch
}

func rowText(row []*piece) string {
	var b strings.Builder
	for _, p := range row {
		b.WriteString(p.text)
	}
	return b.String()
}

// typicalPitch returns the distance of most neighbouring rows, 0 if there are too
// few to say.
func typicalPitch(all [][]*piece) float64 {
	var gaps []float64
	for i := 1; i < len(all); i++ {
		gaps = append(gaps, all[i-1][0].base-all[i][0].base)
	}
	if len(gaps) < 4 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}
