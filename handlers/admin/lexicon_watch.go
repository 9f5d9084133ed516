package admin

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watchLexicon applies what is written to the file by hand or by another
// process.
func (l *Library) watchLexicon(ctx context.Context) error {
	if l.opt.Lexicon == "" {
		<-ctx.Done()
		return nil
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer w.Close()
	if err := os.MkdirAll(filepath.Dir(l.opt.Lexicon), 0o700); err != nil {
		return err
	}
	if err := w.Add(filepath.Dir(l.opt.Lexicon)); err != nil {
		return err
	}
	last, _ := l.readLexicon()
	// An editor writes in several steps: the file counts once it is quiet.
	quiet := time.NewTimer(0)
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-w.Errors:
			quiet.Reset(quietTime)
		case e := <-w.Events:
			if filepath.Base(e.Name) == filepath.Base(l.opt.Lexicon) {
				quiet.Reset(quietTime)
			}
		case <-quiet.C:
			data, err := l.readLexicon()
			if err == nil && string(data) == string(last) {
				continue
			}
			last = data
			if err == nil {
				err = l.reload(ctx)
			}
			if err != nil && ctx.Err() == nil {
				l.log.Warn("lexicon not taken over", logErr, err)
			}
		}
	}
}

// quietTime is how long a file must not change before it is read.
const quietTime = 300 * time.Millisecond

func (l *Library) reload(ctx context.Context) error {
	end, err := l.wait(ctx)
	if err != nil {
		return err
	}
	defer end()
	lex, err := l.loadLexicon()
	if err != nil {
		return err
	}
	l.apply(lex)
	l.log.Info("lexicon taken over")
	return nil
}
