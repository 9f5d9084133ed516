package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/decode"
	"jinwen/corpus/zh"
)

const (
	// longPart is how many code points of a part without a heading in it look as
	// if headings were lost.
	longPart = 4000
	// maxNameless and maxGaps are the most figures without an indicator and gaps
	// in the numbers of parts that are named: a text with more is of another kind.
	maxNameless = 20
	maxGaps     = 10
)

// doubt fills Doubts, in the order of the text. Everything else is known.
func (r *report) doubt() {
	r.doubtIdentity()
	r.doubtParts()
	nameless := 0
	for _, f := range r.Figures {
		if f.Indicator == "" && f.Nature != corpus.Background && nameless < maxNameless {
			nameless++
			r.add(f.Span, corpus.DoubtNoName, f.Value)
		}
	}
	for _, p := range r.Paragraphs() {
		if n := strings.Count(r.Quote(p), "\uFFFD"); n > 0 {
			r.add(p, corpus.DoubtLostText, fmt.Sprintf("%d characters", n))
		}
	}
	slices.SortStableFunc(r.Doubts, func(a, b corpus.Doubt) int { return a.Start - b.Start })
}

func (r *report) add(s corpus.Span, kind corpus.DoubtKind, text string) {
	r.Doubts = append(r.Doubts, corpus.Doubt{Span: s, Kind: kind, Text: text})
}

// doubtIdentity doubts whose report of which year this is.
func (r *report) doubtIdentity() {
	head := corpus.Span{Start: 0, End: min(r.Len(), 30)}
	if r.Place == "" {
		r.add(head, corpus.DoubtNoPlace, "")
	}
	if r.Year == 0 {
		r.add(head, corpus.DoubtNoYear, "")
		return
	}
	years := []int{r.Year}
	if y := r.titledYear(); y != 0 && !slices.Contains(years, y) {
		years = append(years, y)
	}
	if m := reportYear.FindStringSubmatch(zh.HalfWidth(r.Title)); m != nil {
		// A report that is given in December plans the next year.
		if y := yearOf(m); y != r.Year && y != r.Year-1 && !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	if len(r.Date) > 4 {
		if y := zh.Atoi(r.Date[:4]); y != r.Year && y != r.Year-1 && !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	if len(years) > 1 {
		r.add(head, corpus.DoubtTwoYears, strings.Trim(fmt.Sprint(years), "[]"))
	}
}

// doubtParts doubts the outline and the zones.
func (r *report) doubtParts() {
	whole := corpus.Span{Start: 0, End: min(r.Len(), 30)}
	parts, last, gaps := 0, 0, 0
	for i, s := range r.Sections {
		if s.Level != 1 {
			continue
		}
		parts++
		if n := zh.Numeral(strings.TrimRight(s.Mark, "、")); n != 0 {
			if n != last+1 && gaps < maxGaps {
				gaps++
				r.add(s.Heading, corpus.DoubtPartGap, r.Quote(s.Heading))
			}
			last = n
		}
		below := i+1 < len(r.Sections) && r.Sections[i+1].Parent == i
		if s.Len() > longPart && !below {
			r.add(s.Heading, corpus.DoubtLongPart, s.Title)
		}
	}
	if parts == 0 {
		r.add(whole, corpus.DoubtNoParts, "")
	}
	plan, review := false, false
	for _, z := range r.Zones {
		plan = plan || z.Zone == corpus.ZonePlan || z.Zone == corpus.ZoneFivePlan
		review = review || z.Zone == corpus.ZoneReview || z.Zone == corpus.ZoneFiveReview
	}
	if !plan {
		r.add(whole, corpus.DoubtNoPlan, "")
	}
	if !review {
		r.add(whole, corpus.DoubtNoReview, "")
	}
}

// unread adds the pages that decoding could not read. Lost characters are in the
// text, as U+FFFD.
func unread(r *corpus.Report, warnings []decode.Warning) {
	for _, w := range warnings {
		if w.Kind == decode.EmptyPage {
			r.Doubts = append(r.Doubts, corpus.Doubt{Kind: corpus.DoubtNoText, Text: strconv.Itoa(w.Page)})
		}
	}
}
