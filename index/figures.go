package index

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
)

// What a term is worth to a figure by where it stands.
const (
	figClause  = 0.85 // in the figure's clause, not in its indicator
	figPassage = 0.55 // elsewhere in the passage
	figSibling = 0.4  // in its clause, but as the name of another figure
	figHeading = 0.5  // in a heading above
)

// Addends and factors on a figure's score.
const (
	figPrecise    = 0.25 // of the share of the indicator that the question names
	figOver       = 0.3  // of what it holds of a long question beyond all that is needed
	figMeasure    = 0.15 // it is the kind of number asked for
	figLevel      = 0.05 // an amount, where no kind was asked for
	figAim        = 0.1  // a target, where one was asked for
	figCounter    = 0.1  // it counts in the measure word of the question
	figConcept    = 0.15 // it measures the very indicator asked for, by whatever name
	figVerbatim   = 0.03 // for every character of its whole name that stands in the question (地方财政赤字 before 财政赤字)
	mostVerbatim  = 8    // characters that count
	figStillAim   = 0.85 // it is a target, where what there is now was asked for
	figNumber     = 1.0  // it is the very number asked about
	figOffKind    = 0.7  // it is another kind of number than asked for
	figOffWording = 0.85 // it is of another time than the wording points to
	figManyYears  = 0.9  // it is of several years, where one is named
	figIncrement  = 0.8  // it is what was added, where all there is was asked for
	figNoConcept  = 0.75 // it measures no indicator, where one is asked for that the report has
	figRound      = 0.85 // it is a bound, and the number itself stands behind it
	figBackground = 0.95 // it is what a result is told against (由3.1%提高到3.3%)
	figOffTime    = 0.7  // it is of another year than the one named
)

// A scoredFigure is a figure with how well it answers.
type scoredFigure struct {
	figure    int
	score     float64
	coverage  float64   // share of the question's weight that indicator and surroundings hold
	named     []float64 // by term: how well the indicator or clause holds it
	blocked   string    // why it can not be the answer though it matches: "year", "unit", "term"; "" if it can
	otherYear bool      // it is of another year than the one named, whatever else blocks it
	enough    bool      // it holds enough of the question to answer
	asked     bool      // it is the very number that the question asks about
}

// figuresOf returns the figures that are the number n.
func (ix *Index) figuresOf(n Number) []int {
	var out []int
	for i, f := range ix.report.Figures {
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
func (ix *Index) asked(q *Question) []int {
	if q.Measure != "" || len(q.Numbers) == 0 {
		return nil
	}
	const (
		least   = 0.3
		telling = 0.5
	)
	best := 0.0 // how well the question names some indicator
	for _, x := range ix.indicators {
		best = max(best, q.namedBy(x, least))
	}
	var out []int
	for _, n := range q.Numbers {
		for _, i := range ix.figuresOf(n) {
			if best < telling || q.namedBy(ix.indicators[i], least) >= best {
				out = append(out, i)
			}
		}
	}
	return out
}

// namedBy is the weight of those of q's terms of at least some weight that an
// indicator holds, or is sure to mean.
func (q *Question) namedBy(indicator string, least float64) float64 {
	sum := 0.0
	for _, t := range q.Terms {
		if t.Known && t.Weight >= least && slices.ContainsFunc(t.Alts, func(a Alt) bool { return a.Quality > sureMeaning && strings.Contains(indicator, a.Text) }) {
			sum += t.Weight
		}
	}
	return sum
}

// rankFigures scores the figures of the ranked passages, best first.
func (h *hits) rankFigures(ranked []scored) []scoredFigure {
	number := map[int]bool{}
	for _, i := range h.asked {
		number[i] = true
	}
	var out []scoredFigure
	for k, s := range ranked {
		for _, i := range h.ix.figures[s.passage] {
			f := h.scoreFigure(i, number[i])
			f.enough = f.coverage >= h.enoughFor(i) || k == 0 && f.coverage >= enough
			out = append(out, f)
		}
	}
	seen := make(map[int]bool, len(ranked))
	for _, s := range ranked {
		seen[s.passage] = true
	}
	for _, i := range h.conceptFigures(seen) {
		f := h.scoreFigure(i, number[i])
		f.enough = f.coverage >= h.enoughFor(i)
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b scoredFigure) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.figure, b.figure))
	})
	return out
}

