package figures

import (
	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// A clause is a stretch of a sentence between ， ； ： and brackets that hold
// figures, with the quantities in it.
type clause struct {
	corpus.Span
	parts  []part
	opener rune // the mark before it; 0 for the first
}

// A part is one quantity of a clause with what stands before it and after it,
// each up to its neighbour.
type part struct {
	q           quantity
	left, right corpus.Span
}

// clauses cuts the sentence s into clauses and gives each its quantities, qs,
// which must be those of s in order. Marks inside “” and 《》 cut nothing, nor
// do those in brackets, unless the brackets hold a quantity: then they hold
// clauses of their own.
func (r *report) clauses(s corpus.Span, qs []quantity) []clause {
	var out []clause
	start, opener, next := s.Start, rune(0), 0
	cut := func(end int, mark rune) {
		c := clause{Span: r.Trim(corpus.Span{Start: start, End: end}), opener: opener}
		first := next
		for next < len(qs) && qs[next].Start < end {
			next++
		}
		c.parts = r.parts(c.Span, qs[first:next])
		if c.Len() > 0 {
			out = append(out, c)
		}
		start, opener = end+1, mark
	}
	quoted, k := 0, 0
	open := r.cuttingBrackets(s, qs)
	for i := s.Start; i < s.End; i++ {
		for k < len(qs) && qs[k].End <= i {
			k++
		}
		if k < len(qs) && qs[k].Start <= i {
			continue // marks inside a value: 1,200; 套（间）
		}
		switch c := r.runes[i]; c {
		case '“', '《', '「', '『':
			quoted = min(quoted+1, 8)
		case '”', '》', '」', '』':
			quoted = max(0, quoted-1)
		case '（', '(', '）', ')':
			if open.cuts(i) {
				cut(i, c)
			}
		default:
			if quoted == 0 && zh.EndsClause(r.runes, i) && !open.opaque(i) {
				cut(i, c)
			}
		}
	}
	cut(s.End, 0)
	return out
}

// brackets are the bracket pairs of a sentence; those that hold a quantity cut
// clauses, all others are opaque.
type brackets struct {
	cut   map[int]bool
	inert []corpus.Span
	next  int
}

func (b *brackets) cuts(i int) bool { return b != nil && b.cut[i] }

// opaque reports whether i lies inside inert brackets. Calls must come with
// growing i.
func (b *brackets) opaque(i int) bool {
	for b.next < len(b.inert) && b.inert[b.next].End <= i {
		b.next++
	}
	return b.next < len(b.inert) && b.inert[b.next].Start <= i
}

func (r *report) cuttingBrackets(s corpus.Span, qs []quantity) *brackets {
	b := &brackets{cut: map[int]bool{}}
	k, open := 0, -1
	for i := s.Start; i < s.End; i++ {
		for k < len(qs) && qs[k].End <= i {
			k++
		}
		if k < len(qs) && qs[k].Start <= i {
			continue
		}
		switch r.runes[i] {
		case '（', '(':
			open = i
		case '）', ')':
			if open < 0 {
				continue
			}
			if k > 0 && qs[k-1].Start > open {
				b.cut[open], b.cut[i] = true, true
			} else {
				b.inert = append(b.inert, corpus.Span{Start: open, End: i})
			}
			open = -1
		}
	}
	return b
}

// Longest stretch before and after a quantity in which its subject is looked
// for. Clauses are shorter; a text without punctuation must not make naming
// quadratic.
const (
	maxLeft  = 120
	maxRight = 80
)

// parts divides what stands between the quantities of a clause: up to the
// joint (、 和 及 并) it belongs to the one before, after it to the one behind.
// Where there is no joint (带动3只基金投资20个项目) it belongs to both.
func (r *report) parts(c corpus.Span, qs []quantity) []part {
	ps := make([]part, len(qs))
	for i, q := range qs {
		ps[i] = part{q: q, left: corpus.Span{Start: max(c.Start, q.Start-maxLeft), End: q.Start}, right: corpus.Span{Start: q.End, End: min(c.End, q.End+maxRight)}}
		if i == 0 {
			continue
		}
		between := corpus.Span{Start: qs[i-1].End, End: q.Start}
		end, start := r.joint(between)
		ps[i-1].right.End = min(ps[i-1].right.End, end)
		ps[i].left.Start = max(ps[i].left.Start, start)
		if start == between.Start && conditional(r, qs[i-1]) {
			ps[i].left.Start = max(ps[i-1].left.Start, q.Start-maxLeft) // 5亿元以上项目9个
		}
		if between.Len() == 0 { // 延长五年3个试点: the first is part of what the second counts
			ps[i].left.Start = max(ps[i-1].left.Start, q.Start-maxLeft)
		}
	}
	return ps
}

// conditional reports whether q may be a condition on things counted behind
// it: 5亿元以上, 60岁以下.
func conditional(r *report, q quantity) bool {
	if q.class != unitMoney && q.class != unitPhysical && q.class != unitAge {
		return false
	}
	return r.runes[q.End-1] == '上' || r.runes[q.End-1] == '下' || q.class == unitAge
}

// joint finds where two parts of a clause meet: the end of the first and the
// start of the second. Without a joint the first ends where the second
// quantity starts and the second starts where the first quantity ends.
func (r *report) joint(b corpus.Span) (end, start int) {
	text := r.runes[b.Start:b.End]
	var open zh.Nesting
	last, lastLen := -1, 1
	weak, weakLen := -1, 0
	for i, c := range text {
		open.Read(c)
		switch c {
		case '、':
			if open > 0 {
				continue
			}
			if last < 0 || leadingVerbs(text[i+1:]) > 0 || !listOpens(text, last) {
				last = i
			}
		case '和', '及', '并', '与':
			if open > 0 {
				continue
			}
			n := 1
			switch {
			case c == '及' && i > 0 && text[i-1] == '以':
				i, n = i-1, 2
			case c == '及' && i+1 < len(text) && (text[i+1] == '其' || text[i+1] == '以'):
				continue
			case c == '与' && i > 0:
				continue // joins nouns
			case c == '并' && i+1 < len(text) && text[i+1] == '购':
				continue
			}
			weak, weakLen = i, n
		}
	}
	if last < 0 {
		last, lastLen = weak, weakLen
	}
	if last < 0 {
		return b.End, b.Start
	}
	return b.Start + last, b.Start + last + lastLen
}

// listOpens reports whether the mark at pos, found earlier, must stay the joint: it
// stands right behind the first quantity, or a verb follows it.
func listOpens(text []rune, pos int) bool {
	return pos == 0 || leadingVerbs(text[pos+1:]) > 0
}
