package handlers

import (
	"errors"
	"time"

	"jinwen/handlers/chat"
	"jinwen/index"
)

// ErrAway says that the state cannot be reached just now. What was to be kept
// is not; the same call works again once it can be.
var ErrAway = errors.New("state is not reached")

// A Store keeps what must outlive a restart. Its methods are safe for
// concurrent use; an error means that the state could not be read or written.
type Store interface {
	// Settings are the zero Settings for a user who never chose any.
	Settings(user string) (Settings, error)
	SaveSettings(user string, s Settings) error

	// Subscriptions come in the order of their chats' ids.
	Subscriptions() ([]Subscription, error)
	Subscription(id string) (s Subscription, ok bool, err error)
	Subscribe(s Subscription) error // replaces the chat's subscription
	Unsubscribe(id string) error    // no error if there is none

	// Put keeps data under id until the given time, over what was there.
	// Lookup finds it until then.
	Put(id string, data []byte, until time.Time) error
	Lookup(id string) (data []byte, ok bool, err error)

	// A blocked chat cannot be reached: the user blocked the bot, or removed
	// it. Nothing is sent there out of turn.
	Blocked(id string) (bool, error)
	SetBlocked(id string, blocked bool) error

	// Handled reports whether update id was marked. Marks older than two days
	// may be forgotten: Telegram keeps updates for one.
	Handled(id string) bool
	Mark(id string) error

	// Keep keeps an update that is still to be handled, until Drop. Kept are
	// all that are there.
	Keep(id string, update []byte) error
	Drop(id string) error // no error if there is none
	Kept() (map[string][]byte, error)
}

// Settings are what a user chose.
type Settings struct {
	Lang chat.Lang `json:"lang,omitempty"` // "" follows the client and the question
}

// A Subscription asks for a notice in a chat when an updated text goes live.
type Subscription struct {
	Chat   chat.Chat `json:"chat"`
	Lang   chat.Lang `json:"lang,omitempty"`
	Topics []string  `json:"topics,omitempty"` // of the lexicon; none means all
	// Reports are the places (重庆) and reports (2026/重庆) that are followed;
	// none means the home place's.
	Reports []string  `json:"reports,omitempty"`
	Since   time.Time `json:"since"`
}

// An Event is a question that was asked, or a vote on its answer. It is state
// with its own retention, not a log line.
type Event struct {
	Time     time.Time     `json:"time"`
	User     string        `json:"user"`     // salted hash
	Question string        `json:"question"` // as asked
	Status   index.Status  `json:"status,omitempty"`
	Reason   index.Reason  `json:"reason,omitempty"`
	Topic    string        `json:"topic,omitempty"` // the heading nearest to the best hit
	Took     time.Duration `json:"took,omitempty"`
	Vote     int           `json:"vote,omitempty"` // 1 for 👍, -1 for 👎: then Status and what follows it are those of the answer voted on
}

// A Recorder keeps events. Record must not block for long; it is called after
// the answer is made.
type Recorder interface{ Record(Event) }

// RecorderFunc makes a func a Recorder.
type RecorderFunc func(Event)

// Record calls f.
func (f RecorderFunc) Record(e Event) { f(e) }
