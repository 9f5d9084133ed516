package version

import (
	"fmt"
	"maps"
	"slices"

	"jinwen/corpus"
)

// clone returns a copy of s that apply may change.
func (s *state) clone() state {
	out := state{records: slices.Clip(s.records), versions: make(map[string]*Version), stack: slices.Clone(s.stack), zero: s.zero, home: s.home}
	for id, v := range maps.All(s.versions) {
		c := *v
		out.versions[id] = &c
	}
	return out
}

// Describe returns what is known of r from its text alone.
func Describe(r *corpus.Report) Version {
	return Version{ID: r.ID, Title: r.Title, Place: r.Place, Year: r.Year, Report: corpus.ReportName(r.Year, r.Place), Counts: Count(r)}
}

// Count returns how much r holds.
func Count(r *corpus.Report) Counts {
	return Counts{
		Chars:       r.Len(),
		Sections:    len(r.Sections),
		Passages:    len(r.Passages),
		Figures:     len(r.Figures),
		Commitments: len(r.Commitments),
	}
}

// version returns what is known of the kept version id.
func (c *change) version(id string) *Version {
	if v := c.next.versions[id]; v != nil {
		return v
	}
	return &Version{ID: id}
}

// Keep keeps the text of a report, and what else is known of it. It does not make
// it active. already says that the text was kept before; then nothing is recorded.
func (s *Store) Keep(it Item, by By) (v Version, already bool, err error) {
	r := it.Report
	var was Version
	err = s.mutate(by, func(c *change) error {
		was = Describe(r)
		zero, err := s.embedded()
		if err != nil {
			return err
		}
		known := c.next.versions[r.ID]
		already = known != nil || zero.ID == r.ID
		if already && it.AsPlace == "" && it.AsYear == 0 || known != nil && known.asPlace == it.AsPlace && known.asYear == it.AsYear {
			if known == nil {
				return nil
			}
			was = *known
			return s.save(r) // heals a text that was damaged
		}
		if err := s.keepText(c, it); err != nil {
			return err
		}
		was = *c.version(r.ID)
		return nil
	})
	if err != nil {
		return Version{}, false, err
	}
	v = s.since(was)
	s.writeParsed(&v, r)
	return v, already, nil
}

// keepText saves the text of it and records its import.
func (s *Store) keepText(c *change, it Item) error {
	if err := s.save(it.Report); err != nil {
		return err
	}
	c.imported(it)
	return nil
}

// keepZero keeps the text of version zero like any other if it is one of ids
// and is not kept yet.
func (s *Store) keepZero(c *change, ids ...string) error {
	zero, err := s.embedded()
	if err != nil {
		return err
	}
	if !slices.Contains(ids, zero.ID) || c.next.versions[zero.ID] != nil {
		return nil
	}
	return s.keepText(c, Item{Name: "embedded", Report: zero})
}

// expect compares the active version, and the one that serves for the report of
// version id, with what the caller believes it to be.
func (s *Store) expect(c *change, id string) (active string, err error) {
	active, err = s.current(&c.next)
	if err != nil {
		return "", err
	}
	serving := c.next.serving()[c.next.known(id).Report]
	if c.by.From != "" && c.by.From != active && c.by.From != serving {
		last, _ := c.next.activation()
		return "", &ConflictError{Last: last}
	}
	return active, nil
}

// Activate makes a kept version the one that serves for its report, and so the
// active one if that is the newest of the home place. While there are but
// single reports that somebody activated one after another, an older one that
// is activated again takes the place of those after it. When it returns, the change lasts. The
// error is ErrUnknown if the version is not kept, ErrActive if it is active
// already, a *ConflictError if another is active than by.From.
func (s *Store) Activate(id string, by By) (Version, error) {
	var was Version
	err := s.mutate(by, func(c *change) error {
		active, err := s.expect(c, id)
		if err != nil {
			return err
		}
		if id == active || c.next.serves(id) && c.next.many() {
			return fmt.Errorf("version %s: %w", id, ErrActive)
		}
		if err := s.keepZero(c, id, active); err != nil {
			return err
		}
		if c.next.versions[id] == nil {
			return fmt.Errorf("version %s: %w", id, ErrUnknown)
		}
		if _, err := s.report(c.version(id)); err != nil {
			return err
		}
		was = *c.version(id)
		was.Active, was.Serves = true, true
		if c.next.goesBack(id) {
			c.add(Record{Action: RolledBack, Version: id, From: active})
			return nil
		}
		from := active
		if report := c.next.known(id).Report; len(c.next.stack) > 0 && report != c.next.known(active).Report {
			if serving := c.next.serving()[report]; serving != "" && serving != id {
				from = serving // of the library's other reports: what it takes the place of
			}
		}
		c.add(Record{Action: Activated, Version: id, From: from})
		return nil
	})
	if err != nil {
		return Version{}, err
	}
	return s.since(was), nil
}

// since returns version was as it stands now. Another process may have changed
// the folder since, and even have pruned what this one has just kept: then was
// itself, which is what happened.
func (s *Store) since(was Version) Version {
	if v, err := s.Find(was.ID); err == nil {
		return v
	}
	return was
}

// Rollback makes the version active that was so before the active one; called
// again, the one before that. The error is ErrNoPrevious if there is none, a
// *ConflictError if another is active than by.From.
func (s *Store) Rollback(by By) (Version, error) {
	var was Version
	err := s.mutate(by, func(c *change) error {
		active, err := s.expect(c, "")
		if err != nil {
			return err
		}
		to := c.next.previous()
		if to == "" {
			return ErrNoPrevious
		}
		if _, err := s.report(c.version(to)); err != nil {
			return err
		}
		was = *c.version(to)
		was.Active, was.Serves = true, true
		c.add(Record{Action: RolledBack, Version: to, From: active})
		return nil
	})
	if err != nil {
		return Version{}, err
	}
	return s.since(was), nil
}

// Discard drops a kept version, unless it is active (ErrActive), the one to go
// back to (ErrPrevious) or not there (ErrUnknown).
func (s *Store) Discard(id string, by By) error {
	return s.mutate(by, func(c *change) error {
		active, err := s.current(&c.next)
		switch {
		case err != nil:
			return err
		case id == active:
			return fmt.Errorf("version %s: %w", id, ErrActive)
		case c.next.serves(id):
			return fmt.Errorf("version %s: %w", id, ErrActive)
		case id == c.next.previous():
			return fmt.Errorf("version %s: %w", id, ErrPrevious)
		case c.next.versions[id] == nil:
			return fmt.Errorf("version %s: %w", id, ErrUnknown)
		}
		c.add(Record{Action: Discarded, Version: id})
		return nil
	})
}

// Note records something that changes no version: Reindexed, LexiconAdded,
// LexiconRemoved.
func (s *Store) Note(a Action, detail string, by By) error {
	return s.mutate(by, func(c *change) error {
		active, err := s.current(&c.next)
		if err != nil {
			return err
		}
		c.add(Record{Action: a, Version: active, Detail: detail})
		return nil
	})
}
