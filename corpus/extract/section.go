package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// The outline is read from the form of the text alone:
//
//   - a whole line that opens with a mark (一、 （一） 1. 第一部分) and does not
//     end as a sentence is a heading;
//   - a short unmarked line without any punctuation is one too;
//   - a paragraph may open with its heading: a marked first sentence (一是…。
//     ——…。), or a lead phrase, which is a short sentence without a comma
//     that longer sentences follow (提高对外开放水平。);
//   - lead phrases may stand inside a paragraph, if there are at least two of
//     about the same length.
//
// Which heading stands below which follows from the kinds of mark, not from
// their count: a kind that is open closes itself and all below it.

// A heading's rank orders the kinds of marks: lower stands above higher.
const (
	rankPartWord  = iota + 1 // 第一部分
	rankPart                 // 一、
	rankSection              // （一）
	rankNumber               // 1.
	rankBracket              // （1） ①
	rankLine                 // a line of its own without a mark
	rankSubline              // one with a comma, or a full stop
	rankPointLine            // 一是…。 on a line of its own
	rankPoint                // 一是 第一， ——
	rankLead                 // lead phrase that opens a paragraph
	rankInner                // lead phrase inside one
)

const numeral = `[一二三四五六七八九十百]+`

var marks = []struct {
	rank int
	re   *regexp.Regexp
}{
	{rankPartWord, regexp.MustCompile(`^第` + numeral + `部分[：:、，\s　]*`)},
	{rankPart, regexp.MustCompile(`^` + numeral + `、[\s　]*`)},
	{rankSection, regexp.MustCompile(`^[（(]` + numeral + `[）)][、\s　]*`)},
	{rankNumber, regexp.MustCompile(`^[0-9]{1,2}(?:[．、]|\.(?:[^0-9]|$))`)},
	{rankBracket, regexp.MustCompile(`^(?:[（(][0-9]{1,2}[）)]|[①-⑳])[、\s　]*`)},
	{rankPoint, regexp.MustCompile(`^(?:` + numeral + `是要?|第` + numeral + `(?:[，,、：]|[是要])|——|—|[●•·■◆★])[\s　]*`)},
}

// Longest headings, in code points. A marked heading may be a couplet of two
// clauses; a lead phrase is short, or it is a sentence like any other.
const (
	maxMarkedLine   = 60
	maxMarkedLead   = 48
	maxUnmarkedLine = 30
	maxLead         = 26
)

// markOf returns the rank and length in bytes of the mark that opens s, or 0, 0.
func markOf(s string) (rank, n int) {
	for _, m := range marks {
		loc := m.re.FindStringIndex(s)
		if loc == nil {
			continue
		}
		n = loc[1]
		if m.rank == rankNumber && !strings.ContainsAny(s[n-1:n], ".、") && !strings.HasSuffix(s[:n], "．") && !strings.HasSuffix(s[:n], "、") {
			// The pattern looked one character past "1." to see that no digit follows.
			_, w := utf8.DecodeLastRuneInString(s[:n])
			n -= w
		}
		return m.rank, n
	}
	return 0, 0
}

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

// top is the innermost open section, or -1.
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

// lineHeading reports whether the whole paragraph i is a heading.
func (o *outliner) lineHeading(i int) (rank, markLen int, ok bool) {
	p := o.bs[i].Span
	text := o.r.Quote(p)
	last := o.r.runes[p.End-1]
	rank, markLen = markOf(text)
	stopped := last == '。' && strings.Count(text, "。") == 1
	if strings.ContainsAny(text, "；！？!?;") || strings.Contains(text, "。") && !stopped || strings.ContainsRune("，、：,:", last) {
		return 0, 0, false
	}
	if rank != 0 {
		if p.Len() > maxMarkedLine || strings.TrimSpace(text[markLen:]) == "" || announces.MatchString(text) {
			return 0, 0, false
		}
		if rank == rankPoint {
			rank = rankPointLine
		}
		if (stopped || rank == rankPointLine) && !o.elaborated(i) {
			return 0, 0, false
		}
		return rank, markLen, true
	}
	rank = o.unmarkedLine(i, text, stopped)
	return rank, 0, rank != 0
}

// unmarkedLine is the rank of paragraph i, which has no mark, as a heading; 0
// if it is none.
func (o *outliner) unmarkedLine(i int, text string, stopped bool) int {
	p, last := o.bs[i].Span, o.r.runes[o.bs[i].End-1]
	switch {
	case p.Len() < 4 && text != "结束语", strings.ContainsAny(text, "：:（(\n"), strings.HasPrefix(text, "各位代表"),
		reportTitle.MatchString(text), dateLine.MatchString(text), announces.MatchString(text),
		i > 0 && o.bs[i-1].zone == "" && !o.r.ends(o.bs[i-1].Span) && !o.isHeading(i-1):
		return 0
	case stopped:
		if p.Len() <= maxLead && !strings.ContainsAny(text, "，,;%％0123456789") && o.elaborated(i) {
			return rankSubline
		}
		return 0
	case !zh.IsHan(last) && !strings.ContainsRune("”》", last), strings.ContainsRune("了的在和与及对對把将將为為于於从從", last):
		return 0
	}
	next := o.next(i)
	if strings.ContainsAny(text, "，,") {
		if !o.wrapped && p.Len() <= maxUnmarkedLine+15 && o.elaborated(i) {
			return rankSubline
		}
		return 0
	}
	if p.Len() > maxUnmarkedLine || next.Len() <= p.Len() && !o.isUnmarkedForm(i+1) {
		return 0
	}
	if o.unnamed == rankPartWord && o.numbered && !partTitle.MatchString(text) || strings.HasSuffix(text, "几个问题") {
		return rankLine
	}
	return o.unnamed
}

