package wecomtest

import (
	"crypto/rand"
	"encoding/json"
	"time"
)

// Single returns the single chat of a user with the bot.
func (s *Server) Single(user string) Chat { return Chat{User: user} }

// Say sends a text message and returns its msgid. In a group it must hold the
// mention of the bot, as WeCom delivers nothing else. If the bot is not
// connected the message waits for its next subscription.
func (s *Server) Say(c Chat, text string) string {
	return s.Send(c, map[string]any{"msgtype": "text", "text": map[string]string{"content": text}})
}

// Send sends a message with these parts of the body (msgtype, text, voice,
// mixed, quote …) and returns its msgid.
func (s *Server) Send(c Chat, parts map[string]any) string {
	id := rand.Text()
	s.Deliver(c, id, parts)
	return id
}

// Deliver is Send under a msgid of the caller's, to deliver one twice. The
// req_id of every delivery is new.
func (s *Server) Deliver(c Chat, msgid string, parts map[string]any) {
	body := s.body(c)
	body["msgid"] = msgid
	for k, v := range parts {
		body[k] = v
	}
	s.deliver("aibot_msg_callback", c, &call{kind: "message"}, body)
}

// Enter is a user's first entry of a day into the single chat.
func (s *Server) Enter(c Chat) {
	s.event(c, &call{kind: "enter_chat"}, map[string]any{"eventtype": "enter_chat"})
}

// Press taps a button of a card by its key.
func (s *Server) Press(c Chat, taskID, key string) {
	s.event(c, &call{kind: "template_card_event", task: taskID}, map[string]any{
		"eventtype":           "template_card_event",
		"template_card_event": map[string]any{"card_type": "button_interaction", "event_key": key, "task_id": taskID},
	})
}

func (s *Server) event(c Chat, k *call, event map[string]any) {
	body := s.body(c)
	body["msgid"], body["msgtype"], body["event"] = rand.Text(), "event", event
	s.deliver("aibot_event_callback", c, k, body)
}

func (s *Server) body(c Chat) map[string]any {
	body := map[string]any{
		"aibotid": s.BotID, "chattype": "single", "from": map[string]string{"userid": c.User}, "create_time": time.Now().Unix(),
	}
	if c.Group != "" {
		body["chattype"], body["chatid"] = "group", c.Group
	}
	return body
}

func (s *Server) deliver(cmd string, c Chat, k *call, body map[string]any) {
	b, err := json.Marshal(body)
	if err != nil {
		panic("wecomtest: " + err.Error())
	}
	f := frame{Cmd: cmd, Body: b}
	f.Headers.ReqID = rand.Text()
	s.mu.Lock()
	k.chat, k.at = s.chat(c), time.Now()
	s.calls[f.Headers.ReqID] = k
	s.waiting = append(s.waiting, f)
	s.mu.Unlock()
	s.flush()
}

// chat finds or makes a chat. s.mu is held.
func (s *Server) chat(c Chat) *chat {
	x := s.chats[c.id()]
	if x == nil {
		x = &chat{Chat: c, streams: map[string]*Bubble{}}
		s.chats[c.id()] = x
	}
	return x
}

// Next waits for the next finished bubble of a chat that Next has not returned
// yet. It fails the test if none comes.
func (s *Server) Next(c Chat) Bubble {
	s.tb.Helper()
	limit := time.After(Patience)
	for {
		s.mu.Lock()
		x, changed := s.chat(c), s.changed
		if x.read < len(x.bubbles) && x.bubbles[x.read].Finished {
			b := *x.bubbles[x.read]
			x.read++
			s.mu.Unlock()
			return b
		}
		s.mu.Unlock()
		select {
		case <-changed:
		case <-limit:
			s.tb.Fatalf("wecomtest: no bubble for %q", c.id())
		}
	}
}

// Bubbles returns all bubbles of a chat.
func (s *Server) Bubbles(c Chat) []Bubble {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Bubble
	for _, b := range s.chat(c).bubbles {
		out = append(out, *b)
	}
	return out
}
