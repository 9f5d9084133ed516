package index

import (
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// lacksDistrict reports whether the question names a district that neither a
// passage nor the headings above it do.
func (h *hits) lacksDistrict(passage, section int) bool {
	for k, t := range h.q.Terms {
		if t.district && h.terms[k].passage[int32(passage)] == 0 && h.inHeadings(k, section) == 0 {
			return true
		}
	}
	return false
}

// lacksPlace reports whether the question names a place of which neither a
// passage nor the headings above it speak.
func (h *hits) lacksPlace(passage, section int) bool {
	for k, t := range h.q.Terms {
		if t.place && t.Known && h.terms[k].passage[int32(passage)] == 0 && h.inHeadings(k, section) == 0 {
			return true
		}
	}
	return false
}

// otherScope reports whether a figure is of something that only bears the name
// of the place that the question is about.
func (h *hits) otherScope(f corpus.Figure) bool {
	for _, t := range h.q.Terms {
		if !t.district && !t.place || f.Scope == "" {
			continue
		}
		rest, ok := strings.CutPrefix(zh.Fold(f.Scope), t.Text)
		rest = strings.TrimLeft(rest, "市区县州盟")
		if ok && rest != "" && !strings.Contains(h.q.Words, rest) {
			return true
		}
	}
	return false
}

// otherDistrict reports whether the question names a district that neither the
// clauses of a figure nor the headings above it do: an indicator of the whole
// place stands in one sentence with many.
func (h *hits) otherDistrict(from, to, section int) bool {
	for k, t := range h.q.Terms {
		if !t.district || h.inHeadings(k, section) > 0 {
			continue
		}
		held := false
		for c := from; c <= to && c < len(h.ix.text.clauses); c++ {
			held = held || h.terms[k].clause[int32(c)] > 0
		}
		if !held {
			return true
		}
	}
	return false
}

// lacksNamedPlace is lacksPlace for places other than the report's own.
func (h *hits) lacksNamedPlace(passage, section int) bool {
	for k, t := range h.q.Terms {
		if t.place && !h.ix.ownPlace(t.Text) && h.terms[k].passage[int32(passage)] == 0 && h.inHeadings(k, section) == 0 {
			return true
		}
	}
	return false
}

// placeOnly reports whether a passage holds a place that the question names,
// and nothing of what it asks about it.
func (h *hits) placeOnly(passage, section int) bool {
	const (
		telling = 0.4 // weight of what is missing
		asked   = 0.2 // weight from which what is held is part of what is asked
	)
	place, missing := false, false
	for k, t := range h.q.Terms {
		held := h.terms[k].passage[int32(passage)] > 0 || h.inHeadings(k, section) > 0
		switch {
		case t.place:
			place = place || held
		case held && t.Weight > asked:
			return false
		case t.Known && t.Weight >= telling:
			missing = true
		}
	}
	return place && missing
}
