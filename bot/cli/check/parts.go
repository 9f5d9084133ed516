package check

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"syscall"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/serve"
	"jinwen/handlers/store"
	"jinwen/handlers/store/postgres"
	"jinwen/index/vector"
)

// checkDatabase asks the database that several machines share.
func checkDatabase(ctx context.Context, a *base.App) []finding {
	f := finding{name: "database"}
	db, err := postgres.Open(ctx, a.Cfg.State.Reveal(), postgres.Options{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		f.what, f.mend = base.OneLine(err), "start the PostgreSQL that state (JINWEN_STATE) names, or correct the address; its user must be able to make tables"
		return []finding{f}
	}
	defer db.Close()
	about, err := db.About(ctx)
	if err != nil {
		f.what, f.mend = base.OneLine(err), "look into PostgreSQL's own log"
		return []finding{f}
	}
	f.what = fmt.Sprintf("PostgreSQL %s, answers in %.1f ms, %d values, %d processes at work, %d updates wait", about.Server,
		about.Took.Seconds()*1000, about.Values, about.Processes, about.Waiting)
	if about.Took > slowDatabase {
		f.mend, f.warn = "every message costs some calls: put the database nearer to the machines", true
	}
	return []finding{f}
}

// slowDatabase is how long one call may take before check says something.
const slowDatabase = 50 * time.Millisecond

// checkState reads the state file whole, if there is one that no bot has open.
func checkState(ctx context.Context, a *base.App) []finding {
	if a.Shared() {
		return checkDatabase(ctx, a)
	}
	if _, err := os.Stat(a.Path("state.db")); err != nil {
		return nil
	}
	f := finding{name: "state", what: a.Path("state.db")}
	users, err := store.Open(a.Path("state.db"), nil)
	switch _, damaged := errors.AsType[*store.Damaged](err); {
	case err == nil:
		users.Close()
	case errors.Is(err, store.ErrLocked):
		f.what += " (in use by a running bot, which has read it)"
	case damaged:
		f.what, f.mend = base.OneLine(err), "stop the bot, then jinwen restore"
	default:
		f.what, f.mend = base.OneLine(err), "let the user that runs Jinwen read and write it"
	}
	if days, _ := a.Snapshots().Days(); len(days) > 0 {
		f.what += ", last snapshot " + days[0]
	}
	return []finding{f}
}

// checkWeb tests whether the web page can be served as it is set up.
func checkWeb(ctx context.Context, a *base.App) []finding {
	w := &a.Cfg.Web
	if w.Listen == "" {
		return nil
	}
	f := finding{name: "web page", what: w.Listen}
	l, err := serve.ListenWeb(ctx, a)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		f.what, f.mend, f.warn = w.Listen+" is taken", "nothing to do if Jinwen runs there already; else choose another web.listen", true
	case err != nil:
		f.what, f.mend = base.OneLine(err), "set web.listen to an address of this machine, as 127.0.0.1:8080"
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

// checkEmbeddings asks the embedding server twice: the first time it may have
// to load its model.
func checkEmbeddings(ctx context.Context, a *base.App) []finding {
	if !a.Cfg.Embeddings.Set() {
		return nil
	}
	f := finding{name: "embeddings", warn: true}
	ctx, cancel := context.WithTimeout(ctx, embedTime)
	defer cancel()
	s := vector.NewServer(a.EmbedderOptions())
	defer s.Close()
	const text = "今年的主要目标"
	size, err := s.Probe(ctx, text)
	began := time.Now()
	if err == nil {
		size, err = s.Probe(ctx, text)
	}
	if err != nil {
		f.what, f.mend = base.OneLine(err), "start the server, or correct embeddings.url, model and key_file; until then the built-in word vectors serve"
		return []finding{f}
	}
	took := time.Since(began)
	f.what = fmt.Sprintf("%s, vectors of %d numbers, answers within embeddings.timeout", a.Cfg.Embeddings.Model, size)
	if took > a.Cfg.Embeddings.Timeout {
		f.what = fmt.Sprintf("%s, vectors of %d numbers, answers in %v", a.Cfg.Embeddings.Model, size, took.Round(time.Millisecond))
		f.mend = fmt.Sprintf("a question waits %v only: take a faster server, or raise embeddings.timeout", a.Cfg.Embeddings.Timeout)
	}
	return []finding{f}
}

// embedTime is how long check waits for the embedding server.
const embedTime = 10 * time.Second

// checkAside tells of messages that were set aside.
func checkAside(a *base.App) []finding {
	dead, err := a.DeadLetters()
	if err != nil {
		return nil // of the database, which is told already
	}
	all, err := dead.List()
	switch {
	case errors.Is(err, store.ErrAway):
		return nil // as well
	case err != nil:
		return []finding{{name: "set aside", what: base.OneLine(err), mend: "let the user that runs Jinwen read the data folder"}}
	case len(all) == 0:
		return nil
	}
	return []finding{{"set aside", fmt.Sprintf("%d could not be handled", len(all)), "look at them with jinwen dead-letters", true}}
}
