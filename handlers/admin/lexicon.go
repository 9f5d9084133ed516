package admin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/fsnotify/fsnotify"
	"github.com/goccy/go-yaml"

	"jinwen/corpus"
	"jinwen/corpus/version"
	"jinwen/index"
)

// A Word is an everyday word with the words of reports that it stands for; no
// words take a word of the default lexicon out.
type Word struct {
	Say   string
	Means []string
}

func (w Word) String() string { return w.Say + "=" + strings.Join(w.Means, ",") }

// Bounds of a Word: what somebody could mean by one.
const (
	maxWord  = 24 // code points
	maxMeans = 8
	maxWords = 2000 // in the file
)

// What can be wrong with a word.
var (
	ErrWordForm    = errors.New("want a word, =, and what it stands for, separated by commas")
	ErrWordUnknown = errors.New("no such word")
	ErrNoLexicon   = errors.New("no file for words is configured")
	ErrTooMany     = errors.New("too many words")
)

// ParseWord reads 摇号=个人普通车摇号指标,小客车指标: what a person types, with
// full-width signs too.
func ParseWord(s string) (Word, error) {
	say, means, ok := strings.Cut(strings.Map(halfWidth, s), "=")
	w := Word{Say: strings.TrimSpace(say)}
	for _, m := range strings.Split(means, ",") {
		if m = strings.TrimSpace(m); m != "" && m != w.Say && !slices.Contains(w.Means, m) {
			w.Means = append(w.Means, m)
		}
	}
	if !ok || !validWord(w.Say) || utf8.RuneCountInString(w.Say) < 2 || len(w.Means) == 0 || len(w.Means) > maxMeans || slices.ContainsFunc(w.Means, func(m string) bool { return !validWord(m) }) {
		return Word{}, ErrWordForm
	}
	return w, nil
}

// halfWidth turns the signs that separate into those that ParseWord cuts at.
func halfWidth(c rune) rune {
	switch c {
	case '＝':
		return '='
	case '，', '、', '；', ';':
		return ','
	case '\u3000':
		return ' '
	}
	return c
}

// validWord reports whether s is a word that may be kept: letters and figures
// with what stands inside of names, as in 360科创园, PM2.5 and “海河英才”行动计划.
func validWord(s string) bool {
	return utf8.RuneCountInString(s) <= maxWord && strings.TrimSpace(s) == s && strings.ContainsFunc(s, unicode.IsLetter) &&
		!strings.ContainsFunc(s, func(c rune) bool {
			return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune(" -.+·/%“”《》（）", c) || c == utf8.RuneError
		})
}

// lexiconFile is the file of the admins' words, in the form of the default
// lexicon. Rows of words are the bot's; whatever else is in it stays as
// somebody wrote it.
type lexiconFile struct {
	Synonyms []lexiconRow `yaml:"synonyms"`
	English  any          `yaml:"english,omitempty"`
	Stop     any          `yaml:"stop,omitempty"`
	Slips    any          `yaml:"slips,omitempty"`
	Topics   any          `yaml:"topics,omitempty"`
}

type lexiconRow struct {
	Say   []string `yaml:"say,flow"`
	Means []string `yaml:"means,flow"`
}

const lexiconHead = `# Words that this bot knows beside its own, written by /lexicon in the chat.
# Edit it as you like: a change counts at once, comments below this one are
# lost at the next change from the chat. Means of none takes a word of the
# default lexicon out.
`

// readLexicon is the content of the file; empty if there is none.
func (l *Library) readLexicon() ([]byte, error) {
	if l.opt.Lexicon == "" {
		return nil, nil
	}
	data, err := os.ReadFile(l.opt.Lexicon)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

func (l *Library) loadLexicon() (*index.Lexicon, error) {
	data, err := l.readLexicon()
	if err != nil {
		return nil, err
	}
	return l.compile(data)
}

// defaultLexicon is read once in a process.
var defaultLexicon = sync.OnceValues(func() (*index.Lexicon, error) { return index.LoadLexicon() })

func (l *Library) compile(data []byte) (*index.Lexicon, error) {
	if len(data) == 0 {
		return defaultLexicon()
	}
	return index.LoadLexicon(index.Layer{Name: filepath.Base(l.opt.Lexicon), Data: data})
}

// Words are the admins' words, in the order of the file.
func (l *Library) Words() ([]Word, error) {
	f, err := l.lexiconFile()
	return f.words(), err
}

func (l *Library) lexiconFile() (f lexiconFile, err error) {
	data, err := l.readLexicon()
	if err == nil {
		err = yaml.Unmarshal(data, &f)
	}
	if err != nil {
		return lexiconFile{}, fmt.Errorf("lexicon: %w", err)
	}
	return f, nil
}

func (f lexiconFile) words() []Word {
	var out []Word
	for _, row := range f.Synonyms {
		for _, say := range row.Say {
			out = append(out, Word{say, row.Means})
		}
	}
	return out
}

// with is f with w in the place of whatever stood for w.Say.
func (f lexiconFile) with(w Word) lexiconFile {
	f = f.without(w.Say)
	f.Synonyms = append(f.Synonyms, lexiconRow{Say: []string{w.Say}, Means: append([]string{}, w.Means...)})
	return f
}

func (f lexiconFile) without(say string) lexiconFile {
	var rows []lexiconRow
	for _, row := range f.Synonyms {
		row.Say = slices.DeleteFunc(slices.Clone(row.Say), func(s string) bool { return s == say })
		if len(row.Say) > 0 {
			rows = append(rows, row)
		}
	}
	f.Synonyms = rows
	return f
}

func (f lexiconFile) marshal() ([]byte, error) {
	data, err := yaml.MarshalWithOptions(f, yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	return append([]byte(lexiconHead), data...), nil
}

// AddWord puts w over what the lexicon says of the word, at once. before is
// what the admins' words said of it; nil if nothing.
func (l *Library) AddWord(ctx context.Context, w Word, by version.By) (before *Word, err error) {
	err = l.editLexicon(ctx, version.LexiconAdded, w.String(), by, func(f lexiconFile) (lexiconFile, error) {
		words := f.words()
		if i := slices.IndexFunc(words, func(x Word) bool { return x.Say == w.Say }); i >= 0 {
			before = &words[i]
		} else if len(words) >= maxWords {
			return f, ErrTooMany
		}
		return f.with(w), nil
	})
	return before, err
}

// RemoveWord takes a word of the admins out. The error is ErrWordUnknown if
// they have none such.
func (l *Library) RemoveWord(ctx context.Context, say string, by version.By) error {
	return l.editLexicon(ctx, version.LexiconRemoved, say, by, func(f lexiconFile) (lexiconFile, error) {
		if !slices.ContainsFunc(f.words(), func(w Word) bool { return w.Say == say }) {
			return f, ErrWordUnknown
		}
		return f.without(say), nil
	})
}

// editLexicon changes the file and applies it. A file that would not load is
// not written.
func (l *Library) editLexicon(ctx context.Context, a version.Action, detail string, by version.By, edit func(lexiconFile) (lexiconFile, error)) error {
	if l.opt.Lexicon == "" {
		return ErrNoLexicon
	}
	end, err := l.wait(ctx)
	if err != nil {
		return err
	}
	defer end()
	old, err := l.readLexicon()
	if err != nil {
		return err
	}
	f, err := l.lexiconFile()
	if err != nil {
		return err
	}
	if f, err = edit(f); err != nil {
		return err
	}
	data, err := f.marshal()
	if err != nil {
		return err
	}
	lex, err := l.compile(data)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrWordForm, err)
	}
	if err := writeFile(l.opt.Lexicon, data); err != nil {
		return fmt.Errorf("lexicon: %w", err)
	}
	if err := l.store.Note(a, detail, by); err != nil {
		return errors.Join(err, writeFile(l.opt.Lexicon, old))
	}
	l.apply(lex)
	return nil
}

