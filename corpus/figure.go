package corpus

// Measure is what kind of quantity a figure is.
type Measure string

const (
	MeasureLevel  Measure = "level"  // 达到, 完成: an amount
	MeasureGrowth Measure = "growth" // 增长, 下降, 涨幅: a relative change in percent
	MeasureChange Measure = "change" // 提高4.5个百分点, 新增35万人 net of nothing: an absolute change of a level
	MeasureShare  Measure = "share"  // 占比, 率: a part of a whole
	MeasureRank   Measure = "rank"   // 全国第一: a position
	MeasureCount  Measure = "count"  // 56项政策: a number of things
)

// Bound says how a figure limits what it measures.
type Bound string

const (
	BoundExact Bound = "exact"
	BoundAbout Bound = "about" // 左右, 近, 约
	BoundOver  Bound = "over"  // 以上, 超, 余, 突破, 不低于
	BoundUnder Bound = "under" // 以下, 以内, 不超过, 低于
)

// Nature says whether a figure is a result, an aim, or neither.
type Nature string

const (
	Actual     Nature = "actual"     // what was reached
	Target     Nature = "target"     // what is aimed at
	Background Nature = "background" // neither: a size in a name, a condition, a term of law
)

// A Figure is a quantity of the report with what it measures.
type Figure struct {
	Span              // of Value
	Value     string  `json:"value"`                 // as written, from the first digit through unit and trailing qualifier: 4.5%左右, 1200余家
	Number    float64 `json:"number"`                // in base units: 2218万标准箱 is 22180000; the lower end of a range
	High      float64 `json:"number_high,omitempty"` // the upper end of a range (4.5%—5%); 0 otherwise
	Unit      string  `json:"unit"`                  // base unit, 万 and 亿 applied: 标准箱, 元, %, 个百分点; 位次 of a rank
	Indicator string  `json:"indicator"`             // as a reader would name it standing alone: 改造燃气管网
	Measure   Measure `json:"measure"`
	Bound     Bound   `json:"bound"`
	Concept   string  `json:"concept,omitempty"` // id of what it measures in the table of package concept: gdp; "" if in none
	Scope     string  `json:"scope,omitempty"`   // whose figure of Concept it is: 天津港, 城镇; "" of the whole place
	Period    string  `json:"period"`            // "2026"; "2026-2030" of a flow of years; "cumulative" or "other"
	Nature    Nature  `json:"nature"`
	Clause    Span    `json:"-"` // the shortest stretch of text that may be quoted for it: number with subject
	Passage   int     `json:"-"` // index in Report.Passages; -1 if in none
}
