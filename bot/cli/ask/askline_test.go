package ask

import (
	"fmt"
	"testing"
)

// Chats without end on standard input take memory with an end.
func TestConversationsBound(t *testing.T) {
	var c conversations
	for i := range 3 * maxConversations {
		_, _, end := c.enter(askLine{Chat: fmt.Sprint(i)})
		end()
		if len(c.m) > maxConversations || len(c.tail) > maxConversations {
			t.Fatalf("%d conversations, %d chats", len(c.m), len(c.tail))
		}
	}
}
