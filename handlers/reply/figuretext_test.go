package reply

import (
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
)

func TestAmount(t *testing.T) {
	for n, want := range map[float64]string{0.5999999999999996: "0.6", 7: "7", 820000: "82万", 770000000: "7.7亿", 1234.5: "1234.5"} {
		if got := amount(roundTo(n, 6)); got != want {
			t.Errorf("amount(%v) = %s, want %s", n, got, want)
		}
	}
}

// TestFigureWhen: of which year a figure is and whether it was reached.
func TestFigureWhen(t *testing.T) {
	l := texts.Of(chat.Hans)
	for _, c := range []struct {
		period string
		nature corpus.Nature
		want   string
	}{
		{"2031", corpus.Target, "2031年目标"}, {"2030", corpus.Actual, "2030年实际"}, {"2026-2030", corpus.Target, "2026-2030年目标"}, {"2026-2030", corpus.Actual, "2026-2030年实际"},
		{"cumulative", corpus.Target, l.CumulativeTarget}, {"cumulative", corpus.Actual, l.Cumulative},
		{"other", corpus.Target, l.Target}, {"other", corpus.Actual, l.Mentioned}, {"other", corpus.Background, l.Mentioned},
	} {
		if got := FigureWhen(&corpus.Figure{Period: c.period, Nature: c.nature}, l); got != c.want {
			t.Errorf("FigureWhen(%s, %s) = %s, want %s", c.period, c.nature, got, c.want)
		}
	}
}

// TestFigureName: a growth says what moves, unless its name does so already.
func TestFigureName(t *testing.T) {
	const text = "工业增加值增长7%，投资、消费分别增长5%、4%，出口下降2%，全年用电量3%。"
	r := extract.ParseText(text)
	runes := []rune(text)
	at := func(value, indicator string, m corpus.Measure, clause int) *corpus.Figure {
		for i := range runes {
			if n := len([]rune(value)); i+n <= len(runes) && string(runes[i:i+n]) == value {
				f := &corpus.Figure{Span: corpus.Span{Start: i, End: i + n}, Value: value, Indicator: indicator, Measure: m}
				f.Clause = corpus.Span{Start: clause, End: i + n}
				return f
			}
		}
		t.Fatal(value)
		return nil
	}
	for _, c := range []struct {
		f    *corpus.Figure
		want string
	}{
		{at("7%", "工业增加值", corpus.MeasureGrowth, 0), "工业增加值增长"},
		{at("7%", "工业增加值", corpus.MeasureShare, 0), "工业增加值"},
		{at("7%", "工业增加值增长", corpus.MeasureGrowth, 0), "工业增加值增长"},
		{at("4%", "消费", corpus.MeasureGrowth, 10), "消费增长"},
		{at("2%", "出口", corpus.MeasureGrowth, 0), "出口下降"},
		{at("3%", "全年用电量", corpus.MeasureGrowth, 31), "全年用电量"},
	} {
		if got := FigureName(r, c.f); got != c.want {
			t.Errorf("FigureName(%s of %s) = %s, want %s", c.f.Value, c.f.Indicator, got, c.want)
		}
	}
}
