package bottest

import (
	"encoding/json"
	"net/http"
	"path"
	"reflect"
	"strconv"
	"strings"
)

// methods are those of the API by name. A function runs with mu held, after the
// parameters have been checked against the spec.
var methods = map[string]func(*Server, *Request) (any, *Error){
	"getMe":                  func(s *Server, _ *Request) (any, *Error) { return s.me(), nil },
	"sendMessage":            (*Server).sendMessage,
	"sendPhoto":              func(s *Server, r *Request) (any, *Error) { return s.sendFile(r, "photo", 10<<20) },
	"sendDocument":           func(s *Server, r *Request) (any, *Error) { return s.sendFile(r, "document", 50<<20) },
	"sendChatAction":         func(s *Server, r *Request) (any, *Error) { _, err := s.target(r); return true, err },
	"editMessageText":        (*Server).editMessageText,
	"editMessageReplyMarkup": (*Server).editMessageReplyMarkup,
	"deleteMessage":          (*Server).deleteMessage,
	"answerCallbackQuery":    (*Server).answerCallbackQuery,
	"answerInlineQuery":      (*Server).answerInlineQuery,
	"getFile":                (*Server).getFile,
	"getChatMember":          (*Server).getChatMember,
	"setMyCommands":          (*Server).setMyCommands,
	"setMyDescription":       func(s *Server, r *Request) (any, *Error) { return s.set(r, "description", 512) },
	"setMyShortDescription":  func(s *Server, r *Request) (any, *Error) { return s.set(r, "short_description", 120) },
	"setMyName":              func(s *Server, r *Request) (any, *Error) { return s.set(r, "name", 64) },
	"setChatMenuButton":      func(s *Server, r *Request) (any, *Error) { return s.set(r, "menu_button", 4096) },
	"setWebhook":             (*Server).setWebhook,
	"deleteWebhook":          (*Server).deleteWebhook,
}

// target returns the chat that a request sends to.
func (s *Server) target(r *Request) (*chat, *Error) {
	id, _ := strconv.ParseInt(r.Params["chat_id"], 10, 64)
	c := s.chats[id]
	switch {
	case c == nil:
		return nil, badRequest("chat not found")
	case c.moved != 0:
		return nil, &Error{Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateTo: c.moved}
	case c.gone != "":
		return nil, &Error{Code: 403, Description: "Forbidden: " + c.gone}
	}
	return c, nil
}

// send puts a message of the bot into its chat, with all that messages have in
// common.
func (s *Server) send(r *Request, m *Message) (any, *Error) {
	c, err := s.target(r)
	if err != nil {
		return nil, err
	}
	if m.Buttons, err = keyboard(r.Params["reply_markup"]); err != nil {
		return nil, err
	}
	m.Thread, _ = strconv.Atoi(r.Params["message_thread_id"])
	if m.Thread != 0 && (!c.Forum || c.dropped[m.Thread]) {
		return nil, badRequest("message thread not found")
	}
	if raw := r.Params["reply_parameters"]; raw != "" {
		var p struct {
			ID    int64 `json:"message_id"`
			Allow bool  `json:"allow_sending_without_reply"`
		}
		json.Unmarshal([]byte(raw), &p) // checked against the spec
		if to := s.messages[messageKey{c.ID, p.ID}]; to != nil && !to.Deleted {
			m.ReplyTo = p.ID
		} else if !p.Allow {
			return nil, badRequest("message to be replied not found")
		}
	}
	m.ChatID, m.ID, m.Bot, m.ParseMode = c.ID, s.newID(), true, r.Params["parse_mode"]
	s.messages[messageKey{c.ID, m.ID}] = m
	c.said = append(c.said, m.ID)
	r.Result = m.ID
	s.total++
	return s.wire(m), nil
}

func (s *Server) sendMessage(r *Request) (any, *Error) {
	text, entities, err := parseText(r.Params["text"], r.Params["parse_mode"], 4096, "message")
	if err != nil {
		return nil, err
	}
	if Blank(text) {
		return nil, badRequest("message text is empty")
	}
	return s.send(r, &Message{Text: text, Raw: r.Params["text"], Entities: entities})
}

func (s *Server) sendFile(r *Request, field string, limit int) (any, *Error) {
	file, ok := r.Files[field]
	switch {
	case !ok:
		return nil, badRequest("wrong remote file identifier specified") // only uploads here
	case len(file.Data) == 0:
		return nil, badRequest("file must be non-empty")
	case len(file.Data) > limit:
		return nil, &Error{Code: 413, Description: "Request Entity Too Large"}
	case field == "photo" && !strings.HasPrefix(http.DetectContentType(file.Data), "image/"):
		return nil, badRequest("IMAGE_PROCESS_FAILED")
	}
	caption, entities, err := parseText(r.Params["caption"], r.Params["parse_mode"], 1024, "message caption")
	if err != nil {
		return nil, err
	}
	return s.send(r, &Message{Caption: caption, Raw: r.Params["caption"], Entities: entities, File: &file, Photo: field == "photo"})
}

// edited returns the message that a request edits.
func (s *Server) edited(r *Request) (*Message, *Error) {
	if id := r.Params["inline_message_id"]; id != "" {
		if m := s.inlines[id]; m != nil {
			return m, nil
		}
		return nil, badRequest("MESSAGE_ID_INVALID")
	}
	c, err := s.target(r)
	if err != nil {
		return nil, err
	}
	id, _ := strconv.ParseInt(r.Params["message_id"], 10, 64)
	m := s.messages[messageKey{c.ID, id}]
	switch {
	case m == nil || m.Deleted:
		return nil, badRequest("message to edit not found")
	case !m.Bot:
		return nil, badRequest("message can't be edited")
	}
	r.Result = m.ID
	return m, nil
}

