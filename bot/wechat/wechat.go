// Package wechat is the bot on WeChat as an Official Account (公众号): an HTTP
// handler that WeChat calls for every message, and that answers in the same
// exchange.
//
// WeChat waits five seconds and calls again with the same message, three times
// in all. Each call of one message waits for the one answer; after four
// seconds it gets something to tide it over. What a reply of 2,047 bytes cannot
// hold comes for 更多, and buttons are numbered choices.
//
// Start reading with wechat.go; serve.go is the HTTP side, crypt.go signatures
// and encryption, message.go what is exchanged, api.go customer-service
// messages.
package wechat

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"jinwen/bot/dispatch"
	"jinwen/bot/render"
	"jinwen/handlers/chat"
)

// Limits of what is said (developers.weixin.qq.com; bytes of UTF-8).
const (
	maxContent = 2047 // a reply in the exchange
	maxCustom  = 2048 // a customer-service message
	maxLate    = 3    // customer-service messages for one late answer; WeChat takes five
)

// A WeChat is a bot on an Official Account. Create it with New, serve it as an
// http.Handler, and Run it. It is a [chat.Sender].
type WeChat struct {
	opt      Options
	log      *slog.Logger
	met      *metrics
	crypts   []*Crypt
	guard    *dispatch.Guard
	dispatch *dispatch.Dispatcher[*exchange]
	screens  *render.Screens
	api      *api // nil without a secret
	admins   map[string]bool

	mu     sync.Mutex
	recent *dispatch.Recent[string, *exchange] // by key, for deliveries to come
	late   *dispatch.Recent[string, *exchange] // by chat: answers that nobody has read

	work context.Context // of handlers; ends with Run
	cut  context.CancelFunc
}

// An exchange is one message on its way to its answer, over all deliveries.
type exchange struct {
	in   inbound
	of   *exchange     // the late one whose answer this asks for; nil if it is a message by itself
	done chan struct{} // closed when text is set
	text string        // what is said; "" is nothing
	more []string      // what follows as customer-service messages, if it is late

	mu   sync.Mutex
	push bool // the answer goes out as customer-service messages
}

// New checks the settings and needs no network.
func New(h chat.Handler, opt Options) (*WeChat, error) {
	opt, crypts, err := opt.withDefaults()
	if err != nil {
		return nil, err
	}
	met, err := newMetrics(opt.Registry)
	if err != nil {
		return nil, err
	}
	if len(opt.Salt) == 0 {
		opt.Salt = make([]byte, 16)
		rand.Read(opt.Salt) // never fails
	}
	w := &WeChat{
		opt: opt, log: opt.Logger.With("transport", "wechat"), met: met, crypts: crypts,
		guard:   dispatch.NewGuard(h, opt.Parallel, opt.HandleTime, opt.Watch),
		screens: render.NewScreens(render.Options{Limit: maxContent, Link: link}, 1),
		admins:  make(map[string]bool),
		recent:  dispatch.NewRecent[string, *exchange](20_000), late: dispatch.NewRecent[string, *exchange](10_000),
	}
	for _, id := range opt.Admins {
		w.admins[id] = true
	}
	if opt.Secret != "" {
		w.api = &api{base: opt.API, appID: opt.AppID, secret: opt.Secret, client: opt.Client}
	}
	w.work, w.cut = context.WithCancel(context.Background())
	w.dispatch = dispatch.New(opt.Queue, opt.PerUser, w.answer)
	return w, nil
}

// Run waits until ctx ends and then for what is in hand, 20 seconds at most.
func (w *WeChat) Run(ctx context.Context) error {
	<-ctx.Done()
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	w.dispatch.Wait(limit)
	w.cut()
	w.dispatch.Wait(context.WithoutCancel(ctx))
	return nil
}

// link returns a link as WeChat shows it.
func link(text, url string) string {
	return `<a href="` + strings.NewReplacer(`"`, "%22", "<", "%3C", ">", "%3E").Replace(url) + `">` +
		strings.NewReplacer("<", "‹", ">", "›").Replace(text) + "</a>"
}

var tag = regexp.MustCompile(`(?i)<(/?a)`)

