package rank

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

// A ScoredFigure is a figure with how well it answers.
type ScoredFigure struct {
	Figure    int
	Score     float64
	Coverage  float64   // share of the question's weight that indicator and surroundings hold
	named     []float64 // by term: how well the indicator or clause holds it
	Blocked   string    // why it cannot be the answer though it matches: "year", "unit", "term"; "" if it can
	OtherYear bool      // it is of another year than the one named, whatever else blocks it
	Enough    bool      // it holds enough of the question to answer
	asked     bool      // it is the very number that the question asks about
}

// FiguresOf returns the figures that are the number n.
func (ix *Index) FiguresOf(n resolve.Number) []int {
	var out []int
	for i, f := range ix.Report.Figures {
		if math.Abs(f.Number-n.Value) <= 1e-9*math.Abs(n.Value) && (n.Unit == "" || f.Unit == n.Unit) {
			out = append(out, i)
		}
	}
	return out
}

// asked returns the figures that the question asks about by their number. A
// question for another number only describes its subject by it (12条产业链占比),
// and one that names an indicator asks about that, whatever the number
// (快递业务量增长16%吗).
func (ix *Index) asked(q *resolve.Question) []int {
	if q.Measure != "" || len(q.Numbers) == 0 {
		return nil
	}
	best := 0.0 // how well the question names some indicator
	for _, x := range ix.Indicators {
		best = max(best, q.NamedBy(x, Used.AskedName))
	}
	var out []int
	for _, n := range q.Numbers {
		if q.Unit != "" && n.Unit != q.Unit || q.Takes(n.Text) {
			continue // 20项工程投入多少亿, 4万亿里头铁路占多少
		}
		for _, i := range ix.FiguresOf(n) {
			if best < Used.AskedTelling || q.NamedBy(ix.Indicators[i], Used.AskedName) >= best {
				out = append(out, i)
			}
		}
	}
	return out
}

// RankFigures scores the figures of the ranked passages, best first.
func (h *Hits) RankFigures(ranked []Scored) []ScoredFigure {
	number := map[int]bool{}
	for _, i := range h.Asked {
		number[i] = true
	}
	var out []ScoredFigure
	for k, s := range ranked {
		for _, i := range h.Index.Figures[s.Passage] {
			f := h.ScoreFigure(i, number[i])
			f.Enough = f.Coverage >= h.enoughFor(i) || k == 0 && f.Coverage >= Used.Enough
			out = append(out, f)
		}
	}
	seen := make(map[int]bool, len(ranked))
	for _, s := range ranked {
		seen[s.Passage] = true
	}
	for _, i := range h.conceptFigures(seen) {
		f := h.ScoreFigure(i, number[i])
		f.Enough = f.Coverage >= h.enoughFor(i)
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b ScoredFigure) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Figure, b.Figure))
	})
	return out
}

// enoughFor returns the coverage from which figure i may answer: less where it
// measures the very indicator, or is of the very kind, that is asked for.
func (h *Hits) enoughFor(i int) float64 {
	f := h.Index.Report.Figures[i]
	switch {
	case h.Concepts[f.Concept]:
		return Used.EnoughConcept
	case h.Question.Measure != "" && h.Question.Measure != corpus.MeasureGrowth && h.Question.Measure == f.Measure, h.Question.Unit != "" && question.FixedUnits[h.Question.Unit] && strings.HasSuffix(f.Unit, h.Question.Unit):
		return Used.EnoughKind
	}
	return Used.EnoughFigure
}

// nameShare returns the share of the question that a figure's indicator and clause
// hold.
func (h *Hits) nameShare(named []float64) float64 {
	sum := 0.0
	for k, t := range h.Question.Terms {
		sum += t.Weight * named[k]
	}
	if h.Weight == 0 {
		return 0
	}
	return sum / h.Scale()
}

// ScoreFigure scores figure i; number says that the question asks about the very
// number that it is.
func (h *Hits) ScoreFigure(i int, number bool) ScoredFigure {
	q, c := h.Question, h.candidate(i)
	f := c.figure
	out := ScoredFigure{Figure: i, named: make([]float64, len(q.Terms))}
	q.Effort.Add(1 + len(q.Terms))
	h.scoreNames(c, &out)
	if number {
		out.Score, out.Coverage, out.asked = out.Score+Used.FigNumber, 1, true
		return out
	}
	out.OtherYear = c.beyond(h) || h.manyYearsFor(i)
	out.Blocked = h.barred(c, &out)
	if f.Concept == "" && h.SureConcept() {
		out.Score *= Used.FigNoConcept
	}
	if h.excluded(i) {
		out.Score *= Used.FigExcluded
	}
	blocked := ""
	if out.Score, blocked = h.FitKind(f, out.Score); out.Blocked == "" {
		out.Blocked = blocked
	}
	var other bool
	if out.Score, other = h.fitTime(f, out.Score); other {
		out.OtherYear = true
		if out.Blocked == "" {
			out.Blocked = "year"
		}
	}
	return out
}

