package chat

import "strings"

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
	// Strong are the parts of Text that stand out, in order: the number in a
	// quote. Without any, all of an Answer and of a Title does.
	Strong []Range
	// At is where a Quote stands; nil if nobody says.
	At *At
}

// An At is a place in a report.
type At struct {
	Report     string // 2024/天津
	Start, End int    // code points of its text
}

// A Button is what can be tapped under a reply. Exactly one of Data, URL,
// Copy and Share is set.
type Button struct {
	Text  string
	Minor bool   // left out where there are no buttons but numbered choices
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

	Lang Lang // of the words that are not the report's; what a transport adds is in it too

	// Menu, if set, is the language in which this person's private chat shows
	// the commands from now on: one that they chose, or one that the transport
	// cannot tell from their client.
	Menu Lang

	// Chart is what the picture of this reply shows, or the table in its place;
	// nil if there is neither.
	Chart *Chart

	// Asked are the question that this reply answers and those that it follows
	// on, oldest first; nil if it answers none.
	Asked []string

	// Then is sent after this reply as a message of its own.
	Then *Reply
}

// Say returns a reply of one paragraph.
func Say(text string) Reply { return Reply{Blocks: []Block{{Kind: Para, Text: text}}} }

// Plain returns r as plain text: what `jinwen ask` prints and what the text of
// a chat message reads like once its markup is gone.
func (r Reply) Plain() string {
	var b strings.Builder
	for i, x := range r.Blocks {
		if i > 0 {
			b.WriteString(Between(r.Blocks[i-1].Kind, x.Kind))
		}
		switch x.Kind {
		case Quote:
			b.WriteString("「" + x.Text + "」")
		case Place:
			b.WriteString("—— " + x.Text)
		case Item:
			b.WriteString("• " + x.Text)
		default:
			b.WriteString(x.Text)
		}
	}
	return b.String()
}

// Between returns what separates two neighbouring blocks, in every transport: a
// line break, or two where an empty line shows that something new begins.
func Between(before, after BlockKind) string {
	switch {
	case after == Place,
		after == Item && (before == Item || before == Title),
		after == Quote && before != Quote && before != Place && before != Note, // says what is quoted
		after == Answer && before == Answer:
		return "\n"
	}
	return "\n\n"
}