// unlinked returns r without what WeChat would take for a link of ours: people
// write such things, and replies repeat their words.
func unlinked(r chat.Reply) chat.Reply {
	r.Blocks = slices.Clone(r.Blocks)
	for i := range r.Blocks {
		r.Blocks[i].Text = tag.ReplaceAllString(r.Blocks[i].Text, "‹$1")
	}
	if r.Then != nil {
		then := unlinked(*r.Then)
		r.Then = &then
	}
	return r
}

// take returns the exchange of a message, and whether this is its first
// delivery.
func (w *WeChat) take(in inbound) (x *exchange, first bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if x, ok := w.recent.Get(in.key()); ok {
		return x, false
	}
	x = &exchange{in: in, done: make(chan struct{})}
	if late, _ := w.late.Get(in.From); late != nil && asksForMore(in.Content) {
		x.of = late
		w.late.Put(in.From, nil)
	}
	w.recent.Put(in.key(), x)
	return x, true
}

// asksForMore reports whether a text asks for an answer that was announced.
func asksForMore(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "更多", "继续", "繼續", "more":
		return true
	}
	return false
}

// begin lets a message be answered, in the order of its chat.
func (w *WeChat) begin(ctx context.Context, x *exchange) {
	w.met.messages.Inc()
	if x.of != nil {
		return
	}
	id := chat.ID(chat.WeChat, x.in.From)
	taken, err := w.dispatch.Add(ctx, dispatch.Job[*exchange]{Work: x, Lane: id, User: id, Got: time.Now()})
	if err != nil || !taken {
		close(x.done) // turned away, and told so before: nothing more is said
	}
}

// message returns what a person did.
func (w *WeChat) message(in inbound) (m chat.Message, ok bool) {
	id := chat.ID(chat.WeChat, in.From)
	m = chat.Message{
		Chat: chat.Chat{ID: id}, User: chat.User{ID: id, Admin: w.admins[in.From]},
		Lacks: chat.Lacks{Buttons: true, Pictures: true, Files: true, Edits: true},
	}
	switch in.Type {
	case typeText:
		m.Text = strings.TrimSpace(in.Content)
	case typeVoice:
		m.Text = strings.TrimSpace(in.Recognition)
		if m.Text == "" {
			m.Kind = chat.KindOther // not recognised: the person is asked to type
		}
	case typeEvent:
		switch in.Event {
		case eventSubscribe, eventScan:
			m.Command = "start"
		case eventUnsubscribe:
			m.Kind = chat.KindLeft
		case eventClick:
			m.Text = strings.TrimSpace(in.EventKey)
		default:
			return m, false
		}
	default:
		m.Kind = chat.KindOther
	}
	if rest, ok := strings.CutPrefix(m.Text, "/"); ok {
		m.Command, m.Args, _ = strings.Cut(rest, " ")
		m.Args = strings.TrimSpace(m.Args)
	}
	return m, true
}

// answer answers one message.
func (w *WeChat) answer(j dispatch.Job[*exchange]) {
	x := j.Work
	defer w.finish(x)
	m, ok := w.message(x.in)
	if !ok {
		return
	}
	id := chat.ID(chat.WeChat, x.in.key())
	if w.opt.Seen.Handled(id) {
		return // delivered again after a restart; it was answered
	}
	request := w.hash(id)
	log := w.log.With(dispatch.KeyRequest, request, keyChat, w.hash(m.Chat.ID))
	question := m.Text
	all := w.screens.Read(&m)
	if all == nil {
		reply := w.handle(chat.WithRequest(w.work, request), j, m, log)
		if m.Kind == chat.KindText && m.Command == "" && question != "" {
			reply.Buttons = append(reply.Buttons, w.links(question, reply)...)
		}
		all = w.screens.Show(m.Chat.ID, unlinked(reply))
	}
	for _, one := range all {
		x.more = append(x.more, one.Text)
	}
	if len(x.more) > 0 {
		x.text, x.more = x.more[0], x.more[1:]
	}
	if err := w.opt.Seen.Mark(id); err != nil {
		log.Warn("message not marked", keyErr, err)
	}
}

