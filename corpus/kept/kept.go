// Package kept holds the targets of one report against what the next report of
// the same place says of them.
//
// A target counts as reached or missed only by a figure of the new report that
// measures the same: the same indicator, unit and scope, a result of the year
// that the target was for. What is added in a year is no measure of what there
// is; a figure of a district none of the whole; an aim of the new report no
// result. Everything else is not reported, or not comparable, and no verdict is
// ever drawn from one report alone.
package kept

import (
	"cmp"
	_ "embed"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/corpus/extract/figures"
	"jinwen/corpus/similar"
	"jinwen/corpus/zh"
)

// Verdict is what became of a target.
type Verdict string

const (
	Exceeded      Verdict = "exceeded"
	Kept          Verdict = "kept"
	Near          Verdict = "near"           // 左右 was missed slightly
	Partly        Verdict = "partly"         // the base was reached, what was striven for not
	Missed        Verdict = "missed"         //
	NotReported   Verdict = "not_reported"   // the new report gives no result
	NotComparable Verdict = "not_comparable" // it gives one that measures something else, or the time is not over
)

// Verdicts are all of them, in the order in which they are told.
var Verdicts = []Verdict{Exceeded, Kept, Near, Partly, Missed, NotReported, NotComparable}

// An Item is a target with what became of it.
type Item struct {
	Target  int // index in the old report's Figures
	Stretch int // index of what was striven for beyond it (增长5%，力争5.5%); -1 if nothing
	Result  int // index in the new report's Figures; -1 if there is none
	Verdict Verdict
	Said    corpus.Span // without a result: what the new report says of the named thing; zero if nothing
}

// Targets returns the targets of r for its own year, in the order of the text, and
// those for a later one, which are not comparable yet. None has a result.
func Targets(r *corpus.Report) []Item {
	year := strconv.Itoa(r.Year)
	var out []Item
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.Nature != corpus.Target || f.Passage < 0 || f.Indicator == "" || f.Measure == corpus.MeasureRank {
			continue
		}
		it := Item{Target: i, Stretch: -1, Result: -1, Verdict: NotReported}
		if f.Period != year && f.Period != "cumulative" {
			it.Verdict = NotComparable
		}
		if n := len(out); n > 0 && stretches(r, out[n-1].Target, i) {
			out[n-1].Stretch = i
			continue
		}
		out = append(out, it)
	}
	return out
}

// stretches reports whether figure j is what is striven for beyond figure i.
func stretches(r *corpus.Report, i, j int) bool {
	a, b := &r.Figures[i], &r.Figures[j]
	if a.Passage != b.Passage || a.Unit != b.Unit || kind(a) != kind(b) && !b.Clause.Contains(a.Span) || a.Indicator != b.Indicator || b.Start-a.End > bounds.Stretch {
		return false
	}
	between := r.Quote(corpus.Span{Start: a.End, End: b.Start})
	return strings.Contains(between, "力争") || strings.Contains(between, "争取") || strings.Contains(between, "努力") || strings.Contains(between, "奋斗")
}

// Compare holds the targets of old against the results in now.
func Compare(old, now *corpus.Report) []Item {
	items := Targets(old)
	review := strconv.Itoa(old.Year)
	var results []int
	for i := range now.Figures {
		f := &now.Figures[i]
		if f.Nature == corpus.Actual && (f.Period == review || f.Period == "cumulative") && f.Passage >= 0 && !ofYears(now, f) {
			results = append(results, i)
		}
	}
	used := make(map[int]bool)
	open := make(map[int]int) // figure of old → item
	for k := range items {
		it := &items[k]
		if it.Verdict == NotComparable {
			continue
		}
		if i := byConcept(old, now, it.Target, results, used); i >= 0 {
			it.Result, used[i] = i, true
			it.Verdict = judge(old, now, it)
			continue
		}
		open[it.Target] = k
	}
	byName(old, now, items, open, results, used)
	byLikeness(old, now, items, results)
	for k := range items {
		if items[k].Result < 0 {
			items[k].Said = said(old, now, &items[k])
		}
	}
	return items
}

// yearsWords say that a figure is of more than a year.
var yearsWords = regexp.MustCompile(`五年|三年|连续[0-9一二两三四五六七八九十]+年|“十[一二三四五]五”|十[一二三四五]五|每年|年均(?:增|新|提|下降|实现|达)|20[0-9]{2}(?:年)?(?:到|至|—|-)20[0-9]{2}`)

