package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jinwen/corpus"
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
	rankPartWord = iota + 1 // 第一部分
	rankPart                // 一、
	rankSection             // （一）
	rankNumber              // 1.
	rankBracket             // （1） ①
	rankLine                // a line of its own without a mark
	rankPoint               // 一是 第一， ——
	rankLead                // lead phrase that opens a paragraph
	rankInner               // lead phrase inside one
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
	open     []int // indices of the open sections, outermost first
	ranks    []int // their ranks
	lineRank int   // rank of unmarked heading lines in this text
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
	h := s
	for h.End > h.Start && strings.ContainsRune("。：:", o.r.runes[h.End-1]) {
		h.End--
	}
	o.r.Sections = append(o.r.Sections, corpus.Section{
		Parent: parent, Level: len(o.open) + 1, Mark: strings.TrimSpace(text[:markLen]), Title: title,
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

// lineHeading reports whether the whole paragraph p is a heading.
func (o *outliner) lineHeading(p corpus.Span, next corpus.Span) (rank, markLen int, ok bool) {
	text := o.r.Quote(p)
	last := o.r.runes[p.End-1]
	if strings.ContainsAny(text, "。；！？!?;") || strings.ContainsRune("，、：,:", last) {
		return 0, 0, false
	}
	rank, markLen = markOf(text)
	if rank != 0 {
		if p.Len() > maxMarkedLine || rank == rankPoint || strings.TrimSpace(text[markLen:]) == "" {
			return 0, 0, false
		}
		return rank, markLen, true
	}
	if p.Len() > maxUnmarkedLine || p.Len() < 4 || strings.ContainsAny(text, "，,：:（(") || next.Len() <= p.Len() {
		return 0, 0, false
	}
	if !unicode.Is(unicode.Han, last) && !strings.ContainsRune("”》", last) || reportTitle.MatchString(text) || dateLine.MatchString(text) {
		return 0, 0, false
	}
	return o.lineRank, 0, true
}

var (
	reportTitle = regexp.MustCompile(`工作报告$`)
	dateLine    = regexp.MustCompile(`^[0-9０-９〇一二三四五六七八九十]{2,4}年[^年]{1,3}月[^月]{1,3}日`)
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
// of the body: each with its sentences and the section of every sentence.
func (r *report) parseOutline() []paragraph {
	paras := r.Paragraphs()
	o := &outliner{r: r, lineRank: rankPart}
	for _, p := range paras {
		if rank, _ := markOf(r.Quote(p)); rank == rankPart && p.Len() <= maxMarkedLine {
			o.lineRank = rankLine // 一、 are the parts here; an unmarked line stands below them
			break
		}
	}
	var body []paragraph
	for i, p := range paras {
		next := corpus.Span{}
		if i+1 < len(paras) {
			next = paras[i+1]
		}
		if rank, n, ok := o.lineHeading(p, next); ok {
			o.heading(p, rank, n, false)
			continue
		}
		ss := r.Sentences(p)
		para := paragraph{Span: p}
		for k, rank := range o.leads(ss) {
			if rank != 0 {
				_, n := markOf(r.Quote(ss[k]))
				if rank >= rankLead {
					n = 0
				}
				o.heading(ss[k], rank, n, true)
			}
			para.sentences = append(para.sentences, sentence{ss[k], o.top(), rank != 0})
		}
		body = append(body, para)
		o.endParagraph(p.End)
	}
	for len(o.open) > 0 {
		o.close(r.Len())
	}
	return body
}

// A paragraph of the body, sentence by sentence.
type paragraph struct {
	corpus.Span
	sentences []sentence
}

type sentence struct {
	corpus.Span
	section int
	heading bool // it is the heading of its section
}
