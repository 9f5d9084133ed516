package text

import (
	"context"
	"math"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/blevesearch/bleve/v2/search/searcher"
)

// field is the only field of a document: its words.
const field = "words"

// A Clause asks for documents that hold a word.
type Clause struct {
	Term  string
	Boost float64
}

// A Store finds documents by words, in memory. It never changes, and is safe
// for concurrent use.
type Store struct{ bleve bleve.Index }

// NewStore indexes docs, folded texts, in one batch: Bleve's statistics depend on how
// documents are spread over batches. A Cutter must have been made before.
func NewStore(docs []string) (*Store, error) {
	b, err := newBleve()
	if err != nil {
		return nil, err
	}
	batch := b.NewBatch()
	for i, d := range docs {
		if err := batch.Index(strconv.Itoa(i), map[string]any{field: d}); err != nil {
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
// them, the best first: with Bleve's score as a share of the best one's. It
// returns ctx.Err() if ctx ends first.
func (s *Store) Search(ctx context.Context, clauses []Clause, limit int) (map[int]float64, error) {
	should := make([]query.Query, 0, len(clauses))
	for _, c := range clauses {
		t := bleve.NewTermQuery(c.Term)
		t.SetField(field)
		t.SetBoost(c.Boost)
		should = append(should, t)
	}
	if len(should) == 0 {
		return map[int]float64{}, ctx.Err()
	}
	req := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(should...), limit, 0, false)
	req.SortBy([]string{"-_score", "_id"}) // else equals are in the order of their numbers, which a batch gives at random
	return s.search(ctx, req)
}

func (s *Store) search(ctx context.Context, req *bleve.SearchRequest) (map[int]float64, error) {
	res, err := s.bleve.SearchInContext(ctx, req)
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

// init makes scores sums in the order of the clauses: beyond so many Bleve would
// add them up as its heap happens to lie, and the last bit would be chance.
func init() { searcher.DisjunctionHeapTakeover = math.MaxInt }

// Close frees the store. Searches in flight must have ended.
func (s *Store) Close() error { return s.bleve.Close() }