// A candidate is a figure that may answer, and where it stands.
type candidate struct {
	i         int // in Report.Figures
	figure    corpus.Figure
	indicator string
	section   int // of its passage
	from, to  int // its clauses
}

func (h *Hits) candidate(i int) candidate {
	f := h.Index.Report.Figures[i]
	return candidate{
		i: i, figure: f, indicator: h.Index.Indicators[i], section: h.Index.Report.Passages[f.Passage].Section,
		from: h.Index.Text.ClauseOf(f.Clause.Start), to: h.Index.Text.ClauseOf(f.Start),
	}
}

// measuresAsked reports whether c measures an indicator that h asks for.
func (c *candidate) measuresAsked(h *Hits) bool {
	return h.Concepts[c.figure.Concept]
}

// scoreNames scores how much of the question the figure and what stands around
// it hold, and how much of its indicator the question names.
func (h *Hits) scoreNames(c candidate, out *ScoredFigure) {
	named := 0                  // characters of the indicator that terms name
	by := make(map[string]bool) // words of the indicator that name a term
	for k, t := range h.Question.Terms {
		around := max(Used.FigPassage*h.Terms[k].Passage[int32(c.figure.Passage)], Used.FigHeading*h.InHeadings(k, c.section))
		if around == 0 {
			continue
		}
		named += h.scoreName(c, k, by, out)
		out.Coverage += t.Weight * max(around, out.named[k])
	}
	over := 0.0 // what it holds beyond all that is needed
	if h.Weight > 0 {
		all := out.Coverage/h.Scale() + Used.FigDescribed*h.describedAt(c.from, c.to)
		out.Coverage = min(1, all)
		over = all - out.Coverage
	}
	precision := 0.0
	if n := utf8.RuneCountInString(c.indicator); n > 0 {
		precision = min(1, float64(named)/float64(n))
	}
	verbatim := h.Question.Verbatim(c.indicator)
	if verbatim > 0 {
		precision = 1
	}
	out.Score = out.Coverage + Used.FigPrecise*precision*out.Coverage + Used.FigOver*over
	out.Score += Used.FigLike * shareIn(c.indicator, h.Question.Words)
	out.Score += Used.FigVerbatim * float64(verbatim)
	if c.measuresAsked(h) || verbatim > 0 && len(h.Concepts) > 0 {
		out.Score += Used.FigConcept
	}
}

// scoreName scores how well the clauses and the indicator of a figure hold term
// k, and returns how many characters of the indicator name it. by has the words
// of the indicator that named a term before.
func (h *Hits) scoreName(c candidate, k int, by map[string]bool, out *ScoredFigure) int {
	t := h.Question.Terms[k]
	for at := c.from; at <= c.to && at < len(h.Index.Text.Clauses); at++ {
		out.named[k] = max(out.named[k], Used.FigClause*h.Terms[k].Clause[int32(at)])
	}
	longest := 0
	if t.Concept != "" && t.Concept == c.figure.Concept {
		out.named[k], longest = 1, min(utf8.RuneCountInString(t.Text), utf8.RuneCountInString(c.indicator))
	}
	for _, a := range t.Alts {
		if !strings.Contains(c.indicator, a.Text) || a.Quality < 1 && by[a.Text] {
			continue
		}
		by[a.Text] = true
		out.named[k] = max(out.named[k], a.Quality)
		if a.Quality >= Used.WordItself { // it is the word itself, or what it means first
			longest = max(longest, len(a.Runes))
		} else {
			longest = max(longest, len(a.Runes)/2)
		}
	}
	return longest
}

// Units of people and of things, none of which counts the other.
var (
	peopleUnits = zh.Set("人 人次 名 位")
	thingUnits  = lists.Set("things")
)

