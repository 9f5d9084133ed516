package version

import (
	"cmp"
	"slices"
	"time"

	"jinwen/corpus"
)

// A Version is a text that is kept.
type Version struct {
	ID        string    `json:"id"` // content address, corpus.Report.ID
	Title     string    `json:"title"`
	Place     string    `json:"place,omitempty"`
	Year      int       `json:"year,omitempty"`
	Name      string    `json:"name"`          // of the file it came in
	Who       string    `json:"who,omitempty"` // imported it; "" for the embedded
	Imported  time.Time `json:"imported,omitzero"`
	Activated time.Time `json:"activated,omitzero"` // last; zero if never: it waits for a decision
	Counts    Counts    `json:"counts"`

	Report   string `json:"report,omitempty"`   // whose version it is: 2024/青溪
	Serves   bool   `json:"serves,omitempty"`   // the version that answers for its report
	Active   bool   `json:"active,omitempty"`   // serves, and is the one for a question without a place
	Previous bool   `json:"previous,omitempty"` // what Rollback goes to
	Embedded bool   `json:"embedded,omitempty"` // ships with the program

	used    int64  // sequence number of its last import or activation
	asPlace string // said by who imported it, whatever the text says; "" if nothing was said
	asYear  int    // likewise
}

// A state is what the records of a journal add up to.
type state struct {
	records  []Record
	versions map[string]*Version
	stack    []entry // activations, the newest on top; empty means the embedded

	zero Version // the report that ships; the zero Version if it cannot be read
	home string  // the place meant where none is named, as the settings have it; "" is open
}

// An entry is an activation that holds.
type entry struct {
	id   string
	bulk bool // came with others as part of a library: going back does not undo it
}

func (s *state) lastSeq() int64 {
	if n := len(s.records); n > 0 {
		return s.records[n-1].Seq
	}
	return 0
}

// version returns the entry of id, made if a damaged line took it.
func (s *state) version(id string) *Version {
	if s.versions == nil {
		s.versions = make(map[string]*Version)
	}
	v := s.versions[id]
	if v == nil {
		v = &Version{ID: id}
		s.versions[id] = v
	}
	return v
}

// apply adds r to what came before it.
func (s *state) apply(r Record) {
	s.records = append(s.records, r)
	switch r.Action {
	case Imported:
		v := s.version(r.Version)
		v.Title, v.Place, v.Year, v.Name = r.Title, r.Place, r.Year, r.Name
		v.Who, v.Imported, v.used = r.Who, r.Time, r.Seq
		v.asPlace, v.asYear = r.AsPlace, r.AsYear
		v.Report = corpus.ReportName(v.Year, v.Place)
		if r.Counts != nil {
			v.Counts = *r.Counts
		}
	case Activated:
		if len(s.stack) == 0 && r.From != "" {
			s.stack = append(s.stack, entry{id: r.From})
		}
		s.push(r, false)
	case Joined:
		s.push(r, true)
	case RolledBack:
		for len(s.stack) > 0 && s.active() != r.Version {
			s.drop(s.active())
		}
		if s.active() != r.Version {
			s.push(r, false)
		}
		s.touch(r)
	case Discarded, Pruned:
		delete(s.versions, r.Version)
		s.drop(r.Version)
	}
}

// drop takes every entry of id off the stack.
func (s *state) drop(id string) {
	s.stack = slices.DeleteFunc(s.stack, func(e entry) bool { return e.id == id })
	s.stack = slices.CompactFunc(s.stack, func(a, b entry) bool { return a.id == b.id })
}

func (s *state) push(r Record, bulk bool) {
	s.touch(r)
	if n := len(s.stack); n == 0 || s.stack[n-1].id != r.Version {
		s.stack = append(s.stack, entry{r.Version, bulk})
	}
}

// touch notes that r made its version active.
func (s *state) touch(r Record) {
	v := s.version(r.Version)
	v.Activated, v.used = r.Time, r.Seq
}

// prunable returns the versions of each report beyond the keep that were used
// last, least recently used first; never one that serves, nor the one to go
// back to.
func (s *state) prunable(keep int) []string {
	serving, previous := s.serving(), s.previous()
	count := make(map[string]int)
	var old []*Version
	for _, v := range s.versions {
		count[v.Report]++
		if v.ID != previous && serving[v.Report] != v.ID {
			old = append(old, v)
		}
	}
	slices.SortFunc(old, func(a, b *Version) int { return cmp.Compare(a.used, b.used) })
	var ids []string
	for _, v := range old {
		if count[v.Report] > keep {
			count[v.Report]--
			ids = append(ids, v.ID)
		}
	}
	return ids
}

// decision returns the last record that says what the bot answers from, or that it
// shall be indexed anew; false if there is none.
func (s *state) decision() (Record, bool) {
	for i := len(s.records) - 1; i >= 0; i-- {
		switch s.records[i].Action {
		case Activated, Joined, RolledBack, Discarded, Reindexed:
			return s.records[i], true
		}
	}
	return Record{}, false
}

// activation returns the last record that made a version active; false if none did.
func (s *state) activation() (Record, bool) {
	for i := len(s.records) - 1; i >= 0; i-- {
		if a := s.records[i].Action; a == Activated || a == RolledBack {
			return s.records[i], true
		}
	}
	return Record{}, false
}
