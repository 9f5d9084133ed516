package reply

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/sheet"
	"jinwen/handlers/texts"
)

//go:embed words.txt
var wordFile string

// growthWords say what moves, in a growth: 增长6%, 下降0.2个百分点.
var growthWords = zh.Sections(wordFile).Of("growth")

// BoundSpan returns the value of f with the words before it that bound it.
func BoundSpan(r *corpus.Report, f *corpus.Figure) corpus.Span { return sheet.Bounded(r, f) }

// FigureName returns the indicator of f, with the word for its growth if it is one
// and the indicator does not say so already: 社会消费品零售总额增长.
func FigureName(r *corpus.Report, f *corpus.Figure) string {
	if f.Measure != corpus.MeasureGrowth && f.Measure != corpus.MeasureChange {
		return f.Indicator
	}
	for _, w := range growthWords {
		if strings.HasSuffix(f.Indicator, w) || strings.HasPrefix(f.Indicator, w) && !strings.HasPrefix(f.Indicator, "增加值") {
			return f.Indicator
		}
	}
	// The nearest such word before the value, in its own clause: 增长 of
	// 甲、乙分别增长14.4%、14.2% serves both values.
	limit := corpus.Span{Start: max(0, f.Start-40), End: f.Start}
	if f.Clause.Len() > 0 && f.Clause.Start <= f.Start {
		limit.Start = max(limit.Start, f.Clause.Start)
	}
	before := strings.ReplaceAll(r.Quote(limit), "增加值", "　　　")
	best, word := -1, ""
	for _, w := range growthWords {
		if i := strings.LastIndex(before, w); i > best {
			best, word = i, w
		}
	}
	return f.Indicator + word
}

// FigureWhen says of which year f is and whether it was reached or is aimed
// at: 2024年目标.
func FigureWhen(f *corpus.Figure, t *texts.Set) string {
	switch {
	case f.Period == "cumulative":
		if f.Nature == corpus.Target {
			return t.CumulativeTarget
		}
		return t.Cumulative
	case YearOf(f) == 0 && !strings.Contains(f.Period, "-"): // 2026-2030 has its years
		if f.Nature == corpus.Target {
			return t.Target
		}
		return t.Mentioned
	case f.Nature == corpus.Target:
		return fmt.Sprintf(t.YearTarget, f.Period)
	case f.Nature == corpus.Actual:
		return fmt.Sprintf(t.YearActual, f.Period)
	}
	return fmt.Sprintf(t.YearMentioned, f.Period)
}

// YearOf returns the year of f; 0 if it is of none.
func YearOf(f *corpus.Figure) int {
	n, err := strconv.Atoi(f.Period)
	if err != nil {
		return 0
	}
	return n
}

// FigureValue returns the value of f with the words that bound it: 突破2300万标准箱;
// for lists that stand beside no clause.
func FigureValue(r *corpus.Report, f *corpus.Figure) string { return r.Quote(BoundSpan(r, f)) }

// FigureLine returns f in one line: 2024年目标 · 社会消费品零售总额增长：6%.
func FigureLine(r *corpus.Report, f *corpus.Figure, t *texts.Set) string {
	return fmt.Sprintf(t.FigureLine, FigureWhen(f, t), FigureName(r, f), r.Quote(BoundSpan(r, f)))
}

// FigureQuote returns what is quoted for f: the clause that says it, or its
// sentence if that is short.
func FigureQuote(r *corpus.Report, f *corpus.Figure) corpus.Span {
	limit := whole(r)
	if f.Passage >= 0 {
		limit = r.Passages[f.Passage].Span
	}
	s := f.Span
	if f.Clause.Contains(s) {
		s = f.Clause
	}
	if !limit.Contains(s) {
		limit = whole(r)
	}
	if all := r.SentenceAround(s, limit); all.Len() <= maxSentence/2 {
		return all
	}
	return r.ClauseAround(s, limit)
}

// OtherYear returns the figure that f is paired with: the target of a result, the
// result of a target; -1 if there is none.
func OtherYear(r *corpus.Report, f int) int {
	for _, p := range r.Pairs {
		switch f {
		case p.Actual:
			return p.Target
		case p.Target:
			return p.Actual
		}
	}
	return -1
}

// difference says how b stands to a, two figures of one unit: 低1个百分点.
// It is "" where no difference makes sense: units differ, a growth against a
// level, ranges, ranks.
func difference(a, b *corpus.Figure, t *texts.Set) string {
	if a.Unit != b.Unit || a.High != 0 || b.High != 0 || a.Measure == corpus.MeasureRank || b.Measure == corpus.MeasureRank {
		return ""
	}
	if (a.Measure == corpus.MeasureGrowth) != (b.Measure == corpus.MeasureGrowth) {
		return ""
	}
	d := roundTo(b.Number-a.Number, 6)
	format, ok := bounded(a.Bound, b.Bound, d, t)
	if !ok {
		return ""
	}
	unit := a.Unit
	if unit == "%" {
		unit = t.Points
	}
	more, less := t.More, t.Fewer
	if rate := a.Unit == "%" || a.Unit == "‰" || a.Unit == "个百分点"; rate {
		more, less = t.Higher, t.Lower
	}
	switch {
	case d == 0:
		return t.Same
	case d > 0:
		return fmt.Sprintf(more, fmt.Sprintf(format, amount(d), unit))
	}
	return fmt.Sprintf(less, fmt.Sprintf(format, amount(-d), unit))
}

// bounded returns how much d, the difference of b to a, is known by: 82万标准箱以上
// if b is 突破2300万标准箱 and a is exact. It is false if the bounds leave it
// open which of the two is higher.
func bounded(a, b corpus.Bound, d float64, t *texts.Set) (format string, ok bool) {
	if a == corpus.BoundExact && b == corpus.BoundExact {
		return t.Exactly, true
	}
	if d == 0 {
		return "", false // 突破2000家 twice says nothing about the difference
	}
	if a == corpus.BoundAbout || b == corpus.BoundAbout {
		if (a == corpus.BoundAbout || a == corpus.BoundExact) && (b == corpus.BoundAbout || b == corpus.BoundExact) {
			return t.Roughly, true
		}
		return "", false
	}
	// Each bound pushes the difference one way: it must be the way of its sign.
	up := func(x corpus.Bound) int {
		switch x {
		case corpus.BoundOver:
			return 1
		case corpus.BoundUnder:
			return -1
		}
		return 0
	}
	push := up(b) - up(a)
	return t.AtLeast, push > 0 && d > 0 || push < 0 && d < 0
}

// amount prints n as the report does: 82万, 1.5亿, 255.7.
func amount(n float64) string {
	switch {
	case n >= 1e8:
		return trimFloat(roundTo(n/1e8, 6)) + "亿"
	case n >= 1e4:
		return trimFloat(roundTo(n/1e4, 6)) + "万"
	}
	return trimFloat(n)
}

func trimFloat(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// roundTo takes away what binary fractions add: 6-5.4 is 0.5999999999999996.
func roundTo(n float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(n*p) / p
}
