package text

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"testing"

	"github.com/blevesearch/bleve/v2"

	"jinwen/corpus/extract"
	"jinwen/corpus/zh"
)

// match searches for the words of text as Bleve by itself would.
func match(ctx context.Context, s *Store, text string, limit int) (map[int]float64, error) {
	q := bleve.NewMatchQuery(text)
	q.SetField(field)
	return s.search(ctx, bleve.NewSearchRequestOptions(q, limit, 0, false))
}

// BenchmarkMatch is one plain match query of Bleve, as BenchmarkAsk of index is one
// question.
func BenchmarkMatch(b *testing.B) {
	r, err := extract.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	var docs []string
	for _, p := range r.Passages {
		docs = append(docs, zh.Fold(r.Quote(p.Span)))
	}
	store, err := NewStore(docs)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	data, err := os.ReadFile("../testdata/questions.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	var questions []string
	for line := range bytes.Lines(data) {
		var q struct{ Q string }
		if err := json.Unmarshal(line, &q); err != nil {
			b.Fatal(err)
		}
		questions = append(questions, q.Q)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := match(b.Context(), store, questions[i%len(questions)], 10); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
