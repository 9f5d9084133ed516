package handlers

import (
	"jinwen/corpus"
	"jinwen/handlers/sheet"
)

// pairs are the indicators of r that have a result and a target.
func pairs(r *corpus.Report) []corpus.Pair { return sheet.PairsOf(r) }
