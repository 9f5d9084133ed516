package base

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"

	"jinwen/corpus"
	"jinwen/handlers/admin"
	"jinwen/handlers/questions"
	"jinwen/handlers/store"
	"jinwen/index"
	"jinwen/index/lexicon"
	"jinwen/index/library"
	"jinwen/index/text"
	"jinwen/index/vector"
)

// Lexicon returns the default one with the admins' own words on top.
func (a *App) Lexicon() (*lexicon.Lexicon, error) {
	if err := plainFile(a.Path("lexicon.yaml")); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(a.Path("lexicon.yaml"))
	if errors.Is(err, os.ErrNotExist) {
		return lexicon.Load()
	}
	if err != nil {
		return nil, err
	}
	return lexicon.Load(lexicon.Layer{Name: a.Path("lexicon.yaml"), Data: data})
}

// Dict says who named the folder if dict_dir holds no dictionaries; the index
// knows the folder only.
func (a *App) Dict() error {
	if a.Cfg.DictDir == "" {
		return nil
	}
	_, err := text.FindDict(a.Cfg.DictDir)
	if err == nil {
		return nil
	}
	where := "--dict-dir"
	if a.Flags.DictDir == "" {
		o, _ := a.Cfg.Origin("dict_dir")
		where = o.String() + ": dict_dir"
	}
	return fmt.Errorf("%s: %w in %s: want a copy of the folder deps/cppjieba/dict of its module", where, text.ErrNoDict, a.Cfg.DictDir)
}

// Index returns the index of the report. first has it wait for the embedding server,
// if there is one.
func (a *App) Index(first bool) (*index.Live, error) {
	if err := a.Dict(); err != nil {
		return nil, err
	}
	r, err := a.Report()
	if err != nil {
		return nil, err
	}
	lex, err := a.Lexicon()
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

// Asker answers from the report, or from the library if there is one. Call end
// when it is no longer asked.
func (a *App) Asker() (src index.Asker, end func(), err error) {
	live, err := a.Index(true)
	if err != nil {
		return nil, nil, err
	}
	if a.Flags.Report != "" || !a.HasVersions() {
		return live, func() { live.Close() }, nil
	}
	s, err := a.Versions()
	if err != nil {
		live.Close()
		return nil, nil, err
	}
	lex, err := a.Lexicon()
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

// Library opens the versions and makes the active one live. Close its Live.
// activated, which may be nil, hears of versions that go live while it runs.
func (a *App) Library(ctx context.Context, activated func(ctx context.Context, from, to *corpus.Report)) (*admin.Library, error) {
	if a.Flags.Report != "" {
		return nil, Usagef("--report is one file for one command: it has no versions; leave it out here")
	}
	if err := a.Dict(); err != nil {
		return nil, err
	}
	if err := plainFile(a.Path("lexicon.yaml")); err != nil { // the library waits for what it reads
		return nil, err
	}
	s, err := a.Versions()
	if err != nil {
		return nil, err
	}
	opt := index.Options{DictDir: a.Cfg.DictDir}
	if activated != nil { // else nobody asks it anything
		opt = a.indexOptions(nil)
	}
	return admin.Open(ctx, s, new(index.Live), admin.Options{
		Index: opt, Lexicon: a.Path("lexicon.yaml"), Logger: a.Log,
		Activated: activated,
	})
}

// QuestionBytes and EntryBytes are the parts of what questions may leave on disk
// that the log has and what buttons remember. The file of the latter takes five
// times of it: its pages are half full, and while the oldest are deleted there
// are two of each; with the handled updates some hundred kilobytes more.
func (a *App) QuestionBytes() int64 { return max(a.maxBytes()/4, a.maxBytes()*5/8-512<<10) }

// EntryBytes: see QuestionBytes.
func (a *App) EntryBytes() int64 { return a.maxBytes() / 16 }

func (a *App) maxBytes() int64 { return int64(a.Cfg.Questions.MaxMB) << 20 }

// Questions returns the log of what people asked.
func (a *App) Questions() *questions.Log {
	opt := questions.Options{Days: a.Cfg.Keep.QuestionDays, Bytes: a.QuestionBytes(), Logger: a.Log}
	if db, err := a.Database(); db != nil && err == nil { // else Versions tells of it
		opt.Shared = store.Lines{Engine: db.Engine()}
	}
	return questions.Open(a.Path("questions"), opt)
}

// embeddings is the embedding server of one run of the program, opened when
// first needed.
type embeddings struct {
	once     sync.Once
	server   *vector.Server
	failures atomic.Int64
}

// Embedder returns the embedding server that is set up; nil if there is none.
func (a *App) Embedder() *vector.Server {
	e := &a.embeddings
	e.once.Do(func() {
		if c := &a.Cfg.Embeddings; c.Set() {
			opt := a.EmbedderOptions()
			opt.Cache = a.Path("embeddings")
			opt.Failed = func() { e.failures.Add(1) }
			e.server = vector.NewServer(opt)
		}
	})
	return e.server
}

// EmbedderOptions returns the settings as the client takes them.
func (a *App) EmbedderOptions() vector.ServerOptions {
	c := &a.Cfg.Embeddings
	return vector.ServerOptions{URL: c.URL, Model: c.Model, Key: c.Key.Reveal(), Timeout: c.Timeout, Logger: a.Log}
}

// EmbeddingFailures returns how often the embedding server gave no vectors.
func (a *App) EmbeddingFailures() int64 { return a.embeddings.failures.Load() }

// CloseEmbedder closes what embedder has opened; nothing uses it any more.
func (a *App) CloseEmbedder() {
	if s := a.embeddings.server; s != nil {
		if err := s.Close(); err != nil {
			a.Log.Warn("embeddings not closed", "err", err)
		}
	}
}

// indexOptions returns those of every index; lex may be nil.
func (a *App) indexOptions(lex *lexicon.Lexicon) index.Options {
	opt := index.Options{DictDir: a.Cfg.DictDir, Lexicon: lex}
	if s := a.Embedder(); s != nil {
		opt.Embedder = s
	}
	return opt
}
