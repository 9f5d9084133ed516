package postgres

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"jinwen/handlers/store"
)

// A Lease lets one of several processes do what only one may. It lasts for
// Times.Lease and is renewed meanwhile; with every change of the holder its
// epoch rises, and writes that carry an epoch change nothing once it has. Time
// is the database's; what this process believes of it errs to the safe side.
// Safe for concurrent use.
type Lease struct {
	db     *DB
	name   string
	holder string

	asking sync.Mutex // held while Check asks
	asked  time.Time  // when it last found the database away

	mu    sync.Mutex
	epoch int64                   // 0: this process holds it not
	until time.Time               // until when it is certain that nobody else does
	lose  context.CancelCauseFunc // ends what Hold returned
}

// Lease returns the lease of a name, for the process that holder names.
func (db *DB) Lease(name, holder string) *Lease { return &Lease{db: db, name: name, holder: holder} }

// Epoch returns the epoch at which this process holds the lease, as far as it
// knows; 0 if it does not.
func (l *Lease) Epoch() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.epoch
}

func (l *Lease) set(epoch int64, until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.epoch, l.until = epoch, until
}

// queue has the rest of b fail unless the lease is at the epoch.
func (l *Lease) queue(b *pgx.Batch, epoch int64) {
	b.Queue("SELECT jinwen_held($1, $2)", l.name, epoch)
}

// seconds returns a duration as PostgreSQL's make_interval takes it.
func seconds(d time.Duration) float64 { return d.Seconds() }

