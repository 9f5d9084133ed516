package index

import (
	"cmp"
	"slices"

	"jinwen/corpus"
	"jinwen/index/answer"
	"jinwen/index/rank"
)

// pickMost keeps of a the number that is first of those beside each other in
// what it quotes, or last. Where it is not plain which are meant, a stays.
func (ix *Index) pickMost(a *answer.Answer) {
	q, r := a.Question, ix.in.Report
	if q.Most == 0 || a.Status != answer.Answered && a.Status != answer.Nearest || len(a.Hits) == 0 {
		return
	}
	x := a.Hits[0]
	type kind struct {
		unit    string
		measure corpus.Measure
		clause  int
	}
	of := map[kind][]int{}
	var kinds []kind
	for _, i := range ix.in.Figures[x.Passage] {
		f := r.Figures[i]
		if q.Measure != "" && f.Measure != q.Measure {
			continue
		}
		k := kind{f.Unit, f.Measure, ix.in.Text.ClauseOf(f.Start)}
		if of[k] == nil {
			kinds = append(kinds, k)
		}
		of[k] = append(of[k], i)
	}
	kinds = slices.DeleteFunc(kinds, func(k kind) bool {
		return len(of[k]) < 2 || q.Counted > 0 && len(of[k]) != q.Counted || !slices.ContainsFunc(of[k], func(i int) bool { return q.NamedBy(ix.in.Indicators[i], rank.Used.LeastNamed) > 0 })
	})
	if len(kinds) != 1 {
		return
	}
	list := of[kinds[0]]
	best := slices.MaxFunc(list, func(i, j int) int { return q.Most * cmp.Compare(r.Figures[i].Number, r.Figures[j].Number) })
	clause := ix.in.Text.Clauses[kinds[0].clause].Span
	a.Status, a.Reason, a.Missing, a.Kind = answer.Answered, answer.ReasonNone, nil, answer.KindFigure
	a.Figures, a.Direct, a.More, a.Commitments = []int{best}, 1, 0, nil
	a.Hits = []answer.Hit{{Passage: x.Passage, Focus: clause}}
}