// countsAlike reports whether what is asked for in the measure word counter may be
// counted in unit: 几家馆 in 所, 几张床 not in 处. A unit that is no measure word of
// things is another matter.
func countsAlike(counter, unit string) bool {
	asked, known := false, false
	for _, group := range lists["sameCount"] {
		a, u := strings.Contains(group, counter), strings.HasPrefix(unit, "个") || unit != "" && strings.Contains(group, string([]rune(unit)[:1]))
		if a && u {
			return true
		}
		asked, known = asked || a, known || u
	}
	return !asked || !known
}

// increment is in the name of what was added: 新增新能源汽车.
var increment = regexp.MustCompile(`^(?:新建|新设|新开|新获批|新认定|增加)|新增|净增`)

// FitKind weighs whether f is the kind of number that the question asks for.
func (h *Hits) FitKind(f corpus.Figure, score float64) (float64, string) {
	q := h.Question
	switch {
	case question.FixedUnits[q.Unit] && q.Unit == "%":
		if !Percent(f) {
			return score * Used.FigOffKind, "unit"
		}
	case question.FixedUnits[q.Unit] && !inUnit(f, q.Unit):
		return score * Used.FigOffKind, "unit"
	case thingUnits[q.Counter] && question.FixedUnits[f.Unit] && f.Unit != "%", peopleUnits[q.Counter] && f.Unit == "岁":
		return score * Used.FigOffKind, "unit" // 多少部 asks for no square metres
	case q.Unit == "" && q.Counter != "" && q.Counter != "个" && !Percent(f) && !countsAlike(q.Counter, f.Unit):
		return score * Used.FigOffKind, "unit"
	case q.Unit == "元" && f.Number >= Used.MostForOne && h.perOne:
		return score * Used.FigOffKind, "unit"
	case q.Measure == corpus.MeasureShare && !q.Amount && !q.Level && (!Percent(f) || f.Measure == corpus.MeasureGrowth),
		q.Measure == corpus.MeasureRank && f.Measure != corpus.MeasureRank:
		return score * Used.FigOffKind, "unit"
	case q.Level && q.Measure == "" && Percent(f):
		return score * Used.FigOffKind, "unit"
	}
	switch {
	case q.Stock && f.Period == "cumulative":
		score += Used.FigCounter
	case q.Stock && increment.MatchString(f.Indicator):
		score *= Used.FigIncrement
	}
	switch {
	case q.Counter == "":
	case strings.HasPrefix(f.Unit, q.Counter):
		score += Used.FigCounter
	case (thingUnits[q.Counter] || peopleUnits[q.Counter]) && Percent(f):
		score *= Used.FigOffKind
	}
	switch {
	case q.Measure == "":
		if !Percent(f) && f.Measure != corpus.MeasureRank && f.Measure != corpus.MeasureGrowth && f.Measure != corpus.MeasureChange {
			score += Used.FigLevel
		}
	case q.Measure == f.Measure, q.Measure == corpus.MeasureGrowth && Percent(f), q.Measure == corpus.MeasureShare && Percent(f) && f.Measure != corpus.MeasureGrowth:
		score += Used.FigMeasure
	default:
		score *= Used.FigOffKind
	}
	return score, ""
}

// fitTime weighs whether f is of the time that the question asks about, and
// reports whether it is of another year than the one named.
func (h *Hits) fitTime(f corpus.Figure, score float64) (float64, bool) {
	q := h.Question
	if q.Aim && f.Nature == corpus.Target {
		score += Used.FigAim
	}
	if f.Nature == corpus.Background {
		score *= Used.FigBackground
	}
	if q.Stock && !q.Aim && f.Nature == corpus.Target && len(q.Times) == 0 {
		score *= Used.FigStillAim
	}
	if q.Several && (strings.Contains(f.Period, "-") || f.Period == "cumulative" || strings.Contains(f.Indicator, "年均")) {
		score += Used.FigSeveral
	}
	if len(q.Times) == 0 {
		return score, false
	}
	time := corpus.Other
	switch f.Nature {
	case corpus.Actual:
		time = corpus.Review
	case corpus.Target:
		time = corpus.Plan
	}
	y, err := strconv.Atoi(f.Period)
	if err != nil && len(q.Years) > 0 && f.Period != "" {
		score *= Used.FigManyYears
	}
	if err == nil {
		switch {
		case y == h.Index.Report.Year:
			time = corpus.Plan
		case y <= h.Index.Report.ReviewYear():
			time = corpus.Review
		}
	}
	if q.About(time) || time == corpus.Other {
		return score, false
	}
	if len(q.Years) > 0 {
		return score * Used.FigOffTime, true
	}
	return score * Used.FigOffWording, false
}
