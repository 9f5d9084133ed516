package index

import (
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/answer"
)

// fewestOfVerb are the places that a verb needs to make a list.
const fewestOfVerb = 2

// listByVerb answers a question for all that is begun, built or issued with the
// clauses that say so, in the order of the report; neighbouring ones are one
// item. It reports whether there are enough of them.
func (ix *Index) listByVerb(a *answer.Answer, offset int) bool {
	q, r := a.Question, ix.in.Report
	var found []answer.Hit
	for _, c := range ix.in.Text.Clauses {
		if c.Passage < 0 || r.Passages[c.Passage].Zone == corpus.ZoneGlossary || !q.About(r.Passages[c.Passage].Time) || !holdsAny(zh.Fold(r.Quote(c.Span)), q.Verbs) {
			continue
		}
		if n := len(found); n > 0 && found[n-1].Passage == int(c.Passage) {
			found[n-1].Focus.End = c.End
			continue
		}
		found = append(found, answer.Hit{Passage: int(c.Passage), Focus: c.Span})
	}
	if len(found) < fewestOfVerb {
		return false
	}
	a.Status, a.Kind = answer.Answered, answer.KindList
	found = found[min(max(offset, 0), len(found)):]
	a.Hits = found[:min(len(found), used.MaxHits)]
	a.More = len(found) - len(a.Hits)
	return true
}

// holdsAny reports whether a clause holds one of verbs.
func holdsAny(clause string, verbs []string) bool {
	return slices.ContainsFunc(verbs, func(v string) bool { return strings.Contains(clause, v) })
}
