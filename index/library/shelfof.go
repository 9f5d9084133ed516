package library

import (
	"jinwen/corpus"
	"jinwen/corpus/place"
)

// Held is the report of the library with the version id; nil if there is none,
// or it cannot be read.
func (l *Library) Held(id string) *corpus.Report {
	c := l.catalog.Load()
	for i := range c.members {
		if c.members[i].id == id {
			return l.read1(&c.members[i])
		}
	}
	return nil
}

// Before is the report of the year before r, of the same place; nil if there
// is none.
func (l *Library) Before(r *corpus.Report) *corpus.Report {
	return l.read1(l.catalog.Load().of(corpus.ShortPlace(r.Place), r.Year-1))
}

// Newest is the newest report of the place that is called name; nil if there is
// none.
func (l *Library) Newest(name string) *corpus.Report {
	c := l.catalog.Load()
	if m := c.newest(corpus.ShortPlace(name)); m != nil {
		return l.read1(m)
	}
	if p, ok := place.Lookup(name); ok {
		short := p.Short
		if p.Level == place.Nation {
			short = nationPlace
		}
		return l.read1(c.newest(short))
	}
	return nil
}

// read1 is the report of m; nil if m is, or if it cannot be read.
func (l *Library) read1(m *member) *corpus.Report {
	if m == nil {
		return nil
	}
	r, err := l.shelf.report(m)
	if err != nil {
		return nil
	}
	return r
}
