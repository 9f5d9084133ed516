package telegram

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
)

// allowedUpdates is sent with every poll and webhook: left out, Telegram keeps
// whatever list was set before.
const allowedUpdates = `["message","edited_message","callback_query","inline_query","my_chat_member"]`

// update and the types below are the parts of the Bot API's types of the same
// names that are read. The library's own types end with Bot API 5.5, without
// forum topics.
type update struct {
	ID            int64          `json:"update_id"`
	Message       *message       `json:"message"`
	EditedMessage *message       `json:"edited_message"`
	CallbackQuery *callbackQuery `json:"callback_query"`
	InlineQuery   *inlineQuery   `json:"inline_query"`
	MyChatMember  *memberChange  `json:"my_chat_member"`

	raw []byte // as it came
}

// lane returns what is kept in order where several processes share the work: the
// chat, or the person who asks from another.
func (u *update) lane() string {
	switch {
	case u.Message != nil:
		return idOf(u.Message.Chat.ID)
	case u.EditedMessage != nil:
		return idOf(u.EditedMessage.Chat.ID)
	case u.CallbackQuery != nil && u.CallbackQuery.Message != nil:
		return idOf(u.CallbackQuery.Message.Chat.ID)
	case u.CallbackQuery != nil:
		return idOf(u.CallbackQuery.From.ID)
	case u.InlineQuery != nil:
		return "inline:" + idOf(u.InlineQuery.From.ID)
	case u.MyChatMember != nil:
		return idOf(u.MyChatMember.Chat.ID)
	}
	return ""
}

type user struct {
	ID    int64  `json:"id"`
	IsBot bool   `json:"is_bot"`
	Name  string `json:"username"`
	Lang  string `json:"language_code"`
}

type room struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

type message struct {
	ID        int64    `json:"message_id"`
	Date      int64    `json:"date"` // 0: the message cannot be accessed any more
	Thread    int      `json:"message_thread_id"`
	IsTopic   bool     `json:"is_topic_message"`
	From      *user    `json:"from"`
	Sender    *room    `json:"sender_chat"`
	ViaBot    *user    `json:"via_bot"`
	Forwarded bool     `json:"is_automatic_forward"`
	Chat      room     `json:"chat"`
	ReplyTo   *message `json:"reply_to_message"`
	Quote     *struct {
		Text string `json:"text"`
	} `json:"quote"` // of ReplyTo, marked by hand
	Markup *markup `json:"reply_markup"`
	Album  string  `json:"media_group_id"`

	Text            string    `json:"text"`
	Entities        []entity  `json:"entities"`
	Caption         string    `json:"caption"`
	CaptionEntities []entity  `json:"caption_entities"`
	Document        *document `json:"document"`
	MigrateTo       int64     `json:"migrate_to_chat_id"`
	TopicCreated    present   `json:"forum_topic_created"`

	// What else a person can send. An animation comes with a document as well.
	Animation present `json:"animation"`
	Audio     present `json:"audio"`
	Checklist present `json:"checklist"`
	Contact   present `json:"contact"`
	Dice      present `json:"dice"`
	Game      present `json:"game"`
	Location  present `json:"location"`
	PaidMedia present `json:"paid_media"`
	Photo     present `json:"photo"`
	Poll      present `json:"poll"`
	Sticker   present `json:"sticker"`
	Story     present `json:"story"`
	Venue     present `json:"venue"`
	Video     present `json:"video"`
	VideoNote present `json:"video_note"`
	Voice     present `json:"voice"`
}

// other reports whether the message is something a person sent that is neither
// a text nor a document.
func (m *message) other() bool {
	return bool(m.Animation || m.Audio || m.Checklist || m.Contact || m.Dice || m.Game || m.Location ||
		m.PaidMedia || m.Photo || m.Poll || m.Sticker || m.Story || m.Venue || m.Video || m.VideoNote || m.Voice)
}

// present is a field of which only the presence matters, whatever its type.
type present bool

func (p *present) UnmarshalJSON(raw []byte) error {
	*p = present(!bytes.Equal(raw, []byte("null")))
	return nil
}

type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"` // UTF-16 units
	Length int    `json:"length"` // UTF-16 units
	User   *user  `json:"user"`
}

type document struct {
	ID   string `json:"file_id"`
	Name string `json:"file_name"`
	Size int64  `json:"file_size"`
}

type callbackQuery struct {
	ID       string   `json:"id"`
	From     user     `json:"from"`
	Message  *message `json:"message"`
	InlineID string   `json:"inline_message_id"`
	Data     string   `json:"data"`
}

type inlineQuery struct {
	ID     string `json:"id"`
	From   user   `json:"from"`
	Query  string `json:"query"`
	Offset string `json:"offset"`
}

type memberChange struct {
	Chat room   `json:"chat"`
	From user   `json:"from"`
	Old  member `json:"old_chat_member"`
	New  member `json:"new_chat_member"`
}

type member struct {
	Status   string `json:"status"`
	IsMember bool   `json:"is_member"` // of status "restricted"
}

// in reports whether the member is in the chat.
func (m member) in() bool {
	switch m.Status {
	case "creator", "administrator", "member":
		return true
	}
	return m.Status == "restricted" && m.IsMember
}

// errPoison is an update that cannot be decoded.
var errPoison = errors.New("update cannot be decoded")

var idPattern = regexp.MustCompile(`"update_id"\s*:\s*(\d{1,18})\b`)

// parseUpdate decodes one element of an answer to getUpdates. On errPoison the
// id is set if it can be made out, and field names the first thing that does
// not fit; the error shows no content.
func parseUpdate(raw []byte) (u update, field string, err error) {
	if err := json.Unmarshal(raw, &u); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			field = wrong.Field
		}
		u = update{}
		if m := idPattern.FindSubmatch(raw); m != nil {
			u.ID, _ = strconv.ParseInt(string(m[1]), 10, 64) // 18 digits fit
		}
		return u, field, errPoison
	}
	if u.ID <= 0 {
		return update{}, "update_id", errPoison
	}
	u.raw = raw
	return u, "", nil
}
