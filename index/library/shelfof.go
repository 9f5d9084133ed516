package library

import (
	"regexp"

	"jinwen/corpus"
	"jinwen/corpus/place"
)

// Held returns the report of the library with the version id; nil if there is none,
// or it cannot be read.
func (l *Library) Held(id string) *corpus.Report {
	c := l.catalog.Load()
	for i := range c.members {
		if c.members[i].id == id {
			return l.reportOrNil(&c.members[i])
		}
	}
	return nil
}

// Before returns the report of the year before r, of the same place; nil if there
// is none.
func (l *Library) Before(r *corpus.Report) *corpus.Report {
	return l.reportOrNil(l.catalog.Load().of(corpus.ShortPlace(r.Place), r.Year-1))
}

// Newest returns the newest report of the place that is called name; nil if there is
// none.
func (l *Library) Newest(name string) *corpus.Report {
	c := l.catalog.Load()
	if m := c.newest(corpus.ShortPlace(name)); m != nil {
		return l.reportOrNil(m)
	}
	if p, ok := place.Lookup(name); ok {
		short := p.Short
		if p.Level == place.Nation {
			short = nationPlace
		}
		return l.reportOrNil(c.newest(short))
	}
	return nil
}

var (
	nameFirst = regexp.MustCompile(`^([0-9]{4})(?:年|/|-)?(\p{Han}+?)(?:报告|政府工作报告)?$`)
	nameLast  = regexp.MustCompile(`^(\p{Han}+?)(?:/|-)?([0-9]{4})年?(?:报告|政府工作报告)?$`)
)

// Named returns the report that word is the name of: 2026/四川, 四川2025, or a place
// alone, whose newest it is; nil if it names none, or there is only one.
func (l *Library) Named(word string) *corpus.Report {
	c := l.catalog.Load()
	if len(c.members) < 2 {
		return nil
	}
	name, year := word, 0
	if m := nameFirst.FindStringSubmatch(word); m != nil {
		name, year = m[2], number(m[1])
	} else if m := nameLast.FindStringSubmatch(word); m != nil {
		name, year = m[1], number(m[2])
	}
	short := corpus.ShortPlace(name)
	if p, ok := place.Lookup(name); ok && len(c.byPlace[short]) == 0 {
		if short = p.Short; p.Level == place.Nation {
			short = nationPlace
		}
	}
	if year == 0 {
		return l.reportOrNil(c.newest(short))
	}
	return l.reportOrNil(c.of(short, year))
}

// reportOrNil returns the report of m; nil if m is, or if it cannot be read.
func (l *Library) reportOrNil(m *member) *corpus.Report {
	if m == nil {
		return nil
	}
	r, err := l.shelf.report(m)
	if err != nil {
		return nil
	}
	return r
}
