package index

import (
	"context"
	"jinwen/corpus"
	"jinwen/index/question"
	"slices"
)

// A question is answered if the report holds enough of its telling words in
// one place. The measure is a share of the question's own weight, so that it
// means the same for short and long questions; raw scores would not.
const (
	enough        = 0.4  // of the weight, for a passage to answer
	enoughFigure  = 0.5  // of the weight, for a figure to answer; one of the best passage needs no more than that
	enoughConcept = 0.3  // for a figure of the indicator asked for
	enoughKind    = 0.42 // for a figure of the kind asked for: a share, kilometres
	asGood        = 0.62 // of the best score, for a further passage to be shown
	asGoodList    = 0.5  // the same, where a list is asked for
	newTerm       = 0.3  // of the weight, for a further figure to be asked for too
)

// Most hits in one answer.
const (
	maxHits    = 12
	maxFigures = 12
)

// Ask answers q. Hits come best first; scores compare only within one call.
// A question that the report does not answer is no error: Status is NotFound
// and Reason says why. Ask returns ctx.Err() if ctx ends first, ErrClosed
// after Close. Safe for concurrent use.
func (ix *Index) Ask(ctx context.Context, query Query) (*Answer, error) {
	return ix.ask(query, &effort{ctx: ctx})
}

// ask is Ask, and notes in work what it cost.
func (ix *Index) ask(query Query, work *effort) (*Answer, error) {
	if ix.closed.Load() {
		return nil, ErrClosed
	}
	ctx := work.ctx
	q := ix.read(query, work)
	for _, p := range append(q.Parts, q) {
		p.work = work
	}
	if err := work.err(); err != nil {
		return nil, err
	}
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
	if ix.talk(a) {
		return a, nil
	}
	if q.Unclear() && len(q.Times) == 0 {
		a.Status, a.Reason = Clarify, ReasonEmpty
		return a, nil
	}
	if q.Ask == question.Outline || q.Ask == question.List && ix.listsHeadings(q) {
		if ix.outline(a); a.Status == Answered {
			return a, nil
		}
	}
	if ix.aboutReport(a) {
		return a, nil
	}
	if len(q.Terms) == 0 && len(q.Numbers) == 0 {
		a.Reason = ReasonEmpty
		switch {
		case q.Place != "":
			a.Reason, a.Subject = ReasonOtherPlace, q.Place
		case q.Beyond != "":
			a.Reason, a.Subject = ReasonOtherYear, q.Beyond
		}
		return a, nil
	}
	h := ix.locate(q)
	candidates, err := ix.candidates(ctx, h)
	if err != nil {
		return nil, err
	}
	ranked := h.rank(candidates, query.Explain)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h.told = h.toldFigure(ranked)
	if ix.refuse(a, h, ranked) {
		a.Near = ix.near(q, ranked)
		if a.Reason == ReasonAbsent {
			h.near(a, ranked, Missing{SlotThing, a.Subject})
		}
		return a, nil
	}
	figures := h.rankFigures(ranked)
	direct := h.direct(figures)
	switch {
	case len(direct) > 0:
		h.told = -1
	case h.told >= 0:
		direct = []scoredFigure{h.scoreFigure(h.told, false)}
	case q.Ask == question.Number && len(h.asked) == 0 && !h.sureConcept():
		direct = h.byKind(ranked, figures)
	}
	var tells []int
	if q.Ask == question.Number && !h.sureConcept() {
		tells = ix.tellsNumber(h, ranked, figures)
	}
	switch {
	case len(direct) > 0 && (q.Ask == question.Number || q.Ask == question.Compare || len(q.Numbers) > 0 && !h.listsNumbered() || ix.namesFigure(h, direct[0])):
		ix.answerFigures(a, h, ranked, figures, direct)
	case q.Ask == question.Number && !h.sureConcept() && ix.numeral(h, ranked):
		ix.answerPassages(a, h, ranked, figures, query.Offset)
	case len(tells) > 0:
		ix.answerPassages(a, h, ranked, figures, query.Offset)
		for _, f := range tells {
			if !slices.Contains(a.Figures, f) && len(a.Figures) < maxFigures {
				a.Figures = append(a.Figures, f)
			}
		}
	case q.AskKept && q.Ask == question.Number && !h.districtLacks(ranked):
		ix.answerPassages(a, h, ranked, figures, query.Offset)
	case q.Ask == question.Number || q.Unit != "" && q.Ask != question.List || h.districtLacks(ranked):
		if said := h.worded(ranked); len(said) > 0 {
			ix.answerPassages(a, h, said, nil, 0)
			h.check(a, ranked)
			return a, nil
		}
		ix.noNumber(a, h, ranked, figures)
		a.Near = ix.near(q, ranked)
		switch {
		case a.Reason == ReasonOtherYear:
			h.near(a, ranked, Missing{SlotPeriod, a.Subject})
		case a.Reason == ReasonNoNumber:
			a.Hits = nil
			h.near(a, ranked, Missing{SlotNumber, a.Subject})
		}
		return a, nil
	default:
		ix.answerPassages(a, h, ranked, figures, query.Offset)
	}
	h.check(a, ranked)
	return a, nil
}

// answerFigures answers with numbers, each with its passage.
func (ix *Index) answerFigures(a *Answer, h *hits, ranked []scored, figures, direct []scoredFigure) {
	a.Status, a.Kind = Answered, KindFigure
	if a.Question.Ask == question.Compare || len(direct) > 1 && a.Question.both() {
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
		if f.enough && f.score >= asGood*direct[0].score {
			add(f.figure)
		}
	}
	if a.Question.Open() || a.Question.Ask == question.Compare {
		for _, x := range ix.hits(ix.worthShowing(h, ranked), 0, 3) {
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
	if a.Question.Ask == question.List {
		a.Kind = KindList
	}
	if a.Question.Ask == question.List && offset == 0 {
		ranked = h.unfold(ranked)
	}
	ranked = h.items(ranked)
	found := ix.worthShowing(h, ranked)
	a.Hits = ix.hits(found, offset, maxHits)
	if a.Question.Open() && len(a.Question.Times) == 0 && ix.spans(a.Hits) {
		a.Kind = KindTopic
	}
	a.More = max(0, len(found)-offset-len(a.Hits))
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

// spans reports whether hits come from both review and plan.
func (ix *Index) spans(hits []Hit) bool {
	at := func(t corpus.Time) bool {
		return slices.ContainsFunc(hits, func(h Hit) bool { return ix.report.Passages[h.Passage].Time == t })
	}
	return at(corpus.Review) && at(corpus.Plan)
}

// worthShowing returns, best first, the passages that are about as good as the
// best one and about the same thing.
func (ix *Index) worthShowing(h *hits, ranked []scored) []scored {
	if len(ranked) == 0 {
		return nil
	}
	good := asGood * ranked[0].score
	if h.q.Ask == question.List {
		good = asGoodList * ranked[0].score
	}
	out := ranked[:1:1]
	section := func(s scored) int { return ix.report.Passages[s.passage].Section }
	district := !h.lacksDistrict(ranked[0].passage, section(ranked[0]))
	for _, s := range ranked[1:] {
		if district && h.lacksDistrict(s.passage, section(s)) {
			continue // beside what is said of a district the city's number would read as its own
		}
		if s.score >= good {
			out = append(out, s)
		}
	}
	return out
}

// hits makes hits of up to limit passages, from the one at offset on.
func (ix *Index) hits(found []scored, offset, limit int) []Hit {
	var out []Hit
	for _, s := range found[min(max(offset, 0), len(found)):] {
		if len(out) == limit {
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
