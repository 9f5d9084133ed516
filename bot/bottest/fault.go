package bottest

import (
	"fmt"
	"net/http"
	"time"
)

// An Error is a refusal as the Bot API words it.
type Error struct {
	Code        int    `json:"-"`
	Description string `json:"-"`
	RetryAfter  int    `json:"retry_after,omitempty"` // seconds
	MigrateTo   int64  `json:"migrate_to_chat_id,omitempty"`
}

func badRequest(format string, args ...any) *Error {
	return &Error{Code: 400, Description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

// A Fault is what goes wrong with one call. Of Error, Page, Truncate and
// Reset at most one is set.
type Fault struct {
	Delay    time.Duration // before anything else
	Error    *Error        // an answer of the API
	Page     int           // an HTML error page with this status, as a gateway sends
	Truncate bool          // the JSON ends in the middle
	Reset    bool          // the connection is reset
	// After lets the call take effect before its answer is broken, as when the
	// network fails on the way back.
	After bool
}

func (f *Fault) breaks() bool { return f.Error != nil || f.Page != 0 || f.Truncate || f.Reset }

// Inject lets f decide about every later call of a method ("" is any method
// that has no function of its own): nil is no fault. A nil f ends it. f is
// called from many goroutines at once.
func (s *Server) Inject(method string, f func(Request) *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f == nil {
		delete(s.faults, method)
	} else {
		s.faults[method] = f
	}
}

// Once is a function for Inject that breaks the first n calls.
func Once(n int, fault Fault) func(Request) *Fault {
	left := make(chan struct{}, n)
	for range n {
		left <- struct{}{}
	}
	return func(Request) *Fault {
		select {
		case <-left:
			return &fault
		default:
			return nil
		}
	}
}

func (s *Server) fault(req Request) *Fault {
	s.mu.Lock()
	f, ok := s.faults[req.Method]
	if !ok {
		f = s.faults[""]
	}
	s.mu.Unlock()
	if f == nil {
		return nil
	}
	return f(req)
}

// breakReply answers the way the request's fault wants.
func (s *Server) breakReply(w http.ResponseWriter, req *Request) {
	f := req.Fault
	if f.Error != nil {
		s.reply(w, req, nil, f.Error)
		return
	}
	s.mu.Lock()
	s.record(req)
	s.mu.Unlock()
	switch {
	case f.Page != 0:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Page)
		fmt.Fprintf(w, "<html><head><title>%d</title></head><body><center>nginx</center></body></html>", f.Page)
	case f.Truncate:
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"ok":true,"result":{"message_id":1`)
	case f.Reset:
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		conn.(*countedConn).reset()
	}
}
