package text

import (
	"fmt"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"

	"jinwen/corpus/zh"
)

// Names under which Bleve knows our analysis.
const (
	wordsName = "jinwen_words" // gojieba, search mode
	gramsName = "jinwen_grams" // pairs of neighbouring characters: words cut differently are still found
)

// registered holds the error of registering with Bleve, which can be done
// once in a process only.
var registered = func() error {
	if err := registry.RegisterTokenizer(wordsName, func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
		return wordTokenizer{}, nil
	}); err != nil {
		return fmt.Errorf("register %s: %w", wordsName, err)
	}
	if err := registry.RegisterTokenizer(gramsName, func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
		return gramTokenizer{}, nil
	}); err != nil {
		return fmt.Errorf("register %s: %w", gramsName, err)
	}
	return nil
}()

// wordTokenizer gives gojieba's search-mode words with their byte offsets in
// the input. Overlapping words share the position of the place they begin at.
type wordTokenizer struct{}

func (wordTokenizer) Tokenize(input []byte) analysis.TokenStream {
	if !utf8.Valid(input) || jieba.Jieba == nil {
		return nil // gojieba gives nothing for invalid input, and says so on standard error
	}
	s := Cutter{jieba: jieba.Jieba}
	var out analysis.TokenStream
	position, at := 0, -1
	for _, w := range s.search(string(input)) {
		if w.Start > at {
			position, at = position+1, w.Start
		}
		out = append(out, &analysis.Token{
			Term: []byte(w.Text), Start: w.Start, End: w.End, Position: position, Type: analysis.Ideographic,
		})
	}
	return out
}

// gramTokenizer gives pairs of neighbouring Han characters, and runs of other
// letters and digits whole.
type gramTokenizer struct{}

func (gramTokenizer) Tokenize(input []byte) analysis.TokenStream {
	var out analysis.TokenStream
	add := func(start, end int) {
		out = append(out, &analysis.Token{
			Term: input[start:end], Start: start, End: end, Position: len(out) + 1, Type: analysis.Ideographic,
		})
	}
	prev := -1 // start of the Han character before
	for i := 0; i < len(input); {
		c, n := utf8.DecodeRune(input[i:])
		switch {
		case zh.IsLatin(c) || zh.IsDigit(c):
			j := i
			for j < len(input) && (zh.IsLatin(rune(input[j])) || zh.IsDigit(rune(input[j])) || input[j] == '.') {
				j++
			}
			add(i, j)
			prev, n = -1, j-i
		case c >= 0x3400 && c != utf8.RuneError && telling(string(c)):
			if prev >= 0 {
				add(prev, i+n)
			}
			prev = i
		default:
			prev = -1
		}
		i += n
	}
	return out
}

// newMapping is the whole of Bleve's mapping: three text fields, indexed and
// not stored. What stands in a passage is read from the report.
func newMapping() (*mapping.IndexMappingImpl, error) {
	if registered != nil {
		return nil, registered
	}
	m := bleve.NewIndexMapping()
	for _, name := range []string{wordsName, gramsName} {
		if err := m.AddCustomAnalyzer(name, map[string]any{"type": custom.Name, "tokenizer": name}); err != nil {
			return nil, err
		}
	}
	doc := bleve.NewDocumentStaticMapping()
	for field, analyzer := range map[Field]string{Words: wordsName, Grams: gramsName, Head: gramsName} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer = analyzer
		f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
		doc.AddFieldMappingsAt(string(field), f)
	}
	m.DefaultMapping = doc
	return m, m.Validate()
}

// newBleve returns an empty index in memory. NewMemOnly would give the old
// upsidedown kind, which ignores much of the mapping.
func newBleve() (bleve.Index, error) {
	m, err := newMapping()
	if err != nil {
		return nil, err
	}
	return bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
}
