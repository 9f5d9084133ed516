package chat

import "context"

type requestKey struct{}

// WithRequest returns a context of the message with that id: it stands in all
// log lines of the message, by transport and handlers alike. It must not tell
// who wrote.
func WithRequest(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// Request returns the id that WithRequest was given; "" if there is none.
func Request(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}
