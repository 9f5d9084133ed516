package wecom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"jinwen/bot/render"
	"jinwen/handlers/chat"
)

// reply shows a reply to c: its text as one bubble with what does not fit
// behind 更多, its buttons as a card where a card can show them, its files.
func (w *WeCom) reply(ctx context.Context, c call, r chat.Reply) error {
	var buttons *card
	if r.Then == nil && !c.to.Group && c.event != eventEnter {
		if x, ok := cardOf(r.Buttons, table.In(r.Lang).Card, newID()); ok {
			buttons, r.Buttons = &x, nil
		}
	}
	return w.deliver(ctx, c, w.screens.Show(c.msg.Chat.ID, r), buttons)
}

// deliver sends messages to c's chat, and the card behind them.
func (w *WeCom) deliver(ctx context.Context, c call, messages []render.Message, buttons *card) error {
	var failed []error
	for _, m := range messages {
		if m.Text != "" {
			failed = append(failed, w.say(ctx, c, m.Text))
		}
		for _, f := range m.Files {
			failed = append(failed, w.file(ctx, c, f))
		}
	}
	if buttons != nil {
		w.cards.Put(buttons.TaskID, *buttons)
		err := w.show(ctx, c, map[string]any{"msgtype": "template_card", "template_card": buttons})
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// say shows a text.
func (w *WeCom) say(ctx context.Context, c call, text string) error {
	switch c.event {
	case "":
		return w.stream(ctx, c, text, true)
	case eventEnter:
		body := map[string]any{"msgtype": "text", "text": content{text}}
		if _, err := w.link.call(ctx, cmdWelcome, c.reqID, body); code(err) != codeReqID {
			return err
		}
	}
	return w.push(ctx, c, map[string]any{"msgtype": "markdown", "markdown": content{text}})
}

// stream shows a text in the bubble of c's message: the whole of it each time,
// the last time with end. Sent again it changes nothing.
func (w *WeCom) stream(ctx context.Context, c call, text string, end bool) error {
	if c.reqID == "" {
		return w.push(ctx, c, map[string]any{"msgtype": "markdown", "markdown": content{text}})
	}
	_, err := w.link.call(ctx, cmdRespond, c.reqID, map[string]any{
		"msgtype": msgStream,
		"stream":  map[string]any{"id": c.bubble(), "finish": end, "content": text},
	})
	switch {
	case code(err) == codeStreamOver && end:
		return nil // it arrived, and the ack was lost
	case code(err) == codeReqID && end:
		return w.push(ctx, c, map[string]any{"msgtype": "markdown", "markdown": content{text}})
	}
	return err
}

// bubble returns the id of the stream that answers c: the same for every delivery
// of one message.
func (c call) bubble() string {
	sum := sha256.Sum256([]byte(c.id))
	return hex.EncodeToString(sum[:12])
}

// progress returns what shows how far long work is.
func (w *WeCom) progress(ctx context.Context, c call) func(chat.Reply) {
	return func(r chat.Reply) {
		if c.event != "" || c.reqID == "" {
			return
		}
		opt := render.Options{Markdown: true, Limit: maxContent}
		if all := render.Reply(r, opt); len(all) > 0 && all[0].Text != "" {
			if err := w.stream(ctx, c, all[0].Text, false); err != nil {
				w.log.Warn("progress not shown", keyErr, err)
			}
		}
	}
}

// file uploads a file and shows it.
func (w *WeCom) file(ctx context.Context, c call, a chat.Attachment) error {
	kind, id, err := w.upload(ctx, a)
	if err != nil {
		return err
	}
	return w.show(ctx, c, map[string]any{"msgtype": kind, kind: map[string]string{"media_id": id}})
}

// show sends a body under the req_id of c's message, or pushes it.
func (w *WeCom) show(ctx context.Context, c call, body map[string]any) error {
	if c.event == "" && c.reqID != "" {
		if _, err := w.link.call(ctx, cmdRespond, c.reqID, body); code(err) != codeReqID {
			return err
		}
	}
	return w.push(ctx, c, body)
}

// push sends a body that answers no message.
func (w *WeCom) push(ctx context.Context, c call, body map[string]any) error {
	body["chatid"], body["chat_type"] = c.to.ID, c.to.chatType()
	_, err := w.link.call(ctx, cmdSend, newID(), body)
	if code(err) == codeChat {
		return chat.ErrBlocked
	}
	return err
}

// showPressed marks on a card the button that was pressed.
func (w *WeCom) showPressed(ctx context.Context, c call) error {
	was, ok := w.cards.Get(c.task)
	if !ok {
		was = card{Title: cardTitle{table.In(chat.LangOf(c.msg.Lang)).Card}}
	}
	chosen := cardButton{Text: table.In(chat.LangOf(c.msg.Lang)).Chosen, Key: c.msg.Data}
	for _, b := range was.Buttons {
		if b.Key == c.msg.Data {
			chosen = b
		}
	}
	_, err := w.link.call(ctx, cmdUpdate, c.reqID, map[string]any{
		"response_type": respUpdate, "template_card": pressed(was.Title.Title, c.task, chosen),
	})
	return err
}

// texts are those that this transport itself says.
type texts struct {
	Card   string // title of a card of buttons
	Chosen string // button of a card that is no longer known
}

var table = chat.Texts[texts]{
	Hans:    texts{Card: "还可以看", Chosen: "已选择"},
	Hant:    texts{Card: "還可以看", Chosen: "已選擇"},
	English: texts{Card: "More", Chosen: "Chosen"},
}
