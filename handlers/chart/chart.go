// Package chart draws figures as bars: a PNG made for a phone, readable in
// light and dark chats because it brings its own background, with the source
// under it; or, on a machine without a Chinese font, the same as a text table.
//
// Labels are long here (新建商品房销售面积增长) and bars are few, so each label has
// a line of its own above its bars, and each bar its value as the report
// writes it.
package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// A Chart is bars in groups.
type Chart struct {
	Title  string
	Series []string // names of the colours: 2023年实际, 2024年目标; at most four
	Groups []Group
	Unit   string // of the axis: 个, %; "" draws none
	Source string // under the picture
	Latin  bool   // the axis counts in thousands, not in 万
	// OwnScale draws each group to its own scale: for indicators that are of
	// one unit but not of one size. Source should say so.
	OwnScale bool
}

// A Group is the bars of one label.
type Group struct {
	Label string
	Bars  []Bar
}

// A Bar is one value.
type Bar struct {
	Series int // index in Chart.Series
	Number float64
	Value  string // as the report writes it
}

// Sizes in pixels. A phone shows a picture of this width about one to one.
const (
	width   = 1080
	margin  = 60
	barH    = 46
	barGap  = 10
	rowGap  = 34
	titleSz = 42
	labelSz = 32
	valueSz = 32
	smallSz = 25
)

var (
	// The picture brings its own light ground, so it reads in a dark chat too.
	background = color.RGBA{0xFA, 0xFA, 0xF7, 0xFF}
	ink        = color.RGBA{0x22, 0x2A, 0x35, 0xFF}
	pale       = color.RGBA{0x6B, 0x74, 0x80, 0xFF}
	line       = color.RGBA{0xD9, 0xDC, 0xE1, 0xFF}
	// Blue against orange is told apart with every kind of colour blindness
	// (after Okabe and Ito); all differ in lightness too, for paper without
	// colours; and each has a contrast of 3 to 1 with the ground at least (WCAG
	// 2.1, 1.4.11).
	colours = []color.RGBA{{0x1F, 0x4E, 0x8C, 0xFF}, {0xDD, 0x6B, 0x00, 0xFF}, {0x90, 0x60, 0x60, 0xFF}, {0x1B, 0x10, 0x22, 0xFF}}
)

// PNG draws c with the font in fontFile, or the best of the system if that is
// "". It returns ErrNoFont if there is none.
func (c Chart) PNG(fontFile string) ([]byte, error) {
	f, err := loadFont(fontFile)
	if err != nil {
		return nil, err
	}
	img, err := c.draw(f)
	if err != nil {
		return nil, fmt.Errorf("chart: %w", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, fmt.Errorf("chart: %w", err)
	}
	return b.Bytes(), nil
}

// draw draws c with f.
func (c Chart) draw(f *sfnt.Font) (*image.RGBA, error) {
	p := &painter{faces: make(map[float64]font.Face), font: f}
	height := c.layout(p) // measures only
	p.img = image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(p.img, p.img.Bounds(), image.NewUniform(background), image.Point{}, draw.Src)
	c.layout(p)
	return p.img, p.err
}

// layout draws c, or only measures it as long as p has no image, and returns
// its height.
func (c Chart) layout(p *painter) int {
	const right = width - margin
	y := margin
	for _, l := range p.wrap(c.Title, titleSz, right-margin) {
		y += titleSz
		p.text(l, margin, y, titleSz, ink)
		y += 14
	}
	y += 12
	if len(c.Series) > 0 {
		x := margin
		for i, s := range c.Series {
			p.bar(x, y, 28, 28, colours[i%len(colours)])
			x += 40
			p.text(s, x, y+25, smallSz+2, pale)
			x += p.width(s, smallSz+2) + 44
		}
		y += 28 + 34
	}
	// Values stand right of their bars; the longest decides how long bars get.
	low, high, room := 0.0, 0.0, 0
	for _, g := range c.Groups {
		for _, b := range g.Bars {
			low, high = min(low, b.Number), max(high, b.Number)
			room = max(room, p.width(b.Value, valueSz))
		}
	}
	length := float64(right - margin - room - 20)
	for _, g := range c.Groups {
		if c.OwnScale {
			low, high = 0, 0
			for _, b := range g.Bars {
				low, high = min(low, b.Number), max(high, b.Number)
			}
		}
		span := high - low
		if span == 0 {
			span = 1
		}
		zero := margin + int(math.Round(-low/span*length))
		for _, l := range p.wrap(g.Label, labelSz, right-margin) {
			y += labelSz
			p.text(l, margin, y, labelSz, ink)
			y += 10
		}
		y += 6
		for _, b := range g.Bars {
			n := int(math.Round(math.Abs(b.Number) / span * length))
			n = max(n, 4) // something to see
			x := zero
			if b.Number < 0 {
				x = zero - n
			}
			p.bar(x, y, n, barH, colours[b.Series%len(colours)])
			p.text(b.Value, x+n+16, y+barH-12, valueSz, ink)
			y += barH + barGap
		}
		y += rowGap - barGap
	}
	if c.Unit != "" && !c.OwnScale {
		y = c.axis(p, y, low, high, length)
	}
	y += 4
	p.rect(margin, y, right-margin, 2, line)
	y += 14
	for _, l := range p.wrap(c.Source, smallSz, right-margin) {
		y += smallSz
		p.text(l, margin, y, smallSz, pale)
		y += 8
	}
	return y + margin - 20
}

// axis draws the scale under the bars: zero, round numbers, the unit.
func (c Chart) axis(p *painter, y int, low, high, length float64) int {
	span := high - low
	if span == 0 {
		span = 1
	}
	at := func(n float64) int { return margin + int(math.Round((n-low)/span*length)) }
	p.rect(at(low), y, at(high)-at(low), 2, line)
	y += smallSz + 8
	step := round(span / 3)
	end := 0
	for n := math.Ceil(low/step) * step; n <= high; n += step {
		s := c.short(n)
		x := at(n) - p.width(s, smallSz)/2
		p.rect(at(n), y-smallSz-8, 2, 8, line)
		p.text(s, max(x, margin), y, smallSz, pale)
		end = max(x, margin) + p.width(s, smallSz)
	}
	p.text(c.Unit, max(end+16, at(high)+16), y, smallSz, pale)
	return y + 20
}

// round returns the greatest of 1, 2, 5 times a power of ten that is not above
// n.
func round(n float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(n)))
	for _, m := range []float64{5, 2} {
		if m*p <= n {
			return m * p
		}
	}
	return p
}

