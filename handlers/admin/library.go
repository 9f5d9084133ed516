// Package admin is what admins do: put an updated report in, see what changes,
// switch, go back, teach the bot words, and see what people ask and do not get.
//
// A [Library] ties the versions on disk to the index that answers. A new
// index is built beside the old one and checked; the record of the activation
// in the version store is the instant of the change; then the index is swapped
// in one step, and the old one is closed after its last question. Whatever
// instant the process ends at, the next start answers from the version that
// the store names, whole. [Chat] brings the library into the chat as a
// [handlers.Admin], [Inbox] into a watched folder, and the command line calls
// it itself; all of them are bound by the same rules.
//
// The package is apart from handlers because it needs the question log, which
// needs handlers' Event. Start reading with Library, then activate.go,
// preview.go and chat.go.
package admin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/version"
	"jinwen/index"
	"jinwen/index/lexicon"
)

// Keys of log attributes.
const (
	logErr     = "err"
	logVersion = "version"
	logTook    = "took"
	logWhat    = "what"
	logMend    = "mend"
)

// Options are the settings of a Library. The zero value works.
type Options struct {
	Index   index.Options    // Lexicon is ignored: the library loads its own
	Lexicon string           // file of the admins' own words; "" keeps none
	Logger  *slog.Logger     // nil discards
	Clock   func() time.Time // nil is time.Now

	// Activated is called by Run, one call at a time, after another version
	// went live because somebody activated it: the time to tell subscribers.
	// Going back calls nothing: who was told need not be told again. Nil says
	// that nobody is served: the library is opened to change something, and
	// opens though no version is readable, or how else to put that right?
	Activated func(ctx context.Context, from, to *corpus.Report)

	// Check says why an index must not go live; nil is SelfCheck.
	Check func(ctx context.Context, ix *index.Index) error
}

// A Library keeps the index in its Live that of the active version. It is safe
// for concurrent use; what changes the active version goes one at a time, and
// who comes second is told (*BusyError).
type Library struct {
	store *version.Store
	live  *index.Live
	opt   Options
	log   *slog.Logger
	now   func() time.Time

	turn     chan struct{}                   // holds one token: the right to change what is live
	busy     atomic.Pointer[Job]             // what the holder does; nil if nothing that takes long
	parsing  chan struct{}                   // one import at a time: files may be large
	lexicon  atomic.Pointer[lexicon.Lexicon] // in use; changed with the turn held
	decided  int64                           // number of the store's Decision that is live; guarded by turn
	notices  chan notice
	onChange func(words bool) // nil hears nothing

	warning sync.Mutex
	warned  map[string]bool // what warn has told of; guarded by warning
}

type notice struct{ from, to *corpus.Report }

// A Job is something that takes its time.
type Job struct {
	Who   string
	What  version.Action
	Since time.Time
}

// A BusyError says that somebody else is changing what is live just now.
type BusyError struct{ Job Job }

func (e *BusyError) Error() string {
	return fmt.Sprintf("busy: %s by %s since %s", e.Job.What, e.Job.Who, e.Job.Since.Format(time.TimeOnly))
}

// Open loads the lexicon, builds the index of store's active version and makes
// it live. If the text of that version is damaged, it takes the one that was
// active before it, or before that, and logs an error: a bot that answers from
// last month's text is better than none. It does not take the report that
// ships with the program unless an admin had activated that: it may be of
// another place, and nobody would notice. With none of them, or if the journal
// does not say which is active, the error says what to do.
func Open(ctx context.Context, store *version.Store, live *index.Live, opt Options) (*Library, error) {
	l := &Library{
		store: store, live: live, opt: opt, log: opt.Logger, now: opt.Clock,
		turn: make(chan struct{}, 1), parsing: make(chan struct{}, 1), notices: make(chan notice, 16),
		warned: make(map[string]bool),
	}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	if l.now == nil {
		l.now = time.Now
	}
	if l.opt.Check == nil {
		l.opt.Check = SelfCheck
	}
	lex, err := l.loadLexicon()
	if err != nil {
		// Broken by hand, most likely: the default lexicon still answers.
		l.log.Error("lexicon not loaded", logErr, err)
		if lex, err = lexicon.Default(); err != nil {
			return nil, err
		}
	}
	l.lexicon.Store(lex)
	l.warn()
	l.decided = store.Decision().Seq
	r, err := l.startingReport()
	if err != nil {
		return nil, err
	}
	ix, err := l.build(r)
	if err != nil {
		return nil, err
	}
	live.Swap(ix)
	debug.FreeOSMemory()
	return l, nil
}

