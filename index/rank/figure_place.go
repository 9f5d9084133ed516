package rank

import (
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// LacksDistrict reports whether the question names a district that neither a
// passage nor the headings above it do.
func (h *Hits) LacksDistrict(passage, section int) bool {
	for k, t := range h.Question.Terms {
		if t.District && !t.Story && h.Terms[k].Passage[int32(passage)] == 0 && h.InHeadings(k, section) == 0 {
			return true
		}
	}
	return false
}

// LacksPlace reports whether the question names a place of which neither a
// passage nor the headings above it speak.
func (h *Hits) LacksPlace(passage, section int) bool {
	for k, t := range h.Question.Terms {
		if t.Place && t.Known && !t.Story && h.Terms[k].Passage[int32(passage)] == 0 && h.InHeadings(k, section) == 0 {
			return true
		}
	}
	return false
}

// otherScope reports whether a figure is of something that only bears the name
// of the place that the question is about.
func (h *Hits) otherScope(f corpus.Figure) bool {
	for _, t := range h.Question.Terms {
		if !t.District && !t.Place || f.Scope == "" {
			continue
		}
		rest, ok := strings.CutPrefix(zh.Fold(f.Scope), t.Text)
		rest = strings.TrimLeft(rest, "市区县州盟")
		if ok && rest != "" && !strings.Contains(h.Question.Words, rest) {
			return true
		}
	}
	return false
}

// otherDistrict reports whether the question names a district that neither the
// clauses of a figure nor the headings above it do: an indicator of the whole
// place stands in one sentence with many.
func (h *Hits) otherDistrict(from, to, section int) bool {
	for k, t := range h.Question.Terms {
		if !t.District || t.Story || h.InHeadings(k, section) > 0 {
			continue
		}
		held := false
		for c := from; c <= to && c < len(h.Index.Text.Clauses); c++ {
			held = held || h.Terms[k].Clause[int32(c)] > 0
		}
		if !held {
			return true
		}
	}
	return false
}

// lacksNamedPlace is lacksPlace for places other than the report's own.
func (h *Hits) lacksNamedPlace(passage, section int) bool {
	for k, t := range h.Question.Terms {
		if t.Place && !t.Story && !h.Index.OwnPlace(t.Text) && h.Terms[k].Passage[int32(passage)] == 0 && h.InHeadings(k, section) == 0 {
			return true
		}
	}
	return false
}

// PlaceOnly reports whether a passage holds a place that the question names,
// and nothing of what it asks about it.
func (h *Hits) PlaceOnly(passage, section int) bool {
	place, missing := false, false
	for k, t := range h.Question.Terms {
		held := h.Terms[k].Passage[int32(passage)] > 0 || h.InHeadings(k, section) > 0
		switch {
		case t.Place:
			place = place || held
		case held && t.Weight > Used.PlaceAsked:
			return false
		case t.Known && t.Weight >= Used.PlaceTelling:
			missing = true
		}
	}
	return place && missing
}

// OwnPlace reports whether name is the report's own place, or something of it
// that bears its name.
func (ix *Index) OwnPlace(name string) bool {
	for own := range ix.Own {
		if strings.HasPrefix(name, own) && own != "" {
			return true
		}
	}
	return false
}
