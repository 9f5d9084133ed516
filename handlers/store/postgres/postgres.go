// Package postgres keeps in PostgreSQL what several machines share.
//
// A [DB] is an address that is connected to, looked after and asked with time
// limits: while it cannot be reached, every call fails at once with
// [store.ErrAway], and a probe finds out when it is back. On top of it are an
// [Engine] for the state, a [Lease] for what only one process may do, whose
// epoch is carried by the writes of [Engine.Fenced], and [DB.Subscribe], by
// which processes hear of each other's changes.
//
// Nothing else of the program knows PostgreSQL. Start reading with
// migrations/.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"jinwen/handlers/store"
)

// Times are how long things may take and how often they are looked at.
type Times struct {
	Connect time.Duration // a connection may take to open; 0 is 3 s
	Call    time.Duration // one call may take, all of its tries; 0 is 3 s
	Probe   time.Duration // between two looks whether the database is back; 0 is 500 ms
	Lease   time.Duration // a lease lasts without being renewed, which is tried three times in it; 0 is 9 s
	Watch   time.Duration // between two looks at what nobody has told of; 0 is 1 s
}

func (t Times) withDefaults() Times {
	for _, d := range []struct {
		v    *time.Duration
		then time.Duration
	}{{&t.Connect, 3 * time.Second}, {&t.Call, 3 * time.Second}, {&t.Probe, 500 * time.Millisecond},
		{&t.Lease, 9 * time.Second}, {&t.Watch, time.Second}} {
		if *d.v == 0 {
			*d.v = d.then
		}
	}
	return t
}

// Options are the settings of Open. The zero value works.
type Options struct {
	Logger *slog.Logger // nil discards
	Times  Times
	// Wait has Open return a DB that is away, instead of an error, if the
	// database is not reached.
	Wait bool
}

// Keys of log attributes.
const (
	logErr   = "err"
	logTook  = "took"
	logHint  = "hint"
	logEpoch = "epoch"
	logLease = "lease"
)

// A DB is a database of PostgreSQL. Safe for concurrent use.
type DB struct {
	pool  *pgxpool.Pool
	log   *slog.Logger
	times Times

	away   atomic.Pointer[outage] // nil while it is reached
	since  atomic.Int64           // when it was reached again last, or first (UnixNano)
	lapsed atomic.Bool            // it has been away
	raw    bool                   // its tables have not been looked at; of the probe once it runs
	lost   chan struct{}          // has a value when the probe is to begin
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu   sync.Mutex
	subs map[string][]chan struct{} // who hears of what
	back []func()                   // called when it is reached again
}

// An outage is a time in which the database is not reached.
type outage struct {
	since time.Time
	err   error
	over  chan struct{} // closed when it ends
}

// connections is how many there are at most, unless the address says otherwise:
// as many as messages are handled at once.
const connections = 16

// Open connects to the database at the address (postgres://…) and brings its
// tables to the form that this program knows. The error names no password. If
// the database is not reached within Times.Call, it is [store.ErrAway], unless
// Options.Wait says otherwise.
func Open(ctx context.Context, url string, opt Options) (*DB, error) {
	config, err := Parse(url)
	if err != nil {
		return nil, err
	}
	db := &DB{log: opt.Logger, times: opt.Times.withDefaults(), subs: make(map[string][]chan struct{}), lost: make(chan struct{}, 1)}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	config.ConnConfig.ConnectTimeout = db.times.Connect
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = connections
	}
	params := config.ConnConfig.RuntimeParams
	for name, value := range map[string]string{
		"application_name":              "jinwen",
		"default_transaction_isolation": "serializable",
		"statement_timeout":             millis(2 * db.times.Call),
		"lock_timeout":                  millis(db.times.Call),
		// A process that is stopped in the middle of a transaction must not
		// keep the others waiting.
		"idle_in_transaction_session_timeout": millis(2 * db.times.Call),
	} {
		if _, set := params[name]; !set {
			params[name] = value
		}
	}
	if db.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	db.since.Store(time.Now().UnixNano())
	if err := db.migrate(ctx); errors.Is(err, store.ErrAway) && opt.Wait {
		db.raw = true
	} else if err != nil {
		db.pool.Close()
		return nil, err
	}
	run, cancel := context.WithCancel(context.Background())
	db.cancel = cancel
	db.wg.Go(func() { db.probe(run) })
	db.wg.Go(func() { db.listen(run) })
	return db, nil
}

