// Package rank finds what a report has on a question and says how well it fits:
// candidates from several sources, features of each passage summed up with
// [Weights], the figures that measure what is asked for. It decides nothing;
// what an answer is worth is for package check.
//
// An [Index] is a report laid out for that. [Index.Locate] gives the [Hits] of
// one question, everything else is asked of them.
package rank
