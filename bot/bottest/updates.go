package bottest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Push queues an update of a kind ("message", "poll_answer", …) with any
// content, for what has no helper of its own, and returns its id. Updates of a
// kind that the bot's allowed_updates leave out are dropped, as Telegram does.
func (s *Server) Push(kind string, content any) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.push(kind, 0, content)
}

// PushRaw queues any JSON value in the place of an update, which need not be
// one. It takes up the next update id, which it returns.
func (s *Server) PushRaw(raw func(id int64) string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.update++
	s.updates = append(s.updates, update{id: s.update, raw: json.RawMessage(raw(s.update))})
	s.notify()
	return s.update
}

// push is Push for a caller who holds mu and knows the chat (or user).
func (s *Server) push(kind string, lane int64, content any) int64 {
	s.update++
	if s.allowed != nil && !s.allowed[kind] {
		return s.update
	}
	raw, err := json.Marshal(map[string]any{"update_id": s.update, kind: content})
	if err != nil {
		panic("bottest: " + err.Error()) // own types, or a mistake in the test
	}
	s.updates = append(s.updates, update{id: s.update, kind: kind, lane: lane, raw: raw})
	s.notify()
	return s.update
}

// getUpdates is a long poll. A later poll ends it with 409.
func (s *Server) getUpdates(ctx context.Context, req *Request) ([]json.RawMessage, *Error) {
	offset, _ := strconv.ParseInt(req.Params["offset"], 10, 64)
	limit, _ := strconv.Atoi(req.Params["limit"])
	if limit <= 0 || limit > 100 {
		limit = 100
	}
	seconds, _ := strconv.Atoi(req.Params["timeout"])
	end := time.NewTimer(time.Duration(min(seconds, 50)) * time.Second)
	defer end.Stop()

	s.mu.Lock()
	if s.hook != nil {
		s.mu.Unlock()
		return nil, &Error{Code: 409, Description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
	}
	s.allow(req.Params)
	if s.poll != nil {
		close(s.poll)
	}
	mine := make(chan struct{})
	s.poll = mine
	s.updates = slices.DeleteFunc(s.updates, func(u update) bool { return u.id < offset })
	s.notify()
	defer func() {
		s.mu.Lock()
		if s.poll == mine {
			s.poll = nil
		}
		s.mu.Unlock()
	}()
	for {
		batch := []json.RawMessage{}
		for _, u := range s.updates[:min(limit, len(s.updates))] {
			batch = append(batch, u.raw)
		}
		changed, closed := s.changed, s.closed
		s.mu.Unlock()
		if len(batch) > 0 || seconds == 0 || closed {
			return batch, nil
		}
		select {
		case <-mine:
			return nil, &Error{Code: 409, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
		case <-end.C:
			return batch, nil
		case <-ctx.Done():
			return batch, nil
		case <-changed:
		}
		s.mu.Lock()
	}
}

// allow keeps the kinds of update that a call asks for; without the parameter
// the earlier list stays.
func (s *Server) allow(params map[string]string) {
	raw, ok := params["allowed_updates"]
	if !ok {
		return
	}
	var kinds []string
	json.Unmarshal([]byte(raw), &kinds) // checked before
	s.allowed = nil
	if len(kinds) > 0 {
		s.allowed = make(map[string]bool)
		for _, k := range kinds {
			s.allowed[k] = true
		}
	}
}

// webhook is where updates are pushed to.
type webhook struct {
	url, secret string
	client      http.Client
	end         chan struct{}
}

// deliver pushes updates to the webhook, those of one chat in order, until it
// is removed.
func (s *Server) deliver(h *webhook) {
	defer s.wg.Done()
	defer h.client.CloseIdleConnections()
	for {
		s.mu.Lock()
		changed := s.changed
		if s.hook != h || s.closed {
			s.mu.Unlock()
			return
		}
		busy := make(map[int64]bool)
		for i := range s.updates {
			u := &s.updates[i]
			if !u.busy && !busy[u.lane] {
				u.busy = true
				s.wg.Add(1)
				go s.deliverOne(h, *u)
			}
			busy[u.lane] = true
		}
		s.mu.Unlock()
		<-changed
	}
}

func (s *Server) deliverOne(h *webhook, u update) {
	defer s.wg.Done()
	ok := false
	req, err := http.NewRequest("POST", h.url, bytes.NewReader(u.raw))
	if err == nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
		var resp *http.Response
		if resp, err = h.client.Do(req); err == nil {
			resp.Body.Close()
			ok = resp.StatusCode/100 == 2
		}
	}
	if !ok {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-h.end:
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.updates {
		if s.updates[i].id == u.id {
			if s.updates[i].busy = false; ok {
				s.updates = slices.Delete(s.updates, i, i+1)
			}
			break
		}
	}
	s.notify()
}
