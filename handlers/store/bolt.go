package store

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// The file holds the buckets of State and
//
//	format     "version"   → 3
//
// Every value but the format's has a CRC-32C of bucket, key and value behind
// it (damage.go): settings[telegram:7] = {"lang":"en"} and four bytes.
// migrate.go brings files of earlier formats here.
var bucketFormat = []byte("format")

// lockWait is how long Open waits for another process to let go of the file.
const lockWait = 2 * time.Second

// growBy is by how many bytes the file grows. bbolt's own 16 MB, and doubling up
// to there, are more than all that most bots keep.
const growBy = 128 << 10

// ErrLocked says that another process has the file open.
var ErrLocked = errors.New("in use by another process")

// Bolt is a State in a bbolt file. Safe for concurrent use.
type Bolt struct {
	*State
	file *boltFile
}

// boltFile is the Engine of a Bolt.
type boltFile struct {
	db *bbolt.DB

	mu   sync.Mutex
	next *group // commits once the one before it is on disk; nil if none waits

	commit sync.Mutex // held while a group is written

	damaged atomic.Pointer[Damaged] // what has shown since Open
}

var _ Engine = (*boltFile)(nil)

// A group is changes that go to disk in one transaction, so that many at once
// cost as many syncs as one.
type group struct {
	changes []func(Tx) error
	errs    []error       // of each, once done
	done    chan struct{} // closed when they are on disk, or are not to be
}

// Open opens the store in the file at path, which it makes if need be,
// readable by its owner alone, and checks that it is whole: else the error is
// a [*Damaged]. A nil now is time.Now. It returns ErrLocked if another process
// has the file open for longer than two seconds.
func Open(path string, now func() time.Time) (*Bolt, error) {
	var db *bbolt.DB
	err := guard(path, func() (err error) {
		if db, err = bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait}); err != nil {
			return err
		}
		db.AllocSize = growBy
		err = db.Update(func(tx *bbolt.Tx) error {
			for _, b := range Buckets {
				if _, err := tx.CreateBucketIfNotExists([]byte(b)); err != nil {
					return err
				}
			}
			return migrate(tx)
		})
		if err != nil {
			return err
		}
		return verify(db)
	})
	if err == nil {
		file := &boltFile{db: db}
		return &Bolt{New(file, now), file}, nil
	}
	_, damaged := errors.AsType[*Damaged](err)
	if db != nil && !damaged {
		db.Close() // after a panic it would wait for its own locks
	}
	switch {
	case damaged:
		return nil, err
	case errors.Is(err, bolterrors.ErrTimeout):
		err = ErrLocked
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return nil, &Damaged{path, err.Error()}
	}
	return nil, fmt.Errorf("store %s: %w", path, err)
}

// view and change are the transactions. After damage has shown there are no
// more: bbolt may have left its locks behind.
func (b *boltFile) view(f func(*bbolt.Tx) error) error {
	return b.guarded(func() error { return b.db.View(f) })
}

func (b *boltFile) change(f func(*bbolt.Tx) error) error {
	return b.guarded(func() error { return b.db.Update(f) })
}

func (b *boltFile) guarded(f func() error) error {
	if d := b.damaged.Load(); d != nil {
		return d
	}
	err := guard(b.db.Path(), f)
	if d, ok := errors.AsType[*Damaged](err); ok {
		b.damaged.Store(d)
	}
	return err
}

// Close closes the file after the last transaction; a damaged one is left to
// the end of the process.
func (b *boltFile) Close() error {
	if d := b.damaged.Load(); d != nil {
		return d
	}
	return b.db.Close()
}

func (b *boltFile) View(f func(Tx) error) error {
	return b.view(func(tx *bbolt.Tx) error { return f(boltTx{tx}) })
}

// Update makes a change together with others that come while the disk is
// busy, and returns when it is on disk. (bbolt's own Batch waits by the clock,
// which is lost time on a fast disk and falls behind on a slow one.)
func (b *boltFile) Update(change func(Tx) error) error {
	b.mu.Lock()
	g := b.next
	first := g == nil
	if first {
		g = &group{done: make(chan struct{})}
		b.next = g
	}
	mine := len(g.changes)
	g.changes = append(g.changes, change)
	b.mu.Unlock()
	if !first {
		<-g.done
		return g.errs[mine]
	}
	b.commit.Lock()
	b.mu.Lock()
	b.next = nil // who comes now is late for this one
	b.mu.Unlock()
	defer close(g.done)
	defer b.commit.Unlock()
	g.errs = make([]error, len(g.changes))
	err := b.change(func(tx *bbolt.Tx) error {
		for _, change := range g.changes {
			if err := change(boltTx{tx}); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range g.errs {
		if g.errs[i] = err; err != nil && len(g.changes) > 1 { // one's error is not the others'
			g.errs[i] = b.change(func(tx *bbolt.Tx) error { return g.changes[i](boltTx{tx}) })
		}
	}
	return g.errs[mine]
}

// boltTx is a Tx whose values have checksums.
type boltTx struct{ tx *bbolt.Tx }

func (t boltTx) Get(bucket, key string) ([]byte, error) {
	v, err := get(t.tx, []byte(bucket), []byte(key))
	if v == nil || err != nil {
		return nil, err
	}
	return v[:len(v):len(v)], nil
}

func (t boltTx) Put(bucket, key string, value []byte) error {
	b, err := t.tx.CreateBucketIfNotExists([]byte(bucket))
	if err != nil {
		return err
	}
	return b.Put([]byte(key), seal([]byte(bucket), []byte(key), value))
}

func (t boltTx) Delete(bucket, key string) error {
	if b := t.tx.Bucket([]byte(bucket)); b != nil {
		return b.Delete([]byte(key))
	}
	return nil
}

func (t boltTx) Scan(bucket, prefix, after string, f func(key string, value []byte) error) error {
	b := t.tx.Bucket([]byte(bucket))
	if b == nil {
		return missingBucket([]byte(bucket))
	}
	c := b.Cursor()
	for k, v := c.Seek([]byte(max(prefix, after))); bytes.HasPrefix(k, []byte(prefix)) && k != nil; k, v = c.Next() {
		if after != "" && string(k) <= after {
			continue
		}
		value, err := open([]byte(bucket), k, v)
		if err == nil {
			err = f(string(k), value)
		}
		if err != nil {
			return stopped(err)
		}
	}
	return nil
}
