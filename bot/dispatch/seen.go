package dispatch

// A Seen keeps the ids (as package chat makes them: telegram:5001) of messages,
// Telegram's updates, that have been handled to the end: answered, or found to
// need no answer. Both methods are called from many goroutines at
// once. Mark returns after the id is safe; Handled is asked for every update
// that comes in.
//
// Keeping the last few thousand ids is enough: Telegram offers an update again
// only until a later offset confirms it, and keeps none longer than 24 hours.
//
// With a Seen on disk, an update is answered exactly once over any crash but
// one in this window: Telegram has accepted the (last message of the) reply,
// and Mark has not returned. Then the reply goes out again after the restart.
// The window is as long as Telegram's answer takes to arrive plus one Mark
// (handlers/store: one sync of the disk, two if another has just begun), and
// holds at most one update of each chat, for those of a chat go one by one. It
// can not be closed, for the Bot API knows no idempotency key; marking before
// sending would turn it round and lose replies instead. The same holds without
// a crash when the answer to sendMessage is lost on the way (reset, time-out,
// truncated): the reply is sent again. A reply of several messages that was cut
// off between them is sent again from its first. A message that was dropped
// because its sender had too many in hand is not marked, and is answered after
// a crash that Telegram offers it again after.
type Seen interface {
	Handled(id string) bool
	Mark(id string) error
}

// An Inbox is a Seen that can also keep updates themselves. Telegram shows at
// most 100 updates from the first unconfirmed one on, so an update whose answer
// has to wait (a chat under retry_after) would hide all later ones. With an
// Inbox, updates that are in the way are kept there and confirmed; Kept is read
// once at the start.
type Inbox interface {
	Seen
	Keep(id string, update []byte) error
	Drop(id string) error
	Kept() (map[string][]byte, error)
}

// KeepsAll is an Inbox that keeps many updates at once, or none: one sync of the
// disk instead of a hundred, and no crash leaves the first of them behind.
type KeepsAll interface {
	KeepAll(ids []string, updates [][]byte) error
}

// NewMemorySeen is a Seen that lasts as long as the process and remembers the
// last n ids; 0 is 10,000.
func NewMemorySeen(n int) Seen {
	if n <= 0 {
		n = 10_000
	}
	return memorySeen{NewRecent[string, struct{}](n)}
}

type memorySeen struct{ ids *Recent[string, struct{}] }

func (s memorySeen) Handled(id string) bool { _, ok := s.ids.Get(id); return ok }
func (s memorySeen) Mark(id string) error   { s.ids.Put(id, struct{}{}); return nil }
