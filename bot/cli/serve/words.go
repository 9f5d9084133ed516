package serve

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/handlers/store"
)

// The admins' own words are a file of each machine, which people may edit by
// hand. Where several machines share a database, a change on one is made on
// all; of two at once the later one stays.

// wordsPause is how often it is looked for changed words.
const wordsPause = time.Second

// words are the file of this machine and the one in the database.
type words struct {
	path   string
	engine store.Engine
	last   []byte // what both were last
	known  bool
}

const (
	wordsBucket = "files"
	wordsKey    = "lexicon.yaml"
)

// shareWords keeps the words of this machine and those in the database alike,
// until ctx ends.
func (k *keeper) shareWords(ctx context.Context, a *base.App) {
	if k == nil || k.db == nil {
		return
	}
	w := &words{path: a.Path("lexicon.yaml"), engine: k.db.Engine()}
	tick := time.NewTicker(wordsPause)
	defer tick.Stop()
	for {
		if err := w.step(a); err != nil && !errors.Is(err, store.ErrAway) {
			a.Log.Warn("words are not shared", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (w *words) step(a *base.App) error {
	mine, err := os.ReadFile(w.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var theirs []byte
	err = w.engine.View(func(tx store.Tx) error {
		v, err := tx.Get(wordsBucket, wordsKey)
		theirs = bytes.Clone(v)
		return err
	})
	switch {
	case err != nil:
		return err
	case bytes.Equal(mine, theirs):
	case w.known && !bytes.Equal(mine, w.last), len(theirs) == 0 && !w.known:
		err = w.engine.Update(func(tx store.Tx) error { return tx.Put(wordsBucket, wordsKey, mine) })
		theirs = mine
	default:
		if len(mine) > 0 && !w.known {
			a.Log.Warn("words of this machine differ from those of the others and are set aside", "file", w.path+".own")
			err = os.Rename(w.path, w.path+".own")
		}
		if err == nil {
			err = w.write(theirs)
		}
	}
	if err == nil {
		w.last, w.known = theirs, true
	}
	return err
}

// write writes the file, whole or not at all.
func (w *words) write(data []byte) error {
	if err := os.MkdirAll(filepath.Dir(w.path), 0o700); err != nil {
		return err
	}
	tmp := w.path + ".tmp"
	err := os.WriteFile(tmp, data, 0o600)
	if err == nil {
		err = os.Rename(tmp, w.path)
	}
	return err
}
