package view

import (
	"fmt"
	"html/template"
	"strings"

	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
)

// A Chart is bars in groups, drawn as SVG whose colours are those of the page,
// in light and dark. What it shows stands in a table beside it as well.
type Chart struct {
	chat.Chart
	About string // for who cannot see it
}

// Heights in rem, so that large print enlarges them, and widths in hundredths
// of the page's, so that a phone's are narrow and not small.
const (
	chartRoom  = 30.0 // right of the longest bar, for its value
	fallRoom   = 22.0 // left of the longest bar of a fall
	barHeight  = 1.15
	lineHeight = 1.5
	groupGap   = 0.45
)

// SVG returns the picture.
func (c *Chart) SVG() template.HTML {
	scale, zero := axis(c.Groups)
	esc := template.HTMLEscapeString
	series := series
	if len(c.Series) < 2 {
		series = func(int) string { return "b" } // the strong colour where there is one only
	}
	var b strings.Builder
	y := 0.3
	if len(c.Series) > 1 {
		for i, s := range c.Series {
			x, y := i%2*45, y+float64(i/2)*lineHeight
			fmt.Fprintf(&b, `<rect class="%s" x="%d%%" y="%.2frem" width="1rem" height="1rem"/><text x="%d%%" dx="1.4rem" y="%.2frem">%s</text>`, series(i), x, y, x, y+0.85, esc(s))
		}
		y += float64((len(c.Series)+1)/2)*lineHeight + groupGap
	}
	for i, g := range c.Groups {
		if c.OwnScale {
			scale, zero = axis(c.Groups[i : i+1])
		}
		fmt.Fprintf(&b, `<text x="0" y="%.2frem">%s</text>`, y+1, esc(zh.Clip(g.Label, 30)))
		y += lineHeight
		for _, bar := range g.Bars {
			x, w := zero, bar.Number*scale
			if w < 0 {
				x, w = zero+w, -w
			}
			fmt.Fprintf(&b, `<rect class="%s" x="%.2f%%" y="%.2frem" width="%.2f%%" height="%.2frem"/>`, series(bar.Series), x, y, max(w, 0.2), barHeight)
			if bar.Number < 0 {
				fmt.Fprintf(&b, `<text class="pale" text-anchor="end" x="%.2f%%" dx="-.4rem" y="%.2frem">%s</text>`, x, y+0.9, esc(zh.Clip(bar.Value, 12)))
			} else {
				fmt.Fprintf(&b, `<text class="pale" x="%.2f%%" dx=".4rem" y="%.2frem">%s</text>`, x+w, y+0.9, esc(zh.Clip(bar.Value, 12)))
			}
			y += barHeight + 0.15
		}
		y += groupGap
	}
	_, zero = axis(c.Groups)
	fmt.Fprintf(&b, `<line class="axis" x1="%.2f%%" x2="%.2f%%" y1=".3rem" y2="%.2frem"/>`, zero, zero, y)
	return template.HTML(fmt.Sprintf(`<svg class="chart" role="img" aria-label="%s" width="100%%" height="%.2frem" xmlns="http://www.w3.org/2000/svg"><title>%s</title>%s</svg>`,
		esc(c.About), y+0.2, esc(c.Title), b.String()))
}

// axis returns how many hundredths of the width a unit is, and where zero stands.
func axis(groups []chat.ChartGroup) (scale, zero float64) {
	low, high := 0.0, 0.0
	for _, g := range groups {
		for _, b := range g.Bars {
			low, high = min(low, b.Number), max(high, b.Number)
		}
	}
	if high == low {
		high = low + 1
	}
	left := 0.0
	if low < 0 {
		left = fallRoom
	}
	scale = (100 - chartRoom - left) / (high - low)
	return scale, left - low*scale
}

func series(i int) string { return string("abcd"[i%4]) }
