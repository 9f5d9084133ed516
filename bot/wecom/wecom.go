// Package wecom is the bot on WeCom (企业微信) as a smart bot (智能机器人) over its
// long connection: an outbound WebSocket, so that no public address is needed.
//
// A message that came in is answered under its req_id with a stream of one
// finished frame, whose id is made from the message's own: sent again after a
// lost ack or another delivery of the message it stays one bubble. What comes
// out of turn, and what cannot go under a req_id any more, is pushed.
//
// Start reading with wecom.go; link.go is the connection, frame.go the
// protocol's words and limits, decode.go what comes in, reply.go what goes
// out, card.go buttons, upload.go files.
package wecom

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"jinwen/bot/dispatch"
	"jinwen/bot/render"
	"jinwen/handlers/chat"
)

// A WeCom is a bot on WeCom. Create it with New. It is a [chat.Sender].
type WeCom struct {
	opt     Options
	log     *slog.Logger
	guard   *dispatch.Guard
	link    *link
	decoder decoder
	screens *render.Screens
	cards   *dispatch.Recent[string, card] // shown, by task id
	inbox   chan call
}

// New checks the settings and needs no network.
func New(h chat.Handler, opt Options) (*WeCom, error) {
	opt, err := opt.withDefaults()
	if err != nil {
		return nil, err
	}
	if len(opt.Salt) == 0 {
		opt.Salt = make([]byte, 16)
		rand.Read(opt.Salt) // never fails
	}
	opt.Logger = opt.Logger.With("transport", "wecom")
	w := &WeCom{
		opt: opt, log: opt.Logger, guard: dispatch.NewGuard(h, opt.Parallel, opt.HandleTime, opt.Watch),
		decoder: decoder{name: opt.Name, admins: make(map[string]bool), lang: opt.Lang},
		screens: render.NewScreens(render.Options{Markdown: true, Limit: maxContent, Files: true}, 1),
		cards:   dispatch.NewRecent[string, card](10_000),
		inbox:   make(chan call, opt.Queue),
	}
	w.link = newLink(opt)
	for _, id := range opt.Admins {
		w.decoder.admins[id] = true
	}
	return w, nil
}

// Ready reports whether the bot is subscribed.
func (w *WeCom) Ready() bool { return w.link.ready() }

// Run answers until ctx ends and what was in hand is answered, for
// Options.StopTime at most; then it returns nil. It returns ErrReplaced when
// another connection took over the bot, and ErrSecret when WeCom refuses the
// id and secret.
func (w *WeCom) Run(ctx context.Context) error {
	// Three lives, each longer than the one before: taking in ends with ctx;
	// the work in hand after StopTime; the connection once that was said.
	linked, unlink := context.WithCancel(context.WithoutCancel(ctx))
	defer unlink()
	work, cut := context.WithCancel(linked)
	defer cut()
	intake, stop := context.WithCancel(ctx)
	defer stop()
	d := dispatch.New(w.opt.Queue, w.opt.PerUser, func(j dispatch.Job[call]) { w.answer(work, linked, j) })

	var wg sync.WaitGroup
	var lost error
	ended := make(chan struct{})
	wg.Go(func() {
		defer close(ended)
		lost = w.link.run(linked, w.receive)
	})
	fed := make(chan struct{})
	wg.Go(func() {
		defer close(fed)
		w.feed(intake, d)
	})
	select {
	case <-ctx.Done():
	case <-ended:
		w.log.Error("stopped", keyErr, lost, keyHint, hint(lost))
		unlink()
	}
	stop()
	<-fed
	limit, done := context.WithTimeout(linked, w.opt.StopTime)
	defer done()
	if !d.Wait(limit) {
		cut()
		last, done := context.WithTimeout(linked, w.opt.Limits.Ack)
		defer done()
		d.Wait(last)
		unlink()
		d.Wait(context.WithoutCancel(ctx))
	}
	unlink()
	wg.Wait()
	return lost
}

// hint says what to do about an error that ends Run.
func hint(err error) string {
	switch {
	case errors.Is(err, ErrReplaced):
		return "one bot has one connection: stop the other program that uses this bot id, then start again"
	case errors.Is(err, ErrSecret):
		return "copy wecom.bot_id and wecom.secret anew from the admin console (智能机器人, API mode, 长连接)"
	}
	return ""
}

