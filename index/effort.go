package index

import "context"

// An effort counts what a question costs, in steps of the inner loops of
// reading and answering: a place compared, a syllable tried, a term weighed
// against a clause. A step takes some nanoseconds at most, so the count bounds
// the time whatever the machine does besides; tests hold it to be about linear
// in the length of the question. A nil effort counts nothing. It belongs to
// one question and is not safe for concurrent use.
type effort struct {
	ctx   context.Context
	steps int
}

// add notes n steps.
func (e *effort) add(n int) {
	if e != nil {
		e.steps += n
	}
}

// err is that of the question's context: its time is over.
func (e *effort) err() error {
	if e == nil || e.ctx == nil {
		return nil
	}
	return e.ctx.Err()
}
