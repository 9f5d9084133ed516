package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"go.etcd.io/bbolt"

	"jinwen/handlers/chat"
)

// In format 1, which had no bucket "format", there was only Telegram: its
// numbers were the keys of all buckets but entries (8 bytes, big-endian, offset
// by 1<<63 so that they sort), stood in subscriptions ({"chat":{"ID":7}}), and
// ended the ids of the entries that say who was told of an update (told:3:7).

var (
	formatKey = []byte("version")
	format    = []byte("3")
)

// toldEntry is the id of an entry of format 1 that says who was told.
var toldEntry = regexp.MustCompile(`^(told:\d+):(-?\d+)$`)

// migrate brings a file of an earlier format to this one, and refuses one of a
// later. It is part of a transaction: all of it happens, or nothing.
func migrate(tx *bbolt.Tx) error {
	if b := tx.Bucket(bucketFormat); b != nil {
		switch got := b.Get(formatKey); {
		case bytes.Equal(got, format):
			return nil
		case string(got) == "2": // values without checksums
			return sealAll(tx, b)
		default:
			return fmt.Errorf("file has format %q, this program knows %q: start the program that wrote it, or move the file away", got, format)
		}
	}
	for _, b := range []string{bucketSettings, bucketSubs, bucketBlocked, BucketHandled, bucketKept} {
		if err := rename(tx.Bucket([]byte(b)), numbered); err != nil {
			return err
		}
	}
	err := rename(tx.Bucket([]byte(bucketEntries)), func(k, v []byte) ([]byte, []byte, error) {
		if m := toldEntry.FindSubmatch(k); m != nil {
			return []byte(string(m[1]) + ":" + chat.ID(chat.Telegram, string(m[2]))), v, nil
		}
		return k, v, nil
	})
	if err != nil {
		return err
	}
	if err := rename(tx.Bucket([]byte(bucketSubs)), subscriber); err != nil {
		return err
	}
	b, err := tx.CreateBucket(bucketFormat)
	if err != nil {
		return err
	}
	return sealAll(tx, b)
}

// sealAll gives every value its checksum.
func sealAll(tx *bbolt.Tx, f *bbolt.Bucket) error {
	for _, b := range Buckets {
		bucket := []byte(b)
		err := rename(tx.Bucket(bucket), func(k, v []byte) ([]byte, []byte, error) { return slices.Clone(k), seal(bucket, k, v), nil })
		if err != nil {
			return err
		}
	}
	return f.Put(formatKey, format)
}

// numbered gives an entry whose key is a number of Telegram's the id for it.
func numbered(k, v []byte) (key, value []byte, err error) {
	if len(k) != 8 {
		return nil, nil, fmt.Errorf("key %x is no number of 8 bytes: the file is damaged", k)
	}
	n := int64(binary.BigEndian.Uint64(k) ^ 1<<63)
	return []byte(chat.ID(chat.Telegram, strconv.FormatInt(n, 10))), v, nil
}

// subscriber puts the id into a subscription in the place of the number.
func subscriber(k, v []byte) (key, value []byte, err error) {
	var s map[string]any
	d := json.NewDecoder(bytes.NewReader(v))
	d.UseNumber()
	if err := d.Decode(&s); err != nil {
		return nil, nil, fmt.Errorf("subscription: %w", err)
	}
	c, ok := s["chat"].(map[string]any)
	if !ok {
		return nil, nil, fmt.Errorf("subscription of %s has no chat: the file is damaged", k)
	}
	c["ID"] = string(k)
	value, err = json.Marshal(s)
	return k, value, err
}

// rename gives every entry of a bucket the key and value that change returns.
func rename(b *bbolt.Bucket, change func(k, v []byte) (key, value []byte, err error)) error {
	type entry struct{ old, key, value []byte }
	var all []entry
	err := b.ForEach(func(k, v []byte) error {
		key, value, err := change(k, v)
		all = append(all, entry{slices.Clone(k), key, slices.Clone(value)})
		return err
	})
	for _, e := range all {
		if err == nil && !bytes.Equal(e.old, e.key) {
			err = b.Delete(e.old)
		}
		if err == nil {
			err = b.Put(e.key, e.value)
		}
	}
	return err
}
