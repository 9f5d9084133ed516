package rank

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/index/question"
)

// Reports tell where a number comes from beside where it stands now (从3%提高到5%),
// and the mark that it passed beside the number itself (突破3万亿元、达到30257亿元).
// What holds now, exactly, is what people ask for.

var (
	// moved stands between a number and what it became.
	moved = lists.Pattern(`^[^，。；：]{0,6}?(?:<movements>|[降增升减扩])(?:到|至|为)[^0-9]{0,4}$`)
	// past asks for what was before.
	past = regexp.MustCompile(`原来|以前|之前|过去是|原先|原本|起初|\bbefore\b|\bused to\b`)
	// fromTo asks for both.
	fromTo = regexp.MustCompile(`[从由](?:多少|几)[^，。]{0,12}[到至](?:了)?(?:多少|几)|\bfrom (?:what|how)\b`)
	// mark tells of a number, before or behind it, that something has just passed it.
	markBefore = regexp.MustCompile(`(?:突破|迈上|迈过|跨越|跨过|跨上|站上|跃上|超过|超)[^，。；]{0,4}$`)
	markBehind = regexp.MustCompile(`^[^，。；]{0,3}(?:台阶|大关|关口|门槛)`)
	// risen asks by how much something became more or less.
	risen = regexp.MustCompile(`[多少](?:了|出来?)(?:多少|几)|(?:增加|减少|提高|降低|缩短|延长)了?(?:多少|几)|比[^，。]{1,8}[多少]了?(?:多少|几)`)
)

// becomes returns the figure that figure i became: 5% of 从3%提高到5%; -1 if it
// is told of no change.
func (ix *Index) becomes(i int) int {
	figures := ix.Report.Figures
	f := figures[i]
	for k := i + 1; k < min(len(figures), i+3); k++ {
		if g := figures[k]; g.Passage == f.Passage && g.Unit == f.Unit && g.Start > f.End && moved.MatchString(ix.Report.Quote(corpus.Span{Start: f.End, End: g.Start})) {
			return k
		}
	}
	return -1
}

// isMark reports whether figure i is a round number that something has passed.
func (ix *Index) isMark(i int) bool {
	const near = 8 // code points
	f := ix.Report.Figures[i]
	if f.Passage < 0 {
		return false
	}
	before := ix.Report.Quote(corpus.Span{Start: max(f.Clause.Start, f.Start-near), End: f.Start})
	behind := ix.Report.Quote(corpus.Span{Start: f.End, End: min(max(ix.Report.Passages[f.Passage].End, f.End), f.End+near)})
	return f.Bound == corpus.BoundOver && markBefore.MatchString(before) || markBehind.MatchString(behind)
}

// exactly returns the figure that is the number itself where figure i is only
// the mark that it passed, of the same indicator and the same time; i if there is none.
func (h *Hits) exactly(i int) int {
	ix, f := h.Index, h.Index.Report.Figures[i]
	if !ix.isMark(i) {
		return i
	}
	among := ix.Figures[f.Passage]
	if f.Concept != "" {
		among = ix.ByConcept[f.Concept]
	}
	best := i
	for _, k := range among {
		g := ix.Report.Figures[k]
		if k == i || g.Unit != f.Unit || g.Nature != f.Nature || g.Scope != f.Scope || g.Number < f.Number || g.Number > Used.MarkTo*f.Number || ix.isMark(k) || f.Concept == "" && g.Indicator != f.Indicator {
			continue
		}
		if _, other := h.fitTime(g, 1); other || g.Period != f.Period && f.Period != "cumulative" && f.Period != "other" && !strings.Contains(f.Period, "-") {
			continue
		}
		if best == i || g.Passage == f.Passage {
			best = k
		}
	}
	return best
}

// Becomes reports whether figure i has become another one since.
func (h *Hits) Becomes(i int) bool { return h.Index.becomes(i) >= 0 }

// Settle puts in place of each figure that answers the one that holds now, or
// both where both are asked for, and the exact number in place of a mark. Where
// it is asked by how much something changed, the change stands for the level.
func (h *Hits) Settle(direct []ScoredFigure) []ScoredFigure {
	words := h.Question.Words
	both := h.AsksFromTo()
	var out []ScoredFigure
	add := func(f ScoredFigure, i int) {
		if !slices.ContainsFunc(out, func(x ScoredFigure) bool { return x.Figure == i }) {
			f.Figure = i
			out = append(out, f)
		}
	}
	for _, f := range direct {
		i := f.Figure
		switch to, from := h.Index.becomes(i), h.Index.cameFrom(i); {
		case f.asked && h.Question.Ask == question.Number:
			add(f, h.exactly(i)) // 过6万亿了，到底多少
		case f.asked:
			add(f, i)
		case both && to >= 0:
			add(f, i)
			add(f, to)
		case both && from >= 0:
			add(f, from)
			add(f, i)
		case past.MatchString(words) && from >= 0:
			add(f, from)
		case past.MatchString(words):
			add(f, i)
		case to >= 0:
			add(f, to)
		default:
			add(f, h.change(h.exactly(i)))
		}
	}
	return out
}

// AsksFromTo reports whether the question asks for a number and for what it became.
func (h *Hits) AsksFromTo() bool { return h.fromTo }

// cameFrom returns the figure that became figure i; -1 if there is none.
func (ix *Index) cameFrom(i int) int {
	for k := max(0, i-2); k < i; k++ {
		if ix.becomes(k) == i {
			return k
		}
	}
	return -1
}

// change returns the figure that tells by how much figure i changed, where that
// is what the question asks for; else i.
func (h *Hits) change(i int) int {
	figures := h.Index.Report.Figures
	f := figures[i]
	if f.Measure == corpus.MeasureChange || f.Measure == corpus.MeasureGrowth || !risen.MatchString(h.Question.Words) {
		return i
	}
	for k := i + 1; k < min(len(figures), i+3); k++ {
		if g := figures[k]; g.Passage == f.Passage && g.Measure == corpus.MeasureChange && (g.Concept == f.Concept && f.Concept != "" || g.Indicator == f.Indicator) {
			return k
		}
	}
	return i
}

// otherCounts adds to the figures that answer those of the other measure words
// that the question counts in: 几条路几座桥.
func (h *Hits) otherCounts(direct, figures []ScoredFigure) []ScoredFigure {
	counts := question.Counted(h.Question.Words)
	if len(counts) < 2 || len(direct) == 0 {
		return direct
	}
	has := func(unit string) bool {
		return slices.ContainsFunc(direct, func(f ScoredFigure) bool {
			return strings.HasPrefix(h.Index.Report.Figures[f.Figure].Unit, unit)
		})
	}
	for _, unit := range counts {
		if has(unit) {
			continue
		}
		best := -1
		for k, f := range figures {
			x := h.Index.Report.Figures[f.Figure]
			if strings.HasPrefix(x.Unit, unit) && !f.OtherYear && x.Passage == h.Index.Report.Figures[direct[0].Figure].Passage && (best < 0 || f.Score > figures[best].Score) {
				best = k
			}
		}
		if best >= 0 {
			direct = append(direct, figures[best])
		}
	}
	return direct
}
