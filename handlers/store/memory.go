// Package store keeps what the handlers must remember: in memory, for tests
// and the console, or in a bbolt file. Both behave alike; [TestStore] says how.
package store

import (
	"maps"
	"slices"
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
	settings map[int64]handlers.Settings
	subs     map[int64]handlers.Subscription
	entries  map[string]entry
	blocked  map[int64]bool
	handled  map[int64]time.Time
	kept     map[int64][]byte
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
		settings: make(map[int64]handlers.Settings),
		subs:     make(map[int64]handlers.Subscription),
		entries:  make(map[string]entry),
		blocked:  make(map[int64]bool),
		handled:  make(map[int64]time.Time),
		kept:     make(map[int64][]byte),
		swept:    now(),
	}
}

// Close frees nothing; it is there so that both stores end alike.
func (m *Memory) Close() error { return nil }

func (m *Memory) Settings(user int64) (handlers.Settings, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.settings[user], nil
}

func (m *Memory) SaveSettings(user int64, s handlers.Settings) error {
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

func (m *Memory) Subscription(chat int64) (handlers.Subscription, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.subs[chat]
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

func (m *Memory) Unsubscribe(chat int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.subs, chat)
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

func (m *Memory) Blocked(chat int64) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.blocked[chat], nil
}

func (m *Memory) SetBlocked(chat int64, blocked bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if blocked {
		m.blocked[chat] = true
	} else {
		delete(m.blocked, chat)
	}
	return nil
}

func (m *Memory) Handled(id int64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.handled[id]
	return ok
}

func (m *Memory) Mark(id int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handled[id] = m.now()
	m.marks++
	m.sweep()
	return nil
}

func (m *Memory) Keep(id int64, update []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[id] = slices.Clone(update)
	return nil
}

func (m *Memory) Drop(id int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, id)
	return nil
}

func (m *Memory) Kept() (map[int64][]byte, error) {
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

func byChat(a, b handlers.Subscription) int {
	switch {
	case a.Chat.ID < b.Chat.ID:
		return -1
	case a.Chat.ID > b.Chat.ID:
		return 1
	}
	return 0
}
