package library

import (
	"testing"

	"jinwen/index"
)

// BenchmarkRouted asks a report by itself, and through the library of the
// reports beside the project: what routing adds.
//
//	go test -run '^$' -bench Routed ./index/library
func BenchmarkRouted(b *testing.B) {
	l := open(b, "天津", sources(b, "202[56]"))
	questions := []string{"今年GDP目标是多少", "今年城镇新增就业多少人", "老旧小区改造", "粮食产量目标", "口袋公园", "今年要建几条地铁", "娃上学学位今年加多少"}
	b.Run("alone", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := l.live.Ask(b.Context(), index.Query{Text: questions[i%len(questions)]}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("home", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := l.Ask(b.Context(), index.Query{Text: questions[i%len(questions)]}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("other", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := l.Ask(b.Context(), index.Query{Text: "重庆" + questions[i%len(questions)]}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
