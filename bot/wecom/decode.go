package wecom

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"

	"jinwen/handlers/chat"
)

// An inbound is the body of a message or event.
type inbound struct {
	ID       string `json:"msgid"`
	ChatType string `json:"chattype"` // single, group
	ChatID   string `json:"chatid"`   // of groups
	From     struct {
		UserID string `json:"userid"`
	} `json:"from"`
	part
	Quote *part `json:"quote"` // what it replies to: context, not the question
	Event struct {
		Type string `json:"eventtype"`
		Card struct {
			Type   string `json:"card_type"`
			Key    string `json:"event_key"`
			TaskID string `json:"task_id"`
		} `json:"template_card_event"`
	} `json:"event"`
}

// A part is a message's content, by its type.
type part struct {
	Type  string   `json:"msgtype"` // text, voice, mixed, image, file, video
	Text  *content `json:"text"`
	Voice *content `json:"voice"` // the transcript
	Mixed *struct {
		Items []part `json:"msg_item"`
	} `json:"mixed"`
}

type content struct {
	Content string `json:"content"`
}

// words returns what a part says in words; "" for pictures and files.
func (p *part) words() string {
	switch {
	case p == nil:
		return ""
	case p.Text != nil:
		return p.Text.Content
	case p.Voice != nil:
		return p.Voice.Content
	case p.Mixed != nil:
		var list []string
		for _, x := range p.Mixed.Items {
			if w := x.words(); w != "" {
				list = append(list, w)
			}
		}
		return strings.Join(list, "\n")
	}
	return ""
}

// eventType returns the type of an event's body; "" if it has none.
func eventType(body json.RawMessage) string {
	var m inbound
	if json.Unmarshal(body, &m) != nil {
		return ""
	}
	return m.Event.Type
}

// A call is what came in, ready to be answered.
type call struct {
	reqID string
	id    string // to tell a second delivery from a second message
	event string // "" of a message
	task  string // of a pressed card
	to    address
	msg   chat.Message
}

// An address is where WeCom sends to.
type address struct {
	ID    string // userid, or chatid of a group
	Group bool
}

func (a address) chatType() int {
	if a.Group {
		return 2
	}
	return 1
}

// A decoder turns frames into calls.
type decoder struct {
	name   string
	admins map[string]bool
	lang   string
}

// decode reports ok if f is something to answer.
func (d *decoder) decode(f frame) (c call, ok bool, err error) {
	var in inbound
	if err := json.Unmarshal(f.Body, &in); err != nil {
		return call{}, false, err
	}
	user := in.From.UserID
	c = call{reqID: f.Headers.ReqID, id: in.ID, to: address{ID: user}}
	c.msg = chat.Message{
		Chat: chat.Chat{ID: chat.ID(chat.WeCom, user)},
		User: chat.User{ID: chat.ID(chat.WeCom, user), Admin: d.admins[user]},
		Lang: d.lang,
	}
	if in.ChatType == "group" {
		c.to = address{ID: in.ChatID, Group: true}
		c.msg.Chat = chat.Chat{ID: chat.ID(chat.WeCom, in.ChatID), Kind: chat.Group}
	}
	if c.to.ID == "" || user == "" || c.reqID == "" {
		return call{}, false, nil
	}
	if f.Cmd == cmdEvent {
		c.event = in.Event.Type
		switch c.event {
		case eventEnter:
			c.msg.Command = "start"
			return c, true, nil
		case eventPress:
			c.msg.Kind, c.msg.Data, c.task = chat.KindButton, in.Event.Card.Key, in.Event.Card.TaskID
			return c, c.msg.Data != "", nil
		}
		return call{}, false, nil
	}
	c.msg.Text = strings.TrimSpace(in.words())
	if c.to.Group {
		c.msg.Text = d.unmention(c.msg.Text)
	}
	c.msg.ReplyText = in.Quote.words()
	if c.msg.Text == "" && (in.Text != nil || in.Mixed != nil) && c.msg.ReplyText != "" {
		// A bare mention under somebody's question asks for an answer to it.
		c.msg.Text, c.msg.ReplyText = c.msg.ReplyText, ""
	}
	if c.msg.Text == "" {
		c.msg.Kind = chat.KindOther
	}
	c.msg.Command, c.msg.Args = command(c.msg.Text)
	return c, true, nil
}

// unmention takes the bot's mention out of a group's message. The name may
// hold blanks and stand anywhere; without a known name the first @word goes.
func (d *decoder) unmention(s string) string {
	if d.name != "" && strings.Contains(s, "@"+d.name) {
		return strings.TrimSpace(strings.ReplaceAll(s, "@"+d.name, " "))
	}
	if rest, ok := strings.CutPrefix(s, "@"); ok {
		if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
			return strings.TrimSpace(rest[i:])
		}
		return ""
	}
	return s
}

// command splits "/find 口袋公园".
func command(s string) (name, args string) {
	rest, ok := strings.CutPrefix(s, "/")
	if !ok {
		return "", ""
	}
	n := strings.IndexFunc(rest, func(r rune) bool { return r != '_' && !('a' <= r && r <= 'z') && !('0' <= r && r <= '9') })
	if n < 0 {
		n = len(rest)
	}
	if n == 0 || n < len(rest) && !unicode.IsSpace([]rune(rest[n:])[0]) {
		return "", ""
	}
	return rest[:n], strings.TrimSpace(rest[n:])
}

// encode returns JSON with <, > and & as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}
