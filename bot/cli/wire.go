package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"jinwen/bot/console"
	"jinwen/bot/dispatch"
	"jinwen/bot/telegram"
	"jinwen/corpus"
	"jinwen/corpus/decode"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/handlers"
	"jinwen/handlers/admin"
	"jinwen/handlers/chat"
	"jinwen/handlers/questions"
	"jinwen/handlers/reply"
	"jinwen/handlers/store"
	"jinwen/handlers/texts"
	"jinwen/index"
	"jinwen/index/lexicon"
	"jinwen/index/library"
	"jinwen/index/text"
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
//	dead-letters/ messages that were set aside (both bot/dispatch)
//	state.db      settings, subscriptions, handled updates (handlers/store)
//	history       what was typed in the terminal chat
//	embeddings    vectors of passages, if there is an embedding server; may be
//	              deleted (index/vector)

func (a *app) path(name string) string { return filepath.Join(a.cfg.DataDir, name) }

func (a *app) versionsDir() string { return a.path("versions") }

// hasVersions reports whether anything was ever imported. Commands that only
// look make no files.
func (a *app) hasVersions() bool {
	_, err := os.Stat(a.versionsDir())
	return err == nil
}

// versions opens the version store, and makes it if need be.
func (a *app) versions() (*version.Store, error) {
	return version.Open(a.versionsDir(), version.Options{Keep: a.cfg.Keep.Versions, Home: a.cfg.Home})
}

// report is what a command works on.
func (a *app) report() (*corpus.Report, error) {
	if name := a.flags.Report; name != "" {
		return a.reportOf(name)
	}
	if !a.hasVersions() {
		return extract.Embedded()
	}
	s, err := a.versions()
	if err != nil {
		return nil, err
	}
	if err := s.Lost(); err != nil {
		return nil, err // not the report that ships in the name of another
	}
	return s.Report(s.Active().ID)
}

func readReport(name string) (*corpus.Report, error) {
	data, err := readFile(name)
	if err != nil {
		return nil, err
	}
	return extract.Parse(name, data)
}

// plainFile refuses a named pipe, a device or a socket: to open one may wait for
// ever, and it is no report. What stands for an open descriptor is a pipe given
// on purpose: /dev/stdin, and /dev/fd/63 as shells make of <(…).
func plainFile(name string) error {
	info, err := os.Stat(name)
	if err != nil || info.Mode().IsRegular() || info.IsDir() {
		return nil // opening it says what is wrong
	}
	path := filepath.Clean(name)
	if path == "/dev/stdin" || strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/") {
		return nil
	}
	return fmt.Errorf("%s is not a plain file", name)
}

func readFile(name string) ([]byte, error) {
	if err := plainFile(name); err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder: name a file", name)
	case info.Size() > decode.MaxFile:
		return nil, fmt.Errorf("%s has %d MB: no report has more than %d", name, info.Size()>>20, decode.MaxFile>>20)
	}
	return io.ReadAll(io.LimitReader(f, decode.MaxFile+1)) // a pipe or device has no size
}

// lexicon is the default one with the admins' own words on top.
func (a *app) lexicon() (*lexicon.Lexicon, error) {
	if err := plainFile(a.path("lexicon.yaml")); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(a.path("lexicon.yaml"))
	if errors.Is(err, os.ErrNotExist) {
		return lexicon.Load()
	}
	if err != nil {
		return nil, err
	}
	return lexicon.Load(lexicon.Layer{Name: a.path("lexicon.yaml"), Data: data})
}

// dict says who named the folder if dict_dir holds no dictionaries; the index
// knows the folder only.
func (a *app) dict() error {
	if a.cfg.DictDir == "" {
		return nil
	}
	_, err := text.FindDict(a.cfg.DictDir)
	if err == nil {
		return nil
	}
	where := "--dict-dir"
	if a.flags.DictDir == "" {
		o, _ := a.cfg.Origin("dict_dir")
		where = o.String() + ": dict_dir"
	}
	return fmt.Errorf("%s: %w in %s: want a copy of the folder deps/cppjieba/dict of its module", where, text.ErrNoDict, a.cfg.DictDir)
}

// index is the index of the report. first has it wait for the embedding server,
// if there is one.
func (a *app) index(first bool) (*index.Live, error) {
	if err := a.dict(); err != nil {
		return nil, err
	}
	r, err := a.report()
	if err != nil {
		return nil, err
	}
	lex, err := a.lexicon()
	if err != nil {
		return nil, err
	}
	opt := a.indexOptions(lex)
	opt.EmbedFirst = first
	ix, err := index.New(r, opt)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return index.NewLive(ix), nil
}

