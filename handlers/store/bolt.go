package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"jinwen/handlers"
)

// The file, bucket by bucket; people, chats and updates have the ids of package
// chat (telegram:7), and times are big-endian Unix nanoseconds of 8 bytes:
//
//	settings   user id     → Settings as JSON
//	subs       chat id     → Subscription as JSON
//	entries    id          → until, data
//	blocked    chat id     → nothing
//	handled    update id   → when
//	kept       update id   → the update as it came
//	format     "version"   → 3
//
// Every value but the format's has a CRC-32C of bucket, key and value behind
// it (damage.go). For example user 7 who chose English:
// settings[telegram:7] = {"lang":"en"} and four bytes. migrate.go brings files
// of earlier formats here.
var (
	bucketSettings = []byte("settings")
	bucketSubs     = []byte("subs")
	bucketEntries  = []byte("entries")
	bucketBlocked  = []byte("blocked")
	bucketHandled  = []byte("handled")
	bucketKept     = []byte("kept")
	bucketFormat   = []byte("format")

	buckets = [][]byte{bucketSettings, bucketSubs, bucketEntries, bucketBlocked, bucketHandled, bucketKept}
)

// lockWait is how long Open waits for another process to let go of the file.
const lockWait = 2 * time.Second

// ErrLocked says that another process has the file open.
var ErrLocked = errors.New("in use by another process")

// Bolt is a Store in a bbolt file. Safe for concurrent use.
type Bolt struct {
	db  *bbolt.DB
	now func() time.Time

	mu    sync.Mutex
	swept time.Time
	marks int    // made since
	next  *group // commits once the one before it is on disk; nil if none waits

	commit sync.Mutex // held while a group is written

	damaged atomic.Pointer[Damaged] // what has shown since Open
}

// A group is changes that go to disk in one transaction, so that many at once
// cost as many syncs as one.
type group struct {
	changes []func(*bbolt.Tx) error
	done    chan struct{} // closed when they are on disk, or err says why not
	err     error
}

var _ handlers.Store = (*Bolt)(nil)

// Open opens the store in the file at path, which it makes if need be,
// readable by its owner alone, and checks that it is whole: else the error is
// a [*Damaged]. A nil now is time.Now. It returns ErrLocked if another process
// has the file open for longer than two seconds.
func Open(path string, now func() time.Time) (*Bolt, error) {
	if now == nil {
		now = time.Now
	}
	var db *bbolt.DB
	err := guard(path, func() (err error) {
		if db, err = bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait}); err != nil {
			return err
		}
		err = db.Update(func(tx *bbolt.Tx) error {
			for _, b := range buckets {
				if _, err := tx.CreateBucketIfNotExists(b); err != nil {
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
		return &Bolt{db: db, now: now, swept: now()}, nil
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
func (b *Bolt) view(f func(*bbolt.Tx) error) error {
	return b.guarded(func() error { return b.db.View(f) })
}

func (b *Bolt) change(f func(*bbolt.Tx) error) error {
	return b.guarded(func() error { return b.db.Update(f) })
}

func (b *Bolt) guarded(f func() error) error {
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
func (b *Bolt) Close() error {
	if d := b.damaged.Load(); d != nil {
		return d
	}
	return b.db.Close()
}

// update makes a change together with others that come while the disk is
// busy, and returns when it is on disk. (bbolt's own Batch waits by the clock,
// which is lost time on a fast disk and falls behind on a slow one.) change
// must not fail but for the disk: its error is that of all in its group.
func (b *Bolt) update(change func(*bbolt.Tx) error) error {
	b.mu.Lock()
	g := b.next
	first := g == nil
	if first {
		g = &group{done: make(chan struct{})}
		b.next = g
	}
	g.changes = append(g.changes, change)
	b.mu.Unlock()
	if !first {
		<-g.done
		return g.err
	}
	b.commit.Lock()
	b.mu.Lock()
	b.next = nil // who comes now is late for this one
	b.mu.Unlock()
	defer close(g.done)
	defer b.commit.Unlock()
	g.err = b.change(func(tx *bbolt.Tx) error {
		for _, change := range g.changes {
			if err := change(tx); err != nil {
				return err
			}
		}
		return nil
	})
	return g.err
}

func (b *Bolt) Settings(user string) (s handlers.Settings, err error) {
	_, err = b.read(bucketSettings, []byte(user), &s)
	return s, err
}

// errID is an id that nothing can be kept under.
var errID = errors.New("store: id is empty or longer than 1,000 bytes")

// put is an update that puts one entry. An id that bbolt would refuse is found
// before, for the error of a change is that of all in its group.
func (b *Bolt) put(bucket []byte, id string, value []byte) error {
	if id == "" || len(id) > 1000 {
		return errID
	}
	sealed := seal(bucket, []byte(id), value)
	return b.update(func(tx *bbolt.Tx) error { return tx.Bucket(bucket).Put([]byte(id), sealed) })
}

func (b *Bolt) SaveSettings(user string, s handlers.Settings) error {
	return b.write(bucketSettings, user, s)
}

func (b *Bolt) Subscriptions() ([]handlers.Subscription, error) {
	var out []handlers.Subscription
	err := b.view(func(tx *bbolt.Tx) error {
		return each(tx, bucketSubs, func(k, v []byte) error {
			var s handlers.Subscription
			if err := json.Unmarshal(v, &s); err != nil {
				return fmt.Errorf("subscription: %w", err)
			}
			out = append(out, s)
			return nil
		})
	})
	return out, err
}

func (b *Bolt) Subscription(id string) (s handlers.Subscription, ok bool, err error) {
	ok, err = b.read(bucketSubs, []byte(id), &s)
	return s, ok, err
}

func (b *Bolt) Subscribe(s handlers.Subscription) error {
	return b.write(bucketSubs, s.Chat.ID, s)
}

func (b *Bolt) Unsubscribe(id string) error {
	return b.update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketSubs).Delete([]byte(id)) })
}

func (b *Bolt) Put(id string, data []byte, until time.Time) error {
	v := append(timeKey(until), data...)
	same := false
	err := b.view(func(tx *bbolt.Tx) error {
		// An entry put again before half of its life is over, as by every
		// answer to a common question, costs no write and no sync.
		old, err := get(tx, bucketEntries, []byte(id))
		if err != nil {
			return err
		}
		same = len(old) >= 8 && bytes.Equal(old[8:], data) && until.Sub(keyTime(old)) < until.Sub(b.now())/2
		same = same && !until.Before(keyTime(old))
		return nil
	})
	if err != nil || same {
		return err
	}
	if err := b.put(bucketEntries, id, v); err != nil {
		return err
	}
	return b.sweep()
}

func (b *Bolt) Lookup(id string) (data []byte, ok bool, err error) {
	err = b.view(func(tx *bbolt.Tx) error {
		v, err := get(tx, bucketEntries, []byte(id))
		if err != nil || len(v) < 8 || !b.now().Before(keyTime(v)) {
			return err
		}
		data, ok = slices.Clone(v[8:]), true
		return nil
	})
	return data, ok, err
}

func (b *Bolt) Blocked(id string) (blocked bool, err error) {
	err = b.view(func(tx *bbolt.Tx) error {
		v, err := get(tx, bucketBlocked, []byte(id))
		blocked = v != nil
		return err
	})
	return blocked, err
}

func (b *Bolt) SetBlocked(id string, blocked bool) error {
	if blocked {
		return b.put(bucketBlocked, id, []byte{1})
	}
	return b.update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketBlocked).Delete([]byte(id)) })
}