// enoughFor is the coverage from which figure i may answer: less where it
// measures the very indicator, or is of the very kind, that is asked for.
func (h *hits) enoughFor(i int) float64 {
	f := h.ix.report.Figures[i]
	switch {
	case f.Concept != "" && h.concepts[f.Concept]:
		return enoughConcept
	case h.q.Measure != "" && h.q.Measure != corpus.MeasureGrowth && h.q.Measure == f.Measure, h.q.Unit != "" && hardUnit[h.q.Unit] && strings.HasSuffix(f.Unit, h.q.Unit):
		return enoughKind
	}
	return enoughFigure
}

// sureFigure is the coverage from which a figure answers even without the
// heaviest word of the question.
const (
	sureFigure = 0.52
	sureAlone  = 0.7  // where one word tells most and is missing
	leastNamed = 0.25 // of the question that indicator or clause must hold
	leastAsked = 0.25 // weight of the question's words: 人 alone is in too many clauses
)

// nameShare is the share of the question that a figure's indicator and clause hold.
func (h *hits) nameShare(named []float64) float64 {
	sum := 0.0
	for k, t := range h.q.Terms {
		sum += t.Weight * named[k]
	}
	if h.weight == 0 {
		return 0
	}
	return sum / h.scale()
}

func (h *hits) scoreFigure(i int, number bool) scoredFigure {
	r, q := h.ix.report, h.q
	f := r.Figures[i]
	out := scoredFigure{figure: i, named: make([]float64, len(q.Terms))}
	indicator := h.ix.indicators[i]
	section := r.Passages[f.Passage].Section
	from, to := h.ix.text.clauseOf(f.Clause.Start), h.ix.text.clauseOf(f.Start)
	q.work.add(1 + len(q.Terms))
	named := 0
	by := make(map[string]bool) // words of the indicator that name a term
	for k, t := range q.Terms {
		x := max(figPassage*h.terms[k].passage[int32(f.Passage)], figHeading*h.inHeadings(k, section))
		if x == 0 {
			continue
		}
		for c := from; c <= to && c < len(h.ix.text.clauses); c++ {
			out.named[k] = max(out.named[k], figClause*h.terms[k].clause[int32(c)])
		}
		longest := 0
		if t.concept != "" && t.concept == f.Concept {
			out.named[k], longest = 1, min(len([]rune(t.Text)), utf8.RuneCountInString(indicator))
		}
		for _, a := range t.Alts {
			if strings.Contains(indicator, a.Text) && !(a.Quality < 1 && by[a.Text]) {
				by[a.Text] = true
				out.named[k] = max(out.named[k], a.Quality)
				if a.Quality >= 0.9 { // it is the word itself, or what it means first
					longest = max(longest, len(a.runes))
				} else {
					longest = max(longest, len(a.runes)/2)
				}
			}
		}
		if longest == 0 && out.named[k] > figSibling && h.namesSibling(i, t) {
			out.named[k] = figSibling
		}
		named += longest
		out.coverage += t.Weight * max(x, out.named[k])
	}
	over := 0.0 // what it holds beyond all that is needed
	if h.weight > 0 {
		all := out.coverage / h.scale()
		out.coverage = min(1, all)
		over = all - out.coverage
	}
	precision := 0.0
	if n := utf8.RuneCountInString(indicator); n > 0 {
		precision = min(1, float64(named)/float64(n))
	}
	verbatim := q.verbatim(indicator)
	if verbatim > 0 {
		precision = 1
	}
	out.score = out.coverage + figPrecise*precision*out.coverage + figOver*over
	out.score += figVerbatim * float64(min(verbatim, mostVerbatim))
	if f.Concept != "" && h.concepts[f.Concept] || verbatim > 0 && len(h.concepts) > 0 {
		out.score += figConcept
	}
	if number {
		out.score, out.coverage, out.asked = out.score+figNumber, 1, true
		return out
	}
	// What the question is most about must stand with the figure: without it
	// 产量 of one thing would answer for another.
	switch heavy, held := h.heavy(f.Passage, section); {
	case f.Concept != "" && h.concepts[f.Concept]: // it measures what is asked for
	case heavy == 1 && held == 0 && out.coverage < sureAlone,
		heavy == 2 && held < 2 && out.coverage < sureFigure,
		heavy > 2 && held == 0 && out.coverage < sureFigure:
		out.blocked = "term"
	}
	if h.weight < leastAsked {
		out.blocked = "term" // any number would do
	}
	if h.lacksDistrict(f.Passage, section) {
		out.blocked = "term" // the city's number is not its district's
	}
	if h.placeOnly(f.Passage, section) {
		out.blocked = "term" // some number of the place is not the one asked for
	}
	if q.Beyond != "" && len(q.Years) == 0 && f.Period != q.Beyond && !strings.Contains(r.Quote(f.Clause), q.Beyond) {
		out.blocked, out.otherYear = "year", true
	}
	if f.Concept != "" && h.concepts[f.Concept] && (h.lacksNamedPlace(f.Passage, section) || h.otherDistrict(from, to, section)) {
		out.blocked = "term" // the city's number is not its county's
	}
	if r.Passages[f.Passage].Zone == corpus.ZoneGlossary {
		out.blocked = "term" // it explains a word
	}
	if h.otherScope(f) {
		out.blocked = "term" // 武汉都市圈 is not 武汉
	}
	if f.Concept == "" && h.sureConcept() {
		out.score *= figNoConcept
	}
	if h.otherConcept(i) {
		out.blocked = "concept"
	}
	if f.Bound == corpus.BoundOver && h.toldExactly(i) {
		out.score *= figRound // 突破4000亿元、达到4211亿元: the second is the number
	}
	if h.opposes(indicator) {
		out.blocked = "term" // the income is not the expense
	}
	if h.nameShare(out.named) < leastNamed {
		out.blocked = "term" // it stands beside what is asked about, and measures something else
	}
	blocked := ""
	if out.score, blocked = h.fitKind(f, out.score); out.blocked == "" {
		out.blocked = blocked
	}
	var other bool
	if out.score, other = h.fitTime(f, out.score); other {
		out.otherYear = true
		if out.blocked == "" {
			out.blocked = "year"
		}
	}
	return out
}

