package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/answer"
	"jinwen/index/question"
	"jinwen/index/rank"
	"jinwen/index/resolve"
)

// Refuse decides whether the report has nothing on the question, and says why.
func (h Checker) Refuse(a *answer.Answer, ranked []rank.Scored) bool {
	q := a.Question
	switch {
	case q.Beyond != "" && len(q.Years) == 0 && (!h.Index.Text.Has([]rune(q.Beyond)) || !h.beyondMatches(ranked)):
		a.Reason, a.Subject = answer.ReasonOtherYear, q.Beyond
	case q.Place != "" && !h.placeMatches(ranked):
		a.Reason, a.Subject = answer.ReasonOtherPlace, q.Place
	case len(q.Numbers) > 0 && len(h.Index.FiguresOf(q.Numbers[0])) == 0 && h.Weight < Used.NumberLeast:
		a.Reason, a.Subject = answer.ReasonAbsent, q.Numbers[0].Text
	case len(h.Asked) > 0:
		return false
	case q.Ask == question.Number && len(q.Times) == 1 && q.Times[0] == corpus.Review && len(q.Years) > 0 && q.Aim && q.AimNamed:
		// A report gives the targets of the year to come, not those once set
		// for the year under review.
		a.Reason, a.Subject = answer.ReasonOtherYear, strconv.Itoa(q.Years[0])
	case slices.ContainsFunc(q.Terms, func(t resolve.Term) bool { return t.Name }):
		a.Reason, a.Subject = answer.ReasonAbsent, unknown(q)
	case len(ranked) == 0 || h.bestCoverage(ranked) < rank.Used.Enough && h.absent(h.Index.Shown(ranked, 0, 2), Used.HeldAtAll):
		a.Reason, a.Subject = answer.ReasonAbsent, unknown(q)
	default:
		return false
	}
	return true
}

// bestCoverage returns how much of the question the best passage holds; one of
// another year than the one named must hold more.
func (h Checker) bestCoverage(ranked []rank.Scored) float64 {
	q := h.Question
	best := 0.0
	for _, s := range ranked {
		c := s.Coverage
		if len(q.Years) > 0 && h.Index.Report.Passages[s.Passage].Time == rank.Opposite(q) {
			c *= Used.OtherYear
		}
		best = max(best, c)
	}
	return best
}

// unknown returns the weightiest word of q that the report does not have, or else
// its weightiest word.
func unknown(q *resolve.Question) string {
	best, weight := "", -100.0
	for _, t := range q.Terms {
		w := t.Weight
		switch {
		case t.Story:
			w -= 10
		case !t.Known:
			w += 10
		}
		if w > weight {
			best, weight = t.Text, w
		}
	}
	return best
}

// placeMatches reports whether the best passage names the place asked about.
func (h Checker) placeMatches(ranked []rank.Scored) bool {
	place := []rune(h.Question.Place)
	if len(ranked) == 0 || resolve.IsNation(h.Question.Place) {
		return false
	}
	for _, pos := range h.Index.Text.Find(place) {
		if h.Index.Text.Clauses[h.Index.Text.At[pos]].Passage == int32(ranked[0].Passage) {
			return true
		}
	}
	return false
}

// beyondMatches reports whether the best passage is of the year asked about,
// which the report mentions but does not cover: one of its figures is, or the
// clause that says most names the year beside what is asked.
func (h Checker) beyondMatches(ranked []rank.Scored) bool {
	if len(ranked) == 0 {
		return false
	}
	best := ranked[0]
	for _, i := range h.Index.Figures[best.Passage] {
		if h.Index.Report.Figures[i].Period == h.Question.Beyond {
			return true
		}
	}
	if best.Focus < 0 || !strings.Contains(h.Index.Report.Quote(h.Index.Text.Clauses[best.Focus].Span), h.Question.Beyond) {
		return false
	}
	for k, t := range h.Question.Terms {
		if t.Text != h.Question.Beyond && h.Terms[k].Clause[int32(best.Focus)] > 0 {
			return true
		}
	}
	return false
}

// numerals are numbers that are no figures: 二十一连丰, 第五次, 75周年.
var numerals = regexp.MustCompile(`[0-9]|[一二三四五六七八九十百]{2}|第[一二三四五六七八九十]|[一二三四五六七八九十][^，。]{0,2}[年轮届期次]|[“][一二三四五六七八九]`)

// Numeral reports whether the best passage answers a question for a number by
// a numeral that is no figure.
func (h Checker) Numeral(ranked []rank.Scored) bool {
	q := h.Question
	if question.FixedUnits[q.Unit] || q.Level || q.Measure == corpus.MeasureGrowth || q.Measure == corpus.MeasureShare || len(ranked) == 0 {
		return false
	}
	best := ranked[0]
	return best.Focus >= 0 && h.Index.Report.Passages[best.Passage].Time != rank.Opposite(q) && best.Coverage >= Used.Numeral && numerals.MatchString(h.Index.Report.Quote(h.Index.Text.Clauses[best.Focus].Span))
}

