package diff

import (
	"cmp"
	"slices"
	"strings"

	"znkr.io/diff"

	"jinwen/corpus"
	"jinwen/corpus/similar"
	"jinwen/corpus/zh"
)

// ChangeKind is what happened to a part of a report between two texts.
type ChangeKind string

const (
	Added   ChangeKind = "added"   // only in the new text
	Dropped ChangeKind = "dropped" // only in the old text
	Changed ChangeKind = "changed" // in both, with other words or another value
	Moved   ChangeKind = "moved"   // in both, word for word, at another place
)

// A Diff is what differs between two reports: a text and its correction, or
// one year's report and the next one's. What is the same in both is not in it.
// Every list is in the order of the new text; what was dropped stands where it
// would have stood.
type Diff struct {
	Old, New    string // the reports' IDs
	Sections    []SectionChange
	Sentences   []SentenceChange
	Figures     []FigureChange
	Commitments []CommitmentChange
}

// Empty reports whether the texts do not differ in anything but white space.
func (d Diff) Empty() bool {
	return len(d.Sections)+len(d.Sentences)+len(d.Figures)+len(d.Commitments) == 0
}

// A SectionChange is a heading that came, went, moved or was renamed.
type SectionChange struct {
	Kind     ChangeKind `json:"kind"`
	Old, New int        `json:"-"`                   // indices in Sections; -1 if it is not there
	OldTitle string     `json:"old_title,omitempty"` // without mark
	NewTitle string     `json:"new_title,omitempty"`
}

// A SentenceChange is a sentence of the body that differs. Headings are no
// sentences here: see SectionChange.
type SentenceChange struct {
	Kind     ChangeKind    `json:"kind"`
	Old, New corpus.Span   `json:"-"` // empty if it is not there
	OldText  string        `json:"old_text,omitempty"`
	NewText  string        `json:"new_text,omitempty"`
	OldParts []corpus.Span `json:"-"` // of a changed sentence: what of Old is not in New, spans of the old text
	NewParts []corpus.Span `json:"-"` // what of New is not in Old, spans of the new text
}

// A FigureChange is a figure that came, went or has another value. Between
// two years' reports results are set beside results and aims beside aims.
type FigureChange struct {
	Kind      ChangeKind `json:"kind"`
	Old, New  int        `json:"-"` // indices in Figures; -1 if it is not there
	Indicator string     `json:"indicator"`
	OldValue  string     `json:"old_value,omitempty"`
	NewValue  string     `json:"new_value,omitempty"`
}

// A CommitmentChange is a commitment that came, went or was reworded.
type CommitmentChange struct {
	Kind     ChangeKind `json:"kind"`
	Old, New int        `json:"-"` // indices in Commitments; -1 if it is not there
	OldText  string     `json:"old_text,omitempty"`
	NewText  string     `json:"new_text,omitempty"`
}

// Compare returns what differs between old and new. It takes time about
// linear in their length if they are much alike. A text compared with itself
// gives an empty Diff.
func Compare(old, new *corpus.Report) Diff {
	d := Diff{Old: old.ID, New: new.ID}
	if old.Text == new.Text {
		return d
	}
	a, b := bodySentences(old), bodySentences(new)
	d.Sentences = compareSentences(old, new, a, b)
	d.Sections = compareSections(old, new, a, b)
	d.Figures = compareFigures(old, new)
	d.Commitments = compareCommitments(old, new)
	return d
}

// A pairing maps items of an old list to those of a new one that they are.
type pairing struct {
	oldToNew, newToOld []int  // -1: gone, new
	same               []bool // by old index: equal, not only alike
	moved              []bool // by old index
	gaps               [][2][]int
}

// oneWidth returns texts with full-width digits, letters and percent signs as
// ASCII: ％ for % is no change.
func oneWidth(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = strings.ReplaceAll(zh.HalfWidth(s), "％", "%")
	}
	return out
}

// align pairs equal items: first those that keep their order, then those that
// stand elsewhere. What is left is in gaps, by the stretches between kept ones.
func align(a, b []string) pairing {
	a, b = oneWidth(a), oneWidth(b)
	p := pairing{
		oldToNew: slices.Repeat([]int{-1}, len(a)),
		newToOld: slices.Repeat([]int{-1}, len(b)),
		same:     make([]bool, len(a)),
		moved:    make([]bool, len(a)),
	}
	for _, e := range diff.Edits(a, b) {
		if e.Op == diff.Match {
			p.pair(e.PosX, e.PosY)
			p.same[e.PosX] = true
		}
	}
	free := make(map[string][]int)
	for j, s := range b {
		if p.newToOld[j] < 0 {
			free[s] = append(free[s], j)
		}
	}
	kept := slices.Clone(p.oldToNew)
	for i, s := range a {
		if js := free[s]; p.oldToNew[i] < 0 && len(js) > 0 {
			p.pair(i, js[0])
			p.same[i], p.moved[i] = true, true
			free[s] = js[1:]
		}
	}
	j := 0
	var gap [2][]int
	flush := func(end int) {
		for ; j < end; j++ {
			if p.newToOld[j] < 0 {
				gap[1] = append(gap[1], j)
			}
		}
		if len(gap[0])+len(gap[1]) > 0 {
			p.gaps = append(p.gaps, gap)
			gap = [2][]int{}
		}
	}
	for i := range a {
		switch {
		case kept[i] >= 0:
			flush(kept[i])
			j = kept[i] + 1
		case p.oldToNew[i] < 0:
			gap[0] = append(gap[0], i)
		}
	}
	flush(len(b))
	return p
}

func (p *pairing) pair(i, j int) { p.oldToNew[i], p.newToOld[j] = j, i }

// unpaired returns the indices in to that have no partner.
func unpaired(to []int) []int {
	var out []int
	for i, j := range to {
		if j < 0 {
			out = append(out, i)
		}
	}
	return out
}

func pick(texts []string, at []int) []string {
	out := make([]string, len(at))
	for k, i := range at {
		out[k] = texts[i]
	}
	return out
}

// settle pairs what is left by likeness: inside each gap first, where an
// edited item stands, then anywhere.
func (p *pairing) settle(a, b []string, limit float64, bonus func(i, j int) float64) {
	try := func(as, bs []int) {
		var bo func(i, j int) float64
		if bonus != nil {
			bo = func(i, j int) float64 { return bonus(as[i], bs[j]) }
		}
		for _, m := range similar.Texts(pick(a, as), pick(b, bs), limit, bo) {
			p.pair(as[m.A], bs[m.B])
		}
	}
	for _, g := range p.gaps {
		if len(g[0]) > 0 && len(g[1]) > 0 {
			try(g[0], g[1])
		}
	}
	try(unpaired(p.oldToNew), unpaired(p.newToOld))
}

// order calls yield for every pair and every item without partner, in the
// order of the new list; a dropped item comes after the partner of the one
// before it.
func (p *pairing) order(yield func(i, j int)) {
	type item struct{ at, i, j int }
	var items []item
	for j, i := range p.newToOld {
		items = append(items, item{2 * j, i, j})
	}
	at := -1
	for i, j := range p.oldToNew {
		if j >= 0 {
			if !p.moved[i] {
				at = 2*j + 1
			}
			continue
		}
		items = append(items, item{at, i, -1})
	}
	slices.SortStableFunc(items, func(x, y item) int { return cmp.Compare(x.at, y.at) })
	for _, it := range items {
		yield(it.i, it.j)
	}
}
