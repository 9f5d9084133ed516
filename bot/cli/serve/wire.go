package serve

import (
	"context"
	"errors"
	"net/http"
	"os"
	"sync"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"

	"jinwen/bot/cli/base"
	"jinwen/bot/dispatch"
	"jinwen/bot/telegram"
	"jinwen/corpus"
	"jinwen/handlers"
	"jinwen/handlers/admin"
	"jinwen/handlers/chat"
	"jinwen/handlers/questions"
	"jinwen/handlers/texts"
	"jinwen/index"
	"jinwen/index/library"
)

// The parts are put together here, from the bottom up, and nowhere else:
//
//	report      --report, else the active version, else the report that ships
//	index       its index, in a Live that can swap it (for ask and check)
//	library     the versions tied to the index that answers (for everything
//	            that changes or serves)
//	service     a library, people's state, the question log, and the handlers
//	            on top of them
//	serve       a service on every channel that is set up (serve.go); console a
//	            service in the terminal
//
// In the data folder:
//
//	versions/     imported texts and the audit trail (corpus/version)
//	questions/    what people asked, a file a day (handlers/questions)
//	lexicon.yaml  the admins' own words (lexicon.Load)
//	handling      how far each message in hand is, for after a crash
//	dead-letters/ messages that were set aside, or wait for the database (both bot/dispatch)
//	state.db      settings, subscriptions, handled updates (handlers/store)
//	history       what was typed in the terminal chat
//	embeddings    vectors of passages, if there is an embedding server; may be
//	              deleted (index/vector)

// A Service is the handlers with all that they need.
type Service struct {
	Bot     *handlers.Bot
	users   handlers.Store
	kept    *keeper                         // nil where state ends with the process
	leads   atomic.Pointer[context.Context] // of who leads: as long as it does; nil else
	bots    map[dispatch.Lease]*handlers.Bot
	live    *index.Live
	source  handlers.Source // live, or the library over it
	Library *admin.Library  // nil with --report
	asked   *questions.Log
	opt     handlers.Options
	salt    []byte
	sender  chat.Sender              // of notices, set before keepUp; nil tells nobody
	health  http.Handler             // of channels that serve none themselves; set by openChannels
	mount   map[string]http.Handler  // by path: what other services call on the web page's address
	telling sync.Mutex               // one notice at a time
	watch   *dispatch.Watch          // sees workers that are stuck; nil where nobody serves
	aside   chan dispatch.DeadLetter // to tell the admins of
	notices *prometheus.CounterVec   // by outcome
	close   []func() error           // in order of opening
}

func (s *Service) Close() error {
	var errs []error
	for i := len(s.close) - 1; i >= 0; i-- {
		errs = append(errs, s.close[i]())
	}
	return errors.Join(errs...)
}

// NewService puts the handlers on top of people's state. Close it.
func NewService(ctx context.Context, a *base.App, users handlers.Store, record bool) (_ *Service, err error) {
	s := &Service{users: users}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	if a.Flags.Report != "" {
		if s.live, err = a.Index(false); err != nil {
			return nil, err
		}
		s.source = s.live
	} else {
		if s.Library, err = a.Library(ctx, func(ctx context.Context, from, to *corpus.Report) { s.announce(ctx, a, from, to) }); err != nil {
			return nil, err
		}
		s.live = s.Library.Live()
		many := library.New(s.Library.Store(), s.live, library.Options{Build: s.Library.Build, Ahead: true})
		s.Library.OnChange(func(words bool) {
			if many.Refresh(); words {
				many.Relearn()
			}
		})
		s.close = append(s.close, many.Close)
		s.source = many
	}
	s.close = append(s.close, s.live.Close)
	opt := handlers.Options{Logger: a.Log, FontFile: a.Cfg.FontFile, QuestionTimeout: a.Cfg.QuestionTimeout, ShareTalks: a.Shared()}
	log := a.Questions()
	s.close = append(s.close, log.Close)
	if s.Library != nil {
		opt.Admin = admin.NewChat(s.Library, log, a.Log)
		opt.Topics = s.Library // follows the lexicon
	} else if opt.Topics, err = a.Lexicon(); err != nil {
		return nil, err
	}
	if record && a.Cfg.Keep.QuestionDays > 0 {
		opt.Recorder = log
		if opt.Salt, err = log.Salt(a.Now()); err != nil {
			return nil, err
		}
	}
	s.salt, s.opt, s.asked = opt.Salt, opt, log
	s.Bot = handlers.New(s.source, users, opt)
	return s, nil
}

