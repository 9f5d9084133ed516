package library

import (
	"cmp"
	"slices"

	"jinwen/corpus"
	"jinwen/corpus/place"
	"jinwen/corpus/version"
)

// A member is a report of the library.
type member struct {
	id    string // of the version that serves for it
	name  string // 2026/四川
	place string // short: 四川; 国务院
	full  string // 四川省
	level place.Level
	code  string // GB/T 2260; "" of the nation and of places that do not exist
	year  int    // that it plans
}

// nationPlace is the place of the State Council's reports.
const nationPlace = "国务院"

// A catalog is what reports the library has. It never changes.
type catalog struct {
	members []member // by code and year
	byName  map[string]int
	byPlace map[string][]int // short name → members, oldest first
	home    string           // short name of the home place
	now     int              // the year that 今年 means: that of the home place's newest report
}

// newCatalog lists the reports that serve.
func newCatalog(reports []version.Report) *catalog {
	c := &catalog{byName: make(map[string]int), byPlace: make(map[string][]int)}
	for _, r := range reports {
		if r.Serving.ID == "" || r.Year == 0 {
			continue
		}
		m := member{id: r.Serving.ID, name: r.Name, place: corpus.ShortPlace(r.Place), full: r.Place, year: r.Year}
		switch p, ok := place.Lookup(m.place); {
		case m.place == nationPlace:
			m.level = place.Nation
		case ok:
			m.level, m.code = p.Level, p.Code
		default:
			m.level = place.Prefecture // a place that no gazetteer knows
		}
		c.members = append(c.members, m)
		if r.Home {
			c.home = m.place
		}
		if r.Serving.Active {
			c.now = r.Year
		}
	}
	slices.SortFunc(c.members, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.place, b.place), cmp.Compare(a.year, b.year))
	})
	for i, m := range c.members {
		c.byName[m.name] = i
		c.byPlace[m.place] = append(c.byPlace[m.place], i)
	}
	return c
}

// of returns the report of a place and year; nil if there is none.
func (c *catalog) of(place string, year int) *member {
	i, ok := c.byName[corpus.ReportName(year, place)]
	if !ok {
		return nil
	}
	return &c.members[i]
}

// newest returns the newest report of a place; nil if there is none.
func (c *catalog) newest(place string) *member {
	list := c.byPlace[place]
	if len(list) == 0 {
		return nil
	}
	return &c.members[list[len(list)-1]]
}

// years returns the years of the reports of a place, oldest first.
func (c *catalog) years(place string) []int {
	var out []int
	for _, i := range c.byPlace[place] {
		out = append(out, c.members[i].year)
	}
	return out
}

// places returns the places of a level that there are reports of, by code. Cities
// are those of the prefectures; if there are none, the provinces are meant.
func (c *catalog) places(level place.Level) []string {
	var out []string
	for _, m := range c.members {
		if m.level == level && (len(out) == 0 || out[len(out)-1] != m.place) { // those of a place are side by side
			out = append(out, m.place)
		}
	}
	return out
}
