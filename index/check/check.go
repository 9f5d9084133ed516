package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/place"
	"jinwen/corpus/zh"
	"jinwen/index/answer"
	"jinwen/index/question"
	"jinwen/index/rank"
	"jinwen/index/resolve"
)

// A Checker looks for the slots of a question in the evidence that its hits
// give.
type Checker struct{ *rank.Hits }

// New returns a checker of h.
func New(h *rank.Hits) Checker { return Checker{h} }

// A check looks for one slot of the question in the evidence.
type check struct {
	name    string
	missing func(h Checker, a *answer.Answer) answer.Missing // Text is "" if nothing is
}

// checks are tried in turn; the first that misses something decides.
var checks = []check{
	{"own", Checker.missingOwn},
	{"place", Checker.missingPlace},
	{"thing", Checker.missingThing},
	{"premise", Checker.missingPremise},
	{"attribute", Checker.missingAttribute},
	{"kind", Checker.missingKind},
	{"items", Checker.missingItems},
	{"meaning", Checker.missingMeaning},
	{"year alone", Checker.missingYearAlone},
}

// Names returns the names of the checks.
func Names() []string {
	var out []string
	for _, c := range checks {
		out = append(out, c.name)
	}
	return out
}

// Check looks for the slots of the question in the answer, and makes it a near
// one if some is missing.
func (h Checker) Check(a *answer.Answer, ranked []rank.Scored) {
	if a.Status != answer.Answered || len(a.Hits) == 0 {
		return
	}
	for _, c := range checks {
		if c.name == Without {
			continue
		}
		if m := c.missing(h, a); m.Text != "" {
			h.Near(a, ranked, m)
			return
		}
	}
}

// missingOwn returns what a question that leans on another names itself, if the
// report has none of it, or only of the other year.
func (h Checker) missingOwn(a *answer.Answer) answer.Missing {
	q := h.Question
	if !q.Follows {
		return answer.Missing{}
	}
	if q.Elsewhere {
		if m := h.missingSpot(a); m.Text != "" {
			return m
		}
	}
	first, known := "", false
	for _, t := range q.Terms {
		switch {
		case !t.Own() || t.Weight < Used.OwnLeast:
		case t.Known:
			known = true
		case first == "":
			first = t.Text
		}
	}
	if first != "" && !known {
		return answer.Missing{Slot: answer.SlotThing, Text: first}
	}
	if first == "" && !known && q.Open() && !q.TimeKept && len(q.Times) == 1 && len(q.Years) == 1 && h.Index.Report.Passages[a.Hits[0].Passage].Time == rank.Opposite(q) {
		return answer.Missing{Slot: answer.SlotPeriod, Text: strconv.Itoa(q.Years[0])}
	}
	return answer.Missing{}
}

// missingSpot returns the place that a follow-up names in another's stead, if the
// evidence is not of it.
func (h Checker) missingSpot(a *answer.Answer) answer.Missing {
	r := h.Index.Report
	p := r.Passages[a.Hits[0].Passage]
	text := zh.Fold(r.Quote(p.Span) + strings.Join(r.Path(p.Section), " "))
	for _, s := range h.Question.Spots {
		if h.Index.OwnPlace(s) || strings.Contains(text, s) {
			return answer.Missing{}
		}
	}
	return answer.Missing{Slot: answer.SlotPlace, Text: h.Question.Spots[0]}
}

// Near makes a an answer that says what is missing, then what is nearest: the
// passages that it has, or else the best ones.
func (h Checker) Near(a *answer.Answer, ranked []rank.Scored, missing ...answer.Missing) {
	found := a.Hits
	if len(found) == 0 {
		for _, s := range ranked {
			if len(found) < Used.Nearest && (s.Coverage >= Used.LeastNear || h.Nearness(s.Passage) >= Used.NearMeant) {
				found = append(found, h.Index.Shown([]rank.Scored{s}, 0, 1)...)
			}
		}
	}
	a.Missing = missing
	a.Figures, a.Commitments, a.Sections, a.Direct, a.More = nil, nil, nil, 0, 0
	a.Hits = found[:min(len(found), Used.Nearest)]
	if len(a.Hits) == 0 {
		a.Status = answer.NotFound
		return
	}
	a.Status, a.Kind = answer.Nearest, answer.KindPassage
}

// holds returns how surely passage p, or a heading above it, holds term i by a word
// that means it.
func (h Checker) holds(i, p int) float64 {
	best := 0.0
	if p < 0 {
		return 0
	}
	best = max(h.Terms[i].Passage[int32(p)], h.InHeadings(i, h.Index.Report.Passages[p].Section))
	return best
}

