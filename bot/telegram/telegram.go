// Package telegram is the bot on Telegram. It decodes an update into a
// [chat.Message], calls the [chat.Handler], and renders and sends the
// [chat.Reply]. It is the only package that knows Telegram.
//
// What it guarantees:
//
//   - An update is confirmed only after it has been answered, and handled ids
//     are kept, so that after a crash the unanswered are answered and the
//     answered are not. The window that remains is described at [dispatch.Seen].
//   - Messages of one chat are answered in order, chats in parallel, in bounded
//     memory, and nobody can keep the bot from the others.
//   - A reply is sent until Telegram has it: through floods, outages, broken
//     answers. Only a refusal for good (400, 403) ends it.
//   - Every message is within Telegram's limits and its markup is valid,
//     whatever its text. If Telegram refuses it all the same, the words go out
//     as plain text.
//   - The token is in no error, log or metric. Logs hold no text, no name and
//     no id of a person; a chat appears as a salted hash.
//
// The way of an update, and the order to read in: telegram.go (start and stop),
// poll.go or webhook.go (updates come in), hand.go (which of them are open),
// package dispatch (whose turn it is), decode.go (update to Message), answer.go
// (Message to Reply to chat), render.go and keyboard.go (Reply to HTML), send.go
// (limits and retries), client.go (HTTP; the token).
package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// ErrToken says that Telegram does not know the token.
var ErrToken = errors.New("token is refused")

// errStuck is a handler that did not end when its context did.
var errStuck = errors.New("telegram: a handler did not stop")

// Telegram is a bot on Telegram. Create it with New.
type Telegram struct {
	opt     Options
	log     *slog.Logger
	hash    hasher
	met     *metrics
	client  *client
	sender  *scheduler
	decoder *decoder
	hand    *hand
	guard   *dispatch.Guard
	answers *dispatch.Recent[question, answer]
	strange strangers // admins whose menu waits for their first message

	jobs    atomic.Pointer[dispatch.Dispatcher[incoming]] // of the term
	crew    atomic.Pointer[crew]                          // of the term, of a shared queue
	open    open
	unready atomic.Pointer[string] // why /readyz says no; "" if it says yes
	ran     atomic.Bool

	testOnlyCrash bool // stop as a crash does: wait for nothing, confirm nothing
}

// New checks the settings and needs no network. The error never shows
// the token.
func New(token string, h chat.Handler, opt Options) (*Telegram, error) {
	opt = opt.withDefaults()
	c, err := newClient(token, opt)
	if err != nil {
		return nil, err
	}
	if err := opt.Webhook.check(); err != nil {
		return nil, err
	}
	t := &Telegram{
		opt: opt, log: opt.Logger, hash: newHasher(opt.Salt), client: c, hand: newHand(),
		guard:   dispatch.NewGuard(h, opt.Parallel, opt.HandleTime, opt.Watch),
		answers: dispatch.NewRecent[question, answer](20_000),
	}
	if t.met, err = newMetrics(opt.Registry, func() float64 { return float64(t.hand.count()) }); err != nil {
		return nil, err
	}
	t.sender = newScheduler(opt.Limits, opt.Pace, t.log, t.met, t.hash)
	t.decoder = &decoder{
		admins: opt.Admins, known: make(map[string]bool), open: t.openFile,
		albums: dispatch.NewRecent[string, struct{}](1000), migrate: t.sender.migrate, leads: t.leads,
	}
	for _, c := range opt.Commands {
		t.decoder.known[c.Name] = true
	}
	starting := "starting"
	t.unready.Store(&starting)
	return t, nil
}

