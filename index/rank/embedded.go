package rank

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"jinwen/corpus"
	"jinwen/index/resolve"
	"jinwen/index/vector"
)

// An Embedder turns texts into vectors of length 1: *vector.Server does. What
// goes wrong is its own to tell; the index goes on with word vectors.
type Embedder interface {
	// Kept returns the vectors of texts if it has all of them, else nil, at once.
	Kept(texts []string) [][]float32
	// Passages takes its time, but no longer than ctx.
	Passages(ctx context.Context, texts []string) ([][]float32, error)
	// Question returns soon, with an error if there is no vector by then.
	Question(ctx context.Context, text string) ([]float32, error)
}

// embedded are the passages of an index as an Embedder has them. A nil one has
// none.
type embedded struct {
	by     Embedder
	vecs   atomic.Pointer[[][]float32] // nil until all are there
	again  chan struct{}               // the vectors are of another size than the questions'
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// embedAgain is how long to wait after a failure, and twice as long after each
// further one up to embedAtMost.
const (
	embedAgain  = 10 * time.Second
	embedAtMost = 10 * time.Minute
)

// embedFirst is how long New waits if it is told to.
const embedFirst = time.Minute

// EmbedTexts returns what an Embedder is given of a report's passages.
func EmbedTexts(r *corpus.Report) []string {
	texts := make([]string, len(r.Passages))
	for i, p := range r.Passages {
		texts[i] = r.Quote(p.Span)
	}
	return texts
}

// embedPassages begins to embed the passages of ix, beside the questions. What
// the embedder has kept serves at once; first waits for the rest.
func embedPassages(ix *Index, by Embedder, first bool) *embedded {
	texts := EmbedTexts(ix.Report)
	ctx, cancel := context.WithCancel(context.Background())
	e := &embedded{by: by, cancel: cancel, again: make(chan struct{}, 1)}
	if len(texts) == 0 {
		return e
	}
	vecs := by.Kept(texts)
	if vecs == nil && first {
		soon, end := context.WithTimeout(ctx, embedFirst)
		vecs, _ = by.Passages(soon, texts) // it tells of its errors; keepUp tries again
		end()
	}
	if len(vecs) == len(texts) {
		e.vecs.Store(&vecs)
	}
	e.done.Go(func() { e.keepUp(ctx, texts) })
	return e
}

// keepUp has the vectors of texts made whenever there are none, until ctx ends.
func (e *embedded) keepUp(ctx context.Context, texts []string) {
	for wait := embedAgain; ; wait = min(2*wait, embedAtMost) {
		if e.vecs.Load() == nil {
			if vecs, err := e.by.Passages(ctx, texts); err == nil && len(vecs) == len(texts) {
				e.vecs.Store(&vecs)
			}
		}
		if e.vecs.Load() != nil {
			select {
			case <-ctx.Done():
				return
			case <-e.again:
				e.vecs.Store(nil)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// stop ends the embedding and waits for that.
func (e *embedded) stop() {
	if e != nil {
		e.cancel()
		e.done.Wait()
	}
}

// scores returns, by passage, how much nearer than usual it is to what q says,
// in standard deviations; nil if the embedder has no vectors to tell it by.
func (e *embedded) scores(q *resolve.Question) []float64 {
	if e == nil {
		return nil
	}
	vecs := e.vecs.Load()
	if vecs == nil {
		return nil
	}
	text := q.Text // a sentence as it was said; word vectors want its words
	if q.Follows {
		text = q.Said()
	}
	v, err := e.by.Question(q.Effort.Context(), text+q.Translated())
	if err != nil {
		return nil
	}
	if len(v) != len((*vecs)[0]) {
		select {
		case e.again <- struct{}{}:
		default:
		}
		return nil
	}
	out := make([]float64, len(*vecs))
	for i, w := range *vecs {
		out[i] = float64(vector.Dot(v, w))
	}
	standardise(out)
	return out
}

// both returns what two kinds of vectors say together, standardised; nil is
// nothing. They err in different places: of 108 fresh questions the right
// passage came first in 90 with both, in 87 with those of words alone, in 88
// with those of sentences alone.
func both(words, sentences []float64) []float64 {
	switch {
	case words == nil:
		return sentences
	case sentences == nil:
		return words
	}
	for i, x := range sentences {
		words[i] += x
	}
	standardise(words)
	return words
}
