package index

import (
	"cmp"
	"slices"
)

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
	var below, rest []scored
	for _, s := range ranked {
		if h.ix.report.Passages[s.passage].Section == section {
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
