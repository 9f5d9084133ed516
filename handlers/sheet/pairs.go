package sheet

import "jinwen/corpus"

// PairsOf are the pairs of r.
func PairsOf(r *corpus.Report) []corpus.Pair {
	if p, ok := any(r).(interface{ Pairs() []corpus.Pair }); ok {
		return p.Pairs()
	}
	return nil
}
