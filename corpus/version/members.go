package version

import (
	"cmp"
	"slices"

	"jinwen/corpus"
)

// Which version answers, and which reports the library has:
//
//   - A version belongs to the report of its year and place. The one of them
//     that was activated last serves: it answers for that report.
//   - The home place is the one in the settings; without one, the only place
//     that reports were imported of; else that of the report that ships, if
//     there are imported ones of it; else the place that was imported first.
//   - The active version, which a question without a place and a year means,
//     is the one that serves for the newest report of the home place.
//   - The report that ships is one of the library's as long as nothing else is
//     imported of its year and place, and it is of the home place or nothing
//     was imported at all: who imports the report of another city does not
//     want to hear of this one.

// known returns what is known of version id; the zero Version if nothing is.
func (s *state) known(id string) Version {
	if v := s.versions[id]; v != nil && v.Report != "" {
		return *v
	}
	if id == s.zero.ID {
		return s.zero
	}
	return Version{}
}

// serving returns the versions that serve, by report.
func (s *state) serving() map[string]string {
	out := make(map[string]string, len(s.stack)+1)
	home := s.homeOf(s.stack)
	if z := s.zero; z.ID != "" && (len(s.stack) == 0 || corpus.ShortPlace(z.Place) == home) {
		out[z.Report] = z.ID
	}
	for _, e := range s.stack {
		if v := s.known(e.id); v.Name != "embedded" && v.ID != s.zero.ID || corpus.ShortPlace(v.Place) == home {
			out[v.Report] = e.id
		}
	}
	return out
}

// serves reports whether version id serves for its report.
func (s *state) serves(id string) bool {
	r := s.known(id).Report
	return r != "" && s.serving()[r] == id
}

// many reports whether there is a library: reports that came together.
func (s *state) many() bool {
	return slices.ContainsFunc(s.stack, func(e entry) bool { return e.bulk })
}

// goesBack reports whether to activate id is to go back to it: it serves for
// an older report than the active one.
func (s *state) goesBack(id string) bool { return s.serves(id) && id != s.active() && len(s.stack) > 0 }

// homeOf returns the short name of the home place, given the activations that hold.
func (s *state) homeOf(stack []entry) string {
	zero := corpus.ShortPlace(s.zero.Place)
	var places []string
	for _, e := range stack {
		v := s.known(e.id)
		if v.Report == "" {
			continue
		}
		p := corpus.ShortPlace(v.Place)
		if p == s.home && p != "" {
			return p
		}
		if v.ID != s.zero.ID && v.Name != "embedded" && !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	switch {
	case len(places) == 0, slices.Contains(places, zero), s.home != "" && s.home == zero:
		return zero
	}
	return places[0]
}

// activeOf returns the active version, given the activations that hold; "" means
// the report that ships, kept or not.
func (s *state) activeOf(stack []entry) string {
	if len(stack) == 0 {
		return ""
	}
	home := s.homeOf(stack)
	best := entry{}
	year := -1
	if z := s.zero; z.ID != "" && corpus.ShortPlace(z.Place) == home {
		best, year = entry{id: z.ID}, z.Year
	}
	for i, e := range stack { // the last of a year wins
		v := s.known(e.id)
		if v.Report == "" && !e.bulk && i == len(stack)-1 {
			return e.id // a damaged line took its place and year; it was what answers
		}
		if corpus.ShortPlace(v.Place) == home && v.Year >= year && v.Report != "" {
			best, year = e, v.Year
		}
	}
	return cmp.Or(best.id, stack[len(stack)-1].id)
}

// active returns the ID of the active version; "" means the embedded.
func (s *state) active() string { return s.activeOf(s.stack) }

// previous returns the version that going back from the active one leads to: the
// one that served before it for the same report; else, if somebody activated
// it by itself, the one that was active before. "" means that there is none.
func (s *state) previous() string {
	active := s.active()
	top := -1
	for i, e := range s.stack {
		if e.id == active {
			top = i
		}
	}
	if top < 0 {
		return ""
	}
	rest := slices.DeleteFunc(slices.Clone(s.stack), func(e entry) bool { return e.id == active })
	to := s.activeOf(rest)
	if s.stack[top].bulk && s.known(to).Report != s.known(active).Report {
		return ""
	}
	return to
}

// before returns the versions that may answer in the place of active, if that
// cannot be read, best first: those that somebody activated, newest activation
// first.
func (s *state) before(active string) []string {
	var ids []string
	place := corpus.ShortPlace(s.known(active).Place)
	for i := len(s.stack) - 1; i >= 0; i-- {
		e := s.stack[i]
		v := s.versions[e.id]
		if v == nil || v.Activated.IsZero() || e.id == active || slices.Contains(ids, e.id) {
			continue
		}
		if !e.bulk || corpus.ShortPlace(v.Place) == place {
			ids = append(ids, e.id)
		}
	}
	return ids
}

// A Report is a year and place of which versions are kept.
type Report struct {
	Name     string // 2024/天津
	Place    string // as its text has it: 天津市
	Year     int
	Serving  Version   // the zero Version if none serves: all of them wait for a decision
	Versions []Version // newest first
	Home     bool      // of the home place
}

// Rival returns the version whose place version id would take: the one that serves
// for the same report, else the active one. many says that several reports
// were imported, so that another place or year is nothing unusual.
func (s *Store) Rival(id string) (v Version, many bool) {
	var own, active Version
	report := ""
	list := s.Versions()
	for _, v := range list {
		if v.ID == id {
			report = v.Report
		}
	}
	serving := 0
	for _, v := range list {
		if v.Active {
			active = v
		}
		if v.Serves && v.Report == report {
			own = v
		}
		if v.Serves && v.Name != "embedded" {
			serving++
		}
	}
	if own.ID == "" {
		own = active
	}
	return own, serving > 1
}

// Reports returns the reports of which versions are kept, by place and year; that
// of the active version is among them.
func (s *Store) Reports() []Report {
	var out []Report
	at := make(map[string]int)
	home := ""
	for _, v := range s.Versions() {
		if v.Embedded && !v.Serves {
			continue // it ships, and nobody asked for it
		}
		i, ok := at[v.Report]
		if !ok {
			i = len(out)
			at[v.Report] = i
			out = append(out, Report{Name: v.Report, Place: v.Place, Year: v.Year})
		}
		out[i].Versions = append(out[i].Versions, v)
		if v.Serves {
			out[i].Serving, out[i].Place = v, v.Place
		}
		if v.Active {
			home = corpus.ShortPlace(v.Place)
		}
	}
	for i := range out {
		out[i].Home = corpus.ShortPlace(out[i].Place) == home
	}
	slices.SortFunc(out, func(a, b Report) int {
		return cmp.Or(cmp.Compare(corpus.ShortPlace(a.Place), corpus.ShortPlace(b.Place)), cmp.Compare(a.Year, b.Year))
	})
	return out
}
