package decode

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jinwen/corpus/zh"
)

// What tells where a paragraph ends, in parts of the size of the glyphs.
const (
	indent     = 1.2  // a line that begins this much right of the margin begins a paragraph
	deepIndent = 4.0  // more than this is centred
	nearlyFull = 1.2  // a line that ends this near the edge is full
	otherSize  = 0.15 // share by which headings differ in size from what follows
	// leastMeasure is the least width of running text: shorter lines that end
	// at one edge are headings of the same length.
	leastMeasure = 12.0
	// wordRoom and wordSlack are the room that a word needs, from its ems: digits
	// are wider than half a character in many fonts, and stand apart from them.
	wordRoom   = 1.15
	wordSlack  = 0.6
	otherPitch = 1.25 // lines further apart than this many of the usual distances are of two paragraphs
)

// joinLines joins lines to paragraphs: a line that fills its measure runs on
// into the next, unless that one is indented, of another size or set off.
func joinLines(lines []pdfLine) string {
	m := measure(lines)
	var out strings.Builder
	for i := range lines {
		l := &lines[i]
		if contentsLine.MatchString(l.text) {
			continue
		}
		if i == 0 || out.Len() == 0 {
			out.WriteString(l.lead)
		} else {
			var next *pdfLine
			if i+1 < len(lines) && lines[i+1].region == l.region {
				next = &lines[i+1]
			}
			switch prev := &lines[i-1]; {
			case !m.goesOn(prev, l, next):
				out.WriteString("\n" + l.lead)
			case isLatin(zh.LastRune(prev.text)) && isLatin(zh.FirstRune(l.text)):
				out.WriteByte(' ')
			}
		}
		out.WriteString(l.text)
	}
	out.WriteByte('\n')
	return out.String()
}

// contentsLine is an entry of a table of contents: dots that lead to a page.
var contentsLine = regexp.MustCompile(`(?:\.{4,}|…{2,}|·{4,}|(?:\. ){4,})[\s.…·]*[0-9]{1,4}$`)

// A measured text knows its margins.
type measured struct {
	left    map[region]float64 // margin of each region
	width   map[bool]float64   // of a full line, in a column or not, in sizes
	pitch   float64            // usual distance of lines in sizes
	indents bool               // paragraphs begin with an indent
	whole   bool               // full lines end sentences: each line is a paragraph
}

func measure(lines []pdfLine) measured {
	m := measured{left: make(map[region]float64), width: make(map[bool]float64)}
	starts := make(map[region][]float64)
	for _, l := range lines {
		if !l.row {
			starts[l.region] = append(starts[l.region], l.left)
		}
	}
	for r, xs := range starts {
		slices.Sort(xs)
		m.left[r] = xs[len(xs)/10] // not the least: a mark may hang out
	}
	widths := make(map[bool][]float64)
	var pitches []float64
	indented, total := 0, 0
	for i, l := range lines {
		if l.row {
			continue
		}
		column := l.region.column > 0
		widths[column] = append(widths[column], (l.right-m.left[l.region])/l.size)
		total++
		if d := (l.left - m.left[l.region]) / l.size; d > indent && d < deepIndent {
			indented++
		}
		if i > 0 && lines[i-1].region == l.region && !lines[i-1].row {
			if d := (lines[i-1].base - l.base) / l.size; d > 0 {
				pitches = append(pitches, d)
			}
		}
	}
	for column, ws := range widths {
		m.width[column] = fullWidth(ws)
	}
	if len(pitches) > 0 {
		slices.Sort(pitches)
		m.pitch = pitches[len(pitches)*3/10] // of lines within paragraphs: those between are wider
	}
	m.indents = indented > 0 && indented*20 >= total
	full, ended := 0, 0
	for _, l := range lines {
		if !l.row && m.room(&l) < nearlyFull {
			full++
			if endsSentence(l.text) {
				ended++
			}
		}
	}
	m.whole = ended*2 >= full
	return m
}

// room returns what is left of the measure right of l, in sizes.
func (m measured) room(l *pdfLine) float64 {
	return m.width[l.region.column > 0] - (l.right-m.left[l.region])/l.size
}

func endsSentence(s string) bool { return strings.ContainsRune("。！？：；”", zh.LastRune(s)) }

// fullWidth returns the width that most lines of ws have: full lines end at one
// edge, the others anywhere. It is infinite if no line is sure to be full.
func fullWidth(ws []float64) float64 {
	slices.Sort(ws)
	longest := ws[len(ws)-1]
	best, at := 1, math.Inf(1)
	for i, j := 0, 0; j < len(ws); j++ {
		for ws[j]-ws[i] > nearlyFull {
			i++
		}
		if n := j - i + 1; n >= best && n > 1 && ws[j] >= leastMeasure && ws[j] > longest/2 {
			best, at = n, ws[j]
		}
	}
	return at
}

// goesOn reports whether l continues the paragraph of prev; next is the line
// after it, or nil.
func (m measured) goesOn(prev, l, next *pdfLine) bool {
	if prev.row || l.row || l.size > prev.size*(1+otherSize) || l.size < prev.size*(1-otherSize) {
		return false
	}
	if m.room(prev) > max(nearlyFull, wordRoom*ems(firstWord(l.text))+wordSlack) {
		return false // the next word would have had room
	}
	same := prev.region == l.region
	if same && m.pitch > 0 && (prev.base-l.base)/l.size > otherPitch*m.pitch {
		return false
	}
	ends := endsSentence(prev.text)
	if ends && sectionMark.MatchString(l.text) {
		return false
	}
	d := (l.left - m.left[l.region]) / l.size
	switch before := (prev.left - m.left[prev.region]) / prev.size; {
	case d > indent && same && d-before < 0.3 && before-d < 0.3:
		// A block that is indented as a whole, or two paragraphs.
		return !ends && d < deepIndent && (next == nil || (next.left-m.left[next.region])/next.size > indent)
	case d > indent:
		return false
	case m.indents || !ends:
		return true
	}
	// A full line that ends a sentence, and nothing sets paragraphs off. Within a
	// paragraph that is several times as frequent as at its end.
	return !m.whole && !paragraphMark.MatchString(l.text)
}

var (
	// sectionMark begins a heading, wherever it stands.
	sectionMark = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部篇]|[0-9]{1,2}[.．、][^0-9])`)
	// paragraphMark begins a paragraph more often than a sentence in one.
	paragraphMark = regexp.MustCompile(`^(?:——|[一二三四五六七八九十]{1,3}(?:是|要)|各位(?:代表|委员)|[●•■◆①-⑳])`)
)

// firstWord returns what a line cannot break within: a number or Latin word, or one
// character, with the punctuation that must not end or begin a line. Quotation
// marks hold on to both sides.
func firstWord(s string) string {
	prev, n := rune(0), 0
	for i, c := range s {
		if i > 0 && !noBreak(prev, c) {
			break
		}
		prev, n = c, i+utf8.RuneLen(c)
	}
	return s[:n]
}

// noBreak reports whether no line ends between a and b.
func noBreak(a, b rune) bool {
	const quotes = "“”‘’\"'"
	return strings.ContainsRune("，。、；：？！）》】〉」』%％‰℃…,.;:!?)]}", b) || strings.ContainsRune("（《【〈「『([{", a) ||
		strings.ContainsRune(quotes, a) || strings.ContainsRune(quotes, b) || wordRune(a) && wordRune(b) || a == '—' && b == '—'
}

func wordRune(c rune) bool {
	return c < 0x80 && (unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune(".,%-+/·_", c)) || c == '·'
}

func isLatin(c rune) bool { return c < 0x80 && unicode.IsLetter(c) }
