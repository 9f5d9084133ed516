package index

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/question"
)

// refuse decides whether the report has nothing on the question, and says why.
func (ix *Index) refuse(a *Answer, h *hits, ranked []scored) bool {
	q := a.Question
	switch {
	case q.Beyond != "" && len(q.Years) == 0 && (!ix.text.has([]rune(q.Beyond)) || !ix.beyondMatches(h, ranked)):
		a.Reason, a.Subject = ReasonOtherYear, q.Beyond
	case q.Place != "" && !ix.placeMatches(h, ranked):
		a.Reason, a.Subject = ReasonOtherPlace, q.Place
	case len(q.Numbers) > 0 && len(ix.figuresOf(q.Numbers[0])) == 0 && h.weight < 0.5:
		a.Reason, a.Subject = ReasonAbsent, q.Numbers[0].Text
	case len(h.asked) > 0:
		return false
	case q.Ask == question.Number && len(q.Times) == 1 && q.Times[0] == corpus.Review && len(q.Years) > 0 && q.Aim && q.AimNamed:
		// A report gives the targets of the year to come, not those once set
		// for the year under review.
		a.Reason, a.Subject = ReasonOtherYear, itoa(q.Years[0])
	case slices.ContainsFunc(q.Terms, func(t Term) bool { return t.name }):
		a.Reason, a.Subject = ReasonAbsent, unknown(q)
	case len(ranked) == 0 || h.told < 0 && ix.bestCoverage(h, ranked) < enough:
		a.Reason, a.Subject = ReasonAbsent, unknown(q)
	default:
		return false
	}
	return true
}

