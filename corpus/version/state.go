package version

import (
	"cmp"
	"slices"
	"time"
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

	Active   bool `json:"active,omitempty"`
	Previous bool `json:"previous,omitempty"` // what Rollback goes to
	Embedded bool `json:"embedded,omitempty"` // ships with the program

	used int64 // sequence number of its last import or activation
}

// A state is what the records of a journal add up to.
type state struct {
	records  []Record
	versions map[string]*Version
	stack    []string // activations, the active on top; empty means the embedded
}

func (s *state) lastSeq() int64 {
	if n := len(s.records); n > 0 {
		return s.records[n-1].Seq
	}
	return 0
}

// active is the ID of the active version, previous that of its predecessor;
// "" means the embedded, and none respectively.
func (s *state) active() string {
	if n := len(s.stack); n > 0 {
		return s.stack[n-1]
	}
	return ""
}

func (s *state) previous() string {
	if n := len(s.stack); n > 1 {
		return s.stack[n-2]
	}
	return ""
}

// version is the entry of id, made if a damaged line took it.
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
		if r.Counts != nil {
			v.Counts = *r.Counts
		}
	case Activated:
		if len(s.stack) == 0 && r.From != "" {
			s.stack = append(s.stack, r.From)
		}
		s.push(r)
	case RolledBack:
		for len(s.stack) > 0 && s.active() != r.Version {
			s.stack = s.stack[:len(s.stack)-1]
		}
		s.push(r)
	case Discarded, Pruned:
		delete(s.versions, r.Version)
		s.stack = slices.DeleteFunc(s.stack, func(id string) bool { return id == r.Version })
		s.stack = slices.Compact(s.stack)
	}
}

func (s *state) push(r Record) {
	v := s.version(r.Version)
	v.Activated, v.used = r.Time, r.Seq
	if s.active() != r.Version {
		s.stack = append(s.stack, r.Version)
	}
}

// prunable are the versions beyond the keep that were used last, least
// recently used first, the active and its predecessor never among them.
func (s *state) prunable(keep int) []string {
	var old []*Version
	for _, v := range s.versions {
		if v.ID != s.active() && v.ID != s.previous() {
			old = append(old, v)
		}
	}
	slices.SortFunc(old, func(a, b *Version) int { return cmp.Compare(a.used, b.used) })
	n := len(s.versions) - keep
	var ids []string
	for _, v := range old[:max(0, min(n, len(old)))] {
		ids = append(ids, v.ID)
	}
	return ids
}

// decision is the last record that says what the bot answers from, or that it
// shall be indexed anew; false if there is none.
func (s *state) decision() (Record, bool) {
	for i := len(s.records) - 1; i >= 0; i-- {
		switch s.records[i].Action {
		case Activated, RolledBack, Reindexed:
			return s.records[i], true
		}
	}
	return Record{}, false
}

// activation is the last record that made a version active; false if none did.
func (s *state) activation() (Record, bool) {
	for i := len(s.records) - 1; i >= 0; i-- {
		if a := s.records[i].Action; a == Activated || a == RolledBack {
			return s.records[i], true
		}
	}
	return Record{}, false
}
