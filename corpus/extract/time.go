package extract

import (
	"regexp"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// Words by which reports of this kind name their parts.
var (
	reviewTitle = regexp.MustCompile(`回顾|过去|一年来|五年来|所做的|工作总结|工作情况|取得的|上一?年|去年`)
	planTitle   = regexp.MustCompile(`目标|任务|安排|打算|今年|总体要求|工作重点|重点工作|工作建议|建议|思路|部署|今后|未来|下一步`)

	selfCriticism = regexp.MustCompile(`(?:存在|面临)(?:的|着|一些|不少|诸多)*[^。，；]{0,12}(?:问题|困难|不足|短板)|问题和不足|困难和问题|(?:清醒|也)(?:地)?(?:看到|认识到)`)
	thanks        = regexp.MustCompile(`崇高(?:的)?敬意|衷心(?:的)?感谢`)
	situation     = regexp.MustCompile(`外部环境|(?:当前|面临的?|发展)形势|风险挑战|困难挑战|机遇`)
	aims          = regexp.MustCompile(`预期目标|总体要求|主要目标|主要抓手`)

	titleYear   = regexp.MustCompile(`(20[0-9]{2})\s*年`)
	reportYear  = regexp.MustCompile(`(20[0-9]{2})\s*年[^\n。，]{0,20}工作报告`)
	meetingDate = regexp.MustCompile(`(20[0-9]{2})\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日[^\n。]{0,12}在`)
	openingYear = regexp.MustCompile(`(?:^|[。\n　])\s*(20[0-9]{2})年[，,]?是`)
)

// parseTimes decides the year of the plan and gives every section its time.
// The parts' titles decide both: 2023年工作回顾 is a review and makes 2024 the
// plan's year; a part without a word for either continues what stands before.
func (r *report) parseTimes() {
	if r.Year = r.asYear; r.Year == 0 {
		r.Year = r.planYear()
	}
	current := corpus.Other
	for i := range r.Sections {
		s := &r.Sections[i]
		if s.Parent >= 0 {
			s.Time = r.Sections[s.Parent].Time
			// A part may hold both: （一）过去一年工作回顾 under 一、.
			if s.Time == corpus.Other && !s.Inline {
				s.Time = r.titleTime(s.Title, corpus.Other)
			}
			continue
		}
		current = r.titleTime(s.Title, current)
		s.Time = current
	}
}

// titleTime is the time that a part's title tells, or before if it tells none.
func (r *report) titleTime(title string, before corpus.Time) corpus.Time {
	review, plan := reviewTitle.MatchString(title), planTitle.MatchString(title)
	years := zh.YearsIn(title)
	for _, y := range years {
		review = review || r.Year != 0 && y < r.Year && !plan
		plan = plan || r.Year != 0 && y >= r.Year && !review
	}
	switch {
	case review && !plan:
		return corpus.Review
	case plan && !review:
		return corpus.Plan
	case review && plan:
		// 2023年目标任务完成情况 looks back, 2024年工作安排 does not.
		for _, y := range years {
			if y >= r.Year {
				return corpus.Plan
			}
		}
		return corpus.Review
	}
	return before
}

// planYear finds the year that the plan is for, from the strongest sign to
// the weakest: the plan part's title, the review part's title, the report's
// title, the date of the meeting, the sentence that opens the review.
func (r *report) planYear() int {
	review, latest := 0, 0
	for _, s := range r.Sections {
		if s.Parent >= 0 {
			continue
		}
		years := zh.YearsIn(s.Title)
		if len(years) == 0 {
			continue
		}
		last := years[len(years)-1]
		latest = max(latest, last)
		switch {
		case reviewTitle.MatchString(s.Title):
			review = max(review, last)
		case planTitle.MatchString(s.Title):
			return last
		}
	}
	if review != 0 && latest <= review {
		return review + 1
	}
	if latest != 0 {
		return latest // 2030年工作, 2031年工作: the later one is to come
	}
	head := r.Quote(corpus.Span{Start: 0, End: min(r.Len(), 600)})
	for _, re := range []*regexp.Regexp{reportYear, meetingDate} {
		if m := re.FindStringSubmatch(head); m != nil {
			return zh.Atoi(m[1])
		}
	}
	if m := openingYear.FindStringSubmatch(r.Text); m != nil {
		return zh.Atoi(m[1]) + 1
	}
	return 0
}
