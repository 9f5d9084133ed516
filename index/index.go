// Package index finds: it answers questions from one report with what the
// report says, verbatim, or says that the report does not say it.
//
// An [Index] is built from a [corpus.Report] and never changes; [Live] holds the
// active one and swaps it under running questions. A question is read (package
// question), resolved against the report (resolve), passages and figures are
// found and scored (rank), what they are worth is checked (check), and an
// [Answer] is made of figures, passages, commitments or sections (ask.go): all
// of them places in the report, none of them composed text. Words are cut and
// looked up by package text, everyday words are explained by package lexicon.
package index

import (
	"context"
	"errors"

	"jinwen/index/answer"
	"jinwen/index/question"
)

// ErrClosed is returned by Ask after Close.
var ErrClosed = errors.New("index is closed")

// A Query is a question with what surrounds it.
type Query struct {
	Text    string
	Asked   *question.Question // the question as it was read, instead of Text; nil reads Text
	Before  *question.Question // the question before it in the same chat, to understand 那去年呢; may be nil
	Offset  int                // skip so many hits, for the next page
	Explain bool               // keep the parts of the scores
}

// An Asker answers questions: *Index does.
type Asker interface {
	Ask(ctx context.Context, q Query) (*answer.Answer, error)
}
