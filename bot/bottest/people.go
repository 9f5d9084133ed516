package bottest

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A User is a person.
type User struct {
	ID   int64
	Name string
	Lang string // language_code; "" if the client sends none
}

// A Chat is where messages are written.
type Chat struct {
	ID    int64
	Type  string // private, group, supergroup, channel
	Forum bool
}

func (u User) wire() map[string]any {
	w := map[string]any{"id": u.ID, "is_bot": false, "first_name": u.Name}
	if u.Lang != "" {
		w["language_code"] = u.Lang
	}
	return w
}

func (c Chat) wire() map[string]any {
	w := map[string]any{"id": c.ID, "type": c.Type}
	if c.Forum {
		w["is_forum"] = true
	}
	return w
}

// Private returns the person's chat with the bot.
func (u User) Private() Chat { return Chat{ID: u.ID, Type: "private"} }

// User makes a person who has opened a chat with the bot.
func (s *Server) User(name, lang string) User {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := User{ID: s.newID(), Name: name, Lang: lang}
	s.chats[u.ID] = &chat{Chat: u.Private()}
	return u
}

// Stranger makes a person who has not opened a chat with the bot; Opens is when
// they do.
func (s *Server) Stranger(name, lang string) User {
	s.mu.Lock()
	defer s.mu.Unlock()
	return User{ID: s.newID(), Name: name, Lang: lang}
}

// Opens opens the stranger's chat with the bot.
func (s *Server) Opens(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[u.ID] = &chat{Chat: u.Private()}
}

// Leads makes the person an admin of the group.
func (s *Server) Leads(c Chat, u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.chats[c.ID]
	if now.leads == nil {
		now.leads = make(map[int64]bool)
	}
	now.leads[u.ID] = true
}

// DropTopic deletes a topic of a forum: sending to it is refused from now on.
func (s *Server) DropTopic(c Chat, thread int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.chats[c.ID]
	if now.dropped == nil {
		now.dropped = make(map[int]bool)
	}
	now.dropped[thread] = true
}

// Group makes a supergroup (a forum if wanted) that the bot is a member of.
func (s *Server) Group(forum bool) Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := Chat{ID: -1000000000000 - s.newID(), Type: "supergroup", Forum: forum}
	s.chats[c.ID] = &chat{Chat: c}
	return c
}

// Migrate turns a group into a supergroup with another id. Sending to the old
// one is refused with the new id. The bot is not told otherwise.
func (s *Server) Migrate(c Chat) Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	to := Chat{ID: -1000000000000 - s.newID(), Type: "supergroup"}
	s.chats[to.ID] = &chat{Chat: to}
	s.chats[c.ID].moved = to.ID
	return to
}

// Block makes sending to the chat fail with 403 and tells the bot.
func (s *Server) Block(c Chat, by User) {
	s.member(c, by, "bot was blocked by the user", "member", "kicked")
}

// Add brings the bot (back) into the chat and tells it.
func (s *Server) Add(c Chat, by User) { s.member(c, by, "", "left", "member") }

func (s *Server) member(c Chat, by User, gone, before, after string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[c.ID].gone = gone
	s.push("my_chat_member", c.ID, map[string]any{"chat": c.wire(), "from": by.wire(), "date": 1700000000,
		"old_chat_member": map[string]any{"user": s.me(), "status": before},
		"new_chat_member": map[string]any{"user": s.me(), "status": after}})
}

// A Draft is a message of a person with all that Text leaves out.
type Draft struct {
	Text    string
	Caption string
	Thread  int            // forum topic
	ReplyTo *Message       // that it answers
	Extra   map[string]any // further fields, such as {"voice": {...}}
}

// Text writes a message. Commands and mentions become entities as they do in
// Telegram's clients.
func (s *Server) Text(c Chat, from User, text string) Message {
	return s.Write(c, from, Draft{Text: text})
}

// Write writes a message.
func (s *Server) Write(c Chat, from User, d Draft) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &Message{ChatID: c.ID, ID: s.newID(), From: from, Text: d.Text, Caption: d.Caption, Thread: d.Thread}
	if d.ReplyTo != nil {
		m.ReplyTo = d.ReplyTo.ID
	}
	s.messages[messageKey{c.ID, m.ID}] = m
	m.Entities = marks(d.Text)
	w := s.wire(m)
	if d.Caption != "" {
		w["caption_entities"] = marks(d.Caption)
	}
	for k, v := range d.Extra {
		w[k] = v
	}
	s.push("message", c.ID, w)
	return *m
}

// Edit changes the text of a person's message.
func (s *Server) Edit(m Message, text string) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.messages[messageKey{m.ChatID, m.ID}]
	now.Text, now.Entities = text, marks(text)
	now.Edits++
	w := s.wire(now)
	w["edit_date"] = 1700000001
	s.push("edited_message", m.ChatID, w)
	return *now
}

