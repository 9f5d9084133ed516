// Package handlers is what the bot does with a message: questions, commands,
// buttons, inline queries, admin work. It knows no transport and no markup: a
// [chat.Message] comes in, a [chat.Reply] goes out.
//
// Start reading with package chat, then bot.go ([Bot.Handle], the one way in),
// then the file named after the task.
package handlers

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
	"jinwen/index"
)

// A Source answers questions from the active report: *index.Live does.
type Source interface {
	index.Asker
	Report() *corpus.Report // nil if there is none
}

// Topics are the subjects that people follow and filter by: *lexicon.Lexicon
// has them.
type Topics interface {
	Topics() []string
	InTopic(topic, text string) bool
}

// An Admin is what admins may do beyond asking. It answers everybody else
// with one polite line.
type Admin interface {
	Commands() []Command // all of Scope ForAdmins
	// File takes a file that an admin sent.
	File(ctx context.Context, t *Turn) (chat.Reply, error)
	// Button takes the arguments of a pressed button made by AdminData.
	Button(ctx context.Context, t *Turn, args []string) (chat.Reply, error)
}

// Options are the settings of New. The zero value works.
type Options struct {
	Topics   Topics           // nil has none
	Recorder Recorder         // nil records nothing
	Admin    Admin            // nil: admins are users like all others
	Clock    func() time.Time // nil is time.Now
	Logger   *slog.Logger     // nil discards
	BotName  string           // without @, for links into the chat; see also SetBotName
	NoCharts bool             // text tables instead of pictures
	FontFile string           // of charts; "" looks in the usual places
	// ShareTalks keeps in the store what a question may follow on: where several
	// machines answer one chat.
	ShareTalks bool
	// QuestionTimeout is how long a question may take; 0 is DefaultQuestionTimeout.
	QuestionTimeout time.Duration
	// Salt keys the hashes under which users appear in events and logs. The
	// zero value is a random one, by which users are strangers after a restart.
	Salt []byte
}

// A Bot answers messages from one Source. It is a [Handler], safe for
// concurrent use.
type Bot struct {
	src      Source
	store    Store
	opt      Options
	log      *slog.Logger
	now      func() time.Time
	commands []Command
	name     atomic.Pointer[string]
	talks    talks

	fontOnce sync.Once // a missing font is logged once
}

// New returns a Bot that answers from src and keeps its state in store.
func New(src Source, store Store, opt Options) *Bot {
	b := &Bot{src: src, store: store, opt: opt, log: opt.Logger, now: opt.Clock}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.opt.Topics == nil {
		b.opt.Topics = noTopics{}
	}
	if b.opt.Recorder == nil {
		b.opt.Recorder = RecorderFunc(func(Event) {})
	}
	if len(b.opt.Salt) == 0 {
		b.opt.Salt = make([]byte, 16)
		rand.Read(b.opt.Salt) // never fails
	}
	if b.opt.QuestionTimeout <= 0 {
		b.opt.QuestionTimeout = DefaultQuestionTimeout
	}
	b.SetBotName(opt.BotName)
	b.commands = userCommands()
	if opt.Admin != nil {
		b.commands = append(b.commands, opt.Admin.Commands()...)
	}
	return b
}

// SetBotName tells the bot its own name, without @, once the transport knows
// it. Without one there are no links into the chat.
func (b *Bot) SetBotName(name string) { b.name.Store(&name) }

type noTopics struct{}

func (noTopics) Topics() []string            { return nil }
func (noTopics) InTopic(string, string) bool { return false }

// A Turn is one message on its way to a reply.
type Turn struct {
	chat.Message
	Lang     chat.Lang      // of the reply
	Report   *corpus.Report // active when the turn began; nil if there is none
	Now      time.Time
	Progress func(chat.Reply) // shows what goes on meanwhile; never nil

	bot  *Bot
	log  *slog.Logger // whose lines name the message
	text *texts.Set   // of Lang
	away bool         // what a button stands for could not be looked up just now
}

