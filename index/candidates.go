package index

import (
	"context"
	"strings"
	"unicode/utf8"

	"jinwen/index/lexicon"
	"jinwen/index/text"
)

// Of what a source proposes, what is scored in full.
const (
	maxFound     = 96  // passages that hold some of the words
	fewPassages  = 24  // a term that stands in no more makes every one of them a candidate, whether or not the store's tokens show it (1+10, 5·31)
	wellExpanded = 0.3 // of the best score by expansion
	nearMeaning  = 1.0 // deviations
)

// candidates are the passages that some source proposes, ascending: the store
// those that hold a word of the question, the expansion and the meanings those
// that come near, the figures those with a number that the question names.
// Each finds some that no other does.
func (ix *Index) candidates(ctx context.Context, h *hits) ([]int, error) {
	found, err := ix.store.Search(ctx, ix.clausesOf(h.q), maxFound)
	if err != nil {
		return nil, err
	}
	in := make([]bool, len(ix.report.Passages))
	for p := range found {
		in[p] = true
	}
	for p := range h.numbered {
		in[p] = true
	}
	for i := range h.terms {
		if of := h.terms[i].passage; len(of) <= fewPassages {
			for p := range of {
				in[p] = true
			}
		}
	}
	var out []int
	for p, yes := range in {
		if yes || at(h.expanded, p) >= wellExpanded || at(h.meant, p) >= nearMeaning {
			out = append(out, p)
		}
	}
	return out, nil
}

// clausesOf asks for the words that may stand for q's terms.
func (ix *Index) clausesOf(q *Question) []text.Clause {
	var out []text.Clause
	seen := make(map[string]bool)
	for _, t := range q.Terms {
		for _, a := range t.Alts {
			if !seen[a.Text] && ix.text.has(a.runes) {
				seen[a.Text] = true
				out = append(out, text.Clause{Term: a.Text, Boost: t.Weight * a.Quality})
			}
		}
	}
	return out
}

// plain is the question without the words that ask or are polite, for the
// expansion: every pair of characters counts there.
func (q *Question) plain(lex *lexicon.Lexicon) string {
	var b strings.Builder
	said := []rune(q.said())
	for i := 0; i < len(said); {
		if n := lex.Stop(said[i:], nil); n > 0 {
			b.WriteByte(' ')
			i += n
			continue
		}
		b.WriteRune(said[i])
		i++
	}
	return b.String() + q.translated()
}

// translated is what the Latin words of the question mean, each behind a space.
func (q *Question) translated() string {
	var b strings.Builder
	for _, t := range q.Terms {
		if t.Text == "" || t.Text[0] >= utf8.RuneSelf {
			continue
		}
		for _, a := range t.Alts {
			if a.Text[0] >= utf8.RuneSelf {
				b.WriteString(" " + a.Text)
				break
			}
		}
	}
	return b.String()
}
