package index

import (
	"context"

	"jinwen/corpus/zh"
	"jinwen/index/text"
)

// maxCandidates is how many passages the store hands on to be scored here.
const maxCandidates = 160

// maxGrams is how many pairs of a term are asked for; more make a question
// slower and find nothing new.
const maxGrams = 4

// rare is in how many passages a term stands at most to make every one of them
// a candidate, whether or not the store's tokens show it (1+10, 5·31).
const rare = 24

// addRare adds the passages that hold a rare term.
func (h *hits) addRare(candidates map[int]float64) {
	for i := range h.q.Terms {
		if len(h.terms[i].passage) > rare {
			continue
		}
		for p := range h.terms[i].passage {
			if _, ok := candidates[int(p)]; !ok {
				candidates[int(p)] = 0
			}
		}
	}
}

// candidates asks the store for the passages that hold some of the question's
// terms, by words, by pairs of characters, and by the headings above. Its
// scores order them; they are no measure of how well a passage answers.
func (ix *Index) candidates(ctx context.Context, h *hits) (map[int]float64, error) {
	q := h.q
	var clauses []text.Clause
	seen := map[string]bool{}
	add := func(field text.Field, term string, boost float64) {
		if key := string(field) + term; !seen[key] {
			seen[key] = true
			clauses = append(clauses, text.Clause{Field: field, Term: term, Boost: boost})
		}
	}
	for _, t := range q.Terms {
		for _, a := range t.Alts {
			if !ix.text.has(a.runes) {
				continue
			}
			boost := t.Weight * a.Quality
			add(text.Words, a.Text, boost) // of a single character: where it is a word
			if !zh.IsHan(a.runes[0]) {
				add(text.Grams, a.Text, boost)
			}
			for i := 0; i+1 < len(a.runes) && i < maxGrams; i++ {
				if zh.IsHan(a.runes[i]) && zh.IsHan(a.runes[i+1]) {
					gram := string(a.runes[i : i+2])
					add(text.Grams, gram, boost/2)
					add(text.Head, gram, boost/4)
				}
			}
		}
	}
	var always []int
	for _, i := range h.asked {
		if p := ix.report.Figures[i].Passage; p >= 0 {
			always = append(always, p)
		}
	}
	return ix.store.Search(ctx, clauses, always, maxCandidates)
}
