package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// post sends a reply and what comes after it (Reply.Then), and returns the
// messages that now hold it. What a reply replaces (to.edit) is edited as far
// as it goes; what is left over of it is deleted. A refused message does not
// keep the rest from being sent; the first error is returned.
func (t *Telegram) post(ctx context.Context, to target, r chat.Reply) (now answer, err error) {
	keep := func(e error) bool {
		if err == nil {
			err = e
		}
		return e != nil && (ctx.Err() != nil || errors.Is(e, chat.ErrBlocked) || errors.Is(e, errGivenUp))
	}
	for next := &r; next != nil; next = next.Then {
		parts := messages(next.Blocks, maxText)
		buttons, dropped := keyboard(next.Buttons)
		if dropped > 0 {
			t.log.Warn("buttons left out that Telegram would refuse", keyCount, dropped)
		}
		if len(parts) == 0 && len(next.Files) == 0 && next.Edit && buttons != "" {
			if keep(t.changeButtons(ctx, to, buttons)) {
				return now, err
			}
			to.edit = nil
		}
		for i, p := range parts {
			last := ""
			if i == len(parts)-1 {
				last = buttons
			}
			if to.inline != "" {
				if i == 0 { // an inline message is one message
					keep(t.editInline(ctx, to.inline, p, buttons))
				}
				continue
			}
			id, e := t.text(ctx, &to, p, last)
			if e == nil && id != 0 {
				now.texts = append(now.texts, id)
			}
			if keep(e) {
				return now, err
			}
		}
		if to.inline != "" {
			return now, err
		}
		for i, f := range next.Files {
			last := ""
			if i == len(next.Files)-1 && len(parts) == 0 {
				last = buttons
			}
			ids, e := t.file(ctx, &to, f, last)
			now.files = append(now.files, ids...)
			if keep(e) {
				return now, err
			}
		}
	}
	for _, id := range to.edit {
		t.remove(ctx, to.chat, id)
	}
	return now, err
}

// text sends one message of text, or edits the next one that is to be replaced.
func (t *Telegram) text(ctx context.Context, to *target, p part, buttons string) (id int64, err error) {
	part, id, over := to.parts.Next()
	if over {
		if len(to.edit) > 0 {
			to.edit = to.edit[1:]
		}
		to.replyTo = 0
		return id, nil
	}
	if len(to.edit) > 0 {
		old := to.edit[0]
		to.edit = to.edit[1:]
		_, err := t.words(ctx, to, p, buttons, dispatch.Part{}, func(chat int64) (string, tgbotapi.Params) {
			return "editMessageText", params("chat_id", strconv.FormatInt(chat, 10), "message_id", strconv.FormatInt(old, 10))
		})
		var e *apiError
		if err == nil {
			part.Accepted(old)
		}
		if !errors.As(err, &e) || errors.Is(err, chat.ErrBlocked) {
			to.replyTo = 0
			return old, err
		}
		// It was deleted, or is not ours to edit any more.
		t.log.Debug("message cannot be edited, a new one is sent", keyChat, t.hash.chat(to.chat), keyErr, err)
	}
	raw, err := t.words(ctx, to, p, buttons, part, func(chat int64) (string, tgbotapi.Params) {
		return "sendMessage", t.address(chat, *to)
	})
	if err == nil {
		to.replyTo = 0 // only the first message of a reply is one
	}
	return messageID(raw), err
}

