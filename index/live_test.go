package index

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"jinwen/corpus/extract"
)

func numbered(t *testing.T, n int) *Index {
	t.Helper()
	r := extract.ParseText(strings.ReplaceAll(another, "改造老旧小区15个", fmt.Sprintf("改造老旧小区%d个", n)))
	ix, err := New(r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// TestLiveSwap: questions run while indexes are swapped; every answer is
// wholly of one report, none fails, and every index but the last is closed.
func TestLiveSwap(t *testing.T) {
	live := NewLive(numbered(t, 1))
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				a, err := live.Ask(context.Background(), Query{Text: "今年改造几个老旧小区"})
				if err != nil {
					t.Error(err)
					return
				}
				if len(a.Figures) == 0 {
					t.Errorf("no figure: %s", a.Explain())
					return
				}
				f := a.Report.Figures[a.Figures[0]]
				if a.Report.Quote(f.Span) != f.Value {
					t.Errorf("figure %s is not of the answer's report", f.Value)
				}
			}
		})
	}
	var closed []<-chan struct{}
	for n := 2; n < 12; n++ {
		closed = append(closed, live.Swap(numbered(t, n)))
	}
	stop()
	wg.Wait()
	for _, done := range closed {
		<-done // hangs if an index that was replaced is never closed
	}
	if err := live.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := live.Ask(context.Background(), Query{Text: "教育"}); !errors.Is(err, ErrClosed) {
		t.Errorf("Ask after Close: %v, want ErrClosed", err)
	}
}
