package text

import (
	"context"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// A Field is what is indexed of a document.
type Field string

const (
	Words Field = "words" // the body, by words
	Grams Field = "grams" // the body, by pairs of neighbouring characters
	Head  Field = "head"  // what stands above it, by pairs
)

// A Doc is a text to be found, folded.
type Doc struct {
	Body string
	Head string
}

// A Clause asks for documents that hold a term in a field.
type Clause struct {
	Field Field
	Term  string
	Boost float64
}

// A Store finds documents by words, in memory. It never changes, and is safe
// for concurrent use.
type Store struct{ bleve bleve.Index }

// NewStore indexes docs, in one batch: Bleve's statistics depend on how
// documents are spread over batches. A Cutter must have been made before.
func NewStore(docs []Doc) (*Store, error) {
	b, err := newBleve()
	if err != nil {
		return nil, err
	}
	batch := b.NewBatch()
	for i, d := range docs {
		fields := map[string]any{string(Words): d.Body, string(Grams): d.Body, string(Head): d.Head}
		if err := batch.Index(strconv.Itoa(i), fields); err != nil {
			b.Close()
			return nil, err
		}
	}
	if err := b.Batch(batch); err != nil {
		b.Close()
		return nil, err
	}
	return &Store{b}, nil
}

// Search returns the documents that match any of clauses, at most limit of
// them, with Bleve's score as a share of the best one's. The documents of
// always match whatever they hold. It returns ctx.Err() if ctx ends first.
func (s *Store) Search(ctx context.Context, clauses []Clause, always []int, limit int) (map[int]float64, error) {
	should := make([]query.Query, 0, len(clauses)+len(always))
	for _, c := range clauses {
		t := bleve.NewTermQuery(c.Term)
		t.SetField(string(c.Field))
		t.SetBoost(c.Boost)
		should = append(should, t)
	}
	for _, d := range always {
		should = append(should, query.NewDocIDQuery([]string{strconv.Itoa(d)}))
	}
	if len(should) == 0 {
		return map[int]float64{}, ctx.Err()
	}
	return s.search(ctx, bleve.NewDisjunctionQuery(should...), limit)
}

// Match is Search for the words of text, as Bleve by itself would search.
func (s *Store) Match(ctx context.Context, text string, limit int) (map[int]float64, error) {
	q := bleve.NewMatchQuery(text)
	q.SetField(string(Words))
	return s.search(ctx, q, limit)
}

func (s *Store) search(ctx context.Context, q query.Query, limit int) (map[int]float64, error) {
	res, err := s.bleve.SearchInContext(ctx, bleve.NewSearchRequestOptions(q, limit, 0, false))
	if err != nil {
		return nil, err
	}
	out := make(map[int]float64, len(res.Hits))
	for _, h := range res.Hits {
		d, err := strconv.Atoi(h.ID)
		if err != nil {
			continue // ids are ours
		}
		out[d] = h.Score / res.MaxScore
	}
	return out, nil
}

// Close frees the store. Searches in flight must have ended.
func (s *Store) Close() error { return s.bleve.Close() }
