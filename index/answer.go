package index

import (
	"context"
	"regexp"
	"slices"

	"jinwen/corpus"
)

// A question is answered if the report holds enough of its telling words in
// one place. The measure is a share of the question's own weight, so that it
// means the same for short and long questions; raw scores would not.
const (
	enough       = 0.4  // of the weight, for a passage to answer
	enoughFigure = 0.5  // of the weight, for a figure to answer
	asGood       = 0.62 // of the best score, for a further passage to be shown
	asGoodList   = 0.5  // the same, where a list is asked for
	newTerm      = 0.3  // of the weight, for a further figure to be asked for too
)

// Most hits in one answer.
const (
	maxHits    = 8
	maxFigures = 12
)

// Ask answers q. Hits come best first; scores compare only within one call.
// A question that the report does not answer is no error: Status is NotFound
// and Reason says why. Ask returns ctx.Err() if ctx ends first, ErrClosed
// after Close. Safe for concurrent use.
func (ix *Index) Ask(ctx context.Context, query Query) (*Answer, error) {
	if ix.closed.Load() {
		return nil, ErrClosed
	}
	q := ix.read(query)
	if len(q.Parts) == 0 {
		return ix.answer(ctx, q, query)
	}
	whole := &Answer{Report: ix.report, Question: q, Status: NotFound}
	for _, p := range q.Parts {
		a, err := ix.answer(ctx, p, query)
		if err != nil {
			return nil, err
		}
		whole.Parts = append(whole.Parts, a)
	}
	whole.join()
	return whole, nil
}

// join makes an answer the union of its parts, what each answers first.
func (a *Answer) join() {
	figures := map[int]bool{}
	passages := map[int]bool{}
	addFigures := func(list []int) {
		for _, f := range list {
			if !figures[f] {
				figures[f] = true
				a.Figures = append(a.Figures, f)
			}
		}
	}
	for i, p := range a.Parts {
		if p.Status == Answered && a.Status == NotFound {
			a.Status, a.Kind = Answered, p.Kind
		}
		if i == 0 {
			a.Reason, a.Subject, a.Near = p.Reason, p.Subject, p.Near
		}
		addFigures(p.Figures[:p.Direct])
		a.Commitments = append(a.Commitments, p.Commitments...)
		a.Sections = append(a.Sections, p.Sections...)
	}
	a.Direct = len(a.Figures)
	for _, p := range a.Parts {
		addFigures(p.Figures)
	}
	// Turn and turn about: the best hit of every part comes before the second
	// of any.
	for k := 0; k < maxHits; k++ {
		for _, p := range a.Parts {
			if k < len(p.Hits) && !passages[p.Hits[k].Passage] {
				passages[p.Hits[k].Passage] = true
				a.Hits = append(a.Hits, p.Hits[k])
			}
		}
	}
	if a.Status == Answered {
		a.Reason, a.Subject, a.Near = ReasonNone, "", nil
	}
}

// answer answers a single question.
func (ix *Index) answer(ctx context.Context, q *Question, query Query) (*Answer, error) {
	a := &Answer{Report: ix.report, Question: q, Status: NotFound}
	if q.Chat && len(q.Terms) == 0 {
		a.Reason = ReasonSmallTalk
		return a, nil
	}
	if q.Ask == AskOutline {
		if ix.outline(a); a.Status == Answered {
			return a, nil
		}
	}
	if len(q.Terms) == 0 && len(q.Numbers) == 0 {
		a.Reason = ReasonEmpty
		if q.Beyond != "" {
			a.Reason, a.Subject = ReasonOtherYear, q.Beyond
		}
		return a, nil
	}
	candidates, err := ix.candidates(ctx, q)
	if err != nil {
		return nil, err
	}
	h := ix.locate(q)
	h.addRare(candidates)
	ranked := h.rank(candidates, query.Explain)
	if ix.refuse(a, h, ranked) {
		a.Near = ix.near(ranked)
		return a, nil
	}
	figures := h.rankFigures(ranked)
	direct := h.direct(figures)
	switch {
	case len(direct) > 0 && (q.Ask == AskNumber || q.Ask == AskCompare || len(q.Numbers) > 0 || ix.namesFigure(h, direct[0])):
		ix.answerFigures(a, h, ranked, figures, direct)
	case q.Ask == AskNumber && ix.numeral(q, ranked):
		ix.answerPassages(a, h, ranked, figures, query.Offset)
	case (q.Ask == AskNumber || q.Unit != "" && q.Ask != AskList) && ix.noNumber(a, h, figures):
		a.Near = ix.near(ranked)
		a.Hits = ix.hits(h, ranked, 0, 1)
	default:
		ix.answerPassages(a, h, ranked, figures, query.Offset)
	}
	return a, nil
}