func (s *Server) editMessageText(r *Request) (any, *Error) {
	m, err := s.edited(r)
	if err != nil {
		return nil, err
	}
	if m.File != nil {
		return nil, badRequest("there is no text in the message to edit")
	}
	text, entities, err := parseText(r.Params["text"], r.Params["parse_mode"], 4096, "message")
	if err != nil {
		return nil, err
	}
	if Blank(text) {
		return nil, badRequest("message text is empty")
	}
	buttons, err := keyboard(r.Params["reply_markup"])
	if err != nil {
		return nil, err
	}
	if text == m.Text && reflect.DeepEqual(entities, m.Entities) && reflect.DeepEqual(buttons, m.Buttons) {
		return nil, badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.Text, m.Entities, m.Buttons, m.Raw, m.ParseMode = text, entities, buttons, r.Params["text"], r.Params["parse_mode"]
	return s.hasEdited(m), nil
}

func (s *Server) editMessageReplyMarkup(r *Request) (any, *Error) {
	m, err := s.edited(r)
	if err != nil {
		return nil, err
	}
	buttons, err := keyboard(r.Params["reply_markup"])
	if err != nil {
		return nil, err
	}
	if reflect.DeepEqual(buttons, m.Buttons) {
		return nil, badRequest("message is not modified")
	}
	m.Buttons = buttons
	return s.hasEdited(m), nil
}

func (s *Server) hasEdited(m *Message) any {
	m.Edits++
	if m.InlineID != "" {
		return true
	}
	return s.wire(m)
}

func (s *Server) deleteMessage(r *Request) (any, *Error) {
	c, err := s.target(r)
	if err != nil {
		return nil, err
	}
	id, _ := strconv.ParseInt(r.Params["message_id"], 10, 64)
	m := s.messages[messageKey{c.ID, id}]
	if m == nil || m.Deleted {
		return nil, badRequest("message to delete not found")
	}
	m.Deleted = true
	return true, nil
}

func (s *Server) getFile(r *Request) (any, *Error) {
	id := r.Params["file_id"]
	data, ok := s.files[id]
	switch {
	case !ok:
		return nil, badRequest("invalid file_id")
	case len(data) > 20<<20:
		return nil, badRequest("file is too big")
	}
	return map[string]any{"file_id": id, "file_unique_id": path.Base(id), "file_size": len(data), "file_path": id}, nil
}

func (s *Server) getChatMember(r *Request) (any, *Error) {
	c, err := s.target(r)
	if err != nil {
		return nil, err
	}
	id, _ := strconv.ParseInt(r.Params["user_id"], 10, 64)
	status := "member"
	if c.leads[id] {
		status = "administrator"
	}
	return map[string]any{"status": status, "user": map[string]any{"id": id, "is_bot": false, "first_name": "x"}}, nil
}

func (s *Server) setMyCommands(r *Request) (any, *Error) {
	var list []struct{ Command, Description string }
	json.Unmarshal([]byte(r.Params["commands"]), &list) // checked against the spec
	if len(list) > 100 {
		return nil, badRequest("too many commands")
	}
	for _, c := range list {
		if c.Command == "" || len(c.Command) > 32 || strings.Trim(c.Command, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return nil, badRequest("BOT_COMMAND_INVALID")
		}
		if n := Units(c.Description); n < 1 || n > 256 {
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	return s.set(r, "commands", 1<<20)
}

// set keeps a setting by method, scope and language.
func (s *Server) set(r *Request, field string, limit int) (any, *Error) {
	if lang := r.Params["language_code"]; lang != "" && len(lang) != 2 {
		return nil, badRequest("LANG_CODE_INVALID")
	}
	var scope struct {
		Type   string
		ChatID int64 `json:"chat_id"`
	}
	if raw := r.Params["scope"]; raw != "" {
		json.Unmarshal([]byte(raw), &scope) // checked against the spec
		if scope.Type == "chat" && s.chats[scope.ChatID] == nil {
			return nil, badRequest("chat not found")
		}
	}
	if Units(r.Params[field]) > limit {
		return nil, badRequest("%s is too long", field)
	}
	raw, err := json.Marshal(r.Params)
	if err != nil {
		return nil, badRequest("%v", err)
	}
	s.settings[r.Method+r.Params["scope"]+r.Params["language_code"]] = string(raw)
	return true, nil
}

// setWebhook takes plain http as well: the address is on this machine.
func (s *Server) setWebhook(r *Request) (any, *Error) {
	if r.Params["url"] == "" {
		return s.deleteWebhook(r)
	}
	secret := r.Params["secret_token"]
	if len(secret) > 256 || strings.ContainsFunc(secret, func(c rune) bool {
		return c > 'z' || !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", c)
	}) {
		return nil, badRequest("secret token contains unallowed characters")
	}
	s.allow(r.Params)
	s.dropHook()
	s.hook = &webhook{url: r.Params["url"], secret: secret, end: make(chan struct{})}
	for i := range s.updates {
		s.updates[i].busy = false
	}
	s.wg.Add(1)
	go s.deliver(s.hook)
	return true, nil
}

func (s *Server) deleteWebhook(*Request) (any, *Error) {
	s.dropHook()
	return true, nil
}

func (s *Server) dropHook() {
	if s.hook != nil {
		close(s.hook.end)
		s.hook = nil
	}
}
