package wecomtest

import (
	"bytes"
	"crypto/md5"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"time"
	"unicode/utf8"
)

// Limits as the pages of the smart bot have them; bytes unless said otherwise.
const (
	maxContent  = 20_480
	maxFeedback = 256
	maxKey      = 1024
	maxButtons  = 6
	maxName     = 256
	maxChunk    = 512 << 10
	maxChunks   = 100
	minFile     = 5
	maxFile     = 20 << 20
	replyHours  = 24
	eventTime   = 5 // seconds
)

var taskID = regexp.MustCompile(`^[0-9A-Za-z_@-]{1,128}$`)

type upload struct {
	Type     string `json:"type"`
	Filename string `json:"filename"`
	Size     int    `json:"total_size"`
	Chunks   int    `json:"total_chunks"`
	MD5      string `json:"md5"`

	parts [][]byte
}

// handle carries out a frame: errcode, errmsg and body of the ack.
func (s *Server) handle(c *connection, f frame) (int, string, json.RawMessage) {
	if f.Cmd == "aibot_subscribe" {
		var b struct {
			BotID  string `json:"bot_id"`
			Secret string `json:"secret"`
		}
		if json.Unmarshal(f.Body, &b) != nil {
			return s.refuse(40058, "subscribe: body is no object")
		}
		code, text := s.subscribe(c, b.BotID, b.Secret)
		return code, text, nil
	}
	s.mu.Lock()
	current := s.conn == c
	s.mu.Unlock()
	if !current {
		if !c.subscribed {
			s.violate("%s before the subscription", f.Cmd)
		}
		return 846609, "not subscribed", nil
	}
	switch f.Cmd {
	case "ping":
		return 0, "ok", nil
	case "aibot_respond_msg":
		return s.respond(f, "message", false, "stream", "markdown", "template_card", "file", "image")
	case "aibot_respond_welcome_msg":
		return s.respond(f, "enter_chat", true, "text", "template_card")
	case "aibot_respond_update_msg":
		return s.respond(f, "template_card_event", true, "")
	case "aibot_send_msg":
		return s.push(f)
	case "aibot_upload_media_init", "aibot_upload_media_chunk", "aibot_upload_media_finish":
		return s.upload(f)
	}
	return s.refuse(40058, "unknown command "+f.Cmd)
}

func (s *Server) refuse(code int, text string) (int, string, json.RawMessage) {
	s.violate("%d %s", code, text)
	return code, text, nil
}

// A said is the body of everything that people will see.
type said struct {
	ChatID       string          `json:"chatid"`
	ChatType     int             `json:"chat_type"`
	ResponseType string          `json:"response_type"`
	Type         string          `json:"msgtype"`
	Text         *content        `json:"text"`
	Markdown     *content        `json:"markdown"`
	Stream       *stream         `json:"stream"`
	Card         json.RawMessage `json:"template_card"`
	File         *media          `json:"file"`
	Image        *media          `json:"image"`
}

type content struct {
	Content string `json:"content"`
}

type media struct {
	ID string `json:"media_id"`
}

type stream struct {
	ID       string `json:"id"`
	Finish   bool   `json:"finish"`
	Content  string `json:"content"`
	Feedback *struct {
		ID string `json:"id"`
	} `json:"feedback"`
	Items json.RawMessage `json:"msg_item"`
}

// respond is an answer under the req_id of a message or event.
func (s *Server) respond(f frame, kind string, soon bool, types ...string) (int, string, json.RawMessage) {
	s.mu.Lock()
	k := s.calls[f.Headers.ReqID]
	overlaps := k != nil && k.busy
	if k != nil {
		k.busy = true
		defer func() {
			s.mu.Lock()
			k.busy = false
			s.mu.Unlock()
		}()
	}
	s.mu.Unlock()
	switch {
	case k == nil || k.kind != kind:
		return s.refuse(846605, f.Cmd+": invalid req_id")
	case overlaps:
		s.violate("%s: a second frame of a req_id before the ack of the first", f.Cmd)
	case soon && time.Since(k.at) > eventTime*s.second():
		return s.refuse(846605, f.Cmd+": later than 5 s")
	case soon && k.once:
		return s.refuse(846605, f.Cmd+": answered before")
	case time.Since(k.at) > replyHours*3600*s.second():
		return s.refuse(846605, f.Cmd+": later than a day")
	}
	var b said
	if err := json.Unmarshal(f.Body, &b); err != nil {
		return s.refuse(40058, f.Cmd+": body: "+err.Error())
	}
	if kind == "template_card_event" {
		k.once = true
		return s.update(k, b)
	}
	code, text, body := s.show(k.chat, b, false, types)
	if code == 0 && soon {
		k.once = true
	}
	return code, text, body
}

