package telegram

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// incoming is an update that wants the handler, with what is needed to answer.
type incoming struct {
	id  int64        // of the update
	raw []byte       // the update as it came
	key string       // under which the journal knows it
	msg chat.Message // whose ids are those of package chat

	message  int64    // id of the question, or of the message whose button was pressed
	pressed  *message // the message whose button was pressed; nil if it cannot be accessed
	inlineID string   // of a pressed button's message that was sent through an inline query
	callback string   // id of the callback query
	inline   string   // id of the inline query
}

// lane returns what updates are kept in order by: the chat, and apart from it
// the inline queries of a person, which do not wait for replies to be sent.
func (in incoming) lane() string {
	if in.inline != "" {
		return "inline:" + in.msg.User.ID
	}
	return in.msg.Chat.ID
}

// chat returns Telegram's number of the chat.
func (in incoming) chat() int64 { n, _ := numberOf(in.msg.Chat.ID); return n }

// idOf returns the id of a person, chat or update of Telegram's; numberOf goes
// back.
func idOf(n int64) string { return chat.ID(chat.Telegram, strconv.FormatInt(n, 10)) }

func numberOf(id string) (n int64, ok bool) {
	id, _, _ = strings.Cut(id, "/") // what is tried once more has a key that goes on
	local, ok := chat.Local(chat.Telegram, id)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(local, 10, 64)
	return n, err == nil
}

// decoder turns updates into messages. Safe for concurrent use once self is set.
type decoder struct {
	self    user
	admins  []int64
	known   map[string]bool // own commands; empty is any
	open    func(ctx context.Context, id string) (io.ReadCloser, error)
	albums  *dispatch.Recent[string, struct{}]
	migrate func(from, to int64)
	leads   func(ctx context.Context, chat, user int64) (bool, error) // whether the user is an admin of the group
}

// decode gives what the update asks the handler; false if it is nothing for it.
func (d *decoder) decode(u update) (incoming, bool) {
	in := incoming{id: u.ID}
	switch {
	case u.Message != nil:
		return d.message(in, u.Message, false)
	case u.EditedMessage != nil:
		return d.message(in, u.EditedMessage, true)
	case u.CallbackQuery != nil:
		return d.callback(in, u.CallbackQuery)
	case u.InlineQuery != nil:
		q := u.InlineQuery
		in.inline = q.ID
		in.msg = chat.Message{Kind: chat.KindInline, Chat: chat.Chat{ID: idOf(q.From.ID)}, User: d.user(q.From),
			Text: strings.TrimSpace(chat.Clean(q.Query)), Offset: q.Offset, Lang: q.From.Lang}
		return in, q.ID != "" && q.From.ID != 0
	case u.MyChatMember != nil:
		return d.member(in, u.MyChatMember)
	}
	return in, false
}

func (d *decoder) user(u user) chat.User {
	return chat.User{ID: idOf(u.ID), Admin: slices.Contains(d.admins, u.ID)}
}

// sender returns who wrote into a chat; as is the chat that they write in the name
// of, if any: the group itself for its anonymous admins.
func (d *decoder) sender(c room, u user, as *room) chat.User {
	out := d.user(u)
	if c.Type == "private" {
		return out
	}
	out.Leads = func(ctx context.Context) (bool, error) {
		if as != nil {
			return as.ID == c.ID, nil
		}
		return d.leads(ctx, c.ID, u.ID)
	}
	return out
}

// place returns where a chat's messages are answered; false for channels.
func place(c room) (chat.Chat, bool) {
	switch c.Type {
	case "private":
		return chat.Chat{ID: idOf(c.ID), Kind: chat.Private}, c.ID != 0
	case "group", "supergroup":
		return chat.Chat{ID: idOf(c.ID), Kind: chat.Group}, c.ID != 0
	}
	return chat.Chat{}, false
}

