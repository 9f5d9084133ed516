package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"jinwen/bot/web/guard"
	"jinwen/bot/web/view"
	"jinwen/handlers/chat"
)

// Options are the settings of New. Library and Asker are needed.
type Options struct {
	Library Library
	Asker   Asker
	Sheets  Sheets // nil offers no spreadsheets
	Desk    Desk   // nil: there are no admins' pages

	BaseURL string        // https://host of lasting addresses; "" is what the browser asked for
	Proxies guard.Proxies // whose X-Forwarded-For and -Proto count
	Admins  []Account     // none: there are no admins' pages
	Embed   []string      // origins that may show /embed in a frame
	CORS    []string      // origins whose scripts may read the API
	Rate    int           // pages a second from one address; 0 is 20
	Conns   int           // open connections; 0 is 4096
	Salt    []byte        // of the hashes that tell people apart

	// Mount answers other paths of the site, each by itself and before the
	// limits for people: what another service calls.
	Mount map[string]http.Handler

	Logger *slog.Logger     // nil discards
	Clock  func() time.Time // nil is time.Now
}

// Limits of what comes in.
const (
	maxQuestion = 500      // characters
	maxBefore   = 4        // questions that one follows on
	maxPress    = 8        // buttons pressed one after another
	maxBody     = 64 << 10 // bytes of a request's body; files of admins aside
	maxUpload   = 40 << 20
)

// Times of a connection. None is longer than a slow phone needs.
const (
	headerTime = 15 * time.Second
	bodyTime   = 30 * time.Second
	uploadTime = 5 * time.Minute
	idleTime   = 75 * time.Second
	answerTime = 10 * time.Second // one question
	stopTime   = 4 * time.Second  // what is in hand when the server stops
)

// A Server serves the pages. It is safe for concurrent use.
type Server struct {
	opt     Options
	log     *slog.Logger
	now     func() time.Time
	handler http.Handler
	rate    *guard.Rate
	conns   *guard.Conns
	desk    *desk
	base    *url.URL // nil: of the request
}

// New returns a server with the settings of opt.
func New(opt Options) (*Server, error) {
	s := &Server{opt: opt, log: opt.Logger, now: opt.Clock}
	if opt.Library == nil || opt.Asker == nil {
		return nil, errors.New("web: no library or nobody to ask")
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.opt.Rate == 0 {
		s.opt.Rate = 20
	}
	if s.opt.Conns == 0 {
		s.opt.Conns = 4096
	}
	if opt.BaseURL != "" {
		u, err := url.Parse(strings.TrimRight(opt.BaseURL, "/"))
		if err != nil || u.Host == "" || u.Path != "" {
			return nil, fmt.Errorf("web: %q is no address of a site", opt.BaseURL)
		}
		s.base = u
	}
	s.rate = guard.NewRate(float64(s.opt.Rate), 3*s.opt.Rate, opt.Clock)
	s.conns = guard.NewConns(s.opt.Conns, max(64, s.opt.Conns/8), opt.Proxies)
	s.desk = newDesk(s)
	cross := http.NewCrossOriginProtection()
	trusted := append([]string{}, opt.CORS...)
	if s.base != nil {
		trusted = append(trusted, s.base.Scheme+"://"+s.base.Host)
	}
	for _, o := range trusted {
		if err := cross.AddTrustedOrigin(o); err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
	}
	cross.SetDenyHandler(http.HandlerFunc(s.crossSite))
	s.handler = s.conns.Handler(s.mounted(s.recovered(s.limited(cross.Handler(s.routes())))))
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Run serves on l until ctx ends, and returns once everything it started has
// ended, within five seconds: what is in hand is finished, a connection that
// says nothing is closed at once.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: headerTime, ReadTimeout: bodyTime, WriteTimeout: time.Minute, IdleTimeout: idleTime,
		MaxHeaderBytes: 32 << 10, ConnState: s.conns.State, ConnContext: s.conns.Context,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug), // what clients do wrong
	}
	server.Protocols = new(http.Protocols)
	server.Protocols.SetHTTP1(true)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("web: %w", err)
	case <-ctx.Done():
	}
	s.conns.Shut()
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := server.Shutdown(late); err != nil {
		server.Close()
	}
	<-ended
	return nil
}

// A visit is a request with what its page needs.
type visit struct {
	*Server
	w    http.ResponseWriter
	r    *http.Request
	page *view.Page
	q    url.Values
}

// methods are those that a path can be asked with; HEAD is GET without the body.
type methods map[string]func(*visit)

