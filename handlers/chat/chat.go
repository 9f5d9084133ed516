// Package chat is what the bot and the ways to reach it have in common: a
// [Message] comes in, a [Reply] goes out. It is plain data without markup, so
// that a transport needs nothing else of the bot's to compile against, and it
// imports nothing of ours.
//
// A transport decodes what a person did into a Message, hands it to a
// [Handler] and shows the Reply. What its medium cannot show it says with
// [Lacks]; package bot/render makes the best of a reply for such a medium. A
// transport may also be a [Sender], for what is said out of turn.
package chat

import (
	"context"
	"errors"
	"io"
)

// Kind is what a person did.
type Kind int

const (
	KindText   Kind = iota // wrote a message (commands included)
	KindEdit               // edited an earlier message
	KindButton             // pressed a button; Message.Data says which
	KindInline             // types an inline query
	KindFile               // sent a file
	KindOther              // voice, sticker, photo, location, contact …; Message.Text is the caption, if any
	KindJoined             // the bot was added to the chat
	KindLeft               // the bot was blocked or removed; no reply can be sent
)

// ChatKind is where the talk takes place.
type ChatKind int

const (
	Private ChatKind = iota
	Group            // the message is already known to be meant for the bot
	Console
)

// A Message is one thing that a person did, as a transport decoded it.
type Message struct {
	Kind Kind
	Chat Chat
	User User

	Text    string // what was written, without the mention of the bot; the query of KindInline
	Command string // "find" of "/find@jinwen_bot 口袋公园"; "" if no command
	Args    string // what follows the command, trimmed
	Data    string // of the pressed button (KindButton)
	Offset  string // page of an inline query; "" is the first

	File *File // of KindFile

	// Lang is the user's language tag as the transport knows it ("zh-hans",
	// "zh-TW", "en"); "" if it does not.
	Lang string
	// Opener is the user whose message the pressed button answers; "" if unknown.
	Opener string
	// Thread tells one conversation from another in a chat: a forum topic;
	// 0 is the main one.
	Thread int
	// ReplyText is the message of the bot's own that this one replies to; "" if
	// none. ReplyData is what its buttons carry, by which the bot knows what it
	// answered, whoever replies to it.
	ReplyText string
	ReplyData []string
	// Quote is the part of ReplyText that the person marked; "" if none.
	Quote string
	// Before are the questions before this one, oldest first, from a transport
	// that keeps them itself, as an address does. Its Chat.ID is "", and nothing
	// is remembered between its messages.
	Before []string
	// Draws says that the transport draws charts itself, from Reply.Chart: a
	// reply then has the table with it and no picture.
	Draws bool
	// Again says that the same was answered to this person before and is only
	// shown once more: it does not count as asked.
	Again bool
	// Lacks is what the reply cannot be shown with.
	Lacks Lacks
}

// Lacks are what a medium cannot show. The zero value can show everything.
type Lacks struct {
	Buttons  bool // they are numbered choices, and what is typed presses them
	Pictures bool // tables are sent instead
	Files    bool // what would be in one is said in words
	Edits    bool // messages stay as they are
}

// A Chat is where a reply goes.
type Chat struct {
	ID   string // as ID makes it; "" is no chat
	Kind ChatKind
}

// A User is who did it. ID is as [ID] makes it; it is never logged or stored
// as it is, except for subscriptions and settings.
type User struct {
	ID    string
	Admin bool // listed in the configuration
	// Leads asks the transport whether the person is one of those who run the
	// group; nil where there is nothing to run, as in a private chat.
	Leads func(ctx context.Context) (bool, error)
}

// A File is an incoming file. Open may be called once; its content is not
// trusted in any way.
type File struct {
	Name string // as the sender named it; never used as a path
	Size int64  // bytes, as announced; 0 if unknown
	Open func(ctx context.Context) (io.ReadCloser, error)
}

// Handler answers messages. Handle is safe for concurrent use. An error is for
// the log only; the transport tells the user one fixed apology. Handle calls
// progress, if not nil, with what to show while long work goes on.
type Handler interface {
	Handle(ctx context.Context, m Message, progress func(Reply)) (Reply, error)
}

// HandlerFunc makes a func a Handler.
type HandlerFunc func(ctx context.Context, m Message, progress func(Reply)) (Reply, error)

// Handle calls f.
func (f HandlerFunc) Handle(ctx context.Context, m Message, progress func(Reply)) (Reply, error) {
	return f(ctx, m, progress)
}

// ErrBlocked says that a chat cannot be reached any more: the user blocked
// the bot, or removed it.
var ErrBlocked = errors.New("chat blocked the bot")

// Sender sends to a chat out of turn, as for a notice to subscribers. It
// returns ErrBlocked if the chat cannot be reached any more.
type Sender interface {
	Send(ctx context.Context, c Chat, r Reply) error
}
