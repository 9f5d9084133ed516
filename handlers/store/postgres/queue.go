package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"jinwen/handlers/store"
)

// A Queue holds updates that any of several processes may handle, each once,
// those of a lane (a chat) in order. A process has lanes in hand under a lease
// of its own, by which the others see that it lives: when that has ended, they
// take its lanes over, and what it writes later changes nothing. Safe for
// concurrent use.
type Queue struct {
	db    *DB
	lease *Lease
	wake  chan struct{} // gets a value when this process gave up a lane
}

// presence begins the names of the leases that processes hold for their lanes.
const presence = "lanes "

const queueTold = "queue"

// Queue returns the queue of the process that name names. Updates are taken from it
// while its Lease is held.
func (db *DB) Queue(name string) *Queue {
	return &Queue{db: db, lease: db.Lease(presence+name, name), wake: make(chan struct{}, 1)}
}

// Lease returns what is to be held to take updates.
func (q *Queue) Lease() *Lease { return q.lease }

// batch sends statements as one transaction, in which each sees what others
// have committed before it; those of this process's lanes change nothing once
// the lease is lost.
func (q *Queue) batch(fenced bool, queue func(*pgx.Batch)) error {
	epoch := q.lease.Epoch()
	if fenced && epoch == 0 {
		return ErrStale
	}
	return q.db.do(context.Background(), func(ctx context.Context) error {
		b := new(pgx.Batch)
		b.Queue("BEGIN ISOLATION LEVEL READ COMMITTED")
		if fenced {
			q.lease.queue(b, epoch)
		}
		queue(b)
		b.Queue("COMMIT")
		conn, err := q.db.pool.Acquire(ctx)
		if err != nil {
			return err
		}
		defer done(ctx, conn)
		return conn.SendBatch(ctx, b).Close()
	})
}

// MaxLane is how many updates wait in a lane; more are dropped. A group of
// Telegram's gets that many answers in 25 minutes.
const MaxLane = 500

// Add puts an update into its lane, in the order of the numbers. It does
// nothing if the update is there, was marked as handled, or finds no room. With take the lane
// is taken in hand as well, if nobody has it and the lease is held; taken says
// that it was.
func (q *Queue) Add(id, lane string, seq int64, body []byte, take bool) (taken bool, err error) {
	add := func(b *pgx.Batch) {
		b.Queue(`INSERT INTO jinwen_queue SELECT $1, $2, $3, $4
			WHERE NOT EXISTS (SELECT FROM jinwen_kv WHERE bucket = $5 AND key = $6)
			AND (SELECT count(*) FROM jinwen_queue WHERE lane = $2) < $7
			ON CONFLICT (id) DO NOTHING`, id, lane, seq, body, store.BucketHandled, []byte(id), MaxLane)
	}
	if take {
		err = q.batch(true, func(b *pgx.Batch) {
			taken = false
			add(b)
			b.Queue(`INSERT INTO jinwen_lane VALUES ($1, $2, $3) ON CONFLICT (lane) DO NOTHING RETURNING lane`,
				lane, q.lease.name, q.lease.Epoch()).Query(func(rows pgx.Rows) error {
				for rows.Next() {
					taken = true
				}
				return rows.Err()
			})
		})
		if !errors.Is(err, ErrStale) {
			return taken, err
		}
	}
	return false, q.batch(false, func(b *pgx.Batch) {
		add(b)
		q.db.queueTell(b, queueTold)
	})
}

// Take waits for lanes that have updates and are in nobody's hand, and takes up
// to n of them in hand. The error is ErrStale if the lease is not held any
// more, or that of ctx.
func (q *Queue) Take(ctx context.Context, n int) ([]string, error) {
	told, stop := q.db.Subscribe(queueTold)
	defer stop()
	for {
		lanes, err := q.claim(n)
		if len(lanes) > 0 || errors.Is(err, ErrStale) {
			return lanes, err
		}
		if err != nil && !errors.Is(err, store.ErrAway) {
			q.db.log.Error("queue is not read", logErr, err)
		}
		tick := time.NewTimer(q.db.times.Watch)
		select {
		case <-ctx.Done():
			tick.Stop()
			return nil, ctx.Err()
		case <-told:
		case <-q.wake:
		case <-tick.C:
		}
		tick.Stop()
	}
}

