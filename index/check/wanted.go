package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/answer"
	"jinwen/index/resolve"
)

// What is asked for besides a number or a thing: the items that a number counts,
// what a name means, one year alone.

// counted is a number with the measure word behind it.
var counted = regexp.MustCompile(`[0-9]+[项条类个件家种大位]`)

// missingItems returns a count whose items are asked for, if the report only counts
// them: where it does so, it lists nothing.
func (h Checker) missingItems(a *answer.Answer) answer.Missing {
	q, r := a.Question, h.Index.Report
	if !q.Itemizes || len(a.Sections) > 0 {
		return answer.Missing{}
	}
	count := counted.FindString(q.Words)
	n, err := strconv.Atoi(strings.TrimRightFunc(count, zh.IsHan))
	if err != nil || n < 2 {
		return answer.Missing{}
	}
	for _, x := range a.Hits {
		p := r.Passages[x.Passage]
		if text := zh.Fold(r.Quote(p.Span)); strings.Contains(text, count) && (p.Zone == corpus.ZoneGlossary || listed(text, count) >= n) {
			return answer.Missing{}
		}
	}
	return answer.Missing{Slot: answer.SlotItems, Text: count}
}

// listEnds are the marks that a list of things in a row does not cross.
const listEnds = "。！？；"

// listed returns how many things a sentence of text that holds count names in a row.
func listed(text, count string) int {
	most := 0
	for _, s := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(listEnds, c) }) {
		if strings.Contains(s, count) {
			most = max(most, strings.Count(s, "、")+strings.Count(s, "和")+1)
		}
	}
	return most
}

// explains matches the words behind a name that a report explains.
var explains = regexp.MustCompile(`^[”"》」]?(?:[\p{Han}]{0,8}[”"》」]?)?(?:：|:|——|\(|（|是指|就是|即|指的是|包括|分别是)`)

// missingMeaning returns a name whose meaning is asked for, if the report only uses
// it.
func (h Checker) missingMeaning(a *answer.Answer) answer.Missing {
	q, r := a.Question, h.Index.Report
	if q.Means == "" || slices.ContainsFunc(q.Terms, func(t resolve.Term) bool { return len(t.Series) > 0 }) {
		return answer.Missing{}
	}
	used := false
	for _, x := range a.Hits {
		p := r.Passages[x.Passage]
		text := zh.Fold(r.Quote(p.Span))
		if h.Index.Explains(x.Passage, q.Means) {
			return answer.Missing{}
		}
		for _, after := range strings.Split(text, q.Means)[1:] {
			if used = true; explains.MatchString(after) {
				return answer.Missing{}
			}
		}
	}
	if !used {
		return answer.Missing{}
	}
	return answer.Missing{Slot: answer.SlotMeaning, Text: q.Means}
}

// missingYearAlone returns the year that is asked for alone, if the number is all
// there is by now.
func (h Checker) missingYearAlone(a *answer.Answer) answer.Missing {
	q := a.Question
	if !q.InYear || len(q.Years) == 0 {
		return answer.Missing{}
	}
	year := strconv.Itoa(q.Years[0])
	text := zh.Fold(h.Index.Report.Quote(a.Hits[0].Focus))
	if a.Direct > 0 {
		f := h.Index.Report.Figures[a.Figures[0]]
		text = zh.Fold(h.Index.Report.Quote(f.Clause))
		if f.Period == "cumulative" {
			return answer.Missing{Slot: answer.SlotAlone, Text: year}
		}
	}
	if strings.Contains(text, "累计") {
		return answer.Missing{Slot: answer.SlotAlone, Text: year}
	}
	return answer.Missing{}
}
