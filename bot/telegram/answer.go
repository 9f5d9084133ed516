package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// question is a message that was answered, and answer the messages that did,
// so that editing the one edits the other. They are kept in memory: after a
// restart an edited question gets a new answer.
type question struct{ chat, message int64 }

type answer struct {
	texts []int64
	files []int64
}

// target is where a reply goes.
type target struct {
	chat    int64
	thread  int
	replyTo int64           // message that it answers; 0 is none
	edit    []int64         // messages of text that it replaces, in order
	inline  string          // message sent through an inline query that it replaces
	parts   *dispatch.Parts // what is noted of its messages
}

// process answers one update. If ctx ends before that is done, the update
// stays in hand, unconfirmed.
func (t *Telegram) process(ctx context.Context, j dispatch.Job[incoming]) {
	in := j.Work
	log := t.log.With(dispatch.KeyRequest, in.key, keyUpdate, in.id, keyChat, t.hash.chat(in.chat()), keyKind, kindName(in, true))
	if in.msg.Kind == chat.KindLeft {
		t.sender.block(in.chat())
	} else {
		t.sender.unblock(in.chat())
	}
	t.greet(ctx, in)
	c := t.converse(ctx, in)
	var reply chat.Reply
	switch {
	case t.opt.Journal.Answered(in.key): // a crash kept it from being marked
		c.end()
		t.done(j, log)
		return
	case j.Flood:
		t.met.flooded.Inc()
		reply = say(in, dispatch.TextsOf(in.msg.Lang).Flood)
	default:
		var err error
		if reply, err = t.handle(ctx, c, log); err != nil {
			c.end()
			return
		}
	}
	err := c.safely(ctx, reply, log)
	if err == nil && reply.Menu != "" && in.msg.Chat.Kind == chat.Private && in.inlineID == "" {
		t.setMenu(ctx, in.chat(), in.msg.User.Admin, reply.Menu)
	}
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return
	case errors.Is(err, chat.ErrBlocked):
		log.Info("chat cannot be reached", keyErr, err)
	default:
		log.Error("reply could not be sent", keyErr, err)
	}
	t.opt.Journal.Complete(in.key)
	if c.to.parts.Unsure() > 0 && t.setAside(in, dispatch.ReasonUnsure, log) != nil {
		return
	}
	t.done(j, log)
}

// done marks an update as handled.
func (t *Telegram) done(j dispatch.Job[incoming], log *slog.Logger) {
	shift := t.opt.Watch.Begin("a handled update is being marked", markTime)
	err := t.opt.Seen.Mark(j.Work.key)
	shift.End()
	if err == nil {
		t.opt.Journal.Done(j.Work.key)
	} else {
		log.Error("handled update cannot be kept; a crash would answer it again", keyErr, err)
	}
	t.finish(j.Work.id, j.Work.key)
	t.met.handled.Inc()
	t.met.latency.Observe(time.Since(j.Got).Seconds())
	log.Debug("update handled", keyTook, time.Since(j.Got))
}

// say returns a reply of the transport's own.
func say(in incoming, text string) chat.Reply {
	switch in.msg.Kind {
	case chat.KindButton:
		return chat.Reply{Notice: text, Alert: true}
	case chat.KindInline:
		return chat.Reply{Inline: &chat.Inline{Private: true}}
	case chat.KindJoined, chat.KindLeft:
		return chat.Reply{}
	}
	return chat.Reply{Blocks: []chat.Block{{Kind: chat.Para, Text: text}}}
}

// conversation is the answering of one update.
type conversation struct {
	t      *Telegram
	in     incoming
	ctx    context.Context // of progress, which takes none
	to     target
	before answer      // to the question before it was edited
	late   *time.Timer // answers a pressed button if the handler takes long
	press  sync.Once
	shown  time.Time // last progress
	waits  bool      // progress stands in the chat, for the reply to replace
}

// showAgain is how many seconds are left between two signs of progress.
const showAgain = 2

func (t *Telegram) converse(ctx context.Context, in incoming) *conversation {
	c := &conversation{t: t, in: in, ctx: ctx, to: target{chat: in.chat(), thread: in.msg.Thread, replyTo: in.message, parts: t.opt.Journal.Parts(in.key)}}
	if in.msg.Kind == chat.KindEdit {
		c.before, _ = t.answers.Get(question{in.chat(), in.message})
		c.to.edit = c.before.texts
	}
	if in.callback != "" {
		c.late = time.AfterFunc(t.opt.Limits.seconds(showAgain), func() { c.answerPress(ctx, "", false) })
	}
	return c
}

// end ends what converse began.
func (c *conversation) end() {
	if c.late != nil && !c.late.Stop() {
		c.press.Do(func() {}) // waits for it
	}
}

// answerPress answers a pressed button, once; it reports whether it did so now.
// Telegram takes it for some 15 seconds; later is too late for it to matter.
func (c *conversation) answerPress(ctx context.Context, notice string, alert bool) (said bool) {
	c.press.Do(func() {
		said = true
		ctx, cancel := context.WithTimeout(ctx, c.t.opt.Limits.seconds(15))
		defer cancel()
		p := params("callback_query_id", c.in.callback, "text", measure.Head(strings.TrimSpace(chat.Clean(notice)), 200))
		if alert {
			p["show_alert"] = "true"
		}
		err := c.t.sender.sendAnywhere(ctx, func(ctx context.Context) error {
			_, err := c.t.client.call(ctx, "answerCallbackQuery", p, c.t.opt.Limits.Request)
			return err
		})
		if err != nil {
			c.t.log.Debug("pressed button not answered", keyUpdate, c.in.id, keyErr, err)
		}
	})
	return said
}