func (d *decoder) message(in incoming, m *message, edited bool) (incoming, bool) {
	c, ok := place(m.Chat)
	if !ok {
		return in, false
	}
	if m.MigrateTo != 0 {
		d.migrate(m.Chat.ID, m.MigrateTo)
		return in, false
	}
	switch {
	case m.From == nil, m.Forwarded:
		return in, false
	case m.From.IsBot && m.Sender == nil: // an anonymous admin writes as a bot with a sender chat
		return in, false
	case m.ViaBot != nil && m.ViaBot.ID == d.self.ID: // a result of our own inline mode
		return in, false
	}
	in.message = m.ID
	in.msg = chat.Message{Chat: c, User: d.sender(m.Chat, *m.From, m.Sender), Lang: m.From.Lang, Thread: topic(m)}
	text, entities := m.Text, m.Entities
	switch {
	case m.Text != "" || m.Caption != "" && (m.Document == nil || bool(m.Animation)):
		// What is written under a picture is what is asked.
		in.msg.Kind = chat.KindText
		if edited {
			in.msg.Kind = chat.KindEdit
		}
		if m.Text == "" {
			text, entities = m.Caption, m.CaptionEntities
		}
	case edited:
		return in, false // a location that moves, a poll: none was answered before
	case m.Document != nil && !bool(m.Animation):
		in.msg.Kind = chat.KindFile
		in.msg.File = d.file(m.Document)
		text, entities = m.Caption, m.CaptionEntities
	case m.other():
		in.msg.Kind = chat.KindOther
		text, entities = m.Caption, m.CaptionEntities
	default:
		return in, false // someone joined, a title changed, and whatever comes to be
	}
	a := d.read(text, entities)
	in.msg.Text, in.msg.Command, in.msg.Args = a.text, a.command, a.args
	own := m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == d.self.ID && !bool(m.ReplyTo.TopicCreated)
	switch {
	case own:
		in.msg.ReplyText = chat.Clean(m.ReplyTo.Text + m.ReplyTo.Caption)
		in.msg.ReplyData = m.ReplyTo.Markup.data()
		if m.Quote != nil {
			in.msg.Quote = strings.TrimSpace(chat.Clean(m.Quote.Text))
		}
	case a.mentioned && a.text == "" && a.command == "":
		in.msg.Text = d.pointedAt(m)
	}
	if c.Kind == chat.Group && !a.mentioned && !own && a.command == "" {
		return in, false
	}
	if c.Kind == chat.Group && a.foreign {
		return in, false
	}
	// The pictures of an album come as messages of their own: one answer will do.
	if m.Album != "" && !d.albums.Put(m.Album, struct{}{}) {
		return in, false
	}
	return in, true
}

// pointedAt returns what a bare mention of the bot in reply to somebody's message
// asks: the part of it that was marked, or all of it.
func (d *decoder) pointedAt(m *message) string {
	switch {
	case m.ReplyTo == nil || bool(m.ReplyTo.TopicCreated):
		return ""
	case m.Quote != nil && strings.TrimSpace(m.Quote.Text) != "":
		return strings.TrimSpace(chat.Clean(m.Quote.Text))
	}
	text, entities := m.ReplyTo.Text, m.ReplyTo.Entities
	if text == "" {
		text, entities = m.ReplyTo.Caption, m.ReplyTo.CaptionEntities
	}
	return d.read(text, entities).text
}

// topic returns the forum topic of a message. In other groups message_thread_id
// only tells which replies belong together, and sending with it is refused.
func topic(m *message) int {
	if m.IsTopic {
		return m.Thread
	}
	return 0
}

func (d *decoder) file(f *document) *chat.File {
	id := f.ID
	return &chat.File{Name: chat.Clean(f.Name), Size: f.Size,
		Open: func(ctx context.Context) (io.ReadCloser, error) { return d.open(ctx, id) }}
}

