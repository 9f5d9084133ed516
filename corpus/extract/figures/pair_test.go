package figures

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus"
)

var lastNumber = regexp.MustCompile(`[0-9.]+[^0-9]*$`)

// figureReport is a report of the plan year 2030 with only these figures, each
// at the end of the clause that the test gives as its value.
func figureReport(fs ...corpus.Figure) *corpus.Report {
	text := ""
	for i := range fs {
		f := &fs[i]
		at := len([]rune(text))
		end := at + len([]rune(f.Value))
		start := at + len([]rune(f.Value[:lastNumber.FindStringIndex(f.Value)[0]]))
		text += f.Value + "。"
		f.Clause, f.Span = corpus.Span{Start: at, End: end}, corpus.Span{Start: start, End: end}
	}
	r := corpus.New(text)
	r.Year = 2030
	r.Figures = fs
	return r
}

func TestPairs(t *testing.T) {
	actual := func(indicator, clause, unit string, m corpus.Measure, n float64) corpus.Figure {
		return corpus.Figure{Indicator: indicator, Value: clause, Unit: unit, Measure: m, Number: n, Period: "2029", Nature: corpus.Actual}
	}
	target := func(indicator, clause, unit string, m corpus.Measure, n float64) corpus.Figure {
		return corpus.Figure{Indicator: indicator, Value: clause, Unit: unit, Measure: m, Number: n, Period: "2030", Nature: corpus.Target}
	}
	for _, tt := range []struct {
		name string
		figs []corpus.Figure
		want []string // indicator of the actual → of the target: difference
	}{
		{"same name", []corpus.Figure{
			actual("地区生产总值", "地区生产总值增长4.3%", "%", corpus.MeasureGrowth, 4.3),
			target("地区生产总值", "地区生产总值增长4.5%", "%", corpus.MeasureGrowth, 4.5),
		}, []string{"地区生产总值 → 地区生产总值: 0.2"}},
		{"verbs of one sense", []corpus.Figure{
			actual("建设社区公园", "建设社区公园56个", "个", corpus.MeasureCount, 56),
			target("新建提升社区公园", "新建提升社区公园50个", "个", corpus.MeasureCount, 50),
		}, []string{"建设社区公园 → 新建提升社区公园: -6"}},
		{"level is no growth", []corpus.Figure{
			actual("技术合同成交额", "技术合同成交额1900亿元", "元", corpus.MeasureLevel, 1900e8),
			target("技术合同成交额", "技术合同成交额增长5%", "%", corpus.MeasureGrowth, 5),
		}, nil},
		{"other unit", []corpus.Figure{
			actual("改造老旧小区", "改造老旧小区410万平方米", "平方米", corpus.MeasureLevel, 410e4),
			target("改造老旧小区", "改造老旧小区275个", "个", corpus.MeasureCount, 275),
		}, nil},
		{"other pipes", []corpus.Figure{
			actual("改造燃气管网", "改造燃气管网637公里", "公里", corpus.MeasureLevel, 637),
			target("改造供热管网", "改造供热管网150公里", "公里", corpus.MeasureLevel, 150),
		}, nil},
		{"each to its own", []corpus.Figure{
			actual("改造燃气管网", "改造燃气管网637公里", "公里", corpus.MeasureLevel, 637),
			actual("改造供热管网", "改造供热管网136公里", "公里", corpus.MeasureLevel, 136),
			target("改造供热管网", "改造供热管网150公里", "公里", corpus.MeasureLevel, 150),
			target("改造燃气管网", "改造燃气管网623公里", "公里", corpus.MeasureLevel, 623),
		}, []string{"改造供热管网 → 改造供热管网: 14", "改造燃气管网 → 改造燃气管网: -14"}},
		{"added is not there altogether", []corpus.Figure{
			actual("高新技术企业", "高新技术企业突破1.1万家", "家", corpus.MeasureCount, 11000),
			target("新增高新技术企业", "新增高新技术企业1000家", "家", corpus.MeasureCount, 1000),
		}, nil},
		{"a word that the other clause tells", []corpus.Figure{
			actual("新增义务教育学位", "新增义务教育学位2.85万个", "个", corpus.MeasureCount, 28500),
			actual("新增普通高中学位", "新增普通高中学位1.04万个", "个", corpus.MeasureCount, 10400),
			target("增加学位", "新建义务教育学校12所、增加学位2万个", "个", corpus.MeasureCount, 20000),
		}, []string{"新增义务教育学位 → 增加学位: -8500"}},
		{"a word that the other clause does not tell", []corpus.Figure{
			actual("新增义务教育学位", "新增义务教育学位2.85万个", "个", corpus.MeasureCount, 28500),
			target("新增学位", "新增学位1.62万个", "个", corpus.MeasureCount, 16200),
		}, nil},
		{"one partner only", []corpus.Figure{
			actual("城市更新项目", "开工城市更新项目14个", "个", corpus.MeasureCount, 14),
			target("城市更新项目", "实施城市更新项目7个", "个", corpus.MeasureCount, 7),
			target("城市更新项目", "实施城市更新项目9个", "个", corpus.MeasureCount, 9),
		}, []string{"城市更新项目 → 城市更新项目: -7"}},
		{"no result of another year", []corpus.Figure{
			{Indicator: "粮食产量", Value: "粮食产量200万吨", Unit: "吨", Measure: corpus.MeasureLevel, Period: "2025", Nature: corpus.Actual},
			target("粮食产量", "粮食产量250万吨", "吨", corpus.MeasureLevel, 250e4),
		}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := figureReport(tt.figs...)
			var got []string
			for _, p := range Pairs(r) {
				got = append(got, fmt.Sprintf("%s → %s: %g", r.Figures[p.Actual].Indicator, r.Figures[p.Target].Indicator, p.Difference))
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("Pairs (-want +got):\n%s", d)
			}
		})
	}
}

func TestPairWordTables(t *testing.T) {
	for name, words := range map[string][]string{
		"notTelling": notTelling, "actWords": actWords, "tailWords": tailWords, "flowWords": flowWords, "stockWords": stockWords,
	} {
		if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
			t.Errorf("%s is not in order, or says a word twice", name)
		}
	}
}
