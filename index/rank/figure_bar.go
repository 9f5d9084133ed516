package rank

import (
	"strings"

	"jinwen/corpus"
)

// A bar keeps a figure that matches the question from answering it.
type bar struct {
	name  string
	block string // ScoredFigure.Blocked
	holds func(h *Hits, c *candidate, out *ScoredFigure) bool
}

// bars are tried in turn; the first that holds says why a figure is blocked.
var bars = []bar{
	// It stands beside what is asked about, and measures something else.
	{"unnamed", "term", func(h *Hits, c *candidate, out *ScoredFigure) bool {
		return h.nameShare(out.named)+Used.FigDescribed*h.describedAt(c.from, c.to) < Used.LeastNamed
	}},
	// What five years add is not one year's.
	{"many years", "year", func(h *Hits, c *candidate, _ *ScoredFigure) bool { return h.manyYearsFor(c.i) }},
	// A growth is not the amount, nor the part the whole.
	{"sibling", "term", func(h *Hits, c *candidate, _ *ScoredFigure) bool { return h.Sibling(c.i) }},
	// 人均GDP is not GDP.
	{"other concept", "concept", func(h *Hits, c *candidate, _ *ScoredFigure) bool { return h.otherConcept(c.i) }},
	// 武汉都市圈 is not 武汉.
	{"other scope", "term", func(h *Hits, c *candidate, _ *ScoredFigure) bool { return h.otherScope(c.figure) }},
	// It explains a word.
	{"glossary", "term", func(h *Hits, c *candidate, _ *ScoredFigure) bool {
		return h.Index.Report.Passages[c.figure.Passage].Zone == corpus.ZoneGlossary
	}},
	// The city's number is not its county's.
	{"other place", "term", func(h *Hits, c *candidate, _ *ScoredFigure) bool {
		return c.measuresAsked(h) && (h.lacksNamedPlace(c.figure.Passage, c.section) || h.otherDistrict(c.from, c.to, c.section))
	}},
	// It is not of the year that the report does not cover.
	{"beyond", "year", func(h *Hits, c *candidate, _ *ScoredFigure) bool { return c.beyond(h) }},
	// The city's number is not its district's.
	{"district", "term", func(h *Hits, c *candidate, _ *ScoredFigure) bool { return h.LacksDistrict(c.figure.Passage, c.section) }},
	// Any number would do.
	{"little asked", "term", func(h *Hits, _ *candidate, _ *ScoredFigure) bool { return h.Weight < Used.LeastAsked }},
}

// BarNames returns the names of the bars.
func BarNames() []string {
	var out []string
	for _, b := range bars {
		out = append(out, b.name)
	}
	return out
}

// barred returns why c cannot be the answer though it matches; "" if it can.
func (h *Hits) barred(c candidate, out *ScoredFigure) string {
	for _, b := range bars {
		if b.name != Without && b.holds(h, &c, out) {
			return b.block
		}
	}
	return ""
}

// beyond reports whether the question names a year that the report does not
// cover, and c is not of it.
func (c *candidate) beyond(h *Hits) bool {
	q := h.Question
	return q.Beyond != "" && len(q.Years) == 0 && c.figure.Period != q.Beyond && !strings.Contains(h.Index.Report.Quote(c.figure.Clause), q.Beyond)
}
