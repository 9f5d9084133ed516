// Package lexicon maps everyday words to the words of reports: words to words,
// for any city and any year. Its rows are the YAML files in data; README.md
// says what is in them. Start reading at [Load].
package lexicon

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"jinwen/corpus/zh"
)

// compiled is the YAML files of data as one of JSON, which is read thirty
// times as fast. TestCompiled holds that it is current.
//
//go:generate go test -run ^TestCompiled$ -update .
//go:embed data/compiled.json
var compiled []byte

// A Lexicon is a set of rows, ready to be looked up. It is immutable and safe
// for concurrent use.
type Lexicon struct {
	words  *zh.Trie[*Meaning] // everyday word (folded) → what it means
	latin  *zh.Trie[*Meaning] // English term → what it means
	stop   *zh.Trie[bool]     // words that tell nothing of the subject
	topics []topic
	rows   []*Meaning
}

// A Meaning is what the words of a row lead to, folded. The zero Meaning leads
// nowhere. Its lists are joined by spaces, which no folded Chinese word holds:
// of thousands of rows a question needs a few.
type Meaning struct {
	termList string
	kindList string // a byte for each term: its Kind
	mateList string
	sayList  string
}

// A Kind says how a word is linked to a term that it leads to.
type Kind byte

const (
	Same    Kind = '=' // it means the same
	KindOf  Kind = 'k' // it is a kind of that
	PartOf  Kind = 'p' // it is a part of that
	Related Kind = 'r' // it has to do with that
)

// Answers reports whether what a report says of the term may answer a question
// for the word. Of the parts and relatives of a thing it may say all sorts
// without saying anything of the thing itself.
func (k Kind) Answers() bool { return k == Same || k == KindOf }

// MeaningOf returns a meaning of the given terms, folded, the most usual first.
func MeaningOf(terms ...string) Meaning { return Meaning{termList: strings.Join(terms, " ")} }

// Terms returns the words to look for, the most usual first.
func (m Meaning) Terms() []string { return strings.Fields(m.termList) }

// Kind returns how the i-th of the terms is linked; Same if nothing else is said.
func (m Meaning) Kind(i int) Kind {
	if i < len(m.kindList) {
		return Kind(m.kindList[i])
	}
	return Same
}

// First returns the most usual of the terms; "" if there is none.
func (m Meaning) First() string {
	term, _, _ := strings.Cut(m.termList, " ")
	return term
}

// Mates returns the Chinese words of the row, which mean about the same:
// MaxMates and one more at most.
func (m Meaning) Mates() []string { return strings.Fields(m.mateList) }

// Says returns the Chinese words of the row.
func (m Meaning) Says() []string { return strings.Fields(m.sayList) }

// Rows yields the meanings of all rows, in their order.
func (l *Lexicon) Rows() iter.Seq[*Meaning] { return slices.Values(l.rows) }

// Word returns the longest everyday word that text (folded) begins with, among
// those whose length in code points ok accepts (nil: all); length 0 if there
// is none.
func (l *Lexicon) Word(text []rune, ok func(n int) bool) (Meaning, int) {
	return lookup(l.words, text, ok)
}

// English is Word for English terms.
func (l *Lexicon) English(text []rune, ok func(n int) bool) (Meaning, int) {
	return lookup(l.latin, text, ok)
}

func lookup(t *zh.Trie[*Meaning], text []rune, ok func(n int) bool) (Meaning, int) {
	if ok == nil {
		ok = func(int) bool { return true }
	}
	m, n := t.Match(text, ok)
	if m == nil {
		return Meaning{}, 0
	}
	return *m, n
}

// Stop returns the length of the longest word that tells nothing and that text
// begins with, as Word.
func (l *Lexicon) Stop(text []rune, ok func(n int) bool) int {
	if ok == nil {
		ok = func(int) bool { return true }
	}
	_, n := l.stop.Match(text, ok)
	return n
}

