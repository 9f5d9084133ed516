package dispatch

import "sync"

// A Recent is a map that forgets its oldest entries beyond a number of them.
// Safe for concurrent use.
type Recent[K comparable, V any] struct {
	mu    sync.Mutex
	m     map[K]V
	order []K // ring; next is the oldest once it is full
	next  int
	max   int
}

// NewRecent returns a Recent of max entries.
func NewRecent[K comparable, V any](max int) *Recent[K, V] {
	return &Recent[K, V]{m: make(map[K]V), max: max}
}

// Get returns the value of k.
func (b *Recent[K, V]) Get(k K) (V, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	v, ok := b.m[k]
	return v, ok
}

// Set sets the value of a known k, and does nothing else.
func (b *Recent[K, V]) Set(k K, v V) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.m[k]; ok {
		b.m[k] = v
	}
}

// Put sets the value of k and reports whether k is new. A known k keeps its age.
func (b *Recent[K, V]) Put(k K, v V) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.m[k]; ok {
		b.m[k] = v
		return false
	}
	b.m[k] = v
	if len(b.order) < b.max {
		b.order = append(b.order, k)
		return true
	}
	delete(b.m, b.order[b.next])
	b.order[b.next] = k
	b.next = (b.next + 1) % b.max
	return true
}