// update replaces a pressed card.
func (s *Server) update(k *call, b said) (int, string, json.RawMessage) {
	var card struct {
		TaskID string `json:"task_id"`
	}
	if json.Unmarshal(b.Card, &card) != nil || b.ResponseType != "update_template_card" || card.TaskID != k.task {
		return s.refuse(40058, "update: want response_type update_template_card and the task_id of the card")
	}
	if bad := checkCard(b.Card); bad != "" {
		return s.refuse(40058, bad)
	}
	return 0, "ok", nil
}

// push is a message that answers none.
func (s *Server) push(f frame) (int, string, json.RawMessage) {
	var b said
	if err := json.Unmarshal(f.Body, &b); err != nil {
		return s.refuse(40058, f.Cmd+": body: "+err.Error())
	}
	s.mu.Lock()
	x := s.chats[b.ChatID]
	s.mu.Unlock()
	switch {
	case x == nil:
		return s.refuse(93006, "invalid chatid "+b.ChatID)
	case x.Group == "" && b.ChatType != 1 || x.Group != "" && b.ChatType != 2:
		return s.refuse(40058, "chat_type does not fit the chat")
	case x.Group != "" && b.Type == "template_card":
		return s.refuse(40058, "cards are pushed to single chats only")
	}
	return s.show(x, b, true, []string{"markdown", "template_card", "file", "image"})
}

// show puts what the bot says into the chat.
func (s *Server) show(x *chat, b said, pushed bool, types []string) (int, string, json.RawMessage) {
	if !contains(types, b.Type) {
		return s.refuse(40008, "invalid msgtype "+b.Type)
	}
	bubble := &Bubble{Type: b.Type, Finished: true, Pushed: pushed, Frames: 1}
	switch b.Type {
	case "stream":
		if b.Stream == nil {
			return s.refuse(40058, "stream is missing")
		}
		return s.showStream(x, *b.Stream)
	case "text", "markdown":
		c := b.Text
		if b.Type == "markdown" {
			c = b.Markdown
		}
		if c == nil || c.Content == "" {
			return s.refuse(40058, b.Type+" is empty")
		}
		if len(c.Content) > maxContent {
			return s.refuse(45002, b.Type+" is too long")
		}
		bubble.Content = c.Content
	case "template_card":
		if bad := s.newCard(b.Card); bad != "" {
			return s.refuse(40058, bad)
		}
		bubble.Card = b.Card
	case "file", "image":
		m := b.File
		if b.Type == "image" {
			m = b.Image
		}
		s.mu.Lock()
		file, ok := s.media[id(m)]
		s.mu.Unlock()
		if !ok {
			return s.refuse(40007, "invalid media_id")
		}
		bubble.File = &file
	}
	return s.add(x, bubble)
}