// receive takes a frame from the connection. It must not wait: the acks of
// answers come the same way.
func (w *WeCom) receive(f frame) {
	if f.Cmd != cmdMessage && f.Cmd != cmdEvent {
		return
	}
	w.opt.met.messages.Inc()
	c, ok, err := w.decoder.decode(f)
	if err != nil {
		w.log.Warn("frame not understood", keyErr, err)
	}
	if !ok {
		return
	}
	select {
	case w.inbox <- c:
	default:
		w.opt.met.dropped.Inc()
		w.log.Warn("message dropped: too many in hand")
	}
}

// feed hands on what was received until ctx ends.
func (w *WeCom) feed(ctx context.Context, d *dispatch.Dispatcher[call]) {
	for {
		select {
		case <-ctx.Done():
			return
		case c := <-w.inbox:
			taken, err := d.Add(ctx, dispatch.Job[call]{
				Work: c, Lane: c.msg.Chat.ID, User: c.msg.User.ID, Got: time.Now(),
			})
			if err == nil && !taken {
				w.opt.met.dropped.Inc()
			}
		}
	}
}

// answer answers one call. The handler works under work, what it says goes out
// under linked: whoever is cut off is told so, since WeCom does not deliver a
// message again.
func (w *WeCom) answer(work, linked context.Context, j dispatch.Job[call]) {
	c := j.Work
	id := chat.ID(chat.WeCom, c.id)
	if c.id != "" && w.opt.Seen.Handled(id) {
		return // delivered again, as over a reconnection
	}
	out, cancel := context.WithTimeout(linked, w.opt.Limits.GiveUp)
	defer cancel()
	request := w.hash(id)
	work = chat.WithRequest(work, request)
	log := w.log.With(dispatch.KeyRequest, request, keyChat, w.hash(c.msg.Chat.ID))
	var err error
	if c.event == eventPress {
		if err = w.showPressed(out, c); err != nil {
			log.Warn("pressed card not updated", keyErr, err)
		}
	}
	rest := w.screens.Read(&c.msg)
	if rest != nil {
		err = w.deliver(out, c, rest, nil)
	} else {
		reply := w.handle(work, out, j, c, log)
		err = w.reply(out, c, reply)
	}
	if err != nil {
		w.opt.met.errors.Inc()
		log.Error("reply not delivered", keyErr, err)
		if out.Err() != nil {
			return // not marked: a second delivery is answered
		}
	}
	if c.id == "" {
		return
	}
	if err := w.opt.Seen.Mark(id); err != nil {
		log.Warn("message not marked", keyErr, err)
	}
}

// handle returns the handler's reply, or what is said in its place.
func (w *WeCom) handle(work, out context.Context, j dispatch.Job[call], c call, log *slog.Logger) chat.Reply {
	if j.Flood {
		return chat.Say(dispatch.TextsOf(c.msg.Lang).Flood)
	}
	reply, err := w.guard.Handle(work, c.msg, w.progress(out, c))
	if err == nil {
		return reply
	}
	w.opt.met.errors.Inc()
	if p, ok := errors.AsType[*chat.Panicked](err); ok {
		log.Error("handler panicked", keyPanic, p.What, keyStack, string(p.Stack))
	} else {
		log.Error("handler failed", keyErr, err)
	}
	return chat.Say(dispatch.Failed(err, c.msg.Lang))
}

// Send pushes a reply to a chat that wrote before.
func (w *WeCom) Send(ctx context.Context, to chat.Chat, r chat.Reply) error {
	local, ok := chat.Local(chat.WeCom, to.ID)
	if !ok {
		return fmt.Errorf("wecom: chat is not of WeCom")
	}
	c := call{to: address{ID: local, Group: to.Kind == chat.Group}, msg: chat.Message{Chat: to, Lang: w.opt.Lang}}
	return w.reply(ctx, c, r)
}

// hash returns what logs show for a chat.
func (w *WeCom) hash(id string) string { return dispatch.Hash(w.opt.Salt, id) }
