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

// unmarkedLine returns the rank of paragraph i, which has no mark, as a heading; 0
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

// next returns the paragraph behind i; empty if the body ends there.
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
	partTitle = lists.Pattern(`<partTitles>|[0-9]{4}年`)
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
