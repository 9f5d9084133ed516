package extract

import (
	"fmt"
	"strconv"

	"jinwen/corpus"
)

// figureLine prints f as the expectation files do: value|number|unit|indicator|
// measure|bound|period|nature, a range's number as low~high.
func figureLine(f corpus.Figure) string {
	num := strconv.FormatFloat(f.Number, 'f', -1, 64)
	if f.High != 0 {
		num += "~" + strconv.FormatFloat(f.High, 'f', -1, 64)
	}
	return fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s|%s", f.Value, num, f.Unit, f.Indicator, f.Measure, f.Bound, f.Period, f.Nature)
}
