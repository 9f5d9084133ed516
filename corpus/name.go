package corpus

import (
	"fmt"

	"jinwen/corpus/place"
)

// ShortPlace returns the name by which people call a place: 天津 of 天津市, 宁夏 of
// 宁夏回族自治区; a district keeps its 区. What has no such name is returned as it is.
func ShortPlace(name string) string { return place.ShortOf(name) }

// ReportName names the report of a year and a place: 2024/天津.
func ReportName(year int, place string) string {
	return fmt.Sprintf("%d/%s", year, ShortPlace(place))
}
