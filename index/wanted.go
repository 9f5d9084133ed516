package index

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/answer"
	"jinwen/index/rank"
	"jinwen/index/resolve"
)

// slots are the slots of a question that an answer must have besides those that
// package check looks for: each by its kind.
var slots = []func(ix *Index, a *answer.Answer) answer.Missing{
	(*Index).missingItems, (*Index).missingMeaning, (*Index).missingYearAlone,
}

// lacksWanted is the first of slots that a does not have.
func (ix *Index) lacksWanted(a *answer.Answer) (answer.Missing, bool) {
	if a.Status != answer.Answered || len(a.Hits) == 0 {
		return answer.Missing{}, false
	}
	for _, f := range slots {
		if m := f(ix, a); m.Text != "" {
			return m, true
		}
	}
	return answer.Missing{}, false
}

// counted is a number with the measure word behind it.
var counted = regexp.MustCompile(`[0-9]+[项条类个件家种大位]`)

// missingItems is a count whose items are asked for, if the report only counts
// them: where it does so, it lists nothing.
func (ix *Index) missingItems(a *answer.Answer) answer.Missing {
	q, r := a.Question, ix.in.Report
	if !q.Itemizes || len(a.Sections) > 0 {
		return answer.Missing{}
	}
	count := counted.FindString(q.Words)
	n, err := strconv.Atoi(strings.TrimRightFunc(count, zh.IsHan))
	if err != nil || n < 2 {
		return answer.Missing{}
	}
	for _, x := range a.Hits {
		p := r.Passages[x.Passage]
		if text := zh.Fold(r.Quote(p.Span)); strings.Contains(text, count) && (p.Zone == corpus.ZoneGlossary || lists(text, count) >= n) {
			return answer.Missing{}
		}
	}
	return answer.Missing{Slot: answer.SlotItems, Text: count}
}

// sentence ends a sentence.
const sentence = "。！？；"

// lists is how many things the sentences of text name in a row that hold count.
func lists(text, count string) int {
	most := 0
	for _, s := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(sentence, c) }) {
		if strings.Contains(s, count) {
			most = max(most, strings.Count(s, "、")+strings.Count(s, "和")+1)
		}
	}
	return most
}

// explains is what a report has behind a name that it explains.
var explains = regexp.MustCompile(`^[”"》」]?(?:[\p{Han}]{0,8}[”"》」]?)?(?:：|:|——|\(|（|是指|就是|即|指的是|包括|分别是)`)

// missingMeaning is a name whose meaning is asked for, if the report only uses
// it.
func (ix *Index) missingMeaning(a *answer.Answer) answer.Missing {
	q, r := a.Question, ix.in.Report
	if q.Means == "" || slices.ContainsFunc(q.Terms, func(t resolve.Term) bool { return len(t.Series) > 0 }) {
		return answer.Missing{}
	}
	used := false
	for _, x := range a.Hits {
		p := r.Passages[x.Passage]
		text := zh.Fold(r.Quote(p.Span))
		if ix.explainedIn(x.Passage, q.Means) {
			return answer.Missing{}
		}
		for _, after := range strings.Split(text, q.Means)[1:] {
			if used = true; explains.MatchString(after) {
				return answer.Missing{}
			}
		}
	}
	if !used {
		return answer.Missing{}
	}
	return answer.Missing{Slot: answer.SlotMeaning, Text: q.Means}
}

// headword is the name at the head of an entry of a glossary.
var headword = regexp.MustCompile(`^(?:[0-9]+[.．、]|[（(][0-9]+[）)])?[“"「]?([^：:”"」]{2,20})`)

// explainedIn reports whether passage p is the entry of a glossary for name, or
// for a part of it.
func (ix *Index) explainedIn(p int, name string) bool {
	x := ix.in.Report.Passages[p]
	if x.Zone != corpus.ZoneGlossary {
		return false
	}
	m := headword.FindStringSubmatch(zh.Fold(ix.in.Report.Quote(x.Span)))
	return m != nil && (strings.Contains(m[1], name) || strings.Contains(name, m[1]))
}

// explainedFirst puts the entries of the glossary for name before the others.
func (ix *Index) explainedFirst(ranked []rank.Scored, name string) []rank.Scored {
	out := slices.Clone(ranked)
	slices.SortStableFunc(out, func(a, b rank.Scored) int {
		switch one := ix.explainedIn(a.Passage, name); {
		case one == ix.explainedIn(b.Passage, name):
			return 0
		case one:
			return -1
		}
		return 1
	})
	return out
}

// missingYearAlone is the year that is asked for alone, if the number is all
// there is by now.
func (ix *Index) missingYearAlone(a *answer.Answer) answer.Missing {
	q := a.Question
	if !q.InYear || len(q.Years) == 0 {
		return answer.Missing{}
	}
	year := strconv.Itoa(q.Years[0])
	text := zh.Fold(ix.in.Report.Quote(a.Hits[0].Focus))
	if a.Direct > 0 {
		f := ix.in.Report.Figures[a.Figures[0]]
		text = zh.Fold(ix.in.Report.Quote(f.Clause))
		if f.Period == "cumulative" {
			return answer.Missing{Slot: answer.SlotAlone, Text: year}
		}
	}
	if strings.Contains(text, "累计") {
		return answer.Missing{Slot: answer.SlotAlone, Text: year}
	}
	return answer.Missing{}
}

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
