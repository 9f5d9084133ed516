package corpus

// A Pair is an indicator that the report gives twice: what was reached in the
// year under review, and what is aimed at in the coming one.
type Pair struct {
	Indicator      string  // as the plan names it
	Actual, Target int     // indices in Report.Figures
	Difference     float64 // target less actual, in base units; percentage points of %
}
