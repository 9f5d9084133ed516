package site

import (
	"container/list"
	"strings"
	"sync"
	"time"

	"jinwen/handlers"
	"jinwen/handlers/chat"
)

// maxKept is how many questions of buttons are kept. One that is gone is made
// again: the address of a pressed button names the question that it is under.
const maxKept = 20000

// A pageStore is the state of the page's handlers. Nobody has any: what they
// chose stands in their address and cookies. Only what buttons stand for is
// kept, and a vote, as long as there is room. Safe for concurrent use.
type pageStore struct {
	mu    sync.Mutex
	byID  map[string]*list.Element
	order *list.List // of entry, the last used first
}

type entry struct {
	id    string
	data  []byte
	until time.Time
}

var _ handlers.Store = (*pageStore)(nil)

func newStore() *pageStore {
	return &pageStore{byID: make(map[string]*list.Element), order: list.New()}
}

func (s *pageStore) Put(id string, data []byte, until time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.byID[id]; e != nil {
		e.Value = entry{id, data, until}
		s.order.MoveToFront(e)
		return nil
	}
	s.byID[id] = s.order.PushFront(entry{id, data, until})
	if s.order.Len() > maxKept {
		last := s.order.Back()
		delete(s.byID, last.Value.(entry).id)
		s.order.Remove(last)
	}
	return nil
}

func (s *pageStore) Lookup(id string) ([]byte, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.byID[id]
	if e == nil {
		return nil, false, nil
	}
	s.order.MoveToFront(e)
	return e.Value.(entry).data, true, nil
}

// Settings returns the language of the page, which stands in the id of who asks.
func (s *pageStore) Settings(user string) (handlers.Settings, error) {
	local, _ := chat.Local(chat.Web, user)
	l, _, _ := strings.Cut(local, " ")
	if !chat.Lang(l).Valid() {
		return handlers.Settings{}, nil
	}
	return handlers.Settings{Lang: chat.Lang(l)}, nil
}

func (*pageStore) SaveSettings(string, handlers.Settings) error { return nil }

func (*pageStore) Subscriptions() ([]handlers.Subscription, error) { return nil, nil }

func (*pageStore) Subscription(string) (handlers.Subscription, bool, error) {
	return handlers.Subscription{}, false, nil
}

func (*pageStore) Subscribe(handlers.Subscription) error { return nil }

func (*pageStore) Unsubscribe(string) error { return nil }

func (*pageStore) Blocked(string) (bool, error) { return false, nil }

func (*pageStore) SetBlocked(string, bool) error { return nil }

func (*pageStore) Handled(string) bool { return false }

func (*pageStore) Mark(string) error { return nil }

func (*pageStore) Keep(string, []byte) error { return nil }

func (*pageStore) Drop(string) error { return nil }

func (*pageStore) Kept() (map[string][]byte, error) { return nil, nil }
