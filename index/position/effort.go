package position

import "context"

// An Effort counts what a question costs, in steps of the inner loops of
// reading and answering: a place compared, a syllable tried, a term weighed
// against a clause. A step takes some nanoseconds at most, so the count bounds
// the time whatever the machine does besides; tests hold it to be about linear
// in the length of the question. A nil effort counts nothing. It belongs to
// one question and is not safe for concurrent use.
type Effort struct {
	ctx   context.Context
	steps int
}

// NewEffort returns the effort of one question, whose time ends with ctx.
func NewEffort(ctx context.Context) *Effort { return &Effort{ctx: ctx} }

// Steps returns how many steps were noted.
func (e *Effort) Steps() int { return e.steps }

// Context returns the context of the question.
func (e *Effort) Context() context.Context {
	if e == nil || e.ctx == nil {
		return context.Background()
	}
	return e.ctx
}

// Add notes n steps.
func (e *Effort) Add(n int) {
	if e != nil {
		e.steps += n
	}
}

// Err is that of the question's context: its time is over.
func (e *Effort) Err() error {
	if e == nil || e.ctx == nil {
		return nil
	}
	return e.ctx.Err()
}
