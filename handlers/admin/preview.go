package admin

import (
	"context"
	"errors"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/handlers/chat"
)

// A Warning is something about a text that an admin should look at before it
// goes live.
type Warning string

const (
	WarnNoOutline     Warning = "no_outline"     // no headings were found
	WarnShort         Warning = "short"          // fewer characters than shortText
	WarnCharacters    Warning = "characters"     // some did not decode
	WarnNoFigures     Warning = "no_figures"     // not one quantity
	WarnNoCommitments Warning = "no_commitments" // nothing that the government undertakes
	WarnNoYear        Warning = "no_year"        // the text does not say which year it plans
	WarnOlder         Warning = "older"          // plans an earlier year than the active one
	WarnOtherPlace    Warning = "other_place"    // of another government than the active one
)

// shortText is the least length of a government's report, in characters:
// those of districts have about ten thousand.
const shortText = 2000

// ErrNoReport says that a text has neither an outline nor figures: whatever it
// is, it is no government work report.
var ErrNoReport = errors.New("no headings and no figures: not a government work report")

// A Preview is what an admin sees of a version before it goes live.
type Preview struct {
	Version  version.Version
	Report   *corpus.Report
	Active   *corpus.Report // what it would take the place of
	Already  bool           // it was kept before
	Warnings []Warning
}

// Unchanged reports whether the version is the active one.
func (p *Preview) Unchanged() bool { return p.Report.ID == p.Active.ID }

// Import parses the content of the file called name and keeps it; it goes live
// only by Activate. The error wraps one of corpus's Err variables or is
// ErrNoReport if the file is none that can be used.
func (l *Library) Import(ctx context.Context, name string, data []byte, by version.By) (*Preview, error) {
	return l.ImportAs(ctx, name, data, 0, "", by)
}

// ImportAs is Import of a text that is known to be of a year and a place,
// whatever it says itself; 0 and "" leave that to the text.
func (l *Library) ImportAs(ctx context.Context, name string, data []byte, year int, place string, by version.By) (*Preview, error) {
	select {
	case l.parsing <- struct{}{}:
		defer func() { <-l.parsing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	r, err := extract.Parse(name, data)
	if err != nil {
		return nil, err
	}
	if err := Acceptable(r); err != nil {
		return nil, err
	}
	if year != 0 || place != "" {
		r = extract.ParseTextAs(r.Text, year, place)
	}
	v, already, err := l.store.Keep(version.Item{Name: chat.Clean(name), Report: r, AsYear: year, AsPlace: place}, by)
	if err != nil {
		return nil, err
	}
	l.warn() // a damaged journal was set aside for it
	if err := l.healed(ctx, r); err != nil {
		return nil, err
	}
	p, err := l.preview(v, r)
	if err != nil {
		return nil, err
	}
	p.Already = already
	return p, nil
}

// Acceptable returns ErrNoReport if r is no government work report at all.
func Acceptable(r *corpus.Report) error {
	if len(r.Sections) == 0 && len(r.Figures) == 0 || len(r.Passages) == 0 {
		return ErrNoReport
	}
	return nil
}

// Preview shows a version that is kept.
func (l *Library) Preview(id string) (*Preview, error) {
	v, err := l.store.Find(id)
	if err != nil {
		return nil, err
	}
	r, err := l.store.Report(v.ID)
	if err != nil {
		return nil, err
	}
	p, err := l.preview(v, r)
	if err != nil {
		return nil, err
	}
	p.Already = true
	return p, nil
}

func (l *Library) preview(v version.Version, r *corpus.Report) (*Preview, error) {
	active, err := l.activeReport()
	if err != nil {
		return nil, err
	}
	rival, many := l.store.Rival(v.ID)
	if rival.ID != active.ID {
		if own, err := l.store.Report(rival.ID); err == nil {
			active = own
		}
	}
	w := warnings(r, active)
	if many { // a library has other places and years
		w = slices.DeleteFunc(w, func(w Warning) bool { return w == WarnOlder || w == WarnOtherPlace })
	}
	return &Preview{Version: v, Report: r, Active: active, Warnings: w}, nil
}

// activeReport returns the active version's report: the live one, unless another
// process changed it a moment ago; the live one as well if the text of the
// active is damaged.
func (l *Library) activeReport() (*corpus.Report, error) {
	id := l.store.Active().ID
	live := l.live.Report()
	if live != nil && live.ID == id {
		return live, nil
	}
	r, err := l.store.Report(id)
	if err != nil && live != nil {
		return live, nil
	}
	return r, err
}

// healed makes r live if it is the active version's report and another answers
// because the text of the active was damaged until it was imported again.
func (l *Library) healed(ctx context.Context, r *corpus.Report) error {
	if live := l.live.Report(); live == nil || live.ID == r.ID || l.store.Active().ID != r.ID || l.store.Lost() != nil {
		return nil
	}
	end, err := l.wait(ctx)
	if err != nil {
		return err
	}
	defer end()
	if l.live.Report().ID == r.ID || l.store.Active().ID != r.ID {
		return nil // another process was in between, or Sync
	}
	ix, err := l.build(r)
	if err != nil {
		return err
	}
	l.settled(r.ID)
	l.swap(ctx, ix, version.Reindexed)
	return nil
}

func warnings(r, active *corpus.Report) []Warning {
	var out []Warning
	for _, w := range []struct {
		Warning
		on bool
	}{
		{WarnNoOutline, len(r.Sections) == 0},
		{WarnShort, r.Len() < shortText},
		{WarnCharacters, strings.ContainsRune(r.Text, '\uFFFD')},
		{WarnNoFigures, len(r.Figures) == 0},
		{WarnNoCommitments, len(r.Commitments) == 0},
		{WarnNoYear, r.Year == 0},
		{WarnOlder, r.Year != 0 && r.Year < active.Year},
		{WarnOtherPlace, r.Place != active.Place},
	} {
		if w.on {
			out = append(out, w.Warning)
		}
	}
	return out
}