// toldExactly reports whether the number that figure i bounds stands behind it.
func (h *hits) toldExactly(i int) bool {
	figures := h.ix.report.Figures
	f := figures[i]
	for k := i + 1; k < min(len(figures), i+3); k++ {
		g := figures[k]
		if g.Passage == f.Passage && g.Concept == f.Concept && g.Unit == f.Unit && g.Period == f.Period && g.Bound != corpus.BoundOver && g.Number >= f.Number && g.Start-f.End <= exactGap &&
			(f.Concept != "" || g.Indicator == f.Indicator) {
			return true
		}
	}
	return false
}

// exactGap is how far behind its bound a number stands at most, in code points.
const exactGap = 8

// opposes reports whether an indicator is the opposite of the one asked for.
func (h *hits) opposes(indicator string) bool {
	return slices.ContainsFunc(h.opposed, func(w string) bool {
		return strings.Contains(indicator, w) && !slices.ContainsFunc(opposites, func(set []string) bool {
			// One that names both is of both: 城市和农村低保.
			return slices.Contains(set, w) && slices.ContainsFunc(set, func(x string) bool { return x != w && strings.Contains(indicator, x) })
		})
	})
}

// Units of people and of things, none of which counts the other.
var (
	peopleUnits = wordSet("人 人次 名 位")
	thingUnits  = wordSet("家 所 座 条 项 台 辆 套 张 处 栋 间 部 班 站 架 艘")
)

