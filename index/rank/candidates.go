package rank

import (
	"context"

	"jinwen/index/resolve"
	"jinwen/index/text"
)

// Candidates returns the passages that some source proposes, ascending: the store
// those that hold a word of the question, the expansion and the meanings those
// that come near, the figures those with a number that the question names.
// Each finds some that no other does.
func (ix *Index) Candidates(ctx context.Context, h *Hits) ([]int, error) {
	found, err := ix.store.Search(ctx, ix.clausesOf(h.Question), Used.Found)
	if err != nil {
		return nil, err
	}
	in := make([]bool, len(ix.Report.Passages))
	for p := range found {
		in[p] = true
	}
	for p := range h.numbered {
		in[p] = true
	}
	for i := range h.Terms {
		if of := h.Terms[i].Passage; len(of) <= Used.Few {
			for p := range of {
				in[p] = true
			}
		}
	}
	var out []int
	for p, yes := range in {
		if yes || at(h.expanded, p) >= Used.Expanded || at(h.meant, p) >= Used.Meant {
			out = append(out, p)
		}
	}
	return out, nil
}

// clausesOf asks for the words that may stand for q's terms.
func (ix *Index) clausesOf(q *resolve.Question) []text.Clause {
	var out []text.Clause
	seen := make(map[string]bool)
	for _, t := range q.Terms {
		for _, a := range t.Alts {
			if !seen[a.Text] && ix.Text.Has(a.Runes) {
				seen[a.Text] = true
				out = append(out, text.Clause{Term: a.Text, Boost: t.Weight * a.Quality})
			}
		}
	}
	return out
}
