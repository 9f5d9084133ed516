package postgres

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"jinwen/handlers/store"
)

// An Engine is a [store.Engine] in a DB. Closing it closes the DB.
//
// The locks of a transaction are taken in its last message to the server and
// given up by the server itself: a process that is stopped in the middle keeps
// nobody waiting.
type Engine struct {
	db    *DB
	fence *Lease // whose epoch writes carry; nil: they carry none
	at    int64  // which epoch that is; 0: that at which this process holds the lease
}

var _ store.Fenced = (*Engine)(nil)

// Engine returns the engine of db.
func (db *DB) Engine() *Engine { return &Engine{db: db} }

// Fenced returns e with writes that carry the epoch of the lease: once another
// process has taken it, or while this one never held it, they change nothing
// and fail with ErrStale.
func (e *Engine) Fenced(l *Lease) *Engine { return &Engine{db: e.db, fence: l} }

// Epoch returns the epoch that writes carry now; 0 if they carry none, or this
// process does not hold the lease.
func (e *Engine) Epoch() int64 {
	switch {
	case e.fence == nil:
		return 0
	case e.at != 0:
		return e.at
	}
	return e.fence.Epoch()
}

// At returns e with writes that carry that epoch, or none if e's carry none.
func (e *Engine) At(epoch int64) store.Engine {
	return &Engine{db: e.db, fence: e.fence, at: epoch}
}

// Close closes the DB.
func (e *Engine) Close() error { return e.db.Close() }

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

func (e *Engine) View(f func(store.Tx) error) error {
	return e.db.do(context.Background(), func(ctx context.Context) error {
		tx := &kvTx{ctx: ctx, on: func() (querier, error) { return e.db.pool, nil }}
		return tx.own(f(tx))
	})
}

func (e *Engine) Update(f func(store.Tx) error) error {
	epoch := e.Epoch()
	if e.fence != nil && epoch == 0 {
		return ErrStale
	}
	return e.db.do(context.Background(), func(ctx context.Context) error {
		// Who only writes needs no transaction of its own: all that is sent
		// together is one.
		var conn *pgxpool.Conn
		tx := &kvTx{ctx: ctx, changes: make(map[string]map[string][]byte)}
		tx.on = func() (querier, error) {
			if conn == nil {
				var err error
				if conn, err = e.db.begin(ctx); err != nil {
					return nil, err
				}
			}
			return conn, nil
		}
		defer func() { done(ctx, conn) }()
		if err := tx.own(f(tx)); err != nil {
			return err
		}
		b := tx.batch(e.fence, epoch)
		switch {
		case conn != nil:
			b.Queue("COMMIT")
			return conn.SendBatch(ctx, b).Close()
		case b.Len() > 0:
			return e.db.pool.SendBatch(ctx, b).Close()
		}
		return nil
	})
}

// begin returns a connection in a transaction.
func (db *DB) begin(ctx context.Context) (*pgxpool.Conn, error) {
	conn, err := db.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "BEGIN"); err != nil {
		conn.Release()
		return nil, err
	}
	return conn, nil
}

// done gives a connection back, and up what was not committed.
func done(ctx context.Context, conn *pgxpool.Conn) {
	if conn == nil {
		return
	}
	if c := conn.Conn(); !c.IsClosed() && c.PgConn().TxStatus() != 'I' {
		conn.Exec(ctx, "ROLLBACK") // else the connection is closed
	}
	conn.Release()
}

// kvTx is a Tx that keeps its changes until the end.
type kvTx struct {
	ctx     context.Context // a Tx lives as long as one call
	on      func() (querier, error)
	changes map[string]map[string][]byte // by bucket and key; nil is deleted
	failed  error                        // of the database, which may have come back as another
}

// own tells an error of the function from one of the database.
func (tx *kvTx) own(err error) error {
	switch {
	case tx.failed != nil:
		return tx.failed
	case err != nil:
		return &ownError{err}
	}
	return nil
}

func (tx *kvTx) fail(err error) error {
	if err != nil && tx.failed == nil {
		tx.failed = err
	}
	return err
}