func (d *decoder) callback(in incoming, q *callbackQuery) (incoming, bool) {
	if q.ID == "" || q.From.ID == 0 {
		return in, false
	}
	in.callback, in.inlineID = q.ID, q.InlineID
	in.msg = chat.Message{Kind: chat.KindButton, User: d.user(q.From), Lang: q.From.Lang, Data: chat.Clean(q.Data),
		// Telegram does not say where an inline message stands.
		Chat: chat.Chat{ID: idOf(q.From.ID), Kind: chat.Private}}
	m := q.Message
	if m == nil {
		return in, true
	}
	c, ok := place(m.Chat)
	if !ok {
		return in, false
	}
	in.msg.Chat, in.msg.Thread, in.message = c, topic(m), m.ID
	in.msg.User = d.sender(m.Chat, q.From, nil)
	if m.Date != 0 {
		in.pressed = m
	}
	if m.ReplyTo != nil && m.ReplyTo.From != nil {
		in.msg.Opener = idOf(m.ReplyTo.From.ID)
	}
	return in, true
}

func (d *decoder) member(in incoming, m *memberChange) (incoming, bool) {
	c, ok := place(m.Chat)
	if !ok || m.Old.in() == m.New.in() {
		return in, false
	}
	in.msg = chat.Message{Kind: chat.KindLeft, Chat: c, User: d.user(m.From), Lang: m.From.Lang}
	if m.New.in() {
		in.msg.Kind = chat.KindJoined
		// In a private chat this is a person who unblocks the bot; what they
		// do next (/start, a question) gets the answer.
		return in, c.Kind == chat.Group
	}
	return in, true
}

// address is a text taken apart: what it says, and whom it is said to.
type address struct {
	text          string // without mentions of the bot
	command, args string
	mentioned     bool // the bot is named
	foreign       bool // the command is another bot's
}

// read takes a text apart by its entities, whose offsets count UTF-16 units.
func (d *decoder) read(text string, entities []entity) address {
	var (
		a     address
		units = utf16.Encode([]rune(text))
		out   []uint16
		from  = 0
		cmd   = -1 // where the command ends in out
	)
	entities = slices.Clone(entities)
	slices.SortStableFunc(entities, func(x, y entity) int { return x.Offset - y.Offset })
	for _, e := range entities {
		if e.Offset < from || e.Length <= 0 || e.Offset > len(units) || e.Length > len(units)-e.Offset {
			continue // overlaps what was taken, or lies outside the text
		}
		word := string(utf16.Decode(units[e.Offset : e.Offset+e.Length]))
		switch e.Type {
		case "mention", "text_mention":
			own := e.Type == "mention" && strings.EqualFold(word, "@"+d.self.Name) ||
				e.User != nil && e.User.ID == d.self.ID
			if !own {
				continue
			}
			a.mentioned = true
			out = append(out, units[from:e.Offset]...)
			from = e.Offset + e.Length
		case "bot_command":
			before := string(utf16.Decode(append(slices.Clone(out), units[from:e.Offset]...)))
			if cmd >= 0 || strings.TrimSpace(before) != "" {
				continue // a command inside a sentence is part of it
			}
			name, bot, named := strings.Cut(strings.TrimPrefix(word, "/"), "@")
			if named && !strings.EqualFold(bot, d.self.Name) {
				a.foreign = true
				continue
			}
			name = strings.ToLower(name)
			if !named && !a.mentioned && len(d.known) > 0 && !d.known[name] {
				a.foreign = true // of one of the other bots in the group, as likely as not
			}
			a.command = name
			out = append(out, units[from:e.Offset]...)
			out = append(out, utf16.Encode([]rune("/"+name))...)
			from, cmd = e.Offset+e.Length, len(out)
		}
	}
	out = append(out, units[from:]...)
	a.text = strings.TrimSpace(chat.Clean(string(utf16.Decode(out))))
	if a.mentioned && a.command == "" {
		a.text = strings.TrimSpace(strings.TrimLeft(a.text, ",:，：、 ")) // "@bot，今年…"
	}
	if cmd >= 0 {
		a.args = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(chat.Clean(string(utf16.Decode(out[cmd:])))), ",:，：、"))
	}
	return a
}
