package admin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"jinwen/corpus/decode"
	"jinwen/corpus/version"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/questions"
)

// A Chat is the library in the chat: commands, files and buttons of admins. It
// is a [handlers.Admin], safe for concurrent use. Whoever is no admin gets one
// polite line, and the log an entry.
type Chat struct {
	lib   *Library
	asked *questions.Log
	log   *slog.Logger
}

// NewChat returns the chat of lib, with the statistics of asked. A nil logger
// discards.
func NewChat(lib *Library, asked *questions.Log, logger *slog.Logger) *Chat {
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	return &Chat{lib: lib, asked: asked, log: logger}
}

type run = func(context.Context, *handlers.Turn) (chat.Reply, error)

// Commands returns the admins' commands, in the order of /help.
func (c *Chat) Commands() []handlers.Command {
	list := []handlers.Command{
		{Command: chat.Command{Name: "import"}, Run: c.howImport},
		{Command: chat.Command{Name: "versions"}, Run: c.versions},
		{Command: chat.Command{Name: "activate"}, Run: c.activateNamed},
		{Command: chat.Command{Name: "rollback"}, Run: c.rollback},
		{Command: chat.Command{Name: "reindex"}, Run: c.reindex},
		{Command: chat.Command{Name: "lexicon"}, Run: c.lexicon},
		{Command: chat.Command{Name: "stats"}, Run: c.stats},
		{Command: chat.Command{Name: "unanswered"}, Run: c.unanswered},
		{Command: chat.Command{Name: "audit"}, Run: c.audit},
	}
	for i := range list {
		cmd := &list[i]
		cmd.Scope = chat.ForAdmins
		cmd.Run = c.guard(cmd.Name, cmd.Run)
		cmd.About = make(map[chat.Lang]string)
		for _, l := range chat.Langs {
			cmd.About[l] = in(l).Commands[cmd.Name]
		}
	}
	return list
}

// guard lets admins through to fn, in private, and tells them what they can
// mend.
func (c *Chat) guard(what string, fn run) run {
	return func(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
		switch {
		case !t.User.Admin:
			c.log.Warn("admin command refused", logWhat, what)
			return remark(t, fmt.Sprintf(in(t.Lang).OnlyAdmins, own(t.User.ID))), nil
		case t.Chat.Kind == chat.Group:
			return remark(t, in(t.Lang).OnlyPrivate), nil
		}
		r, err := fn(ctx, t)
		if err == nil {
			return r, nil
		}
		return c.mend(t, err)
	}
}

// mend turns err into what to tell; other errors stay errors.
func (c *Chat) mend(t *handlers.Turn, err error) (chat.Reply, error) {
	var busy *BusyError
	if errors.As(err, &busy) {
		return remark(t, fmt.Sprintf(in(t.Lang).Busy, busy.Job.Who, clock(t, busy.Job.Since), in(t.Lang).Actions[busy.Job.What])), nil
	}
	if text, ok := Explain(err, t.Lang); ok {
		if errors.Is(err, ErrCheck) || errors.Is(err, version.ErrDamaged) {
			c.log.Error("version refused", logErr, err)
		}
		return remark(t, text), nil
	}
	return chat.Reply{}, err
}

// remark returns a line that leaves the message under a pressed button as it is.
func remark(t *handlers.Turn, text string) chat.Reply {
	if t.Kind == chat.KindButton && utf8.RuneCountInString(text) <= 200 {
		return chat.Reply{Notice: text, Alert: true}
	}
	return para(text)
}

func para(lines ...string) chat.Reply {
	return chat.Reply{Blocks: blocks(chat.Para, lines...)}
}

func blocks(kind chat.BlockKind, lines ...string) []chat.Block {
	var out []chat.Block
	for _, s := range lines {
		out = append(out, chat.Block{Kind: kind, Text: s})
	}
	return out
}

// own returns what the transport itself calls a person: what is set as admins.
func own(id string) string {
	_, local, _ := strings.Cut(id, ":")
	return local
}

// by returns who sent t, now; from is the version that they believe active. Records
// name people of Telegram by their number alone, as they did before there were
// other transports.
func by(t *handlers.Turn, from string) version.By {
	who := t.User.ID
	if local, ok := chat.Local(chat.Telegram, who); ok {
		who = local
	}
	return version.By{Who: who, When: t.Now, From: from}
}

// clock returns a time as people of t's chat read it.
func clock(t *handlers.Turn, at time.Time) string {
	return at.In(t.Now.Location()).Format("01-02 15:04")
}

// Actions of buttons: the first argument.
const (
	pressActivate = "act"   // version, active version
	pressDiscard  = "dis"   // version
	pressShow     = "show"  // version
	pressCheck    = "check" // version
	pressVersions = "vers"  // nothing
	pressAskBack  = "back?" // nothing
	pressBack     = "back"  // version gone back to, active version
	pressReindex  = "reix"  // nothing
	pressCancel   = "no"    // nothing
	pressMissed   = "miss"  // days
	pressCSV      = "csv"   // days
	pressWord     = "word"  // everyday word
	pressMeans    = "mean"  // everyday word, number of the suggestion, first digits of the version
	pressUndo     = "undo"  // everyday word
	pressKeep     = "keep"  // what /lexicon takes
)

