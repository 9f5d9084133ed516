package chat

import (
	"fmt"
	"runtime/debug"
)

// Panicked is a panic as an error. It says nothing of the value but its type,
// for that may hold what a person wrote.
type Panicked struct {
	What  string // its type, and its text if it is a runtime error's
	Stack []byte
}

func (p *Panicked) Error() string { return "panic: " + p.What }

// Recover returns f's error; if f panics, a [*Panicked].
func Recover(f func() error) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = Panic(x)
		}
	}()
	return f()
}

// Panic returns what was recovered, as an error.
func Panic(x any) *Panicked {
	what := fmt.Sprintf("%T", x)
	if e, ok := x.(interface{ RuntimeError() }); ok {
		what = fmt.Sprint(e)
	}
	return &Panicked{what, debug.Stack()}
}
