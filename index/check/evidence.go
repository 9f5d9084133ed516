package check

import (
	"slices"

	"jinwen/corpus/zh"
	"jinwen/index/answer"
	"jinwen/index/question"
	"jinwen/index/rank"
	"jinwen/index/resolve"
)

// absent reports whether hits hold less than least of what the question is
// about, or lack what it is most about.
func (h Checker) absent(hits []answer.Hit, least float64) bool {
	if slices.ContainsFunc(h.Question.Terms, h.unheardOf) {
		return true
	}
	if h.plainly(hits[0].Passage) >= max(least, Used.Clear) {
		return false
	}
	e := h.evidence(hits)
	lacks, printed := h.lacks(hits[0].Passage)
	return e < least || lacks && (e < Used.Clear || printed && h.Counts)
}

// unheardOf reports whether t is a name in English that the report does not have
// in any form: a firm, a person.
func (h Checker) unheardOf(t resolve.Term) bool {
	return h.isThing(t) && t.Proper && !t.Known && zh.IsLatinText(t.Text) && !h.Question.Stays(t)
}

// evidence returns how much of what the question is about the first passages of an
// answer hold: each thing by itself, by what means it, by a part of it or by a
// word near it in meaning, and what speaks for the passage besides.
func (h Checker) evidence(hits []answer.Hit) float64 {
	best := 0.0
	for n, x := range hits[:min(len(hits), Used.Looked)] {
		e, some := h.held(x.Passage)
		if !some {
			if h.Nearness(x.Passage) >= Used.Blank && len(h.Question.Question.Numbers) == 0 { // a number that stands nowhere is near nothing
				return 1
			}
			continue
		}
		if n == 0 && h.Counts {
			e += Used.Unit * h.countedIn(x)
		}
		e += Used.Described * min(h.DescribedIn(x.Passage), rank.Used.DescribedMost)
		e += Used.Meant * max(h.Nearness(x.Passage)-1, 0)
		e += Used.Lead * min(h.LeadOf(x.Passage)/Used.LeadBy, 1)
		best = max(best, e)
	}
	return best
}

// plainly returns the share of the question's weight that passage p holds by words
// that mean it: it is enough for most questions, and costs nothing.
func (h Checker) plainly(p int) float64 {
	held, all := 0.0, 0.0
	for i, t := range h.Question.Terms {
		if t.Place || t.Kept {
			continue
		}
		w := t.Weight
		if t.Verbal {
			w *= Used.Verb
		}
		all += w
		if e := h.holds(i, p); e > resolve.Used.Related {
			held += w * min(e, 1)
		}
	}
	return held / max(all, 1e-9)
}

// held returns the share of the things that the question is about that passage p
// holds; some is whether it is about any.
func (h Checker) held(p int) (share float64, some bool) {
	sum, all := 0.0, 0.0
	akin := h.Akin(p)
	for i, t := range h.Question.Terms {
		if t.Place || t.Kept {
			continue
		}
		w := t.Weight
		if t.Verbal {
			w *= Used.Verb
		}
		all += w
		e := h.holds(i, p)
		if e <= resolve.Used.Related {
			e *= Used.Related
		}
		if e < 1 {
			cos, _ := akin(t)
			like := Used.Like * min(max((cos-Used.LikeMin)/(Used.LikeAll-Used.LikeMin), 0), 1)
			if t.Listed && !t.Known {
				like *= Used.LikeKnown
			}
			e = max(e, like)
		}
		sum += w * min(e, 1)
	}
	if all == 0 {
		return 0, false
	}
	return sum / all, true
}

// lacks reports whether what the question is most about is a thing that people
// have words for, and passage p holds neither it nor anything like it; printed
// is whether the report has that very word elsewhere.
func (h Checker) lacks(p int) (lacks, printed bool) {
	most := 0.0
	for _, t := range h.Question.Terms {
		if h.isThing(t) && !question.NamesNothing(t.Text) {
			most = max(most, t.Weight)
		}
	}
	if most < Used.Alone {
		return false, false
	}
	if h.DescribedIn(p) >= Used.DescribedAlone {
		return false, false
	}
	akin := h.Akin(p)
	for i, t := range h.Question.Terms {
		if !h.isThing(t) || question.NamesNothing(t.Text) || t.Weight < Used.AloneShare*most {
			continue
		}
		if h.holds(i, p) > resolve.Used.Related {
			return false, false
		}
		if cos, parts := akin(t); !t.Printed && (cos >= Used.Unlike || parts >= Used.Unlike) {
			return false, false
		}
		lacks, printed = lacks || t.Listed || t.Printed, printed || t.Printed
	}
	return lacks, printed
}

// stranger returns a thing that the question is about and that the passages
// shown first hold nothing like, if they hold none of its things in words: what
// is said there of growth or building is said of something else. A number is not
// told by likeness alone: there one strange thing is enough.
func (h Checker) stranger(hits []answer.Hit) (thing resolve.Term, ok bool) {
	for _, x := range hits[:min(len(hits), Used.Looked)] {
		if h.DescribedIn(x.Passage) >= Used.DescribedAlone {
			return resolve.Term{}, false
		}
		akin := h.Akin(x.Passage)
		strange, alike := false, false
		for i, t := range h.Question.Terms {
			if t.Story || t.Kept || t.Verbal && t.Known || question.NamesNothing(t.Text) || question.IsQuantity(t.Text) {
				continue
			}
			if h.holds(i, x.Passage) > 0 {
				return resolve.Term{}, false
			}
			if cos, parts := akin(t); cos >= Used.Stranger || parts >= Used.Unlike {
				alike = true
				continue
			}
			thing, strange = t, true
		}
		if !strange || alike && !h.Question.AsksNumber() {
			return resolve.Term{}, false
		}
		ok = true
	}
	return thing, ok
}

// isThing reports whether t is a thing that the question is about.
func (h Checker) isThing(t resolve.Term) bool {
	return !t.Verbal && !t.Place && !t.Story && !t.Kept
}

// countedIn returns how near to what x shows its passage holds a figure in the unit
// asked for: 1 there, UnitNear elsewhere, 0 if there is none.
func (h Checker) countedIn(x answer.Hit) float64 {
	best := 0.0
	for _, i := range h.Index.Figures[x.Passage] {
		switch f := h.Index.Report.Figures[i]; {
		case !h.CountedAsAsked(f):
		case f.Clause.Overlaps(x.Focus):
			return 1
		default:
			best = Used.UnitNear
		}
	}
	return best
}