// short returns n as an axis has it: 2000万, 0.5; or 20M.
func (c Chart) short(n float64) string {
	n = math.Round(n*1e6) / 1e6
	switch {
	case n == 0:
		return "0" // and not -0
	case c.Latin && math.Abs(n) >= 1e9:
		return strconv.FormatFloat(n/1e9, 'f', -1, 64) + "bn"
	case c.Latin && math.Abs(n) >= 1e6:
		return strconv.FormatFloat(n/1e6, 'f', -1, 64) + "M"
	case c.Latin && math.Abs(n) >= 1e4:
		return strconv.FormatFloat(n/1e3, 'f', -1, 64) + "k"
	case c.Latin:
		return strconv.FormatFloat(n, 'f', -1, 64)
	case math.Abs(n) >= 1e8:
		return strconv.FormatFloat(n/1e8, 'f', -1, 64) + "亿"
	case math.Abs(n) >= 1e4:
		return strconv.FormatFloat(n/1e4, 'f', -1, 64) + "万"
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// Table returns c as text in columns, for machines without a Chinese font. Han
// characters count two columns.
func (c Chart) Table() string {
	var b strings.Builder
	b.WriteString(c.Title + "\n")
	labels, names := 0, 0
	for _, g := range c.Groups {
		labels = max(labels, columns(g.Label))
		for _, x := range g.Bars {
			names = max(names, columns(c.series(x.Series)))
		}
	}
	for _, g := range c.Groups {
		for i, x := range g.Bars {
			label := g.Label
			if i > 0 {
				label = ""
			}
			b.WriteString(pad(label, labels) + "  " + pad(c.series(x.Series), names) + "  " + x.Value + "\n")
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

func (c Chart) series(i int) string {
	if i >= 0 && i < len(c.Series) {
		return c.Series[i]
	}
	return ""
}

func columns(s string) int {
	n := 0
	for _, c := range s {
		if n++; c >= 0x1100 {
			n++
		}
	}
	return n
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-columns(s))) }

// A painter draws on img; without one it only measures.
type painter struct {
	img   *image.RGBA
	font  *sfnt.Font
	faces map[float64]font.Face
	err   error
}

func (p *painter) face(size float64) font.Face {
	if f, ok := p.faces[size]; ok {
		return f
	}
	// At 72 dots an inch a point is a pixel.
	f, err := opentype.NewFace(p.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		p.err = err
		return nil
	}
	p.faces[size] = f
	return f
}

func (p *painter) width(s string, size float64) int {
	f := p.face(size)
	if f == nil {
		return 0
	}
	return font.MeasureString(f, s).Ceil()
}

// text writes s with its baseline at y.
func (p *painter) text(s string, x, y int, size float64, c color.Color) {
	f := p.face(size)
	if p.img == nil || f == nil {
		return
	}
	d := font.Drawer{Dst: p.img, Src: image.NewUniform(c), Face: f, Dot: fixed.P(x, y)}
	d.DrawString(s)
}

// wrap breaks s into lines of at most w pixels: after a semicolon or space if
// there is one in the second half of the line, else, as Chinese does, anywhere
// but before a mark.
func (p *painter) wrap(s string, size float64, w int) []string {
	var lines []string
	cur := ""
	for _, c := range s {
		if c == '\n' || p.width(cur+string(c), size) > w && !strings.ContainsRune("，。、；：）》」”％%", c) && cur != "" {
			rest := ""
			if i := strings.LastIndexAny(cur, "；; "); c != '\n' && c != ' ' && i > len(cur)/2 {
				_, n := utf8.DecodeRuneInString(cur[i:])
				cur, rest = strings.TrimRight(cur[:i+n], " "), cur[i+n:]
			}
			lines = append(lines, strings.TrimSuffix(strings.TrimRight(cur, " "), " ·"))
			cur = rest
			if c == '\n' || c == ' ' {
				continue
			}
		}
		cur += string(c)
	}
	if cur != "" && utf8.ValidString(cur) {
		lines = append(lines, cur)
	}
	return lines
}

func (p *painter) rect(x, y, w, h int, c color.Color) {
	if p.img != nil {
		draw.Draw(p.img, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{}, draw.Src)
	}
}

// bar is a rectangle with round corners.
func (p *painter) bar(x, y, w, h int, c color.Color) {
	if p.img == nil {
		return
	}
	r := float32(min(8, w/2, h/2))
	z := vector.NewRasterizer(w, h)
	fw, fh := float32(w), float32(h)
	z.MoveTo(r, 0)
	z.LineTo(fw-r, 0)
	z.QuadTo(fw, 0, fw, r)
	z.LineTo(fw, fh-r)
	z.QuadTo(fw, fh, fw-r, fh)
	z.LineTo(r, fh)
	z.QuadTo(0, fh, 0, fh-r)
	z.LineTo(0, r)
	z.QuadTo(0, 0, r, 0)
	z.ClosePath()
	z.Draw(p.img, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{})
}
