// Package position tells where things stand in a report: a term to the letter,
// what sounds like it or what it is short for, the lists that repeat a word. It
// knows nothing of questions. [Effort] counts what that costs.
package position
