// Package serve runs the bot: it puts library, people's state, question log and
// handlers together (wire.go) and serves them on every channel that is set up.
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/dispatch"
	"jinwen/bot/telegram"
	"jinwen/bot/wechat"
	"jinwen/bot/wecom"
	"jinwen/handlers/chat"
)

// A channel is a way by which people reach the bot.
type channel struct {
	name   string // scheme of its ids
	run    func(context.Context) error
	sender chat.Sender
}

// channels send what is said out of turn by the channel that a chat is on.
type channels []channel

// Send sends to a chat of one of the channels. Who is on a channel that is not
// set up any more cannot be reached.
func (cs channels) Send(ctx context.Context, to chat.Chat, r chat.Reply) error {
	for _, c := range cs {
		if _, ok := chat.Local(c.name, to.ID); ok {
			return c.sender.Send(ctx, to, r)
		}
	}
	return chat.ErrBlocked
}

// serveAll runs the bot on every channel that is set up until ctx ends. A channel
// that ends by itself (another program took it over, its secret is refused)
// leaves the others running; when the last has ended, so does serveAll.
func serveAll(ctx context.Context, a *base.App) error {
	if err := os.MkdirAll(a.Cfg.DataDir, 0o700); err != nil {
		return fmt.Errorf("data_dir: %w", err)
	}
	l, err := ListenWeb(ctx, a)
	if err != nil {
		return err
	}
	if l != nil {
		defer l.Close()
	}
	kept, err := openState(a)
	if err != nil {
		return err
	}
	defer kept.Close()
	s, err := NewService(ctx, a, kept.users, true)
	if err != nil {
		return err
	}
	s.kept = kept
	defer s.Close()
	s.watch, s.aside = dispatch.NewWatch(), make(chan dispatch.DeadLetter, 100)
	journal, err := dispatch.OpenJournal(a.Path("handling"), a.Now)
	if err != nil {
		return err
	}
	defer journal.Close()
	all, err := openChannels(a, s, kept, journal)
	if err != nil {
		return err
	}
	s.sender = counting{all, s.notices}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	page, err := beside(ctx, a, s, l)
	if err != nil {
		return err
	}
	if s.health != nil && a.Cfg.Listen != "" {
		at, stopped, err := dispatch.Serve(ctx, a.Cfg.Listen, s.health)
		if err != nil {
			return fmt.Errorf("listen: %w", err)
		}
		defer func() { cancel(); <-stopped }()
		a.Log.Info("health is served", "address", at.String())
	}
	wait := s.keepUp(ctx, a)
	saved := make(chan struct{})
	go func() {
		defer close(saved)
		saveDaily(ctx, a, kept.file)
	}()
	a.StopsItself.Store(true) // within stop_timeout
	watched := beWatched(ctx, a, s.watch)
	err = all.run(ctx, func(name string, err error) {
		a.Log.Error("channel ended", "channel", name, "err", err, "hint", "the other channels go on; jinwen check says what to mend")
	})
	if a.Cfg.Web.Listen != "" && ctx.Err() == nil {
		<-ctx.Done() // the web page goes on by itself
	}
	cancel()
	wait()
	<-saved
	watched()
	return errors.Join(err, page())
}

