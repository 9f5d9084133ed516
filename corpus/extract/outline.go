package extract

import (
	"strings"

	"jinwen/corpus"
)

// outliner builds the tree of sections while the text is walked once.
type outliner struct {
	r        *report
	bs       []block
	open     []int // indices of the open sections, outermost first
	ranks    []int // their ranks
	topRank  int   // the rank of the text's parts
	unnamed  int   // rank of unmarked heading lines that name a part
	numbered bool  // the text has parts or sections that are numbered 一、
	wrapped  bool  // lines end anywhere: an unmarked one tells nothing
}

// heading opens a section with its heading at s.
func (o *outliner) heading(s corpus.Span, rank, markLen int, inline bool) {
	for len(o.open) > 0 && o.ranks[len(o.ranks)-1] >= rank {
		o.close(s.Start)
	}
	text := o.r.Quote(s)
	parent := -1
	if len(o.open) > 0 {
		parent = o.open[len(o.open)-1]
	}
	title := strings.TrimRight(strings.TrimSpace(text[markLen:]), "。.：:")
	title = strings.ReplaceAll(title, "\n", "")
	level := len(o.open) + 1
	if parent < 0 && rank > o.topRank {
		level = 2 // above the first part, or where there are none
	}
	h := s
	for h.End > h.Start && strings.ContainsRune("。：:", o.r.runes[h.End-1]) {
		h.End--
	}
	o.r.Sections = append(o.r.Sections, corpus.Section{
		Parent: parent, Level: level, Mark: strings.TrimSpace(text[:markLen]), Title: title,
		Heading: h, Span: corpus.Span{Start: s.Start, End: o.r.Len()}, Inline: inline,
	})
	o.open = append(o.open, len(o.r.Sections)-1)
	o.ranks = append(o.ranks, rank)
}

// close ends the innermost open section at pos.
func (o *outliner) close(pos int) {
	last := len(o.open) - 1
	o.r.Sections[o.open[last]].End = pos
	o.open, o.ranks = o.open[:last], o.ranks[:last]
}

// top returns the innermost open section, or -1.
func (o *outliner) top() int {
	if len(o.open) == 0 {
		return -1
	}
	return o.open[len(o.open)-1]
}

// endParagraph closes what does not outlast its paragraph: points and leads.
func (o *outliner) endParagraph(pos int) {
	for len(o.open) > 0 && o.ranks[len(o.ranks)-1] >= rankPoint {
		o.close(pos)
	}
}

// parseOutline walks the text once, fills Sections, and returns the paragraphs
// of the body and of what is appended to it: each with its sentences and the
// section of every sentence.
func (r *report) parseOutline(bs []block) []paragraph {
	o := &outliner{r: r, bs: bs}
	o.survey()
	var body []paragraph
	for i := 0; i < len(bs); i++ {
		b := bs[i]
		switch b.zone {
		case corpus.ZoneTitle, corpus.ZoneSalutation:
			body = append(body, r.plainParagraph(b, -1))
			continue
		case corpus.ZoneFurniture:
			continue
		case corpus.ZoneGlossary, corpus.ZoneAppendix:
			if p, ok := o.appended(b); ok {
				body = append(body, p)
			}
			continue
		}
		if rank, n, ok := o.lineHeading(i); ok {
			s := b.Span
			if o.goesOn(i, rank) {
				i++
				s.End = bs[i].End
			}
			o.heading(s, rank, n, false)
			continue
		}
		if i > 0 && strings.HasPrefix(r.Quote(b.Span), "各位代表") {
			o.closeBelow(b.Start) // speaks of everything again
		}
		body = append(body, o.paragraph(b))
		o.endParagraph(b.End)
	}
	for len(o.open) > 0 {
		o.close(r.Len())
	}
	return body
}