// apply makes lex the lexicon in use. The turn is held.
func (l *Library) apply(lex *index.Lexicon) {
	l.lexicon.Store(lex)
	if ix, release := l.live.Acquire(); ix != nil {
		ix.SetLexicon(lex)
		release()
	}
}

// writeFile replaces the file whole or not at all.
func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".tmp-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // in vain once it is renamed
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

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

// A Changed is a question that another lexicon answers otherwise.
type Changed struct {
	Question      string
	Before, After string // the first quote; "" if not found
}

// Effect asks questions both ways: with the lexicon in use, and with w in it
// too. It builds an index of its own for that and changes nothing.
func (l *Library) Effect(ctx context.Context, w Word, questions []string) ([]Changed, error) {
	f, err := l.lexiconFile()
	if err != nil {
		return nil, err
	}
	data, err := f.with(w).marshal()
	if err != nil {
		return nil, err
	}
	lex, err := l.compile(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWordForm, err)
	}
	now, release := l.live.Acquire()
	if now == nil {
		return nil, index.ErrClosed
	}
	defer release()
	opt := l.opt.Index
	opt.Lexicon = lex
	then, err := index.New(now.Report(), opt)
	if err != nil {
		return nil, err
	}
	defer then.Close()
	var out []Changed
	for _, q := range questions {
		a, err := now.Ask(ctx, index.Query{Text: q})
		if err != nil {
			return nil, err
		}
		b, err := then.Ask(ctx, index.Query{Text: q})
		if err != nil {
			return nil, err
		}
		if c := (Changed{q, gist(a), gist(b)}); c.Before != c.After {
			out = append(out, c)
		}
	}
	return out, nil
}

// gist is what an answer comes down to: its first figure's clause or its first
// quote.
func gist(a *index.Answer) string {
	var s corpus.Span
	switch {
	case a.Status != index.Answered:
		return ""
	case len(a.Figures) > 0:
		s = a.Report.Figures[a.Figures[0]].Clause
	case len(a.Hits) > 0:
		s = a.Hits[0].Focus
	case len(a.Commitments) > 0:
		s = a.Report.Commitments[a.Commitments[0]].Span
	case len(a.Sections) > 0:
		s = a.Report.Sections[a.Sections[0]].Heading
	}
	return a.Report.Quote(s)
}

// Suggest are terms of the report that an everyday word may stand for: what
// its figures measure and its topics, that share most characters with the
// word, two in a row counting more; at most n.
func Suggest(r *corpus.Report, say string, n int) []string {
	type candidate struct {
		term  string
		score int
	}
	var list []candidate
	seen := map[string]bool{say: true}
	add := func(term string) {
		if seen[term] || !validWord(term) {
			return
		}
		seen[term] = true
		if s := shared(say, term); s > 0 {
			list = append(list, candidate{term, s})
		}
	}
	for _, f := range r.Figures {
		add(f.Indicator)
	}
	for _, c := range r.Commitments {
		add(c.Topic)
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(len(a.term), len(b.term)))
	})
	var out []string
	for _, c := range list[:min(n, len(list))] {
		out = append(out, c.term)
	}
	return out
}

func shared(say, term string) int {
	score := 0
	for _, c := range say {
		if strings.ContainsRune(term, c) {
			score++
		}
	}
	chars := []rune(say)
	for i := 0; i+1 < len(chars); i++ {
		if strings.Contains(term, string(chars[i:i+2])) {
			score += 2
		}
	}
	return score
}