// startingReport returns the active version's report, or the next best.
func (l *Library) startingReport() (*corpus.Report, error) {
	err := l.store.Lost()
	if err == nil {
		var first error
		for _, id := range l.store.Activations() {
			r, err := l.store.Report(id)
			if err == nil {
				if first != nil {
					l.log.Error("answering from an older version", logVersion, id, logErr, first)
				}
				return r, nil
			}
			l.log.Error("version not readable", logVersion, id, logErr, err)
			first = cmp.Or(first, err)
		}
		err = fmt.Errorf("%w, and no version before it is readable: import the report again and activate it (jinwen import FILE --activate), or name another version (jinwen versions, jinwen rollback VERSION)", first)
	}
	if l.opt.Activated != nil {
		return nil, err
	}
	l.log.Error("no version is readable", logErr, err)
	v, e := l.store.Find("embedded")
	if e != nil {
		return nil, errors.Join(err, e)
	}
	return l.store.Report(v.ID)
}

// warn logs what is damaged in the store, each thing once.
func (l *Library) warn() {
	l.warning.Lock()
	defer l.warning.Unlock()
	for _, w := range l.store.Warnings() {
		if l.warned[w.What] {
			continue
		}
		level := slog.LevelInfo
		if w.Damage {
			level = slog.LevelError
		}
		l.log.Log(context.Background(), level, "versions folder", logWhat, w.What, logMend, w.Mend)
		l.warned[w.What] = true
	}
}

// OnChange has fn called after reports came, went or changed, and with words
// true after the lexicon did. fn must not call l. It is set before anything
// can change.
func (l *Library) OnChange(fn func(words bool)) { l.onChange = fn }

func (l *Library) changed(words bool) {
	if l.onChange != nil {
		l.onChange(words)
	}
}

// Store returns the version store that l works on.
func (l *Library) Store() *version.Store { return l.store }

// Live returns what l keeps current.
func (l *Library) Live() *index.Live { return l.live }

// Topics returns the subjects of the lexicon in use. With InTopic it makes a
// Library a handlers.Topics that follows the lexicon.
func (l *Library) Topics() []string { return l.lexicon.Load().Topics() }

// InTopic reports whether text is about the topic.
func (l *Library) InTopic(topic, text string) bool { return l.lexicon.Load().InTopic(topic, text) }

// By returns who changes something, now, whatever is active.
func (l *Library) By(who string) version.By { return version.By{Who: who, When: l.now()} }

// Run keeps up with what other processes do to the store and the lexicon, and
// tells of activations, until ctx ends. It returns once all of that has ended.
func (l *Library) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	errs := make([]error, 2)
	wg.Go(func() {
		defer cancel()
		errs[0] = l.store.Watch(ctx, func(version.Record) {
			if err := l.Sync(ctx); err != nil && ctx.Err() == nil {
				l.log.Error("version not taken over", logErr, err)
			}
		})
	})
	wg.Go(func() {
		defer cancel()
		errs[1] = l.watchLexicon(ctx)
	})
	wg.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case n := <-l.notices:
				l.opt.Activated(ctx, n.from, n.to)
			}
		}
	})
	// The store may have moved on since Open.
	if err := l.Sync(ctx); err != nil && ctx.Err() == nil {
		l.log.Error("version not taken over", logErr, err)
	}
	wg.Wait()
	return errors.Join(errs...)
}

// begin takes the right to change what is live, for long work. If somebody
// else is at such work, the error is a *BusyError.
func (l *Library) begin(ctx context.Context, who string, what version.Action) (end func(), err error) {
	job := &Job{Who: who, What: what, Since: l.now()}
	if !l.busy.CompareAndSwap(nil, job) {
		if other := l.busy.Load(); other != nil {
			job = other
		}
		return nil, &BusyError{Job: *job}
	}
	release, err := l.wait(ctx)
	if err != nil {
		l.busy.Store(nil)
		return nil, err
	}
	return func() { release(); l.busy.Store(nil) }, nil
}

