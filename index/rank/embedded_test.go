package rank

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"jinwen/index/position"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

// fake embeds texts by whether they hold a word.
type fake struct {
	word    string
	err     error // of questions
	size    int
	started chan struct{}
}

func (f *fake) Kept([]string) [][]float32 { return nil }

func (f *fake) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, t := range texts {
		out[i] = []float32{1, 0}
		if strings.Contains(t, f.word) {
			out[i] = []float32{0, 1}
		}
	}
	close(f.started)
	return out, ctx.Err()
}

func (f *fake) Question(context.Context, string) ([]float32, error) {
	if f.err != nil {
		return nil, f.err
	}
	return []float32{0, 1, 0}[:f.size], nil
}

// TestEmbedder: what an embedder finds near is ranked so; without its answer,
// or with one of another size, word vectors serve and nothing fails.
func TestEmbedder(t *testing.T) {
	for _, c := range []struct {
		name        string
		fake        fake
		first, near bool
	}{
		{"answers", fake{size: 2}, false, true},
		{"is waited for", fake{size: 2}, true, true},
		{"fails", fake{err: errors.New("down"), size: 2}, false, false},
		{"other size", fake{size: 3}, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := c.fake
			f.word, f.started = "幼儿园", make(chan struct{})
			ix := newTestIndex(t, &f, c.first)
			<-f.started
			for !c.first && ix.embedded.vecs.Load() == nil {
				time.Sleep(time.Millisecond) // stored right after
			}
			reads := resolve.Report{Report: ix.Report, Text: ix.Text, Cut: ix.cut, Slips: new(position.Slips), Composes: ix.Composes}
			q := reads.Resolve(question.Read("天上的云", nil), ix.Lexicon(), nil)
			got := ix.embedded.scores(q)
			if (got != nil) != c.near {
				t.Fatalf("scores %v, want some: %v", got, c.near)
			}
			for i, x := range got {
				if holds := strings.Contains(ix.Report.Quote(ix.Report.Passages[i].Span), f.word); holds != (x > 0) {
					t.Errorf("passage %d has %v, holds the word: %v", i, x, holds)
				}
			}
		})
	}
}

// mind is an embedder whose passages fail, or come in a size of its own.
type mind struct {
	fake
	passages atomic.Int64 // size; 0 fails
	asked    atomic.Int64
}

func (m *mind) Passages(_ context.Context, texts []string) ([][]float32, error) {
	m.asked.Add(1)
	size := m.passages.Load()
	if size == 0 {
		return nil, errors.New("down")
	}
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = make([]float32, size)
	}
	return out, nil
}

// TestEmbedAgain: passages are embedded once the server is there, and anew when
// it has another model, never in a hurry.
func TestEmbedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		m := &mind{fake: fake{size: 3}}
		e := &embedded{by: m, cancel: cancel, again: make(chan struct{}, 1)}
		e.done.Go(func() { e.keepUp(ctx, []string{"a", "b"}) })
		time.Sleep(time.Hour)
		if n := m.asked.Load(); n < 6 || n > 16 || e.vecs.Load() != nil {
			t.Errorf("asked %d times in an hour of failures", n)
		}
		m.passages.Store(2)
		time.Sleep(embedAtMost)
		synctest.Wait()
		q := &resolve.Question{Question: &question.Question{}}
		if e.vecs.Load() == nil || e.scores(q) != nil {
			t.Error("no passages, or scores of another size")
		}
		m.passages.Store(3)
		time.Sleep(embedAtMost)
		synctest.Wait()
		if e.scores(q) == nil {
			t.Error("passages are still of the old size")
		}
		e.stop()
	})
}

// heard is an embedder that has kept its passages, and notes what it is asked.
type heard struct {
	asked []string
}

func (h *heard) Kept(texts []string) [][]float32 {
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = []float32{float32(i % 2), 1}
	}
	return out
}

func (h *heard) Passages(context.Context, []string) ([][]float32, error) {
	return nil, errors.New("asked for what was kept")
}

func (h *heard) Question(_ context.Context, text string) ([]float32, error) {
	h.asked = append(h.asked, text)
	return []float32{1, 0}, nil
}

// TestEmbedKept: what was kept serves at once; a question is embedded as it was said,
// one that leans on another with what both say, an English one with what it means.
func TestEmbedKept(t *testing.T) {
	e := new(heard)
	ix := newTestIndex(t, e, false)
	for _, q := range []*resolve.Question{
		{Question: &question.Question{Text: "幼儿园呢", Words: "幼儿园呢", Subject: "幼儿园", Context: "建了几所"}},
		{Question: &question.Question{Text: "幼儿园呢", Words: "幼儿园呢", Subject: "幼儿园", Context: "建了几所", Follows: true}},
		{Question: &question.Question{Text: "Parks?"}, Terms: []resolve.Term{{Text: "parks", Alts: []resolve.Alt{{Text: "公园"}}}}},
	} {
		scores := ix.embedded.scores(q)
		if len(scores) != len(ix.Report.Passages) || scores[1] <= 0 || scores[0] >= 0 {
			t.Errorf("%s: %v, want every second passage near", q.Text, scores)
		}
	}
	if got := strings.Join(e.asked, "|"); got != "幼儿园呢|幼儿园 建了几所|Parks? 公园" {
		t.Errorf("asked were %s", got)
	}
	none := newIndexOf(t, "", &mind{}, true)
	if got := none.embedded.scores(&resolve.Question{Question: &question.Question{}}); got != nil {
		t.Errorf("of no passages %v", got)
	}
	var without *embedded
	if without.scores(nil) != nil {
		t.Error("without an embedder there are scores")
	}
	without.stop()
}
