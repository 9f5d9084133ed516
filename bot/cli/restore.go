package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"jinwen/handlers/store"
)

type restoreCmd struct {
	Day  string `arg:"" optional:"" help:"Of which day, as 2026-03-01; the newest if none is named."`
	List bool   `help:"Only list the snapshots there are."`
}

func (restoreCmd) Help() string {
	return `Puts back what a snapshot holds: settings, subscriptions and what the bot had in hand, and texts of reports that are missing; the journal of versions too if it is damaged. Nothing is deleted: what was there is kept beside it as state.db.bad-1. A running bot makes a snapshot a day and keeps seven. Stop the bot first.

Examples:
  jinwen restore --list
  jinwen restore
  jinwen restore 2026-03-01`
}

func (c *restoreCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	s := a.snapshots()
	days, err := s.Days()
	if err != nil {
		return err
	}
	if c.List {
		for _, d := range days {
			fmt.Fprintln(a.out, d)
		}
		return nil
	}
	if len(days) == 0 {
		return fmt.Errorf("%s has no snapshots: the bot makes one a day while it runs", a.cfg.DataDir)
	}
	day := c.Day
	if day == "" {
		day = days[0]
	}
	journal := false
	if a.hasVersions() {
		v, err := a.versions()
		journal = err != nil || v.Lost() != nil
	}
	r, err := s.Restore(day, journal)
	if errors.Is(err, store.ErrLocked) {
		return fmt.Errorf("%s is in use: stop the bot first", a.cfg.DataDir)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "state.db is that of %s. Settings, subscriptions and answers since then are lost", r.Day)
	if r.Aside != "" {
		fmt.Fprintf(a.out, "; what was there is in %s", r.Aside)
	}
	fmt.Fprintln(a.out, ".")
	for _, t := range r.Texts {
		fmt.Fprintf(a.out, "versions/%s is back.\n", t)
	}
	if journal {
		fmt.Fprintf(a.out, "The journal of versions is that of %s. What was imported or activated since then is lost", r.Day)
		if r.Journal != "" {
			fmt.Fprintf(a.out, "; the damaged one is in %s", r.Journal)
		}
		fmt.Fprintln(a.out, ".")
	}
	fmt.Fprintln(a.out, "jinwen check tells whether all is well.")
	return nil
}

func (a *app) snapshots() store.Snapshots { return store.Snapshots{DataDir: a.cfg.DataDir} }

// openState opens the state file, and says what to do if it cannot.
func (a *app) openState() (*store.Bolt, error) {
	users, err := store.Open(a.path("state.db"), nil)
	if err == nil {
		return users, nil
	}
	if errors.Is(err, store.ErrLocked) {
		return nil, fmt.Errorf("%s is in use: another Jinwen runs on this data folder; stop it, or set another data_dir", a.cfg.DataDir)
	}
	if _, damaged := errors.AsType[*store.Damaged](err); damaged {
		if days, _ := a.snapshots().Days(); len(days) > 0 {
			return nil, fmt.Errorf("%w: jinwen restore goes on with the snapshot of %s", err, days[0])
		}
		return nil, fmt.Errorf("%w: restore it from a backup, or move it away to go on without settings and subscriptions", err)
	}
	return nil, err
}

// snapshotPause is how often it is looked whether a day has begun.
const snapshotPause = time.Hour

// saveDaily makes a snapshot now, and one a day until ctx ends.
func (a *app) saveDaily(ctx context.Context, users *store.Bolt) {
	tick := time.NewTicker(snapshotPause)
	defer tick.Stop()
	for {
		if err := a.snapshots().Take(users, a.now()); err != nil && ctx.Err() == nil {
			a.log.Warn("no snapshot made", "err", err, "hint", "the bot goes on; jinwen check tests folder and disk")
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// checkState reads the state file whole, if there is one that no bot has open.
func (a *app) checkState() []finding {
	if _, err := os.Stat(a.path("state.db")); err != nil {
		return nil
	}
	f := finding{name: "state", what: a.path("state.db")}
	users, err := store.Open(a.path("state.db"), nil)
	switch _, damaged := errors.AsType[*store.Damaged](err); {
	case err == nil:
		users.Close()
	case errors.Is(err, store.ErrLocked):
		f.what += " (in use by a running bot, which has read it)"
	case damaged:
		f.what, f.mend = oneLine(err), "stop the bot, then jinwen restore"
	default:
		f.what, f.mend = oneLine(err), "let the user that runs Jinwen read and write it"
	}
	if days, _ := a.snapshots().Days(); len(days) > 0 {
		f.what += ", last snapshot " + days[0]
	}
	return []finding{f}
}
