package handlers

import "jinwen/corpus"

// pairs are the indicators of r that have a result and a target.
func pairs(r *corpus.Report) []corpus.Pair { return r.Pairs() }
