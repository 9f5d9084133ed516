package index

import (
	"regexp"
	"sort"
	"strings"

	"jinwen/corpus/zh"
	"jinwen/index/answer"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

// partNamed is a reference to a section by its number: 第三部分, （七）, 一是.
var (
	partLast      = regexp.MustCompile(`最后一?个?大?(?:部分|块|章|节|板块)`)
	partNumber    = regexp.MustCompile(`第([一二三四五六七八九十])个?(?:大?部分|大?块|章|板块)|^([一二三四五六七八九十])、`)
	sectionNumber = regexp.MustCompile(`[（(]([一二三四五六七八九十]+)[）)]`)
)

// part three, section 2
var (
	partEnglish   = regexp.MustCompile(`\b(?:part|chapter|section) (?:one|two|three|four|five|i{1,3}|iv|v|[1-5])\b|\b(?:first|second|third|last) (?:part|section)\b`)
	englishNumber = map[string]string{"one": "一", "two": "二", "three": "三", "four": "四", "five": "五",
		"i": "一", "ii": "二", "iii": "三", "iv": "四", "v": "五", "1": "一", "2": "二", "3": "三", "4": "四", "5": "五"}
)

// outline answers a question for headings: those below the section that the
// question names, by number or words; the parts if it names none.
func (ix *Index) outline(a *answer.Answer) {
	r := ix.in.Report
	if len(r.Sections) == 0 {
		return
	}
	if part := ix.partOf(a.Question.Words); part >= 0 && ix.children(part) == 0 {
		ix.readPart(a, part)
		return
	}
	parent := ix.outlineOf(a.Question)
	if a.Question.Topic != question.Part && ix.beside(a.Question, parent) {
		return
	}
	a.Sections = ix.series(ix.childrenOf(parent), a.Question.Words)
	if parent >= 0 && len(a.Sections) == 0 {
		return
	}
	a.Status, a.Kind = answer.Answered, answer.KindOutline
	for _, s := range a.Sections {
		p := sort.Search(len(r.Passages), func(p int) bool { return r.Passages[p].Start >= r.Sections[s].Start })
		if p < len(r.Passages) && r.Sections[s].Contains(r.Passages[p].Span) {
			a.Hits = append(a.Hits, answer.Hit{Passage: p, Focus: r.Passages[p].Span})
		}
	}
}

// readPart answers with the sentences of a part that has no headings below its own.
func (ix *Index) readPart(a *answer.Answer, part int) {
	s := ix.in.Report.Sections[part]
	for p, passage := range ix.in.Report.Passages {
		if s.Contains(passage.Span) && len(a.Hits) < used.MaxHits {
			a.Hits = append(a.Hits, answer.Hit{Passage: p, Focus: passage.Span})
		}
	}
	if len(a.Hits) > 0 {
		a.Status, a.Kind = answer.Answered, answer.KindPassage
	}
}

// partOf returns the part of the report that folded text names by its number, or as
// the last: the one that bears the number, or else the one in that place. -1 if
// it names none.
func (ix *Index) partOf(folded string) int {
	parts := ix.childrenOf(-1)
	if strings.Contains(folded, "最后") && partLast.MatchString(folded) && len(parts) > 0 {
		return parts[len(parts)-1]
	}
	m := partNumber.FindStringSubmatch(folded)
	if m == nil {
		return -1
	}
	for i, s := range ix.in.Report.Sections {
		if s.Level == 1 && strings.TrimRight(zh.Fold(s.Mark), "、.,") == m[1]+m[2] {
			return i
		}
	}
	if n, ok := question.Numeral(m[1] + m[2]); ok && n >= 1 && int(n) <= len(parts) {
		return parts[int(n)-1]
	}
	return -1
}

// outlineOf returns the section whose headings are asked for; -1 is the whole.
func (ix *Index) outlineOf(q *resolve.Question) int {
	r := ix.in.Report
	folded := q.Words
	if m := sectionNumber.FindStringSubmatch(folded); m != nil {
		for i, s := range r.Sections {
			if zh.Fold(s.Mark) == "("+m[1]+")" && q.About(s.Time) && ix.children(i) > 0 {
				return i
			}
		}
	}
	folded = partEnglish.ReplaceAllStringFunc(folded, func(part string) string {
		return "第" + englishNumber[part[strings.LastIndexByte(part, ' ')+1:]] + "部分"
	})
	if i := ix.partOf(folded); i >= 0 && ix.children(i) > 0 {
		return i
	}
	h := ix.in.Locate(q)
	best, bestScore := -1, 0.0
	if wanted(folded) == len(ix.childrenOf(-1)) && strings.Contains(folded, "部分") {
		bestScore = 2 // as many parts as the report has
	}
	for i, s := range r.Sections {
		if ix.children(i) == 0 || !q.About(s.Time) && (s.Level > 1 || len(q.Years) > 0) {
			continue
		}
		score := 0.0
		for k, t := range q.Terms {
			score += t.Weight * h.Terms[k].Head[int32(i)]
		}
		if h.Weight > 0 {
			score /= h.Weight
		}
		if !s.Inline && score > 0 {
			score += used.HeadingLine
		}
		if n := len(ix.childrenOf(i)); howMany.MatchString(folded) && len(ix.series(ix.childrenOf(i), folded)) < n || n == wanted(folded) {
			score++ // as many as the question expects
		}
		if score > bestScore+1e-9 {
			best, bestScore = i, score
		}
	}
	return best
}

// listsHeadings reports whether a question for a list wants headings: it names
// a heading, and as many things as stand below it (十项行动是哪十项).
func (ix *Index) listsHeadings(q *resolve.Question) bool {
	folded := q.Words
	n := wanted(folded)
	if n < 3 || len(q.Terms) == 0 {
		return false
	}
	section := ix.outlineOf(q)
	if section < 0 || !ix.headingNamed(q, section) {
		return false
	}
	return len(ix.series(ix.childrenOf(section), folded)) == n && !ix.besideHeading(q, section)
}

// headingNamed reports whether the heading of section holds a word of q.
func (ix *Index) headingNamed(q *resolve.Question, section int) bool {
	h := ix.in.Locate(q)
	for k := range q.Terms {
		if h.Terms[k].Head[int32(section)] > 0 {
			return true
		}
	}
	return false
}

// aboutReport answers a question about the report itself, when and where it
// was given: with the lines before its first part.
func (ix *Index) aboutReport(a *answer.Answer) bool {
	if a.Question.Ask != question.About && !asksReport.MatchString(a.Question.Words) {
		return false
	}
	for i, p := range ix.in.Report.Passages {
		if p.Section >= 0 {
			break
		}
		if session.MatchString(ix.in.Report.Quote(p.Span)) {
			a.Hits = append(a.Hits, answer.Hit{Passage: i, Focus: p.Span})
		}
	}
	if len(a.Hits) == 0 {
		return false
	}
	a.Status, a.Kind = answer.Answered, answer.KindPassage
	return true
}

var (
	asksReport = regexp.MustCompile(`报告.{0,8}(?:哪一?天|(?:什么|啥)时候|何时|(?:什么|哪个|哪次)会|谁[作做]|谁来作|由谁|是谁)|(?:谁|哪天|什么时候|在什么会上?|哪次会上?).{0,6}(?:作|做)的?.{0,4}报告|\bwho (?:gave|delivered|presented)\b.*\breport\b|\bwhen was the report\b`)
	// session is a line that says at which congress, on which day.
	session = regexp.MustCompile(`代表大会.{0,12}会议|[0-9]+年[0-9]+月[0-9]+日`)
)

// beside reports whether q, though it names section, is about something else:
// 第三部分里经济普查那句 wants a sentence of that part, not its headings.
func (ix *Index) beside(q *resolve.Question, section int) bool {
	folded := q.Words
	if n := wanted(folded); n >= 0 && n == len(ix.series(ix.childrenOf(section), folded)) {
		return false
	}
	return ix.besideHeading(q, section)
}

// besideHeading reports whether much of what q names is not in the headings
// down to section.
func (ix *Index) besideHeading(q *resolve.Question, section int) bool {
	h := ix.in.Locate(q)
	left := 0.0
	for k, t := range q.Terms {
		if t.Known && (section < 0 || h.InHeadings(k, section) == 0) {
			left += t.Weight
		}
	}
	return left > used.HeadingBeside
}

// wanted returns the count of headings that a question expects; -1 if none.
func wanted(folded string) int {
	m := howMany.FindStringSubmatch(folded)
	if m == nil {
		return -1
	}
	n, _ := question.Numeral(m[1])
	return int(n)
}

// howMany is the count of headings that a question expects: 六个方面, 七件大事.
var howMany = regexp.MustCompile(`([二三四五六七八九十])(?:个|大|件|项|方面|条|节|章|块|部分)`)

// series narrows sections to those of one kind of mark, if the question
// expects as many: of ——, ——, 一是, 二是, 三是 the three.
func (ix *Index) series(sections []int, folded string) []int {
	m := howMany.FindStringSubmatch(folded)
	if m == nil {
		return sections
	}
	want, _ := question.Numeral(m[1])
	byKind := map[string][]int{}
	for _, i := range sections {
		k := markKind(ix.in.Report.Sections[i].Mark)
		byKind[k] = append(byKind[k], i)
	}
	for _, list := range byKind {
		if len(list) == int(want) {
			return list
		}
	}
	return sections
}

// markKind returns a mark without its numeral.
func markKind(mark string) string { return markNumeral.ReplaceAllString(mark, "#") }

var markNumeral = regexp.MustCompile(`[一二三四五六七八九十0-9]+`)

// children counts the sections directly below i.
func (ix *Index) children(i int) int { return len(ix.childrenOf(i)) }

// childrenOf returns the sections directly below i, -1 for the parts. Not to be
// changed.
func (ix *Index) childrenOf(i int) []int { return ix.below[i+1] }
