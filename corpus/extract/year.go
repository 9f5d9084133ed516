package extract

import (
	"maps"
	"regexp"
	"slices"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

var (
	reportYear  = regexp.MustCompile(`([12][0-9]{3})\s*年[^\n。，]{0,20}工作报告`)
	meetingYear = regexp.MustCompile(`([12][0-9]{3})\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日[^\n。]{0,12}在|([〇○零一二三四五六七八九]{4})年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日[^\n。]{0,12}在`)
	openingYear = regexp.MustCompile(`(?:^|[。\n　])\s*([12][0-9]{3})年[，,]?是`)
	dayYear     = regexp.MustCompile(`([12][0-9]{3})\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日`)
	anyYear     = regexp.MustCompile(`([12][0-9]{3})\s*年|([一二][〇○零一二三四五六七八九]{3})年`)
	fromYear    = regexp.MustCompile(`(?:到|至|截至|截止)$`)
)

// planYear finds the year that the plan is for, from the strongest sign to
// the weakest: the plan part's title, the review part's title, the report's
// title, the date of the meeting, the sentence that opens the review, the years
// that the text speaks of.
func (r *report) planYear() int {
	if y := r.titledYear(); y != 0 {
		return y
	}
	head := zh.HalfWidth(r.Quote(corpus.Span{Start: 0, End: min(r.Len(), 800)}))
	for _, re := range []*regexp.Regexp{reportYear, meetingYear, dayYear} {
		if m := re.FindStringSubmatch(head); m != nil {
			return yearOf(m)
		}
	}
	if m := openingYear.FindStringSubmatch(zh.HalfWidth(r.Quote(r.opening()))); m != nil {
		return zh.Atoi(m[1]) + 1
	}
	return r.spokenYear()
}

// opening returns the first part of the outline, or the first fifth of a text without
// one: where the year under review is named.
func (r *report) opening() corpus.Span {
	for _, s := range r.Sections {
		if s.Level == 1 {
			return s.Span
		}
	}
	return corpus.Span{Start: 0, End: r.Len() / 5}
}

func yearOf(m []string) int {
	if m[1] != "" {
		return zh.Atoi(m[1])
	}
	if len(m) > 2 {
		return zh.Numeral(m[2])
	}
	return 0
}

// titledYear returns the year that the titles of the parts tell; 0 if they tell
// none. Of 2023年工作回顾 it is 2024, of 2024年工作安排 too.
func (r *report) titledYear() int {
	review, latest := 0, 0
	for _, s := range r.Sections {
		if s.Level != 1 {
			continue
		}
		title := zh.HalfWidth(s.Title)
		ms := titleYear.FindAllStringSubmatchIndex(title, -1)
		for i, m := range ms {
			y := zh.Atoi(title[m[2]:m[3]])
			latest = max(latest, y)
			rest := title[m[1]:]
			if next := timeWord.FindStringIndex(rest); next != nil {
				rest = rest[:next[0]]
			}
			back, forth := reviewWords.MatchString(rest), planWords.MatchString(rest)
			if !back && !forth && len(ms) == 1 {
				back, forth = reviewWords.MatchString(title), planWords.MatchString(title)
			}
			switch {
			case back:
				review = max(review, y)
			case forth || i > 0 && review != 0:
				return y
			}
		}
	}
	if review != 0 && latest <= review {
		return review + 1
	}
	return latest // 2030年工作, 2031年工作: the later one is to come
}

// spokenYear is, where nothing says it outright, the one after the last year
// that the text often speaks of as past (到1980年 does not count). If the next one
// is often spoken of as coming and 今年 is the past one, or if the year before is
// named as often, the report was given within that last year.
func (r *report) spokenYear() int {
	const often = 3
	count, coming := map[int]int{}, map[int]int{}
	text := zh.HalfWidth(r.Text)
	for _, m := range anyYear.FindAllStringSubmatchIndex(text, -1) {
		if fromYear.MatchString(text[max(0, m[0]-6):m[0]]) {
			continue
		}
		y := 0
		if m[2] >= 0 {
			y = zh.Atoi(text[m[2]:m[3]])
		} else {
			y = zh.Numeral(text[m[4]:m[5]])
		}
		count[y]++
		if comingWords.MatchString(text[m[1]:min(len(text), m[1]+90)]) {
			coming[y]++
		}
	}
	last := 0 // the latest that is looked back on
	for _, y := range slices.Sorted(maps.Keys(count)) {
		if count[y] >= often && 2*coming[y] < count[y] {
			last = y
		}
	}
	switch {
	case last == 0:
		return 0
	case count[last+1] >= often: // it is spoken of as coming
		done, todo := len(doneThisYear.FindAllString(text, -1)), len(todoThisYear.FindAllString(text, -1))
		if done > todo {
			return last
		}
	case count[last-1] >= count[last]:
		return last
	}
	return last + 1
}

var (
	titleYear    = regexp.MustCompile(`([12][0-9]{3})\s*年`)
	comingWords  = regexp.MustCompile(`^[^。]{0,24}(?:计划|任务|预计|目标|将要?|应当|争取)`)
	doneThisYear = regexp.MustCompile(`今年[^。，]{0,16}(?:了|已|达到|获得|举行|完成)`)
	todoThisYear = regexp.MustCompile(`今年[^。，]{0,16}(?:要|将|力争|争取|目标|任务)`)
)
