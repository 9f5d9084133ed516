package cli

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

	"jinwen/bot/dispatch"
	"jinwen/bot/telegram"
	"jinwen/bot/wechat"
	"jinwen/bot/wecom"
	"jinwen/handlers/chat"
	"jinwen/handlers/store"
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

// serve runs the bot on every channel that is set up until ctx ends. A channel
// that ends by itself (another program took it over, its secret is refused)
// leaves the others running; when the last has ended, so does serve.
func (a *app) serve(ctx context.Context) error {
	if err := os.MkdirAll(a.cfg.DataDir, 0o700); err != nil {
		return fmt.Errorf("data_dir: %w", err)
	}
	l, err := a.listenWeb(ctx)
	if err != nil {
		return err
	}
	if l != nil {
		defer l.Close()
	}
	users, err := a.openState()
	if err != nil {
		return err
	}
	defer users.Close()
	s, err := a.service(ctx, users, true)
	if err != nil {
		return err
	}
	defer s.Close()
	s.watch, s.aside = dispatch.NewWatch(), make(chan dispatch.DeadLetter, 100)
	journal, err := dispatch.OpenJournal(a.path("handling"), a.now)
	if err != nil {
		return err
	}
	defer journal.Close()
	all, err := a.channels(s, users, journal)
	if err != nil {
		return err
	}
	s.sender = all
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	page, err := a.beside(ctx, s, l)
	if err != nil {
		return err
	}
	if s.health != nil && a.cfg.Listen != "" {
		at, stopped, err := dispatch.Serve(ctx, a.cfg.Listen, s.health)
		if err != nil {
			return fmt.Errorf("listen: %w", err)
		}
		defer func() { cancel(); <-stopped }()
		a.log.Info("health is served", "address", at.String())
	}
	wait := s.keepUp(ctx, a)
	saved := make(chan struct{})
	go func() {
		defer close(saved)
		a.saveDaily(ctx, users)
	}()
	a.stopsItself.Store(true) // within stop_timeout
	watched := a.beWatched(ctx, s.watch)
	err = all.run(ctx, func(name string, err error) {
		a.log.Error("channel ended", "channel", name, "err", err, "hint", "the other channels go on; jinwen check says what to mend")
	})
	if a.cfg.Web.Listen != "" && ctx.Err() == nil {
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

// channels are those that are set up.
func (a *app) channels(s *service, users *store.Bolt, journal *dispatch.Journal) (channels, error) {
	var all channels
	metrics := dispatch.NewRegistry()
	ready := func() string { return "" } // WeChat calls us: there is nothing to reach
	if a.cfg.Telegram.Token.Set() {
		opt := a.telegramOptions()
		opt.Seen, opt.Salt = users, s.salt
		opt.Commands, opt.Profile = s.bot.Commands(), profile()
		opt.Named, opt.Registry = s.bot.SetBotName, metrics
		opt.Watch, opt.Journal, opt.Dead, opt.SetAside = s.watch, journal, a.deadLetters(), s.heard
		t, err := telegram.New(a.cfg.Telegram.Token.Reveal(), s.bot, opt)
		if err != nil {
			return nil, err
		}
		all = append(all, channel{chat.Telegram, t.Run, t})
	}
	if a.cfg.WeCom.Set() {
		opt := a.wecomOptions()
		opt.Seen, opt.Salt, opt.Registry, opt.Watch = users, s.salt, metrics, s.watch
		w, err := wecom.New(s.bot, opt)
		if err != nil {
			return nil, err
		}
		all = append(all, channel{chat.WeCom, w.Run, w})
		ready = func() string {
			if w.Ready() {
				return ""
			}
			return "WeCom is not reached"
		}
	}
	if a.cfg.WeChat.Set() {
		opt := a.wechatOptions()
		opt.Seen, opt.Salt, opt.Registry, opt.Watch = users, s.salt, metrics, s.watch
		w, err := wechat.New(s.bot, opt)
		if err != nil {
			return nil, err
		}
		run := w.Run
		if a.cfg.WeChat.Listen == "" {
			s.mount = map[string]http.Handler{a.cfg.WeChat.Path: w}
		} else {
			run = func(ctx context.Context) error { return a.called(ctx, w) }
		}
		all = append(all, channel{chat.WeChat, run, w})
	}
	if !a.cfg.Telegram.Token.Set() { // which serves it itself
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
func (a *app) called(ctx context.Context, w *wechat.WeChat) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.cfg.WeChat.Listen)
	if err != nil {
		return fmt.Errorf("wechat.listen: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle(a.cfg.WeChat.Path, w)
	server := &http.Server{
		Handler: mux, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 15 * time.Second,
		IdleTimeout: time.Minute, MaxHeaderBytes: 32 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	a.log.Info("WeChat is awaited", "address", l.Addr().String(), "path", a.cfg.WeChat.Path)
	select {
	case err := <-ended:
		return fmt.Errorf("wechat: %w", err)
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.cfg.StopTimeout)
	defer cancel()
	err = server.Shutdown(late) // whoever waits for an answer still gets it
	server.Close()
	<-ended
	return errors.Join(err, w.Run(ctx))
}

// admins are the ids of all admins who can be told something.
func (a *app) admins() []string {
	var all []string
	for _, id := range a.cfg.Admins {
		all = append(all, chat.ID(chat.Telegram, strconv.FormatInt(id, 10)))
	}
	for _, id := range a.cfg.WeCom.Admins {
		all = append(all, chat.ID(chat.WeCom, id))
	}
	for _, id := range a.cfg.WeChat.Admins {
		all = append(all, chat.ID(chat.WeChat, id))
	}
	return all
}

// wecomOptions are the settings as the transport takes them.
func (a *app) wecomOptions() wecom.Options {
	w := &a.cfg.WeCom
	return wecom.Options{
		BotID: w.BotID, Secret: w.Secret.Reveal(), URL: w.URL, Name: w.Name, Admins: w.Admins,
		Logger: a.log, PerUser: a.cfg.Limits.UserPending, StopTime: a.cfg.StopTimeout,
	}
}

// wechatOptions are the settings as the transport takes them.
func (a *app) wechatOptions() wechat.Options {
	w := &a.cfg.WeChat
	opt := wechat.Options{
		AppID: w.AppID, Tokens: []string{w.Token.Reveal()}, Plain: w.Plain, Secret: w.AppSecret.Reveal(), API: w.APIEndpoint,
		Admins: w.Admins, Logger: a.log, PerUser: a.cfg.Limits.UserPending,
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
	if base := strings.TrimRight(a.cfg.Web.BaseURL, "/"); base != "" {
		opt.AnswerURL = func(question string) string { return base + "/ask?q=" + url.QueryEscape(question) }
		opt.PlaceURL = func(at chat.At) string {
			return base + (&url.URL{Path: "/r/" + at.Report, RawQuery: fmt.Sprintf("m=%d-%d", at.Start, at.End)}).String()
		}
	}
	return opt
}
