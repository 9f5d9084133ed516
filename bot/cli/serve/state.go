package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/dispatch"
	"jinwen/bot/telegram"
	"jinwen/handlers/store"
	"jinwen/handlers/store/postgres"
)

// A keeper is where people's state is kept: in a file of this machine, or in a
// database that several machines share.
type keeper struct {
	users   *store.State // for all that any machine may do
	file    *store.Bolt  // nil with a database
	db      *postgres.DB // nil with a file
	name    string       // of this process, among those that share a database
	entries int64        // bytes of what buttons remember
	lead    right        // to speak first: notices, and services that take one connection
	poll    right        // to ask Telegram for updates
	wait    []*store.Waiting
}

// A right is what one process at a time has, and the state whose writes need
// it. Without a database everybody has it.
type right struct {
	lease dispatch.Lease // nil: nobody else can have it
	users *store.State
}

// openState opens what the settings name.
func openState(a *base.App) (*keeper, error) {
	db, err := a.Database()
	if err != nil {
		return nil, err
	}
	if db == nil {
		file, err := openFile(a)
		if err != nil {
			return nil, err
		}
		return &keeper{users: file.State, file: file, lead: right{nil, file.State}, poll: right{nil, file.State}}, nil
	}
	host, _ := os.Hostname()
	k := &keeper{db: db, entries: a.EntryBytes(), name: fmt.Sprintf("%s %d %s", host, os.Getpid(), rand.Text()[:8])}
	k.users = k.state(db.Engine())
	k.lead, k.poll = k.right("lead"), k.right("poll")
	if err := k.moveIn(a); err != nil {
		return nil, err
	}
	return k, nil
}

// state returns the state in an engine of the database, whose changes may wait.
func (k *keeper) state(e *postgres.Engine) *store.State {
	w := store.NewWaiting(e)
	k.wait = append(k.wait, w)
	k.db.OnBack(func() { w.Flush() })
	s := store.New(w, nil)
	s.SetEntries(k.entries)
	return s
}

func (k *keeper) right(name string) right {
	lease := k.db.Lease(name, k.name)
	return right{lease, k.state(k.db.Engine().Fenced(lease))}
}

// join has Telegram's updates handled with this state, and, where several
// machines share it, by all of them together.
func (k *keeper) join(a *base.App, opt *telegram.Options) (err error) {
	opt.Seen = k.users
	if k.db == nil {
		opt.Dead, err = a.DeadLetters()
		return err
	}
	opt.Pace = k.db.Pace()
	var own store.Engine
	if opt.Webhook.URL == "" {
		opt.Seen, opt.Lease, own = k.poll.users, k.poll.lease, k.poll.users.Engine()
	} else {
		q := k.db.Queue(k.name)
		opt.Shared, own = queue{q}, k.db.Engine().Fenced(q.Lease())
	}
	opt.Dead = a.ShareLetters(k.db.Engine(), own)
	return nil
}

// Close makes what waits and closes a file; a database is closed with the
// program.
func (k *keeper) Close() error {
	if k.file != nil {
		return k.file.Close()
	}
	var errs []error
	for _, w := range k.wait {
		_, before := w.Waits()
		err := w.Flush()
		n, refused := w.Waits()
		if n += refused - before; n > 0 {
			errs = append(errs, fmt.Errorf("state: %d changes that waited for the database are lost: %w", n, err))
		}
	}
	return errors.Join(errs...)
}

// waiting returns how many changes wait for the database, and how many were refused
// or lost.
func (k *keeper) waiting() (n, refused int) {
	for _, w := range k.wait {
		a, b := w.Waits()
		n, refused = n+a, refused+b
	}
	return n, refused
}

// moveIn copies the state file of this machine into a database that holds
// nothing yet, or was broken off at that.
func (k *keeper) moveIn(a *base.App) error {
	path := a.Path("state.db")
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	host, _ := os.Hostname()
	name := host + " " + path
	if vacant, err := store.Vacant(k.db.Engine(), name); err != nil || !vacant {
		return nil // away, or another machine's has moved in: this one's stays where it is
	}
	file, err := openFile(a)
	if err != nil {
		return err
	}
	defer file.Close()
	n, err := store.Copy(k.db.Engine(), file.Engine(), name)
	switch {
	case errors.Is(err, store.ErrTaken):
		return nil // by another machine just now
	case err != nil:
		return fmt.Errorf("state: %s is not copied into the database: %w", path, err)
	}
	a.Log.Info("state file copied into the database", "entries", n)
	return nil
}

// openFile opens the state file, and says what to do if it cannot.
func openFile(a *base.App) (*store.Bolt, error) {
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

// saveDaily makes a snapshot now, and one a day until ctx ends. A database is
// saved by its own means.
func saveDaily(ctx context.Context, a *base.App, users *store.Bolt) {
	if users == nil {
		return
	}
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
