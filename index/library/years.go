package library

import (
	"regexp"
	"slices"
	"strconv"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// Spans of years as people say them.
var (
	spanYears = regexp.MustCompile(`((?:20|19)?[0-9]{2})年?(?:到|至|~|-|—|–|－)((?:20)?[0-9]{2})年?`)
	sinceYear = regexp.MustCompile(`(?:从|自)?((?:20|19)[0-9]{2})年?(?:以来|至今|到现在|到如今|起|开始|往后|之后)`)
	lastYears = regexp.MustCompile(`(?:近|最近|过去|这|前|连续)(?:的)?([0-9]{1,2}|[两一二三四五六七八九十]{1,2})(?:个)?(?:年|份报告|年来)`)
	planTerms = regexp.MustCompile(`(十二五|十三五|十四五|十五五)`)
)

// fiveYears are the first years of the five-year plans.
var fiveYears = map[string]int{"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}

// readYears finds the years that are meant. 今年 is the year of the home
// place's newest report, for every place: where a place has no report that
// tells of it, its newest one answers under its own year.
func (r *request) readYears(c *catalog) {
	newest := c.now
	if m := c.newest(r.placeOr(c.home)); m != nil && len(r.places) <= 1 && !r.every {
		newest = m.year
	}
	last := newest // the last year of what is asked for
	if r.nature == corpus.Actual {
		last--
	}
	add := func(from, to int) {
		for y := from; y <= to && y < from+30; y++ {
			if !slices.Contains(r.years, y) {
				r.years = append(r.years, y)
			}
		}
	}
	if from, to, ok := r.readSpan(last); ok {
		add(from, to)
		r.span = true
		return
	}
	for _, p := range r.q.Periods {
		y := p.Year
		if y == 0 {
			y = c.now + p.Offset
			r.relative, r.offset = true, p.Offset
		}
		if p.Bare && !plausible(y) {
			continue
		}
		add(y, y)
	}
	slices.Sort(r.years)
	if len(r.years) == 0 && r.has(cueYears) && !r.every && len(r.places) <= 1 {
		have := c.years(r.placeOr(c.home))
		if r.nature == corpus.Actual {
			for i := range have {
				have[i]--
			}
		}
		if len(have) > 1 {
			r.years = have[max(0, len(have)-used.Years):]
			r.span = true
		}
	}
}

// readSpan finds a span of years; last is the last year of what is asked for.
func (r *request) readSpan(last int) (from, to int, ok bool) {
	if m := spanYears.FindStringSubmatch(r.text); m != nil {
		if from, to := fullYear(m[1]), fullYear(m[2]); from < to && to-from < 30 && plausible(from) {
			return from, to, true
		}
	}
	if m := sinceYear.FindStringSubmatch(r.text); m != nil {
		if from := fullYear(m[1]); from < last {
			return from, last, true
		}
	}
	if m := lastYears.FindStringSubmatch(r.text); m != nil {
		if n := number(m[1]); n >= 2 && n <= used.Years {
			return last - n + 1, last, true
		}
	}
	if m := planTerms.FindString(r.text); m != "" && r.has(cueYears) {
		return fiveYears[m], min(fiveYears[m]+4, last), true
	}
	return 0, 0, false
}

func plausible(year int) bool { return 1950 <= year && year <= 2100 }

// fullYear returns a year as written in two or four digits.
func fullYear(s string) int {
	n, _ := strconv.Atoi(s) // digits only
	if n < 100 {
		n += 2000
	}
	return n
}

// number returns a small number in digits or Chinese numerals.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return zh.Numeral(s)
}

func toFloat(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64) // digits only
	return v
}