// run runs all channels until they have ended; ended hears of each that does
// so with an error while others go on.
func (cs channels) run(ctx context.Context, ended func(name string, err error)) error {
	var wg sync.WaitGroup
	errs := make([]error, len(cs))
	for i, c := range cs {
		wg.Go(func() {
			if errs[i] = c.run(ctx); errs[i] != nil && len(cs) > 1 {
				ended(c.name, errs[i])
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// openChannels makes those that are set up.
func openChannels(a *base.App, s *Service, kept *keeper, journal *dispatch.Journal) (channels, error) {
	var all channels
	users, metrics := kept.users, dispatch.NewRegistry()
	s.botFor(kept.lead) // while nobody else asks for it
	if err := errors.Join(kept.observe(metrics), s.observe(a, metrics, journal)); err != nil {
		return nil, err
	}
	ready := func() string { return "" } // WeChat calls us: there is nothing to reach
	if a.Cfg.Telegram.Token.Set() {
		opt := TelegramOptions(a)
		if err := kept.join(a, &opt); err != nil {
			return nil, err
		}
		bot := s.Bot
		if opt.Lease != nil {
			bot = s.botFor(kept.poll)
		}
		opt.Salt, opt.Commands, opt.Profile = s.salt, bot.Commands(), profile()
		opt.Named, opt.Registry = s.named, metrics
		opt.Watch, opt.Journal, opt.SetAside = s.watch, journal, s.noteSetAside
		t, err := telegram.New(a.Cfg.Telegram.Token.Reveal(), bot, opt)
		if err != nil {
			return nil, err
		}
		all = append(all, channel{chat.Telegram, t.Run, t})
	}
	if a.Cfg.WeCom.Set() {
		opt := WeComOptions(a)
		opt.Seen, opt.Salt, opt.Registry, opt.Watch = kept.lead.users, s.salt, metrics, s.watch
		w, err := wecom.New(s.botFor(kept.lead), opt)
		if err != nil {
			return nil, err
		}
		run := w.Run
		if lease := kept.lead.lease; lease != nil { // it takes one connection
			run = func(ctx context.Context) error {
				return leading(ctx, lease, w.Run, func(held context.Context) error { return s.tell(held, a) })
			}
		}
		all = append(all, channel{chat.WeCom, run, w})
		ready = func() string {
			if w.Ready() {
				return ""
			}
			return "WeCom is not reached"
		}
	}
	if a.Cfg.WeChat.Set() {
		opt := WeChatOptions(a)
		opt.Seen, opt.Salt, opt.Registry, opt.Watch = users, s.salt, metrics, s.watch
		w, err := wechat.New(s.Bot, opt)
		if err != nil {
			return nil, err
		}
		run := w.Run
		if a.Cfg.WeChat.Listen == "" {
			s.mount = map[string]http.Handler{a.Cfg.WeChat.Path: w}
		} else {
			run = func(ctx context.Context) error { return called(ctx, a, w) }
		}
		all = append(all, channel{chat.WeChat, run, w})
	}
	if !a.Cfg.Telegram.Token.Set() { // which serves it itself
		s.health = dispatch.Health(metrics, func() string {
			if _, why := s.watch.Stuck(); why != "" {
				return why
			}
			return ready()
		})
	}
	return all, nil
}

// called serves an Official Account on an address of its own until ctx ends.
func called(ctx context.Context, a *base.App, w *wechat.WeChat) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.Cfg.WeChat.Listen)
	if err != nil {
		return fmt.Errorf("wechat.listen: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle(a.Cfg.WeChat.Path, w)
	server := &http.Server{
		Handler: mux, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 15 * time.Second,
		IdleTimeout: time.Minute, MaxHeaderBytes: 32 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	a.Log.Info("WeChat is awaited", "address", l.Addr().String(), "path", a.Cfg.WeChat.Path)
	select {
	case err := <-ended:
		return fmt.Errorf("wechat: %w", err)
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.Cfg.StopTimeout)
	defer cancel()
	err = server.Shutdown(late) // whoever waits for an answer still gets it
	server.Close()
	<-ended
	return errors.Join(err, w.Run(ctx))
}

// admins returns the ids of all admins who can be told something.
func admins(a *base.App) []string {
	var all []string
	for _, id := range a.Cfg.Admins {
		all = append(all, chat.ID(chat.Telegram, strconv.FormatInt(id, 10)))
	}
	for _, id := range a.Cfg.WeCom.Admins {
		all = append(all, chat.ID(chat.WeCom, id))
	}
	for _, id := range a.Cfg.WeChat.Admins {
		all = append(all, chat.ID(chat.WeChat, id))
	}
	return all
}

// WeComOptions returns the settings as the transport takes them.
func WeComOptions(a *base.App) wecom.Options {
	w := &a.Cfg.WeCom
	return wecom.Options{
		BotID: w.BotID, Secret: w.Secret.Reveal(), URL: w.URL, Name: w.Name, Admins: w.Admins,
		Logger: a.Log, PerUser: a.Cfg.Limits.UserPending, StopTime: a.Cfg.StopTimeout,
	}
}

// WeChatOptions returns the settings as the transport takes them.
func WeChatOptions(a *base.App) wechat.Options {
	w := &a.Cfg.WeChat
	opt := wechat.Options{
		AppID: w.AppID, Tokens: []string{w.Token.Reveal()}, Plain: w.Plain, Secret: w.AppSecret.Reveal(), API: w.APIEndpoint,
		Admins: w.Admins, Logger: a.Log, PerUser: a.Cfg.Limits.UserPending,
	}
	if w.OldToken.Set() {
		opt.Tokens = append(opt.Tokens, w.OldToken.Reveal())
	}
	if w.AESKey.Set() {
		opt.AESKeys = []string{w.AESKey.Reveal()}
	}
	if w.OldAESKey.Set() {
		opt.AESKeys = append(opt.AESKeys, w.OldAESKey.Reveal())
	}
	if base := strings.TrimRight(a.Cfg.Web.BaseURL, "/"); base != "" {
		opt.AnswerURL = func(question string) string { return base + "/ask?q=" + url.QueryEscape(question) }
		opt.PlaceURL = func(at chat.At) string {
			return base + (&url.URL{Path: "/r/" + at.Report, RawQuery: fmt.Sprintf("m=%d-%d", at.Start, at.End)}).String()
		}
	}
	return opt
}