// missingPlace returns a place that the question is about and the evidence is not:
// the city's number is not its district's.
func (h Checker) missingPlace(a *answer.Answer) answer.Missing {
	if len(h.Asked) > 0 {
		return answer.Missing{}
	}
	number := h.Question.AsksNumber()
	if m := withNation.FindStringSubmatch(h.Question.Words); m != nil && number && !h.Index.Own["全国"] && a.Direct > 0 {
		of := h.Index.Report.Figures[a.Figures[0]]
		if !strings.Contains(h.Index.Report.Quote(h.Index.Report.Passages[of.Passage].Span), "全国") {
			return answer.Missing{Slot: answer.SlotPlace, Text: m[1]}
		}
	}
	for i, t := range h.Question.Terms {
		if t.Kept || t.Story || !t.Place && !t.District && !resolve.IsDistrict(t.Text) || h.Index.OwnPlace(t.Text) {
			continue
		}
		if _, ok := place.Lookup(t.Text); t.Known && (h.Question.Beside(t) || !resolve.DistrictForm(t.Text) && (!ok || !number)) {
			continue // the way or the partner to something, or part of another name
		}
		if !t.Known && resolve.IsDistrict(t.Text) {
			return answer.Missing{Slot: answer.SlotPlace, Text: t.Text}
		}
		if t.Known && !slices.ContainsFunc(a.Hits[:1], func(x answer.Hit) bool { return h.holds(i, x.Passage) > 0 }) {
			return answer.Missing{Slot: answer.SlotPlace, Text: t.Text}
		}
	}
	return answer.Missing{}
}

// withNation compares with the nation.
var withNation = regexp.MustCompile(`[跟和与比同](全国)`)

// missingThing returns what the question is about, if the evidence only speaks of
// what has to do with it.
func (h Checker) missingThing(a *answer.Answer) answer.Missing {
	if len(h.Asked) > 0 {
		return answer.Missing{}
	}
	if t, ok := h.stranger(a.Hits); ok {
		return answer.Missing{Slot: answer.SlotThing, Text: t.Text}
	}
	if m := h.missingName(a); m.Text != "" {
		return m
	}
	most := 0.0
	for i, t := range h.Question.Terms {
		if !t.Kept && !t.Place && !t.Story {
			most = max(most, t.Weight)
		}
		if t.Concept != "" && !t.Story && h.Question.AsksNumber() && len(h.Question.ConceptsOf()) == 1 && h.Question.TellsMost(i) && (!h.answersFor(i, a) || !h.namesWhole(t.Concept, a)) && (t.Sure || h.evidence(a.Hits) < Used.Held) {
			return answer.Missing{Slot: answer.SlotThing, Text: t.Text}
		}
	}
	if most < Used.ThingLeast || !h.absent(a.Hits, Used.Held) {
		return answer.Missing{} // 厦门去年有什么大事 is about nothing but the place
	}
	for i, t := range h.Question.Terms {
		if t.Place || t.Story || t.Weight < Used.Thing*most || h.holds(i, a.Hits[0].Passage) > resolve.Used.Related {
			continue
		}
		return answer.Missing{Slot: answer.SlotThing, Text: t.Text}
	}
	return answer.Missing{}
}

// missingName returns a name before what is asked for that the report does not have:
// the port in another place, a firm. Numbers of its own are no answer.
func (h Checker) missingName(a *answer.Answer) answer.Missing {
	text := zh.Fold(h.Index.Report.Quote(h.Index.Report.Passages[a.Hits[0].Passage].Span))
	for _, t := range h.Question.Terms {
		if resolve.IsPhase(t.Text) && !t.Story && !t.Kept && !strings.Contains(text, t.Text) {
			return answer.Missing{Slot: answer.SlotThing, Text: t.Text} // the first phase is not the second
		}
	}
	if !h.Question.AsksNumber() {
		return answer.Missing{}
	}
	for _, t := range h.Question.Terms {
		if t.Known || !t.Proper || t.Story || t.Kept {
			continue
		}
		for _, next := range h.Question.Terms {
			if next.Known && h.Question.Adjoins(t, next) {
				return answer.Missing{Slot: answer.SlotThing, Text: t.Text}
			}
		}
	}
	return answer.Missing{}
}

