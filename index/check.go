package index

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/place"
	"jinwen/index/question"
)

// Checks decide what an answer is worth. Each slot that the question names is
// looked for in the evidence, the passage that answers and its headings: all
// there, it answers; the subject is in the report but a slot is missing, and
// the answer says which and quotes what is nearest; nothing near, it is not
// found.

// A checked answer shows this many passages at most if it is only near.
const maxNearest = 3

// leastNear is how much of the question a passage holds at least, and how near
// it comes in meaning, to be quoted as near.
const (
	leastNear = 0.2
	nearMeant = 1.5 // deviations
)

// check looks for the slots of the question in the answer, and makes it a near
// one if some is missing.
func (h *hits) check(a *Answer, ranked []scored) {
	if a.Status != Answered || len(a.Hits) == 0 {
		return
	}
	if len(h.asked) == 0 {
		if m := h.missingPlace(a); m.Text != "" {
			h.near(a, ranked, m)
			return
		}
		if m := h.missingThing(a); m.Text != "" && h.told < 0 {
			h.near(a, ranked, m)
			return
		}
	}
	if m := h.missingPremise(a); m.Text != "" {
		h.near(a, ranked, m)
		return
	}
	if m := h.missingItems(a); m.Text != "" {
		h.near(a, ranked, m)
		return
	}
	if m := h.missingKind(a); m.Text != "" {
		h.near(a, ranked, m)
	}
}

// near makes a an answer that says what is missing, then what is nearest: the
// passages that it has, or else the best ones.
func (h *hits) near(a *Answer, ranked []scored, missing ...Missing) {
	found := a.Hits
	if len(found) == 0 {
		for _, s := range ranked {
			if len(found) < maxNearest && (s.coverage >= leastNear || at(h.meant, s.passage) >= nearMeant) {
				found = append(found, h.ix.hits([]scored{s}, 0, 1)...)
			}
		}
	}
	a.Missing = missing
	a.Figures, a.Commitments, a.Sections, a.Direct, a.More = nil, nil, nil, 0, 0
	a.Hits = found[:min(len(found), maxNearest)]
	if len(a.Hits) == 0 {
		a.Status = NotFound
		return
	}
	a.Status, a.Kind = Nearest, KindPassage
}

// holds is how surely passage p, or a heading above it, holds term i by a word
// that means it.
func (h *hits) holds(i, p int) float64 {
	best := 0.0
	if p < 0 {
		return 0
	}
	best = max(h.terms[i].passage[int32(p)], h.inHeadings(i, h.ix.report.Passages[p].Section))
	return best
}

// missingPlace is a place that the question is about and the evidence is not:
// the city's number is not its district's.
func (h *hits) missingPlace(a *Answer) Missing {
	number := h.q.number()
	if m := withNation.FindStringSubmatch(h.q.Words); m != nil && number && !h.ix.own["全国"] && a.Direct > 0 {
		of := h.ix.report.Figures[a.Figures[0]]
		if !strings.Contains(h.ix.report.Quote(h.ix.report.Passages[of.Passage].Span), "全国") {
			return Missing{SlotPlace, m[1]}
		}
	}
	for i, t := range h.q.Terms {
		if t.kept || !t.place && !t.district && !h.ix.isDistrict(t.Text) || h.ix.ownPlace(t.Text) {
			continue
		}
		if _, ok := place.Lookup(t.Text); t.Known && (h.q.beside(t) || !district.MatchString(t.Text) && (!ok || !number)) {
			continue // the way or the partner to something, or part of another name
		}
		if !t.Known && h.ix.isDistrict(t.Text) {
			return Missing{SlotPlace, t.Text}
		}
		if t.Known && !slices.ContainsFunc(a.Hits[:1], func(x Hit) bool { return h.holds(i, x.Passage) > 0 }) {
			return Missing{SlotPlace, t.Text}
		}
	}
	return Missing{}
}

// withNation compares with the nation.
var withNation = regexp.MustCompile(`[跟和与比同](全国)`)

// isDistrict reports whether name is a district, county or city by the
// gazetteer or by its form.
func (ix *Index) isDistrict(name string) bool {
	if district.MatchString(name) && strings.HasSuffix(name, "区") && len([]rune(name)) <= 4 {
		_, ok := place.Lookup(name)
		return ok
	}
	p, ok := place.Lookup(name)
	return ok && (p.Level == place.County || p.Level == place.Prefecture)
}

