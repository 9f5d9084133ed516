package rank

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// headword is the name at the head of an entry of a glossary.
var headword = regexp.MustCompile(`^(?:[0-9]+[.．、]|[（(][0-9]+[）)])?[“"「]?([^：:”"」]{2,20})`)

// Explains reports whether passage p is the entry of a glossary for name, or
// for a part of it.
func (ix *Index) Explains(p int, name string) bool {
	x := ix.Report.Passages[p]
	if x.Zone != corpus.ZoneGlossary {
		return false
	}
	m := headword.FindStringSubmatch(zh.Fold(ix.Report.Quote(x.Span)))
	return m != nil && (strings.Contains(m[1], name) || strings.Contains(name, m[1]))
}

// ExplainedFirst puts the entries of the glossary for name before the others.
func (ix *Index) ExplainedFirst(ranked []Scored, name string) []Scored {
	out := slices.Clone(ranked)
	slices.SortStableFunc(out, func(a, b Scored) int {
		switch one := ix.Explains(a.Passage, name); {
		case one == ix.Explains(b.Passage, name):
			return 0
		case one:
			return -1
		}
		return 1
	})
	return out
}