// refuse decides whether the report has nothing on the question, and says why.
func (ix *Index) refuse(a *Answer, h *hits, ranked []scored) bool {
	q := a.Question
	switch {
	case q.Beyond != "" && len(q.Years) == 0 && !ix.text.has([]rune(q.Beyond)):
		a.Reason, a.Subject = ReasonOtherYear, q.Beyond
	case q.Place != "" && !ix.placeMatches(h, ranked):
		a.Reason, a.Subject = ReasonOtherPlace, q.Place
	case len(q.Numbers) > 0 && len(ix.figuresOf(q.Numbers[0])) == 0 && h.weight < 0.5:
		a.Reason, a.Subject = ReasonAbsent, q.Numbers[0].Text
	case len(ix.asked(q)) > 0:
		return false
	case q.Ask == AskNumber && len(q.Times) == 1 && q.Times[0] == corpus.Review && len(q.Years) > 0 && q.Aim && namesAim.MatchString(foldKeepSpace(q.Text)):
		// A report gives the targets of the year to come, not those once set
		// for the year under review.
		a.Reason, a.Subject = ReasonOtherYear, itoa(q.Years[0])
	case slices.ContainsFunc(q.Terms, func(t Term) bool { return t.name }):
		a.Reason, a.Subject = ReasonAbsent, unknown(q)
	case len(ranked) == 0 || bestCoverage(ranked) < enough:
		a.Reason, a.Subject = ReasonAbsent, unknown(q)
	default:
		return false
	}
	return true
}

func bestCoverage(ranked []scored) float64 {
	best := 0.0
	for _, s := range ranked {
		best = max(best, s.coverage)
	}
	return best
}

// unknown is the weightiest word of q that the report does not have, or else
// its weightiest word.
func unknown(q *Question) string {
	best, weight := "", -1.0
	for _, t := range q.Terms {
		w := t.Weight
		if !t.Known {
			w += 10
		}
		if w > weight {
			best, weight = t.Text, w
		}
	}
	return best
}

// placeMatches reports whether the best passage names the place asked about.
func (ix *Index) placeMatches(h *hits, ranked []scored) bool {
	place := []rune(h.q.Place)
	if len(ranked) == 0 {
		return false
	}
	for _, pos := range ix.text.find(place) {
		if ix.text.clauses[ix.text.at[pos]].passage == int32(ranked[0].passage) {
			return true
		}
	}
	return false
}

// direct picks the figures that answer the question itself: the best one; for
// every further time asked about its best; for every further thing asked
// about, which the figures so far do not name, its best.
func (h *hits) direct(figures []scoredFigure) []scoredFigure {
	var out []scoredFigure
	times := h.q.Times
	if !h.q.both() || len(h.ix.asked(h.q)) > 0 {
		times = nil
	}
	if len(times) == 0 {
		return h.directOf(figures, func(corpus.Figure) bool { return true })
	}
	if pair := h.directPair(figures); pair != nil {
		return pair
	}
	for _, t := range times {
		out = append(out, h.directOf(figures, func(f corpus.Figure) bool {
			switch f.Nature {
			case corpus.Actual:
				return t == corpus.Review
			case corpus.Target:
				return t == corpus.Plan
			}
			return true
		})...)
	}
	return out
}

