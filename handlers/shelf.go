package handlers

import "jinwen/corpus"

// A Shelf is a Source of more than one report: *library.Library is one. Answers
// may come from any of them, and their buttons go on with that one.
type Shelf interface {
	Held(id string) *corpus.Report          // by its version; nil if there is none
	Before(r *corpus.Report) *corpus.Report // that of the year before, of the same place; nil if there is none
	Newest(place string) *corpus.Report     // of a place by any of its names; nil if there is none
}

// held is the report with the version id: the active one, or another of the
// library; nil if there is none.
func (t *Turn) held(id string) *corpus.Report {
	if t.Report != nil && t.Report.ID == id {
		return t.Report
	}
	if s, ok := t.bot.src.(Shelf); ok {
		return s.Held(id)
	}
	return nil
}
