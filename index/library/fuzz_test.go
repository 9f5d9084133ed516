package library

import (
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/version"
	"jinwen/index/question"
)

// Whatever is written, what it asks of a library is read without a panic, and
// names only reports that there are.
func FuzzRead(f *testing.F) {
	var list []version.Report
	for _, r := range []struct {
		place string
		year  int
	}{{"天津市", 2025}, {"天津市", 2026}, {"重庆市", 2026}, {"河北省", 2026}, {"四川省", 2025}, {"国务院", 2025}} {
		name := corpus.ReportName(r.year, r.place)
		list = append(list, version.Report{Name: name, Place: r.place, Year: r.year, Home: r.place == "天津市", Serving: version.Version{ID: name, Active: name == "2026/天津"}})
	}
	c := newCatalog(list)
	for _, s := range []string{"苏皖鲁三省今年GDP目标", "比北京高的省有哪些", "天津今年GDP目标在全国排第几", "重庆今年GDP目标多少？哪个省最高？；北京呢", "今年谁没提“低空经济”", "全国CPI，2021年到2024年各是多少", "京津冀去年GDP", "GDP超10万亿的省", "江浙沪皖渝比津高吗"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := question.Read(s, nil)
		parts := readParts(q, c, "天津市今年与北京协同")
		r := readRequest(inherit(q, q), c, "天津市今年与北京协同")
		for _, x := range append(parts, part{q, r}) {
			for _, p := range append(x.req.places, x.req.population(c)...) {
				if len(c.byPlace[p]) == 0 {
					t.Errorf("%q is read as of %s, of which there is no report", s, p)
				}
			}
			x.req.without(c)
			x.req.bare(c)
			x.req.subject(c)
		}
	})
}