// Run answers until ctx ends and everything it started has ended; then it
// returns nil. It returns an error at once if Telegram refuses the token
// (ErrToken) or an address cannot be opened. It may be called once.
//
// When ctx ends no more updates are taken in, and those in hand are answered
// for up to Options.StopTime; what is left then is cut off and stays
// unconfirmed, so that the next start answers it.
func (t *Telegram) Run(ctx context.Context) (err error) {
	if t.ran.Swap(true) {
		return errors.New("telegram: Run was called before")
	}
	defer t.client.close()

	// late outlives ctx, and ends last, with the HTTP addresses.
	late, end := context.WithCancel(context.WithoutCancel(ctx))
	var wg sync.WaitGroup
	defer wg.Wait()
	defer end()

	if t.opt.Health != "" {
		addr, stopped, err := dispatch.Serve(late, t.opt.Health, dispatch.Health(t.met.registry, t.notReady))
		if err != nil {
			return fmt.Errorf("telegram: health: %w", err)
		}
		wg.Go(func() { <-stopped })
		t.log.Info("health is served", keyAddr, addr.String())
	}
	if err := t.identify(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	wg.Go(func() { t.register(ctx) })
	return t.terms(ctx, late, &wg)
}

// stop waits for the answers in hand.
func (t *Telegram) stop(work context.Context, cut func()) error {
	t.setReady(errors.New("stopping"))
	start := time.Now()
	limit, cancel := context.WithTimeout(work, t.opt.StopTime)
	defer cancel()
	if t.testOnlyCrash {
		cut()
		t.queue().Wait(context.WithoutCancel(work))
		return nil
	}
	if !t.queue().Wait(limit) {
		t.log.Warn("stopped with answers in hand; they are answered at the next start", keyCount, t.hand.count())
		cut()
		grace, cancel := context.WithTimeout(context.WithoutCancel(work), 5*time.Second)
		defer cancel()
		if !t.queue().Wait(grace) {
			return errStuck
		}
	}
	if t.opt.Webhook.URL == "" {
		t.confirm(context.WithoutCancel(work))
	}
	t.log.Info("telegram stopped", keyTook, time.Since(start).Round(time.Millisecond))
	return nil
}

// identify asks Telegram who we are, for as long as there is no answer.
func (t *Telegram) identify(ctx context.Context) error {
	wait, told := t.sender.backoff(60), false
	for {
		me, err := t.client.me(ctx)
		if err == nil {
			t.decoder.self = me
			t.log.Info("telegram started", keyBot, me.Name)
			if t.opt.Named != nil {
				t.opt.Named(me.Name)
			}
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		t.setReady(err)
		if hint := explain(err); hint != "" {
			return fmt.Errorf("telegram: %w: %s", ErrToken, hint)
		}
		if !told {
			t.log.Warn("Telegram is not reached, and is tried again", keyErr, err, keyHint, "check the network, the proxy setting and the endpoint")
			told = true
		}
		if err := sleep(ctx, wait.NextBackOff()); err != nil {
			return err
		}
	}
}

// dropWebhook makes polling possible where a webhook was set before.
func (t *Telegram) dropWebhook(ctx context.Context) {
	err := t.sender.sendAnywhere(ctx, func(ctx context.Context) error {
		_, err := t.client.call(ctx, "deleteWebhook", nil, t.opt.Limits.Request)
		return err
	})
	if err != nil && ctx.Err() == nil {
		t.log.Warn("webhook could not be removed", keyErr, err)
	}
}

// admit passes an update that is in hand on to the dispatcher, or is done with
// it at once if nobody needs to see it. It is marked as handled under its key:
// its id, which goes on where it is tried once more.
func (t *Telegram) admit(ctx context.Context, id int64, key string, raw []byte) {
	u, field, err := parseUpdate(raw)
	if err != nil {
		t.met.poison.Inc()
		t.log.Warn("update skipped", keyUpdate, id, keyErr, err, keyField, field)
		t.finish(id, key)
		return
	}
	if t.opt.Seen.Handled(key) {
		t.opt.Journal.Done(key) // a crash came between
		t.finish(id, key)
		return
	}
	t.pass(ctx, u, key)
}

// pass gives the dispatcher an update that is to be handled, or is done with it
// at once if nobody needs to see it. The journal knows it as key.
func (t *Telegram) pass(ctx context.Context, u update, key string) {
	id := u.ID
	in, ok := t.decoder.decode(u)
	t.met.updates.WithLabelValues(kindName(in, ok)).Inc()
	if !ok {
		t.finish(id, key)
		return
	}
	in.raw, in.key = u.raw, key
	let, err := t.queue().Add(ctx, dispatch.Job[incoming]{Work: in, Lane: in.lane(), User: in.msg.User.ID, Got: time.Now()})
	switch {
	case err != nil: // ctx ended: the update stays unconfirmed
	case !let:
		t.met.flooded.Inc()
		t.finish(id, key)
	}
}

// finish notes that nothing more is to be done for an update.
func (t *Telegram) finish(id int64, key string) {
	again := key != idOf(id)
	if again && t.opt.Dead != nil {
		t.over(id)
	}
	if kept := t.hand.done(id); !kept || again {
		return
	}
	if box, ok := t.opt.Seen.(dispatch.Inbox); ok {
		if err := box.Drop(idOf(id)); err != nil {
			t.log.Error("kept update cannot be dropped", keyUpdate, id, keyErr, err)
		}
	}
}

// leads asks whether a user is an admin of a group.
func (t *Telegram) leads(ctx context.Context, chat, user int64) (bool, error) {
	raw, err := t.client.call(ctx, "getChatMember", params("chat_id", strconv.FormatInt(chat, 10), "user_id", strconv.FormatInt(user, 10)), t.opt.Limits.Request)
	if err != nil {
		return false, err
	}
	var m member
	if err := json.Unmarshal(raw, &m); err != nil {
		return false, &transportError{"getChatMember", 200, errors.New("answer is not a member")}
	}
	return m.Status == "creator" || m.Status == "administrator", nil
}

// openFile opens a file that someone sent.
func (t *Telegram) openFile(ctx context.Context, id string) (io.ReadCloser, error) {
	return t.client.open(ctx, id, t.opt.MaxFile)
}

// setReady notes why Telegram cannot be reached; nil if it can.
func (t *Telegram) setReady(err error) {
	why := ""
	if err != nil {
		if why = explain(err); why == "" {
			why = err.Error()
		}
	}
	t.unready.Store(&why)
}

func (t *Telegram) notReady() string {
	if _, why := t.opt.Watch.Stuck(); why != "" {
		return why
	}
	return *t.unready.Load()
}

// params returns the parameters of a request that are not empty.
func params(pairs ...string) tgbotapi.Params {
	p := make(tgbotapi.Params)
	for i := 0; i+1 < len(pairs); i += 2 {
		p.AddNonEmpty(pairs[i], pairs[i+1])
	}
	return p
}

// kindName returns how metrics and logs call what came in.
func kindName(in incoming, ok bool) string {
	if !ok {
		return "ignored"
	}
	switch in.msg.Kind {
	case chat.KindText:
		if in.msg.Command != "" {
			return "command"
		}
		return "text"
	case chat.KindEdit:
		return "edit"
	case chat.KindButton:
		return "button"
	case chat.KindInline:
		return "inline"
	case chat.KindFile:
		return "file"
	case chat.KindJoined:
		return "joined"
	case chat.KindLeft:
		return "left"
	}
	return "other"
}

func sortedKeys[V any](m map[int64]V) []int64 { return slices.Sorted(maps.Keys(m)) }
