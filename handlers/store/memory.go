// Package store keeps what the handlers must remember: in memory, for tests
// and the console, or in a bbolt file. Both behave alike; conform in the tests says how.
package store

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"jinwen/handlers"
)

// markLife is how long a handled update is remembered. Telegram keeps updates
// for 24 hours (Bot API, getUpdates); twice that leaves room for its clock.
const markLife = 48 * time.Hour

// maxMarks is how many handled updates are remembered at most, within half as
// many more. Telegram shows the hundred after the first that is not confirmed,
// so that no more than some hundreds can come again.
const maxMarks = 20_000

// Memory is a Store that ends with the process. Safe for concurrent use.
type Memory struct {
	now func() time.Time

	mu       sync.Mutex
	settings map[string]handlers.Settings
	subs     map[string]handlers.Subscription
	entries  map[string]entry
	blocked  map[string]bool
	handled  map[string]time.Time
	kept     map[string][]byte
	marks    int // since swept
	swept    time.Time
}

type entry struct {
	data  []byte
	until time.Time
}

var _ handlers.Store = (*Memory)(nil)

// NewMemory returns an empty Memory; a nil now is time.Now.
func NewMemory(now func() time.Time) *Memory {
	if now == nil {
		now = time.Now
	}
	return &Memory{
		now:      now,
		settings: make(map[string]handlers.Settings),
		subs:     make(map[string]handlers.Subscription),
		entries:  make(map[string]entry),
		blocked:  make(map[string]bool),
		handled:  make(map[string]time.Time),
		kept:     make(map[string][]byte),
		swept:    now(),
	}
}

// Close frees nothing; it is there so that both stores end alike.
func (m *Memory) Close() error { return nil }

func (m *Memory) Settings(user string) (handlers.Settings, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.settings[user], nil
}

func (m *Memory) SaveSettings(user string, s handlers.Settings) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.settings[user] = s
	return nil
}

func (m *Memory) Subscriptions() ([]handlers.Subscription, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []handlers.Subscription
	for _, s := range m.subs {
		s.Topics = slices.Clone(s.Topics)
		out = append(out, s)
	}
	slices.SortFunc(out, byChat)
	return out, nil
}

func (m *Memory) Subscription(id string) (handlers.Subscription, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.subs[id]
	s.Topics = slices.Clone(s.Topics)
	return s, ok, nil
}

func (m *Memory) Subscribe(s handlers.Subscription) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	s.Topics = slices.Clone(s.Topics)
	m.subs[s.Chat.ID] = s
	return nil
}

func (m *Memory) Unsubscribe(id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.subs, id)
	return nil
}

func (m *Memory) Put(id string, data []byte, until time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.entries[id] = entry{slices.Clone(data), until}
	m.sweep()
	return nil
}

func (m *Memory) Lookup(id string) ([]byte, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.entries[id]
	if !ok || !m.now().Before(e.until) {
		return nil, false, nil
	}
	return slices.Clone(e.data), true, nil
}

func (m *Memory) Blocked(id string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.blocked[id], nil
}

func (m *Memory) SetBlocked(id string, blocked bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if blocked {
		m.blocked[id] = true
	} else {
		delete(m.blocked, id)
	}
	return nil
}

func (m *Memory) Handled(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.handled[id]
	return ok
}

func (m *Memory) Mark(id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handled[id] = m.now()
	m.marks++
	m.sweep()
	return nil
}

func (m *Memory) Keep(id string, update []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[id] = slices.Clone(update)
	return nil
}

func (m *Memory) Drop(id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, id)
	return nil
}

func (m *Memory) Kept() (map[string][]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.kept), nil
}

// sweep drops what has expired, once an hour or after very many marks.
func (m *Memory) sweep() {
	now := m.now()
	if now.Sub(m.swept) < time.Hour && m.marks < maxMarks/2 {
		return
	}
	m.swept, m.marks = now, 0
	for id, e := range m.entries {
		if !now.Before(e.until) {
			delete(m.entries, id)
		}
	}
	oldest := now.Add(-markLife)
	if n := len(m.handled) - maxMarks; n > 0 {
		times := slices.SortedFunc(maps.Values(m.handled), time.Time.Compare)
		if times[n].After(oldest) {
			oldest = times[n]
		}
	}
	for id, at := range m.handled {
		if at.Before(oldest) {
			delete(m.handled, id)
		}
	}
}

func byChat(a, b handlers.Subscription) int { return strings.Compare(a.Chat.ID, b.Chat.ID) }
