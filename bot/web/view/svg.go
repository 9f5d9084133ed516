package view

import (
	"fmt"
	"html/template"
	"math"
	"strings"
	"unicode/utf8"
)

// A Chart is bars in groups, drawn as SVG whose colours are those of the page,
// in light and dark. What it shows stands in a table beside it as well.
type Chart struct {
	Title  string
	About  string   // for who cannot see it
	Series []string // at most two
	Groups []Group
}

// A Group is the bars of one label.
type Group struct {
	Label string
	Bars  []Bar
}

// A Bar is one value.
type Bar struct {
	Series int
	Number float64
	Text   string // as the report writes it
}

// Sizes in units of the picture; 700 are its width.
const (
	chartWidth = 700
	chartRoom  = 150 // right of the longest bar, for its value
	barHeight  = 20
	lineHeight = 24
)

// SVG returns the picture.
func (c *Chart) SVG() template.HTML {
	low, high := 0.0, 0.0
	for _, g := range c.Groups {
		for _, b := range g.Bars {
			low, high = min(low, b.Number), max(high, b.Number)
		}
	}
	if high == low {
		high = low + 1
	}
	left := 0.0
	if low < 0 {
		left = 110 // values of falls stand left of their bars
	}
	scale := (chartWidth - chartRoom - left) / (high - low)
	zero := left - low*scale
	esc := template.HTMLEscapeString
	var b strings.Builder
	y := 8
	if len(c.Series) > 1 {
		x := 0
		for i, s := range c.Series {
			fmt.Fprintf(&b, `<rect class="%s" x="%d" y="%d" width="16" height="16"/><text x="%d" y="%d">%s</text>`, series(i), x, y, x+22, y+14, esc(s))
			x += 60 + 15*utf8.RuneCountInString(s)
		}
		y += lineHeight + 8
	}
	for _, g := range c.Groups {
		fmt.Fprintf(&b, `<text x="0" y="%d">%s</text>`, y+16, esc(clip(g.Label, 44)))
		y += lineHeight
		for _, bar := range g.Bars {
			x, w := zero, bar.Number*scale
			if w < 0 {
				x, w = zero+w, -w
			}
			fmt.Fprintf(&b, `<rect class="%s" x="%.1f" y="%d" width="%.1f" height="%d"/>`, series(bar.Series), x, y, math.Max(w, 1), barHeight)
			if bar.Number < 0 {
				fmt.Fprintf(&b, `<text class="pale" text-anchor="end" x="%.1f" y="%d">%s</text>`, x-6, y+15, esc(clip(bar.Text, 14)))
			} else {
				fmt.Fprintf(&b, `<text class="pale" x="%.1f" y="%d">%s</text>`, x+w+6, y+15, esc(clip(bar.Text, 14)))
			}
			y += barHeight + 3
		}
		y += 8
	}
	fmt.Fprintf(&b, `<line class="axis" x1="%.1f" x2="%.1f" y1="8" y2="%d"/>`, zero, zero, y-6)
	return template.HTML(fmt.Sprintf(`<svg class="chart" role="img" aria-label="%s" viewBox="0 0 %d %d" xmlns="http://www.w3.org/2000/svg"><title>%s</title>%s</svg>`,
		esc(c.About), chartWidth, y, esc(c.Title), b.String()))
}

func series(i int) string { return string("ab"[i%2]) }

// clip cuts s to n characters.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
