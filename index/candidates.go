package index

import (
	"context"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// maxCandidates is how many passages Bleve hands on to be scored here.
const maxCandidates = 160

// maxGrams is how many pairs of a term are asked for; more make a question
// slower and find nothing new.
const maxGrams = 4

// rare is in how many passages a term stands at most to make every one of them
// a candidate, whether or not Bleve's tokens show it (1+10, 5·31).
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

func docID(passage int) string { return strconv.Itoa(passage) }

// candidates asks Bleve for the passages that hold some of the question's
// terms, by words, by pairs of characters, and by the headings above. Its
// scores order them; they are no measure of how well a passage answers.
func (ix *Index) candidates(ctx context.Context, h *hits) (map[int]float64, error) {
	q := h.q
	var should []query.Query
	seen := map[string]bool{}
	add := func(field, term string, boost float64) {
		if key := field + term; !seen[key] {
			seen[key] = true
			t := bleve.NewTermQuery(term)
			t.SetField(field)
			t.SetBoost(boost)
			should = append(should, t)
		}
	}
	for _, t := range q.Terms {
		for _, a := range t.Alts {
			if !ix.text.has(a.runes) {
				continue
			}
			boost := t.Weight * a.Quality
			add(fieldWords, a.Text, boost) // of a single character: where it is a word
			if !isHan(a.runes[0]) {
				add(fieldGrams, a.Text, boost)
			}
			for i := 0; i+1 < len(a.runes) && i < maxGrams; i++ {
				if isHan(a.runes[i]) && isHan(a.runes[i+1]) {
					gram := string(a.runes[i : i+2])
					add(fieldGrams, gram, boost/2)
					add(fieldHead, gram, boost/4)
				}
			}
		}
	}
	for _, i := range h.asked {
		if p := ix.report.Figures[i].Passage; p >= 0 {
			should = append(should, query.NewDocIDQuery([]string{docID(p)}))
		}
	}
	if len(should) == 0 {
		return map[int]float64{}, ctx.Err()
	}
	req := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(should...), maxCandidates, 0, false)
	res, err := ix.bleve.SearchInContext(ctx, req)
	if err != nil {
		return nil, err
	}
	out := make(map[int]float64, len(res.Hits))
	for _, h := range res.Hits {
		p, err := strconv.Atoi(h.ID)
		if err != nil {
			continue // ids are ours: docID
		}
		out[p] = h.Score / res.MaxScore
	}
	return out, nil
}
