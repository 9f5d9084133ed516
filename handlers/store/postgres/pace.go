package postgres

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// A Pace is how fast several processes may do something together, by name. Each
// name has a row of places, one every so often, and a burst of them at once; who
// takes one waits for its time. Time is the database's. Safe for concurrent use.
type Pace struct {
	db    *DB
	taken atomic.Int64 // places
	n     atomic.Int64 // processes
}

// Pace returns the pace of all that share db.
func (db *DB) Pace() *Pace {
	p := &Pace{db: db}
	p.n.Store(1)
	return p
}

// sweepPaces is after how many places rows are deleted that say nothing any
// more.
const sweepPaces = 2000

// takePlace moves the time of a name on by one place, and gives how long that
// place is from now, in seconds.
const takePlace = `INSERT INTO jinwen_pace AS p VALUES ($1, clock_timestamp() + make_interval(secs => $2))
	ON CONFLICT (name) DO UPDATE SET at = greatest(p.at, clock_timestamp()) + make_interval(secs => $2)`

// Take takes the next place of a name, of which there is one every so often and
// a burst at once, and returns how long it is until then.
func (p *Pace) Take(ctx context.Context, name string, every time.Duration, burst int) (wait time.Duration, err error) {
	var secs float64
	err = p.batch(ctx, func(b *pgx.Batch) {
		b.Queue(takePlace+` RETURNING extract(epoch FROM at - clock_timestamp() - make_interval(secs => $3))::float8`,
			name, seconds(every), seconds(time.Duration(burst)*every)).QueryRow(func(row pgx.Row) error { return row.Scan(&secs) })
		if n := p.taken.Add(1); n%sweepPaces == 0 {
			b.Queue("DELETE FROM jinwen_pace WHERE at < clock_timestamp()")
		}
	})
	return max(0, time.Duration(secs*float64(time.Second))), err
}

// Try takes a place of a name if there is one now.
func (p *Pace) Try(ctx context.Context, name string, every time.Duration, burst int) (ok bool, err error) {
	err = p.batch(ctx, func(b *pgx.Batch) {
		ok = false
		b.Queue(takePlace+` WHERE p.at < clock_timestamp() + make_interval(secs => $3) RETURNING true`,
			name, seconds(every), seconds(time.Duration(burst-1)*every)).Query(func(rows pgx.Rows) error {
			for rows.Next() {
				ok = true
			}
			return rows.Err()
		})
	})
	return ok, err
}

// Hold has nobody take a place of a name for a while.
func (p *Pace) Hold(ctx context.Context, name string, every time.Duration, burst int, d time.Duration) error {
	return p.batch(ctx, func(b *pgx.Batch) {
		b.Queue(`INSERT INTO jinwen_pace AS p VALUES ($1, clock_timestamp() + make_interval(secs => $2))
			ON CONFLICT (name) DO UPDATE SET at = greatest(p.at, excluded.at)`, name, seconds(d+time.Duration(burst-1)*every))
	})
}

// Processes returns how many there were that hold a lease, so that each may send,
// when it was looked last.
func (p *Pace) Processes() int { return int(p.n.Load()) }

func (p *Pace) batch(ctx context.Context, queue func(*pgx.Batch)) error {
	return p.db.do(ctx, func(ctx context.Context) error {
		conn, err := p.db.pool.Acquire(ctx)
		if err != nil {
			return err
		}
		defer done(ctx, conn)
		b := new(pgx.Batch)
		b.Queue("BEGIN ISOLATION LEVEL READ COMMITTED")
		queue(b)
		b.Queue("SELECT count(DISTINCT holder) FROM jinwen_lease WHERE until > clock_timestamp()").QueryRow(func(row pgx.Row) error {
			var n int64
			err := row.Scan(&n)
			p.n.Store(max(1, n))
			return err
		})
		b.Queue("COMMIT")
		return conn.SendBatch(ctx, b).Close()
	})
}