// ofYears reports whether the sentence of f says, before it, that it is of
// more than a year.
func ofYears(r *corpus.Report, f *corpus.Figure) bool {
	before := r.Quote(corpus.Span{Start: min(r.Passages[f.Passage].Start, f.Start), End: f.Start})
	if i := strings.LastIndexAny(before, "。；！？\n"); i >= 0 {
		_, n := utf8.DecodeRuneInString(before[i:])
		before = before[i+n:]
	}
	return yearsWords.MatchString(before)
}

// byConcept returns the result that measures the concept of a target; -1 if there
// is none.
func byConcept(old, now *corpus.Report, target int, results []int, used map[int]bool) int {
	t := &old.Figures[target]
	if t.Concept == "" {
		return -1
	}
	for _, i := range results {
		f := &now.Figures[i]
		if !used[i] && f.Concept == t.Concept && f.Scope == t.Scope && f.Unit == t.Unit && kind(f) == kind(t) && f.Period != "cumulative" {
			return i
		}
	}
	return -1
}

// kind tells apart what may not be compared.
func kind(f *corpus.Figure) string {
	switch f.Measure {
	case corpus.MeasureGrowth, corpus.MeasureShare, corpus.MeasureRank:
		return string(f.Measure)
	}
	return "amount"
}

// byName gives the open items the results whose indicators are named alike.
func byName(old, now *corpus.Report, items []Item, open map[int]int, results []int, used map[int]bool) {
	var targets, free []int
	for i := range open {
		targets = append(targets, i)
	}
	slices.Sort(targets)
	for _, i := range results {
		if !used[i] {
			free = append(free, i)
		}
	}
	ok := func(x, y corpus.Figure) bool {
		return mayMean(&x, &y) && (x.Concept == "" && y.Concept == "" || x.Scope == y.Scope)
	}
	for _, m := range figures.Match(old, now, targets, free, ok) {
		it := &items[open[m.A]]
		it.Result = m.B
		it.Verdict = judge(old, now, it)
	}
}

// mayMean reports whether nothing in the indicators of x and y says that they
// are two: another concept, or a share of the same whole that another part has
// (科技支出, 民生支出占一般公共预算支出比重).
func mayMean(x, y *corpus.Figure) bool {
	switch {
	case x.Concept == y.Concept:
	case x.Concept != "" && y.Concept != "":
		return false
	case similar.Dice(similar.Grams(x.Indicator), similar.Grams(y.Indicator)) < bounds.Known:
		return false
	}
	a, _, one := strings.Cut(x.Indicator, "占")
	b, _, two := strings.Cut(y.Indicator, "占")
	return !one || !two || a == b || similar.Dice(similar.Grams(a), similar.Grams(b)) >= bounds.SameHead
}

// byLikeness gives the items that are still open the results that are named
// almost alike.
func byLikeness(old, now *corpus.Report, items []Item, results []int) {
	taken := make(map[int]bool)
	for _, it := range items {
		if it.Result >= 0 {
			taken[it.Result] = true
		}
	}
	var found []similar.Match
	for k, it := range items {
		if it.Result >= 0 || it.Verdict == NotComparable {
			continue
		}
		t := &old.Figures[it.Target]
		tg := similar.Grams(t.Indicator)
		for _, i := range results {
			r := &now.Figures[i]
			if taken[i] || figures.Counter(r.Unit) != figures.Counter(t.Unit) || kind(r) != kind(t) || !mayMean(t, r) {
				continue
			}
			like := similar.Dice(tg, similar.Grams(r.Indicator))
			head := sameEnd(t.Indicator, r.Indicator)
			switch {
			case t.Number == r.Number && t.Number >= bounds.Telling && like >= bounds.SameNumber,
				t.Number == r.Number && t.Number >= bounds.Rare && like >= bounds.SameRare,
				head >= bounds.Head && like >= bounds.SameHead,
				head >= bounds.Stock && like >= bounds.SameStock && t.Period == r.Period && (t.Period == "cumulative" || total(old, t) && total(now, r)):
				found = append(found, similar.Match{A: k, B: i, Score: like})
			}
		}
	}
	for _, m := range similar.Assign(found) {
		items[m.A].Result = m.B
		items[m.A].Verdict = judge(old, now, &items[m.A])
	}
}

// sameEnd returns how many characters a and b end in alike.
func sameEnd(a, b string) int {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[len(x)-1-n] == y[len(y)-1-n] {
		n++
	}
	return n
}

//go:embed words.txt
var wordFile string

