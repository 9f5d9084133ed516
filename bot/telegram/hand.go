package telegram

import (
	"maps"
	"slices"
	"sync"
)

// hand is the updates that have been taken in and not confirmed yet. Safe for
// concurrent use.
type hand struct {
	mu      sync.Mutex
	items   map[int64]*item
	next    int64         // one above the last id taken; 0 before the first
	open    int           // items that are not done
	changed chan struct{} // gets a value when an item is done
}

type item struct {
	raw  []byte
	kept bool          // in the Inbox: confirmed before it is done
	over bool          // done
	done chan struct{} // closed when it is done
}

func newHand() *hand {
	return &hand{items: make(map[int64]*item), changed: make(chan struct{}, 1)}
}

// take notes an update. fresh is false if it is in hand already.
func (h *hand) take(id int64, raw []byte) (it *item, fresh bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if it, ok := h.items[id]; ok {
		return it, false
	}
	it = &item{raw: raw, done: make(chan struct{})}
	h.items[id] = it
	h.next = max(h.next, id+1)
	h.open++
	return it, true
}

// adopt notes an update that is kept elsewhere: in the Inbox since before the
// start, or as a dead letter. It reports false if it is in hand already.
func (h *hand) adopt(id int64, raw []byte) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.items[id]; ok {
		return false
	}
	it := &item{raw: raw, kept: true, done: make(chan struct{})}
	h.items[id] = it
	h.open++
	return true
}

// done notes that an update is handled; it reports whether the Inbox has it.
func (h *hand) done(id int64) (kept bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	it := h.items[id]
	if it == nil || it.over {
		return false
	}
	it.over, it.raw = true, nil
	close(it.done)
	if h.open--; it.kept {
		delete(h.items, id)
	}
	select {
	case h.changed <- struct{}{}:
	default:
	}
	return it.kept
}

// forget drops an update that is done, for those that no offset confirms.
func (h *hand) forget(id int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if it := h.items[id]; it != nil && it.over {
		delete(h.items, id)
	}
}

// offset returns the lowest id that is not done: everything below may be confirmed,
// and is forgotten. 0 means that nothing is known yet.
func (h *hand) offset() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	low := h.next
	for id, it := range h.items {
		if !it.over && !it.kept {
			low = min(low, id)
		}
	}
	for id, it := range h.items {
		if it.over && id < low {
			delete(h.items, id)
		}
	}
	return low
}

// reset forgets where the ids were. Nothing may be in hand.
func (h *hand) reset() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next = 0
}

// clear forgets everything. Nothing may work on it any more.
func (h *hand) clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.items)
	h.next, h.open = 0, 0
}

// count returns how many updates are not done.
func (h *hand) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open
}

// waiting returns how many updates are not done and not in the Inbox.
func (h *hand) waiting() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, it := range h.items {
		if !it.over && !it.kept {
			n++
		}
	}
	return n
}

// park puts everything that is not done into the Inbox, in the order in which
// it came, with one call of keep. It returns what was done meanwhile, which the
// Inbox must drop again.
func (h *hand) park(keep func(ids []int64, raws [][]byte) error) (done []int64, err error) {
	var ids []int64
	var raws [][]byte
	h.mu.Lock()
	for _, id := range slices.Sorted(maps.Keys(h.items)) {
		if it := h.items[id]; !it.over && !it.kept {
			ids, raws = append(ids, id), append(raws, it.raw)
		}
	}
	h.mu.Unlock()
	if len(ids) == 0 {
		return nil, nil
	}
	if err := keep(ids, raws); err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range ids {
		if it := h.items[id]; it == nil || it.over {
			done = append(done, id)
		} else {
			it.kept = true
		}
	}
	return done, nil
}