// Handled reports false when the file can not be read: an update answered
// twice is better than one not answered.
func (b *Bolt) Handled(id string) (handled bool) {
	_ = b.view(func(tx *bbolt.Tx) error {
		v, err := get(tx, bucketHandled, []byte(id))
		handled = v != nil
		return err
	})
	return handled
}

func (b *Bolt) Mark(id string) error {
	if err := b.put(bucketHandled, id, timeKey(b.now())); err != nil {
		return err
	}
	b.mu.Lock()
	b.marks++
	b.mu.Unlock()
	return b.sweep()
}

func (b *Bolt) Keep(id string, update []byte) error {
	return b.put(bucketKept, id, update)
}

func (b *Bolt) Drop(id string) error {
	return b.update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketKept).Delete([]byte(id)) })
}

func (b *Bolt) Kept() (map[string][]byte, error) {
	kept := make(map[string][]byte)
	err := b.view(func(tx *bbolt.Tx) error {
		return each(tx, bucketKept, func(k, v []byte) error {
			kept[string(k)] = slices.Clone(v)
			return nil
		})
	})
	return kept, err
}

// sweep drops what has expired, once an hour or after very many marks.
func (b *Bolt) sweep() error {
	now := b.now()
	b.mu.Lock()
	due := now.Sub(b.swept) >= time.Hour || b.marks >= maxMarks/2
	if due {
		b.swept, b.marks = now, 0
	}
	b.mu.Unlock()
	if !due {
		return nil
	}
	return b.update(func(tx *bbolt.Tx) error {
		err := deleteWhere(tx, bucketEntries, func(k, v []byte) bool { return len(v) < 8 || !now.Before(keyTime(v)) })
		if err != nil {
			return err
		}
		oldest := now.Add(-markLife)
		var times []time.Time
		err = each(tx, bucketHandled, func(k, v []byte) error {
			if len(v) >= 8 {
				times = append(times, keyTime(v))
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n := len(times) - maxMarks; n > 0 {
			slices.SortFunc(times, time.Time.Compare)
			if times[n].After(oldest) {
				oldest = times[n]
			}
		}
		return deleteWhere(tx, bucketHandled, func(k, v []byte) bool { return len(v) < 8 || keyTime(v).Before(oldest) })
	})
}

// deleteWhere deletes in two steps: a bbolt cursor may skip keys when one is
// deleted under it.
func deleteWhere(tx *bbolt.Tx, bucket []byte, old func(k, v []byte) bool) error {
	var keys [][]byte
	err := each(tx, bucket, func(k, v []byte) error {
		if old(k, v) {
			keys = append(keys, slices.Clone(k))
		}
		return nil
	})
	for _, k := range keys {
		if err == nil {
			err = tx.Bucket(bucket).Delete(k)
		}
	}
	return err
}

func (b *Bolt) read(bucket, key []byte, into any) (ok bool, err error) {
	err = b.view(func(tx *bbolt.Tx) error {
		v, err := get(tx, bucket, key)
		if v == nil {
			return err
		}
		ok = true
		return json.Unmarshal(v, into)
	})
	if err != nil {
		return false, fmt.Errorf("%s: %w", bucket, err)
	}
	return ok, nil
}

func (b *Bolt) write(bucket []byte, id string, from any) error {
	v, err := json.Marshal(from)
	if err != nil {
		return fmt.Errorf("%s: %w", bucket, err)
	}
	return b.put(bucket, id, v)
}

// timeKey keeps times to the nanosecond. Those outside 1970–2262 have none;
// the zero time sorts before all.
func timeKey(t time.Time) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(max(0, t.Unix()*int64(time.Second)+int64(t.Nanosecond()))))
}

func keyTime(k []byte) time.Time {
	return time.Unix(0, int64(binary.BigEndian.Uint64(k)))
}