// ownPlace reports whether name is the report's own place, or something of it
// that bears its name.
func (ix *Index) ownPlace(name string) bool {
	for own := range ix.own {
		if strings.HasPrefix(name, own) && own != "" {
			return true
		}
	}
	return false
}

// missingThing is what the question is about, if the evidence only speaks of
// what has to do with it.
func (h *hits) missingThing(a *Answer) Missing {
	if m := h.missingName(a); m.Text != "" {
		return m
	}
	most := 0.0
	for i, t := range h.q.Terms {
		if !t.kept && !t.place && !t.story {
			most = max(most, t.Weight)
		}
		if t.concept != "" && !t.story && h.q.number() && !h.answersFor(i, a) && len(h.q.conceptsOf()) == 1 && h.q.only(i) {
			return Missing{SlotThing, t.Text}
		}
	}
	if head := h.q.head(); most < 0.5 || head >= 0 && h.answersFor(head, a) {
		return Missing{}
	}
	first, held := Missing{}, false
	for i, t := range h.q.Terms {
		if t.place || t.kept && most > 0 || t.Weight < thingShare*most || t.story {
			continue
		}
		if h.answersFor(i, a) {
			held = true
			continue
		}
		if first.Text == "" {
			first = Missing{SlotThing, t.Text}
		}
	}
	if held {
		return Missing{}
	}
	return first
}

// missingName is a name before what is asked for that the report does not have:
// the port in another place, a firm. Numbers of its own are no answer.
func (h *hits) missingName(a *Answer) Missing {
	if !h.q.number() {
		return Missing{}
	}
	for _, t := range h.q.Terms {
		if t.Known || !t.proper || t.story || t.kept {
			continue
		}
		for _, next := range h.q.Terms {
			if next.Known && h.q.follows(t, next) {
				return Missing{SlotThing, t.Text}
			}
		}
	}
	return Missing{}
}

// between is what may stand between a name and what is asked of it.
var between = regexp.MustCompile(`^(?:的|去年|今年|前年|(?:19|20)?[0-9]{2}年)*$`)

// follows reports whether next stands right behind t, but for the year.
func (q *Question) follows(t, next Term) bool {
	said := []rune(q.Subject)
	if t.start < 0 || t.end > next.start || next.start > len(said) {
		return false
	}
	return next.start-t.end <= 1 || between.MatchString(strings.TrimSpace(string(said[t.end:next.start])))
}

// number reports whether q asks for a number, in words or by naming a kind of one.
func (q *Question) number() bool {
	return q.Ask == question.Number || q.Ask == question.Compare || q.Measure != "" || q.Level || q.AimNamed
}

// head is the term that stands last in what is asked: of 家底优势 the second.
// -1 if there is none.
func (q *Question) head() int {
	const telling = 0.4
	best := -1
	for i, t := range q.Terms {
		if t.start >= 0 && !t.story && !t.place && t.Weight >= telling && (best < 0 || t.start > q.Terms[best].start) {
			best = i
		}
	}
	return best
}

// only reports whether nothing but places tells as much as term i.
func (q *Question) only(i int) bool {
	for k, t := range q.Terms {
		if k != i && !t.place && !t.kept && t.Weight >= q.Terms[i].Weight {
			return false
		}
	}
	return true
}

// beside reports whether a place is the way or the partner to something, or
// begins a longer name: 去北京, 跟北京, 北京路.
func (q *Question) beside(t Term) bool {
	said := []rune(q.Subject)
	if t.start < 0 || t.end > len(said) {
		return false
	}
	if t.start > 0 && strings.ContainsRune("往去到从跟和与同向对给来在至回由", said[t.start-1]) {
		return true
	}
	for _, next := range q.Terms {
		if next.start == t.end && facility.MatchString(next.Text) {
			return true
		}
	}
	return false
}

// thingShare is the share of the weight of the heaviest term from which others
// are what the question is about, too.
const thingShare = 0.75

// answersFor reports whether the evidence holds term i by itself, by a word
// that means the same, or by one that it is a kind of.
func (h *hits) answersFor(i int, a *Answer) bool {
	t := h.q.Terms[i]
	if t.concept != "" {
		for _, f := range a.Figures[:min(a.Direct, len(a.Figures))] {
			if h.ix.report.Figures[f].Concept == t.concept {
				return true
			}
		}
	}
	for _, x := range a.Hits[:min(len(a.Hits), 2)] {
		if h.holds(i, x.Passage) > relatedQuality {
			return true
		}
	}
	return false
}