func id(m *media) string {
	if m == nil {
		return ""
	}
	return m.ID
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (s *Server) showStream(x *chat, m stream) (int, string, json.RawMessage) {
	s.mu.Lock()
	b := x.streams[m.ID]
	s.mu.Unlock()
	switch {
	case m.ID == "":
		return s.refuse(40058, "stream without an id")
	case len(m.Items) > 0:
		return s.refuse(40058, "stream.msg_item is not for the long connection")
	case m.Feedback != nil && len(m.Feedback.ID) > maxFeedback:
		return s.refuse(40058, "feedback.id is too long")
	case len(m.Content) > maxContent:
		return s.refuse(45002, "stream content is too long")
	case !utf8.ValidString(m.Content):
		return s.refuse(40058, "stream content is no UTF-8")
	case m.Finish && m.Content == "":
		return s.refuse(40058, "a finished stream is empty")
	case b != nil && b.Finished && b.Content != m.Content:
		return s.refuse(846608, "stream is over")
	}
	if b != nil {
		s.mu.Lock()
		b.Content, b.Finished = m.Content, b.Finished || m.Finish
		b.Frames++
		s.signal()
		s.mu.Unlock()
		return 0, "ok", nil
	}
	b = &Bubble{Type: "stream", Content: m.Content, Finished: m.Finish, Frames: 1}
	code, text, body := s.add(x, b)
	if code == 0 {
		s.mu.Lock()
		x.streams[m.ID] = b
		s.mu.Unlock()
	}
	return code, text, body
}

// add appends a bubble, at the chat's rate.
func (s *Server) add(x *chat, b *Bubble) (int, string, json.RawMessage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for len(x.sent) > 0 && now.Sub(x.sent[0]) > 60*s.second() {
		x.sent = x.sent[1:]
	}
	if s.PerMinute > 0 && len(x.sent) >= s.PerMinute {
		return 846607, "too many messages in this chat", nil
	}
	x.sent = append(x.sent, now)
	x.bubbles = append(x.bubbles, b)
	s.signal()
	return 0, "ok", nil
}

// newCard checks a card that is shown for the first time; "" if it is right.
func (s *Server) newCard(card json.RawMessage) string {
	if bad := checkCard(card); bad != "" {
		return bad
	}
	var c struct {
		TaskID string `json:"task_id"`
	}
	if json.Unmarshal(card, &c) != nil || c.TaskID == "" {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tasks[c.TaskID] {
		return "task_id was used before"
	}
	s.tasks[c.TaskID] = true
	return ""
}

func checkCard(card json.RawMessage) string {
	var c struct {
		Type  string `json:"card_type"`
		Title struct {
			Title string `json:"title"`
		} `json:"main_title"`
		Sub    string `json:"sub_title_text"`
		Action *struct {
			Type  int    `json:"type"`
			URL   string `json:"url"`
			AppID string `json:"appid"`
		} `json:"card_action"`
		TaskID  string `json:"task_id"`
		Buttons []struct {
			Text  string `json:"text"`
			Style int    `json:"style"`
			Key   string `json:"key"`
		} `json:"button_list"`
	}
	if err := json.Unmarshal(card, &c); err != nil {
		return "template_card: " + err.Error()
	}
	switch c.Type {
	case "button_interaction":
		seen := map[string]bool{}
		if n := len(c.Buttons); n < 1 || n > maxButtons {
			return "button_list wants 1 to 6 buttons"
		}
		for _, b := range c.Buttons {
			if b.Text == "" || b.Key == "" || len(b.Key) > maxKey || seen[b.Key] || b.Style < 0 || b.Style > 4 {
				return "a button is empty, doubled or over its limits"
			}
			seen[b.Key] = true
		}
		if !taskID.MatchString(c.TaskID) || c.Title.Title == "" {
			return "button_interaction wants a title and a task_id"
		}
	case "text_notice":
		if c.Action == nil || c.Action.Type == 1 && c.Action.URL == "" || c.Title.Title == "" && c.Sub == "" {
			return "text_notice wants a card_action and a title"
		}
	default:
		return "unknown card_type " + c.Type
	}
	return ""
}

func (s *Server) upload(f frame) (int, string, json.RawMessage) {
	var b struct {
		upload
		ID    string `json:"upload_id"`
		Index int    `json:"chunk_index"`
		Data  string `json:"base64_data"`
	}
	if err := json.Unmarshal(f.Body, &b); err != nil {
		return s.refuse(40058, f.Cmd+": body: "+err.Error())
	}
	s.mu.Lock()
	u := s.uploads[b.ID]
	s.mu.Unlock()
	switch {
	case f.Cmd == "aibot_upload_media_init":
		if b.Filename == "" || len(b.Filename) > maxName || b.Size < minFile || b.Size > maxFile || b.Chunks < 1 || b.Chunks > maxChunks || !contains([]string{"file", "image"}, b.Type) {
			return s.refuse(40058, "upload: name, size, type or number of parts is over its limits")
		}
		id := rand.Text()
		n := b.upload
		n.parts = make([][]byte, n.Chunks)
		s.mu.Lock()
		s.uploads[id] = &n
		s.mu.Unlock()
		return answer(map[string]string{"upload_id": id})
	case u == nil:
		return s.refuse(40058, "upload: unknown upload_id")
	case f.Cmd == "aibot_upload_media_chunk":
		data, err := base64.StdEncoding.DecodeString(b.Data)
		if err != nil || len(data) == 0 || len(data) > maxChunk || b.Index < 0 || b.Index >= u.Chunks {
			return s.refuse(40058, "upload: a part is over its limits")
		}
		s.mu.Lock()
		u.parts[b.Index] = data
		s.mu.Unlock()
		return 0, "ok", nil
	}
	whole := bytes.Join(u.parts, nil)
	sum := md5.Sum(whole)
	if len(whole) != u.Size || u.MD5 != "" && u.MD5 != hex.EncodeToString(sum[:]) {
		return s.refuse(40058, "upload: size or md5 does not fit")
	}
	id := rand.Text()
	s.mu.Lock()
	s.media[id] = File{u.Filename, whole}
	s.mu.Unlock()
	return answer(map[string]string{"type": u.Type, "media_id": id})
}

func answer(body any) (int, string, json.RawMessage) {
	b, err := json.Marshal(body)
	if err != nil {
		panic("wecomtest: " + err.Error())
	}
	return 0, "ok", b
}
