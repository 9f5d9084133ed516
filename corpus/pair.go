package corpus

// A Pair is an indicator with its result of the year under review and its
// target for the year planned.
type Pair struct {
	Indicator string // as the target names it
	Actual    int    // index in Report.Figures
	Target    int    // index in Report.Figures
}

// Pairs matches results with targets.
func (r *Report) Pairs() []Pair { return nil }
