package rank

import "jinwen/index/answer"

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
