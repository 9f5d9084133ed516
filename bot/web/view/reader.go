package view

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
)

// How a report becomes a page. What stands between the tags is the text of the
// report from its first to its last character, line breaks included, and
// nothing else: the text of the page's article is the report's.
//
//   - A line is a paragraph, or a heading if a section's heading fills it. A
//     paragraph that holds a heading (一是…。) is a div, since a p may hold none.
//   - Inside it a passage is an element with its id, a figure a link that says
//     what it is, and what was linked or looked for a mark. They are cut
//     where they overlap: passages hold what was linked, that holds figures,
//     those hold what was found; an id stands on the first piece.

// A Reading is what the article of a report is made of.
type Reading struct {
	Report *corpus.Report
	// Figure says what a figure is, for people, and where it leads.
	Figure func(i int) (about, url string)
	// Marks is what was linked, Found what was looked for: disjoint each, in
	// the order of the text. Their elements have the ids m1, m2 … and h1, h2 ….
	Marks, Found []corpus.Span
}

// layers in the order of their nesting.
const (
	layerPassage = iota
	layerHeading // inside a paragraph
	layerMark
	layerFigure
	layerFound
	layers
)

// A piece is a stretch that is one element of a layer.
type piece struct {
	corpus.Span
	index int
}

// Article returns the report's text as HTML.
func (d Reading) Article() template.HTML {
	w := &reading{Reading: d}
	w.collect()
	w.b.Grow(3 * len(d.Report.Text))
	at := 0
	for line := range strings.SplitAfterSeq(d.Report.Text, "\n") {
		n := len([]rune(line))
		body := strings.TrimSuffix(line, "\n")
		w.line(corpus.Span{Start: at, End: at + len([]rune(body))})
		if len(body) < len(line) {
			w.b.WriteByte('\n')
		}
		at += n
	}
	return template.HTML(w.b.String())
}

type reading struct {
	Reading
	b      strings.Builder
	pieces [layers][]piece
	open   [layers]int // index of the open piece + 1; 0 is none
	seen   [layers]map[int]bool
	blocks map[int]int  // first character of a heading that fills a line to its section
	whole  map[int]bool // passages that hold a heading
}

func (w *reading) collect() {
	r := w.Report
	w.blocks = make(map[int]int)
	for i := range w.seen {
		w.seen[i] = make(map[int]bool)
	}
	for i, p := range r.Passages {
		w.pieces[layerPassage] = append(w.pieces[layerPassage], piece{p.Span, i})
	}
	for i, s := range r.Sections {
		if s.Inline {
			w.pieces[layerHeading] = append(w.pieces[layerHeading], piece{s.Heading, i})
			continue
		}
		w.blocks[s.Heading.Start] = i
	}
	w.whole = make(map[int]bool)
	for _, h := range w.pieces[layerHeading] {
		for i := max(r.PassageAt(h.Start), 0); i < len(r.Passages) && r.Passages[i].Start < h.End; i++ {
			if r.Passages[i].Overlaps(h.Span) {
				w.whole[i] = true
			}
		}
	}
	end := 0
	for i, f := range r.Figures {
		if f.Start >= end { // one inside another is shown with it
			w.pieces[layerFigure] = append(w.pieces[layerFigure], piece{f.Span, i})
			end = f.End
		}
	}
	for i, s := range w.Marks {
		w.pieces[layerMark] = append(w.pieces[layerMark], piece{s, i})
	}
	for i, s := range w.Found {
		w.pieces[layerFound] = append(w.pieces[layerFound], piece{s, i})
	}
	for i := range w.pieces {
		slices.SortStableFunc(w.pieces[i], func(a, b piece) int { return cmp.Compare(a.Start, b.Start) })
	}
}

// at returns the piece of a layer that holds the character pos, or nil. Pieces
// are asked for in the order of the text.
func (w *reading) at(layer, pos int) *piece {
	list := w.pieces[layer]
	for len(list) > 0 && list[0].End <= pos {
		list = list[1:]
	}
	w.pieces[layer] = list
	if len(list) > 0 && list[0].Start <= pos {
		return &list[0]
	}
	return nil
}

// next returns the first character after pos at which something of a layer
// begins or ends.
func (w *reading) next(pos, end int) int {
	for _, list := range w.pieces {
		for _, p := range list[:min(len(list), 2)] {
			for _, x := range []int{p.Start, p.End} {
				if x > pos && x < end {
					end = x
				}
			}
		}
	}
	return end
}