// words sends a text with its markup, as plain text if Telegram refuses the
// markup, and without its buttons if it refuses those.
func (t *Telegram) words(ctx context.Context, to *target, p part, buttons string, noted dispatch.Part, request func(chat int64) (string, tgbotapi.Params)) (raw json.RawMessage, err error) {
	chat := to.chat
	send := func(text string, html bool, buttons string) error {
		return t.sender.sendTo(ctx, chat, func(ctx context.Context, chat int64) error {
			method, ps := request(chat)
			t.addCommon(ps, text, html, buttons)
			return t.note(ctx, noted, func() (json.RawMessage, error) {
				var err error
				raw, err = t.client.call(ctx, method, ps, t.opt.Limits.Request)
				return raw, err
			})
		})
	}
	text, html := p.html, true
	err = send(text, html, buttons)
	if to.thread != 0 && refusedFor(err, gone...) {
		t.log.Info("topic is gone, sent to the group", keyChat, t.hash.chat(chat))
		to.thread = 0
		err = send(text, html, buttons)
	}
	if refusedFor(err, "parse entities", "entity", "entities") {
		t.log.Warn("markup refused, sent as plain text", keyChat, t.hash.chat(chat), keyErr, err)
		text, html = p.plain, false
		err = send(text, html, buttons)
	}
	if buttons != "" && refusedFor(err, "button", "markup", "keyboard") {
		t.log.Warn("buttons refused, sent without", keyChat, t.hash.chat(chat), keyErr, err)
		err = send(text, html, "")
	}
	return raw, err
}

// note makes a request that sends a part of an answer, and notes what became
// of it where that is certain.
func (t *Telegram) note(ctx context.Context, p dispatch.Part, request func() (json.RawMessage, error)) error {
	if p != (dispatch.Part{}) {
		leave, err := t.sender.flight.Enter(ctx)
		if err != nil {
			return err
		}
		defer leave()
	}
	p.Sending()
	raw, err := request()
	v, e := judge(err)
	var down *net.OpError
	switch {
	case err == nil:
		p.Accepted(messageID(raw))
	case e != nil && v != stubborn && v != again, errors.As(err, &down) && down.Op == "dial":
		p.Refused()
	}
	return err
}

// addCommon adds to a request what all messages of text have.
func (t *Telegram) addCommon(p tgbotapi.Params, text string, html bool, buttons string) {
	p["text"] = text
	if html {
		p["parse_mode"] = "HTML"
	}
	p["link_preview_options"] = `{"is_disabled":true}`
	p.AddNonEmpty("reply_markup", buttons)
}

// address returns the parameters that say where a message goes.
func (t *Telegram) address(chat int64, to target) tgbotapi.Params {
	p := params("chat_id", strconv.FormatInt(chat, 10))
	p.AddNonZero("message_thread_id", to.thread)
	if to.replyTo != 0 {
		p["reply_parameters"] = encode(struct {
			ID    int64 `json:"message_id"`
			Allow bool  `json:"allow_sending_without_reply"`
		}{to.replyTo, true})
	}
	return p
}

// editInline replaces a message that was sent through an inline query. It has
// no chat that we know of, so no limits of one.
func (t *Telegram) editInline(ctx context.Context, id string, p part, buttons string) error {
	send := func(text string, html bool) error {
		return t.sender.sendAnywhere(ctx, func(ctx context.Context) error {
			if err := t.sender.pass(ctx, nil); err != nil {
				return err
			}
			if err := t.sender.overall.Wait(ctx); err != nil {
				return cause(ctx, err)
			}
			ps := params("inline_message_id", id)
			t.addCommon(ps, text, html, buttons)
			_, err := t.client.call(ctx, "editMessageText", ps, t.opt.Limits.Request)
			return err
		})
	}
	err := send(p.html, true)
	if refusedFor(err, "parse entities", "entity", "entities") {
		t.log.Warn("markup refused, sent as plain text", keyErr, err)
		err = send(p.plain, false)
	}
	return err
}

// gone are Telegram's words for a forum topic that was deleted or closed.
var gone = []string{"message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid"}

