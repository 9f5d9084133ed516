package chat

// A Chart is bars in groups, as data: for a transport that draws them itself.
type Chart struct {
	Title    string
	Series   []string // names of the colours: 2023年实际, 2024年目标; at most four
	Groups   []ChartGroup
	Source   string
	OwnScale bool // each group is drawn to its own scale; Source says so
}

// A ChartGroup is the bars of one label.
type ChartGroup struct {
	Label string
	Bars  []ChartBar
}

// A ChartBar is one value.
type ChartBar struct {
	Series int // index in Chart.Series
	Number float64
	Value  string // as the report writes it
}