// links lead from an answer to its page, and from its first quote to where that
// stands in the whole report.
func (w *WeChat) links(question string, r chat.Reply) [][]chat.Button {
	if len(r.Blocks) == 0 {
		return nil
	}
	var row []chat.Button
	if w.opt.AnswerURL != nil {
		row = append(row, chat.Button{Text: table.In(r.Lang).Page, URL: w.opt.AnswerURL(question)})
	}
	for _, b := range r.Blocks {
		if w.opt.PlaceURL != nil && b.At != nil && b.At.Report != "" {
			row = append(row, chat.Button{Text: table.In(r.Lang).Place, URL: w.opt.PlaceURL(*b.At)})
			break
		}
	}
	if len(row) == 0 {
		return nil
	}
	return [][]chat.Button{row}
}

func (w *WeChat) handle(ctx context.Context, j dispatch.Job[*exchange], m chat.Message, log *slog.Logger) chat.Reply {
	if j.Flood {
		return chat.Say(dispatch.TextsOf(m.Lang).Flood)
	}
	reply, err := w.guard.Handle(ctx, m, nil)
	if err == nil {
		return reply
	}
	w.met.errors.Inc()
	if p, ok := errors.AsType[*chat.Panicked](err); ok {
		log.Error("handler panicked", keyPanic, p.What, keyStack, string(p.Stack))
	} else {
		log.Error("handler failed", keyErr, err)
	}
	return chat.Say(dispatch.Failed(err, m.Lang))
}

// finish gives the answer to whoever waits, or sends it if nobody does.
func (w *WeChat) finish(x *exchange) {
	x.mu.Lock()
	close(x.done)
	push := x.push
	x.mu.Unlock()
	if !push || x.text == "" {
		return
	}
	ctx, cancel := context.WithTimeout(w.work, w.opt.HandleTime)
	defer cancel()
	if err := w.send(ctx, x.in.From, append([]string{x.text}, x.more...)); err != nil {
		w.met.errors.Inc()
		w.log.Error("late answer not sent", keyChat, w.hash(chat.ID(chat.WeChat, x.in.From)), keyErr, err)
	}
}

// overdue returns what is said when the answer takes longer than WeChat waits:
// nothing, if it can be sent later, else a word that asks for it.
func (w *WeChat) overdue(x *exchange) string {
	w.met.late.Inc()
	if w.api != nil {
		x.mu.Lock()
		defer x.mu.Unlock()
		select {
		case <-x.done:
			return x.text // just now after all
		default:
			x.push = true
			return ""
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.late.Put(x.in.From, x)
	return table.Hans.Late
}

// Send sends a reply out of turn: a customer-service message, which WeChat
// takes for two days after a person's last message.
func (w *WeChat) Send(ctx context.Context, to chat.Chat, r chat.Reply) error {
	openid, ok := chat.Local(chat.WeChat, to.ID)
	if !ok || w.api == nil {
		return fmt.Errorf("wechat: %w: notices need app_secret", chat.ErrBlocked)
	}
	var texts []string
	for _, m := range render.Reply(unlinked(r), render.Options{Limit: maxCustom, Link: link}) {
		texts = append(texts, m.Text)
	}
	err := w.send(ctx, openid, texts)
	if e, ok := errors.AsType[*apiError](err); ok && (e.code == codeWindow || e.code == codeCount) {
		return fmt.Errorf("%w: %w", chat.ErrBlocked, err)
	}
	return err
}

func (w *WeChat) send(ctx context.Context, openid string, texts []string) error {
	for _, t := range texts[:min(len(texts), maxLate)] {
		if err := w.api.send(ctx, openid, t); err != nil {
			return err
		}
	}
	return nil
}

// hash returns what logs show for a chat.
func (w *WeChat) hash(id string) string { return dispatch.Hash(w.opt.Salt, id) }

// texts are those that this transport itself says.
type texts struct {
	Late  string // the answer takes longer than WeChat waits
	Page  string // of the link to the web page
	Place string // of the link to the report's text
}

var table = chat.Texts[texts]{
	Hans:    texts{Late: "还在查，请过几秒回复“更多”。", Page: "在网页上看", Place: "看原文"},
	Hant:    texts{Late: "還在查，請過幾秒回覆“更多”。", Page: "在網頁上看", Place: "看原文"},
	English: texts{Late: "Still looking. Please reply “more” in a few seconds.", Page: "Open on the web", Place: "In the report"},
}