// Parse reads an address without connecting. The error names no password.
func Parse(url string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err) // pgx hides the password
	}
	return config, nil
}

func millis(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// Close closes all connections.
func (db *DB) Close() error {
	db.cancel()
	db.wg.Wait()
	db.pool.Close()
	return nil
}

// Away says since when and why the database is not reached; the error is nil
// while it is.
func (db *DB) Away() (since time.Time, err error) {
	if o := db.away.Load(); o != nil {
		return o.since, o.err
	}
	return time.Time{}, nil
}

// OnBack has fn called whenever the database is reached again, one call at a
// time.
func (db *DB) OnBack(fn func()) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.back = append(db.back, fn)
}

// do calls f with a time limit, and again if others were in the way of it. f
// must do nothing that lasts but in the database.
func (db *DB) do(ctx context.Context, f func(ctx context.Context) error) error {
	return db.within(ctx, db.times.Call, f)
}

// doLong is do of something that may take longer.
func (db *DB) doLong(d time.Duration, f func(ctx context.Context) error) error {
	return db.within(context.Background(), d, f)
}

func (db *DB) within(ctx context.Context, d time.Duration, f func(ctx context.Context) error) error {
	if db.away.Load() != nil {
		return store.ErrAway
	}
	return db.attempt(ctx, d, f)
}

// attempt is within even while the database is not reached.
func (db *DB) attempt(ctx context.Context, d time.Duration, f func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	for wait := time.Millisecond; ; wait = min(2*wait, 50*time.Millisecond) {
		err := f(ctx)
		switch {
		case err == nil:
			return nil
		case isConflict(err):
			if ctx.Err() == nil {
				pause(ctx, wait)
				continue
			}
			return fmt.Errorf("%w: too many at once", store.ErrAway)
		case errors.Is(err, context.Canceled):
			return err // the caller has
		case isAway(err):
			db.fail(err)
			return fmt.Errorf("%w: %w", store.ErrAway, err)
		case isCode(err, codeStale):
			return ErrStale
		}
		return err
	}
}

// ErrStale is the error of a write whose lease another process has taken.
var ErrStale = errors.New("postgres: lease is another's")

// codeStale is the error code with which jinwen_held fails.
const codeStale = "JW001"

func isCode(err error, codes ...string) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return false
	}
	for _, c := range codes {
		if e.Code == c {
			return true
		}
	}
	return false
}

// isConflict reports whether another transaction was in the way: the same one
// may succeed the next time (40001 serialization_failure, 40P01
// deadlock_detected).
func isConflict(err error) bool { return isCode(err, "40001", "40P01") }

// isAway reports whether err is one of the connection or of a server that
// takes no work, and not one of what was asked.
func isAway(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	switch {
	case !ok:
		// Errors of the functions that run in a transaction are not the
		// connection's.
		var own *ownError
		return !errors.As(err, &own) && !errors.Is(err, pgx.ErrNoRows)
	case len(e.Code) == 5 && (e.Code[:2] == "08" || e.Code[:2] == "53" || e.Code[:2] == "57" || e.Code[:2] == "58"):
		return true // connection, resources, shut down or cancelled, its disk
	case e.Code == "25006" || e.Code == "55P03" || e.Code == "25P03":
		return true // a standby, a lock that is held too long, too long in a transaction
	}
	return false
}