// directPair returns the figure that answers best with its counterpart of the
// other year, if there is one and the question names no second thing.
func (h *hits) directPair(figures []scoredFigure) []scoredFigure {
	of := h.directOf(figures, func(corpus.Figure) bool { return true })
	if len(of) == 0 {
		return nil
	}
	var out []scoredFigure
	used := map[int]bool{}
	for _, f := range of {
		if used[f.figure] {
			continue
		}
		other, ok := h.ix.pairOf[f.figure]
		if !ok {
			return nil
		}
		g := scoredFigure{figure: other, score: f.score, coverage: f.coverage}
		if h.ix.report.Figures[f.figure].Nature == corpus.Target {
			f, g = g, f
		}
		used[f.figure], used[g.figure] = true, true
		out = append(out, f, g)
	}
	return out
}

func (h *hits) directOf(figures []scoredFigure, fits func(corpus.Figure) bool) []scoredFigure {
	const most = 6
	var out []scoredFigure
	covered := make([]bool, len(h.q.Terms))
	// Figures asked about by their number are the answer, all of them.
	for _, f := range figures {
		if f.asked && len(out) < most {
			out = append(out, f)
		}
	}
	if len(out) > 0 {
		return out
	}
	for len(out) < most {
		best, bestScore := -1, 0.0
		for k, f := range figures {
			if f.blocked != "" || f.coverage < enoughFigure || !fits(h.ix.report.Figures[f.figure]) || slices.ContainsFunc(out, func(x scoredFigure) bool { return x.figure == f.figure }) {
				continue
			}
			score := f.score
			if len(out) > 0 {
				gain := 0.0
				for i, t := range h.q.Terms {
					if !covered[i] && f.named[i] >= 0.6 {
						gain += t.Weight
					}
				}
				if gain < newTerm*h.scale() && !(h.q.Each && f.score >= 0.85*out[0].score) {
					continue
				}
				score = gain + f.score/10
			}
			if score > bestScore {
				best, bestScore = k, score
			}
		}
		if best < 0 {
			break
		}
		out = append(out, figures[best])
		for i, x := range figures[best].named {
			covered[i] = covered[i] || x >= 0.6
		}
	}
	return out
}

// namesFigure reports whether the question, though it asks for no number,
// names an indicator and little else: 民营经济税收增幅.
func (ix *Index) namesFigure(h *hits, f scoredFigure) bool {
	if h.q.Ask != AskAny || h.weight == 0 {
		return false
	}
	named := 0.0
	for i, t := range h.q.Terms {
		named += t.Weight * f.named[i]
	}
	return named/h.weight >= 0.8 && f.score-f.coverage >= figPrecise*0.6
}

// numerals are numbers that are no figures: 二十一连丰, 第五次, 75周年.
var numerals = regexp.MustCompile(`[0-9]|[一二三四五六七八九十百]{2}|第[一二三四五六七八九十]|[一二三四五六七八九十][^，。]{0,2}[年轮届期次]|[“][一二三四五六七八九]`)

// numeral reports whether the best passage answers a question for a number by
// a numeral that is no figure.
func (ix *Index) numeral(q *Question, ranked []scored) bool {
	const sure = 0.8
	if hardUnit[q.Unit] || q.Level || q.Measure == corpus.MeasureGrowth || q.Measure == corpus.MeasureShare || len(ranked) == 0 {
		return false
	}
	best := ranked[0]
	return best.focus >= 0 && q.about(ix.report.Passages[best.passage].Time) && best.coverage >= sure && numerals.MatchString(ix.report.Quote(ix.text.clauses[best.focus].Span))
}

// noNumber says that the report has the matter but not the number.
func (ix *Index) noNumber(a *Answer, h *hits, figures []scoredFigure) bool {
	q := a.Question
	a.Reason = ReasonNoNumber
	for _, f := range figures {
		if f.blocked == "year" && f.coverage >= enoughFigure {
			a.Reason = ReasonOtherYear
			for _, y := range q.Years {
				a.Subject = itoa(y)
			}
			return true
		}
	}
	a.Subject = heaviest(q)
	return true
}

func heaviest(q *Question) string {
	best, weight := "", -1.0
	for _, t := range q.Terms {
		if t.Weight > weight {
			best, weight = t.Text, t.Weight
		}
	}
	return best
}

