package index

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"jinwen/corpus/extract"
)

// BenchmarkAsk and BenchmarkMatch of index/text run the same questions on the same
// report: what an answer costs as a multiple of one plain match query.
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
	r, err := extract.Embedded()
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

// BenchmarkGrowth asks one question of 1, 10, 100 and 1,000 reports' worth of
// text, and says what that much text costs: seconds to parse and to index, and
// the memory that report and index hold. Each copy is of another number of
// gardens and kilometres, so that the copies are not one text to the index.
func BenchmarkGrowth(b *testing.B) {
	r, err := extract.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	testIndex(b) // loads what is loaded once
	for _, n := range []int{1, 10, 100, 1000} {
		if n > 100 && testing.Short() {
			continue
		}
		b.Run(fmt.Sprintf("reports=%d", n), func(b *testing.B) {
			before := heap()
			var text strings.Builder
			for i := range n {
				text.WriteString(strings.ReplaceAll(r.Text, "公里", fmt.Sprintf("公里（%d区）", i)))
				text.WriteString("\n")
			}
			began := time.Now()
			report := extract.ParseText(text.String())
			parsed := time.Now()
			ix, err := New(report, Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer ix.Close()
			indexed := time.Now()
			held := heap() - before
			text.Reset()
			var took []time.Duration
			questions := devQuestions(b)
			for i := 0; b.Loop(); i++ {
				asked := time.Now()
				if _, err := ix.Ask(context.Background(), Query{Text: questions[i%len(questions)].Q}); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(asked))
			}
			slices.Sort(took)
			b.ReportMetric(parsed.Sub(began).Seconds(), "s/parse")
			b.ReportMetric(indexed.Sub(parsed).Seconds(), "s/index")
			b.ReportMetric(float64(held)/1e6, "MB")
			b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
			b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
		})
	}
}

// heap returns what Go holds once the garbage is gone.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
