package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Processes tell each other by NOTIFY that something has changed, never what:
// who hears it reads. A word that is lost (the connection was away) is made up
// for by telling all once it is back, and by looking from time to time.

// channel is the name of the channel listened to: that of the schema the tables are in, so that
// two bots in one database do not wake each other.
const channel = "'jinwen_' || current_schema()"

// queueTell tells all processes of what, when the transaction of b commits.
func (db *DB) queueTell(b *pgx.Batch, what string) {
	b.Queue("SELECT pg_notify("+channel+", $1)", what)
}

// Subscribe returns a channel that gets a value when something of that name
// may have changed. Call stop when it is not read any more.
func (db *DB) Subscribe(what string) (told <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	db.mu.Lock()
	defer db.mu.Unlock()
	db.subs[what] = append(db.subs[what], c)
	return c, func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		db.subs[what] = slices.DeleteFunc(db.subs[what], func(o chan struct{}) bool { return o == c })
		if len(db.subs[what]) == 0 {
			delete(db.subs, what)
		}
	}
}

// tell tells who of this process listens to what.
func (db *DB) tell(what string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, c := range db.subs[what] {
		select {
		case c <- struct{}{}:
		default: // has been told already
		}
	}
}

func (db *DB) tellAll() {
	db.mu.Lock()
	names := make([]string, 0, len(db.subs))
	for what := range db.subs {
		names = append(names, what)
	}
	db.mu.Unlock()
	for _, what := range names {
		db.tell(what)
	}
}

// listen hears what other processes tell, on a connection of its own, until
// ctx ends.
func (db *DB) listen(ctx context.Context) {
	for ctx.Err() == nil {
		if o := db.away.Load(); o != nil {
			select {
			case <-o.over:
			case <-ctx.Done():
				return
			}
		}
		if err := db.listenOnce(ctx); err != nil && ctx.Err() == nil {
			if isAway(err) {
				db.fail(err)
			} else {
				db.log.Warn("changes by other processes are heard of late", logErr, err)
			}
			pause(ctx, db.times.Probe)
		}
	}
}

// listenOnce listens until the connection ends.
func (db *DB) listenOnce(ctx context.Context) error {
	open, cancel := context.WithTimeout(ctx, db.times.Connect)
	defer cancel()
	conn, err := pgx.ConnectConfig(open, db.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var name string
	if err := conn.QueryRow(open, "SELECT "+channel).Scan(&name); err != nil {
		return err
	}
	if _, err := conn.Exec(open, "LISTEN "+pgx.Identifier{name}.Sanitize()); err != nil {
		return err
	}
	db.tellAll()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		db.tell(n.Payload)
	}
}
