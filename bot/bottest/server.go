package bottest

import (
	"encoding/json"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Patience is how long the waiting helpers wait before they fail the test.
const Patience = time.Minute

// A Server is a fake Bot API with one bot. Its methods are safe for concurrent
// use, but those that can fail the test (they say so) belong to the goroutine
// of the test.
type Server struct {
	Token string // of the bot; any other is refused
	Name  string // the bot's user name, without @
	ID    int64  // the bot's user id

	tb   testing.TB
	http *httptest.Server

	mu        sync.Mutex
	changed   chan struct{} // closed and replaced at every change
	closed    bool
	lastID    int64 // of users, chats, messages, queries
	updates   []update
	update    int64                           // id of the last update
	allowed   map[string]bool                 // kinds of update; nil is all
	poll      chan struct{}                   // closed to end the poll that is waiting
	hook      *webhook                        // nil while updates are polled
	chats     map[int64]*chat                 // by id
	messages  map[messageKey]*Message         // of people and bot, in chats
	inlines   map[string]*Message             // sent through inline queries, by id
	callbacks map[string]*query               // by id
	queries   map[string]*query               // inline queries, by id
	files     map[string][]byte               // by file id, which is the path as well
	settings  map[string]string               // what set… methods were given, by method and scope
	faults    map[string]func(Request) *Fault // by method; "" is any
	requests  []Request
	total     int            // messages of the bot
	open      int            // connections
	wg        sync.WaitGroup // deliveries to the webhook
}

type messageKey struct{ chat, id int64 }

// chat is the server's side of a Chat.
type chat struct {
	Chat
	said  []int64 // ids of the bot's messages, in order
	read  int     // how many of them Next has returned
	gone  string  // if set, sending fails with 403 and this text
	moved int64   // id of the supergroup that the group became

	leads   map[int64]bool // admins of the group
	dropped map[int]bool   // topics that are gone
}

type update struct {
	id   int64
	kind string
	lane int64 // chat, or user where there is none
	raw  json.RawMessage
	busy bool // being delivered to the webhook
}

// query is a callback or inline query.
type query struct {
	answers []Answer
	expired bool
}

// A Request is one call that the bot made.
type Request struct {
	Time   time.Time
	Method string
	Params map[string]string
	Files  map[string]Upload
	Status int    // of the answer; 0 if it was broken on purpose
	Error  string // description of the answer, if it was an error
	Fault  *Fault // what was injected, if anything
	Done   bool   // the call took effect
	Result int64  // id of the message that was sent or edited, if any

	recorded bool
}

// An Upload is a file that the bot sent.
type Upload struct {
	Name string
	Data []byte
}

// NewServer starts a server that ends with the test.
func NewServer(tb testing.TB) *Server {
	s := &Server{
		Token: "123456:TEST-token_of-the-bot", Name: "jinwen_bot", ID: 123456,
		tb: tb, lastID: 1000, update: 5000,
		changed:   make(chan struct{}),
		chats:     make(map[int64]*chat),
		messages:  make(map[messageKey]*Message),
		inlines:   make(map[string]*Message),
		callbacks: make(map[string]*query),
		queries:   make(map[string]*query),
		files:     make(map[string][]byte),
		settings:  make(map[string]string),
		faults:    make(map[string]func(Request) *Fault),
	}
	s.http = httptest.NewUnstartedServer(s)
	// httptest has a hook of its own in place of this one, so connections are
	// counted where they are accepted.
	s.http.Listener = countingListener{s.http.Listener, s}
	s.http.Start()
	tb.Cleanup(s.Close)
	return s
}

// Endpoint returns the address in the form bots are configured with:
// "http://host:port/bot%s/%s".
func (s *Server) Endpoint() string { return s.http.URL + "/bot%s/%s" }

// Close ends the server and everything it started. It may be called again.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	s.notify()
	s.mu.Unlock()
	s.wg.Wait()
	s.http.CloseClientConnections()
	s.http.Close()
}

// Requests returns the calls made so far to a method, oldest first; "" is any.
func (s *Server) Requests(method string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Request
	for _, r := range s.requests {
		if method == "" || r.Method == method {
			list = append(list, r)
		}
	}
	return list
}

// Rejected returns the calls that were refused for what they said (400 and
// 404), leaving out what was injected.
func (s *Server) Rejected() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Request
	for _, r := range s.requests {
		if r.Fault == nil && (r.Status == 400 || r.Status == 404) {
			list = append(list, r)
		}
	}
	return list
}

// Setting returns what a set… method was last given for a scope and language, as
// its parameters in JSON: Setting("setMyCommands", `{"type":"default"}`, "zh").
func (s *Server) Setting(method, scope, lang string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings[method+scope+lang]
}

// Pending returns how many updates wait for confirmation.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates)
}

// Until waits until cond holds; cond is called at every change, with nothing
// of the server locked. It fails the test when it runs out of patience.
func (s *Server) Until(what string, cond func() bool) {
	s.tb.Helper()
	limit := time.NewTimer(Patience)
	defer limit.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if cond() {
			return
		}
		select {
		case <-changed:
		case <-limit.C:
			s.tb.Fatalf("bottest: waited %v for %s", Patience, what)
		}
	}
}

// Quiet waits until nobody is connected, so that nothing more comes from a bot
// that was stopped. It fails the test if connections stay open.
func (s *Server) Quiet() {
	s.tb.Helper()
	s.Until("all connections to be closed", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.open == 0
	})
}

// notify wakes everyone who waits. The caller holds mu.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// newID is a number that nothing else has. The caller holds mu.
func (s *Server) newID() int64 {
	s.lastID++
	return s.lastID
}
