package base

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/decode"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/handlers/store"
)

func (a *App) Path(name string) string { return filepath.Join(a.Cfg.DataDir, name) }

func (a *App) VersionsDir() string { return a.Path("versions") }

// HasVersions reports whether anything was ever imported, or may have been by
// another machine. Commands that only look make no files else.
func (a *App) HasVersions() bool {
	if a.Shared() {
		return true
	}
	_, err := os.Stat(a.VersionsDir())
	return err == nil
}

// Versions opens the version store, and makes it if need be.
func (a *App) Versions() (*version.Store, error) {
	opt, err := a.versionOptions()
	if err != nil {
		return nil, err
	}
	return version.Open(a.VersionsDir(), opt)
}

// Report returns what a command works on.
func (a *App) Report() (*corpus.Report, error) {
	if name := a.Flags.Report; name != "" {
		return a.ReportOf(name)
	}
	if !a.HasVersions() {
		return extract.Embedded()
	}
	s, err := a.Versions()
	if err != nil {
		return nil, err
	}
	if err := s.Lost(); err != nil {
		return nil, err // not the report that ships in the name of another
	}
	return s.Report(s.Active().ID)
}

func readReport(name string) (*corpus.Report, error) {
	data, err := ReadFile(name)
	if err != nil {
		return nil, err
	}
	return extract.Parse(name, data)
}

// plainFile refuses a named pipe, a device or a socket: to open one may wait for
// ever, and it is no report. What stands for an open descriptor is a pipe given
// on purpose: /dev/stdin, and /dev/fd/63 as shells make of <(…).
func plainFile(name string) error {
	info, err := os.Stat(name)
	if err != nil || info.Mode().IsRegular() || info.IsDir() {
		return nil // opening it says what is wrong
	}
	path := filepath.Clean(name)
	if path == "/dev/stdin" || strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/") {
		return nil
	}
	return fmt.Errorf("%s is not a plain file", name)
}

func ReadFile(name string) ([]byte, error) {
	if err := plainFile(name); err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder: name a file", name)
	case info.Size() > decode.MaxFile:
		return nil, fmt.Errorf("%s has %d MB: no report has more than %d", name, info.Size()>>20, decode.MaxFile>>20)
	}
	return io.ReadAll(io.LimitReader(f, decode.MaxFile+1)) // a pipe or device has no size
}

// ReportOf returns the report that ref names: a year and place of the library
// (2026/四川), the ID of a version, or a file.
func (a *App) ReportOf(ref string) (*corpus.Report, error) {
	if _, err := os.Stat(ref); err == nil || !a.HasVersions() {
		return readReport(ref)
	}
	s, err := a.Versions()
	if err != nil {
		return nil, err
	}
	v, err := s.Find(ref)
	if errors.Is(err, version.ErrUnknown) {
		return nil, fmt.Errorf("%s: no such file, and no such report or version: see jinwen reports", ref)
	}
	if err != nil {
		return nil, err
	}
	return s.Report(v.ID)
}

// Before returns the report of the library of the year before r, of the same place;
// nil if there is none.
func (a *App) Before(r *corpus.Report) (*corpus.Report, error) {
	if !a.HasVersions() {
		return nil, nil
	}
	s, err := a.Versions()
	if err != nil {
		return nil, err
	}
	v, err := s.Find(corpus.ReportName(r.Year-1, r.Place))
	if err != nil {
		return nil, nil // there is none
	}
	return s.Report(v.ID)
}

// FileOrVersion returns the report in the file called ref, or else the kept version
// of that name.
func (a *App) FileOrVersion(ref string) (*corpus.Report, error) {
	if _, err := os.Stat(ref); !errors.Is(err, fs.ErrNotExist) {
		return readReport(ref)
	}
	if !a.HasVersions() {
		if ref == "embedded" || ref == "active" {
			return extract.Embedded()
		}
		return nil, fmt.Errorf("%s is neither a file nor a version: no version was imported into %s yet", ref, a.Cfg.DataDir)
	}
	s, err := a.Versions()
	if err != nil {
		return nil, err
	}
	v, err := s.Find(ref)
	if err != nil {
		return nil, fmt.Errorf("%s is neither a file nor a version: see jinwen versions", ref)
	}
	return s.Report(v.ID)
}

// Reports returns the library; the report that ships alone if nothing was imported.
func (a *App) Reports() ([]version.Report, error) {
	if a.HasVersions() {
		s, err := a.Versions()
		if err != nil {
			return nil, err
		}
		return s.Reports(), nil
	}
	r, err := extract.Embedded()
	if err != nil {
		return nil, err
	}
	v := version.Describe(r)
	v.Active, v.Serves, v.Embedded, v.Name = true, true, true, "embedded"
	return []version.Report{{Name: v.Report, Place: r.Place, Year: r.Year, Serving: v, Versions: []version.Version{v}, Home: true}}, nil
}

func (a *App) Snapshots() store.Snapshots { return store.Snapshots{DataDir: a.Cfg.DataDir} }

// SectionPath returns the headings down to a section of r; an empty list, not null, outside the outline.
func SectionPath(r *corpus.Report, section int) []string {
	if p := r.Path(section); p != nil {
		return p
	}
	return []string{}
}
