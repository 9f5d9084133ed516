package figures

import (
	"strings"
	"testing"

	"jinwen/corpus"
)

// TestQuantities shows what is a quantity and what only looks like one.
func TestQuantities(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string // values joined by a space
	}{
		{"units", "新建学校3所、泊位1.2万个，面积5万㎡", "3所 1.2万个 5万㎡"},
		{"qualifiers", "达到60亿元以上，新增70余家，控制在3%以内，80多万人，5%左右", "60亿元以上 70余家 3%以内 80多万人 5%左右"},
		{"brackets", "筹建住房2万套（间）", "2万套（间）"},
		{"ranges", "增长5%—5.5%，打造3—5个，新增3～5万户", "5%—5.5% 3—5个 3～5万户"},
		{"full width", "增长６．５％，达到１２万户", "６．５％ １２万户"},
		{"thousands", "达到1,200家", "1,200家"},
		{"denominators", "降至38微克／立方米以下，每10万人口拥有3名", "38微克／立方米以下 3名"},
		{"years and dates", "2031年3月5日，2028—2030年，1至9月，近3年，连续5年，80周年", ""},
		{"ordinals", "第3届、第2次，7号线，9号楼，第一，抓投资", ""},
		{"names", "6G、PM10、H7N9、“3+6”、3·15、99智谷、500强、2031世界大会、Z4线、G107国道", ""},
		{"quoted names", "“就业20条”落实，《促进消费30条措施》印发", ""},
		{"ratios", "三次产业比为8：42：50，收入比2.1:1，以3:1取胜", "2.1:1"},
		{"times that date", "15分钟生活圈、24小时值守、7×24小时", ""},
		{"times that last", "压缩至3个工作日以内，平均提前5天，承包期延长20年", "3个工作日以内 5天 20年"},
		{"numerals", "超千家，近百场，上万人，突破两千亿元，七成以上，百分之五", "千家 百场 万人 两千亿元 七成以上 百分之五"},
		{"parts of a whole", "近三成、三分之一以上，超过一半，一半以上，一半是、第三分之队", "三成 三分之一以上 一半 一半以上"},
		{"doubling", "产量翻番、收入翻了一番、比2020年翻两番，翻新改造", "翻番 翻了一番 翻两番"},
		{"double digits", "保持两位数增长，增长两位数，密码是两位数", "两位数 两位数"},
		{"words of numerals", "七个方面、两翼、三年行动、百亿级集群、千家万户、一个中心、签约亿元以上项目", ""},
		{"ranks", "位居全国第一，居全省第3位、第5位，稳居全球前十，列首位", "全国第一 全省第3位 第5位 全球前十 首位"},
		{"no ranks", "第一方阵，前三季度，摆在首位，全国首个", ""},
		{"people", "600万农村居民喝上放心水", "600万"},
		{"bare numbers", "指数达到105.3，人口突破1000万，共12345热线", "105.3 1000万"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := corpus.New(tt.text)
			var got []string
			for _, q := range wrap(r).quantities(corpus.Span{Start: 0, End: r.Len()}) {
				got = append(got, r.Quote(q.Span))
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("quantities(%q) = %q, want %q", tt.text, s, tt.want)
			}
		})
	}
}
