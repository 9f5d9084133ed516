package figures

import (
	"strings"

	"jinwen/corpus"
)

// figure gives the quantity q its measure, and the sign of its number: what
// falls (下降3%, 降低0.2个百分点) is negative, so that numbers compare.
func (f *figureReader) figure(q quantity, pred predicate, name string) corpus.Figure {
	fig := corpus.Figure{
		Span:      q.Span,
		Value:     f.r.Quote(q.Span),
		Number:    q.number,
		High:      q.high,
		Unit:      q.unit,
		Indicator: name,
		Bound:     pred.bound,
		Passage:   f.r.PassageAt(q.Start),
	}
	if fig.Bound == "" {
		fig.Bound = q.bound
	}
	changed := pred.growth != 0 && !pred.level || pred.growth != 0 && pred.growthWord != ""
	switch {
	case q.rank:
		fig.Measure = corpus.MeasureRank
	case q.class == unitPoints:
		fig.Measure = corpus.MeasureChange
	case (q.class == unitPercent || q.class == unitTimes) && (changed || growthName(name) && q.class == unitPercent):
		fig.Measure = corpus.MeasureGrowth
	case q.class == unitPercent:
		fig.Measure = corpus.MeasureShare
	case q.unit == "番":
		fig.Measure = corpus.MeasureGrowth
	case changed:
		fig.Measure = corpus.MeasureChange
	case q.class == unitCounter:
		fig.Measure = corpus.MeasureCount
	default:
		fig.Measure = corpus.MeasureLevel
	}
	if pred.growth < 0 && (fig.Measure == corpus.MeasureGrowth || fig.Measure == corpus.MeasureChange) {
		fig.Number = -fig.Number
		if fig.High != 0 {
			fig.High = -fig.High
		}
	}
	return fig
}

// growthName reports whether an indicator is itself a rate of change.
func growthName(name string) bool {
	for _, w := range []string{"增速", "增幅", "涨幅", "降幅", "增长率", "增长速度", "增长"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}