// asker answers from the report, or from the library if there is one. Call end
// when it is no longer asked.
func (a *app) asker() (src index.Asker, end func(), err error) {
	live, err := a.index(true)
	if err != nil {
		return nil, nil, err
	}
	if a.flags.Report != "" || !a.hasVersions() {
		return live, func() { live.Close() }, nil
	}
	s, err := a.versions()
	if err != nil {
		live.Close()
		return nil, nil, err
	}
	lex, err := a.lexicon()
	if err != nil {
		live.Close()
		return nil, nil, err
	}
	opt := a.indexOptions(lex)
	opt.EmbedFirst = true
	lib := library.New(s, live, library.Options{Build: func(r *corpus.Report) (*index.Index, error) {
		return index.New(r, opt)
	}})
	return lib, func() { lib.Close(); live.Close() }, nil
}

// library opens the versions and makes the active one live. Close its Live.
// activated, which may be nil, hears of versions that go live while it runs.
func (a *app) library(ctx context.Context, activated func(ctx context.Context, from, to *corpus.Report)) (*admin.Library, error) {
	if a.flags.Report != "" {
		return nil, usagef("--report is one file for one command: it has no versions; leave it out here")
	}
	if err := a.dict(); err != nil {
		return nil, err
	}
	if err := plainFile(a.path("lexicon.yaml")); err != nil { // the library waits for what it reads
		return nil, err
	}
	s, err := a.versions()
	if err != nil {
		return nil, err
	}
	opt := index.Options{DictDir: a.cfg.DictDir}
	if activated != nil { // else nobody asks it anything
		opt = a.indexOptions(nil)
	}
	return admin.Open(ctx, s, new(index.Live), admin.Options{
		Index: opt, Lexicon: a.path("lexicon.yaml"), Logger: a.log,
		Activated: activated,
	})
}

// questions is the log of what people asked.
func (a *app) questions() *questions.Log {
	return questions.Open(a.path("questions"), questions.Options{Days: a.cfg.Keep.QuestionDays, Logger: a.log})
}

// A service is the handlers with all that they need.
type service struct {
	bot     *handlers.Bot
	users   handlers.Store
	live    *index.Live
	source  handlers.Source // live, or the library over it
	library *admin.Library  // nil with --report
	asked   *questions.Log
	opt     handlers.Options
	salt    []byte
	sender  chat.Sender              // of notices, set before keepUp; nil tells nobody
	health  http.Handler             // of channels that serve none themselves; set by channels
	mount   map[string]http.Handler  // by path: what other services call on the web page's address
	telling sync.Mutex               // one notice at a time
	watch   *dispatch.Watch          // sees workers that are stuck; nil where nobody serves
	aside   chan dispatch.DeadLetter // to tell the admins of
	close   []func() error           // in order of opening
}

func (s *service) Close() error {
	var errs []error
	for i := len(s.close) - 1; i >= 0; i-- {
		errs = append(errs, s.close[i]())
	}
	return errors.Join(errs...)
}

// service puts the handlers on top of people's state. Close it.
func (a *app) service(ctx context.Context, users handlers.Store, record bool) (_ *service, err error) {
	s := &service{users: users}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	if a.flags.Report != "" {
		if s.live, err = a.index(false); err != nil {
			return nil, err
		}
		s.source = s.live
	} else {
		if s.library, err = a.library(ctx, func(ctx context.Context, from, to *corpus.Report) { s.announce(ctx, a, from, to) }); err != nil {
			return nil, err
		}
		s.live = s.library.Live()
		many := library.New(s.library.Store(), s.live, library.Options{Build: s.library.Build, Ahead: true})
		s.library.OnChange(func(words bool) {
			if many.Refresh(); words {
				many.Relearn()
			}
		})
		s.close = append(s.close, many.Close)
		s.source = many
	}
	s.close = append(s.close, s.live.Close)
	opt := handlers.Options{Logger: a.log, FontFile: a.cfg.FontFile, QuestionTimeout: a.cfg.QuestionTimeout}
	log := a.questions()
	s.close = append(s.close, log.Close)
	if s.library != nil {
		opt.Admin = admin.NewChat(s.library, log, a.log)
		opt.Topics = s.library // follows the lexicon
	} else if opt.Topics, err = a.lexicon(); err != nil {
		return nil, err
	}
	if record && a.cfg.Keep.QuestionDays > 0 {
		opt.Recorder = log
		if opt.Salt, err = log.Salt(a.now()); err != nil {
			return nil, err
		}
	}
	s.salt, s.opt, s.asked = opt.Salt, opt, log
	s.bot = handlers.New(s.source, users, opt)
	return s, nil
}

