package rank

import "jinwen/index/answer"

// A question is answered if the report holds Enough of its telling words in
// one place. The measure is a share of the question's own weight, so that it
// means the same for short and long questions; raw scores would not.
const (
	Enough        = 0.4  // of the weight, for a passage to answer
	EnoughFigure  = 0.5  // of the weight, for a figure to answer; one of the best passage needs no more than that
	enoughConcept = 0.3  // for a figure of the indicator asked for
	enoughKind    = 0.42 // for a figure of the kind asked for: a share, kilometres
	newTerm       = 0.3  // of the weight, for a further figure to be asked for too
)

// Shown makes hits of up to limit passages, from the one at offset on.
func (ix *Index) Shown(found []Scored, offset, limit int) []answer.Hit {
	var out []answer.Hit
	for _, s := range found[min(max(offset, 0), len(found)):] {
		if len(out) == limit {
			break
		}
		hit := answer.Hit{Passage: s.Passage, Focus: ix.Report.Passages[s.Passage].Span, Score: s.Score, Parts: s.Parts}
		if s.Focus >= 0 {
			hit.Focus = ix.Text.Clauses[s.Focus].Span
		}
		out = append(out, hit)
	}
	return out
}
