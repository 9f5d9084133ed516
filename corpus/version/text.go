package version

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/extract"
)

var idForm = regexp.MustCompile(`^[0-9a-f]{12}$`)

// path returns where the text of id is kept.
func (s *Store) path(id string) string { return filepath.Join(s.texts(), id+".txt") }

// Report returns the report of a kept version: its text, and what was found in it.
// The error is ErrUnknown if it is not kept, ErrDamaged if its text is not what
// it was.
func (s *Store) Report(id string) (*corpus.Report, error) {
	s.mu.Lock()
	v := Version{ID: id}
	if known := s.state.versions[id]; known != nil {
		v = *known
	}
	s.mu.Unlock()
	return s.report(&v)
}

// report is Report of v.
func (s *Store) report(v *Version) (*corpus.Report, error) {
	id := v.ID
	zero, zeroErr := s.embedded()
	if zeroErr == nil && zero.ID == id && v.asPlace == "" && v.asYear == 0 {
		return zero, nil
	}
	if !idForm.MatchString(id) {
		return nil, fmt.Errorf("version %q: %w", id, ErrUnknown)
	}
	data, err := os.ReadFile(s.path(id))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("version %s: %w", id, ErrUnknown)
	}
	if err != nil {
		return nil, fmt.Errorf("version %s: %w", id, err)
	}
	if r := s.readParsed(v, string(data)); r != nil {
		return r, nil
	}
	r := extract.ParseTextAs(string(data), v.asYear, v.asPlace)
	if r.ID != id || r.Text != string(data) {
		return nil, fmt.Errorf("version %s: %w", id, ErrDamaged)
	}
	s.writeParsed(v, r)
	return r, nil
}

// save puts r's text in its place, whole or not at all.
func (s *Store) save(r *corpus.Report) error {
	if err := s.saveText(r.ID, r.Text); err != nil {
		return err
	}
	if err := syncDir(s.texts()); err != nil {
		return fmt.Errorf("version %s: %w", r.ID, err)
	}
	return nil
}

// saveText is save without the certainty that the name lasts.
func (s *Store) saveText(id, text string) error {
	if data, err := os.ReadFile(s.path(id)); err == nil && string(data) == text {
		return nil // an orphan, or kept already
	}
	f, err := os.CreateTemp(s.texts(), "tmp-*") // 0600
	if err != nil {
		return fmt.Errorf("version %s: %w", id, err)
	}
	defer os.Remove(f.Name()) // in vain once it is renamed
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), s.path(id))
	}
	if err != nil {
		return fmt.Errorf("version %s: %w", id, err)
	}
	return nil
}

// sweep deletes what no record names. The lock is held. What it cannot delete
// it leaves for the next time.
func (s *Store) sweep() {
	if bad, err := s.bad(); len(s.damaged)+len(bad) > 0 || err != nil {
		return // a line that is lost may have named it
	}
	names, err := list(s.texts())
	if err != nil {
		return
	}
	for _, name := range names {
		id, _ := strings.CutSuffix(name, ".txt")
		if s.state.versions[id] == nil {
			os.Remove(filepath.Join(s.texts(), name))
		}
	}
	parsed, _ := list(s.parsedDir())
	for _, name := range parsed {
		id, _ := strings.CutSuffix(name, ".gob")
		if s.state.versions[id] == nil {
			os.Remove(filepath.Join(s.parsedDir(), name))
		}
	}
}

// syncDir makes the names in dir last.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// TextPath returns the file of the text of a kept version. Texts are never changed.
func (s *Store) TextPath(id string) string { return s.path(id) }
