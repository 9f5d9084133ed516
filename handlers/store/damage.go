package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"runtime/debug"
	"slices"

	"go.etcd.io/bbolt"
)

// bbolt trusts its file: where a page is not what it should be it panics, or
// reads where there is no memory, and of what stands in a value it knows
// nothing. Here every value carries a checksum, every transaction is guarded,
// and Open reads the whole file once. So damage is a [Damaged] error, at Open
// as a rule, and never a panic or a wrong value.

// Damaged says that the file does not hold what was written. Nothing is
// changed in it: what can be saved of it is still there.
type Damaged struct {
	Path string
	What string
}

func (d *Damaged) Error() string {
	return fmt.Sprintf("%s is damaged (%s) and is left as it is", d.Path, d.What)
}

// guard runs f, which works on the file at path, and turns a panic of bbolt's
// or a fault in the mapped file into a *Damaged.
func guard(path string, f func() error) (err error) {
	before := debug.SetPanicOnFault(true) // of this goroutine alone
	defer debug.SetPanicOnFault(before)
	defer func() {
		if x := recover(); x != nil {
			err = &Damaged{path, fmt.Sprint(x)}
		}
	}()
	err = f()
	if d, ok := errors.AsType[*badValue](err); ok {
		err = &Damaged{path, d.Error()}
	}
	return err
}

// A badValue is an entry whose checksum does not fit.
type badValue struct{ bucket, key string }

func (b *badValue) Error() string {
	return fmt.Sprintf("an entry of %s does not fit its checksum", b.bucket) // keys are people's
}

const sumSize = 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sum(bucket, key, value []byte) uint32 {
	c := crc32.Update(0, castagnoli, bucket)
	c = crc32.Update(c, castagnoli, key)
	return crc32.Update(c, castagnoli, value)
}

// seal returns value with its checksum behind it.
func seal(bucket, key, value []byte) []byte {
	out := make([]byte, 0, len(value)+sumSize)
	out = append(out, value...)
	return binary.BigEndian.AppendUint32(out, sum(bucket, key, value))
}

// open returns the value that seal was given.
func open(bucket, key, sealed []byte) ([]byte, error) {
	n := len(sealed) - sumSize
	if n < 0 || binary.BigEndian.Uint32(sealed[n:]) != sum(bucket, key, sealed[:n]) {
		return nil, &badValue{string(bucket), string(key)}
	}
	return sealed[:n], nil
}

// get returns the value of key; nil if there is none. It is good until the
// transaction ends.
func get(tx *bbolt.Tx, bucket, key []byte) ([]byte, error) {
	b := tx.Bucket(bucket)
	if b == nil {
		return nil, missingBucket(bucket)
	}
	v := b.Get(key)
	if v == nil {
		return nil, nil
	}
	return open(bucket, key, v)
}

// missingBucket is the error of a bucket that is not there: Open makes those of
// State, any other is made when it is first put into.
func missingBucket(bucket []byte) error {
	if slices.Contains(Buckets, string(bucket)) {
		return &badValue{bucket: string(bucket)}
	}
	return nil
}

// each calls f with every entry of a bucket in the order of the keys.
func each(tx *bbolt.Tx, bucket []byte, f func(k, v []byte) error) error {
	b := tx.Bucket(bucket)
	if b == nil {
		return missingBucket(bucket)
	}
	return b.ForEach(func(k, v []byte) error {
		value, err := open(bucket, k, v)
		if err != nil {
			return err
		}
		return f(k, value)
	})
}

// verify reads all there is and has bbolt check its pages, in this order: what
// the check reads has then been read once under guard.
func verify(db *bbolt.DB) error {
	return db.View(func(tx *bbolt.Tx) error {
		for _, bucket := range Buckets {
			if tx.Bucket([]byte(bucket)) == nil {
				return missingBucket([]byte(bucket))
			}
		}
		err := tx.ForEach(func(bucket []byte, _ *bbolt.Bucket) error {
			if bytes.Equal(bucket, bucketFormat) {
				return nil
			}
			return each(tx, bucket, func([]byte, []byte) error { return nil })
		})
		if err != nil {
			return err
		}
		var first error
		for err := range tx.Check() { // to its end, for it waits to be read
			if first == nil {
				first = err
			}
		}
		if first != nil {
			return &Damaged{db.Path(), first.Error()}
		}
		return nil
	})
}
