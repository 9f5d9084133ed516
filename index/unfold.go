package index

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
)

// listItem opens a passage that is an item of a list: 1. （1） 一是 第一 ——
var listItem = regexp.MustCompile(`^(?:[0-9]{1,2}[.．、]|[（(][0-9一二三四五六七八九十]+[）)]|[①-⑳]|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+|——|[●•·■◆])`)

// items puts the items that the best passage announces (今年办好下列实事：) before
// it: they are what is asked for.
func (h *hits) items(ranked []scored) []scored {
	if len(ranked) == 0 {
		return ranked
	}
	r, best := h.ix.report, ranked[0]
	if !strings.HasSuffix(r.Quote(r.Passages[best.passage].Span), "：") {
		return ranked
	}
	var out []scored
	taken := map[int]bool{}
	add := func(p int) {
		s := best
		s.passage, s.focus, taken[p] = p, -1, true
		out = append(out, s)
	}
	next := best.passage + 1
	for p := next; p < len(r.Passages) && listItem.MatchString(r.Quote(r.Passages[p].Span)); p++ {
		add(p)
	}
	if len(out) == 0 && next < len(r.Passages) && r.Passages[next].Section == r.Passages[best.passage].Section { // it goes on in a paragraph of its own
		add(next)
		for p := next + 1; p < len(r.Passages) && !strings.Contains(r.Quote(corpus.Span{Start: r.Passages[next].Start, End: r.Passages[p].Start}), "\n"); p++ {
			add(p)
		}
	}
	for _, s := range ranked {
		if !taken[s.passage] {
			out = append(out, s)
		}
	}
	return out
}

// unfold puts the passages below the best passage's heading right behind each
// other, in the order of the text, if that heading is what the question names:
// the list asked for is what stands below it. The passage that only introduces
// the list comes after its items.
func (h *hits) unfold(ranked []scored) []scored {
	const least = 3 // passages that make a list
	if len(ranked) == 0 || h.weight == 0 || h.series {
		return ranked
	}
	best := ranked[0]
	section := h.ix.report.Passages[best.passage].Section
	own := 0.0
	if section >= 0 {
		for i, t := range h.q.Terms {
			own += t.Weight * h.terms[i].head[int32(section)]
		}
	}
	if share := own / h.scale(); own/h.weight < 0.4 || best.coverage-share > 0.4 {
		return ranked // the passage itself says more than the heading
	}
	// A passage inside the section that says much more than those around it is
	// the list itself.
	opens := section >= 0 && h.ix.report.Passages[best.passage].Start == h.ix.report.Sections[section].Start
	var below, rest []scored
	for _, s := range ranked {
		if h.ix.report.Passages[s.passage].Section == section && (opens || s.score >= asGoodList*best.score) {
			s.score = best.score
			below = append(below, s)
		} else {
			rest = append(rest, s)
		}
	}
	if len(below) < least {
		return ranked
	}
	slices.SortFunc(below, func(a, b scored) int { return cmp.Compare(a.passage, b.passage) })
	if intro := h.ix.report.Passages[below[0].passage]; intro.Start == h.ix.report.Sections[section].Start && len(h.ix.figures[below[0].passage]) == 0 {
		below = append(below[1:], below[0])
	}
	return append(below, rest...)
}
