// Package resolve finds out what a question means to one report: a
// [question.Question], which knows no report, becomes a [Question] with the
// report's years, its terms and what may stand for each of them, the
// indicators and places that it names. Start with [Report.Resolve].
package resolve
