package wecomtest

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// Patience is how long Next waits before it fails the test.
const Patience = 30 * time.Second

// A Server is the service with one bot. Its methods are safe for concurrent
// use, but those that can fail the test (they say so) belong to the goroutine
// of the test.
type Server struct {
	URL    string // ws://…
	BotID  string
	Secret string

	// PerMinute is how many messages a chat takes in a minute; 0 is no limit.
	// It is 30 in a new Server, as WeCom has it.
	PerMinute int
	// Second is how long a second lasts for the deadlines of replies; 0 is a
	// second.
	Second time.Duration

	tb   testing.TB
	http *httptest.Server

	mu         sync.Mutex
	changed    chan struct{} // closed and replaced at every change
	conn       *connection   // subscribed; nil if none
	subscribed int           // how often
	waiting    []frame       // for the next subscription
	calls      map[string]*call
	chats      map[string]*chat
	uploads    map[string]*upload
	media      map[string]File
	tasks      map[string]bool // task ids that were used
	violations []string
	drop       func(cmd string, n int) Loss
	frames     int
}

// A Chat is where people talk to the bot.
type Chat struct {
	User  string
	Group string // "" in a single chat
}

func (c Chat) id() string {
	if c.Group != "" {
		return c.Group
	}
	return c.User
}

// A Bubble is one message of the bot as people see it.
type Bubble struct {
	Type     string // stream, markdown, text, template_card, file
	Content  string
	Finished bool            // of a stream; true of everything else
	Card     json.RawMessage // of a template_card
	File     *File
	Pushed   bool // sent unasked
	Frames   int  // how many frames made it
}

// A File is one that the bot uploaded.
type File struct {
	Name string
	Data []byte
}

// A Loss is what becomes of a frame.
type Loss int

const (
	Keep      Loss = iota // it arrives and is acknowledged
	LoseFrame             // the connection ends before the frame arrives
	LoseAck               // it arrives, and the connection ends before the ack
)

type chat struct {
	Chat
	bubbles []*Bubble
	streams map[string]*Bubble
	read    int
	sent    []time.Time // messages of the last minute
}

// A call is a message or event that may be answered under its req_id.
type call struct {
	kind string // "message", or the event's type
	chat *chat
	at   time.Time
	once bool   // answered, where one answer is all
	task string // of a pressed card
	busy bool   // a frame of it is being handled
}

type frame struct {
	Cmd     string `json:"cmd,omitempty"`
	Headers struct {
		ReqID string `json:"req_id"`
	} `json:"headers"`
	Body    json.RawMessage `json:"body,omitempty"`
	Code    int             `json:"errcode"`
	Message string          `json:"errmsg"`
}

type connection struct {
	ws         *websocket.Conn
	write      sync.Mutex
	subscribed bool
}

// NewServer starts a service that ends with the test.
func NewServer(tb testing.TB) *Server {
	tb.Helper()
	s := &Server{
		BotID: "bot-" + rand.Text()[:8], Secret: rand.Text(), PerMinute: 30, tb: tb,
		changed: make(chan struct{}), calls: map[string]*call{}, chats: map[string]*chat{},
		uploads: map[string]*upload{}, media: map[string]File{}, tasks: map[string]bool{},
	}
	s.http = httptest.NewServer(http.HandlerFunc(s.accept))
	s.URL = "ws" + strings.TrimPrefix(s.http.URL, "http")
	tb.Cleanup(func() {
		s.Cut()
		s.http.CloseClientConnections()
		s.http.Close()
	})
	return s
}

// Drop makes loss decide on every frame but subscriptions and pings; n counts
// them from 1.
func (s *Server) Drop(loss func(cmd string, n int) Loss) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop = loss
}

// Violations returns the frames that no bot should have sent.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.violations...)
}

// Subscribed returns how often the bot has subscribed.
func (s *Server) Subscribed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.subscribed
}

// Cut ends the connection, if there is one, without a word.
func (s *Server) Cut() {
	s.mu.Lock()
	c := s.conn
	s.conn = nil
	s.mu.Unlock()
	if c != nil {
		c.ws.CloseNow()
	}
}

func (s *Server) second() time.Duration {
	if s.Second != 0 {
		return s.Second
	}
	return time.Second
}

func (s *Server) accept(w http.ResponseWriter, r *http.Request) {
	ws, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	ws.SetReadLimit(2 << 20)
	c := &connection{ws: ws}
	defer ws.CloseNow()
	for {
		kind, b, err := ws.Read(context.Background())
		if err != nil {
			s.mu.Lock()
			if s.conn == c {
				s.conn = nil
			}
			s.mu.Unlock()
			return
		}
		var f frame
		if err := json.Unmarshal(b, &f); err != nil || kind != websocket.MessageText {
			s.violate("frame is no JSON text: %.80q", b)
			return
		}
		if !s.take(c, f) {
			return
		}
	}
}

// take handles one frame; false ends the connection.
func (s *Server) take(c *connection, f frame) bool {
	if f.Headers.ReqID == "" {
		s.violate("%s without a req_id", f.Cmd)
	}
	loss := Keep
	s.mu.Lock()
	if f.Cmd != "aibot_subscribe" && f.Cmd != "ping" && s.drop != nil {
		s.frames++
		loss = s.drop(f.Cmd, s.frames)
	}
	s.mu.Unlock()
	if loss == LoseFrame {
		return false
	}
	code, text, body := s.handle(c, f)
	if loss == LoseAck {
		return false
	}
	ack := frame{Body: body, Code: code, Message: text}
	ack.Headers.ReqID = f.Headers.ReqID
	if !c.send(ack) {
		return false
	}
	if f.Cmd == "aibot_subscribe" && code == 0 {
		s.flush()
	}
	return true
}

func (c *connection) send(f frame) bool {
	b, err := json.Marshal(f)
	if err != nil {
		panic("wecomtest: " + err.Error()) // only our own types come here
	}
	c.write.Lock()
	defer c.write.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return c.ws.Write(ctx, websocket.MessageText, b) == nil
}

// subscribe makes c the bot's connection.
func (s *Server) subscribe(c *connection, id, secret string) (int, string) {
	if id != s.BotID || secret != s.Secret {
		return 853000, "invalid bot_id or secret"
	}
	s.mu.Lock()
	old := s.conn
	s.conn, c.subscribed = c, true
	s.subscribed++
	s.signal()
	s.mu.Unlock()
	if old != nil && old != c {
		var f frame
		f.Cmd = "aibot_event_callback"
		f.Headers.ReqID = rand.Text()
		f.Body, _ = json.Marshal(map[string]any{"msgtype": "event", "event": map[string]string{"eventtype": "disconnected_event"}})
		old.send(f)
		time.AfterFunc(2*s.second(), func() { old.ws.CloseNow() })
	}
	return 0, "ok"
}

// flush delivers what waits for a connection.
func (s *Server) flush() {
	s.mu.Lock()
	list, c := s.waiting, s.conn
	s.waiting = nil
	s.mu.Unlock()
	for i, f := range list {
		if c == nil || !c.send(f) {
			s.mu.Lock()
			s.waiting = append(append([]frame(nil), list[i:]...), s.waiting...)
			s.mu.Unlock()
			return
		}
	}
}

// signal wakes those who wait for a change. s.mu is held.
func (s *Server) signal() {
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *Server) violate(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.violations = append(s.violations, fmt.Sprintf(format, args...))
}