func (q *Queue) claim(n int) (lanes []string, err error) {
	// Processes whose lease has ended are out, and their rows go: from here on
	// what they write changes nothing. After the database was away they have the
	// time to come back first.
	grace := q.db.grace()
	err = q.batch(true, func(b *pgx.Batch) {
		lanes = nil
		b.Queue(`DELETE FROM jinwen_lease WHERE starts_with(name, $1) AND name <> $2 AND until < clock_timestamp() - make_interval(secs => $3)`,
			presence, q.lease.name, seconds(grace))
		b.Queue(`DELETE FROM jinwen_lane l WHERE NOT EXISTS (SELECT FROM jinwen_lease s WHERE s.name = l.holder AND s.epoch = l.epoch)`)
		b.Queue(`INSERT INTO jinwen_lane
			SELECT lane, $1, $2 FROM (
				SELECT q.lane, min(q.seq) AS seq FROM jinwen_queue q
				WHERE NOT EXISTS (SELECT FROM jinwen_lane l WHERE l.lane = q.lane)
				GROUP BY q.lane ORDER BY seq LIMIT $3) AS free
			ON CONFLICT (lane) DO NOTHING RETURNING lane`, q.lease.name, q.lease.Epoch(), n).Query(func(rows pgx.Rows) error {
			var err error
			lanes, err = pgx.CollectRows(rows, pgx.RowTo[string])
			return err
		})
	})
	return lanes, err
}

// Next drops updates that were handled from a lane that is in hand, and returns
// the one that is next in it. If there is none the lane is in hand no more, and
// id is "". The error is ErrStale if the lease is not held any more.
func (q *Queue) Next(lane string, handled []string) (id string, body []byte, err error) {
	err = q.batch(true, func(b *pgx.Batch) {
		id, body = "", nil
		if len(handled) > 0 {
			b.Queue("DELETE FROM jinwen_queue WHERE id = ANY($1)", handled)
		}
		b.Queue(`DELETE FROM jinwen_lane WHERE lane = $1 AND holder = $2
			AND NOT EXISTS (SELECT FROM jinwen_queue WHERE lane = $1)`, lane, q.lease.name)
		b.Queue(`SELECT id, body FROM jinwen_queue WHERE lane = $1 AND EXISTS (SELECT FROM jinwen_lane WHERE lane = $1 AND holder = $2)
			ORDER BY seq LIMIT 1`, lane, q.lease.name).Query(func(rows pgx.Rows) error {
			for rows.Next() {
				if err := rows.Scan(&id, &body); err != nil {
					return err
				}
			}
			return rows.Err()
		})
	})
	if err == nil && id == "" {
		// Who added to the lane meanwhile saw it in hand.
		select {
		case q.wake <- struct{}{}:
		default:
		}
	}
	return id, body, err
}

// Lanes returns up to n lanes in which updates wait, whoever has them in hand.
func (q *Queue) Lanes(n int) (lanes []string, err error) {
	err = q.db.do(context.Background(), func(ctx context.Context) error {
		rows, err := q.db.pool.Query(ctx, "SELECT DISTINCT lane FROM jinwen_queue LIMIT $1", n)
		if err != nil {
			return err
		}
		lanes, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	return lanes, err
}

// Waiting returns how many updates are in the queue.
func (q *Queue) Waiting() (n int, err error) {
	err = q.db.do(context.Background(), func(ctx context.Context) error {
		return q.db.pool.QueryRow(ctx, "SELECT count(*) FROM jinwen_queue").Scan(&n)
	})
	return n, err
}
