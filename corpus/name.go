package corpus

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// ShortPlace is the name by which people call a place: 天津 of 天津市, 宁夏 of
// 宁夏回族自治区. What has no such name is returned as it is.
func ShortPlace(place string) string {
	for _, suffix := range []string{"自治区", "自治州", "省", "市", "地区", "盟", "区", "县", "旗"} {
		short, ok := strings.CutSuffix(place, suffix)
		if !ok || utf8.RuneCountInString(short) < 2 {
			continue
		}
		for _, people := range []string{"壮族", "回族", "维吾尔"} {
			if s, ok := strings.CutSuffix(short, people); ok && suffix == "自治区" && s != "" {
				return s
			}
		}
		return short
	}
	return place
}

// ReportName names the report of a year and a place: 2024/天津.
func ReportName(year int, place string) string {
	return fmt.Sprintf("%d/%s", year, ShortPlace(place))
}
