package store

import (
	"errors"
	"maps"
	"slices"
	"sync"
)

// maxWaiting is how many changes wait at most while the state is away: what a
// minute of 200 messages a second leaves behind, twice. Then they are refused.
const maxWaiting = 50_000

// maxKnown is how many values are remembered for the time that the state is
// away, half of them for certain.
const maxKnown = 20_000

// waits are the buckets whose changes may wait: what the program notes for
// itself. What a person chose is refused instead, for they are told that it is
// kept.
var waits = map[string]bool{bucketEntries: true, bucketBlocked: true, BucketHandled: true, bucketKept: true}

// Waiting is an Engine over one that may be away. While it is, changes to what
// the program notes for itself wait here, in memory and up to a bound, and are
// made once it is back; changes to anything else fail with ErrAway. What was
// read before or waits is still read. Over a Fenced engine they are made at the
// epoch at which they came: once that is over they are nobody's, and change
// nothing. Safe for concurrent use.
type Waiting struct {
	Engine

	mu      sync.Mutex
	waiting map[string]map[string]late // by bucket and key
	n       int
	refused int                  // changes that found no room, or whose time was over when they could be made
	known   [2]map[string][]byte // read last, by bucket and key, and before that
}

// A late is a change that waits.
type late struct {
	value []byte // nil: deleted
	epoch int64  // of a Fenced engine when it came; else 0
}

// A Fenced is an Engine whose writes carry the epoch of a lease.
type Fenced interface {
	Engine
	// Epoch is that of the writes now; 0 if there can be none.
	Epoch() int64
	// At is the engine with writes that carry that epoch, whichever is now.
	At(epoch int64) Engine
}

// epoch is at which a change comes now.
func (w *Waiting) epoch() int64 {
	if f, ok := w.Engine.(Fenced); ok {
		return f.Epoch()
	}
	return 0
}

// NewWaiting returns a Waiting over e. Flush is to be called when e is back.
func NewWaiting(e Engine) *Waiting {
	return &Waiting{Engine: e, waiting: make(map[string]map[string]late), known: [2]map[string][]byte{{}, {}}}
}

// Waits returns how many changes wait, and how many were refused or lost since the
// start.
func (w *Waiting) Waits() (n, refused int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.n, w.refused
}

func (w *Waiting) View(f func(Tx) error) error {
	err := w.Engine.View(func(tx Tx) error { return f(&waitingTx{w: w, under: tx}) })
	if errors.Is(err, ErrAway) {
		err = f(&waitingTx{w: w})
	}
	return err
}

