package library

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/index"
)

// A fact is a figure of a report whose indicator is one of the table's
// concepts. Figures of a part of the place (a district, a port) are none: they
// must not stand for the place.
type fact struct {
	figure  int // index in the report's Figures
	concept string
	nature  corpus.Nature
	period  string
	class   class
	unit    string
	number  float64 // signed: a fall is below zero
	high    float64 // the upper end of a range; 0 otherwise
	bound   corpus.Bound
}

// A class tells apart what may not be compared: an amount, its growth, a share.
type class string

const (
	amount class = "amount"
	growth class = "growth"
	share  class = "share"
	change class = "change" // of a share, in points
	rank   class = "rank"
)

// classOf returns the class of f.
func classOf(f *corpus.Figure) class {
	percent := f.Unit == "%" || f.Unit == "个百分点"
	switch {
	case f.Measure == corpus.MeasureRank:
		return rank
	case percent && f.Measure == corpus.MeasureChange:
		return change
	case f.Measure == corpus.MeasureGrowth:
		return growth
	case percent:
		return share
	}
	return amount
}

// facts are the facts of reports, by version. What was read once stays: some
// 20 KB a report.
type facts struct {
	mu sync.Mutex
	of map[string][]fact
}

// read returns the facts of m.
func (l *Library) read(m *member) ([]fact, error) {
	l.facts.mu.Lock()
	list, ok := l.facts.of[m.id]
	l.facts.mu.Unlock()
	if ok {
		return list, nil
	}
	r, err := l.shelf.report(m)
	if err != nil {
		return nil, err
	}
	list = factsOf(r)
	l.facts.mu.Lock()
	defer l.facts.mu.Unlock()
	l.facts.of[m.id] = list
	return list, nil
}

// keep lets go of the facts of versions that are not in c any more.
func (f *facts) keep(c *catalog) {
	f.mu.Lock()
	defer f.mu.Unlock()
	serving := make(map[string]bool, len(c.members))
	for _, m := range c.members {
		serving[m.id] = true
	}
	for id := range f.of {
		if !serving[id] {
			delete(f.of, id)
		}
	}
}

func factsOf(r *corpus.Report) []fact {
	out := []fact{}
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.Concept == "" || f.Scope != "" || f.Passage < 0 {
			continue
		}
		out = append(out, factOf(r, i))
	}
	return slices.Clip(out)
}

// factOf returns figure i of r as a fact.
func factOf(r *corpus.Report, i int) fact {
	f := &r.Figures[i]
	return fact{figure: i, concept: f.Concept, nature: f.Nature, period: f.Period, class: classOf(f), unit: f.Unit, number: f.Number, high: f.High, bound: f.Bound}
}

// A want is the figure that is looked for in one report.
type want struct {
	concept string
	year    int // of the figure
	nature  corpus.Nature
	class   class  // "" is any
	unit    string // "" is any
	falls   bool   // how much it fell: a fall is above zero
}

// candidates returns the facts of m that w may mean, best first: in the order of
// the text, for reports say first what they say of the whole place.
func (l *Library) candidates(m *member, w want) ([]fact, error) {
	list, err := l.read(m)
	if err != nil {
		return nil, err
	}
	year := strconv.Itoa(w.year)
	var out []fact
	for _, f := range list {
		if f.concept == w.concept && f.nature == w.nature && f.period == year && (w.class == "" || f.class == w.class) && (w.unit == "" || f.unit == w.unit) {
			if w.falls && (f.class == growth || f.class == change) {
				f.number, f.high = -f.number, -f.high
			}
			out = append(out, f)
		}
	}
	return out, nil
}

// A kind is what facts have to share to be put side by side.
type kind struct {
	class class
	unit  string
}

// fallAsked asks how much something fell; riseAsked whether it rose, too.
var (
	fallAsked = regexp.MustCompile(`下降|降幅|降得|减少|跌幅|跌得|压减`)
	riseAsked = regexp.MustCompile(`增|涨|升`)
)

// falls reports whether the growth that r asks for is told as how much it fell:
// where the question says so, and where less is better (能耗下降3%).
func (r *request) falls() bool {
	if c, ok := concept.Lookup(r.concept()); ok && c.Good < 0 {
		return true
	}
	return r.kind == index.AcrossRanking && r.order.Rise == 0 && fallAsked.MatchString(r.text) && !riseAsked.MatchString(r.text)
}

// commonUnit returns the class and unit that most of found have, among those that the
// question leaves open: what is compared must be of one kind.
func commonUnit(found [][]fact, prefer class) (class, string) {
	count := make(map[kind]int)
	for _, list := range found {
		seen := make(map[kind]bool)
		for _, f := range list {
			k := kind{f.class, f.unit}
			if !seen[k] && f.class != rank {
				seen[k] = true
				count[k]++
			}
		}
	}
	best, most := kind{}, 0
	kinds := make([]kind, 0, len(count))
	for k := range count {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b kind) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.unit, b.unit))
	})
	for _, k := range kinds {
		n := count[k] * 2
		if k.class == change {
			n = 1 // only where nothing else is told
		}
		if k.class == prefer {
			n = n*4 + 1 // as asked, unless hardly anybody says it so
		}
		if n > most {
			best, most = k, n
		}
	}
	return best.class, best.unit
}

// preferred returns the class that a question means by its wording and its concept
// where it does not say: a target of GDP is its growth.
func preferred(q *request) class {
	c, _ := concept.Lookup(q.concept())
	switch {
	case q.measure == corpus.MeasureGrowth, c.Has("growth") && growthWord.MatchString(q.text) && !q.amountWords():
		return growth
	case q.measure == corpus.MeasureShare:
		return share
	case q.amount:
		return amount
	case c.Has("share") && !c.Has("level") && !c.Has("count"):
		return share
	case c.Has("growth") && (q.nature == corpus.Target || c.ID == "gdp" && !q.amountWords()):
		return growth
	}
	return amount
}

// compare orders figures by what they amount to; a range by its upper end, then
// its lower.
func (f fact) compare(g fact) int {
	return cmp.Or(cmp.Compare(f.top(), g.top()), cmp.Compare(f.number, g.number))
}

func (f fact) top() float64 {
	if f.high != 0 {
		return f.high
	}
	return f.number
}

// same reports whether f and g are the same amount, whatever word bounds it.
func (f fact) same(g fact) bool {
	const tiny = 1e-9
	return math.Abs(f.top()-g.top()) <= tiny*math.Max(1, math.Abs(f.top())) && math.Abs(f.number-g.number) <= tiny*math.Max(1, math.Abs(f.number))
}