// TellsNumber returns the figures of the clause that says most on the matter,
// or of the one behind it, that are of the kind and time asked for, though
// nothing shows that one of them is the answer: then the clause is quoted, and
// no number singled out.
func (h Checker) TellsNumber(ranked []rank.Scored, figures []rank.ScoredFigure) []int {
	if len(ranked) == 0 || h.Weight < rank.Used.LeastAsked || h.Question.Beyond != "" || ranked[0].Focus < 0 || h.Index.Report.Passages[ranked[0].Passage].Time == rank.Opposite(h.Question) {
		return nil
	}
	best := h.Index.Report.Passages[ranked[0].Passage]
	if h.PlaceOnly(ranked[0].Passage, best.Section) || h.LacksPlace(ranked[0].Passage, best.Section) {
		return nil
	}
	for at := ranked[0].Focus; at <= ranked[0].Focus+Used.TellsBehind; at++ {
		var out []int
		has := false
		for _, f := range figures {
			x := h.Index.Report.Figures[f.Figure]
			if x.Passage != ranked[0].Passage || h.Index.Text.ClauseOf(x.Start) != at {
				continue
			}
			has = true
			if _, blocked := h.FitKind(x, 0); blocked == "" && !h.measuresOther(x) && !h.Sibling(f.Figure) && !f.OtherYear && (x.Nature != corpus.Background || h.AsksFromTo()) {
				out = append(out, f.Figure)
			}
		}
		if has {
			slices.Sort(out)
			return out
		}
	}
	return nil
}

// measuresOther reports whether f measures an indicator, and none of those that
// the question names.
func (h Checker) measuresOther(f corpus.Figure) bool {
	asked := h.Question.ConceptsOf()
	if f.Concept == "" || len(asked) == 0 || asked[f.Concept] {
		return false
	}
	return !slices.ContainsFunc(h.Question.Terms, func(t resolve.Term) bool {
		return t.Concept != "" && slices.ContainsFunc(t.Alts, func(a resolve.Alt) bool {
			return a.Quality > resolve.Used.SureMeaning && strings.Contains(f.Indicator, a.Text)
		})
	})
}

// DistrictLacks reports whether a question that is about little else names a
// district, and the best passage is not about it.
func (h Checker) DistrictLacks(ranked []rank.Scored) bool {
	q := h.Question
	if len(ranked) == 0 || !q.Aim && q.Measure == "" {
		return false
	}
	return h.LacksDistrict(ranked[0].Passage, h.Index.Report.Passages[ranked[0].Passage].Section)
}

// NoNumber says that the report has the matter but not the number, and quotes
// what it has: the number of the other year, or where it mentions the matter.
func (h Checker) NoNumber(a *answer.Answer, ranked []rank.Scored, figures []rank.ScoredFigure) {
	q := a.Question
	if q.Beyond != "" && len(q.Years) == 0 {
		a.Reason, a.Subject = answer.ReasonOtherYear, q.Beyond
		return
	}
	for _, f := range figures {
		if f.Blocked == "year" && f.Coverage >= rank.Used.EnoughFigure {
			a.Reason = answer.ReasonOtherYear
			for _, y := range q.Years {
				a.Subject = strconv.Itoa(y)
			}
			if x := h.Index.Report.Figures[f.Figure]; x.Passage >= 0 {
				a.Hits = []answer.Hit{{Passage: x.Passage, Focus: x.Clause}}
			}
			return
		}
	}
	a.Reason, a.Subject = answer.ReasonNoNumber, heaviest(q)
	a.Hits = h.Index.Shown(h.mentions(a.Subject, ranked), 0, 1)
}

// mentions returns the ranked passages that hold subject, character for character.
func (h Checker) mentions(subject string, ranked []rank.Scored) []rank.Scored {
	var out []rank.Scored
	for _, s := range ranked {
		if strings.Contains(zh.Fold(h.Index.Report.Quote(h.Index.Report.Passages[s.Passage].Span)), subject) {
			out = append(out, s)
		}
	}
	return out
}

func heaviest(q *resolve.Question) string {
	best, weight := "", -1.0
	for _, t := range q.Terms {
		if t.Weight > weight && !t.Story {
			best, weight = t.Text, t.Weight
		}
	}
	return best
}

// Topics returns those nearest to what was asked: the sections of the best
// passages; without any, those of the topic of city life that the question
// belongs to; without that, the first of the plan.
func (h Checker) Topics(q *resolve.Question, ranked []rank.Scored) []int {
	var out []int
	add := func(section int) {
		if section >= 0 && len(out) < Used.Topics && !slices.Contains(out, section) {
			out = append(out, section)
		}
	}
	for _, s := range ranked {
		add(h.Index.Report.Passages[s.Passage].Section)
	}
	lex := h.Index.Lexicon()
	for _, topic := range lex.Topics() {
		if len(out) > 0 || !lex.InTopic(topic, q.Text) {
			continue
		}
		for i, s := range h.Index.Report.Sections {
			if lex.InTopic(topic, s.Title) {
				add(i)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for i, s := range h.Index.Report.Sections {
		if s.Time == corpus.Plan && s.Level == 2 {
			add(i)
		}
	}
	return out
}