// increment is in the name of what was added: 新增新能源汽车.
var increment = regexp.MustCompile(`^(?:新建|新设|新开|新获批|新认定|增加)|新增|净增`)

// namesSibling reports whether t names another figure of the same clause: of
// 新增义务教育学位2万个、普通高中学位1万个 普通高中 names the second only.
func (h *hits) namesSibling(i int, t Term) bool {
	figures := h.ix.report.Figures
	for k := max(0, i-4); k < min(len(figures), i+5); k++ {
		if k == i || !figures[k].Clause.Overlaps(figures[i].Clause) {
			continue
		}
		for _, a := range t.Alts {
			if strings.Contains(h.ix.indicators[k], a.Text) {
				return true
			}
		}
	}
	return false
}

// fitKind weighs whether f is the kind of number that the question asks for.
func (h *hits) fitKind(f corpus.Figure, score float64) (float64, string) {
	q := h.q
	switch {
	case hardUnit[q.Unit] && q.Unit == "%":
		if !percent(f) {
			return score * figOffKind, "unit"
		}
	case hardUnit[q.Unit] && !inUnit(f, q.Unit):
		return score * figOffKind, "unit"
	case q.Unit == "元" && f.Number >= mostForOne && perOne.MatchString(q.Words):
		return score * figOffKind, "unit"
	case q.Measure == corpus.MeasureShare && !q.Amount && !q.Level && !percent(f):
		return score * figOffKind, "unit"
	case q.Level && q.Measure == "" && percent(f):
		return score * figOffKind, "unit"
	}
	switch {
	case q.Stock && f.Period == "cumulative":
		score += figCounter
	case q.Stock && increment.MatchString(f.Indicator):
		score *= figIncrement
	}
	switch {
	case q.Counter == "":
	case strings.HasPrefix(f.Unit, q.Counter):
		score += figCounter
	case (thingUnits[q.Counter] || peopleUnits[q.Counter]) && percent(f):
		score *= figOffKind
	case thingUnits[q.Counter] && peopleUnits[f.Unit], peopleUnits[q.Counter] && thingUnits[f.Unit]:
		score *= figOffKind // 多少家 asks for no people, 多少人 for no things
	}
	switch {
	case q.Measure == "":
		if !percent(f) && f.Measure != corpus.MeasureRank && f.Measure != corpus.MeasureGrowth && f.Measure != corpus.MeasureChange {
			score += figLevel
		}
	case q.Measure == f.Measure, q.Measure == corpus.MeasureGrowth && percent(f), q.Measure == corpus.MeasureShare && percent(f) && f.Measure != corpus.MeasureGrowth:
		score += figMeasure
	default:
		score *= figOffKind
	}
	return score, ""
}

// fitTime weighs whether f is of the time that the question asks about, and
// reports whether it is of another year than the one named.
func (h *hits) fitTime(f corpus.Figure, score float64) (float64, bool) {
	q := h.q
	if q.Aim && f.Nature == corpus.Target {
		score += figAim
	}
	if f.Nature == corpus.Background {
		score *= figBackground
	}
	if q.Stock && !q.Aim && f.Nature == corpus.Target && len(q.Times) == 0 {
		score *= figStillAim
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
		score *= figManyYears
	}
	if err == nil {
		switch {
		case y == h.ix.report.Year:
			time = corpus.Plan
		case y <= h.ix.report.ReviewYear():
			time = corpus.Review
		}
	}
	if q.about(time) || time == corpus.Other {
		return score, false
	}
	if len(q.Years) > 0 {
		return score * figOffTime, true
	}
	return score * figOffWording, false
}

// hardUnit are the units that no other can stand for; a count of things may be
// asked in one measure word and given in another (几家, 12所).
var hardUnit = wordSet("公里 亩 平方米 吨 元 % 人 人次 微克 标准箱 岁")
