package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"

	"golang.org/x/term"

	"jinwen/bot/cli/site"
	"jinwen/bot/web"
	"jinwen/bot/web/guard"
	"jinwen/handlers/store"
)

type webCmd struct {
	Serve    webServeCmd    `cmd:"" default:"withargs" help:"Serve the web page until it is stopped."`
	Password webPasswordCmd `cmd:"" help:"Make the line of web.admins for a name and a password."`
}

func (webCmd) Help() string {
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

func (c *webServeCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	if c.Listen != "" {
		a.cfg.Web.Listen = c.Listen
	}
	if a.cfg.Web.Listen == "" {
		return usagef("no address to listen on: give --listen 127.0.0.1:8080, or set web.listen")
	}
	a.verbose()
	return a.page(ctx)
}

// page serves the web page alone until ctx ends.
func (a *app) page(ctx context.Context) error {
	l, err := a.listenWeb(ctx)
	if err != nil {
		return err
	}
	defer l.Close()
	if a.flags.Report == "" {
		if err := os.MkdirAll(a.cfg.DataDir, 0o700); err != nil {
			return fmt.Errorf("data_dir: %w", err)
		}
	}
	s, err := a.service(ctx, store.NewMemory(nil), a.flags.Report == "")
	if err != nil {
		return err
	}
	defer s.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a.stopsItself.Store(true)
	page, err := a.beside(ctx, s, l)
	if err != nil {
		return err
	}
	wait := s.keepUp(ctx, a)
	err = page()
	cancel()
	wait()
	return err
}

// listenWeb opens the address of the web page, before anything that takes time
// and memory: an address that cannot be had is said at once. It is nil if there
// is to be no page.
func (a *app) listenWeb(ctx context.Context) (net.Listener, error) {
	if a.cfg.Web.Listen == "" {
		return nil, nil
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.cfg.Web.Listen)
	if err != nil {
		return nil, fmt.Errorf("web.listen: %w", err)
	}
	return l, nil
}

// beside serves the web page on top of s and l until ctx ends, if it is set up;
// wait returns once it has ended.
func (a *app) beside(ctx context.Context, s *service, l net.Listener) (wait func() error, err error) {
	if l == nil {
		return func() error { return nil }, nil
	}
	server, err := a.server(s)
	if err != nil {
		return nil, err
	}
	a.log.Info("web page served", "address", l.Addr().String())
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx, l) }()
	return func() error { return <-done }, nil
}

// server is the web page on top of s.
func (a *app) server(s *service) (*web.Server, error) {
	w := &a.cfg.Web
	shown := site.New(site.Options{
		Live: s.source, Library: s.library, Topics: s.opt.Topics, Recorder: s.opt.Recorder, Asked: s.asked, Salt: s.salt,
		Timeout: a.cfg.QuestionTimeout, FontFile: a.cfg.FontFile, Logger: a.log, Clock: a.now,
	})
	opt := web.Options{
		Library: shown, Asker: shown, Sheets: shown, BaseURL: w.BaseURL, Embed: w.Embed, CORS: w.CORS,
		Rate: w.PerSecond, Conns: w.Connections, Salt: s.salt, Logger: a.log, Clock: a.now, Mount: s.mount,
	}
	var err error
	if opt.Proxies, err = guard.ParseProxies(w.Proxies); err != nil {
		return nil, fmt.Errorf("web.trusted_proxies: %w", err)
	}
	if s.library != nil {
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

// checkWeb tests whether the web page can be served as it is set up.
func (a *app) checkWeb(ctx context.Context) []finding {
	w := &a.cfg.Web
	if w.Listen == "" {
		return nil
	}
	f := finding{name: "web page", what: w.Listen}
	l, err := a.listenWeb(ctx)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		f.what, f.mend, f.warn = w.Listen+" is taken", "nothing to do if Jinwen runs there already; else choose another web.listen", true
	case err != nil:
		f.what, f.mend = oneLine(err), "set web.listen to an address of this machine, as 127.0.0.1:8080"
	default:
		l.Close()
	}
	out := []finding{f}
	host, _, _ := net.SplitHostPort(w.Listen)
	if ip := net.ParseIP(host); len(w.Admins) > 0 && !strings.HasPrefix(w.BaseURL, "https://") && (ip == nil || !ip.IsLoopback()) && host != "localhost" {
		out = append(out, finding{name: "web admins", what: "passwords and sessions travel in the open", mend: "put a reverse proxy with https before the page, set web.base_url to its https address and web.listen to 127.0.0.1", warn: true})
	}
	return out
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

func (c *webPasswordCmd) Run(ctx context.Context, a *app) error {
	password, err := a.password()
	if err != nil {
		return err
	}
	hash, err := web.HashPassword(password)
	if err != nil {
		return err
	}
	line := c.Name + ":" + hash
	if _, err := web.ParseAccount(line); err != nil {
		return usagef("%q is no name: %w", c.Name, err)
	}
	fmt.Fprintln(a.out, line)
	return nil
}

// password asks for one, or reads it where nobody can be asked.
func (a *app) password() (string, error) {
	f, ok := a.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(a.in, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("standard input: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var said [2]string
	for i, ask := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(a.err, ask)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(a.err)
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
