package serve

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/handlers/store"
)

// openState opens the state file, and says what to do if it cannot.
func openState(a *base.App) (*store.Bolt, error) {
	users, err := store.Open(a.Path("state.db"), nil)
	if err == nil {
		users.SetEntries(a.EntryBytes())
		return users, nil
	}
	if errors.Is(err, store.ErrLocked) {
		return nil, fmt.Errorf("%s is in use: another Jinwen runs on this data folder; stop it, or set another data_dir", a.Cfg.DataDir)
	}
	if _, damaged := errors.AsType[*store.Damaged](err); damaged {
		if days, _ := a.Snapshots().Days(); len(days) > 0 {
			return nil, fmt.Errorf("%w: jinwen restore goes on with the snapshot of %s", err, days[0])
		}
		return nil, fmt.Errorf("%w: restore it from a backup, or move it away to go on without settings and subscriptions", err)
	}
	return nil, err
}

// snapshotPause is how often it is looked whether a day has begun.
const snapshotPause = time.Hour

// saveDaily makes a snapshot now, and one a day until ctx ends.
func saveDaily(ctx context.Context, a *base.App, users *store.Bolt) {
	tick := time.NewTicker(snapshotPause)
	defer tick.Stop()
	for {
		if err := a.Snapshots().Take(users, a.Now()); err != nil && ctx.Err() == nil {
			a.Log.Warn("no snapshot made", "err", err, "hint", "the bot goes on; jinwen check tests folder and disk")
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
