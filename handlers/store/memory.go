package store

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Memory is an Engine that ends with the process.
type Memory struct {
	mu      sync.RWMutex
	buckets map[string]map[string][]byte
}

var _ Engine = (*Memory)(nil)

// NewMemory returns an empty State in memory; a nil now is time.Now.
func NewMemory(now func() time.Time) *State {
	return New(&Memory{buckets: make(map[string]map[string][]byte)}, now)
}

// Close frees nothing; it is there so that all engines end alike.
func (m *Memory) Close() error { return nil }

func (m *Memory) View(f func(Tx) error) error {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return f(&memoryTx{m: m})
}

func (m *Memory) Update(f func(Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	tx := &memoryTx{m: m}
	err := f(tx)
	if err != nil {
		for _, undo := range slices.Backward(tx.undo) {
			undo()
		}
	}
	return err
}

// memoryTx changes the maps at once, and knows how to take it back.
type memoryTx struct {
	m    *Memory
	undo []func()
}

func (tx *memoryTx) Get(bucket, key string) ([]byte, error) { return tx.m.buckets[bucket][key], nil }

func (tx *memoryTx) Put(bucket, key string, value []byte) error {
	b := tx.m.buckets[bucket]
	if b == nil {
		b = make(map[string][]byte)
		tx.m.buckets[bucket] = b
	}
	tx.remember(b, key)
	b[key] = append([]byte{}, value...) // never nil
	return nil
}

func (tx *memoryTx) Delete(bucket, key string) error {
	b := tx.m.buckets[bucket]
	tx.remember(b, key)
	delete(b, key)
	return nil
}

func (tx *memoryTx) remember(b map[string][]byte, key string) {
	old, ok := b[key]
	tx.undo = append(tx.undo, func() {
		if delete(b, key); ok {
			b[key] = old
		}
	})
}

func (tx *memoryTx) Scan(bucket, prefix, after string, f func(key string, value []byte) error) error {
	b := tx.m.buckets[bucket]
	for _, k := range slices.Sorted(maps.Keys(b)) {
		if k <= after && after != "" || !strings.HasPrefix(k, prefix) {
			continue
		}
		if err := f(k, b[k]); err != nil {
			return stopped(err)
		}
	}
	return nil
}
