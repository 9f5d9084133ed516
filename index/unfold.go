package index

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/index/check"
	"jinwen/index/rank"
)

// listItem opens a passage that is an item of a list: 1. （1） 一是 第一 ——
var listItem = regexp.MustCompile(`^(?:[0-9]{1,2}[.．、]|[（(][0-9一二三四五六七八九十]+[）)]|[①-⑳]|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+|——|[●•·■◆])`)

// items puts the items that the best passage announces (今年办好下列实事：) before
// it: they are what is asked for.
func items(h check.Checker, ranked []rank.Scored) []rank.Scored {
	if len(ranked) == 0 {
		return ranked
	}
	r, best := h.Index.Report, ranked[0]
	if !strings.HasSuffix(r.Quote(r.Passages[best.Passage].Span), "：") {
		return ranked
	}
	var out []rank.Scored
	taken := map[int]bool{}
	add := func(p int) {
		s := best
		s.Passage, s.Focus, taken[p] = p, -1, true
		out = append(out, s)
	}
	next := best.Passage + 1
	for p := next; p < len(r.Passages) && listItem.MatchString(r.Quote(r.Passages[p].Span)); p++ {
		add(p)
	}
	if len(out) == 0 && next < len(r.Passages) && r.Passages[next].Section == r.Passages[best.Passage].Section { // it goes on in a paragraph of its own
		add(next)
		for p := next + 1; p < len(r.Passages) && !strings.Contains(r.Quote(corpus.Span{Start: r.Passages[next].Start, End: r.Passages[p].Start}), "\n"); p++ {
			add(p)
		}
	}
	for _, s := range ranked {
		if !taken[s.Passage] {
			out = append(out, s)
		}
	}
	return out
}

// unfold puts the passages below the best passage's heading right behind each
// other, in the order of the text, if that heading is what the question names:
// the list asked for is what stands below it. The passage that only introduces
// the list comes after its items.
func unfold(h check.Checker, ranked []rank.Scored) []rank.Scored {
	const least = 3 // passages that make a list
	if len(ranked) == 0 || h.Weight == 0 || h.Series {
		return ranked
	}
	best := ranked[0]
	section := h.Index.Report.Passages[best.Passage].Section
	own := 0.0
	if section >= 0 {
		for i, t := range h.Question.Terms {
			own += t.Weight * h.Terms[i].Head[int32(section)]
		}
	}
	if own/h.Weight < used.Unfold {
		return ranked // the passage itself says more than the heading
	}
	// A passage inside the section that says much more than those around it is
	// the list itself.
	opens := section >= 0 && h.Index.Report.Passages[best.Passage].Start == h.Index.Report.Sections[section].Start
	var below, rest []rank.Scored
	for _, s := range ranked {
		if h.Index.Report.Passages[s.Passage].Section == section && (opens || s.Score >= used.AsGoodList*best.Score) {
			s.Score = best.Score
			below = append(below, s)
		} else {
			rest = append(rest, s)
		}
	}
	if len(below) < least {
		return ranked
	}
	slices.SortFunc(below, func(a, b rank.Scored) int { return cmp.Compare(a.Passage, b.Passage) })
	if intro := h.Index.Report.Passages[below[0].Passage]; intro.Start == h.Index.Report.Sections[section].Start && len(h.Index.Figures[below[0].Passage]) == 0 {
		below = append(below[1:], below[0])
	}
	return append(below, rest...)
}