// bestCoverage is how much of the question the best passage holds; one of
// another year than the one named must hold more.
func (ix *Index) bestCoverage(h *hits, ranked []scored) float64 {
	q := h.q
	const (
		otherYear = 0.75
		beside    = 0.6 // coverage that does without the words that tell most
	)
	best := 0.0
	for _, s := range ranked {
		c := s.coverage
		if c < beside && !h.holdsHeaviest(s.passage, ix.report.Passages[s.passage].Section) {
			continue
		}
		if len(q.Years) > 0 && ix.report.Passages[s.passage].Time == opposite(q) {
			c *= otherYear
		}
		best = max(best, c)
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
	if len(ranked) == 0 || nations[h.q.Place] {
		return false
	}
	for _, pos := range ix.text.find(place) {
		if ix.text.clauses[ix.text.at[pos]].passage == int32(ranked[0].passage) {
			return true
		}
	}
	return false
}

// beyondMatches reports whether the best passage is of the year asked about,
// which the report mentions but does not cover: one of its figures is, or the
// clause that says most names the year beside what is asked.
func (ix *Index) beyondMatches(h *hits, ranked []scored) bool {
	if len(ranked) == 0 {
		return false
	}
	best := ranked[0]
	for _, i := range ix.figures[best.passage] {
		if ix.report.Figures[i].Period == h.q.Beyond {
			return true
		}
	}
	if best.focus < 0 || !strings.Contains(ix.report.Quote(ix.text.clauses[best.focus].Span), h.q.Beyond) {
		return false
	}
	for k, t := range h.q.Terms {
		if t.Text != h.q.Beyond && h.terms[k].clause[int32(best.focus)] > 0 {
			return true
		}
	}
	return false
}

// numerals are numbers that are no figures: 二十一连丰, 第五次, 75周年.
var numerals = regexp.MustCompile(`[0-9]|[一二三四五六七八九十百]{2}|第[一二三四五六七八九十]|[一二三四五六七八九十][^，。]{0,2}[年轮届期次]|[“][一二三四五六七八九]`)

// numeral reports whether the best passage answers a question for a number by
// a numeral that is no figure.
func (ix *Index) numeral(h *hits, ranked []scored) bool {
	const sure = 0.8
	q := h.q
	if hardUnit[q.Unit] || q.Level || q.Measure == corpus.MeasureGrowth || q.Measure == corpus.MeasureShare || len(ranked) == 0 {
		return false
	}
	best := ranked[0]
	for _, i := range ix.figures[best.passage] {
		if h.opposes(ix.indicators[i]) {
			return false
		}
	}
	return best.focus >= 0 && ix.report.Passages[best.passage].Time != opposite(q) && best.coverage >= sure && numerals.MatchString(ix.report.Quote(ix.text.clauses[best.focus].Span))
}

// tellsNumber returns the figures of the clause that says most on the matter,
// or of the one behind it, that are of the kind and time asked for, though
// nothing shows that one of them is the answer: then the clause is quoted, and
// no number singled out.
func (ix *Index) tellsNumber(h *hits, ranked []scored, figures []scoredFigure) []int {
	if len(ranked) == 0 || h.weight < leastAsked || h.q.Beyond != "" || ranked[0].focus < 0 || ix.report.Passages[ranked[0].passage].Time == opposite(h.q) {
		return nil
	}
	best := ix.report.Passages[ranked[0].passage]
	if h.lacksPlace(ranked[0].passage, best.Section) {
		return nil
	}
	for at := ranked[0].focus; at <= ranked[0].focus+1; at++ {
		var out []int
		has := false
		for _, f := range figures {
			x := ix.report.Figures[f.figure]
			if x.Passage != ranked[0].passage || ix.text.clauseOf(x.Start) != at {
				continue
			}
			has = true
			if _, blocked := h.fitKind(x, 0); blocked == "" && !h.opposes(ix.indicators[f.figure]) && !h.measuresOther(x) && !f.otherYear && x.Nature != corpus.Background {
				out = append(out, f.figure)
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
func (h *hits) measuresOther(f corpus.Figure) bool {
	asked := h.q.conceptsOf()
	if f.Concept == "" || len(asked) == 0 || asked[f.Concept] {
		return false
	}
	return !slices.ContainsFunc(h.q.Terms, func(t Term) bool {
		return t.concept != "" && slices.ContainsFunc(t.Alts, func(a Alt) bool { return a.Quality > sureMeaning && strings.Contains(f.Indicator, a.Text) })
	})
}

// opposite is the time that q does not ask about, "" if it asks about any.
func opposite(q *Question) corpus.Time {
	switch {
	case len(q.Times) != 1:
		return ""
	case q.Times[0] == corpus.Plan:
		return corpus.Review
	}
	return corpus.Plan
}

// districtLacks reports whether a question that is about little else names a
// district, and the best passage is not about it.
func (h *hits) districtLacks(ranked []scored) bool {
	const few = 2 // terms
	q := h.q
	if len(ranked) == 0 || !q.Aim && q.Measure == "" && (!q.Open() || len(q.Terms) > few) {
		return false
	}
	return h.lacksDistrict(ranked[0].passage, h.ix.report.Passages[ranked[0].passage].Section)
}

// noNumber says that the report has the matter but not the number, and quotes
// what it has: the number of the other year, or where it mentions the matter.
func (ix *Index) noNumber(a *Answer, h *hits, ranked []scored, figures []scoredFigure) {
	q := a.Question
	if q.Beyond != "" && len(q.Years) == 0 {
		a.Reason, a.Subject = ReasonOtherYear, q.Beyond
		return
	}
	for _, f := range figures {
		if f.blocked == "year" && f.coverage >= enoughFigure {
			a.Reason = ReasonOtherYear
			for _, y := range q.Years {
				a.Subject = itoa(y)
			}
			if x := ix.report.Figures[f.figure]; x.Passage >= 0 {
				a.Hits = []Hit{{Passage: x.Passage, Focus: x.Clause}}
			}
			return
		}
	}
	a.Reason, a.Subject = ReasonNoNumber, heaviest(q)
	a.Hits = ix.hits(ix.mentions(a.Subject, ranked), 0, 1)
}

// mentions are the ranked passages that hold subject, character for character.
func (ix *Index) mentions(subject string, ranked []scored) []scored {
	var out []scored
	for _, s := range ranked {
		if strings.Contains(zh.Fold(ix.report.Quote(ix.report.Passages[s.passage].Span)), subject) {
			out = append(out, s)
		}
	}
	return out
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

// maxNear is how many topics are offered in place of an answer.
const maxNear = 3

// near are the topics nearest to what was asked: the sections of the best
// passages; without any, those of the topic of city life that the question
// belongs to; without that, the first of the plan.
func (ix *Index) near(q *Question, ranked []scored) []int {
	var out []int
	add := func(section int) {
		if section >= 0 && len(out) < maxNear && !slices.Contains(out, section) {
			out = append(out, section)
		}
	}
	for _, s := range ranked {
		add(ix.report.Passages[s.passage].Section)
	}
	lex := ix.lex.Load()
	for _, topic := range lex.Topics() {
		if len(out) > 0 || !lex.InTopic(topic, q.Text) {
			continue
		}
		for i, s := range ix.report.Sections {
			if lex.InTopic(topic, s.Title) {
				add(i)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for i, s := range ix.report.Sections {
		if s.Time == corpus.Plan && s.Level == 2 {
			add(i)
		}
	}
	return out
}