// keepUp runs what goes on beside the chat until ctx ends: following what
// other processes change, telling subscribers, the watched folder. wait
// returns once all of that has ended.
func (s *service) keepUp(ctx context.Context, a *app) (wait func()) {
	var wg sync.WaitGroup
	wg.Go(func() { rest(ctx) })
	wg.Go(func() { s.tellAside(ctx, a) })
	if s.library == nil {
		return wg.Wait
	}
	wg.Go(func() { s.catchUp(ctx, a) })
	if e := a.embedder(); e != nil {
		wg.Go(func() { s.embedAhead(ctx, e) })
	}
	wg.Go(func() {
		if err := s.library.Run(ctx); err != nil && ctx.Err() == nil {
			a.log.Error("changes by other processes are not noticed", "err", err)
		}
	})
	if a.cfg.WatchDir != "" && s.sender != nil {
		inbox := &admin.Inbox{Library: s.library, Dir: a.cfg.WatchDir, Activate: a.cfg.WatchActivate, Logger: a.log, Took: func(d admin.Delivery) {
			for _, id := range a.admins() { // the private chat with a user has the user's id
				if err := s.sender.Send(ctx, chat.Chat{ID: id}, d.Tell(chat.Hans)); err != nil && ctx.Err() == nil {
					a.log.Warn("admin not told", "err", err)
				}
			}
		}}
		if _, err := os.Stat(a.cfg.WatchDir); errors.Is(err, os.ErrNotExist) {
			// Nobody puts a report into a folder whose name is a slip.
			a.log.Warn("watched folder was not there: it is made now", "watch_dir", a.cfg.WatchDir)
		}
		wg.Go(func() {
			if err := inbox.Run(ctx); err != nil && ctx.Err() == nil {
				a.log.Error("watched folder is not watched", "watch_dir", a.cfg.WatchDir, "err", err,
					"hint", "give the bot a folder that it may read and write, and start it again; jinwen check tests it")
			}
		})
	}
	return wg.Wait
}

// telegramOptions are the settings as the transport takes them.
func (a *app) telegramOptions() telegram.Options {
	t := &a.cfg.Telegram
	return telegram.Options{
		Endpoint: t.APIEndpoint, Proxy: t.Proxy.Reveal(), Admins: a.cfg.Admins, Logger: a.log,
		Webhook: telegram.Webhook{URL: t.Webhook.URL, Listen: t.Webhook.Listen, Secret: t.Webhook.Secret.Reveal()},
		Health:  a.cfg.Listen, Counts: a.counts(), StopTime: a.cfg.StopTimeout, PerUser: a.cfg.Limits.UserPending,
		Limits: telegram.Limits{
			Overall: a.cfg.Limits.AllPerSecond, Chat: a.cfg.Limits.ChatPerSecond, Group: a.cfg.Limits.GroupPerMinute,
			Poll: t.PollTimeout,
		},
	}
}

// profile is what the bot says of itself before anybody talks to it.
func profile() map[chat.Lang]chat.Profile {
	all := make(map[chat.Lang]chat.Profile)
	for _, l := range chat.Langs {
		all[l] = texts.Profile(l)
	}
	return all
}

// console runs a chat in the terminal until the person leaves or ctx ends.
// People's state there lasts as long as the chat.
func (a *app) console(ctx context.Context) error {
	s, err := a.service(ctx, store.NewMemory(nil), false)
	if err != nil {
		return err
	}
	defer s.Close()
	opt := console.Options{Lang: languageTag(a.environ)}
	if a.in != os.Stdin || a.stdout != os.Stdout {
		opt.In, opt.Out, opt.Err = a.in, a.stdout, a.err
	}
	if _, err := os.Stat(a.cfg.DataDir); err == nil {
		opt.History = a.path("history")
	}
	ctx, cancel := context.WithCancel(ctx)
	wait := s.keepUp(ctx, a)
	err = console.New(s.bot, opt).Run(ctx)
	cancel()
	wait()
	return err
}

// languageTag is the language of the terminal's messages as POSIX has it:
// zh_TW.UTF-8 is zh-TW; "" of C.
func languageTag(environ []string) string {
	v := cmp.Or(envValue(environ, "LC_ALL"), envValue(environ, "LC_MESSAGES"), envValue(environ, "LANG"))
	v, _, _ = strings.Cut(v, ".")
	v, _, _ = strings.Cut(v, "@")
	if v == "C" || v == "POSIX" {
		return ""
	}
	return strings.ReplaceAll(v, "_", "-")
}

// replyText is the plain text of the first message that a chat gets, in the
// language asked for, or else of the question.
func replyText(ans *index.Answer, asked string) string {
	lang := chat.Hans
	if asked != "" {
		lang = chat.Lang(asked)
	} else if ans.Question != nil && ans.Question.Lang != "" {
		lang = chat.Lang(ans.Question.Lang)
	}
	return reply.Render(ans, lang).Plain()
}
