package store

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"jinwen/handlers"
)

// An Engine keeps values by bucket and key. What State and others keep is made
// of these few calls, so that whatever is kept can be kept in any engine: a
// file on this machine, a database that several machines share, memory. Safe
// for concurrent use. Package storetest says how an engine behaves.
type Engine interface {
	// View reads. Each read sees what was kept when it was made.
	View(f func(Tx) error) error
	// Update keeps all that f changes, or, if it returns an error, nothing; it
	// returns that error. What f read is still so when its changes are kept. f
	// may be called more than once: it must do nothing that lasts but through
	// its Tx.
	Update(f func(Tx) error) error
	Close() error
}

// A Tx is what the functions of View and Update work on, which it does not
// outlive. A bucket that was never put into is empty. Within an Update reads
// see its own changes.
type Tx interface {
	// Get returns the value of key, nil if there is none. It must not be
	// changed, and is good until the function returns.
	Get(bucket, key string) ([]byte, error)
	Put(bucket, key string, value []byte) error
	Delete(bucket, key string) error // no error if there is none
	// Scan calls f with the entries whose keys begin with prefix and come after
	// after, in the order of the bytes of their keys, until f returns an error:
	// ErrStop ends it without one. f must not use the Tx.
	Scan(bucket, prefix, after string, f func(key string, value []byte) error) error
}

// ErrStop ends a Scan.
var ErrStop = errors.New("store: stop")

// ErrAway says that the state cannot be reached just now: handlers.ErrAway.
var ErrAway = handlers.ErrAway

// stopped is the error of a Scan whose function returned err.
func stopped(err error) error {
	if errors.Is(err, ErrStop) {
		return nil
	}
	return err
}

// Overlay is a Scan of entries that scan gives in order, with changes made to
// them that are not kept yet; nil is deleted.
func Overlay(changes map[string][]byte, prefix, after string, f func(key string, value []byte) error, scan func(f func(key string, value []byte) error) error) error {
	keys := slices.DeleteFunc(slices.Sorted(maps.Keys(changes)), func(k string) bool {
		return !strings.HasPrefix(k, prefix) || after != "" && k <= after
	})
	give := func(before string, all bool) error {
		for len(keys) > 0 && (all || keys[0] < before) {
			k := keys[0]
			keys = keys[1:]
			if v := changes[k]; v != nil {
				if err := f(k, v); err != nil {
					return err
				}
			}
		}
		return nil
	}
	ended := false
	err := scan(func(k string, v []byte) error {
		err := give(k, false)
		if err == nil {
			if changed, ok := changes[k]; ok {
				v, keys = changed, keys[1:]
			}
			if v != nil {
				err = f(k, v)
			}
		}
		ended = err != nil
		return err
	})
	if err == nil && !ended {
		err = give("", true)
	}
	return stopped(err)
}

// bucketMoving holds, while Copy is at it, what it copies from.
const (
	bucketMoving = "moving"
	keyMoving    = "from"
)

// ErrTaken is the error of a Copy into an engine that is not Vacant.
var ErrTaken = errors.New("store: the engine holds something else")

// Vacant reports whether there is room to Copy what State keeps into an engine:
// it holds nothing, or what a Copy of that name began and did not end.
func Vacant(e Engine, name string) (is bool, err error) {
	err = e.View(func(tx Tx) (err error) { is, err = vacant(tx, name); return err })
	return is, err
}

func vacant(tx Tx, name string) (is bool, err error) {
	if from, err := tx.Get(bucketMoving, keyMoving); from != nil || err != nil {
		return err == nil && string(from) == name, err
	}
	is = true
	for _, b := range Buckets {
		if err := tx.Scan(b, "", "", func(string, []byte) error { is = false; return ErrStop }); err != nil {
			return false, err
		}
	}
	return is, nil
}

// Copy copies what State keeps from one engine to another, and returns how many
// entries that are. The name is what it copies from; when it fails half way,
// Vacant says so to a Copy of that name. Of several at once one has the engine,
// and the others fail with ErrTaken.
func Copy(to, from Engine, name string) (n int, err error) {
	type entry struct {
		bucket, key string
		value       []byte
	}
	var all []entry
	err = from.View(func(tx Tx) error {
		all = nil
		for _, b := range Buckets {
			err := tx.Scan(b, "", "", func(k string, v []byte) error {
				all = append(all, entry{b, k, append([]byte{}, v...)})
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	err = to.Update(func(tx Tx) error {
		if is, err := vacant(tx, name); err != nil {
			return err
		} else if !is {
			return ErrTaken
		}
		return tx.Put(bucketMoving, keyMoving, []byte(name))
	})
	if err != nil {
		return 0, err
	}
	for part := range slices.Chunk(all, copyPart) {
		err = to.Update(func(tx Tx) error {
			for _, e := range part {
				if err := tx.Put(e.bucket, e.key, e.value); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return n, err
		}
		n += len(part)
	}
	return n, to.Update(func(tx Tx) error { return tx.Delete(bucketMoving, keyMoving) })
}

// copyPart is how many entries Copy puts at once.
const copyPart = 1000