// An ownError is what a function failed with that ran in a transaction.
type ownError struct{ err error }

func (e *ownError) Error() string { return e.err.Error() }
func (e *ownError) Unwrap() error { return e.err }

// fail notes that the database is not reached.
func (db *DB) fail(err error) {
	o := &outage{since: time.Now(), err: err, over: make(chan struct{})}
	if db.away.CompareAndSwap(nil, o) {
		db.log.Error("PostgreSQL is not reached", logErr, err, logHint, "questions are answered, what is to be kept waits; jinwen check tests the address")
		select {
		case db.lost <- struct{}{}:
		default:
		}
	}
}

// probe looks for a database that is not reached until it is.
func (db *DB) probe(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-db.lost:
		}
		o := db.away.Load()
		if o == nil {
			continue
		}
		for ctx.Err() == nil && db.ask(ctx) != nil {
			pause(ctx, db.times.Probe)
		}
		if ctx.Err() != nil {
			return
		}
		db.since.Store(time.Now().UnixNano())
		db.lapsed.Store(true)
		db.away.Store(nil)
		close(o.over)
		db.log.Info("PostgreSQL is reached again", logTook, time.Since(o.since).Round(time.Millisecond))
		db.mu.Lock()
		back := db.back
		db.mu.Unlock()
		for _, fn := range back {
			fn()
		}
		db.tellAll() // whatever happened meanwhile
	}
}

// ask finds out whether the database is back.
func (db *DB) ask(ctx context.Context) error {
	err := db.ping(ctx)
	if err == nil && db.raw {
		if err = db.migrate(ctx); err == nil {
			db.raw = false
		} else if !errors.Is(err, store.ErrAway) {
			db.log.Error("PostgreSQL cannot be used", logErr, err)
			pause(ctx, 10*db.times.Probe)
		}
	}
	return err
}

// reached returns for how long the database has been reached without a break, as
// far as is known.
func (db *DB) reached() time.Duration {
	if db.away.Load() != nil {
		return 0
	}
	return time.Since(time.Unix(0, db.since.Load()))
}

// grace returns how long ago a lease must have ended for another process to take it.
// After the database was away, however long, none has been renewed: who held one
// has the time that it lasts to come back, and what was given up is free.
func (db *DB) grace() time.Duration {
	left := db.times.Lease - db.reached()
	switch {
	case left <= 0:
		return 0
	case db.lapsed.Load():
		return math.MaxInt64 // 292 years
	}
	return left
}

// ping asks for something small.
func (db *DB) ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, db.times.Connect)
	defer cancel()
	var standby bool
	err := db.pool.QueryRow(ctx, "SELECT pg_is_in_recovery()").Scan(&standby)
	if err == nil && standby {
		err = errors.New("it is a standby, which takes no writes")
	}
	return err
}

// pause waits for d, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// About is what jinwen check tells of a database.
type About struct {
	Server    string        // its version: 15.8
	Took      time.Duration // one call
	Values    int64         // kept
	Processes int64         // that hold a lease now
	Waiting   int64         // updates in the queue
}

// About asks the database about itself.
func (db *DB) About(ctx context.Context) (a About, err error) {
	began := time.Now()
	err = db.do(ctx, func(ctx context.Context) error {
		return db.pool.QueryRow(ctx, "SELECT split_part(current_setting('server_version'), ' ', 1)").Scan(&a.Server)
	})
	if err != nil {
		return a, err
	}
	a.Took = time.Since(began)
	err = db.do(ctx, func(ctx context.Context) error {
		return db.pool.QueryRow(ctx, `SELECT (SELECT count(*) FROM jinwen_kv), (SELECT count(*) FROM jinwen_queue),
			(SELECT count(DISTINCT holder) FROM jinwen_lease WHERE until > clock_timestamp())`).Scan(&a.Values, &a.Waiting, &a.Processes)
	})
	return a, err
}
