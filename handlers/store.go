package handlers

import "time"

// A Store keeps what must outlive a restart. Its methods are safe for
// concurrent use; an error means that the state could not be read or written.
type Store interface {
	// Settings are the zero Settings for a user who never chose any.
	Settings(user int64) (Settings, error)
	SaveSettings(user int64, s Settings) error

	// Subscriptions come in the order of their chats' ids.
	Subscriptions() ([]Subscription, error)
	Subscription(chat int64) (s Subscription, ok bool, err error)
	Subscribe(s Subscription) error // replaces the chat's subscription
	Unsubscribe(chat int64) error   // no error if there is none

	// Put keeps data under id until the given time, over what was there.
	// Lookup finds it until then.
	Put(id string, data []byte, until time.Time) error
	Lookup(id string) (data []byte, ok bool, err error)

	// A blocked chat can not be reached: the user blocked the bot, or removed
	// it. Nothing is sent there out of turn.
	Blocked(chat int64) (bool, error)
	SetBlocked(chat int64, blocked bool) error

	// Handled reports whether update id was marked. Marks older than two days
	// may be forgotten: Telegram keeps updates for one.
	Handled(id int64) bool
	Mark(id int64) error

	// Keep keeps an update that is still to be handled, until Drop. Kept are
	// all that are there.
	Keep(id int64, update []byte) error
	Drop(id int64) error // no error if there is none
	Kept() (map[int64][]byte, error)
}

// Settings are what a user chose.
type Settings struct {
	Lang Lang `json:"lang,omitempty"` // "" follows the client and the question
}

// A Subscription asks for a notice in a chat when an updated text goes live.
type Subscription struct {
	Chat   Chat      `json:"chat"`
	Lang   Lang      `json:"lang,omitempty"`
	Topics []string  `json:"topics,omitempty"` // of the lexicon; none means all
	Since  time.Time `json:"since"`
}
