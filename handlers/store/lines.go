package store

import (
	"maps"
	"slices"

	"jinwen/handlers/questions"
)

// Lines are the questions that several machines have been asked, in an engine
// that they share.
type Lines struct{ Engine Engine }

var _ questions.Shared = Lines{}

const (
	bucketLines  = "questions"
	bucketAgreed = "agreed" // what all machines must have alike, by name
)

// Put keeps lines, over what was there.
func (l Lines) Put(lines map[string][]byte) error {
	return l.Engine.Update(func(tx Tx) error {
		for _, k := range slices.Sorted(maps.Keys(lines)) {
			if err := tx.Put(bucketLines, k, lines[k]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Scan calls yield with the lines whose keys begin with prefix, in order, until
// it returns false.
func (l Lines) Scan(prefix string, yield func(key string, line []byte) bool) error {
	type entry struct {
		key  string
		line []byte
	}
	for after := ""; ; {
		var part []entry // for what runs in a View may run again
		err := l.Engine.View(func(tx Tx) error {
			part = nil
			return tx.Scan(bucketLines, prefix, after, func(k string, v []byte) error {
				if len(part) == copyPart {
					return ErrStop
				}
				part = append(part, entry{k, slices.Clone(v)})
				return nil
			})
		})
		if err != nil {
			return err
		}
		for _, e := range part {
			if !yield(e.key, e.line) {
				return nil
			}
		}
		if len(part) < copyPart {
			return nil
		}
		after = part[len(part)-1].key
	}
}

// Drop deletes the lines whose keys begin with prefix.
func (l Lines) Drop(prefix string) error {
	var keys []string
	err := l.Scan(prefix, func(k string, _ []byte) bool {
		keys = append(keys, k)
		return true
	})
	for part := range slices.Chunk(keys, copyPart) {
		if err != nil {
			return err
		}
		err = l.Engine.Update(func(tx Tx) error {
			for _, k := range part {
				if err := tx.Delete(bucketLines, k); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return err
}

// Agree keeps what choose makes of what is kept under a name, and returns it.
func (l Lines) Agree(name string, choose func(old []byte) []byte) (agreed []byte, err error) {
	err = l.Engine.Update(func(tx Tx) error {
		old, err := tx.Get(bucketAgreed, name)
		if err != nil {
			return err
		}
		agreed = choose(slices.Clone(old))
		if string(agreed) == string(old) {
			return nil
		}
		return tx.Put(bucketAgreed, name, agreed)
	})
	return agreed, err
}
