package text

import "sync"

// memoSize is how many texts a memo keeps: the words of some thousands of
// questions, about a megabyte.
const memoSize = 8192

// A memo keeps what short texts were cut into: asking gojieba takes longer than
// most else of an answer. It is safe for concurrent use.
type memo[V any] struct {
	mu   sync.RWMutex
	kept map[string]V
}

// of is make(text), or what it was before.
func (m *memo[V]) of(text string, make func(string) V) V {
	m.mu.RLock()
	v, ok := m.kept[text]
	m.mu.RUnlock()
	if ok {
		return v
	}
	v = make(text)
	m.mu.Lock()
	if m.kept == nil || len(m.kept) >= memoSize {
		m.kept = map[string]V{} // rare enough that nothing finer pays
	}
	m.kept[text] = v
	m.mu.Unlock()
	return v
}

// short reports whether text is worth keeping: a word, not a passage.
func short(text string) bool { return len(text) <= 6*len("一") }
