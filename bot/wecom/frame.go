package wecom

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Commands of the long connection (developer.work.weixin.qq.com, 智能机器人长连接).
const (
	cmdSubscribe = "aibot_subscribe"
	cmdPing      = "ping"
	cmdMessage   = "aibot_msg_callback"        // in: somebody wrote
	cmdEvent     = "aibot_event_callback"      // in: somebody entered, pressed, rated; or we were replaced
	cmdRespond   = "aibot_respond_msg"         // out: to a message, under its req_id
	cmdWelcome   = "aibot_respond_welcome_msg" // out: to enter_chat, within 5 s
	cmdUpdate    = "aibot_respond_update_msg"  // out: to a pressed card, within 5 s
	cmdSend      = "aibot_send_msg"            // out: to a chat that wrote before, unasked
	cmdInit      = "aibot_upload_media_init"   // out: a file is to come
	cmdChunk     = "aibot_upload_media_chunk"  // out: a part of it
	cmdFinish    = "aibot_upload_media_finish" // out: all of it was sent
	eventEnter   = "enter_chat"                // first entry of a day
	eventPress   = "template_card_event"       // a button of a card
	eventGone    = "disconnected_event"        // another connection took our place
	respUpdate   = "update_template_card"      // body of cmdUpdate
	msgStream    = "stream"                    // a reply that can be sent again under its id
	maxFrame     = 1 << 20                     // bytes of a frame in: quoted answers make them large
	maxContent   = 20_480                      // bytes of a stream's content
	maxChunk     = 512 << 10                   // bytes of a part of a file
	maxChunks    = 100                         // parts of a file
	maxFileBytes = 20 << 20                    // bytes of a file
)

// Codes of refused frames.
const (
	codeReqID      = 846605 // the req_id serves no reply (any more)
	codeTooOften   = 846607 // 30 a minute, 1,000 an hour in one chat
	codeStreamOver = 846608 // the stream was finished
	codeSubscribe  = 846609 // the server holds us for not subscribed: the connection is dead
	codeSecret     = 853000 // wrong id or secret
	codeChat       = 93006  // no such chat, or one that never wrote
)

// ErrReplaced says that another connection subscribed with our bot id: a bot
// has one connection, and reconnecting would only kick the other in turn.
var ErrReplaced = errors.New("wecom: another connection took over this bot")

// ErrSecret says that WeCom knows no bot of this id and secret.
var ErrSecret = errors.New("wecom: bot id or secret is refused")

// A frame is one JSON text message of the connection, either way. An answer
// (ack) has no command.
type frame struct {
	Cmd     string          `json:"cmd,omitempty"`
	Headers headers         `json:"headers"`
	Body    json.RawMessage `json:"body,omitempty"`
	Code    int             `json:"errcode,omitempty"`
	Message string          `json:"errmsg,omitempty"`
}

type headers struct {
	ReqID string `json:"req_id"`
}

// A refusal is an ack with an error.
type refusal struct {
	cmd  string
	code int
	text string
}

func (r *refusal) Error() string {
	return fmt.Sprintf("wecom: %s: %s (%d)", r.cmd, r.text, r.code)
}

// refused returns the refusal that an ack is; nil if it is none.
func refused(cmd string, ack frame) error {
	if ack.Code == 0 {
		return nil
	}
	return &refusal{cmd, ack.Code, ack.Message}
}

// code returns the errcode of err; 0 if it is no refusal.
func code(err error) int {
	if r, ok := errors.AsType[*refusal](err); ok {
		return r.code
	}
	return 0
}
