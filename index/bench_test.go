package index

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"

	"jinwen/corpus"
)

// BenchmarkAsk and BenchmarkBleveMatch run the same questions on the same
// index: what an answer costs as a multiple of one plain match query.
func BenchmarkAsk(b *testing.B) {
	ix := testIndex(b)
	questions := devQuestions(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := ix.Ask(context.Background(), Query{Text: questions[i%len(questions)].Q}); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkBleveMatch(b *testing.B) {
	ix := testIndex(b)
	questions := devQuestions(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		q := bleve.NewMatchQuery(questions[i%len(questions)].Q)
		q.SetField(fieldWords)
		if _, err := ix.bleve.SearchInContext(context.Background(), bleve.NewSearchRequest(q)); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkAskParallel is throughput: questions a second are 1e9/ns × cores.
func BenchmarkAskParallel(b *testing.B) {
	ix := testIndex(b)
	questions := devQuestions(b)
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			if _, err := ix.Ask(context.Background(), Query{Text: questions[i%len(questions)].Q}); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

func BenchmarkNew(b *testing.B) {
	r, err := corpus.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	testIndex(b)
	b.ReportAllocs()
	for b.Loop() {
		ix, err := New(r, Options{})
		if err != nil {
			b.Fatal(err)
		}
		ix.Close()
	}
}

// BenchmarkGrowth asks one question of 1, 10 and 100 reports' worth of text.
func BenchmarkGrowth(b *testing.B) {
	r, err := corpus.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("reports=%d", n), func(b *testing.B) {
			ix := newIndex(b, strings.Repeat(r.Text+"\n", n))
			for b.Loop() {
				if _, err := ix.Ask(context.Background(), Query{Text: "今年改造燃气管网多少公里"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