// alone reports whether no other process may lead.
func (s *Service) alone() bool { return s.kept == nil || s.kept.lead.lease == nil }

// botFor returns the bot whose state needs a right.
func (s *Service) botFor(r right) *handlers.Bot {
	if r.lease == nil {
		return s.Bot
	}
	if s.bots == nil {
		s.bots = make(map[dispatch.Lease]*handlers.Bot)
	}
	if s.bots[r.lease] == nil {
		s.bots[r.lease] = handlers.New(s.source, r.users, s.opt)
	}
	return s.bots[r.lease]
}

// named tells all bots the name.
func (s *Service) named(name string) {
	s.Bot.SetBotName(name)
	for _, b := range s.bots {
		b.SetBotName(name)
	}
}

// keepUp runs what goes on beside the chat until ctx ends: following what
// other processes change, telling subscribers, the watched folder. wait
// returns once all of that has ended.
func (s *Service) keepUp(ctx context.Context, a *base.App) (wait func()) {
	var wg sync.WaitGroup
	wg.Go(func() { rest(ctx) })
	wg.Go(func() { s.tellAside(ctx, a) })
	wg.Go(func() { s.kept.shareWords(ctx, a) })
	if s.opt.Recorder != nil {
		wg.Go(func() { s.asked.Ship(ctx) })
	}
	if s.Library == nil {
		return wg.Wait
	}
	switch {
	case s.alone():
		wg.Go(func() { s.catchUp(ctx, a) })
	case !a.Cfg.WeCom.Set(): // which leads itself
		wg.Go(func() { leading(ctx, s.kept.lead.lease, func(held context.Context) error { return s.tell(held, a) }) })
	}
	if e := a.Embedder(); e != nil {
		wg.Go(func() { s.embedAhead(ctx, e) })
	}
	wg.Go(func() {
		if err := s.Library.Run(ctx); err != nil && ctx.Err() == nil {
			a.Log.Error("changes by other processes are not noticed", "err", err)
		}
	})
	if a.Cfg.WatchDir != "" && s.sender != nil {
		inbox := &admin.Inbox{Library: s.Library, Dir: a.Cfg.WatchDir, Activate: a.Cfg.WatchActivate, Logger: a.Log, Took: func(d admin.Delivery) {
			for _, id := range admins(a) { // the private chat with a user has the user's id
				if err := s.sender.Send(ctx, chat.Chat{ID: id}, d.Tell(chat.Hans)); err != nil && ctx.Err() == nil {
					a.Log.Warn("admin not told", "err", err)
				}
			}
		}}
		if _, err := os.Stat(a.Cfg.WatchDir); errors.Is(err, os.ErrNotExist) {
			// Nobody puts a report into a folder whose name is a slip.
			a.Log.Warn("watched folder was not there: it is made now", "watch_dir", a.Cfg.WatchDir)
		}
		wg.Go(func() {
			if err := inbox.Run(ctx); err != nil && ctx.Err() == nil {
				a.Log.Error("watched folder is not watched", "watch_dir", a.Cfg.WatchDir, "err", err,
					"hint", "give the bot a folder that it may read and write, and start it again; jinwen check tests it")
			}
		})
	}
	return wg.Wait
}

// TelegramOptions returns the settings as the transport takes them.
func TelegramOptions(a *base.App) telegram.Options {
	t := &a.Cfg.Telegram
	return telegram.Options{
		Endpoint: t.APIEndpoint, Proxy: t.Proxy.Reveal(), Admins: a.Cfg.Admins, Logger: a.Log,
		Webhook: telegram.Webhook{URL: t.Webhook.URL, Listen: t.Webhook.Listen, Secret: t.Webhook.Secret.Reveal()},
		Health:  a.Cfg.Listen, StopTime: a.Cfg.StopTimeout, PerUser: a.Cfg.Limits.UserPending,
		Limits: telegram.Limits{
			Overall: a.Cfg.Limits.AllPerSecond, Chat: a.Cfg.Limits.ChatPerSecond, Group: a.Cfg.Limits.GroupPerMinute,
			Poll: t.PollTimeout,
		},
	}
}

// profile returns what the bot says of itself before anybody talks to it.
func profile() map[chat.Lang]chat.Profile {
	all := make(map[chat.Lang]chat.Profile)
	for _, l := range chat.Langs {
		all[l] = texts.Profile(l)
	}
	return all
}