// isHeading reports whether the last section opened is paragraph i.
func (o *outliner) isHeading(i int) bool {
	n := len(o.r.Sections)
	return n > 0 && o.r.Sections[n-1].Start == o.bs[i].Start
}

// elaborated reports whether a longer paragraph without a mark follows.
func (o *outliner) elaborated(i int) bool {
	next := o.next(i)
	if next.Len() < 2*o.bs[i].Len() || strings.HasPrefix(o.r.Quote(next), "各位代表") {
		return false
	}
	rank, _ := markOf(o.r.Quote(next))
	return rank == 0 || rank >= rankPoint
}

// next is the paragraph behind i; empty if the body ends there.
func (o *outliner) next(i int) corpus.Span {
	if i+1 >= len(o.bs) || o.bs[i+1].zone != "" {
		return corpus.Span{}
	}
	return o.bs[i+1].Span
}

// isUnmarkedForm reports whether paragraph i is a line without mark and full
// stop.
func (o *outliner) isUnmarkedForm(i int) bool {
	if i >= len(o.bs) || o.bs[i].zone != "" || o.bs[i].Len() > maxUnmarkedLine+15 || o.bs[i].Len() < 4 {
		return false
	}
	text := o.r.Quote(o.bs[i].Span)
	rank, _ := markOf(text)
	return rank == 0 && zh.IsHan(o.r.runes[o.bs[i].End-1]) && !strings.ContainsAny(text, "。；！？：:（(\n")
}

var (
	reportTitle = regexp.MustCompile(`工作报告$`)
	dateLine    = regexp.MustCompile(`^[0-9０-９〇一二三四五六七八九十]{2,4}年[^年]{1,3}月[^月]{1,3}日`)
	// announces ends in what says that a list follows.
	announces = regexp.MustCompile(`(?:以下|如下|下面|这些|几)[^，。]{0,8}(?:工作|方面|任务|措施|目标|建议|体会|重点|几点)[是为有]?[。：:]?$|[一二三四五六七八九十0-9]+(?:个|大|项)?方面(?:的?重点)?(?:工作|任务)?[。：:]?$|(?:就是|主要是|做好|抓好|目标是|措施是)[。：:]?$`)
	// partTitle are words in the titles of parts that have no mark.
	partTitle = regexp.MustCompile(`回顾|总结|目标|任务|安排|重点工作|主要工作|工作建议|工作情况|自身建设|成就|总体要求|总体部署|工作部署|结束语|外交|形势|[0-9]{4}年|时期|过去|今后|未来`)
)

// leads returns which of a paragraph's sentences are headings, by rank; 0 is a
// sentence of the body.
func (o *outliner) leads(ss []corpus.Span) []int {
	ranks := make([]int, len(ss))
	if len(ss) < 2 {
		return ranks
	}
	first := 0
	text := o.r.Quote(ss[0])
	if rank, n := markOf(text); rank != 0 {
		if ss[0].Len() <= maxMarkedLead && strings.TrimSpace(text[n:]) != "" && endsStop(text) {
			ranks[0] = rank
		}
		first = 1
	} else if o.isLead(ss, 0) {
		ranks[0], first = rankLead, 1
	}
	// Inside the paragraph a lone short sentence is just that; leads come in
	// series and are of a length.
	var found, lens []int
	for i := max(first, 1); i < len(ss); i++ {
		if o.isLead(ss, i) {
			found = append(found, i)
			lens = append(lens, ss[i].Len())
		}
	}
	if len(found) < 2 {
		return ranks
	}
	slices.Sort(lens)
	limit := max(2*lens[len(lens)/2], 14)
	for _, i := range found {
		if ss[i].Len() <= limit {
			ranks[i] = rankInner
		}
	}
	return ranks
}

// isLead reports whether sentence i has the form of a lead phrase: short, of
// one clause, without a number, and a longer sentence elaborates on it.
func (o *outliner) isLead(ss []corpus.Span, i int) bool {
	s := ss[i]
	if s.Len() > maxLead || s.Len() < 5 || i+1 >= len(ss) {
		return false
	}
	if rest := ss[len(ss)-1].End - s.End; i == 0 && rest < 2*s.Len() {
		return false
	}
	if i > 0 && (ss[i+1].Len() < s.Len() || ss[i+1].Len() < 20) {
		return false
	}
	text := o.r.Quote(s)
	return endsStop(text) && !strings.ContainsAny(text, "，；：,;:%％0123456789") && strings.Count(text, "。") == 1
}

func endsStop(s string) bool { return strings.HasSuffix(s, "。") }

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

// plainParagraph is a paragraph without headings in it.
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