// survey finds out which kind of heading the parts of the text have.
func (o *outliner) survey() {
	o.topRank, o.unnamed = rankLead, rankPart
	var ragged, lines int
	firstPart := -1
	for i, b := range o.bs {
		if b.zone != "" {
			continue
		}
		lines++
		text := o.r.Quote(b.Span)
		if !o.r.ends(b.Span) && b.Len() > maxUnmarkedLine+15 {
			ragged++
		}
		rank, n := markOf(text)
		if rank == 0 || rank > rankSection || b.Len() > maxMarkedLine || strings.TrimSpace(text[n:]) == "" {
			continue
		}
		if rank <= rankPart && firstPart < 0 && !strings.ContainsAny(text, "；！？") {
			firstPart = i
		}
		o.topRank = min(o.topRank, rank)
	}
	o.numbered = firstPart >= 0
	o.wrapped = lines > 0 && ragged*4 > lines
	if firstPart >= 0 {
		o.unnamed = rankLine // 一、 are the parts here; an unmarked line stands below them
	}
	// Unless one that names a part stands above the first 一、.
	for i, b := range o.bs {
		if b.zone != "" || firstPart >= 0 && i >= firstPart {
			continue
		}
		text := o.r.Quote(b.Span)
		if !o.isUnmarkedForm(i) || strings.ContainsAny(text, "，,") || b.Len() > maxUnmarkedLine || announces.MatchString(text) {
			continue
		}
		if firstPart < 0 || partTitle.MatchString(text) {
			o.unnamed, o.topRank = rankPartWord, rankPartWord
			return
		}
	}
}

// goesOn reports whether the title of the part at i was broken in two: the next
// line has the form of a heading, and no other line below the part has.
func (o *outliner) goesOn(i, rank int) bool {
	if rank > rankPart || o.bs[i].Len() > 12 || !o.isUnmarkedForm(i+1) || strings.ContainsAny(o.r.Quote(o.bs[i+1].Span), "，,") || o.bs[i].Len()+o.bs[i+1].Len() > maxUnmarkedLine {
		return false
	}
	if o.bs[i+1].Len() < 3 || partTitle.MatchString(o.r.Quote(o.bs[i].Span)) {
		return false
	}
	for k := i + 2; k < len(o.bs) && o.bs[k].zone == ""; k++ {
		if rank, _ := markOf(o.r.Quote(o.bs[k].Span)); rank != 0 && rank <= rankPart && o.bs[k].Len() <= maxMarkedLine {
			break
		}
		if o.isUnmarkedForm(k) {
			return false
		}
	}
	return true
}

// closeBelow closes what is open below the parts.
func (o *outliner) closeBelow(pos int) {
	for len(o.open) > 0 && o.ranks[len(o.ranks)-1] > o.topRank {
		o.close(pos)
	}
}

// paragraph opens the sections that the paragraph's lead phrases are and
// returns its sentences.
func (o *outliner) paragraph(b block) paragraph {
	ss := o.r.Sentences(b.Span)
	para := paragraph{Span: b.Span}
	for k, rank := range o.leads(ss) {
		if rank != 0 {
			_, n := markOf(o.r.Quote(ss[k]))
			if rank >= rankLead {
				n = 0
			}
			o.heading(ss[k], rank, n, true)
		}
		para.sentences = append(para.sentences, sentence{ss[k], o.top(), rank != 0})
	}
	return para
}

// plainParagraph returns a paragraph without headings in it.
func (r *report) plainParagraph(b block, section int) paragraph {
	para := paragraph{Span: b.Span, zone: b.zone}
	for _, s := range r.Sentences(b.Span) {
		para.sentences = append(para.sentences, sentence{s, section, false})
	}
	return para
}

// appended opens the section of a glossary or an appendix, which stands below
// the parts in rank though beside them, or returns a paragraph of one.
func (o *outliner) appended(b block) (paragraph, bool) {
	if b.head {
		for len(o.open) > 0 {
			o.close(b.Start)
		}
		n := len(o.r.Sections)
		o.heading(b.Span, rankPartWord, 0, false)
		o.r.Sections[n].Level, o.r.Sections[n].Zone = 2, b.zone
		return paragraph{}, false
	}
	section := o.top()
	if section >= 0 && o.r.Sections[section].Zone != b.zone {
		section = -1
		if b.zone == corpus.ZoneAppendix {
			section = o.top()
		}
	}
	return o.r.plainParagraph(b, section), true
}

// A paragraph of the body, sentence by sentence.
type paragraph struct {
	corpus.Span
	zone      corpus.Zone
	sentences []sentence
}

type sentence struct {
	corpus.Span
	section int
	heading bool // it is the heading of its section
}
