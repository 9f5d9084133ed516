package cli

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"jinwen/bot/telegram"
	"jinwen/index"
	"jinwen/index/lexicon"
	"jinwen/index/rank"
	"jinwen/index/vector"
)

// embeddings is the embedding server of one run of the program, opened when
// first needed.
type embeddings struct {
	once     sync.Once
	server   *vector.Server
	failures atomic.Int64
}

// embedder is the embedding server that is set up; nil if there is none.
func (a *app) embedder() *vector.Server {
	e := &a.embeddings
	e.once.Do(func() {
		if c := &a.cfg.Embeddings; c.Set() {
			opt := a.embedderOptions()
			opt.Cache = a.path("embeddings")
			opt.Failed = func() { e.failures.Add(1) }
			e.server = vector.NewServer(opt)
		}
	})
	return e.server
}

// embedderOptions are the settings as the client takes them.
func (a *app) embedderOptions() vector.ServerOptions {
	c := &a.cfg.Embeddings
	return vector.ServerOptions{URL: c.URL, Model: c.Model, Key: c.Key.Reveal(), Timeout: c.Timeout, Logger: a.log}
}

// closeEmbedder closes what embedder has opened; nothing uses it any more.
func (a *app) closeEmbedder() {
	if s := a.embeddings.server; s != nil {
		if err := s.Close(); err != nil {
			a.log.Warn("embeddings not closed", "err", err)
		}
	}
}

// indexOptions are those of every index; lex may be nil.
func (a *app) indexOptions(lex *lexicon.Lexicon) index.Options {
	opt := index.Options{DictDir: a.cfg.DictDir, Lexicon: lex}
	if s := a.embedder(); s != nil {
		opt.Embedder = s
	}
	return opt
}

// counts are the metrics of the embedding server.
func (a *app) counts() []telegram.Count {
	if !a.cfg.Embeddings.Set() {
		return nil
	}
	return []telegram.Count{{
		Name: "embedding_failures", Help: "Times that the embedding server gave no vectors and word vectors served.",
		Value: func() float64 { return float64(a.embeddings.failures.Load()) },
	}}
}

// How often embedAhead looks for reports that it does not know, and how long it
// leaves a server alone that failed.
const (
	embedLook  = time.Minute
	embedLater = 5 * time.Minute
)

// embedAhead has the passages of all reports embedded, and of those that come,
// until ctx ends, so that the first question to a report need not do without.
// The one that is live is embedded by its index.
func (s *service) embedAhead(ctx context.Context, e *vector.Server) {
	done := make(map[string]bool) // by version
	for {
		wait := embedLook
		for _, r := range s.library.Store().Reports() {
			for _, id := range []string{r.Serving.ID, r.Versions[0].ID} { // the newest may wait for a decision
				if live := s.live.Report(); id == "" || done[id] || live != nil && live.ID == id {
					continue
				}
				report, err := s.library.Store().Report(id)
				if err == nil {
					_, err = e.Passages(ctx, rank.EmbedTexts(report)) // it logs its errors
				}
				if err != nil {
					wait = embedLater
				} else {
					done[id] = true
				}
				if ctx.Err() != nil {
					return
				}
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// embedTime is how long check waits for the embedding server.
const embedTime = 10 * time.Second

// checkEmbeddings asks the embedding server twice: the first time it may have
// to load its model.
func (a *app) checkEmbeddings(ctx context.Context) []finding {
	if !a.cfg.Embeddings.Set() {
		return nil
	}
	f := finding{name: "embeddings", warn: true}
	ctx, cancel := context.WithTimeout(ctx, embedTime)
	defer cancel()
	s := vector.NewServer(a.embedderOptions())
	defer s.Close()
	const text = "今年的主要目标"
	size, err := s.Probe(ctx, text)
	began := time.Now()
	if err == nil {
		size, err = s.Probe(ctx, text)
	}
	if err != nil {
		f.what, f.mend = oneLine(err), "start the server, or correct embeddings.url, model and key_file; until then the built-in word vectors serve"
		return []finding{f}
	}
	took := time.Since(began)
	f.what = fmt.Sprintf("%s, vectors of %d numbers, answers within embeddings.timeout", a.cfg.Embeddings.Model, size)
	if took > a.cfg.Embeddings.Timeout {
		f.what = fmt.Sprintf("%s, vectors of %d numbers, answers in %v", a.cfg.Embeddings.Model, size, took.Round(time.Millisecond))
		f.mend = fmt.Sprintf("a question waits %v only: take a faster server, or raise embeddings.timeout", a.cfg.Embeddings.Timeout)
	}
	return []finding{f}
}