// progress shows how far long work has come, in the place of the reply. It is
// tried once, and left out if the last was a moment ago.
func (c *conversation) progress(r chat.Reply) {
	if c.in.inline != "" || c.in.inlineID != "" || time.Since(c.shown) < c.t.opt.Limits.seconds(showAgain) {
		return
	}
	c.shown = time.Now()
	parts := messages(r.Blocks, maxText)
	if len(parts) == 0 {
		return
	}
	c.replace(r)
	p, to := parts[0], c.to
	base := c.t.address(to.chat, to)
	method := "sendMessage"
	if len(to.edit) > 0 {
		method = "editMessageText"
		base = params("chat_id", strconv.FormatInt(to.chat, 10), "message_id", strconv.FormatInt(to.edit[0], 10))
	}
	c.t.addCommon(base, p.html, true, "")
	raw, err := c.t.client.call(c.ctx, method, base, c.t.opt.Limits.Request)
	if err != nil {
		c.t.log.Debug("progress not shown", keyUpdate, c.in.id, keyErr, err)
		return
	}
	c.waits = true
	if len(to.edit) == 0 {
		c.to.edit = []int64{messageID(raw)}
	}
}

// replace makes r replace the message under the pressed button, if it is to.
func (c *conversation) replace(r chat.Reply) {
	if r.Edit && c.in.pressed != nil && len(c.to.edit) == 0 && (c.in.pressed.Text != "" || len(r.Blocks) == 0) {
		c.to.edit = []int64{c.in.message}
	}
}

// safely delivers the reply, and an apology if what was to be sent panics.
func (c *conversation) safely(ctx context.Context, r chat.Reply, log *slog.Logger) error {
	err := chat.Recover(func() error { return c.deliver(ctx, r) })
	if p, ok := errors.AsType[*chat.Panicked](err); ok {
		c.t.met.panics.Inc()
		log.Error("reply panicked", keyPanic, p.What, keyStack, string(p.Stack))
		return c.deliver(ctx, say(c.in, dispatch.TextsOf(c.in.msg.Lang).Apology))
	}
	return err
}

// deliver sends the reply, whatever it is.
func (c *conversation) deliver(ctx context.Context, r chat.Reply) error {
	t, in := c.t, c.in
	switch {
	case in.inline != "":
		return t.answerInline(ctx, in.inline, r.Inline)
	case in.msg.Kind == chat.KindLeft:
		return nil
	}
	if in.callback != "" {
		c.late.Stop()
		if said := c.answerPress(ctx, r.Notice, r.Alert); (!said || c.waits) && r.Notice != "" && len(r.Blocks) == 0 {
			r.Blocks = []chat.Block{{Kind: chat.Para, Text: r.Notice}} // too late for a notice alone
			r.Edit = false
		}
	}
	if len(r.Blocks) == 0 && len(r.Files) == 0 && r.Then == nil && !(r.Edit && len(r.Buttons) > 0) {
		return nil
	}
	if r.Edit && in.inlineID != "" {
		c.to.inline = in.inlineID
	} else {
		c.replace(r)
	}
	leave, err := t.sender.hold(ctx, c.to.chat)
	if err != nil {
		return err
	}
	defer leave()
	now, err := t.post(ctx, c.to, r)
	if in.msg.Kind == chat.KindText || in.msg.Kind == chat.KindEdit {
		for _, id := range c.before.files {
			t.remove(ctx, c.to.chat, id)
		}
		if len(now.texts)+len(now.files) > 0 {
			t.answers.Put(question{in.chat(), in.message}, now)
		}
	}
	return err
}

// Send sends a reply to a chat out of turn, at no more than half of the overall
// pace and when no answer waits for it. It returns handlers.ErrBlocked if the
// chat cannot be reached any more, and keeps trying until ctx ends otherwise.
// A reply that is on its way when ctx ends is finished first, for up to
// Options.StopTime: cut off, nobody could say whether it arrived, and it would
// be sent again. Safe for concurrent use; only while Run runs.
func (t *Telegram) Send(ctx context.Context, c chat.Chat, r chat.Reply) error {
	id, ok := numberOf(c.ID)
	if !ok {
		return errors.New("telegram: not a chat of Telegram's")
	}
	if t.sender.isBlocked(id) {
		return chat.ErrBlocked
	}
	paced, err := t.sender.waitBulk(ctx)
	if err != nil {
		return err
	}
	leave, err := t.sender.hold(ctx, id)
	if err != nil {
		return err
	}
	defer leave()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	ctx, cancel := withGrace(paced, t.opt.StopTime)
	defer cancel()
	_, err = t.post(ctx, target{chat: id}, r)
	return err
}

// withGrace returns a context that ends d after ctx does.
func withGrace(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	out, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		if sleep(out, d) == nil {
			cancel()
		}
	})
	return out, func() { stop(); cancel() }
}

// messageID reads the id of a message that was sent; 0 if the answer is none.
func messageID(raw json.RawMessage) int64 {
	var m struct {
		ID int64 `json:"message_id"`
	}
	if json.Unmarshal(raw, &m) != nil { // true, of an inline edit
		return 0
	}
	return m.ID
}