// acquire takes the lease if nobody holds it. After the database was away it
// leaves who held it before the time to come back.
func (l *Lease) acquire(ctx context.Context) (bool, error) {
	asked := time.Now()
	var epoch int64
	grace := l.db.grace()
	err := l.db.do(ctx, func(ctx context.Context) error {
		return l.db.pool.QueryRow(ctx, `
			INSERT INTO jinwen_lease AS l VALUES ($1, $2, nextval('jinwen_epoch'), clock_timestamp() + make_interval(secs => $3))
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, epoch = excluded.epoch, until = excluded.until
			WHERE l.until < clock_timestamp() - make_interval(secs => $4)
			RETURNING epoch`, l.name, l.holder, seconds(l.db.times.Lease), seconds(grace)).Scan(&epoch)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	l.set(epoch, asked.Add(l.db.times.Lease))
	return true, nil
}

// renew holds the lease for longer. It is ErrStale if another has taken it.
func (l *Lease) renew(ctx context.Context) error {
	return l.renewBy(ctx, l.db.do)
}

// renewBy is renew by do, or by what asks a database that is taken to be away.
func (l *Lease) renewBy(ctx context.Context, do func(context.Context, func(context.Context) error) error) error {
	asked, epoch := time.Now(), l.Epoch()
	var n int64
	err := do(ctx, func(ctx context.Context) error {
		tag, err := l.db.pool.Exec(ctx, "UPDATE jinwen_lease SET until = clock_timestamp() + make_interval(secs => $3) WHERE name = $1 AND epoch = $2",
			l.name, epoch, seconds(l.db.times.Lease))
		n = tag.RowsAffected()
		return err
	})
	switch {
	case err != nil:
		return err
	case n == 0:
		l.lost(epoch)
		return ErrStale
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.epoch == epoch {
		l.until = asked.Add(l.db.times.Lease)
	}
	return nil
}

// release gives the lease up, so that the next need not wait for its end.
func (l *Lease) release() {
	epoch := l.Epoch()
	l.set(0, time.Time{})
	if epoch == 0 {
		return
	}
	l.db.do(context.Background(), func(ctx context.Context) error {
		b := new(pgx.Batch)
		b.Queue("UPDATE jinwen_lease SET until = '-infinity' WHERE name = $1 AND epoch = $2", l.name, epoch)
		l.db.queueTell(b, "lease "+l.name)
		return l.db.pool.SendBatch(ctx, b).Close()
	})
}

// Hold waits until this process holds the lease. held ends when it does not any
// more, or ctx ends; then, once all has ended that was done under it, call
// release. The error is ctx.Err().
func (l *Lease) Hold(ctx context.Context) (held context.Context, release func(), err error) {
	told, stop := l.db.Subscribe("lease " + l.name)
	defer stop()
	for {
		got, err := l.acquire(ctx)
		if got {
			break
		}
		if err != nil && !errors.Is(err, store.ErrAway) && ctx.Err() == nil {
			l.db.log.Error("lease not acquired", logLease, l.name, logErr, err)
		}
		tick := time.NewTimer(l.db.times.Watch)
		select {
		case <-ctx.Done():
			tick.Stop()
			return nil, nil, ctx.Err()
		case <-told:
		case <-tick.C:
		}
		tick.Stop()
	}
	l.db.log.Info("lease acquired", logLease, l.name, logEpoch, l.Epoch())
	held, lose := context.WithCancelCause(ctx)
	l.mu.Lock()
	l.lose = lose
	l.mu.Unlock()
	keep, end := context.WithCancel(context.WithoutCancel(ctx)) // beyond ctx: what is in hand is finished under it
	var wg sync.WaitGroup
	wg.Go(func() { l.keep(keep) })
	return held, func() {
		end()
		wg.Wait()
		lose(context.Canceled)
		l.release()
	}, nil
}

// keep renews the lease until ctx ends or another has it.
func (l *Lease) keep(ctx context.Context) {
	tick := time.NewTicker(l.db.times.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		switch err := l.renew(ctx); {
		case errors.Is(err, ErrStale):
			return
		case err != nil && !errors.Is(err, store.ErrAway) && ctx.Err() == nil:
			l.db.log.Warn("lease not renewed", logLease, l.name, logErr, err)
		}
	}
}

// lost notes that another process holds the lease that this one held at the
// epoch.
func (l *Lease) lost(epoch int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.epoch != epoch || epoch == 0 {
		return
	}
	l.epoch, l.until = 0, time.Time{}
	l.db.log.Warn("lease lost", logLease, l.name, logEpoch, epoch)
	if l.lose != nil {
		l.lose(ErrStale)
	}
}

// Check says whether this process may go on: nil while it is certain that it
// holds the lease, or, where that cannot be found out because the database is
// not reached, while it held it when it was last reached; ErrStale if another
// took it, and then what Hold returned has ended. What must not be done twice
// asks it just before. A process that was stopped for a while asks the database
// here.
func (l *Lease) Check(ctx context.Context) error {
	l.mu.Lock()
	epoch, until := l.epoch, l.until
	l.mu.Unlock()
	switch {
	case epoch == 0:
		return ErrStale
	case time.Now().Before(until):
		return nil
	}
	return l.ask(ctx)
}

// askAgain is after how long a database that is away is asked again by Check.
const askAgain = time.Second

// ask is Check where this process is not certain: it asks the database itself,
// for a process that was stopped for a while takes it to be away at first, since
// all its calls are late.
func (l *Lease) ask(ctx context.Context) error {
	l.asking.Lock()
	defer l.asking.Unlock()
	if l.Epoch() == 0 {
		return ErrStale
	}
	if l.Certain() || time.Since(l.asked) < askAgain {
		return nil // somebody else has just asked
	}
	var err error
	for range 2 { // the first connection may be one that has ended
		err = l.renewBy(context.WithoutCancel(ctx), func(ctx context.Context, f func(context.Context) error) error {
			return l.db.attempt(ctx, l.db.times.Connect, f)
		})
		if err == nil || errors.Is(err, ErrStale) {
			return err
		}
	}
	l.asked = time.Now()
	return nil
}

// Certain reports whether no other process can hold the lease now.
func (l *Lease) Certain() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.epoch > 0 && time.Now().Before(l.until)
}
