package kept

import (
	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// said returns what the new report says, in its review, of the thing that a target
// names, where it gives no figure of it: the clause with the longest name that
// both have. There is no verdict in it. It is the zero Span if there is none.
func said(old, now *corpus.Report, it *Item) corpus.Span {
	f := &old.Figures[it.Target]
	if !f.Clause.Contains(f.Span) {
		return corpus.Span{}
	}
	target := []rune(old.Quote(f.Clause))
	best, most := corpus.Span{}, bounds.Name-1
	for i := range now.Passages {
		p := &now.Passages[i]
		if p.Time != corpus.Review {
			continue
		}
		text := []rune(now.Quote(p.Span))
		if n, at := common(target, text); n > most {
			most, best = n, now.TidyEnd(now.ClauseAround(corpus.Span{Start: p.Start + at, End: p.Start + at + n}, p.Span))
		}
	}
	return best
}

// common returns the longest run of Han letters that a and b share, and where it
// begins in b.
func common(a, b []rune) (most, at int) {
	last := make([]int, len(b)+1)
	for i := range a {
		here := make([]int, len(b)+1)
		if zh.IsHan(a[i]) {
			for j := range b {
				if a[i] == b[j] {
					here[j+1] = last[j] + 1
					if here[j+1] > most {
						most, at = here[j+1], j+1-here[j+1]
					}
				}
			}
		}
		last = here
	}
	return most, at
}
