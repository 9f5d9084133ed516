package index

import (
	"jinwen/index/question"
	"slices"
	"strings"
)

// hits are where the terms of a question stand in the report.
type hits struct {
	ix       *Index
	q        *Question
	terms    []places        // by term
	weight   float64         // sum of the terms' weights
	asked    []int           // figures that the question asks about by their number
	numbered map[int]bool    // passages that hold one of them
	series   bool            // a term names a list by the number of its items
	concepts map[string]bool // indicators that the question asks for
	told     int             // the figure that answers though it shares no name with the question; -1 if there is none
	opposed  []string        // words whose opposite the question names, and not them
	expanded []float64       // by passage: how well it matches once expanded, 0..1; nil if nothing does
	meant    []float64       // by passage: how near it is in meaning, in deviations; nil if nothing is known
}

// places are where one term stands, and how surely it is meant there.
type places struct {
	clause  map[int32]float64 // clause → quality
	passage map[int32]float64 // passage → best quality
	head    map[int32]float64 // section → quality of standing in its heading
	count   map[int32]int     // passage → how often
}

// opposites are words by which indicators differ that share all others.
var opposites = [][]string{{"收入", "支出"}, {"进口", "出口"}, {"城镇", "农村"}, {"城市", "农村"}, {"公办", "民办"}, {"第一产业", "第二产业", "第三产业"}}

// opposed are the words whose opposite q names, and not them.
func (q *Question) opposed() []string {
	var out []string
	for _, set := range opposites {
		named := ""
		for _, word := range set {
			if slices.ContainsFunc(q.Terms, func(t Term) bool {
				return strings.Contains(strings.ReplaceAll(t.Text, "进出口", ""), word)
			}) {
				if named != "" {
					named = ""
					break
				}
				named = word
			}
		}
		for _, word := range set {
			if named != "" && word != named {
				out = append(out, word)
			}
		}
	}
	return out
}

// seriesQuality is that of the list that a name such as 三量 stands for: it
// tells more than the name.
const seriesQuality = 1.6

// locate finds all places where q's terms stand.
func (ix *Index) locate(q *Question) *hits {
	h := &hits{ix: ix, q: q, told: -1, terms: make([]places, len(q.Terms)), asked: ix.asked(q), numbered: map[int]bool{}, opposed: q.opposed(), concepts: q.conceptsOf()}
	for _, i := range h.asked {
		if p := ix.report.Figures[i].Passage; p >= 0 {
			h.numbered[p] = true
		}
	}
	lex := ix.lex.Load()
	h.expanded = ix.expanded.Load().scores(q.plain(lex))
	v := meaningOf(ix.cut, q.said()+q.translated())
	h.meant = both(ix.meanings.scores(&v), ix.embedded.scores(q))
	for i, t := range q.Terms {
		h.weight += t.Weight
		h.terms[i] = places{map[int32]float64{}, map[int32]float64{}, map[int32]float64{}, map[int32]int{}}
		for _, pos := range t.series {
			h.found(i, pos, seriesQuality)
			h.series = true
		}
		if t.concept != "" {
			h.foundConcept(i)
		}
		for _, a := range t.Alts {
			found := ix.text.find(a.runes)
			q.work.add(len(found) + 1)
			for _, pos := range found {
				if !ix.text.across(pos, len(a.runes)) {
					h.found(i, pos, a.Quality)
				}
			}
			if len(a.runes) >= leastComposed && a.Quality > sureMeaning {
				h.foundComposed(i, a)
			}
		}
	}
	return h
}

// foundComposed notes that term i is in an indicator that is read out of a
// clause.
func (h *hits) foundComposed(i int, a Alt) {
	for _, k := range h.ix.composed {
		if f := h.ix.report.Figures[k]; strings.Contains(h.ix.indicators[k], a.Text) {
			t, p := h.terms[i], int32(f.Passage)
			c := int32(h.ix.text.clauseOf(f.Start))
			t.clause[c] = max(t.clause[c], a.Quality)
			t.passage[p] = max(t.passage[p], a.Quality)
		}
	}
}

// found notes that term i stands at pos of the folded text.
func (h *hits) found(i int, pos int32, quality float64) {
	t, c := h.terms[i], h.ix.text.at[pos]
	if s := h.ix.headings[pos]; s >= 0 {
		t.head[s] = max(t.head[s], quality)
	}
	p := h.ix.text.clauses[c].passage
	if p < 0 {
		return
	}
	t.clause[c] = max(t.clause[c], quality)
	t.passage[p] = max(t.passage[p], quality)
	t.count[p]++
}

// fullWeight is the weight of telling words beyond which more of them do not
// make a question harder to answer: people who write much tell much besides.
const fullWeight = 2.2

// scale is what coverage is a share of.
// Words that the report does not have count in full.
func (h *hits) scale() float64 {
	known := 0.0
	for _, t := range h.q.Terms {
		if t.Known {
			known += t.Weight
		}
	}
	return min(known, fullWeight) + h.weight - known
}

// inHeadings is how well term i stands in a heading above section s.
func (h *hits) inHeadings(i, s int) float64 {
	best := 0.0
	for ; s >= 0; s = h.ix.report.Sections[s].Parent {
		best = max(best, h.terms[i].head[int32(s)])
	}
	return best
}

// holdsHeaviest reports whether a passage or the headings above it hold one of
// the terms that tell most.
func (h *hits) holdsHeaviest(passage, section int) bool {
	heavy, held := h.heavy(passage, section)
	return heavy == 0 || held > 0
}

// listsNumbered reports whether the question wants a list of things that it
// only counts: 30件民生实事都有哪些, but not 615项是哪件事.
func (h *hits) listsNumbered() bool {
	const telling = 0.5
	return h.q.Ask == question.List && h.weight >= telling
}

// heavyShare is the share of the weight of the heaviest term from which others
// tell as much.
const heavyShare = 0.9

// heaviest is the weight of the known term that tells most.
func (q *Question) heaviest() float64 {
	most := 0.0
	for _, t := range q.Terms {
		if t.Known {
			most = max(most, t.Weight)
		}
	}
	return most
}

// heavy counts the terms that tell most, and those of them that a passage or
// the headings above it hold.
func (h *hits) heavy(passage, section int) (heavy, held int) {
	most := h.q.heaviest()
	for k, t := range h.q.Terms {
		if !t.Known || t.Weight < heavyShare*most {
			continue
		}
		heavy++
		if h.terms[k].passage[int32(passage)] > 0 || h.inHeadings(k, section) > 0 {
			held++
		}
	}
	return heavy, held
}