// Words of what is added in a year, of what there is by now, of what was done,
// of what is mended, and of what is under way.
var (
	lists      = zh.Sections(wordFile)
	addedWords = lists.Of("added")
	totalWords = lists.Of("total")
	actWords   = slices.Concat(lists.Of("act"), addedWords)
	mendWords  = lists.Of("mend")
	underWay   = lists.Of("underWay")
)

// around returns the clause of f up to its value, and what follows it.
func around(r *corpus.Report, f *corpus.Figure) (before, after string) {
	from, to := max(f.Clause.Start, f.Start-30), min(max(f.Clause.End, f.End), f.End+20)
	if from > f.Start {
		from = max(0, f.Start-20)
	}
	return r.Quote(corpus.Span{Start: from, End: f.Start}), r.Quote(corpus.Span{Start: f.End, End: min(to, r.Len())})
}

// total reports whether f says what there is by now, not what was added.
func total(r *corpus.Report, f *corpus.Figure) bool {
	if f.Period == "cumulative" {
		return true
	}
	before, _ := around(r, f)
	return zh.Holds(before, totalWords) && !zh.Holds(before, addedWords)
}

// comparable reports whether the result of it measures what its target does:
// not what there is against what was to be added, nor what is under way against
// what was to be done.
func comparable(old, now *corpus.Report, it *Item) bool {
	t, r := &old.Figures[it.Target], &now.Figures[it.Result]
	tb, ta := around(old, t)
	rb, ra := around(now, r)
	if kind(t) != "amount" || t.Unit == "元" {
		return !strings.Contains(rb, "累计") || strings.Contains(tb, "累计")
	}
	done := zh.Holds(tb+t.Indicator, actWords) && !total(old, t) && total(now, r)
	if done && (zh.Holds(tb+t.Indicator, addedWords) || !zh.Holds(rb, actWords)) || strings.Contains(rb, "累计") && !strings.Contains(tb, "累计") {
		return false
	}
	if t.Number != r.Number && zh.Holds(rb+ra, underWay) {
		return zh.Holds(tb+ta, underWay)
	}
	return true
}

// judge says what the result of it is to its target.
func judge(old, now *corpus.Report, it *Item) Verdict {
	if !comparable(old, now, it) {
		return NotComparable
	}
	t, r := &old.Figures[it.Target], &now.Figures[it.Result]
	good := 1 // what is done is done the more the better
	if c, ok := concept.Lookup(t.Concept); ok {
		good = c.Good
	}
	if zh.Holds(t.Indicator, mendWords) {
		good = 1 // of what is bad the more is mended the better
	}
	if t.Bound == corpus.BoundUnder {
		good = -1
	}
	goal, got := t.Number, r.Number
	if good <= 0 {
		return ceiling(t, got)
	}
	if it.Stretch >= 0 && got >= goal && got < old.Figures[it.Stretch].Number {
		return Partly
	}
	high := math.Max(goal, t.High)
	switch {
	case got > high, got == high && r.Bound == corpus.BoundOver && t.Bound != corpus.BoundOver:
		return Exceeded
	case got >= goal:
		return Kept
	case t.Bound == corpus.BoundAbout && goal-got <= bounds.Slight*goal:
		return Near
	}
	return Missed
}

// ceiling judges what is to stay below a value: a rate of unemployment, prices.
func ceiling(t *corpus.Figure, got float64) Verdict {
	goal := math.Max(t.Number, t.High)
	switch {
	case got <= goal:
		return Kept
	case t.Bound == corpus.BoundAbout && got-goal <= bounds.Slight*goal:
		return Near
	}
	return Missed
}

// Together returns the verdict on several targets at once: the worst of those that
// can be judged; kept if some were kept and some exceeded.
func Together(items []Item) Verdict {
	order := []Verdict{Exceeded, Kept, Partly, Near, Missed}
	worst := -1
	for _, it := range items {
		worst = max(worst, slices.Index(order, it.Verdict))
	}
	if worst < 0 {
		if len(items) > 0 {
			return items[0].Verdict
		}
		return NotReported
	}
	return order[worst]
}

// Sum counts items by verdict.
func Sum(items []Item) map[Verdict]int {
	out := make(map[Verdict]int)
	for _, it := range items {
		out[it.Verdict]++
	}
	return out
}

// Sort puts items in the order of the text of the old report.
func Sort(old *corpus.Report, items []Item) {
	slices.SortFunc(items, func(a, b Item) int {
		return cmp.Compare(old.Figures[a.Target].Start, old.Figures[b.Target].Start)
	})
}
