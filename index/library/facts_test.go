package library

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jinwen/corpus"
)

// one and between are facts that tell a number, and a range.
func one(n float64) fact            { return fact{number: n} }
func between(low, top float64) fact { return fact{number: low, high: top} }

// TestFactOrder: a range stands by its upper end, then by its lower; where the
// least is asked for by its lower.
func TestFactOrder(t *testing.T) {
	tenth := 0.1
	for _, c := range []struct {
		f, g           fact
		compare, least int
		same           bool
		ties, tiesLow  bool
	}{
		{one(5), one(5), 0, 0, true, true, true},
		{one(5), one(6), -1, -1, false, false, false},
		{one(6), one(5), 1, 1, false, false, false},
		{between(4, 6), one(5), 1, -1, false, false, false},
		{between(4, 6), between(5, 6), -1, -1, false, true, false},
		{between(5, 6), between(4, 6), 1, 1, false, true, false},
		{between(4, 6), between(4, 5), 1, 0, false, false, true},
		{one(-3), one(-2), -1, -1, false, false, false},
		{one(1e12), one(1e12 + 1e-1), -1, -1, true, false, false},
		{one(tenth + 0.2), one(0.3), 1, 1, true, false, false},
		{one(5), between(4, 5), 1, 1, false, true, false},
	} {
		if got := c.f.compare(c.g); got != c.compare {
			t.Errorf("%v compares with %v as %d, want %d", c.f, c.g, got, c.compare)
		}
		if got := c.f.least(c.g); got != c.least {
			t.Errorf("%v is before %v by %d, want %d", c.f, c.g, got, c.least)
		}
		if a, b := c.f.same(c.g), c.g.same(c.f); a != c.same || b != c.same {
			t.Errorf("%v is the same as %v: %v, %v, want %v", c.f, c.g, a, b, c.same)
		}
		if a, b := c.f.ties(c.g, false), c.f.ties(c.g, true); a != c.ties || b != c.tiesLow {
			t.Errorf("%v ties with %v: %v, and from below %v, want %v, %v", c.f, c.g, a, b, c.ties, c.tiesLow)
		}
	}
}

// TestChoose: which of the places in order a ranking names.
func TestChoose(t *testing.T) {
	facts := map[string]fact{
		"a": {number: 6, bound: corpus.BoundOver}, "b": between(5, 6), "c": one(5), "d": {number: 5, bound: corpus.BoundUnder}, "e": one(4.5), "f": one(3),
	}
	for _, c := range []struct{ asked, want string }{
		{"最高的省", "a b"}, {"最低的省", "f"}, {"最高和最低的省", "a f"}, {"前三", "a b c d"}, {"最低的两个省", "f e"}, {"从高到低", "a b c d e f"},
		{"超过5%的省", "a"}, {"不低于5%的省", "a b c d"}, {"5%以上的省", "a b c d"}, {"达到5%的省", "a b c d"}, {"高于4.5%的省", "a b c d"},
		{"低于5%的省", "e f"}, {"不超过5%的省", "c d e f"}, {"5%以内的省", "c d e f"}, {"没到5%的省", "e f"}, {"不足3%的省", ""}, {"超过6%的省", ""}, {"6%以上的省", "a"},
		{"定在5%的省", "c"}, {"定在6%的省", ""},
	} {
		r := &request{text: c.asked, cues: make(map[cue][]string)}
		for _, f := range cuesOf([]rune(r.text)) {
			r.cues[f.cue] = append(r.cues[f.cue], f.word)
		}
		r.readOrder()
		var cells []cell
		for _, place := range slices.Sorted(keys(facts)) {
			f := facts[place]
			cells = append(cells, cell{place: place, fact: &f})
		}
		cells = append(cells, cell{place: "silent"})
		if got := strings.Join(r.choose(r.inOrder(cells)), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.asked, got, c.want)
		}
	}
}

func keys(m map[string]fact) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// TestCommonUnit: places stand side by side in what most of them tell, and in what
// is asked for unless hardly any tells it so.
func TestCommonUnit(t *testing.T) {
	kinds := map[string]fact{
		"yuan": {class: amount, unit: "元"}, "ton": {class: amount, unit: "吨"}, "%": {class: growth, unit: "%"}, "more": {class: change, unit: "元"}, "first": {class: rank},
	}
	for _, c := range []struct {
		told   string // by places, | between them
		prefer class
		class  class
		unit   string
	}{
		{"yuan|yuan|%", "", amount, "元"}, {"yuan|%|%", "", growth, "%"}, {"yuan|%|%", amount, amount, "元"}, {"yuan|%|%|%|%|%", amount, growth, "%"},
		{"yuan yuan yuan|%|%", "", growth, "%"}, {"more|more|more|yuan", "", amount, "元"}, {"more|more", "", change, "元"}, {"more|yuan", change, change, "元"},
		{"first|first|%", "", growth, "%"}, {"first", "", "", ""}, {"", "", "", ""}, {"ton|yuan", "", amount, "元"},
	} {
		var found [][]fact
		for _, place := range strings.Split(c.told, "|") {
			var list []fact
			for _, k := range strings.Fields(place) {
				list = append(list, kinds[k])
			}
			found = append(found, list)
		}
		if class, unit := commonUnit(found, c.prefer); class != c.class || unit != c.unit {
			t.Errorf("%s, %s preferred: %s in %s, want %s in %s", c.told, c.prefer, class, unit, c.class, c.unit)
		}
	}
}