// File sends a document.
func (s *Server) File(c Chat, from User, name string, data []byte) Message {
	s.mu.Lock()
	id := "documents/file_" + strconv.FormatInt(s.newID(), 10)
	s.files[id] = data
	s.mu.Unlock()
	return s.Write(c, from, Draft{Extra: map[string]any{"document": map[string]any{
		"file_id": id, "file_unique_id": id, "file_name": name, "file_size": len(data)}}})
}

// marks finds the commands and mentions of a text.
func marks(text string) []Entity {
	list := []Entity{}
	word := func(r rune) bool {
		return r == '_' || r == '@' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	inside := false // a word, so that a/b and a@b are no marks
	for i, r := range text {
		kind := map[rune]string{'/': "bot_command", '@': "mention"}[r]
		if kind == "" || inside {
			inside = word(r)
			continue
		}
		end := strings.IndexFunc(text[i+1:], func(r rune) bool { return !word(r) })
		if end < 0 {
			end = len(text) - i - 1
		}
		// A letter of another script right after it makes it plain text.
		after, _ := utf8.DecodeRuneInString(text[i+1+end:])
		if end > 0 && (kind == "mention" || !unicode.IsLetter(after)) {
			list = append(list, Entity{Type: kind, Offset: Units(text[:i]), Length: 1 + end})
		}
		inside = true
	}
	return list
}

// Press taps the button with this label and returns the id of the callback
// query. It fails the test if there is no such button with callback data.
func (s *Server) Press(from User, m Message, label string) string {
	s.tb.Helper()
	for _, row := range s.Now(m).Buttons {
		for _, b := range row {
			if b.Text == label && b.Data != "" {
				return s.PressData(from, m, b.Data)
			}
		}
	}
	s.tb.Fatalf("bottest: message has no button %q, only %q", label, s.Now(m).Labels())
	return ""
}

// PressData sends a callback query with any data, as a tampered client can.
func (s *Server) PressData(from User, m Message, data string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := strconv.FormatInt(s.newID(), 10)
	s.callbacks[id] = &query{}
	w := map[string]any{"id": id, "from": from.wire(), "chat_instance": "1", "data": data}
	lane := from.ID
	if m.InlineID != "" {
		w["inline_message_id"] = m.InlineID
	} else if now := s.messages[messageKey{m.ChatID, m.ID}]; now != nil {
		w["message"] = s.wire(now)
		lane = m.ChatID
	}
	s.push("callback_query", lane, w)
	return id
}

// Inline types an inline query and returns its id.
func (s *Server) Inline(from User, text, offset string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := strconv.FormatInt(s.newID(), 10)
	s.queries[id] = &query{}
	s.push("inline_query", from.ID, map[string]any{"id": id, "from": from.wire(), "query": text, "offset": offset})
	return id
}

// Choose sends a result of an inline query to some chat and returns the
// message, which the bot knows by InlineID only.
func (s *Server) Choose(r Result) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := r.Message
	m.InlineID = "inline" + strconv.FormatInt(s.newID(), 10)
	s.inlines[m.InlineID] = &m
	return m
}

// Now returns the message as it is now.
func (s *Server) Now(m Message) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.messages[messageKey{m.ChatID, m.ID}]
	if m.InlineID != "" {
		now = s.inlines[m.InlineID]
	}
	if now == nil {
		return Message{}
	}
	return *now
}

// Next waits for the next message of the bot in the chat that Next has not
// returned yet. It fails the test if there is none.
func (s *Server) Next(c Chat) (m Message) {
	s.tb.Helper()
	s.Until("a message of the bot", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		now := s.chats[c.ID]
		if now.read == len(now.said) {
			return false
		}
		m = *s.messages[messageKey{c.ID, now.said[now.read]}]
		now.read++
		return true
	})
	return m
}

// NextEdit waits until the message has been edited since m was returned, and
// returns it as it is then. It fails the test if it is not.
func (s *Server) NextEdit(m Message) (now Message) {
	s.tb.Helper()
	s.Until("an edit by the bot", func() bool {
		now = s.Now(m)
		return now.Edits > m.Edits
	})
	return now
}

// Total returns how many messages the bot has sent.
func (s *Server) Total() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total
}

// Said returns all messages of the bot in the chat, as they are now.
func (s *Server) Said(c Chat) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Message
	for _, id := range slices.Clone(s.chats[c.ID].said) {
		list = append(list, *s.messages[messageKey{c.ID, id}])
	}
	return list
}

// Drained waits until every update has been confirmed.
func (s *Server) Drained() {
	s.tb.Helper()
	s.Until("all updates to be confirmed", func() bool { return s.Pending() == 0 })
}
