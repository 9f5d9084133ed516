package admin

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"jinwen/corpus/version"
	"jinwen/index/lexicon"
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

// readLexicon returns the content of the file; empty if there is none.
func (l *Library) readLexicon() ([]byte, error) {
	if l.opt.Lexicon == "" {
		return nil, nil
	}
	info, err := os.Stat(l.opt.Lexicon)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular(): // opening a named pipe would wait for its writer
		return nil, fmt.Errorf("%s is not a plain file", l.opt.Lexicon)
	}
	return os.ReadFile(l.opt.Lexicon)
}

func (l *Library) loadLexicon() (*lexicon.Lexicon, error) {
	data, err := l.readLexicon()
	if err != nil {
		return nil, err
	}
	return l.compile(data)
}

func (l *Library) compile(data []byte) (*lexicon.Lexicon, error) {
	if len(data) == 0 {
		return lexicon.Default()
	}
	return lexicon.Load(lexicon.Layer{Name: filepath.Base(l.opt.Lexicon), Data: data})
}

// Words returns the admins' words, in the order of the file.
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

// with returns f with w in the place of whatever stood for w.Say.
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
func (l *Library) apply(lex *lexicon.Lexicon) {
	l.lexicon.Store(lex)
	if ix, release := l.live.Acquire(); ix != nil {
		ix.SetLexicon(lex)
		release()
	}
	l.changed(true)
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
