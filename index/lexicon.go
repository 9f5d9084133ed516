package index

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// defaultLexicon is the YAML files of lexicon/ as one of JSON, which is read
// thirty times as fast; lexicon/README.md says what is in them, and how it is
// made.
//
//go:embed lexicon/default.json
var defaultLexicon []byte

// A Lexicon maps everyday words to the words of reports: words to words, for
// any city and any year. It is immutable and safe for concurrent use.
type Lexicon struct {
	words  *trie[*meaning] // everyday word (folded) → what it means
	latin  *trie[*meaning] // English term → what it means
	stop   *trie[bool]     // words that tell nothing of the subject
	topics []topic
}

// A meaning is what the words of a row of the lexicon lead to, folded. Its
// lists are joined by spaces, which no folded Chinese word holds: of thousands
// of rows a question needs a few.
type meaning struct {
	termList string
	mateList string
}

// terms are the words to look for, the most usual first.
func (m meaning) terms() []string { return strings.Fields(m.termList) }

// first is the most usual of the terms; "" if there is none.
func (m meaning) first() string {
	term, _, _ := strings.Cut(m.termList, " ")
	return term
}

// mates are the Chinese words of the row, which mean about the same: maxMates
// and one more at most.
func (m meaning) mates() []string { return strings.Fields(m.mateList) }

type topic struct {
	name  string
	terms []string // folded
}

// A Layer is the content of a lexicon file.
type Layer struct {
	Name string // for errors
	Data []byte // YAML, as lexicon/README.md has it
}

type lexiconRow struct {
	Say   []string `yaml:"say" json:"say"`
	Means []string `yaml:"means" json:"means"`
}

type lexiconFile struct {
	Synonyms []lexiconRow   `yaml:"synonyms" json:"synonyms"`
	English  []lexiconRow   `yaml:"english" json:"english"`
	Stop     []string       `yaml:"stop" json:"stop"`
	Slips    []lexiconRow   `yaml:"slips" json:"slips"`
	Topics   []lexiconTopic `yaml:"topics" json:"topics"`
}

type lexiconTopic struct {
	Name  string   `yaml:"name" json:"name"`
	Terms []string `yaml:"terms" json:"terms"`
}

// LoadLexicon reads YAML layers, a later one on top of those before it; the
// embedded default lies under all of them. A word that a later layer maps is
// mapped as it says; mapped to nothing, it is taken out. Errors name the layer
// and show the line.
func LoadLexicon(layers ...Layer) (*Lexicon, error) {
	var base lexiconFile
	if err := json.Unmarshal(defaultLexicon, &base); err != nil {
		return nil, fmt.Errorf("default lexicon: %w", err)
	}
	files := []lexiconFile{base}
	for _, l := range layers {
		f, err := l.decode()
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return newLexicon(files), nil
}

// newLexicon puts layers on top of each other.
func newLexicon(layers []lexiconFile) *Lexicon {
	w := lexiconWords{words: make(map[string]*meaning), latin: make(map[string]*meaning), own: make(map[string]bool), stop: make(map[string]bool)}
	for _, f := range layers {
		w.add(f)
	}
	w.pack()
	return &Lexicon{words: newTrie(w.words), latin: newTrie(w.latin), stop: newTrie(w.stop), topics: w.topics}
}

func (l Layer) decode() (f lexiconFile, err error) {
	dec := yaml.NewDecoder(bytes.NewReader(l.Data), yaml.Strict())
	if err := dec.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return f, fmt.Errorf("lexicon %s: %s", l.Name, strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	for _, rows := range [][]lexiconRow{f.Synonyms, f.Slips, f.English} {
		for _, row := range rows {
			for _, say := range row.Say {
				if utf8.RuneCountInString(foldWords(say)) < 2 {
					return f, fmt.Errorf("lexicon %s: %q is too short: a word to replace has at least two characters", l.Name, say)
				}
			}
		}
	}
	return f, nil
}

// lexiconWords is a lexicon while its layers are read.
type lexiconWords struct {
	words, latin map[string]*meaning
	own          map[string]bool // English words with a row, in whatever layer
	stop         map[string]bool
	rows         []*meaning
	topics       []topic
}

// add puts a layer on top.
func (w *lexiconWords) add(f lexiconFile) {
	plurals := make(map[string]*meaning)
	for _, rows := range [][]lexiconRow{f.Synonyms, f.Slips, f.English} {
		for _, row := range rows {
			w.addRow(row, plurals)
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
			x.terms = append(x.terms, fold(term))
		}
		w.topics = append(w.topics, x)
	}
}

// maxMates is how many of the other words of its row a word leads to.
const maxMates = 8

func (w *lexiconWords) addRow(row lexiconRow, plurals map[string]*meaning) {
	m := new(meaning)
	var terms, mates []string
	for _, x := range row.Means {
		if x = fold(x); x != "" {
			terms = append(terms, x)
		}
	}
	for _, say := range row.Say {
		k := foldWords(say)
		if isLatinText(k) {
			w.latin[k], w.own[k], plurals[plural(k)] = m, true, m
			continue
		}
		w.words[k] = m
		if len(terms) > 0 && len(mates) <= maxMates {
			mates = append(mates, k)
		}
	}
	m.termList, m.mateList = strings.Join(terms, " "), strings.Join(mates, " ")
	w.rows = append(w.rows, m)
}

// pack puts the words of all rows into one string: each on its own, they would
// lie scattered over pages that hold little else once the YAML is gone.
func (w *lexiconWords) pack() {
	var all strings.Builder
	for _, m := range w.rows {
		all.WriteString(m.termList)
		all.WriteString(m.mateList)
	}
	rest := all.String()
	next := func(s string) (packed string) {
		packed, rest = rest[:len(s)], rest[len(s):]
		return packed
	}
	for _, m := range w.rows {
		m.termList, m.mateList = next(m.termList), next(m.mateList)
	}
}

// plural is the regular plural of an English term.
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
	if !isLatinText(s) {
		return fold(s)
	}
	parts := strings.Fields(s)
	for i, p := range parts {
		parts[i] = fold(p)
	}
	return strings.Join(parts, " ")
}

// isLatinText reports whether s holds no Han character, but a Latin letter.
func isLatinText(s string) bool {
	latin := false
	for _, c := range s {
		if c >= 0x2e80 {
			return false
		}
		latin = latin || isLatin(foldRune(c))
	}
	return latin
}

// Topics are the names of the lexicon's topics, in its order.
func (l *Lexicon) Topics() []string {
	out := make([]string, len(l.topics))
	for i, t := range l.topics {
		out[i] = t.name
	}
	return out
}

// InTopic reports whether text holds one of the topic's telling terms.
func (l *Lexicon) InTopic(topic, text string) bool {
	text = fold(text)
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
