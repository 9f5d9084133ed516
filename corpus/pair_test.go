package corpus

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var lastNumber = regexp.MustCompile(`[0-9.]+[^0-9]*$`)

// figureReport is a report of the plan year 2030 with only these figures, each
// at the end of the clause that the test gives as its value.
func figureReport(fs ...Figure) *Report {
	text := ""
	for i := range fs {
		f := &fs[i]
		at := len([]rune(text))
		end := at + len([]rune(f.Value))
		start := at + len([]rune(f.Value[:lastNumber.FindStringIndex(f.Value)[0]]))
		text += f.Value + "。"
		f.Clause, f.Span = Span{at, end}, Span{start, end}
	}
	r := newReport(text)
	r.Year = 2030
	r.Figures = fs
	return r
}

func TestPairs(t *testing.T) {
	actual := func(indicator, clause, unit string, m Measure, n float64) Figure {
		return Figure{Indicator: indicator, Value: clause, Unit: unit, Measure: m, Number: n, Period: "2029", Nature: Actual}
	}
	target := func(indicator, clause, unit string, m Measure, n float64) Figure {
		return Figure{Indicator: indicator, Value: clause, Unit: unit, Measure: m, Number: n, Period: "2030", Nature: Target}
	}
	for _, tt := range []struct {
		name string
		figs []Figure
		want []string // indicator of the actual → of the target: difference
	}{
		{"same name", []Figure{
			actual("地区生产总值", "地区生产总值增长4.3%", "%", MeasureGrowth, 4.3),
			target("地区生产总值", "地区生产总值增长4.5%", "%", MeasureGrowth, 4.5),
		}, []string{"地区生产总值 → 地区生产总值: 0.2"}},
		{"verbs of one sense", []Figure{
			actual("建设社区公园", "建设社区公园56个", "个", MeasureCount, 56),
			target("新建提升社区公园", "新建提升社区公园50个", "个", MeasureCount, 50),
		}, []string{"建设社区公园 → 新建提升社区公园: -6"}},
		{"level is no growth", []Figure{
			actual("技术合同成交额", "技术合同成交额1900亿元", "元", MeasureLevel, 1900e8),
			target("技术合同成交额", "技术合同成交额增长5%", "%", MeasureGrowth, 5),
		}, nil},
		{"other unit", []Figure{
			actual("改造老旧小区", "改造老旧小区410万平方米", "平方米", MeasureLevel, 410e4),
			target("改造老旧小区", "改造老旧小区275个", "个", MeasureCount, 275),
		}, nil},
		{"other pipes", []Figure{
			actual("改造燃气管网", "改造燃气管网637公里", "公里", MeasureLevel, 637),
			target("改造供热管网", "改造供热管网150公里", "公里", MeasureLevel, 150),
		}, nil},
		{"each to its own", []Figure{
			actual("改造燃气管网", "改造燃气管网637公里", "公里", MeasureLevel, 637),
			actual("改造供热管网", "改造供热管网136公里", "公里", MeasureLevel, 136),
			target("改造供热管网", "改造供热管网150公里", "公里", MeasureLevel, 150),
			target("改造燃气管网", "改造燃气管网623公里", "公里", MeasureLevel, 623),
		}, []string{"改造供热管网 → 改造供热管网: 14", "改造燃气管网 → 改造燃气管网: -14"}},
		{"added is not there altogether", []Figure{
			actual("高新技术企业", "高新技术企业突破1.1万家", "家", MeasureCount, 11000),
			target("新增高新技术企业", "新增高新技术企业1000家", "家", MeasureCount, 1000),
		}, nil},
		{"a word that the other clause tells", []Figure{
			actual("新增义务教育学位", "新增义务教育学位2.85万个", "个", MeasureCount, 28500),
			actual("新增普通高中学位", "新增普通高中学位1.04万个", "个", MeasureCount, 10400),
			target("增加学位", "新建义务教育学校12所、增加学位2万个", "个", MeasureCount, 20000),
		}, []string{"新增义务教育学位 → 增加学位: -8500"}},
		{"a word that the other clause does not tell", []Figure{
			actual("新增义务教育学位", "新增义务教育学位2.85万个", "个", MeasureCount, 28500),
			target("新增学位", "新增学位1.62万个", "个", MeasureCount, 16200),
		}, nil},
		{"one partner only", []Figure{
			actual("城市更新项目", "开工城市更新项目14个", "个", MeasureCount, 14),
			target("城市更新项目", "实施城市更新项目7个", "个", MeasureCount, 7),
			target("城市更新项目", "实施城市更新项目9个", "个", MeasureCount, 9),
		}, []string{"城市更新项目 → 城市更新项目: -7"}},
		{"no result of another year", []Figure{
			{Indicator: "粮食产量", Value: "粮食产量200万吨", Unit: "吨", Measure: MeasureLevel, Period: "2025", Nature: Actual},
			target("粮食产量", "粮食产量250万吨", "吨", MeasureLevel, 250e4),
		}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := figureReport(tt.figs...)
			var got []string
			for _, p := range r.Pairs() {
				got = append(got, fmt.Sprintf("%s → %s: %g", r.Figures[p.Actual].Indicator, r.Figures[p.Target].Indicator, p.Difference))
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("Pairs (-want +got):\n%s", d)
			}
		})
	}
}

// What the report that ships gives twice; read against its text.
func TestPairsEmbedded(t *testing.T) {
	r, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, p := range r.Pairs() {
		a, b := r.Figures[p.Actual], r.Figures[p.Target]
		if a.Nature != Actual || b.Nature != Target || unitKey(a) != unitKey(b) {
			t.Errorf("pair of %+v and %+v", a, b)
		}
		got[a.Value] = b.Value
	}
	want := map[string]string{
		"4.3%": "4.5%左右", "7%": "6%", "35.69万人": "35万人", "5.4%": "5.5%左右", "0.4%": "3%左右",
		"2218万标准箱": "2300万标准箱", "1900亿元": "2000亿元", "12条": "12条", "14个": "7个",
		"637公里": "623公里", "136公里": "150公里", "135.9公里": "30公里", "56个": "50个",
		"57.7亿美元": "50亿美元", "32万亩": "50万亩以上", "30个": "40个", "20项": "20项",
		"3.97万人": "3万人", "2.85万个": "2万个",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Pairs (-want +got):\n%s", d)
	}
}
