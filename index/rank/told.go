package rank

import (
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

// told is the figure that the best passage tells in answer to a question for a
// number: the only one of the kind and time asked for in the clause that comes
// nearest by words and meaning. -1 if there is none. It answers though its name
// shares no word with the question: 进来的比走的多几个人, 净流入4.5万人.
func (h *Hits) ToldFigure(ranked []Scored) int {
	q := h.Question
	if q.Ask != question.Number || len(ranked) == 0 || q.Beyond != "" || q.Place != "" || len(h.Asked) > 0 {
		return -1
	}
	for _, s := range ranked[:min(Used.ToldPassages, len(ranked))] {
		if s.Score < Used.ToldAsGood*ranked[0].Score || at(h.meant, s.Passage) < Used.ToldMeant {
			continue
		}
		if h.LacksDistrict(s.Passage, h.Index.Report.Passages[s.Passage].Section) || h.lacksNamedPlace(s.Passage, h.Index.Report.Passages[s.Passage].Section) {
			continue
		}
		best, second, only := -1, 0.0, 0.0
		for _, i := range h.Index.Figures[s.Passage] {
			f := h.Index.Report.Figures[i]
			if !h.mayTell(i) {
				continue
			}
			c := h.Index.Text.ClauseOf(f.Start)
			held := h.heldBy(int32(c))
			if strict := h.CountedAsAsked(f); strict && held < Used.ToldHeld || !strict && held < Used.ToldLoose {
				continue
			}
			cv := meaningOf(h.Index.cut, zh.Fold(h.Index.Report.Quote(h.Index.Text.Clauses[c].Span)))
			score := held + float64(cv.Cos(&h.meaning))
			switch {
			case best < 0 || score > only:
				best, second, only = i, only, score
			default:
				second = max(second, score)
			}
		}
		if best >= 0 && only-second >= Used.ToldClearly {
			return best
		}
	}
	return -1
}

// heldBy is the share of the question that clause c holds.
func (h *Hits) heldBy(c int32) float64 {
	sum := 0.0
	for k, t := range h.Question.Terms {
		sum += t.Weight * h.Terms[k].Clause[c]
	}
	if s := h.Scale(); s > 0 {
		return sum / s
	}
	return 0
}

// CountedAsAsked reports whether f is counted in the very unit that q asks for.
func (h *Hits) CountedAsAsked(f corpus.Figure) bool {
	q := h.Question
	switch {
	case q.Unit != "":
		return inUnit(f, q.Unit)
	case q.Counter == "口" || peopleUnits[q.Counter]:
		return peopleUnits[f.Unit]
	case q.Counter != "" && q.Counter != "个":
		return strings.HasPrefix(f.Unit, q.Counter)
	}
	return false
}

// mayTell reports whether figure i is of the kind, time and scope asked for.
func (h *Hits) mayTell(i int) bool {
	q, f := h.Question, h.Index.Report.Figures[i]
	if _, blocked := h.FitKind(f, 1); blocked != "" || h.Opposes(h.Index.Indicators[i]) || f.Nature == corpus.Background || h.otherConcept(i) || h.Sibling(i) || h.manyYearsFor(i) {
		return false
	}
	if _, other := h.fitTime(f, 1); other {
		return false
	}
	if q.Measure == corpus.MeasureGrowth != (f.Measure == corpus.MeasureGrowth) && Percent(f) != (q.Measure == corpus.MeasureGrowth) {
		return false
	}
	if q.Unit != "%" && q.Measure == "" && (Percent(f) || f.Measure == corpus.MeasureGrowth || f.Measure == corpus.MeasureChange) {
		return false
	}
	// A number of all is not that of those in the country, nor theirs that of all.
	return !h.otherScope(f) && (f.Concept == "" || !h.otherPeople(i))
}

// scopes are the parts of the people of whom a report gives the same number.
var scopes = []string{"农村", "城镇"}

// otherPeople reports whether the question is about those of the country, or of
// the towns, and figure i is not.
func (h *Hits) otherPeople(i int) bool {
	for _, scope := range scopes {
		for _, t := range h.Question.Terms {
			if slices.ContainsFunc(t.Alts, func(a resolve.Alt) bool { return a.Text == scope }) && !strings.Contains(h.Index.Indicators[i], scope) {
				return true
			}
		}
	}
	return false
}
