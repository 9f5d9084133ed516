// Package reply makes a [chat.Reply] of an answer: what it says first, what it
// quotes and how much of it, where that stands; figures, topics, comparisons,
// answers from several reports, and why there is none. It knows no chat and
// keeps no state.
//
// Start reading with answer.go ([PageOf]), then writer.go.
package reply