// TestTrend: the way from the first to the last, and whether anything moved.
func TestTrend(t *testing.T) {
	for _, c := range []struct {
		numbers []float64
		way     int
		moved   bool
	}{{nil, 0, false}, {[]float64{1}, 0, false}, {[]float64{1, 1}, 0, false}, {[]float64{1, 2}, 1, true}, {[]float64{2, 1}, -1, true}, {[]float64{1, 2, 1}, 0, true}, {[]float64{1, 1, 2}, 1, true}, {[]float64{3, 1, 2}, -1, true}} {
		var cells []cell
		for _, n := range c.numbers {
			f := one(n)
			cells = append(cells, cell{fact: &f})
		}
		if way, moved := trend(cells); way != c.way || moved != c.moved {
			t.Errorf("%v: %d, %v, want %d, %v", c.numbers, way, moved, c.way, c.moved)
		}
	}
}

// TestYears: years as people write them.
func TestYears(t *testing.T) {
	for s, want := range map[string]int{"24": 2024, "00": 2000, "99": 2099, "2024": 2024, "1999": 1999, "100": 100} {
		if got := fullYear(s); got != want {
			t.Errorf("fullYear(%s) = %d, want %d", s, got, want)
		}
	}
	for year, want := range map[int]bool{1949: false, 1950: true, 2100: true, 2101: false} {
		if got := plausible(year); got != want {
			t.Errorf("plausible(%d) = %v, want %v", year, got, want)
		}
	}
	for said, want := range map[string]string{
		"2020到2024年": "2020-2024", "2024到2020年": "", "1994到2024年": "", "1995到2024年": "1995-2024", "1940到1960年": "", "20-24年": "2020-2024", "2024到2024年": "",
		"2024年以来": "2024-2026", "2025年以来": "2025-2026", "2026年以来": "", "近1年": "", "近2年": "2025-2026", "近十年": "2017-2026", "近11年": "", "近三年": "2024-2026",
		"十四五每年": "2021-2025", "十五五每年": "2026-2026", "十三五历年": "2016-2020", "十四五": "", "今年": "",
	} {
		r := &request{text: said, cues: cuesByKind(said)}
		got := ""
		if from, to, ok := r.readSpan(2026); ok {
			got = fmt.Sprintf("%d-%d", from, to)
		}
		if got != want {
			t.Errorf("%s is %q, want %q", said, got, want)
		}
	}
}

// TestForms: a word is looked for in either width, small and capital.
func TestForms(t *testing.T) {
	for term, want := range map[string]string{
		"低空经济": "低空经济", "ai": "ai ａｉ AI ＡＩ", "5G": "5G ５Ｇ 5g ５ｇ", "ＡＩ+": "ＡＩ+ ＡＩ＋ AI+ ａｉ+ ａｉ＋ ai+", "a b": "a b ａ ｂ A B Ａ Ｂ", "~!": "~! ～！",
	} {
		var got []string
		for _, f := range formsOf(term) {
			got = append(got, string(f))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("formsOf(%s) = %s, want %s", term, s, want)
		}
	}
}

// TestLook: a word is counted in every form, and quoted with the sentence of the
// first place that has it.
func TestLook(t *testing.T) {
	long := strings.Repeat("推进产业升级，", 40)
	for _, c := range []struct {
		text, term string
		count      int
		quote      string
	}{
		{"发展经济。发展AI产业。培育ＡＩ企业，用好ai。", "AI", 3, "发展AI产业。"},
		{"培育ＡＩ企业。发展AI产业。", "AI", 2, "培育ＡＩ企业。"},
		{"AI领先。", "AI", 1, "AI领先。"},
		{"一是AI；二是低空经济；三是海洋。", "低空经济", 1, "二是低空经济"},
		{"没有。", "AI", 0, ""},
		{"没有。", "", 0, ""},
		{long + "发展AI产业，" + long + "。", "AI", 1, "发展AI产业"},
		{long + "。发展AI产业，扩大开放。" + long, "AI", 1, "发展AI产业，扩大开放。"},
	} {
		row := look(&member{name: "2026/天津", place: "天津", year: 2026}, []byte(c.text), formsOf(c.term))
		if row.Count != c.count || row.Text != c.quote || row.Figure != -1 || row.Of != "2026/天津" {
			t.Errorf("%s in %.40s: %d times, %q, want %d, %q", c.term, c.text, row.Count, row.Text, c.count, c.quote)
		}
		if at := strings.Index(c.text, c.quote); c.quote != "" && (row.Quote.Start != utf8.RuneCountInString(c.text[:at]) || row.Quote.Len() != utf8.RuneCountInString(c.quote)) {
			t.Errorf("%q stands at %v", c.quote, row.Quote)
		}
	}
}