// answersFor reports whether the evidence holds term i by itself, by a word
// that means the same, or by one that it is a kind of.
func (h Checker) answersFor(i int, a *answer.Answer) bool {
	t := h.Question.Terms[i]
	if t.Concept != "" {
		for _, f := range a.Figures[:min(a.Direct, len(a.Figures))] {
			if h.Index.Report.Figures[f].Concept == t.Concept {
				return true
			}
		}
	}
	for _, x := range a.Hits[:min(len(a.Hits), Used.Looked)] {
		if h.holds(i, x.Passage) > resolve.Used.Related {
			return true
		}
	}
	return false
}

// namesWhole reports whether one place of the evidence holds all words by which
// the question names an indicator: 工资 here and 最低标准 there are no 最低工资.
func (h Checker) namesWhole(concept string, a *answer.Answer) bool {
	var of []int
	for i, t := range h.Question.Terms {
		if t.Concept == concept {
			of = append(of, i)
		}
	}
	if len(of) < 2 || a.Direct > 0 {
		return true
	}
	return slices.ContainsFunc(a.Hits[:min(len(a.Hits), Used.Looked)], func(x answer.Hit) bool {
		return !slices.ContainsFunc(of, func(i int) bool { return h.holds(i, x.Passage) <= resolve.Used.Related })
	})
}

var (
	fellWords      = regexp.MustCompile(`下降|降低|减少|下滑|回落|负增长|收窄|压减|降至|降到|-[0-9]`)
	cancelledWords = regexp.MustCompile(`取消|停办|停止|废止|关停|撤销|清理|退出|叫停|停产`)
)

// missingPremise returns what the question takes for granted, if the evidence does
// not say it.
func (h Checker) missingPremise(a *answer.Answer) answer.Missing {
	for _, p := range h.Question.Premises {
		text := h.Index.Report.Quote(h.Index.Report.Passages[a.Hits[0].Passage].Span)
		switch p.Kind {
		case question.Fell:
			if len(a.Figures) == 0 || a.Direct == 0 {
				continue
			}
			if clause := h.Index.Report.Quote(h.Index.Report.Figures[a.Figures[0]].Clause); !fellWords.MatchString(clause) {
				return answer.Missing{Slot: answer.SlotPremise, Text: p.Text}
			}
		case question.Cancelled:
			if !cancelledWords.MatchString(text) {
				return answer.Missing{Slot: answer.SlotPremise, Text: p.Text}
			}
		}
	}
	return answer.Missing{}
}

// wordTarget is a target that is set in words.
var wordTarget = regexp.MustCompile(`与[^，。；]{2,10}(?:基本)?同步|正增长|保持[^，。；]{0,8}(?:稳定|平衡|合理区间|同步)|基本(?:平衡|同步|持平|稳定|相当)|完成国家下达|(?:高于|快于|优于|低于|不低于)(?:全国|经济|上年|去年|全省)|只增不减|达到国家(?:要求|下达)`)

// risesOnly says that something rises, not what.
var risesOnly = regexp.MustCompile(`^(?:上涨|涨幅?|增[长速幅]|下降|提高|增加)$`)

// Worded finds a passage that sets a target for what the question asks in
// words: 与经济增长同步. It is an answer, though no number.
func (h Checker) Worded(ranked []rank.Scored) []rank.Scored {
	q, r := h.Question, h.Index.Report
	if !q.Aim && q.Tense != question.Future && !(len(q.Times) == 1 && q.Times[0] == corpus.Plan) {
		return nil
	}
	if q.Beyond != "" && len(q.Years) == 0 || question.FixedUnits[q.Unit] && q.Unit != "%" {
		return nil // words set no sum
	}
	most := 0.0
	for _, t := range q.Terms {
		if t.Known {
			most = max(most, t.Weight)
		}
	}
	for _, s := range ranked[:min(len(ranked), Used.WordedPassages)] {
		if r.Passages[s.Passage].Time != corpus.Plan {
			continue
		}
		for c := h.Index.Clauses[s.Passage][0]; c < h.Index.Clauses[s.Passage][1]; c++ {
			if !wordTarget.MatchString(r.Quote(h.Index.Text.Clauses[c].Span)) {
				continue
			}
			for i, t := range q.Terms {
				if t.Known && !risesOnly.MatchString(t.Text) && t.Weight >= Used.Thing*most && h.Terms[i].Clause[c] > resolve.Used.SureMeaning {
					s.Focus = int(c)
					return []rank.Scored{s}
				}
			}
		}
	}
	return nil
}
