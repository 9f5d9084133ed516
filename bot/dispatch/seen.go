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
// With a Seen on disk and a [Journal] beside it, an update is answered exactly
// once over any end of the process but one in this window: a message of its
// reply is on its way, and Telegram's answer has not been read. Then nobody
// knows whether it arrived, for the Bot API knows no idempotency key: it is sent
// again after the restart, and, should the process end in that window once more,
// not a third time. A [Flight] keeps few in the window at once. Without a Journal,
// and when the machine itself ends, the window reaches to the return of Mark
// (handlers/store: one sync of the disk, two if another has just begun), and a
// reply that was cut off between its messages is sent again from its first. The
// same holds without a crash when the answer to sendMessage is lost on the way
// (reset, time-out, truncated): the message is sent again. A message that was
// dropped because its sender had too many in hand is not marked, and is answered
// after a crash that Telegram offers it again after.
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

// NewMemorySeen returns a Seen that lasts as long as the process and remembers the
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
