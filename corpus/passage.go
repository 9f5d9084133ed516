package corpus

import (
	"regexp"
	"strconv"
	"strings"
)

// MaxPassage is the most code points that a passage holds.
const MaxPassage = 300

// A Passage is what is retrieved and quoted: a sentence (with the lead phrase
// that opens its topic), or neighbouring clauses of a sentence that is too
// long. Every character of the body other than white space is in exactly one.
type Passage struct {
	Span
	ID      string // "p" and the passage's number in the report, from 1
	Section int    // index in Report.Sections; -1 outside the outline
	Time    Time
}

// listOpening begins a sentence that only lists what the one before names.
var listOpening = regexp.MustCompile(`^(?:主要是|主要有|主要包括|主要表现|具体是|具体包括|它们是|分别是|即)[：:，,]?`)

// parsePassages cuts the body into passages.
func (r *Report) parsePassages(body []paragraph) {
	add := func(s Span, section int, t Time) {
		for _, piece := range r.pieces(s) {
			id := "p" + strconv.Itoa(len(r.Passages)+1)
			r.Passages = append(r.Passages, Passage{Span: piece, ID: id, Section: section, Time: t})
		}
	}
	for _, p := range body {
		for i := 0; i < len(p.sentences); i++ {
			s := p.sentences[i]
			span := s.Span
			// A heading inside the text is the subject of what follows it and
			// is quoted with it; two in a row (一是…。…。) go together.
			for p.sentences[i].heading && i+1 < len(p.sentences) && p.sentences[i+1].End-span.Start <= MaxPassage {
				i++
				span.End, s.section = p.sentences[i].End, p.sentences[i].section
			}
			// 存在的问题和不足。主要是：… : what names a list goes with it.
			for i+1 < len(p.sentences) && !p.sentences[i+1].heading && listOpening.MatchString(r.Quote(p.sentences[i+1].Span)) && p.sentences[i+1].End-span.Start <= MaxPassage {
				i++
				span.End = p.sentences[i].End
			}
			add(span, s.section, r.timeOf(p.Span, s.section))
		}
	}
}

// pieces cuts s into spans of at most MaxPassage, of about equal length, at
// the strongest punctuation near the ideal cut: ； before ， before 、.
func (r *Report) pieces(s Span) []Span {
	var out []Span
	for s.Len() > MaxPassage {
		n := (s.Len() + MaxPassage - 1) / MaxPassage
		cut := r.bestCut(s, s.Start+s.Len()/n)
		out = append(out, r.trim(Span{s.Start, cut}))
		s = r.trim(Span{cut, s.End})
	}
	if s.Len() > 0 {
		out = append(out, s)
	}
	return out
}

// trim takes white space off both ends of s.
func (r *Report) trim(s Span) Span {
	for s.Start < s.End && isSpace(r.runes[s.Start]) {
		s.Start++
	}
	for s.Start < s.End && isSpace(r.runes[s.End-1]) {
		s.End--
	}
	return s
}

// bestCut is the position after the punctuation mark in the first MaxPassage
// code points of s that lies nearest to ideal, a stronger mark counting as
// nearer; ideal itself if there is no mark.
func (r *Report) bestCut(s Span, ideal int) int {
	best, bestCost := ideal, 1<<30
	for i := s.Start; i < s.Start+MaxPassage-1 && i+1 < s.End; i++ {
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
		if cost := (d + 20) * weight; cost < bestCost && i+1-s.Start > MaxPassage/6 {
			best, bestCost = i+1, cost
		}
	}
	return best
}

// timeOf is the time of a paragraph: that of its section, unless the paragraph
// itself is greeting, situation or self-criticism.
func (r *Report) timeOf(p Span, section int) Time {
	if section < 0 {
		return Other
	}
	t := r.Sections[section].Time
	if t == Other {
		return t
	}
	text := r.Quote(p)
	switch {
	case selfCriticism.MatchString(text), thanks.MatchString(text):
		return Other
	case t == Plan && r.Sections[section].Level == 1 && situation.MatchString(text) && !aims.MatchString(text):
		return Other
	case strings.HasPrefix(text, "各位代表") && p.End == r.lastBodyEnd:
		return Other // the closing call
	}
	return t
}

func isSpace(c rune) bool {
	return strings.ContainsRune(" \t\r\n\u3000\u00a0\v\f\u0085\u2028\u2029", c)
}