// routes returns the pages.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	add := func(pattern string, m methods) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.dispatch(w, r, m) })
	}
	get := func(pattern string, f func(*visit)) { add(pattern, methods{http.MethodGet: f}) }
	get("/{$}", (*visit).home)
	get("/ask", (*visit).ask)
	add("/vote", methods{http.MethodPost: (*visit).vote})
	get("/embed", (*visit).embed)
	get("/reports", (*visit).reports)
	get("/r/{year}/{place}", (*visit).reader)
	for _, l := range lists {
		get("/"+l.name, l.page)
		get("/"+l.name+".csv", l.csv)
		get("/"+l.name+".xlsx", l.xlsx)
	}
	get("/robots.txt", (*visit).robots)
	get("/favicon.ico", func(v *visit) { http.Redirect(v.w, v.r, view.Static.Path("icon.svg"), http.StatusFound) })
	get("/healthz", func(v *visit) { v.plain(http.StatusOK, "ok\n") })
	get("/readyz", (*visit).ready)
	get("/static/", func(v *visit) {
		if !view.Static.Serve(v.w, v.r) {
			v.notFound()
		}
	})
	s.apiRoutes(add)
	s.desk.routes(add)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.visit(w, r).notFound() })
	return mux
}

func (s *Server) dispatch(w http.ResponseWriter, r *http.Request, m methods) {
	v := s.visit(w, r)
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if method == http.MethodOptions && v.preflight(m) {
		return
	}
	f, ok := m[method]
	if !ok {
		var allow []string
		for _, name := range []string{http.MethodGet, http.MethodPost} {
			if m[name] == nil {
				continue
			}
			if allow = append(allow, name); name == http.MethodGet {
				allow = append(allow, http.MethodHead)
			}
		}
		w.Header().Set("Allow", strings.Join(allow, ", "))
		v.fail(http.StatusMethodNotAllowed, 0)
		return
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		v.fail(http.StatusBadRequest, 0)
		return
	}
	v.q = q
	f(v)
}

// mounted hands what belongs to another service to its handler.
func (s *Server) mounted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := s.opt.Mount[r.URL.Path]; h != nil {
			h.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// recovered turns a panic into an apology and an entry in the log, whose lines
// about one request have its id.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(chat.WithRequest(r.Context(), "web:"+rand.Text()[:10]))
		defer func() {
			switch x := recover(); x {
			case nil:
			case http.ErrAbortHandler:
				panic(x)
			default:
				p := chat.Panic(x)
				s.log.ErrorContext(r.Context(), "page panicked", logErr, p, "stack", string(p.Stack))
				s.visit(w, r).fail(http.StatusInternalServerError, 0)
			}
		}()
		guard.Headers(w.Header(), nil)
		if s.https(r) {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// limited turns away who asks too often.
func (s *Server) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cost := guard.Page
		switch path := r.URL.Path; {
		case strings.HasPrefix(path, "/static/"), path == "/healthz", path == "/readyz", path == "/favicon.ico", path == "/robots.txt":
			cost = guard.File
		case strings.HasSuffix(path, ".xlsx"):
			cost = guard.Sheet
		}
		if ok, wait := s.rate.Allow(s.opt.Proxies.Client(r), cost); !ok {
			w.Header().Set("Retry-After", fmt.Sprint(wait))
			s.visit(w, r).fail(http.StatusTooManyRequests, wait)
			return
		}
		if !strings.HasPrefix(r.URL.Path, "/admin") {
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		}
		next.ServeHTTP(w, r)
	})
}

// https reports whether the person came over https.
func (s *Server) https(r *http.Request) bool {
	return s.base != nil && s.base.Scheme == "https" || s.opt.Proxies.HTTPS(r)
}

// origin returns scheme and host of lasting addresses.
func (s *Server) origin(r *http.Request) string {
	switch {
	case s.base != nil:
		return s.base.Scheme + "://" + s.base.Host
	case s.https(r):
		return "https://" + plainHost(r.Host)
	}
	return "http://" + plainHost(r.Host)
}

// plainHost returns the host that a browser asked for, if it looks like one: it
// stands in links.
func plainHost(h string) string {
	if h == "" || len(h) > 255 || strings.ContainsFunc(h, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-.:[]", c))
	}) {
		return "localhost"
	}
	return h
}

// Keys of log attributes.
const (
	logErr  = "err"
	logPath = "path"
	logWho  = "who"
)

// failed tells of an error: who asked gets an apology, the log the cause.
func (v *visit) failed(err error) {
	if v.r.Context().Err() != nil {
		return // nobody waits for it any more
	}
	if errors.Is(err, ErrNoReport) {
		v.fail(http.StatusNotFound, noSuchReport)
		return
	}
	v.log.ErrorContext(v.r.Context(), "page not made", logPath, v.page.Nav, logErr, err)
	v.fail(http.StatusInternalServerError, 0)
}

func lang(v *visit) chat.Lang { return v.page.Lang }
