package admin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"jinwen/corpus/decode"
	"jinwen/handlers/chat"
)

// An Inbox is a watched folder: a file that is put into it is imported and
// moved to done/ in it, or to failed/ with the reason beside it. It goes live
// only when an admin says so, unless Activate is set. A file that somebody still
// has open for writing (where the system tells, on Linux), or that changed a
// moment ago, is left alone; a folder that was removed is watched again once it
// is back. While a file is read it
// is in reading/: one that is found there at the start ended the process the
// last time, or it was killed meanwhile; it is not read again but failed.
type Inbox struct {
	Library  *Library
	Dir      string
	Activate bool           // make what was imported live, if nothing about it needs a look
	Quiet    time.Duration  // how long a file must not have changed before it is read; 0 is 2 s
	Poll     time.Duration  // how often the folder is looked at where the system reports no changes; 0 is 30 s
	Logger   *slog.Logger   // nil discards
	Took     func(Delivery) // called after each file, one call at a time; nil is not

	stuck   map[string]time.Time // files that could not be moved away, by time of change
	watcher *fsnotify.Watcher
	watched fs.FileInfo // the folder that is watched; nil if it is not there
}

// A Delivery is what became of a file in an Inbox.
type Delivery struct {
	Name    string
	Preview *Preview // nil if it failed
	Live    bool     // it was activated
	Err     error
}

// ErrReading says that the process ended while it read the file.
var ErrReading = errors.New("the process ended while it read this file; if nobody stopped it, send the text as .txt, else put the file in again")

// inboxName is who an Inbox is in the audit trail.
const inboxName = "inbox"

// Run takes in files until ctx ends.
func (b *Inbox) Run(ctx context.Context) error {
	if b.Quiet == 0 {
		b.Quiet = 2 * time.Second
	}
	if b.Poll == 0 {
		b.Poll = 30 * time.Second
	}
	if b.Logger == nil {
		b.Logger = slog.New(slog.DiscardHandler)
	}
	b.stuck = make(map[string]time.Time)
	if err := os.MkdirAll(b.Dir, 0o700); err != nil {
		return fmt.Errorf("inbox: %w", err)
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("inbox: %w", err)
	}
	defer w.Close()
	b.watcher = w
	if err := b.attend(); err != nil {
		return fmt.Errorf("inbox: %w", err)
	}
	b.giveUp()
	look := time.NewTimer(0)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-w.Events:
			look.Reset(b.Quiet)
		case <-w.Errors:
			look.Reset(b.Quiet)
		case <-look.C:
			again := b.Poll
			if b.scan(ctx) {
				again = b.Quiet
			}
			look.Reset(again)
		}
	}
}

func (b *Inbox) path(elem ...string) string {
	return filepath.Join(append([]string{b.Dir}, elem...)...)
}

