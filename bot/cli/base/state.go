package base

import (
	"context"
	"fmt"
	"sync"

	"jinwen/corpus/version"
	"jinwen/handlers/store/postgres"
)

// database is the one that several machines share, opened when first needed.
type database struct {
	once sync.Once
	db   *postgres.DB
	err  error
}

// Shared reports whether the state is shared with other machines.
func (a *App) Shared() bool { return a.Cfg.State.Set() }

// Database returns what is shared with other machines; nil if nothing is. It may be
// away.
func (a *App) Database() (*postgres.DB, error) {
	if !a.Shared() {
		return nil, nil
	}
	d := &a.database
	d.once.Do(func() {
		d.db, d.err = postgres.Open(context.Background(), a.Cfg.State.Reveal(), postgres.Options{Logger: a.Log, Wait: true})
	})
	if d.err != nil {
		return nil, fmt.Errorf("state: %w", d.err)
	}
	return d.db, nil
}

// CloseDatabase closes what Database has opened; nothing uses it any more.
func (a *App) CloseDatabase() {
	if db := a.database.db; db != nil {
		if err := db.Close(); err != nil {
			a.Log.Warn("database not closed", "err", err)
		}
	}
}

// versionOptions returns the settings as the version store takes them.
func (a *App) versionOptions() (version.Options, error) {
	opt := version.Options{Keep: a.Cfg.Keep.Versions, Home: a.Cfg.Home}
	db, err := a.Database()
	if db != nil {
		opt.Shared = db.Journal()
	}
	return opt, err
}
