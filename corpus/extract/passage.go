package extract

import (
	"regexp"
	"strconv"

	"jinwen/corpus"
)

// listOpening begins a sentence that only lists what the one before names.
var listOpening = regexp.MustCompile(`^(?:主要是|主要有|主要包括|主要表现|具体是|具体包括|它们是|分别是|即)[：:，,]?`)

// parsePassages cuts the body into passages.
func (r *report) parsePassages(body []paragraph) {
	add := func(s corpus.Span, section int, t corpus.Time, zone corpus.Zone) {
		for _, piece := range r.pieces(s) {
			id := "p" + strconv.Itoa(len(r.Passages)+1)
			r.Passages = append(r.Passages, corpus.Passage{Span: piece, ID: id, Section: section, Time: t, Zone: zone})
		}
	}
	for _, p := range body {
		time := r.timeOf(p)
		if p.zone == corpus.ZoneGlossary {
			add(p.Span, p.section(), time, p.zone) // an entry is quoted whole
			continue
		}
		for i := 0; i < len(p.sentences); i++ {
			s := p.sentences[i]
			span := s.Span
			// A heading inside the text is the subject of what follows it and
			// is quoted with it; two in a row (一是…。…。) go together.
			for p.sentences[i].heading && i+1 < len(p.sentences) && p.sentences[i+1].End-span.Start <= corpus.MaxPassage {
				i++
				span.End, s.section = p.sentences[i].End, p.sentences[i].section
			}
			// 存在的问题和不足。主要是：… : what names a list goes with it.
			for i+1 < len(p.sentences) && !p.sentences[i+1].heading && listOpening.MatchString(r.Quote(p.sentences[i+1].Span)) && p.sentences[i+1].End-span.Start <= corpus.MaxPassage {
				i++
				span.End = p.sentences[i].End
			}
			add(span, s.section, time, p.zone)
		}
	}
}

// pieces cuts s into spans of at most MaxPassage, of about equal length, at
// the strongest punctuation near the ideal cut: ； before ， before 、.
func (r *report) pieces(s corpus.Span) []corpus.Span {
	var out []corpus.Span
	for s.Len() > corpus.MaxPassage {
		n := (s.Len() + corpus.MaxPassage - 1) / corpus.MaxPassage
		cut := r.bestCut(s, s.Start+s.Len()/n)
		out = append(out, r.Trim(corpus.Span{Start: s.Start, End: cut}))
		s = r.Trim(corpus.Span{Start: cut, End: s.End})
	}
	if s.Len() > 0 {
		out = append(out, s)
	}
	return out
}

// bestCut returns the position after the punctuation mark in the first MaxPassage
// code points of s that lies nearest to ideal, a stronger mark counting as
// nearer; ideal itself if there is no mark.
func (r *report) bestCut(s corpus.Span, ideal int) int {
	best, bestCost := ideal, 1<<30
	for i := s.Start; i < s.Start+corpus.MaxPassage-1 && i+1 < s.End; i++ {
		var weight int
		switch r.runes[i] {
		case '；', ';', '。':
			weight = 1
		case '，', ',', '：':
			weight = 3
		case '、', ' ':
			weight = 9
		default:
			continue
		}
		d := i + 1 - ideal
		if d < 0 {
			d = -d
		}
		if cost := (d + 20) * weight; cost < bestCost && i+1-s.Start > corpus.MaxPassage/6 {
			best, bestCost = i+1, cost
		}
	}
	return best
}

// timeOf returns the time of a paragraph: that of its zone, unless the paragraph
// itself is greeting, situation or self-criticism.
func (r *report) timeOf(p paragraph) corpus.Time {
	t := p.zone.Time()
	if t == corpus.Other {
		return t
	}
	text := r.Quote(p.Span)
	switch {
	case selfCriticism.MatchString(text), thanks.MatchString(text):
		return corpus.Other
	case p.zone == corpus.ZonePlan && r.aboveTasks(p) && situation.MatchString(text) && !aims.MatchString(text):
		return corpus.Other
	}
	return t
}

// aboveTasks reports whether p stands right below its part.
func (r *report) aboveTasks(p paragraph) bool {
	section := p.section()
	return section < 0 || r.Sections[section].Level == 1
}