type topic struct {
	name  string
	terms []string // folded
}

// Default returns the lexicon without layers, read once in a process.
var Default = sync.OnceValues(func() (*Lexicon, error) { return Load() })

// A Layer is the content of a lexicon file.
type Layer struct {
	Name string // for errors
	Data []byte // YAML, as README.md has it
}

type row struct {
	Say     []string `yaml:"say" json:"say"`
	Means   []string `yaml:"means" json:"means,omitempty"`
	Kind    []string `yaml:"kind" json:"kind,omitempty"`
	Part    []string `yaml:"part" json:"part,omitempty"`
	Related []string `yaml:"related" json:"related,omitempty"`
}

type file struct {
	Synonyms []row      `yaml:"synonyms" json:"synonyms"`
	English  []row      `yaml:"english" json:"english"`
	Stop     []string   `yaml:"stop" json:"stop"`
	Slips    []row      `yaml:"slips" json:"slips"`
	Topics   []topicRow `yaml:"topics" json:"topics"`
}

type topicRow struct {
	Name  string   `yaml:"name" json:"name"`
	Terms []string `yaml:"terms" json:"terms"`
}

// Load reads YAML layers, a later one on top of those before it; the
// embedded default lies under all of them. A word that a later layer maps is
// mapped as it says; mapped to nothing, it is taken out. Errors name the layer
// and show the line.
func Load(layers ...Layer) (*Lexicon, error) {
	var base file
	if err := json.Unmarshal(compiled, &base); err != nil {
		return nil, fmt.Errorf("default lexicon: %w", err)
	}
	files := []file{base}
	for _, l := range layers {
		f, err := l.decode()
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return assemble(files), nil
}

// assemble puts layers on top of each other.
func assemble(layers []file) *Lexicon {
	w := builder{words: make(map[string]*Meaning), latin: make(map[string]*Meaning), own: make(map[string]bool), stop: make(map[string]bool)}
	for _, f := range layers {
		w.add(f)
	}
	w.pack()
	return &Lexicon{words: zh.NewTrie(w.words), latin: zh.NewTrie(w.latin), stop: zh.NewTrie(w.stop), topics: w.topics, rows: w.rows}
}

func (l Layer) decode() (f file, err error) {
	dec := yaml.NewDecoder(bytes.NewReader(l.Data), yaml.Strict())
	if err := dec.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return f, l.wrong(err)
	}
	for _, rows := range [][]row{f.Synonyms, f.Slips, f.English} {
		for _, r := range rows {
			for _, say := range r.Say {
				if utf8.RuneCountInString(foldWords(say)) < 2 {
					return f, fmt.Errorf("lexicon %s: %q is too short: a word to replace has at least two characters", l.Name, say)
				}
			}
		}
	}
	return f, nil
}

// wrong is err with the file, the line, and what a row may have.
func (l Layer) wrong(err error) error {
	var y yaml.Error
	if !errors.As(err, &y) {
		return fmt.Errorf("lexicon %s: %w", l.Name, err)
	}
	line := 1
	if tk := y.GetToken(); tk != nil && tk.Position != nil {
		line = tk.Position.Line
	}
	what, _, _ := strings.Cut(strings.TrimSpace(y.GetMessage()), "\n")
	reads := ""
	if lines := strings.Split(string(l.Data), "\n"); line <= len(lines) {
		reads = fmt.Sprintf(" (the line reads: %s)", strings.TrimSpace(lines[line-1]))
	}
	return fmt.Errorf("lexicon %s:%d: %s%s: want rows as {say: [娃], means: [儿童]}", l.Name, line, what, reads)
}

// builder is a lexicon while its layers are read.
type builder struct {
	words, latin map[string]*Meaning
	own          map[string]bool // English words with a row, in whatever layer
	stop         map[string]bool
	rows         []*Meaning
	topics       []topic
}

