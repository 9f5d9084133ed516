package version

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watch calls fn, one call at a time, whenever there is a new Decision, whoever
// made it: this process or another. New means after Watch began. It returns
// when ctx ends and fn has returned; the error is not nil only if it could not
// begin.
func (s *Store) Watch(ctx context.Context, fn func(Record)) error {
	last := s.Decision()
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("versions: watch: %w", err)
	}
	defer w.Close()
	// The folder, not the file: that survives a restore from a backup.
	if err := w.Add(s.dir); err != nil {
		return fmt.Errorf("versions: watch: %w", err)
	}
	var following sync.WaitGroup
	defer following.Wait()
	if s.shared != nil {
		follow, end := context.WithCancel(ctx)
		defer end()
		following.Go(func() { s.follow(follow) })
	}
	tick := time.NewTicker(s.poll)
	defer tick.Stop()
	for {
		if now := s.Decision(); now.Seq != last.Seq {
			last = now
			fn(now)
		}
		if !s.wait(ctx, w, tick.C) {
			return nil
		}
	}
}

// wait returns when the journal may have changed; false once ctx ends.
func (s *Store) wait(ctx context.Context, w *fsnotify.Watcher, tick <-chan time.Time) bool {
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick:
			return true
		case <-s.pulled:
			return true
		case <-w.Errors: // too many events at once: looking is all there is to do
			return true
		case e := <-w.Events:
			if filepath.Base(e.Name) == filepath.Base(s.journal()) {
				return true
			}
		}
	}
}
