// Package handlers is what the bot does with a message: questions, commands,
// buttons, inline queries, admin work. It knows no transport and no markup: a
// transport decodes what comes in into a [Message], and renders the [Reply].
//
// Start reading with Message and Reply below, then bot.go ([Bot.Handle], the
// one way in), then the file named after the task.
package handlers

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
	// Opener is the user whose message the pressed button answers; 0 if unknown.
	Opener int64
	// Thread tells one conversation from another in a chat: a forum topic;
	// 0 is the main one.
	Thread int
	// ReplyText is the message of the bot's own that this one replies to; "" if none.
	ReplyText string
}

// A Chat is where a reply goes.
type Chat struct {
	ID   int64
	Kind ChatKind
}

// A User is who did it. ID is the transport's; it is never logged or stored
// as it is, except for subscriptions and settings.
type User struct {
	ID    int64
	Admin bool // listed in the configuration
}

// A File is an incoming file. Open may be called once; its content is not
// trusted in any way.
type File struct {
	Name string // as the sender named it; never used as a path
	Size int64  // bytes, as announced; 0 if unknown
	Open func(ctx context.Context) (io.ReadCloser, error)
}

// BlockKind is the role of a block in a reply; transports decide on its looks.
type BlockKind int

const (
	Para   BlockKind = iota // plain paragraph
	Answer                  // the direct answer, set off (bold)
	Title                   // a heading (bold)
	Quote                   // verbatim text of the report
	Place                   // where the quote above stands
	Item                    // a list item
	Note                    // a remark in small or slanted type
	Table                   // preformatted, fixed width
)

// A Block is a run of text with one role. Text carries no markup of any kind.
type Block struct {
	Kind BlockKind
	Text string
}

// A Button is what can be tapped under a reply. Exactly one of Data, URL,
// Copy and Share is set.
type Button struct {
	Text  string
	Data  string // comes back as Message.Data; 1–64 bytes
	URL   string
	Copy  string // put on the clipboard; at most 256 characters
	Share string // opens the chooser of chats with this inline query
}

// An Attachment is a file that goes out with a reply.
type Attachment struct {
	Name    string
	Caption string
	Image   bool // shown as a picture, not as a file
	Data    []byte
}

// An InlineResult is one row under an inline query.
type InlineResult struct {
	ID          string // 1–64 bytes, unique in the answer
	Title       string
	Description string
	Blocks      []Block // sent when chosen
	Buttons     [][]Button
}

// Inline is the answer to an inline query.
type Inline struct {
	Results []InlineResult
	Next    string // Message.Offset of the next page; "" at the end
	Private bool   // results differ between users
	// Start, if set, is a button above the results that opens the private chat
	// with the bot, with StartText on it and /start StartParam sent.
	StartText, StartParam string
}

// A Reply is what the bot says to one Message. The zero Reply says nothing.
type Reply struct {
	Blocks  []Block
	Buttons [][]Button
	Files   []Attachment
	Inline  *Inline

	Edit   bool   // replace the message whose button was pressed (or the answer to the edited question)
	Notice string // a short notice over the chat, for a pressed button; at most 200 characters
	Alert  bool   // Notice must be tapped away

	// Menu, if set, is the language in which this person's private chat shows
	// the commands from now on: one that they chose, or one that the transport
	// can not tell from their client.
	Menu Lang

	// Then is sent after this reply as a message of its own.
	Then *Reply
}

// Empty reports whether there is nothing to send.
func (r Reply) Empty() bool {
	return len(r.Blocks) == 0 && len(r.Files) == 0 && r.Inline == nil && r.Notice == "" && r.Then == nil
}

// Handler answers messages. Handle is safe for concurrent use. An error is for
// the log only; the transport tells the user one fixed apology. Handle calls
// progress, if not nil, with what to show while long work goes on.
type Handler interface {
	Handle(ctx context.Context, m Message, progress func(Reply)) (Reply, error)
}

// ErrBlocked says that a chat can not be reached any more: the user blocked
// the bot, or removed it.
var ErrBlocked = errors.New("chat blocked the bot")

// Sender sends to a chat out of turn, as for a notice to subscribers. It
// returns ErrBlocked if the chat can not be reached any more.
type Sender interface {
	Send(ctx context.Context, c Chat, r Reply) error
}
