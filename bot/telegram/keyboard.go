package telegram

import (
	"encoding/json"
	"net/url"
	"strings"

	"jinwen/handlers/chat"
)

// Limits of buttons (Bot API, InlineKeyboardButton and CopyTextButton; the
// number in a keyboard and in a row from limits.tginfo.me).
const (
	maxData    = 64  // bytes of callback data
	maxCopy    = 256 // UTF-16 units that are copied
	maxQuery   = 256 // UTF-16 units of an inline query
	maxButtons = 100
	maxRow     = 8
)

type markup struct {
	Rows [][]key `json:"inline_keyboard"`
}

type key struct {
	Text  string     `json:"text"`
	Data  string     `json:"callback_data,omitempty"`
	URL   string     `json:"url,omitempty"`
	Copy  *copyText  `json:"copy_text,omitempty"`
	Share *chosenFor `json:"switch_inline_query_chosen_chat,omitempty"`
}

type copyText struct {
	Text string `json:"text"`
}

type chosenFor struct {
	Query    string `json:"query"`
	Users    bool   `json:"allow_user_chats"`
	Groups   bool   `json:"allow_group_chats"`
	Channels bool   `json:"allow_channel_chats"`
}

// data returns what the buttons carry.
func (m *markup) data() []string {
	if m == nil {
		return nil
	}
	var out []string
	for _, row := range m.Rows {
		for _, k := range row {
			if k.Data != "" {
				out = append(out, k.Data)
			}
		}
	}
	return out
}

// keyboard returns the reply_markup for the buttons, "" for none. A button that
// Telegram would refuse, and with it the whole message, is left out; dropped
// is their number.
func keyboard(rows [][]chat.Button) (json string, dropped int) {
	m, dropped := keys(rows)
	if m == nil {
		return "", dropped
	}
	return encode(m), dropped
}

func keys(rows [][]chat.Button) (*markup, int) {
	m, dropped, total := &markup{}, 0, 0
	for _, row := range rows {
		var list []key
		for _, b := range row {
			k, ok := button(b)
			if !ok || total == maxButtons {
				dropped++
				continue
			}
			total++
			if list = append(list, k); len(list) == maxRow {
				m.Rows, list = append(m.Rows, list), nil
			}
		}
		if list != nil {
			m.Rows = append(m.Rows, list)
		}
	}
	if total == 0 {
		return nil, dropped
	}
	return m, dropped
}

// button is false for what Telegram would refuse.
func button(b chat.Button) (key, bool) {
	k := key{Text: strings.TrimSpace(chat.Clean(b.Text))}
	if chat.Blank(k.Text) {
		return k, false
	}
	switch {
	case b.Data != "":
		k.Data = b.Data
		return k, len(b.Data) <= maxData && chat.Clean(b.Data) == b.Data
	case b.URL != "":
		k.URL = b.URL
		u, err := url.Parse(b.URL)
		return k, err == nil && (u.Scheme == "tg" || (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Host, "."))
	case b.Copy != "":
		text := chat.Clean(b.Copy)
		k.Copy = &copyText{text}
		return k, !chat.Blank(text) && measure.Length(text) <= maxCopy
	case b.Share != "":
		k.Share = &chosenFor{Query: measure.Head(strings.TrimSpace(chat.Clean(b.Share)), maxQuery), Users: true, Groups: true, Channels: true}
		return k, true
	}
	return k, false
}

// encode returns v as JSON, for parameters of the Bot API.
func encode(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("bot: " + err.Error()) // own types of strings, numbers and booleans
	}
	return string(raw)
}
