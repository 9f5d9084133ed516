package index

import (
	"context"
	"regexp"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/answer"
	"jinwen/index/check"
	"jinwen/index/question"
	"jinwen/index/rank"
	"jinwen/index/resolve"
)

// answerFollowing answers q. What q keeps of the question before gives way where
// the report has nothing of it on what q names: first the kind of number (of
// airports there are no kilometres), then that a number is asked for at all,
// then the year.
func (ix *Index) answerFollowing(ctx context.Context, q *resolve.Question, query Query) (*answer.Answer, error) {
	a, err := ix.answer(ctx, q, query)
	if err != nil || !q.Renames || q.Elsewhere || q.Against != "" || a.Direct > 0 || a.Status == answer.Answered && !q.KindKept || a.Reason == answer.ReasonOtherYear || ix.hasInUnit(q) {
		return a, err
	}
	free := *q.Question
	for _, give := range giveWay {
		if !give(&free) {
			continue
		}
		again := free
		b, err := ix.answer(ctx, ix.read(Query{Asked: &again}, q.Effort), query)
		if err != nil || b.Direct > 0 && a.Status != answer.Answered || b.Status == answer.Answered && free.Ask == question.Any {
			return b, err
		}
	}
	return a, nil
}

// giveWay takes from a question what it keeps of the one before, slot by slot,
// and reports whether it has kept any.
var giveWay = []func(q *question.Question) bool{
	func(q *question.Question) bool {
		had := q.KindKept
		q.Unit, q.Counter, q.Measure = "", "", ""
		q.Level, q.Amount, q.Stock, q.KindKept = false, false, false, false
		return had
	},
	func(q *question.Question) bool {
		had := q.AskKept
		q.Ask, q.AskKept, q.Aim, q.AimNamed, q.Nature = question.Any, false, false, false, ""
		return had
	},
	func(q *question.Question) bool {
		had := q.TimeKept
		q.Periods, q.PartYear, q.Tense, q.TimeKept = nil, "", "", false
		return had
	},
}

// hasInUnit reports whether the report has a number of what q names itself in
// the unit that q keeps, be it of another year.
func (ix *Index) hasInUnit(q *resolve.Question) bool {
	if !question.ThingUnits[q.Unit] {
		return false
	}
	for i, f := range ix.in.Report.Figures {
		if f.Unit != q.Unit {
			continue
		}
		for _, t := range q.Terms {
			if !t.Kept && t.Known && strings.Contains(ix.in.Indicators[i], t.Text) {
				return true
			}
		}
	}
	return false
}

// pick keeps of a only the one that q's ordinal names: of its items, of its
// numbers, or of those in the one passage that it quotes. Where there are not so
// many, it must be asked back.
func (ix *Index) pick(a *answer.Answer) {
	n := a.Question.Ordinal
	if n == 0 || a.Status != answer.Answered {
		return
	}
	at := func(of int) int {
		if n < 0 {
			return of - 1
		}
		return n - 1
	}
	a.More, a.Commitments, a.Sections = 0, nil, section(a.Sections, at(len(a.Sections)))
	switch figures := ix.quoted(a); {
	case len(a.Sections) > 0:
		return
	case len(figures) >= itemsWithin && at(len(figures)) < len(figures):
		a.Figures, a.Direct, a.Kind = figures[at(len(figures)):][:1], 1, answer.KindFigure
	case a.Direct > 1 && at(a.Direct) < a.Direct:
		a.Figures, a.Direct, a.Kind = a.Figures[at(a.Direct):][:1], 1, answer.KindFigure
	case len(a.Hits) > 1 && at(len(a.Hits)) < len(a.Hits):
		a.Hits, a.Figures, a.Direct, a.Kind = a.Hits[at(len(a.Hits)):][:1], nil, 0, answer.KindPassage
		return
	case len(a.Hits) == 1 && len(figures) > 1 && at(len(figures)) < len(figures):
		a.Figures, a.Direct, a.Kind = figures[at(len(figures)):][:1], 1, answer.KindFigure
	default:
		a.Status, a.Reason = answer.Clarify, answer.ReasonEmpty
		a.Hits, a.Figures, a.Direct = nil, nil, 0
		return
	}
	f := ix.in.Report.Figures[a.Figures[0]]
	a.Hits = []answer.Hit{{Passage: f.Passage, Focus: f.Clause}}
}

// itemsWithin is how many numbers a quote holds at least that is a list of its
// own: the sentence with the year's targets.
const itemsWithin = 4

// section returns the one section at i of a list; none if there is none.
func section(list []int, i int) []int {
	if i < 0 || i >= len(list) {
		return nil
	}
	return list[i : i+1]
}

// quoted returns the figures of what a quotes first, in the order of the text.
func (ix *Index) quoted(a *answer.Answer) []int {
	if len(a.Hits) == 0 {
		return nil
	}
	return ix.in.Figures[a.Hits[0].Passage]
}

// toldAgainst is how a clause tells one number by another.
var toldAgainst = regexp.MustCompile(`[高低快慢好优多少]于|[高快多]出|领先|超过?|位居|排名`)

// answerAgainst answers how the number stands to that of a wider place: with
// the clause that says it, of what q asks. It reports whether there is one.
func (ix *Index) answerAgainst(a *answer.Answer, h check.Checker, figures []rank.ScoredFigure) bool {
	r := ix.in.Report
	for _, f := range figures {
		x := r.Figures[f.Figure]
		if f.Coverage < rank.Used.EnoughFigure || x.Passage < 0 || f.OtherYear {
			continue
		}
		clauses := ix.in.Clauses[x.Passage]
		own := int32(ix.in.Text.ClauseOf(x.Start))
		for c := own; c <= own+1 && c < clauses[1]; c++ {
			span := ix.in.Text.Clauses[c].Span
			if text := zh.Fold(r.Quote(span)); strings.Contains(text, a.Question.Against) && toldAgainst.MatchString(text) {
				a.Status, a.Kind = answer.Answered, answer.KindPassage
				a.Hits = []answer.Hit{{Passage: x.Passage, Focus: corpus.Span{Start: ix.in.Text.Clauses[own].Start, End: span.End}}}
				return true
			}
		}
	}
	return false
}

// strict reports whether a question for a number that names no more than
// another place, or keeps the unit, is answered by such a number alone.
func strict(q *resolve.Question) bool {
	return q.Ask == question.Number && (q.Elsewhere || q.Renames && q.KindKept && question.ThingUnits[q.Unit])
}
