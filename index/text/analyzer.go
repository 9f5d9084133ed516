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
)

// wordsName is the name of our analysis with Bleve: gojieba in search mode.
const wordsName = "jinwen_words"

// registered holds the error of registering with Bleve, which can be done
// once in a process only.
var registered = func() error {
	if err := registry.RegisterTokenizer(wordsName, func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
		return wordTokenizer{}, nil
	}); err != nil {
		return fmt.Errorf("register %s: %w", wordsName, err)
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

// newMapping returns the whole of Bleve's mapping: one text field, indexed and not
// stored. What stands in a passage is read from the report.
func newMapping() (*mapping.IndexMappingImpl, error) {
	if registered != nil {
		return nil, registered
	}
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer(wordsName, map[string]any{"type": custom.Name, "tokenizer": wordsName}); err != nil {
		return nil, err
	}
	f := bleve.NewTextFieldMapping()
	f.Analyzer = wordsName
	f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt(field, f)
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
