package decode

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/corpus/zh"
)

// What a text looks like whose lines were broken at a width.
const (
	mostMeasure   = 64.0 // ems of the longest line: mails and terminals have 38 to 60
	overhang      = 2.0  // ems by which a line may be longer than most: punctuation that hangs over
	leastLines    = 5    // fewer lines are not looked at
	fullShare     = 0.25 // of the lines that are full
	brokenShare   = 0.5  // of the full lines that end within a sentence
	pagesInFooter = 2    // bare numbers that count up are page numbers from this many on
)

// unwrap joins the lines of a text that was broken at a width: copied out of a
// PDF, sent by mail. A text whose paragraphs are lines is returned as it is.
func unwrap(text string) string {
	var best []pdfLine
	most := 0
	// Printers fill a line by width, programs count characters.
	for _, width := range []func(string) float64{ems, characters} {
		if lines := textLines(text, width); wrapped(lines) {
			if n := fullLines(lines); n > most {
				best, most = lines, n
			}
		}
	}
	if best == nil {
		return text
	}
	return joinLines(best)
}

func characters(s string) float64 { return float64(utf8.RuneCountInString(s)) }

// fullLines counts the lines of the full width.
func fullLines(lines []pdfLine) int {
	width, n := fullWidth(widths(lines)), 0
	for _, l := range lines {
		if math.Abs(width-l.right) < 0.6 {
			n++
		}
	}
	return n
}

func widths(lines []pdfLine) []float64 {
	out := make([]float64, len(lines))
	for i, l := range lines {
		out[i] = l.right
	}
	return out
}

// textLines measures the lines of a text as if it were printed: a blank line is
// a wider distance.
func textLines(text string, width func(string) float64) []pdfLine {
	raw := strings.Split(text, "\n")
	numbers := pageLinesOf(raw)
	var lines []pdfLine
	at, blank := 0, 0
	for i, l := range raw {
		t := strings.TrimRight(l, " \t\u3000")
		body := strings.TrimLeft(t, " \t\u3000")
		switch {
		case numbers[i]:
			blank = -1 // and the blank lines around it
			continue
		case body == "":
			if blank >= 0 {
				blank++
			}
			continue
		}
		at += 1 + max(blank, 0)
		blank = 0
		lead := t[:len(t)-len(body)]
		p := piece{text: body, left: width(lead), base: -float64(at), size: 1}
		p.right = p.left + width(body)
		lines = append(lines, pdfLine{piece: p, lead: lead})
	}
	return lines
}

// pageLinesOf returns which of the lines are numbers of pages: with the marks of
// one, or bare numbers that count up.
func pageLinesOf(raw []string) map[int]bool {
	out := make(map[int]bool)
	var bare []int
	last := -1
	for i, l := range raw {
		t := strings.TrimSpace(l)
		if !pageNumber.MatchString(t) {
			continue
		}
		if !bareNumber.MatchString(t) {
			out[i] = true
			continue
		}
		n, err := strconv.Atoi(t)
		if err == nil && (last < 0 || n == last+1) {
			bare, last = append(bare, i), n
		}
	}
	if len(bare) >= pagesInFooter {
		for _, i := range bare {
			out[i] = true
		}
	}
	return out
}

// wrapped reports whether the lines were broken at a width.
func wrapped(lines []pdfLine) bool {
	if len(lines) < leastLines {
		return false
	}
	longest := 0.0
	for _, l := range lines {
		longest = max(longest, l.right)
	}
	width := fullWidth(widths(lines))
	if width > mostMeasure || longest > width+overhang {
		return false
	}
	full, broken := 0, 0
	for _, l := range lines[:len(lines)-1] {
		if l.right < width-nearlyFull-1 {
			continue
		}
		full++
		if !strings.ContainsRune("。！？；：”", zh.LastRune(l.text)) {
			broken++
		}
	}
	return float64(full) >= fullShare*float64(len(lines)) && float64(broken) >= brokenShare*float64(full)
}