// changeButtons replaces the buttons of a message and leaves its text.
func (t *Telegram) changeButtons(ctx context.Context, to target, buttons string) error {
	edit := func(ctx context.Context, p tgbotapi.Params) error {
		p["reply_markup"] = buttons
		_, err := t.client.call(ctx, "editMessageReplyMarkup", p, t.opt.Limits.Request)
		return err
	}
	if to.inline != "" {
		return t.sender.sendAnywhere(ctx, func(ctx context.Context) error { return edit(ctx, params("inline_message_id", to.inline)) })
	}
	if len(to.edit) == 0 {
		return nil // nothing to put them under
	}
	return t.sender.sendTo(ctx, to.chat, func(ctx context.Context, chat int64) error {
		return edit(ctx, params("chat_id", strconv.FormatInt(chat, 10), "message_id", strconv.FormatInt(to.edit[0], 10)))
	})
}

// file sends an attachment. A caption that is too long goes out as text after
// it, and a picture that Telegram cannot show as a file.
func (t *Telegram) file(ctx context.Context, to *target, f chat.Attachment, buttons string) (ids []int64, err error) {
	caption := strings.TrimSpace(chat.Clean(f.Caption))
	rest := ""
	if measure.Length(caption) > maxCaption {
		caption, rest = "", caption
	}
	part, id, over := to.parts.Next()
	if over && id == 0 {
		return nil, nil
	} else if over {
		return []int64{id}, nil
	}
	send := func(method, field string) error {
		return t.sender.sendTo(ctx, to.chat, func(ctx context.Context, chat int64) error {
			p := t.address(chat, *to)
			p.AddNonEmpty("caption", caption)
			p.AddNonEmpty("reply_markup", buttons)
			return t.note(ctx, part, func() (json.RawMessage, error) {
				raw, err := t.client.upload(ctx, method, p, field, fileName(f.Name), f.Data)
				if err == nil {
					ids = append(ids, messageID(raw))
				}
				return raw, err
			})
		})
	}
	send = t.inGroup(to, send)
	err = errNoPicture
	if f.Image {
		err = send("sendPhoto", "photo")
		if refusedFor(err, "photo", "image", "too large") {
			t.log.Warn("picture refused, sent as a file", keyChat, t.hash.chat(to.chat), keyErr, err)
			err = errNoPicture
		}
	}
	if errors.Is(err, errNoPicture) {
		err = send("sendDocument", "document")
	}
	if err != nil {
		return ids, err
	}
	to.replyTo = 0
	for _, p := range messages([]chat.Block{{Kind: chat.Para, Text: rest}}, maxText) {
		to := target{chat: to.chat, thread: to.thread, parts: to.parts}
		id, err := t.text(ctx, &to, p, "")
		if err != nil {
			return ids, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// inGroup returns send, that sends once more to the group itself if the topic is gone.
func (t *Telegram) inGroup(to *target, send func(method, field string) error) func(method, field string) error {
	return func(method, field string) error {
		err := send(method, field)
		if to.thread != 0 && refusedFor(err, gone...) {
			to.thread = 0
			err = send(method, field)
		}
		return err
	}
}

// errNoPicture is an attachment that is to be sent as a file.
var errNoPicture = errors.New("not a picture")

// fileName returns a name that is safe in a form and never empty.
func fileName(name string) string {
	if name = strings.TrimSpace(chat.Clean(name)); name == "" {
		return "file"
	}
	return name
}

// remove deletes a message of ours, if it is still there.
func (t *Telegram) remove(ctx context.Context, chat, id int64) {
	err := t.sender.sendTo(ctx, chat, func(ctx context.Context, chat int64) error {
		_, err := t.client.call(ctx, "deleteMessage",
			params("chat_id", strconv.FormatInt(chat, 10), "message_id", strconv.FormatInt(id, 10)), t.opt.Limits.Request)
		return err
	})
	if err != nil {
		t.log.Debug("message not deleted", keyChat, t.hash.chat(chat), keyErr, err)
	}
}

// refusedFor reports whether err is a refusal for good whose description holds
// one of the phrases.
func refusedFor(err error, phrases ...string) bool {
	if err == nil || errors.Is(err, chat.ErrBlocked) {
		return false
	}
	v, e := judge(err)
	return v == refused && e != nil && e.says(phrases...)
}
