package version

import "jinwen/corpus"

// An Item is a report that comes into the library with others.
type Item struct {
	Name    string // of the file
	Report  *corpus.Report
	AsPlace string // the place that it was said to be of, whatever the text says; "" if nothing was said
	AsYear  int    // likewise
}

// A Joining is what became of an Item.
type Joining struct {
	Version Version
	Already bool   // its text was kept before
	Joined  bool   // it serves now for its report, and did not before
	Serving string // the version that serves for the report instead; "" if this one does
}

// Join keeps items and lets them serve: each as the first version of its
// report, or, if replace says so, in the place of the one that serves. All are
// kept or, after an error, none.
func (s *Store) Join(items []Item, replace bool, by By) ([]Joining, error) {
	out := make([]Joining, len(items))
	err := s.mutate(by, func(c *change) error {
		zero, err := s.embedded()
		if err != nil {
			return err
		}
		for i, it := range items {
			if err := s.saveText(it.Report.ID, it.Report.Text); err != nil {
				return err
			}
			id := it.Report.ID
			out[i].Already = c.next.versions[id] != nil || zero.ID == id
			if v := c.next.versions[id]; v == nil || v.asPlace != it.AsPlace || v.asYear != it.AsYear {
				c.imported(it)
			}
			report := c.next.versions[id].Report
			serving := c.next.serving()[report]
			switch {
			case serving == id && c.next.inStack(id):
			case serving == "" || replace || serving == id:
				c.add(Record{Action: Joined, Version: id, From: serving})
				out[i].Joined = true
			default:
				out[i].Serving = serving
			}
		}
		return syncDir(s.texts())
	})
	if err != nil {
		return nil, err
	}
	kept := make(map[string]Version)
	for _, v := range s.Versions() {
		kept[v.ID] = v
	}
	for i, it := range items {
		v := kept[it.Report.ID]
		out[i].Version = v
		s.writeParsed(&v, it.Report)
	}
	return out, nil
}

// imported records that it was kept.
func (c *change) imported(it Item) {
	r := it.Report
	n := Count(r)
	c.add(Record{Action: Imported, Version: r.ID, Name: it.Name, Title: r.Title, Place: r.Place, Year: r.Year, AsPlace: it.AsPlace, AsYear: it.AsYear, Counts: &n})
}

// inStack reports whether version id was activated and still counts.
func (s *state) inStack(id string) bool {
	for _, e := range s.stack {
		if e.id == id {
			return true
		}
	}
	return false
}
