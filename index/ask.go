package index

import (
	"context"
	"slices"

	"jinwen/corpus"
	"jinwen/index/answer"
	"jinwen/index/check"
	"jinwen/index/position"
	"jinwen/index/question"
	"jinwen/index/rank"
	"jinwen/index/resolve"
)

// Ask answers q. Hits come best first; scores compare only within one call.
// A question that the report does not answer is no error: Status is NotFound
// and Reason says why. Ask returns ctx.Err() if ctx ends first, ErrClosed
// after Close. Safe for concurrent use.
func (ix *Index) Ask(ctx context.Context, query Query) (*answer.Answer, error) {
	return ix.ask(query, position.NewEffort(ctx))
}

// ask is Ask, and notes in work what it cost.
func (ix *Index) ask(query Query, work *position.Effort) (*answer.Answer, error) {
	if ix.closed.Load() {
		return nil, ErrClosed
	}
	ctx := work.Context()
	q := ix.read(query, work)
	if err := work.Err(); err != nil {
		return nil, err
	}
	if len(q.Parts) == 0 {
		a, err := ix.answerFollowing(ctx, q, query)
		if err == nil {
			ix.pick(a)
			ix.pickMost(a)
		}
		return a, err
	}
	whole := &answer.Answer{Report: ix.in.Report, Question: q, Status: answer.NotFound}
	for _, p := range q.Parts {
		a, err := ix.answer(ctx, p, query)
		if err != nil {
			return nil, err
		}
		whole.Parts = append(whole.Parts, a)
	}
	join(whole)
	return whole, nil
}