func (w *Waiting) Update(f func(Tx) error) error {
	epoch := w.epoch()
	err := w.Engine.Update(func(tx Tx) error { return f(&waitingTx{w: w, under: tx}) })
	if !errors.Is(err, ErrAway) {
		return err
	}
	tx := &waitingTx{w: w, changes: make(map[string]map[string][]byte)}
	if f(tx) != nil {
		return err
	}
	for bucket := range tx.changes {
		if !waits[bucket] {
			return err
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for bucket, changes := range tx.changes {
		if w.n+len(changes) > maxWaiting {
			w.refused += len(changes)
			return err
		}
		for key, value := range changes {
			w.put(bucket, key, late{value, epoch})
		}
	}
	return nil
}

// put has a change wait. w.mu is held.
func (w *Waiting) put(bucket, key string, change late) {
	b := w.waiting[bucket]
	if b == nil {
		b = make(map[string]late)
		w.waiting[bucket] = b
	}
	if _, old := b[key]; !old {
		w.n++
	}
	b[key] = change
}

// flushPart is how many changes are made at once.
const flushPart = 500

// Flush makes the changes that wait. What cannot be made for another reason
// than that the engine is away, as by a process that has lost its lease, is
// dropped.
func (w *Waiting) Flush() error {
	var dropped error
	for {
		bucket, epoch, part := w.part()
		if len(part) == 0 {
			return dropped
		}
		engine := w.Engine
		if f, ok := engine.(Fenced); ok {
			engine = f.At(epoch)
		}
		err := engine.Update(func(tx Tx) error { return putAll(tx, bucket, part) })
		if errors.Is(err, ErrAway) {
			return err
		}
		w.mu.Lock()
		for key, value := range part {
			if now, ok := w.waiting[bucket][key]; ok && now.epoch == epoch && (now.value == nil) == (value == nil) && string(now.value) == string(value) {
				delete(w.waiting[bucket], key)
				w.n--
			}
		}
		if err != nil {
			w.refused += len(part)
			dropped = err
		}
		w.mu.Unlock()
	}
}

// putAll makes changes to a bucket; nil is deleted.
func putAll(tx Tx, bucket string, changes map[string][]byte) error {
	for _, key := range slices.Sorted(maps.Keys(changes)) {
		var err error
		if value := changes[key]; value == nil {
			err = tx.Delete(bucket, key)
		} else {
			err = tx.Put(bucket, key, value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// part returns some of what waits, all of one bucket and epoch.
func (w *Waiting) part() (bucket string, epoch int64, part map[string][]byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, bucket := range slices.Sorted(maps.Keys(w.waiting)) {
		part := make(map[string][]byte)
		for key, change := range w.waiting[bucket] {
			if len(part) == 0 {
				epoch = change.epoch
			}
			if change.epoch != epoch {
				continue
			}
			if part[key] = change.value; len(part) == flushPart {
				break
			}
		}
		if len(part) > 0 {
			return bucket, epoch, part
		}
	}
	return "", 0, nil
}

// remember keeps a value for the time that the state is away.
func (w *Waiting) remember(bucket, key string, value []byte) {
	if bucket == BucketHandled || bucket == bucketKept || len(value) > 4<<10 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.known[0][bucket+"\x00"+key] = slices.Clone(value)
	if len(w.known[0]) >= maxKnown/2 {
		w.known = [2]map[string][]byte{{}, w.known[0]}
	}
}

// recall returns what was read last; false if it was not.
func (w *Waiting) recall(bucket, key string) ([]byte, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, known := range w.known {
		if v, ok := known[bucket+"\x00"+key]; ok {
			return v, true
		}
	}
	return nil, false
}

// pendingChange returns a change that waits; false if there is none, or its time is over.
func (w *Waiting) pendingChange(bucket, key string) ([]byte, bool) {
	epoch := w.epoch()
	w.mu.Lock()
	defer w.mu.Unlock()
	c, ok := w.waiting[bucket][key]
	return c.value, ok && c.epoch == epoch
}

// waitingTx is a Tx that sees what waits.
type waitingTx struct {
	w       *Waiting
	under   Tx                           // nil: the engine is away
	changes map[string]map[string][]byte // nil of a View, and where there is an engine
}

func (tx *waitingTx) Get(bucket, key string) ([]byte, error) {
	if v, ok := tx.changes[bucket][key]; ok {
		return v, nil
	}
	if tx.under != nil {
		if v, ok := tx.w.pendingChange(bucket, key); ok {
			return v, nil
		}
		v, err := tx.under.Get(bucket, key)
		if err == nil {
			tx.w.remember(bucket, key, v)
		}
		return v, err
	}
	if v, ok := tx.w.pendingChange(bucket, key); ok {
		return v, nil
	}
	if v, ok := tx.w.recall(bucket, key); ok {
		return v, nil
	}
	return nil, ErrAway
}

func (tx *waitingTx) Put(bucket, key string, value []byte) error {
	return tx.change(bucket, key, append([]byte{}, value...))
}

func (tx *waitingTx) Delete(bucket, key string) error { return tx.change(bucket, key, nil) }

func (tx *waitingTx) change(bucket, key string, value []byte) error {
	if tx.under != nil {
		tx.w.supersede(bucket, key)
		if value == nil {
			return tx.under.Delete(bucket, key)
		}
		return tx.under.Put(bucket, key, value)
	}
	if tx.changes == nil {
		return errors.New("store: a View changes nothing")
	}
	if tx.changes[bucket] == nil {
		tx.changes[bucket] = make(map[string][]byte)
	}
	tx.changes[bucket][key] = value
	return nil
}

func (tx *waitingTx) Scan(bucket, prefix, after string, f func(key string, value []byte) error) error {
	if tx.under == nil {
		return ErrAway // what there is besides is not known
	}
	return Overlay(tx.w.allLate(bucket), prefix, after, f, func(f func(string, []byte) error) error {
		return tx.under.Scan(bucket, prefix, after, f)
	})
}

// supersede forgets a change that waits, for a later one is being made.
func (w *Waiting) supersede(bucket, key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.waiting[bucket][key]; ok {
		delete(w.waiting[bucket], key)
		w.n--
	}
	delete(w.known[0], bucket+"\x00"+key)
	delete(w.known[1], bucket+"\x00"+key)
}

func (w *Waiting) allLate(bucket string) map[string][]byte {
	epoch := w.epoch()
	w.mu.Lock()
	defer w.mu.Unlock()
	all := make(map[string][]byte)
	for key, c := range w.waiting[bucket] {
		if c.epoch == epoch {
			all[key] = c.value
		}
	}
	return all
}