func (tx *kvTx) Get(bucket, key string) ([]byte, error) {
	if v, changed := tx.changes[bucket][key]; changed {
		return v, nil
	}
	on, err := tx.on()
	if err != nil {
		return nil, tx.fail(err)
	}
	var v []byte
	err = on.QueryRow(tx.ctx, "SELECT value FROM jinwen_kv WHERE bucket = $1 AND key = $2", bucket, []byte(key)).Scan(&v)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, tx.fail(err)
	case v == nil:
		v = []byte{}
	}
	return v, nil
}

func (tx *kvTx) Put(bucket, key string, value []byte) error {
	return tx.change(bucket, key, append([]byte{}, value...))
}

func (tx *kvTx) Delete(bucket, key string) error { return tx.change(bucket, key, nil) }

func (tx *kvTx) change(bucket, key string, value []byte) error {
	if tx.changes == nil {
		return errors.New("store: a View changes nothing")
	}
	if tx.changes[bucket] == nil {
		tx.changes[bucket] = make(map[string][]byte)
	}
	tx.changes[bucket][key] = value
	return nil
}

// page is how many entries are read at once.
const page = 1000

func (tx *kvTx) Scan(bucket, prefix, after string, f func(key string, value []byte) error) error {
	return store.Overlay(tx.changes[bucket], prefix, after, f, func(f func(string, []byte) error) error {
		from, open := []byte(prefix), false // with from itself unless open
		if after != "" && after >= prefix {
			from, open = []byte(after), true
		}
		for {
			list, err := tx.read(bucket, prefix, from, open)
			if err != nil {
				return err
			}
			for _, e := range list {
				if err := f(string(e.key), e.value); err != nil {
					return err
				}
			}
			if len(list) < page {
				return nil
			}
			from, open = list[len(list)-1].key, true
		}
	})
}

type kvEntry struct{ key, value []byte }

// read returns one page of a bucket.
func (tx *kvTx) read(bucket, prefix string, from []byte, open bool) ([]kvEntry, error) {
	on, err := tx.on()
	if err != nil {
		return nil, tx.fail(err)
	}
	where := "bucket = $1 AND key >= $2"
	if open {
		where = "bucket = $1 AND key > $2"
	}
	args := []any{bucket, from}
	if end := next([]byte(prefix)); end != nil {
		where += " AND key < $3"
		args = append(args, end)
	}
	rows, err := on.Query(tx.ctx, "SELECT key, value FROM jinwen_kv WHERE "+where+" ORDER BY key LIMIT "+strconv.Itoa(page), args...)
	if err != nil {
		return nil, tx.fail(err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e kvEntry, err error) {
		err = row.Scan(&e.key, &e.value)
		if e.value == nil {
			e.value = []byte{}
		}
		return e, err
	})
	return list, tx.fail(err)
}

// next returns the least key after all that begin with prefix; nil if there is none.
func next(prefix []byte) []byte {
	end := bytes.Clone(prefix)
	for n := len(end); n > 0; n-- {
		if end[n-1]++; end[n-1] != 0 {
			return end[:n]
		}
	}
	return nil
}

// batch returns what is sent at the end: the fence first, then the changes in
// order, so that two that change the same do not wait for each other in turn.
func (tx *kvTx) batch(fence *Lease, epoch int64) *pgx.Batch {
	b := new(pgx.Batch)
	for _, bucket := range slices.Sorted(maps.Keys(tx.changes)) {
		keys := slices.Sorted(maps.Keys(tx.changes[bucket]))
		var gone [][]byte
		for _, k := range keys {
			v := tx.changes[bucket][k]
			if v == nil {
				gone = append(gone, []byte(k))
				continue
			}
			if b.Len() == 0 && fence != nil {
				fence.queue(b, epoch)
			}
			b.Queue("INSERT INTO jinwen_kv VALUES ($1, $2, $3) ON CONFLICT (bucket, key) DO UPDATE SET value = excluded.value", bucket, []byte(k), v)
		}
		if gone != nil {
			if b.Len() == 0 && fence != nil {
				fence.queue(b, epoch)
			}
			b.Queue("DELETE FROM jinwen_kv WHERE bucket = $1 AND key = ANY($2)", bucket, gone)
		}
	}
	return b
}