// wait takes the right to change what is live once whoever has it is done.
func (l *Library) wait(ctx context.Context) (end func(), err error) {
	select {
	case l.turn <- struct{}{}:
		return func() { <-l.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Build makes an index of r with the lexicon in use.
func (l *Library) Build(r *corpus.Report) (*index.Index, error) { return l.build(r) }

// build is Build.
func (l *Library) build(r *corpus.Report) (*index.Index, error) {
	opt := l.opt.Index
	opt.Lexicon = l.lexicon.Load()
	ix, err := index.New(r, opt)
	if err != nil {
		return nil, fmt.Errorf("index of version %s: %w", r.ID, err)
	}
	return ix, nil
}

// Sync makes live what the store has active, if another process changed it or
// wants it indexed anew.
func (l *Library) Sync(ctx context.Context) error {
	end, err := l.wait(ctx)
	if err != nil {
		return err
	}
	defer end()
	return l.sync(ctx)
}

// sync is Sync with the turn held.
func (l *Library) sync(ctx context.Context) error {
	d := l.store.Decision()
	if d.Seq == l.decided {
		return nil
	}
	defer func() { l.changed(d.Action == version.Reindexed) }()
	active := l.store.Active().ID
	if old := l.live.Report(); old != nil && old.ID == active && d.Action != version.Reindexed {
		l.decided = d.Seq
		return nil
	}
	l.warn()
	if err := l.store.Lost(); err != nil {
		return err // what is live stays
	}
	r, err := l.store.Report(active)
	if err != nil {
		return err
	}
	if lex, err := l.loadLexicon(); err == nil {
		l.lexicon.Store(lex)
	}
	ix, err := l.build(r)
	if err != nil {
		return err
	}
	l.decided = d.Seq
	l.swap(ctx, ix, d.Action)
	return nil
}

// settled notes that the store's Decision for version id is live. If another
// process has decided otherwise since, Sync is still to come.
func (l *Library) settled(id string) {
	if d := l.store.Decision(); d.Version == id {
		l.decided = d.Seq
	}
}

// closeTime is how long swap waits for the questions that are still at the old
// index. They have deadlines of their own; the index is closed after the last
// of them in any case.
const closeTime = 10 * time.Second

// swap makes ix live and waits for the old index to close. The turn is held.
func (l *Library) swap(ctx context.Context, ix *index.Index, how version.Action) {
	old := l.live.Report()
	closed := l.live.Swap(ix)
	l.changed(how == version.Reindexed)
	l.log.Info("version live", logVersion, ix.Report().ID, logWhat, string(how))
	if how == version.Activated && old != nil && old.ID != ix.Report().ID {
		l.tell(notice{old, ix.Report()})
	}
	late := time.NewTimer(closeTime)
	defer late.Stop()
	select {
	case <-closed:
	case <-ctx.Done():
	case <-late.C:
		l.log.Warn("old index still in use", logTook, closeTime)
	}
	debug.FreeOSMemory() // building takes many times what the index holds
}

// tell has the subscribers told of n.
func (l *Library) tell(n notice) {
	if l.opt.Activated == nil {
		return
	}
	select {
	case l.notices <- n:
	default:
		l.log.Warn("notice dropped", logVersion, n.to.ID)
	}
}

// limit is the most runes of a question made for SelfCheck.
const limit = 40

// SelfCheck asks ix what its own report says: questions made of passages from
// all over the text. It says why ix must not go live: it belongs to no text to
// speak of, or answers none of them.
func SelfCheck(ctx context.Context, ix *index.Index) error {
	r := ix.Report()
	n := len(r.Passages)
	if n == 0 {
		return errors.New("check: the text has no passages")
	}
	const samples = 8
	var last error
	for i := range min(n, samples) {
		p := r.Passages[i*n/min(n, samples)]
		q := question(r, p)
		ans, err := ix.Ask(ctx, index.Query{Text: q})
		switch {
		case err != nil:
			return fmt.Errorf("check: %w", err)
		case ans.Report != r:
			return errors.New("check: an answer from another report")
		case ans.Status == index.Answered && finds(ans, p):
			return nil
		}
		last = cmp.Or(last, fmt.Errorf("check: asked with its own words, it does not find passage %s", p.ID))
	}
	return last
}

// question returns the first words of p up to a stop.
func question(r *corpus.Report, p corpus.Passage) string {
	text := []rune(r.Quote(p.Span))
	end := 0
	for end < len(text) && end < limit && text[end] != '。' && text[end] != '；' && text[end] != '\n' {
		end++
	}
	return string(text[:end])
}

// finds reports whether a answers from p.
func finds(a *index.Answer, p corpus.Passage) bool {
	for _, h := range a.Hits {
		if a.Report.Passages[h.Passage].Overlaps(p.Span) {
			return true
		}
	}
	for _, f := range a.Figures {
		if p.Contains(a.Report.Figures[f].Span) {
			return true
		}
	}
	return false
}
