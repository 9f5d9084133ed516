package serve

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"golang.org/x/term"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/site"
	"jinwen/bot/web"
	"jinwen/bot/web/guard"
	"jinwen/handlers/store"
)

// Web is the web page alone.
type Web struct {
	Serve    webServeCmd    `cmd:"" default:"withargs" help:"Serve the web page until it is stopped."`
	Password webPasswordCmd `cmd:"" help:"Make the line of web.admins for a name and a password."`
}

func (Web) Help() string {
	return `jinwen web --listen ADDR serves the page that asks, reads and lists; with web.admins it also lets admins in. Ctrl-C or SIGTERM end it within five seconds. Behind a reverse proxy set web.trusted_proxies and web.base_url.

Examples:
  jinwen web --listen 127.0.0.1:8080
  jinwen web --report other-city.docx --listen :8080
  jinwen web password ann`
}

type webServeCmd struct {
	Listen string `placeholder:"ADDR" help:"Where: 127.0.0.1:8080. Otherwise web.listen of the settings."`
}

func (webServeCmd) Help() string {
	return `The page asks, reads and lists; with web.admins it also lets admins in. Ctrl-C or SIGTERM end it within five seconds. Behind a reverse proxy set web.trusted_proxies and web.base_url.

Examples:
  jinwen web --listen 127.0.0.1:8080
  jinwen web --report other-city.docx --listen :8080`
}

func (c *webServeCmd) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	if c.Listen != "" {
		a.Cfg.Web.Listen = c.Listen
	}
	if a.Cfg.Web.Listen == "" {
		return base.Usagef("no address to listen on: give --listen 127.0.0.1:8080, or set web.listen")
	}
	a.Verbose()
	return servePage(ctx, a)
}

// servePage serves the web page alone until ctx ends.
func servePage(ctx context.Context, a *base.App) error {
	l, err := ListenWeb(ctx, a)
	if err != nil {
		return err
	}
	defer l.Close()
	if a.Flags.Report == "" {
		if err := os.MkdirAll(a.Cfg.DataDir, 0o700); err != nil {
			return fmt.Errorf("data_dir: %w", err)
		}
	}
	s, err := NewService(ctx, a, store.NewMemory(nil), a.Flags.Report == "")
	if err != nil {
		return err
	}
	defer s.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a.StopsItself.Store(true)
	page, err := beside(ctx, a, s, l)
	if err != nil {
		return err
	}
	wait := s.keepUp(ctx, a)
	err = page()
	cancel()
	wait()
	return err
}

// ListenWeb opens the address of the web page, before anything that takes time
// and memory: an address that cannot be had is said at once. It is nil if there
// is to be no page.
func ListenWeb(ctx context.Context, a *base.App) (net.Listener, error) {
	if a.Cfg.Web.Listen == "" {
		return nil, nil
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.Cfg.Web.Listen)
	if err != nil {
		return nil, fmt.Errorf("web.listen: %w: want an address of this machine with a free port, as 127.0.0.1:8080", err)
	}
	return l, nil
}

// beside serves the web page on top of s and l until ctx ends, if it is set up;
// wait returns once it has ended.
func beside(ctx context.Context, a *base.App, s *Service, l net.Listener) (wait func() error, err error) {
	if l == nil {
		return func() error { return nil }, nil
	}
	server, err := newPage(a, s)
	if err != nil {
		return nil, err
	}
	a.Log.Info("web page served", "address", l.Addr().String())
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx, l) }()
	return func() error { return <-done }, nil
}

// newPage returns the web page on top of s.
func newPage(a *base.App, s *Service) (*web.Server, error) {
	w := &a.Cfg.Web
	shown := site.New(site.Options{
		Live: s.source, Library: s.Library, Topics: s.opt.Topics, Recorder: s.opt.Recorder, Asked: s.asked, Salt: s.salt,
		Timeout: a.Cfg.QuestionTimeout, FontFile: a.Cfg.FontFile, Logger: a.Log, Clock: a.Now,
	})
	opt := web.Options{
		Library: shown, Asker: shown, Sheets: shown, BaseURL: w.BaseURL, Embed: w.Embed, CORS: w.CORS,
		Rate: w.PerSecond, Conns: w.Connections, Salt: s.salt, Logger: a.Log, Clock: a.Now, Mount: s.mount,
	}
	var err error
	if opt.Proxies, err = guard.ParseProxies(w.Proxies); err != nil {
		return nil, fmt.Errorf("web.trusted_proxies: %w", err)
	}
	if s.Library != nil {
		opt.Desk = shown
		for _, line := range w.Admins {
			account, err := web.ParseAccount(line)
			if err != nil {
				return nil, fmt.Errorf("web.admins: %w", err)
			}
			opt.Admins = append(opt.Admins, account)
		}
	}
	return web.New(opt)
}

type webPasswordCmd struct {
	Name string `arg:"" help:"The name to sign in with."`
}

func (webPasswordCmd) Help() string {
	return `Asks for a password twice, or reads it from standard input, and prints NAME:HASH for web.admins (JINWEN_WEB_ADMINS). The password itself is kept nowhere.

Examples:
  jinwen web password ann
  printf '%s' "$PASSWORD" | jinwen web password ann`
}

func (c *webPasswordCmd) Run(ctx context.Context, a *base.App) error {
	password, err := password(a)
	if err != nil {
		return err
	}
	hash, err := web.HashPassword(password)
	if err != nil {
		return err
	}
	line := c.Name + ":" + hash
	if _, err := web.ParseAccount(line); err != nil {
		return base.Usagef("%q is no name: %w", c.Name, err)
	}
	fmt.Fprintln(a.Out, line)
	return nil
}

// password asks for one, or reads it where nobody can be asked.
func password(a *base.App) (string, error) {
	f, ok := a.In.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(a.In, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("standard input: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var said [2]string
	for i, ask := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(a.Err, ask)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(a.Err)
		if err != nil {
			return "", err
		}
		said[i] = string(b)
	}
	if said[0] != said[1] {
		return "", errors.New("the two passwords differ")
	}
	return said[0], nil
}
