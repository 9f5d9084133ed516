package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"jinwen/corpus"
	"jinwen/corpus/version"
	"jinwen/handlers"
	"jinwen/index"
)

// The parts, from the bottom up, are put together here and nowhere else:
//
//	report()    a file, else the active version, else the report that ships
//	index()     its index, in a Live that can swap it
//	replyText() an answer as people read it

// versionsDir is the folder of the version store.
func (a *app) versionsDir() string { return filepath.Join(a.cfg.DataDir, "versions") }

// questionsDir is the folder of what people asked.
func (a *app) questionsDir() string { return filepath.Join(a.cfg.DataDir, "questions") }

// versions opens the version store, and makes it if need be.
func (a *app) versions() (*version.Store, error) {
	return version.Open(a.versionsDir(), version.Options{Keep: a.cfg.Keep.Versions})
}

// report is what a command works on. It makes no files: who only asks needs
// no data folder.
func (a *app) report() (*corpus.Report, error) {
	if name := a.flags.Report; name != "" {
		return readReport(name)
	}
	if _, err := os.Stat(a.versionsDir()); errors.Is(err, os.ErrNotExist) {
		return corpus.Embedded()
	}
	store, err := a.versions()
	if err != nil {
		return nil, err
	}
	return store.Report(store.Active().ID)
}

func readReport(name string) (*corpus.Report, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return corpus.Parse(name, data)
}

// lexicon is the default one with the admins' own words on top.
func (a *app) lexicon() (*index.Lexicon, error) {
	return index.LoadLexicon()
}

// index is the index of the report.
func (a *app) index() (*index.Live, error) {
	r, err := a.report()
	if err != nil {
		return nil, err
	}
	lex, err := a.lexicon()
	if err != nil {
		return nil, err
	}
	ix, err := index.New(r, index.Options{DictDir: a.cfg.DictDir, Lexicon: lex})
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return index.NewLive(ix), nil
}

// replyText is the plain text of the first message that a chat gets.
func replyText(ans *index.Answer) string {
	var r handlers.Reply
	for _, h := range ans.Hits {
		p := ans.Report.Passages[h.Passage]
		r.Blocks = append(r.Blocks, handlers.Block{Kind: handlers.Quote, Text: ans.Report.Quote(p.Span)})
	}
	return r.Plain()
}