// add puts a layer on top.
func (w *builder) add(f file) {
	plurals := make(map[string]*Meaning)
	for _, rows := range [][]row{f.Synonyms, f.Slips, f.English} {
		for _, r := range rows {
			w.addRow(r, plurals)
		}
	}
	for k, m := range plurals {
		if !w.own[k] { // news has a row of its own, and is not many new
			w.latin[k] = m
		}
	}
	for _, s := range f.Stop {
		if k := foldWords(s); k != "" {
			w.stop[k] = true
		}
	}
	for _, t := range f.Topics {
		x := topic{name: t.Name}
		for _, term := range t.Terms {
			x.terms = append(x.terms, zh.Fold(term))
		}
		w.topics = append(w.topics, x)
	}
}

// MaxMates is how many of the other words of its row a word leads to.
const MaxMates = 8

func (w *builder) addRow(r row, plurals map[string]*Meaning) {
	m := new(Meaning)
	var terms, mates, says []string
	var kinds []byte
	for _, of := range []struct {
		kind  Kind
		terms []string
	}{{Same, r.Means}, {KindOf, r.Kind}, {PartOf, r.Part}, {Related, r.Related}} {
		for _, x := range of.terms {
			if x = zh.Fold(x); x != "" {
				terms, kinds = append(terms, x), append(kinds, byte(of.kind))
			}
		}
	}
	if kinds = bytes.TrimRight(kinds, string(byte(Same))); len(kinds) > 0 {
		m.kindList = string(kinds)
	}
	for _, say := range r.Say {
		k := foldWords(say)
		if zh.IsLatinText(k) {
			w.latin[k], w.own[k], plurals[plural(k)] = m, true, m
			continue
		}
		w.words[k] = m
		says = append(says, k)
		if len(terms) > 0 && len(mates) <= MaxMates {
			mates = append(mates, k)
		}
	}
	m.termList, m.mateList, m.sayList = strings.Join(terms, " "), strings.Join(mates, " "), strings.Join(says, " ")
	w.rows = append(w.rows, m)
}

// pack puts the words of all rows into one string: each on its own, they would
// lie scattered over pages that hold little else once the YAML is gone.
func (w *builder) pack() {
	var all strings.Builder
	for _, m := range w.rows {
		all.WriteString(m.termList)
		all.WriteString(m.mateList)
		all.WriteString(m.sayList)
	}
	rest := all.String()
	next := func(s string) (packed string) {
		packed, rest = rest[:len(s)], rest[len(s):]
		return packed
	}
	for _, m := range w.rows {
		m.termList, m.mateList, m.sayList = next(m.termList), next(m.mateList), next(m.sayList)
	}
}

// plural returns the regular plural of an English term.
func plural(s string) string {
	switch {
	case strings.HasSuffix(s, "y") && len(s) > 2 && !strings.ContainsRune("aeiou", rune(s[len(s)-2])):
		return s[:len(s)-1] + "ies"
	case strings.HasSuffix(s, "s"), strings.HasSuffix(s, "x"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "sh"):
		return s + "es"
	}
	return s + "s"
}

// foldWords is fold, but keeps single spaces between Latin words.
func foldWords(s string) string {
	if !zh.IsLatinText(s) {
		return zh.Fold(s)
	}
	parts := strings.Fields(s)
	for i, p := range parts {
		parts[i] = zh.Fold(p)
	}
	return strings.Join(parts, " ")
}

// Topics returns the names of the topics, in its order.
func (l *Lexicon) Topics() []string {
	out := make([]string, len(l.topics))
	for i, t := range l.topics {
		out[i] = t.name
	}
	return out
}

// InTopic reports whether text holds one of the topic's telling terms.
func (l *Lexicon) InTopic(topic, text string) bool {
	text = zh.Fold(text)
	for _, t := range l.topics {
		if t.name != topic {
			continue
		}
		for _, term := range t.terms {
			if strings.Contains(text, term) {
				return true
			}
		}
	}
	return false
}