func button(text string, args ...string) chat.Button {
	return chat.Button{Text: text, Data: handlers.AdminData(args...)}
}

// fits reports whether handlers.AdminData takes args.
func fits(args ...string) bool {
	n := 0
	for _, a := range args {
		n += len(a) + 1
		if a == "" || strings.Contains(a, ":") {
			return false
		}
	}
	return n-1 <= 58
}

// Button answers a pressed button.
func (c *Chat) Button(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	if len(args) == 0 {
		args = []string{""}
	}
	fn := c.pressed(args[0], args[1:])
	if fn == nil {
		fn = func(context.Context, *handlers.Turn) (chat.Reply, error) {
			return chat.Reply{Notice: in(t.Lang).Stale}, nil
		}
	}
	return c.guard("button", fn)(ctx, t)
}

// pressed returns what the button does; nil if there is none such.
func (c *Chat) pressed(name string, args []string) run {
	plain := map[string]run{
		pressVersions: edit(c.versions), pressAskBack: edit(c.rollback), pressReindex: c.reindex, pressCancel: c.cancel,
	}
	with := map[string]func(context.Context, *handlers.Turn, []string) (chat.Reply, error){
		pressActivate: c.activate, pressDiscard: c.discard, pressShow: c.show, pressCheck: c.selfCheck, pressBack: c.goBack,
		pressMissed: c.missed, pressCSV: c.csv, pressWord: c.meaning, pressMeans: c.choose, pressUndo: c.undo, pressKeep: c.keepTried,
	}
	need := map[string]int{pressActivate: 2, pressDiscard: 1, pressShow: 1, pressCheck: 1, pressBack: 2, pressMissed: 1, pressCSV: 1, pressWord: 1, pressMeans: 3, pressUndo: 1, pressKeep: 1}
	if fn := plain[name]; fn != nil && len(args) == 0 {
		return fn
	}
	if fn := with[name]; fn != nil && len(args) == need[name] {
		return func(ctx context.Context, t *handlers.Turn) (chat.Reply, error) { return fn(ctx, t, args) }
	}
	return nil
}

// edit has fn's reply take the place of the message under the button.
func edit(fn run) run {
	return func(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
		r, err := fn(ctx, t)
		r.Edit = len(r.Blocks) > 0
		return r, err
	}
}

func (c *Chat) cancel(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	r := para(in(t.Lang).Cancelled)
	r.Edit = true
	return r, nil
}

func (c *Chat) howImport(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	return para(in(t.Lang).HowImport), nil
}

// File imports a file that an admin sent and shows what it would change.
func (c *Chat) File(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	return c.guard("file", c.file)(ctx, t)
}

func (c *Chat) file(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	if t.Message.File == nil {
		return para(in(t.Lang).HowImport), nil
	}
	if t.Message.File.Size > decode.MaxFile {
		return chat.Reply{}, decode.ErrTooBig
	}
	t.Progress(para(in(t.Lang).Reading))
	data, err := readFile(ctx, t.Message.File)
	if err != nil {
		return chat.Reply{}, err
	}
	p, err := c.lib.Import(ctx, FileName(t.Message.File.Name), data, by(t, ""))
	if err != nil {
		return chat.Reply{}, err
	}
	return preview(t.Lang, p), nil
}

// readFile reads f, which may be larger than it was announced.
func readFile(ctx context.Context, f *chat.File) ([]byte, error) {
	in, err := f.Open(ctx)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, decode.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	if len(data) > decode.MaxFile {
		return nil, decode.ErrTooBig
	}
	return data, nil
}

// FileName returns a sender's name of a file as it may be shown and kept: its last
// part, without control characters, at most 80 characters. It is never a path.
func FileName(s string) string {
	s = strings.NewReplacer("\n", "", "\t", "").Replace(chat.Clean(s[strings.LastIndexAny(s, `/\`)+1:]))
	if chars := []rune(s); len(chars) > 80 {
		s = string(chars[:40]) + "…" + string(chars[len(chars)-39:])
	}
	if s == "" {
		return "report"
	}
	return s
}

// What a screen for admins needs of the words of the chat.

// Show returns what p is and what it would change, as a chat shows it.
func Show(p *Preview, l chat.Lang) chat.Reply { return preview(l, p) }

// ActionName returns what was done, in l.
func ActionName(a version.Action, l chat.Lang) string {
	if text, ok := in(l).Actions[a]; ok {
		return text
	}
	return string(a)
}

// Tell returns what to tell an admin about err, times as in loc; false if it
// is nothing that they can mend.
func Tell(err error, l chat.Lang, loc *time.Location) (string, bool) {
	clock := func(t time.Time) string { return t.In(loc).Format("01-02 15:04") }
	var busy *BusyError
	if errors.As(err, &busy) {
		return fmt.Sprintf(in(l).Busy, busy.Job.Who, clock(busy.Job.Since), in(l).Actions[busy.Job.What]), true
	}
	var conflict *version.ConflictError
	if errors.As(err, &conflict) {
		last := conflict.Last
		return fmt.Sprintf(in(l).Conflict, last.Who, clock(last.Time), ActionName(last.Action, l), shortID(last.Version)), true
	}
	return Explain(err, l)
}
