package version

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// ImportTurn waits until no other process imports many reports into the folder,
// and holds that right until end is called. waiting, which may be nil, is
// called once if there is something to wait for. Every change is made under a
// lock of its own; the turn only keeps two imports from mixing.
func (s *Store) ImportTurn(ctx context.Context, waiting func()) (end func(), err error) {
	type result struct {
		end func()
		err error
	}
	got := make(chan result, 1)
	go func() {
		end, err := lockedfile.MutexAt(filepath.Join(s.dir, "import.lock")).Lock()
		got <- result{end, err}
	}()
	const patience = 200 * time.Millisecond
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		select {
		case r := <-got:
			if r.err != nil {
				return nil, fmt.Errorf("versions: %w", r.err)
			}
			return r.end, nil
		case <-late.C:
			if waiting != nil {
				waiting()
			}
		case <-ctx.Done():
			go func() { // the lock comes some day, and must not stay
				if r := <-got; r.err == nil {
					r.end()
				}
			}()
			return nil, ctx.Err()
		}
	}
}