// attend watches the folder that is there now, if it is not the one that is
// watched already.
func (b *Inbox) attend() error {
	info, err := os.Stat(b.Dir)
	if err != nil {
		b.watched = nil
		return err
	}
	for _, dir := range []string{b.path("reading"), b.path("done"), b.path("failed")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	// One that was removed and made again may look the same, but has no watch.
	if b.watched != nil && os.SameFile(info, b.watched) && slices.Contains(b.watcher.WatchList(), b.Dir) {
		return nil
	}
	if err := b.watcher.Add(b.Dir); err != nil {
		return err
	}
	b.watched = info
	return nil
}

// scan takes in all files that are complete. It reports whether to look again
// soon: some may not be, or the folder is not there.
func (b *Inbox) scan(ctx context.Context) (waiting bool) {
	before := b.watched
	if err := b.attend(); err != nil {
		if before != nil {
			b.Logger.Warn("watched folder is gone: it is watched again once it is back", logErr, err)
		}
		return true
	}
	if before == nil {
		b.Logger.Info("watched folder is back")
	}
	entries, err := os.ReadDir(b.Dir)
	if err != nil {
		b.Logger.Error("inbox not read", logErr, err)
		return false
	}
	for _, e := range entries {
		if ctx.Err() != nil {
			return false
		}
		// Only plain files: a link may point anywhere.
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || unfinished(e.Name()) {
			continue
		}
		if time.Since(info.ModTime()) < b.Quiet && time.Since(info.ModTime()) >= 0 {
			waiting = true
			continue
		}
		if beingWritten(b.path(e.Name())) {
			waiting = true
			continue
		}
		if !b.stuck[e.Name()].Equal(info.ModTime()) {
			b.take(ctx, e.Name(), info.ModTime())
		}
	}
	return waiting
}

// unfinished reports whether name is that of a file which a program has not
// finished, or keeps for itself.
func unfinished(name string) bool {
	for _, s := range []string{".tmp", ".part", ".partial", ".crdownload", ".download", ".swp", "~"} {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}

// giveUp fails the files at which the process ended the last time.
func (b *Inbox) giveUp() {
	entries, err := os.ReadDir(b.path("reading"))
	if err != nil {
		b.Logger.Error("inbox not read", logErr, err)
		return
	}
	for _, e := range entries {
		b.finish(e.Name(), Delivery{Name: FileName(e.Name()), Err: ErrReading})
	}
}

// take imports the file called name and moves it out of the way: before it is
// read, for reading it may end the process.
func (b *Inbox) take(ctx context.Context, name string, changed time.Time) {
	reading, err := b.move(b.path(name), name, "reading", nil)
	if err != nil {
		b.Logger.Error("inbox file not moved", logErr, err)
		b.stuck[name] = changed // or it would be tried again and again
		return
	}
	d := Delivery{Name: FileName(name)}
	d.Preview, d.Err = b.bring(ctx, reading)
	if ctx.Err() != nil { // the file is for the next start
		if _, err := b.move(b.path("reading", reading), name, ".", nil); err != nil {
			b.Logger.Error("inbox file not moved", logErr, err)
		}
		return
	}
	if d.Err == nil && b.Activate && !d.Preview.Unchanged() && len(d.Preview.Warnings) == 0 {
		by := b.Library.By(inboxName)
		by.From = d.Preview.Active.ID
		if _, d.Err = b.Library.Activate(ctx, d.Preview.Report.ID, by, nil); d.Err == nil {
			d.Live = true
		}
	}
	b.finish(reading, d)
}

// finish moves the file called name in reading/ to where it stays, and tells
// what became of it.
func (b *Inbox) finish(name string, d Delivery) {
	folder := "done"
	if d.Err != nil {
		folder = "failed"
	}
	if _, err := b.move(b.path("reading", name), name, folder, d.Err); err != nil {
		b.Logger.Error("inbox file not moved", logErr, err) // failed at the next start, at the latest
	}
	if d.Err != nil {
		b.Logger.Warn("inbox file refused", logErr, d.Err)
	} else {
		b.Logger.Info("inbox file imported", logVersion, d.Preview.Report.ID)
	}
	if b.Took != nil {
		b.Took(d)
	}
}

// bring imports the file called name in reading/.
func (b *Inbox) bring(ctx context.Context, name string) (*Preview, error) {
	f, err := os.Open(b.path("reading", name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, decode.MaxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > decode.MaxFile {
		return nil, decode.ErrTooBig
	}
	return b.Library.Import(ctx, FileName(name), data, b.Library.By(inboxName))
}

// move puts the file at from into folder, as name or, if that is taken, a name
// like it, which it returns; with the reason beside it if why is not nil.
func (b *Inbox) move(from, name, folder string, why error) (to string, err error) {
	to = name
	for n := 2; ; n++ {
		if _, err := os.Lstat(b.path(folder, to)); errors.Is(err, fs.ErrNotExist) {
			break
		}
		ext := filepath.Ext(name)
		to = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n, ext)
	}
	if why != nil {
		if err := os.WriteFile(b.path(folder, to+".error.txt"), []byte(reason(why)), 0o600); err != nil {
			return "", err
		}
	}
	return to, os.Rename(from, b.path(folder, to))
}

// reason returns why, for people, in all languages, and as it is.
func reason(why error) string {
	var s strings.Builder
	for _, l := range chat.Langs {
		if text, ok := Explain(why, l); ok {
			s.WriteString(text + "\n")
		}
	}
	return s.String() + why.Error() + "\n"
}

// Tell returns what admins hear of d: what it would change, with the buttons to
// decide, or why it failed.
func (d Delivery) Tell(l chat.Lang) chat.Reply {
	head := blocks(chat.Para, fmt.Sprintf(in(l).Inbox, d.Name))
	if d.Err != nil {
		text, ok := Explain(d.Err, l)
		if !ok {
			text = in(l).InboxFailed
		}
		return chat.Reply{Blocks: append(head, blocks(chat.Para, text)...)}
	}
	if d.Live {
		v := d.Preview.Version
		return chat.Reply{Blocks: append(head, blocks(chat.Para, "✅ "+fmt.Sprintf(in(l).Live, v.Title, shortID(v.ID)))...)}
	}
	r := preview(l, d.Preview)
	r.Blocks = append(head, r.Blocks...)
	return r
}