func (w *reading) line(s corpus.Span) {
	if strings.TrimSpace(w.Report.Quote(s)) == "" {
		w.b.WriteString(template.HTMLEscapeString(w.Report.Quote(s)))
		return
	}
	tag, attr := "p", ""
	lead := s.Start
	for lead < s.End && strings.TrimSpace(w.Report.Quote(corpus.Span{Start: lead, End: lead + 1})) == "" {
		lead++
	}
	switch i, heads := w.blocks[lead]; {
	case heads:
		tag, attr = heading(w.Report.Sections[i].Level), ` id="s`+strconv.Itoa(i+1)+`" tabindex="-1"`
	case slices.ContainsFunc(w.pieces[layerHeading], func(p piece) bool { return p.Overlaps(s) }):
		tag, attr = "div", ` class="para"`
	}
	w.b.WriteString("<" + tag + attr + ">")
	for pos := s.Start; pos < s.End; {
		var want [layers]int
		for l := range want {
			if p := w.at(l, pos); p != nil && !(l == layerHeading && tag != "div") {
				want[l] = p.index + 1
			}
		}
		w.turn(want)
		end := w.next(pos, s.End)
		w.b.WriteString(template.HTMLEscapeString(w.Report.Quote(corpus.Span{Start: pos, End: end})))
		pos = end
	}
	w.turn([layers]int{})
	w.b.WriteString("</" + tag + ">")
}

// turn closes and opens elements until those of want are open.
func (w *reading) turn(want [layers]int) {
	same := 0
	for same < layers && w.open[same] == want[same] {
		same++
	}
	for l := layers - 1; l >= same; l-- {
		if i := w.open[l]; i > 0 {
			w.b.WriteString(w.closing(l, i-1))
		}
	}
	for l := same; l < layers; l++ {
		if i := want[l]; i > 0 {
			w.b.WriteString(w.opening(l, i-1, !w.seen[l][i-1]))
			w.seen[l][i-1] = true
		}
	}
	w.open = want
}

func (w *reading) opening(layer, i int, first bool) string {
	id := func(s string) string {
		if !first {
			return ""
		}
		return ` id="` + s + `" tabindex="-1"`
	}
	switch layer {
	case layerPassage:
		tag := "span"
		if w.whole[i] {
			tag = "div"
		}
		return "<" + tag + id(w.Report.Passages[i].ID) + ` class="p">`
	case layerHeading:
		return "<" + heading(w.Report.Sections[i].Level) + id("s"+strconv.Itoa(i+1)) + ">"
	case layerFigure:
		about, url := "", ""
		if w.Figure != nil {
			about, url = w.Figure(i)
		}
		return `<a class="fig" href="` + template.HTMLEscapeString(url) + `" title="` + template.HTMLEscapeString(about) + `">`
	}
	if layer == layerMark {
		return "<mark" + id("m"+strconv.Itoa(i+1)) + ">"
	}
	return "<mark" + id("h"+strconv.Itoa(i+1)) + ">"
}

func (w *reading) closing(layer, i int) string {
	switch layer {
	case layerPassage:
		if w.whole[i] {
			return "</div>"
		}
		return "</span>"
	case layerHeading:
		return "</" + heading(w.Report.Sections[i].Level) + ">"
	case layerFigure:
		return "</a>"
	}
	return "</mark>"
}

// heading returns the element of a section's level; the page's title is h1.
func heading(level int) string { return "h" + strconv.Itoa(min(max(level, 1)+1, 6)) }

// An Entry is a line of the table of contents.
type Entry struct {
	Title, URL string
	Under      []Entry
}

// Contents returns the outline down to a level.
func Contents(r *corpus.Report, depth int) []Entry {
	var under func(parent int) []Entry
	under = func(parent int) []Entry {
		var out []Entry
		for i, s := range r.Sections {
			if s.Parent == parent && s.Level <= depth {
				title := strings.TrimSpace(strings.TrimRight(strings.TrimSpace(r.Quote(s.Heading)), "。：:"))
				out = append(out, Entry{title, "#s" + strconv.Itoa(i+1), under(i)})
			}
		}
		return out
	}
	return under(-1)
}

// Find returns where word stands in the report, ignoring case.
func Find(r *corpus.Report, word string) []corpus.Span {
	if word == "" {
		return nil
	}
	var out []corpus.Span
	text, w := []rune(strings.ToLower(r.Text)), []rune(strings.ToLower(word))
	if len(text) != r.Len() {
		text = []rune(r.Text) // lower case has another length somewhere: as it is
	}
	for i := 0; i+len(w) <= len(text); i++ {
		if slices.Equal(text[i:i+len(w)], w) {
			out = append(out, corpus.Span{Start: i, End: i + len(w)})
			i += len(w) - 1
		}
	}
	return out
}