// join makes an answer the union of its parts, what each answers first.
func join(a *answer.Answer) {
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
		if p.Status == answer.Answered && a.Status == answer.NotFound {
			a.Status, a.Kind = answer.Answered, p.Kind
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
	for k := 0; k < used.MaxHits; k++ {
		for _, p := range a.Parts {
			if k < len(p.Hits) && !passages[p.Hits[k].Passage] {
				passages[p.Hits[k].Passage] = true
				a.Hits = append(a.Hits, p.Hits[k])
			}
		}
	}
	if a.Status == answer.Answered {
		a.Reason, a.Subject, a.Near = answer.ReasonNone, "", nil
	}
}

// answer answers a single question.
func (ix *Index) answer(ctx context.Context, q *resolve.Question, query Query) (*answer.Answer, error) {
	a := &answer.Answer{Report: ix.in.Report, Question: q, Status: answer.NotFound}
	if ix.answeredUnranked(a) {
		return a, nil
	}
	h := check.New(ix.in.Locate(q))
	candidates, err := ix.in.Candidates(ctx, h.Hits)
	if err != nil {
		return nil, err
	}
	if len(q.Verbs) > 0 && ix.listByVerb(a, query.Offset) || q.Targets && ix.listTargets(a) {
		return a, nil
	}
	ranked := h.Rank(candidates, query.Explain)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if h.Refuse(a, ranked) {
		a.Near = h.Topics(q, ranked)
		if a.Reason == answer.ReasonAbsent {
			h.Near(a, ranked, answer.Missing{Slot: answer.SlotThing, Text: a.Subject})
		}
		return a, nil
	}
	figures := h.RankFigures(ranked)
	if q.Against != "" {
		if !ix.answerAgainst(a, h, figures) {
			h.Near(a, ranked, answer.Missing{Slot: answer.SlotPlace, Text: q.Against})
		}
		return a, nil
	}
	if ix.answerRanked(a, h, ranked, figures, query.Offset) {
		h.Check(a, ranked)
	}
	return a, nil
}

// answeredUnranked answers what needs no ranking: small talk, questions for
// headings or about the report itself, those that name nothing. It reports
// whether the question is such.
func (ix *Index) answeredUnranked(a *answer.Answer) bool {
	q := a.Question
	if ix.talk(a) {
		return true
	}
	if q.Unclear() && (len(q.Times) == 0 || q.Measure != "" && len(q.Periods) == 0) {
		a.Status, a.Reason = answer.Clarify, answer.ReasonEmpty
		return true
	}
	if q.Ask == question.Outline || q.Ask == question.List && ix.listsHeadings(q) {
		if ix.outline(a); a.Status == answer.Answered {
			return true
		}
	}
	if ix.aboutReport(a) {
		return true
	}
	if len(q.Terms) > 0 || len(q.Numbers) > 0 || q.Place == "" && q.Beyond == "" && ix.in.Means(q) {
		return false
	}
	a.Reason = answer.ReasonEmpty
	switch {
	case q.Place != "":
		a.Reason, a.Subject = answer.ReasonOtherPlace, q.Place
	case q.Beyond != "":
		a.Reason, a.Subject = answer.ReasonOtherYear, q.Beyond
	}
	return true
}

// answerRanked answers with figures, or with passages, or says that the report
// does not have the number. It reports whether the answer is still to be
// checked.
func (ix *Index) answerRanked(a *answer.Answer, h check.Checker, ranked []rank.Scored, figures []rank.ScoredFigure, offset int) bool {
	q := a.Question
	direct := ix.directFigures(h, ranked, figures)
	if q.Means != "" {
		direct, ranked = nil, ix.in.ExplainedFirst(ranked, q.Means)
	}
	number := q.Ask == question.Number
	var tells []int
	if number && !strict(q) && !h.SureConcept() {
		tells = h.TellsNumber(ranked, figures)
	}
	switch {
	case len(direct) > 0 && (number || q.Ask == question.Compare || len(q.Numbers) > 0 && !h.ListsNumbered() || h.NamesFigure(direct[0])):
		ix.answerFigures(a, h, ranked, figures, direct)
	case number && !h.SureConcept() && !slices.ContainsFunc(tells, func(i int) bool { return h.CountedAsAsked(ix.in.Report.Figures[i]) }) && h.Numeral(ranked):
		ix.answerPassages(a, h, ranked, figures, offset)
	case len(tells) > 0:
		ix.answerPassages(a, h, ranked, figures, offset)
		a.Figures = ix.tellFirst(h, tells, a.Figures)
	case q.AskKept && number && !strict(q) && !h.DistrictLacks(ranked):
		ix.answerPassages(a, h, ranked, figures, offset)
	case number || q.Unit != "" && q.Ask != question.List || h.DistrictLacks(ranked):
		said := h.Worded(ranked)
		if len(said) == 0 {
			ix.answerNoNumber(a, h, ranked, figures)
			return false
		}
		ix.answerPassages(a, h, said, nil, 0)
	default:
		ix.answerPassages(a, h, ranked, figures, offset)
	}
	return true
}

// tellFirst puts those figures of the clause that tells a number first which are
// counted as asked, and the others behind those that are shown anyway.
func (ix *Index) tellFirst(h check.Checker, tells, shown []int) []int {
	var out []int
	add := func(list []int, fits func(int) bool) {
		for _, i := range list {
			if fits(i) && !slices.Contains(out, i) && len(out) < used.MaxFigures {
				out = append(out, i)
			}
		}
	}
	add(tells, func(i int) bool { return h.CountedAsAsked(ix.in.Report.Figures[i]) })
	add(shown, func(int) bool { return true })
	add(tells, func(int) bool { return true })
	return out
}

// directFigures returns the figures that answer the question itself: by their
// names, or else the only one of the kind asked for.
func (ix *Index) directFigures(h check.Checker, ranked []rank.Scored, figures []rank.ScoredFigure) []rank.ScoredFigure {
	direct := h.Direct(figures)
	if len(direct) == 0 && h.Question.Ask == question.Number && len(h.Asked) == 0 && !h.SureConcept() {
		return h.Settle(h.ByKind(ranked, figures))
	}
	return direct
}

// answerNoNumber says that the report does not have the number, and quotes what
// is nearest.
func (ix *Index) answerNoNumber(a *answer.Answer, h check.Checker, ranked []rank.Scored, figures []rank.ScoredFigure) {
	h.NoNumber(a, ranked, figures)
	a.Near = h.Topics(a.Question, ranked)
	switch a.Reason {
	case answer.ReasonOtherYear:
		h.Near(a, ranked, answer.Missing{Slot: answer.SlotPeriod, Text: a.Subject})
	case answer.ReasonNoNumber:
		a.Hits = nil
		h.Near(a, ranked, answer.Missing{Slot: answer.SlotNumber, Text: a.Subject})
	}
}

// answerFigures answers with numbers, each with its passage.
func (ix *Index) answerFigures(a *answer.Answer, h check.Checker, ranked []rank.Scored, figures, direct []rank.ScoredFigure) {
	a.Status, a.Kind = answer.Answered, answer.KindFigure
	if a.Question.Ask == question.Compare || len(direct) > 1 && a.Question.Both() {
		a.Kind = answer.KindCompare
	}
	shown := map[int]bool{}
	add := func(i int) {
		if !shown[i] && len(a.Figures) < used.MaxFigures {
			shown[i] = true
			a.Figures = append(a.Figures, i)
		}
	}
	passages := map[int]bool{}
	quote := func(i int) {
		f := ix.in.Report.Figures[i]
		if f.Passage < 0 || passages[f.Passage] {
			return
		}
		passages[f.Passage] = true
		hit := answer.Hit{Passage: f.Passage, Focus: f.Clause}
		for _, s := range ranked {
			if s.Passage == f.Passage {
				hit.Score, hit.Parts = s.Score, s.Parts
			}
		}
		a.Hits = append(a.Hits, hit)
	}
	for _, f := range direct {
		add(f.Figure)
		quote(f.Figure)
	}
	a.Direct = len(a.Figures)
	for _, f := range direct {
		if other, ok := ix.in.PairOf[f.Figure]; ok {
			add(other)
			quote(other)
		}
	}
	for _, f := range figures {
		if f.Enough && f.Score >= used.AsGood*direct[0].Score {
			add(f.Figure)
		}
	}
	if a.Question.Open() || a.Question.Ask == question.Compare {
		for _, x := range ix.in.Shown(ix.worthShowing(h, ranked), 0, 3) {
			if !passages[x.Passage] {
				passages[x.Passage] = true
				a.Hits = append(a.Hits, x)
			}
		}
	}
}

// answerPassages answers with what the report says on the matter.
func (ix *Index) answerPassages(a *answer.Answer, h check.Checker, ranked []rank.Scored, figures []rank.ScoredFigure, offset int) {
	a.Status, a.Kind = answer.Answered, answer.KindPassage
	if a.Question.Ask == question.List {
		a.Kind = answer.KindList
	}
	if a.Question.Ask == question.List && offset == 0 {
		ranked = unfold(h, ranked)
	}
	ranked = items(h, ranked)
	found := ix.worthShowing(h, ranked)
	a.Hits = ix.in.Shown(found, offset, used.MaxHits)
	if a.Question.Open() && len(a.Question.Times) == 0 && ix.spans(a.Hits) {
		a.Kind = answer.KindTopic
	}
	a.More = max(0, len(found)-offset-len(a.Hits))
	for _, x := range a.Hits {
		for _, f := range figures {
			if ix.in.Report.Figures[f.Figure].Passage == x.Passage && f.Blocked == "" && f.Coverage >= rank.Used.EnoughFigure && !h.Becomes(f.Figure) && len(a.Figures) < used.MaxFigures {
				a.Figures = append(a.Figures, f.Figure)
			}
		}
		for _, c := range ix.promises[x.Passage] {
			if ix.in.Report.Commitments[c].Overlaps(x.Focus) {
				a.Commitments = append(a.Commitments, c)
			}
		}
	}
}

// spans reports whether hits come from both review and plan.
func (ix *Index) spans(hits []answer.Hit) bool {
	at := func(t corpus.Time) bool {
		return slices.ContainsFunc(hits, func(h answer.Hit) bool { return ix.in.Report.Passages[h.Passage].Time == t })
	}
	return at(corpus.Review) && at(corpus.Plan)
}

// worthShowing returns, best first, the passages that are about as good as the
// best one and about the same thing.
func (ix *Index) worthShowing(h check.Checker, ranked []rank.Scored) []rank.Scored {
	if len(ranked) == 0 {
		return nil
	}
	good := used.AsGood * ranked[0].Score
	if h.Question.Ask == question.List {
		good = used.AsGoodList * ranked[0].Score
	}
	out := ranked[:1:1]
	section := func(s rank.Scored) int { return ix.in.Report.Passages[s.Passage].Section }
	district := !h.LacksDistrict(ranked[0].Passage, section(ranked[0]))
	for _, s := range ranked[1:] {
		if district && h.LacksDistrict(s.Passage, section(s)) {
			continue // beside what is said of a district the city's number would read as its own
		}
		if ranked[0].Coverage >= used.Whole && s.Coverage < used.Some {
			continue
		}
		if s.Score >= good {
			out = append(out, s)
		}
	}
	return out
}
