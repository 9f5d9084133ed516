package extract

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/decode"
	"jinwen/corpus/extract/figures"
)

// checkFigures holds what is true of the figures of any text.
func checkFigures(t *testing.T, r *corpus.Report) {
	t.Helper()
	whole := corpus.Span{Start: 0, End: r.Len()}
	end := 0
	for _, f := range r.Figures {
		switch {
		case !whole.Contains(f.Span) || !whole.Contains(f.Clause) || f.Len() <= 0:
			t.Fatalf("figure %v with clause %v lies outside the text of %d", f.Span, f.Clause, r.Len())
		case r.Quote(f.Span) != f.Value:
			t.Errorf("Quote(%v) = %q, want the value %q", f.Span, r.Quote(f.Span), f.Value)
		case f.Start < end:
			t.Errorf("figure %q at %v overlaps the one before, which ends at %d", f.Value, f.Span, end)
		case !f.Clause.Contains(f.Span):
			t.Errorf("figure %q at %v is not in its clause %v", f.Value, f.Span, f.Clause)
		case strings.Contains(r.Quote(f.Clause), "\n"):
			t.Errorf("the clause of %q crosses a line", f.Value)
		case f.Measure == "" || f.Bound == "" || f.Period == "" || f.Nature == "":
			t.Errorf("figure %q is incomplete: %+v", f.Value, f)
		case math.IsNaN(f.Number) || math.IsInf(f.Number, 0):
			t.Errorf("figure %q has the number %v", f.Value, f.Number)
		case f.Passage != r.PassageAt(f.Start):
			t.Errorf("figure %q has passage %d, want %d", f.Value, f.Passage, r.PassageAt(f.Start))
		}
		end = f.End
	}
}

func TestFigureProperties(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(paths, "../reports/tianjin-2024.txt") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			checkFigures(t, ParseText(string(data)))
		})
	}
}

func FuzzFigures(f *testing.F) {
	for _, s := range []string{
		"", "增长", "5%", "、5%、", "分别5%、6%、7%。", "甲、乙分别增长5%、6%，达到3家、4家。", "（5个（6个）7个）",
		"“5个“6个”7个《8个》", "1.2.3.4个", "1,234,567人", "5—6—7个", "3至5至7家", "第第第一", "百百百百家", "超万亿万亿元",
		"2024年2024年2024年", "全国全国全国第一", "占占占5%", "和和和5个和", "由5个、6个增加到7个", "一、甲\n其中5家\n（一）乙\n6％左右以上",
	} {
		f.Add(s)
	}
	if data, err := os.ReadFile("../reports/tianjin-2024.txt"); err == nil {
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.RuneCountInString(text) > 50000 {
			t.Skip()
		}
		checkFigures(t, ParseText(text))
	})
}

// BenchmarkFigures shows that the time grows with the text: ns/char stays.
func BenchmarkFigures(b *testing.B) {
	data, err := os.ReadFile("../reports/tianjin-2024.txt")
	if err != nil {
		b.Fatal(err)
	}
	shapes := map[string]string{
		"report":    string(data),
		"unstopped": strings.NewReplacer("。", "、", "，", "、", "；", "、", "\n", "、").Replace(string(data)),
		"digits":    strings.Repeat("5个", 9000),
	}
	for _, shape := range []string{"report", "unstopped", "digits"} {
		for _, times := range []int{1, 10, 100} {
			b.Run(fmt.Sprintf("%s/%dx", shape, times), func(b *testing.B) {
				text := strings.Repeat(shapes[shape]+"\n", times)
				if shape == "unstopped" {
					text = strings.Repeat(shapes[shape], times)
				}
				r := wrap(corpus.New(decode.Normalise(text)))
				bs := r.layout()
				body := r.parseOutline(bs)
				r.Year = r.planYear()
				r.parseZones(bs, body)
				r.parsePassages(body)
				n := float64(r.Len())
				for b.Loop() {
					r.Figures = nil
					figures.Read(r.Report)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/char")
			})
		}
	}
}