// Handle answers m. See [Handler].
func (b *Bot) Handle(ctx context.Context, m chat.Message, progress func(chat.Reply)) (chat.Reply, error) {
	if err := ctx.Err(); err != nil {
		return chat.Reply{}, err
	}
	m = clean(m)
	if progress == nil {
		progress = func(chat.Reply) {}
	}
	if m.Kind == chat.KindLeft {
		if err := b.store.SetBlocked(m.Chat.ID, true); err != nil {
			return chat.Reply{}, fmt.Errorf("remember blocked chat: %w", err)
		}
		return chat.Reply{}, nil
	}
	t := &Turn{Message: m, Report: b.src.Report(), Now: b.now(), Progress: progress, bot: b, log: b.log}
	if id := chat.Request(ctx); id != "" {
		t.log = b.log.With(logRequest, id)
	}
	t.setLang(b.langOf(m))
	b.unblock(m)
	began := time.Now()
	r, err := b.dispatch(ctx, t)
	t.log.Debug("message answered", logBlocks, len(r.Blocks), logTook, time.Since(began), logErr, err)
	if errors.Is(err, errSlow) {
		r, err = t.slow(), nil
	}
	if errors.Is(err, ErrAway) || t.away && t.Kind == chat.KindButton {
		r, err = t.notKept(), nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	if m.Kind == chat.KindEdit && len(r.Blocks) > 0 {
		r.Edit = true
	}
	r.Lang = t.Lang
	return r, nil
}

func (b *Bot) dispatch(ctx context.Context, t *Turn) (chat.Reply, error) {
	switch t.Kind {
	case chat.KindText, chat.KindEdit:
		return b.text(ctx, t)
	case chat.KindButton:
		return b.button(ctx, t)
	case chat.KindInline:
		return inline(ctx, t)
	case chat.KindFile:
		if t.User.Admin && b.opt.Admin != nil {
			return b.opt.Admin.File(ctx, t)
		}
		if t.Text != "" {
			return b.text(ctx, t) // what is written under a file is asked
		}
		return chat.Say(t.text.FileNotForYou), nil
	case chat.KindJoined:
		return joined(ctx, t)
	}
	if t.Text != "" {
		return b.text(ctx, t)
	}
	return odd(t), nil
}

// notKept says that the state is not reached just now.
func (t *Turn) notKept() chat.Reply {
	if t.Kind == chat.KindButton {
		return notice(t.text.Away)
	}
	return chat.Say(t.text.Away)
}

// text answers what was written: a command, or a question.
func (b *Bot) text(ctx context.Context, t *Turn) (chat.Reply, error) {
	if t.Command == "" {
		if t.Report == nil {
			return chat.Say(t.text.NoReport), nil
		}
		return ask(ctx, t, t.Text)
	}
	c := b.command(t.Message)
	switch {
	case c == nil && t.Chat.Kind == chat.Group:
		return chat.Reply{}, nil // probably meant for another bot
	case c == nil:
		return chat.Say(t.text.UnknownCommand), nil
	case c.Scope&chat.ForAdmins == 0 && t.Report == nil:
		return chat.Say(t.text.NoReport), nil
	}
	if c.byReport {
		t.turnTo()
	}
	return c.Run(ctx, t)
}

// unblock remembers that the chat of m can be reached after all.
func (b *Bot) unblock(m chat.Message) {
	if m.Kind == chat.KindInline || m.Chat.ID == "" {
		return
	}
	blocked, err := b.store.Blocked(m.Chat.ID)
	if err == nil && blocked {
		err = b.store.SetBlocked(m.Chat.ID, false)
	}
	if err != nil {
		b.log.Warn("blocked chats", logErr, err)
	}
}

// hash returns a stable stand-in for a user or chat in events and logs.
func (b *Bot) hash(kind, id string) string {
	mac := hmac.New(sha256.New, b.opt.Salt)
	mac.Write([]byte(kind))
	mac.Write([]byte("\x00" + id))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:9])
}

// notice returns a short notice over the chat.
func notice(text string) chat.Reply { return chat.Reply{Notice: zh.Clip(text, maxNotice)} }

// Keys of log attributes. No value is ever a user's text, name or raw id.
const (
	logErr     = "err"
	logVersion = "version"
	logChat    = "chat" // salted hash
	logSent    = "sent"
	logSkipped = "skipped"
	logLimit   = "limit"
	logSize    = "size" // of a message, in characters; never its text
	logRequest = "request"
	logBlocks  = "blocks"
	logTook    = "took"
)
