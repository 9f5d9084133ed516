package figures

import (
	"math"
	"regexp"
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
	case q.class == unitPercent && rateName.MatchString(name):
		fig.Measure = corpus.MeasureLevel
	case q.class == unitPercent:
		fig.Measure = corpus.MeasureShare
	case q.unit == "番":
		fig.Measure = corpus.MeasureGrowth
	case changed:
		fig.Measure = corpus.MeasureChange
	case q.class == unitCounter && !volumeName.MatchString(name):
		fig.Measure = corpus.MeasureCount
	default:
		fig.Measure = corpus.MeasureLevel
	}
	if pred.growth < 0 && (fig.Measure == corpus.MeasureGrowth || fig.Measure == corpus.MeasureChange) {
		fig.Number = -math.Abs(fig.Number)
		if fig.High != 0 {
			fig.High = -math.Abs(fig.High)
		}
	}
	return fig
}

var (
	// rateName are rates of their own, which tell no part of a whole that
	// reports speak of: 失业率, 投入强度; but 优良天数比率.
	rateName = regexp.MustCompile(`(?:[^比]率|强度)(?:平均值|均值|水平)?(?:（[^）]*）)?$`)
	// volumeName are amounts although things are counted: 旅客吞吐量, 生猪出栏.
	volumeName = regexp.MustCompile(`(?:产|吞吐|客运|货运|业务|客流|发送|出栏|存栏|销)量$|出栏$|存栏$`)
)

// growthName reports whether an indicator is itself a rate of change.
func growthName(name string) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "目标"), "预期")
	for _, w := range []string{"增速", "增幅", "涨幅", "降幅", "增长率", "增长速度", "增长", "上涨幅度", "上升幅度", "增长幅度"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}