var (
	fellWords      = regexp.MustCompile(`下降|降低|减少|下滑|回落|负增长|收窄|压减|降至|降到|-[0-9]`)
	cancelledWords = regexp.MustCompile(`取消|停办|停止|废止|关停|撤销|清理|退出|叫停|停产`)
)

// missingPremise is what the question takes for granted, if the evidence does
// not say it.
func (h *hits) missingPremise(a *Answer) Missing {
	for _, p := range h.q.Premises {
		text := h.ix.report.Quote(h.ix.report.Passages[a.Hits[0].Passage].Span)
		switch p.Kind {
		case question.Fell:
			if len(a.Figures) == 0 || a.Direct == 0 {
				continue
			}
			if clause := h.ix.report.Quote(h.ix.report.Figures[a.Figures[0]].Clause); !fellWords.MatchString(clause) {
				return Missing{SlotPremise, p.Text}
			}
		case question.Cancelled:
			if !cancelledWords.MatchString(text) {
				return Missing{SlotPremise, p.Text}
			}
		}
	}
	return Missing{}
}

// countedList asks which the so many things are: 哪43项, 29条都是啥.
var countedList = regexp.MustCompile(`哪[0-9]+[项条类个件家种大]|[0-9]+[项条类个件家种大](?:措施|政策|任务|工程|项目)?(?:都|具体|分别|各)?(?:是|有|指)(?:哪些|哪几|(?:什么|啥|些啥)[呢啊呀？? ]*$)`)

// missingItems is a count whose items are asked for, if the evidence only
// counts them.
func (h *hits) missingItems(a *Answer) Missing {
	if !countedList.MatchString(h.q.Words) || len(h.asked) == 0 {
		return Missing{}
	}
	f := h.ix.report.Figures[h.asked[0]]
	if f.Passage < 0 || f.Number > 12 && len(a.Sections) == 0 {
		return Missing{SlotNumber, h.q.Numbers[0].Text}
	}
	if items := strings.Count(h.ix.report.Quote(h.ix.report.Passages[f.Passage].Span), "、") + 1; float64(items) < f.Number && len(a.Sections) == 0 && len(a.Hits) < int(f.Number) {
		return Missing{SlotNumber, h.q.Numbers[0].Text}
	}
	return Missing{}
}

// wordTarget is a target that is set in words.
var wordTarget = regexp.MustCompile(`与[^，。；]{2,10}(?:基本)?同步|正增长|保持[^，。；]{0,8}(?:稳定|平衡|合理区间|同步)|基本(?:平衡|同步|持平|稳定|相当)|完成国家下达|(?:高于|快于|优于|低于|不低于)(?:全国|经济|上年|去年|全省)|只增不减|达到国家(?:要求|下达)`)

// risesOnly says that something rises, not what.
var risesOnly = regexp.MustCompile(`^(?:上涨|涨幅?|增[长速幅]|下降|提高|增加)$`)

// worded finds a passage that sets a target for what the question asks in
// words: 与经济增长同步. It is an answer, though no number.
func (h *hits) worded(ranked []scored) []scored {
	q, r := h.q, h.ix.report
	if !q.Aim && q.Tense != question.Future && !(len(q.Times) == 1 && q.Times[0] == corpus.Plan) {
		return nil
	}
	if q.Beyond != "" && len(q.Years) == 0 || hardUnit[q.Unit] && q.Unit != "%" {
		return nil // words set no sum
	}
	most := 0.0
	for _, t := range q.Terms {
		if t.Known {
			most = max(most, t.Weight)
		}
	}
	for _, s := range ranked[:min(len(ranked), 12)] {
		if r.Passages[s.passage].Time != corpus.Plan {
			continue
		}
		for c := h.ix.clauses[s.passage][0]; c < h.ix.clauses[s.passage][1]; c++ {
			if !wordTarget.MatchString(r.Quote(h.ix.text.clauses[c].Span)) {
				continue
			}
			for i, t := range q.Terms {
				if t.Known && !risesOnly.MatchString(t.Text) && t.Weight >= thingShare*most && most >= 0.4 && h.terms[i].clause[c] > sureMeaning {
					s.focus = int(c)
					return []scored{s}
				}
			}
		}
	}
	return nil
}
