package manage

import (
	"context"
	"errors"
	"fmt"

	"jinwen/bot/cli/base"
	"jinwen/handlers/store"
)

// Restore is the command that puts back a snapshot.
type Restore struct {
	Day  string `arg:"" optional:"" help:"Of which day, as 2026-03-01; the newest if none is named."`
	List bool   `help:"Only list the snapshots there are."`
}

func (Restore) Help() string {
	return `Puts back what a snapshot holds: settings, subscriptions and what the bot had in hand, and texts of reports that are missing; the journal of versions too if it is damaged. Nothing is deleted: what was there is kept beside it as state.db.bad-1. A running bot makes a snapshot a day and keeps seven. Stop the bot first.

Examples:
  jinwen restore --list
  jinwen restore
  jinwen restore 2026-03-01`
}

func (c *Restore) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	if a.Shared() {
		return errors.New("restore: the state is in PostgreSQL, which has its own means (pg_dump, pg_restore); versions come back from there by themselves")
	}
	s := a.Snapshots()
	days, err := s.Days()
	if err != nil {
		return err
	}
	if c.List {
		if len(days) == 0 {
			fmt.Fprintf(a.Err, "jinwen: %s has no snapshots yet: the bot makes one a day while it runs\n", a.Cfg.DataDir)
		}
		for _, d := range days {
			fmt.Fprintln(a.Out, d)
		}
		return nil
	}
	if len(days) == 0 {
		return fmt.Errorf("%s has no snapshots: the bot makes one a day while it runs", a.Cfg.DataDir)
	}
	day := c.Day
	if day == "" {
		day = days[0]
	}
	journal := false
	if a.HasVersions() {
		v, err := a.Versions()
		journal = err != nil || v.Lost() != nil
	}
	r, err := s.Restore(day, journal)
	if errors.Is(err, store.ErrLocked) {
		return fmt.Errorf("%s is in use: stop the bot first", a.Cfg.DataDir)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "state.db is that of %s. Settings, subscriptions and answers since then are lost", r.Day)
	if r.Aside != "" {
		fmt.Fprintf(a.Out, "; what was there is in %s", r.Aside)
	}
	fmt.Fprintln(a.Out, ".")
	for _, t := range r.Texts {
		fmt.Fprintf(a.Out, "versions/%s is back.\n", t)
	}
	if journal {
		fmt.Fprintf(a.Out, "The journal of versions is that of %s. What was imported or activated since then is lost", r.Day)
		if r.Journal != "" {
			fmt.Fprintf(a.Out, "; the damaged one is in %s", r.Journal)
		}
		fmt.Fprintln(a.Out, ".")
	}
	fmt.Fprintln(a.Out, "jinwen check tells whether all is well.")
	return nil
}