// answerFigures answers with numbers, each with its passage.
func (ix *Index) answerFigures(a *Answer, h *hits, ranked []scored, figures, direct []scoredFigure) {
	a.Status, a.Kind = Answered, KindFigure
	if a.Question.Ask == AskCompare || len(direct) > 1 && a.Question.both() {
		a.Kind = KindCompare
	}
	shown := map[int]bool{}
	add := func(i int) {
		if !shown[i] && len(a.Figures) < maxFigures {
			shown[i] = true
			a.Figures = append(a.Figures, i)
		}
	}
	passages := map[int]bool{}
	quote := func(i int) {
		f := ix.report.Figures[i]
		if f.Passage < 0 || passages[f.Passage] {
			return
		}
		passages[f.Passage] = true
		hit := Hit{Passage: f.Passage, Focus: f.Clause}
		for _, s := range ranked {
			if s.passage == f.Passage {
				hit.Score, hit.Parts = s.score, s.parts
			}
		}
		a.Hits = append(a.Hits, hit)
	}
	for _, f := range direct {
		add(f.figure)
		quote(f.figure)
	}
	a.Direct = len(a.Figures)
	for _, f := range direct {
		if other, ok := ix.pairOf[f.figure]; ok {
			add(other)
			quote(other)
		}
	}
	for _, f := range figures {
		if f.coverage >= enoughFigure && f.score >= asGood*direct[0].score {
			add(f.figure)
		}
	}
	if a.Question.Ask == AskAny || a.Question.Ask == AskCompare {
		for _, x := range ix.hits(h, ranked, 0, 3) {
			if !passages[x.Passage] {
				passages[x.Passage] = true
				a.Hits = append(a.Hits, x)
			}
		}
	}
}

// answerPassages answers with what the report says on the matter.
func (ix *Index) answerPassages(a *Answer, h *hits, ranked []scored, figures []scoredFigure, offset int) {
	a.Status, a.Kind = Answered, KindPassage
	if a.Question.Ask == AskList {
		a.Kind = KindList
	}
	if a.Question.Ask == AskList && offset == 0 {
		ranked = h.unfold(ranked)
	}
	a.Hits = ix.hits(h, ranked, offset, maxHits)
	a.More = max(0, ix.countGood(h, ranked)-offset-len(a.Hits))
	for _, x := range a.Hits {
		for _, f := range figures {
			if ix.report.Figures[f.figure].Passage == x.Passage && f.blocked == "" && f.coverage >= enoughFigure && len(a.Figures) < maxFigures {
				a.Figures = append(a.Figures, f.figure)
			}
		}
		for _, c := range ix.promises[x.Passage] {
			if ix.report.Commitments[c].Overlaps(x.Focus) {
				a.Commitments = append(a.Commitments, c)
			}
		}
	}
}

// good is the score from which a passage is shown.
func (ix *Index) good(h *hits, ranked []scored) float64 {
	if len(ranked) == 0 {
		return 0
	}
	share := asGood
	if h.q.Ask == AskList {
		share = asGoodList
	}
	return share * ranked[0].score
}

func (ix *Index) countGood(h *hits, ranked []scored) int {
	n, good := 0, ix.good(h, ranked)
	for _, s := range ranked {
		if s.score >= good {
			n++
		}
	}
	return n
}

// hits returns up to limit of the passages that are about as good as the best.
func (ix *Index) hits(h *hits, ranked []scored, offset, limit int) []Hit {
	good := ix.good(h, ranked)
	var out []Hit
	for k, s := range ranked {
		if k < offset {
			continue
		}
		if s.score < good || len(out) == limit {
			break
		}
		hit := Hit{Passage: s.passage, Focus: ix.report.Passages[s.passage].Span, Score: s.score, Parts: s.parts}
		if s.focus >= 0 {
			hit.Focus = ix.text.clauses[s.focus].Span
		}
		out = append(out, hit)
	}
	return out
}

// near are the sections of the best passages, the nearest to what was asked.
func (ix *Index) near(ranked []scored) []int {
	var out []int
	for _, s := range ranked {
		if sec := ix.report.Passages[s.passage].Section; sec >= 0 && !slices.Contains(out, sec) {
			out = append(out, sec)
		}
		if len(out) == 3 {
			break
		}
	}
	return out
}
