package reply

import (
	"testing"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
)

// TestDifference: how far apart two figures are said to be, and when nothing
// can be said.
func TestDifference(t *testing.T) {
	const exact, about, over, under = corpus.BoundExact, corpus.BoundAbout, corpus.BoundOver, corpus.BoundUnder
	fig := func(n float64, unit string, m corpus.Measure, b corpus.Bound) corpus.Figure {
		return corpus.Figure{Number: n, Unit: unit, Measure: m, Bound: b}
	}
	level := func(n float64, b corpus.Bound) corpus.Figure { return fig(n, "个", corpus.MeasureLevel, b) }
	growth := func(n float64) corpus.Figure { return fig(n, "%", corpus.MeasureGrowth, exact) }
	ranged := level(3, exact)
	ranged.High = 5
	for _, c := range []struct {
		name string
		a, b corpus.Figure
		want string
	}{
		{"the same", level(3, exact), level(3, exact), "持平"},
		{"more", level(3, exact), level(5, exact), "多2个"},
		{"less", level(5, exact), level(3, exact), "少2个"},
		{"points", growth(5.4), growth(6), "高0.6个百分点"},
		{"fewer points", growth(6), growth(5.4), "低0.6个百分点"},
		{"per mille", fig(6, "‰", corpus.MeasureLevel, exact), fig(7, "‰", corpus.MeasureLevel, exact), "高1‰"},
		{"points of points", fig(1, "个百分点", corpus.MeasureChange, exact), fig(2, "个百分点", corpus.MeasureChange, exact), "高1个百分点"},
		{"ten thousands", level(10000, exact), level(20000, exact), "多1万个"},
		{"just under", level(1, exact), level(10000, exact), "多9999个"},
		{"hundred millions", level(1, exact), level(1e8+1, exact), "多1亿个"},
		{"another unit", level(3, exact), growth(5), ""},
		{"a growth against a level", fig(3, "%", corpus.MeasureLevel, exact), growth(5), ""},
		{"a level against a growth", growth(5), fig(3, "%", corpus.MeasureLevel, exact), ""},
		{"a range", ranged, level(5, exact), ""},
		{"against a range", level(5, exact), ranged, ""},
		{"ranks", fig(3, "位", corpus.MeasureRank, exact), fig(5, "位", corpus.MeasureLevel, exact), ""},
		{"against a rank", fig(3, "位", corpus.MeasureLevel, exact), fig(5, "位", corpus.MeasureRank, exact), ""},

		{"about", level(3, about), level(5, exact), "多约2个"},
		{"against about", level(3, exact), level(5, about), "多约2个"},
		{"about twice", level(5, about), level(3, about), "少约2个"},
		{"about the same", level(3, about), level(3, exact), ""},
		{"over the same", level(3, over), level(3, over), ""},
		{"over about", level(3, about), level(5, over), ""},
		{"about over", level(3, over), level(5, about), ""},
		{"over what is exact", level(3, exact), level(5, over), "多2个以上"},
		{"over, but lower", level(5, exact), level(3, over), ""},
		{"under what is exact", level(5, exact), level(3, under), "少2个以上"},
		{"under, but higher", level(3, exact), level(5, under), ""},
		{"exact above under", level(3, under), level(5, exact), "多2个以上"},
		{"exact below over", level(5, over), level(3, exact), "少2个以上"},
		{"over above under", level(3, under), level(5, over), "多2个以上"},
		{"over twice", level(3, over), level(5, over), ""},
	} {
		if got := difference(&c.a, &c.b, texts.Of(chat.Hans)); got != c.want {
			t.Errorf("%s: difference = %q, want %q", c.name, got, c.want)
		}
	}
}

// TestOtherYear: of a pair each is the other year of the other.
func TestOtherYear(t *testing.T) {
	r := &corpus.Report{Pairs: []corpus.Pair{{Actual: 0, Target: 3}, {Actual: 2, Target: 5}}}
	for f, want := range []int{3, -1, 5, 0, -1, 2} {
		if got := OtherYear(r, f); got != want {
			t.Errorf("OtherYear(%d) = %d, want %d", f, got, want)
		}
	}
}

// TestOneUnit: what shares an axis in a picture.
func TestOneUnit(t *testing.T) {
	r := &corpus.Report{Figures: []corpus.Figure{
		{Unit: "%", Measure: corpus.MeasureGrowth}, {Unit: "%", Measure: corpus.MeasureGrowth}, {Unit: "%", Measure: corpus.MeasureShare},
		{Unit: "个"}, {Unit: "个"}, {Unit: "位", Measure: corpus.MeasureRank}, {Unit: "位", Measure: corpus.MeasureRank},
	}}
	for _, c := range []struct {
		figs []int
		want bool
	}{
		{nil, false}, {[]int{0}, false}, {[]int{0, 1}, true}, {[]int{0, 2}, false}, {[]int{2, 0}, false}, {[]int{3, 4}, true}, {[]int{0, 3}, false}, {[]int{0, 1, 3}, false}, {[]int{5, 6}, false},
	} {
		if got := OneUnit(r, c.figs); got != c.want {
			t.Errorf("OneUnit(%v) = %v, want %v", c.figs, got, c.want)
		}
	}
}
