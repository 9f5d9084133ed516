package index

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

//go:embed lexicon/default.yaml
var defaultLexicon []byte

// A Lexicon maps everyday words to the words of reports: words to words, for
// any city and any year. It is immutable and safe for concurrent use.
type Lexicon struct {
	words  *trie[meaning] // everyday word (folded) → what it means
	latin  *trie[meaning] // English term → what it means
	stop   *trie[bool]    // words that tell nothing of the subject
	topics []topic
}

// A meaning is what a word of the lexicon leads to, folded.
type meaning struct {
	terms []string // most usual first
	mates []string // the other words of its row, which mean about the same
}

type topic struct {
	name  string
	terms []string // folded
}

// A Layer is the content of a lexicon file.
type Layer struct {
	Name string // for errors
	Data []byte // YAML, as documented at the top of lexicon/default.yaml
}

type lexiconRow struct {
	Say   []string `yaml:"say"`
	Means []string `yaml:"means"`
}

type lexiconFile struct {
	Synonyms []lexiconRow `yaml:"synonyms"`
	English  []lexiconRow `yaml:"english"`
	Stop     []string     `yaml:"stop"`
	Slips    []lexiconRow `yaml:"slips"`
	Topics   []struct {
		Name  string   `yaml:"name"`
		Terms []string `yaml:"terms"`
	} `yaml:"topics"`
}

// LoadLexicon reads YAML layers, a later one on top of those before it; the
// embedded default lies under all of them. A word that a later layer maps is
// mapped as it says; mapped to nothing, it is taken out. Errors name the layer
// and show the line.
func LoadLexicon(layers ...Layer) (*Lexicon, error) {
	l := emptyLexicon()
	for _, layer := range append([]Layer{{"default lexicon", defaultLexicon}}, layers...) {
		if err := l.read(layer); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func emptyLexicon() *Lexicon {
	return &Lexicon{words: newTrie[meaning](), latin: newTrie[meaning](), stop: newTrie[bool]()}
}

// read puts a layer on top.
func (l *Lexicon) read(layer Layer) error {
	var f lexiconFile
	dec := yaml.NewDecoder(bytes.NewReader(layer.Data), yaml.Strict())
	if err := dec.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("lexicon %s: %s", layer.Name, strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	if err := l.add(f); err != nil {
		return fmt.Errorf("lexicon %s: %w", layer.Name, err)
	}
	return nil
}

// maxMates is how many of the other words of its row a word leads to.
const maxMates = 8

func (l *Lexicon) add(f lexiconFile) error {
	for _, rows := range [][]lexiconRow{f.Synonyms, f.Slips, f.English} {
		for _, row := range rows {
			means := make([]string, 0, len(row.Means))
			for _, m := range row.Means {
				if m = fold(m); m != "" {
					means = append(means, m)
				}
			}
			for i, say := range row.Say {
				m := meaning{terms: means}
				for k, mate := range row.Say {
					if k != i && len(means) > 0 && !isLatinText(mate) && len(m.mates) < maxMates {
						m.mates = append(m.mates, fold(mate))
					}
				}
				if err := l.addWord(say, m); err != nil {
					return err
				}
			}
		}
	}
	for _, s := range f.Stop {
		if k := foldWords(s); k != "" {
			l.stop.put([]rune(k), true)
		}
	}
	for _, t := range f.Topics {
		x := topic{name: t.Name}
		for _, term := range t.Terms {
			x.terms = append(x.terms, fold(term))
		}
		l.topics = append(l.topics, x)
	}
	return nil
}

func (l *Lexicon) addWord(say string, m meaning) error {
	k := foldWords(say)
	if utf8.RuneCountInString(k) < 2 {
		return fmt.Errorf("%q is too short: a word to replace has at least two characters", say)
	}
	t := l.words
	if isLatinText(k) {
		t = l.latin
		t.put([]rune(plural(k)), m)
	}
	t.put([]rune(k), m)
	return nil
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

// A trie finds the longest key that a text begins with. Its nodes are numbers,
// 0 the root, and lie in one map: a map for each node would be ten times as
// large.
type trie[V any] struct {
	next   map[step]int32
	values map[int32]V
}

// A step leads from a node to the next.
type step struct {
	from int32
	by   rune
}

func newTrie[V any]() *trie[V] {
	return &trie[V]{next: make(map[step]int32), values: make(map[int32]V)}
}

func (t *trie[V]) put(key []rune, v V) {
	at := int32(0)
	for _, c := range key {
		to, ok := t.next[step{at, c}]
		if !ok {
			to = int32(len(t.next)) + 1
			t.next[step{at, c}] = to
		}
		at = to
	}
	t.values[at] = v
}

// longest returns the value and length of the longest key that s begins with;
// length 0 if there is none.
func (t *trie[V]) longest(s []rune) (v V, n int) {
	at, ok := int32(0), false
	for i, c := range s {
		if at, ok = t.next[step{at, c}]; !ok {
			return v, n
		}
		if x, set := t.values[at]; set {
			v, n = x, i+1
		}
	}
	return v, n
}
