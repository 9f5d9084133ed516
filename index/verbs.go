package index

import (
	"slices"
	"strconv"
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

// mostTargets is how many targets a passage holds at least that sets the year's.
const mostTargets = 4

// listTargets answers a question for the year's targets as such with the passage
// that sets most of them, and those beside it that go on with them. It reports
// whether there is one.
func (ix *Index) listTargets(a *answer.Answer) bool {
	r := ix.in.Report
	set := func(p int) (n int) {
		if p < 0 || p >= len(r.Passages) || r.Passages[p].Time != corpus.Plan {
			return 0
		}
		for _, i := range ix.in.Figures[p] {
			if f := r.Figures[i]; f.Nature == corpus.Target && f.Concept != "" && f.Period == strconv.Itoa(r.Year) {
				n++
			}
		}
		return n
	}
	best := -1
	for p := range r.Passages {
		if n := set(p); n >= mostTargets && (best < 0 || n > set(best)) {
			best = p
		}
	}
	if best < 0 {
		return false
	}
	a.Status, a.Kind = answer.Answered, answer.KindList
	for p := best - 1; p <= best+1; p++ {
		if p == best || set(p) > 1 {
			a.Hits = append(a.Hits, answer.Hit{Passage: p, Focus: r.Passages[p].Span})
		}
	}
	return true
}
