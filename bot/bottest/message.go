package bottest

import (
	"encoding/json"
	"strings"
)

// A Message is one in a chat, from a person or the bot, as it is now.
type Message struct {
	ChatID   int64
	ID       int64
	InlineID string // instead of ChatID and ID, of a message sent through an inline query
	Thread   int    // forum topic
	From     User   // zero for the bot
	Bot      bool   // the bot sent it

	Text      string // as a reader sees it
	Raw       string // as the bot sent it
	ParseMode string
	Entities  []Entity
	Caption   string
	File      *Upload // of a photo or document
	Photo     bool
	Buttons   [][]Button
	ReplyTo   int64 // id of the message that it answers; 0 if none
	Edits     int   // how often it was edited
	Deleted   bool
}

// A Button is a key under a message.
type Button struct {
	Text, Data, URL, Copy, Share string
}

// Labels returns the texts of all buttons, row by row.
func (m Message) Labels() []string {
	var list []string
	for _, row := range m.Buttons {
		for _, b := range row {
			list = append(list, b.Text)
		}
	}
	return list
}

// keyboard reads reply_markup, which has been checked against the spec, and
// enforces the limits that the spec only words.
func keyboard(raw string) ([][]Button, *Error) {
	if raw == "" {
		return nil, nil
	}
	var markup struct {
		Rows [][]struct {
			Text   string                  `json:"text"`
			Data   *string                 `json:"callback_data"`
			URL    *string                 `json:"url"`
			Copy   *struct{ Text string }  `json:"copy_text"`
			Chosen *struct{ Query string } `json:"switch_inline_query_chosen_chat"`
			Switch *string                 `json:"switch_inline_query"`
			Here   *string                 `json:"switch_inline_query_current_chat"`
		} `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(raw), &markup); err != nil {
		return nil, badRequest("can't parse reply keyboard markup JSON object")
	}
	var rows [][]Button
	total := 0
	for _, row := range markup.Rows {
		var buttons []Button
		for _, k := range row {
			if Blank(k.Text) {
				return nil, badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
			}
			b, kinds := Button{Text: k.Text}, 0
			if k.Data != nil {
				if kinds++; len(*k.Data) < 1 || len(*k.Data) > 64 {
					return nil, badRequest("BUTTON_DATA_INVALID")
				}
				b.Data = *k.Data
			}
			if k.URL != nil {
				if kinds++; !strings.HasPrefix(*k.URL, "http://") && !strings.HasPrefix(*k.URL, "https://") && !strings.HasPrefix(*k.URL, "tg://") {
					return nil, badRequest("inline keyboard button URL '%s' is invalid: Unsupported URL protocol", *k.URL)
				}
				b.URL = *k.URL
			}
			if k.Copy != nil {
				if kinds++; Units(k.Copy.Text) < 1 || Units(k.Copy.Text) > 256 {
					return nil, badRequest("BUTTON_COPY_TEXT_INVALID")
				}
				b.Copy = k.Copy.Text
			}
			for _, q := range []*string{k.Switch, k.Here} {
				if q != nil {
					kinds++
					b.Share = *q
				}
			}
			if k.Chosen != nil {
				kinds++
				b.Share = k.Chosen.Query
			}
			if Units(b.Share) > 256 {
				return nil, badRequest("BUTTON_SWITCH_QUERY_INVALID")
			}
			if kinds != 1 {
				return nil, badRequest("can't parse inline keyboard button: exactly one kind must be given, not %d", kinds)
			}
			if total++; total > 100 {
				return nil, badRequest("reply markup is too long")
			}
			buttons = append(buttons, b)
		}
		if len(buttons) > 8 {
			return nil, badRequest("a row has more than 8 buttons")
		}
		rows = append(rows, buttons)
	}
	return rows, nil
}

// parseText returns the text of a message or caption as a reader sees it, checked
// for its length in UTF-16 units.
func parseText(raw, mode string, limit int, what string) (string, []Entity, *Error) {
	text, entities := raw, []Entity(nil)
	switch mode {
	case "":
	case "HTML":
		var err error
		if text, entities, err = ParseHTML(raw); err != nil {
			return "", nil, badRequest("%v", err)
		}
	default:
		return "", nil, badRequest("unsupported parse_mode")
	}
	text = strings.TrimSpace(text)
	if Units(text) > limit {
		return "", nil, badRequest("%s is too long", what)
	}
	return text, entities, nil
}

// wire returns m as the Bot API sends it.
func (s *Server) wire(m *Message) map[string]any {
	from := s.me()
	if !m.Bot {
		from = m.From.wire()
	}
	w := map[string]any{"message_id": m.ID, "date": 1700000000, "from": from}
	if c := s.chats[m.ChatID]; c != nil {
		w["chat"] = c.wire()
	}
	if m.Thread != 0 {
		w["message_thread_id"], w["is_topic_message"] = m.Thread, true
	}
	if m.Text != "" {
		w["text"] = m.Text
	}
	if m.Caption != "" {
		w["caption"] = m.Caption
	}
	if len(m.Entities) > 0 {
		w["entities"] = m.Entities
	}
	if len(m.Buttons) > 0 {
		w["reply_markup"] = markupOf(m.Buttons)
	}
	if m.Caption != "" && len(marks(m.Caption)) > 0 {
		w["caption_entities"] = marks(m.Caption)
	}
	if r := s.messages[messageKey{m.ChatID, m.ReplyTo}]; r != nil && !r.Deleted {
		to := s.wire(r)
		delete(to, "reply_to_message")
		w["reply_to_message"] = to
	}
	return w
}

// markupOf is an inline keyboard as the Bot API sends it back.
func markupOf(rows [][]Button) map[string]any {
	var out [][]map[string]any
	for _, row := range rows {
		var list []map[string]any
		for _, b := range row {
			k := map[string]any{"text": b.Text}
			switch {
			case b.Data != "":
				k["callback_data"] = b.Data
			case b.URL != "":
				k["url"] = b.URL
			case b.Copy != "":
				k["copy_text"] = map[string]any{"text": b.Copy}
			default:
				k["switch_inline_query_chosen_chat"] = map[string]any{"query": b.Share}
			}
			list = append(list, k)
		}
		out = append(out, list)
	}
	return map[string]any{"inline_keyboard": out}
}

func (s *Server) me() map[string]any {
	return map[string]any{"id": s.ID, "is_bot": true, "first_name": "津问", "username": s.Name,
		"can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": true}
}
