package admin

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/version"
	"jinwen/index"
)

// A Step is where an activation stands.
type Step int

const (
	Reading   Step = iota // the text is read and parsed
	Indexing              // the new index is built
	Checking              // the new index is asked
	Switching             // it takes the place of the old
)

// ErrCheck says that a text was not made live because its index failed the
// check.
var ErrCheck = errors.New("the new index failed its check")

// Activate makes version id live. The errors are those of
// version.Store.Activate, a *BusyError, and ErrCheck; after any of them all is
// as it was. step, if not nil, is called before each step.
func (l *Library) Activate(ctx context.Context, id string, by version.By, step func(Step)) (version.Version, error) {
	return l.change(ctx, version.Activated, id, by, step, func() (version.Version, error) {
		return l.store.Activate(id, by)
	})
}

// Rollback makes the version live that was so before. The errors are those of
// version.Store.Rollback, a *BusyError, and ErrCheck.
func (l *Library) Rollback(ctx context.Context, by version.By, step func(Step)) (version.Version, error) {
	to, ok := l.store.Previous()
	if !ok {
		return version.Version{}, version.ErrNoPrevious
	}
	if by.From == "" {
		by.From = l.store.Active().ID // what to is the predecessor of
	}
	return l.change(ctx, version.RolledBack, to.ID, by, step, func() (version.Version, error) {
		return l.store.Rollback(by)
	})
}

// change builds and checks the index of version id, has record make it the
// active one, and swaps.
func (l *Library) change(ctx context.Context, what version.Action, id string, by version.By, step func(Step), record func() (version.Version, error)) (version.Version, error) {
	end, err := l.begin(ctx, by.Who, what)
	if err != nil {
		return version.Version{}, err
	}
	defer end()
	if id == l.store.Active().ID {
		return version.Version{}, fmt.Errorf("version %s: %w", id, version.ErrActive)
	}
	began := l.now()
	ix, err := l.prepare(ctx, id, step)
	if err != nil {
		return version.Version{}, err
	}
	if step != nil {
		step(Switching)
	}
	took, _ := l.store.Rival(id) // whose place it takes
	v, err := record()
	if err != nil {
		ix.Close()
		return version.Version{}, err
	}
	// From here on the change is made, whatever becomes of ctx.
	if l.store.Active().ID != ix.Report().ID { // it serves for another report than the active, or another process was in between
		ix.Close()
		if what == version.Activated && v.Serves && took.Report == v.Report {
			l.tellOf(took.ID, ix.Report())
		}
		return v, l.sync(ctx)
	}
	l.settled(v.ID)
	l.swap(ctx, ix, what)
	l.log.Info("version changed", logWhat, string(what), logVersion, v.ID, logTook, l.now().Sub(began).Round(time.Millisecond))
	return v, nil
}

// tellOf has the subscribers told that to serves for its report, which is not
// the active one, in the place of version from.
func (l *Library) tellOf(from string, to *corpus.Report) {
	old, err := l.store.Report(from)
	if err != nil {
		l.log.Warn("notice dropped", logVersion, to.ID, logErr, err)
		return
	}
	l.tell(notice{old, to})
}

// prepare builds and checks the index of version id.
func (l *Library) prepare(ctx context.Context, id string, step func(Step)) (*index.Index, error) {
	if step == nil {
		step = func(Step) {}
	}
	step(Reading)
	r, err := l.store.Report(id)
	if err != nil {
		return nil, err
	}
	step(Indexing)
	ix, err := l.build(r)
	if err != nil {
		return nil, err
	}
	step(Checking)
	if err := l.check(ctx, ix, r); err != nil {
		ix.Close()
		return nil, err
	}
	return ix, nil
}

// check asks the new index before anybody else does.
func (l *Library) check(ctx context.Context, ix *index.Index, r *corpus.Report) error {
	if got, want := version.Count(ix.Report()), version.Count(r); got != want {
		return fmt.Errorf("version %s: %w: holds %+v, the text %+v", r.ID, ErrCheck, got, want)
	}
	if err := l.opt.Check(ctx, ix); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("version %s: %w: %w", r.ID, ErrCheck, err)
	}
	return nil
}

// Reindex builds the index of the active version anew, with the lexicon as it
// is on disk now, and swaps.
func (l *Library) Reindex(ctx context.Context, by version.By, step func(Step)) (version.Version, error) {
	end, err := l.begin(ctx, by.Who, version.Reindexed)
	if err != nil {
		return version.Version{}, err
	}
	defer end()
	lex, err := l.loadLexicon()
	if err != nil {
		return version.Version{}, err
	}
	l.lexicon.Store(lex)
	v := l.store.Active()
	ix, err := l.prepare(ctx, v.ID, step)
	if err != nil {
		return version.Version{}, err
	}
	if step != nil {
		step(Switching)
	}
	if err := l.store.Note(version.Reindexed, "", by); err != nil {
		ix.Close()
		return version.Version{}, err
	}
	l.settled(v.ID)
	l.swap(ctx, ix, version.Reindexed)
	return v, nil
}

// Discard drops a version; the errors are those of version.Store.Discard.
func (l *Library) Discard(id string, by version.By) error { return l.store.Discard(id, by) }
