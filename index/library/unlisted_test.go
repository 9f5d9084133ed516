package library

import (
	"testing"

	"jinwen/corpus/version"
	"jinwen/index"
)

// TestUnlisted: what is no official indicator is asked of each report's index, and
// stands side by side where it is of one kind.
func TestUnlisted(t *testing.T) {
	l := open(t, "天津", []version.Item{
		made("天津市", 2025, "改造农贸市场25个。", "改造农贸市场30个，新建足球场12座。"),
		made("天津市", 2026, "改造农贸市场31个，新建足球场12座，修缮名人故居5处。人均GDP达到12.8万元。", "改造农贸市场40个，新建足球场20座。"),
		made("重庆市", 2026, "改造农贸市场60个，农贸市场改造投资3亿元。2021-2025年，累计新增就业350万人。", "改造农贸市场80个。增长6%。"),
		made("河北省", 2026, "新建足球场50座。地区生产总值增长5.6%，总量4.7万亿元。", "新建足球场60座。地区生产总值增长5%左右。"),
		made("成都市", 2026, "改造农贸市场15个。地区生产总值2.5万亿元。", "改造农贸市场18个。"),
	})
	for _, c := range []struct{ q, want string }{
		{"天津和重庆今年改造农贸市场多少个", "answered places 2026/天津:2026:40个 2026/重庆:2026:80个"},
		{"天津和河北今年改造农贸市场多少个", "answered places 2026/天津:2026:40个 silent=河北"},
		{"天津和河北去年新建足球场几座", "answered places 2026/天津:2025:12座 2026/河北:2025:50座"},
		{"今年哪个省改造农贸市场最多", "answered ranking 2026/重庆:2026:80个 silent=河北"},
		{"天津历年改造农贸市场多少个", "answered years 2025/天津:2024:25个 2026/天津:2025:31个 -天津2026"},
		{"天津2025到2026年改造农贸市场多少个", "answered years 2026/天津:2025:31个 -天津2026"},
		{"去年哪个省改造农贸市场最多", "answered ranking 2026/重庆:2025:60个 silent=河北"},
		{"天津修缮名人故居几处，重庆今年改造农贸市场几个", "answered 2026/天津 5处 | answered 2026/重庆 80个"},
		{"今年改造农贸市场超过50个的省", "answered ranking 2026/重庆:2026:80个 silent=河北"},
		{"天津2025年改造农贸市场多少个", "answered 2026/天津 31个"},
		{"天津2026年改造农贸市场多少个", "answered 2026/天津 40个"},
		{"重庆2026年改造农贸市场多少个", "answered 2026/重庆 80个"},
		{"重庆2025年改造农贸市场多少个", "answered 2026/重庆 60个"},
		{"重庆2024年改造农贸市场多少个", "not_found missing -重庆2024"},
		{"各省今年改造农贸市场多少个", "answered ranking 2026/重庆:2026:80个 2026/天津:2026:40个 silent=河北"},
		{"河北去年GDP总量", "answered 2026/河北 4.7万亿元"},
		{"河北去年GDP增速", "answered 2026/河北 5.6%"},
		{"河北GDP", "answered 2026/河北 4.7万亿元"},
		{"重庆去年新增就业多少人", "nearest 2026/重庆"},
		{"成都今年改造农贸市场多少个", "answered 2026/成都 18个"},
		{"天津去年足球场的目标完成了吗", "answered kept 2025/天津:2025:12座 2026/天津:2025:12座 kept"},
		{"去年的目标都完成了吗", "answered kept 2025/天津:2025:30个 2026/天津:2025:31个 2025/天津:2025:12座 2026/天津:2025:12座 kept"},
	} {
		a, err := l.Ask(t.Context(), index.Query{Text: c.q})
		if err != nil {
			t.Fatalf("%s: %v", c.q, err)
		}
		if got := says(a); got != c.want {
			t.Errorf("Ask(%q) = %s\nwant %s", c.q, got, c.want)
		}
	}
}
