// Package console is a chat in a terminal or over pipes, with the same handlers
// as everywhere.
package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/chzyer/readline"

	"jinwen/bot/dispatch"
	"jinwen/bot/render"
	"jinwen/handlers/chat"
)

// What goes where: replies and what the person asked for go to Out; the
// greeting, progress and troubles go to Err, so that piped answers are clean.

// Options are the settings of New. The zero value talks to the process's own
// terminal or pipes.
type Options struct {
	In       io.Reader // nil is standard input
	Out, Err io.Writer // nil is standard output and error
	// Terminal says whether In and Out are a person's terminal, with line
	// editing and colours. It is found out if In and Out are nil.
	Terminal bool
	// History is the file that keeps what was typed; "" keeps nothing. Of a
	// terminal only.
	History string
	// Dir is where files are saved; "" is the working directory.
	Dir string
	// Lang is the language tag of the person.
	Lang string
	// HandleTime is how long the handler may take; 0 is a minute.
	HandleTime time.Duration
}

// Console is a chat in a terminal or over pipes, with the same handlers as
// Telegram. Whoever sits there runs the program, and so is an admin.
type Console struct {
	h       *dispatch.Guard
	opt     Options
	colour  bool
	buttons []chat.Button // of the last reply, by number
	lang    chat.Lang     // of the last reply
}

// New returns a Console.
func New(h chat.Handler, opt Options) *Console {
	if opt.In == nil && opt.Out == nil {
		opt.Terminal = readline.IsTerminal(int(os.Stdin.Fd())) && readline.IsTerminal(int(os.Stdout.Fd()))
	}
	if opt.In == nil {
		opt.In = os.Stdin
	}
	if opt.Out == nil {
		opt.Out = os.Stdout
	}
	if opt.Err == nil {
		opt.Err = os.Stderr
	}
	if opt.HandleTime == 0 {
		opt.HandleTime = time.Minute
	}
	return &Console{h: dispatch.NewGuard(h, 1, opt.HandleTime, nil), opt: opt, colour: opt.Terminal && os.Getenv("NO_COLOR") == ""}
}

// Run talks until the person leaves (/quit, Ctrl-D, Ctrl-C at an empty prompt,
// the end of the input) or ctx ends, and returns nil then. A read that blocks
// on the input when ctx ends is left behind; it ends with the input.
func (c *Console) Run(ctx context.Context) error {
	next, end, err := c.lines()
	if err != nil {
		return fmt.Errorf("console: %w", err)
	}
	defer end()
	if c.opt.Terminal {
		fmt.Fprintln(c.opt.Err, c.text().Hello)
	}
	type line struct {
		text string
		err  error
	}
	for {
		// Reading cannot be cancelled, so it happens aside.
		got := make(chan line, 1)
		go func() {
			text, err := next()
			got <- line{text, err}
		}()
		select {
		case <-ctx.Done():
			return nil
		case l := <-got:
			if errors.Is(l.err, readline.ErrInterrupt) && l.text != "" {
				continue // Ctrl-C clears a line that is not empty
			}
			if l.err != nil && !errors.Is(l.err, io.EOF) && !errors.Is(l.err, readline.ErrInterrupt) {
				return fmt.Errorf("console: %w", l.err)
			}
			if text := strings.TrimSpace(chat.Clean(l.text)); text != "" && !errors.Is(l.err, readline.ErrInterrupt) {
				m := c.message(text)
				if (m.Command == "quit" || m.Command == "exit") && m.Args == "" {
					return nil
				}
				c.answer(ctx, text, m)
			}
			if l.err != nil || ctx.Err() != nil {
				return nil
			}
		}
	}
}

// lines gives the function that reads a line, and the one that ends reading.
func (c *Console) lines() (next func() (string, error), end func() error, err error) {
	if !c.opt.Terminal {
		r := bufio.NewReaderSize(c.opt.In, 64<<10)
		first := true
		next = func() (string, error) {
			text, err := ReadLine(r)
			if first {
				text, first = strings.TrimPrefix(text, "\ufeff"), false
			}
			return text, err
		}
		return next, func() error { return nil }, nil
	}
	if c.opt.History != "" {
		// readline would make it for all to read.
		if f, err := os.OpenFile(c.opt.History, os.O_CREATE|os.O_APPEND, 0o600); err == nil {
			f.Close()
		}
	}
	conf := &readline.Config{Prompt: "> ", HistoryFile: c.opt.History, Stdout: c.opt.Out, Stderr: c.opt.Err}
	if c.opt.In != io.Reader(os.Stdin) {
		conf.Stdin = io.NopCloser(c.opt.In)
	}
	rl, err := readline.NewEx(conf)
	if err != nil {
		return nil, nil, err
	}
	return rl.Readline, rl.Close, nil
}

// answer answers a line, which m is as a message.
func (c *Console) answer(ctx context.Context, text string, m chat.Message) {
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(c.buttons) {
		b := c.buttons[n-1]
		switch {
		case b.Data != "":
			m.Kind, m.Data, m.Text, m.Opener = chat.KindButton, b.Data, "", m.User.ID
		case b.Copy != "":
			fmt.Fprintf(c.opt.Out, c.text().Copied+"\n", chat.Clean(b.Copy))
			return
		case b.Share != "":
			fmt.Fprintf(c.opt.Out, c.text().Shared+"\n", chat.Clean(b.Share))
			return
		default:
			fmt.Fprintln(c.opt.Out, chat.Clean(b.URL))
			return
		}
	}
	if m.Kind == chat.KindFile && m.File == nil {
		fmt.Fprintf(c.opt.Err, c.text().NoFile+"\n", m.Args)
		return
	}
	r, err := c.h.Handle(ctx, m, func(p chat.Reply) {
		if text := p.Plain(); text != "" {
			fmt.Fprintln(c.opt.Err, chat.Clean(text))
		}
	})
	if err != nil {
		if ctx.Err() == nil {
			fmt.Fprintln(c.opt.Err, "jinwen:", chat.Clean(err.Error()))
			fmt.Fprintln(c.opt.Out, dispatch.TextsOf(c.opt.Lang).Apology)
		}
		return
	}
	c.print(r)
}

// named is a bot named in a line, as people do in a group. The console's own
// bot has no name, but all bots' names end so.
var named = regexp.MustCompile(`(?i)(^|\s)@[a-z0-9_]*bot\b`)

// addressed is whom a command is addressed to: /start@jinwen_bot.
var addressed = regexp.MustCompile(`^(/[A-Za-z0-9_]+)@[A-Za-z0-9_]+`)

// self is the one chat of a console, and who sits there.
var self = chat.ID(chat.Terminal, "1")

// message returns a line as a message.
func (c *Console) message(text string) chat.Message {
	if named.MatchString(text) {
		text = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(named.ReplaceAllString(text, "$1")), ",:，：、 ")) // "@bot，今年…"
	}
	text = addressed.ReplaceAllString(text, "$1")
	m := chat.Message{Text: text, Lang: c.opt.Lang,
		Chat: chat.Chat{ID: self, Kind: chat.Console}, User: chat.User{ID: self, Admin: true}}
	rest, ok := strings.CutPrefix(text, "/")
	if !ok {
		return m
	}
	name := rest
	if i := strings.IndexFunc(rest, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}); i >= 0 {
		name = rest[:i]
	}
	args := rest[len(name):]
	// "/ask天津港" is a text, as in Telegram.
	if name == "" || args != "" && !strings.ContainsAny(args[:1], " \t\n") && !strings.HasPrefix(args, "　") && !strings.HasPrefix(args, "：") {
		return m
	}
	m.Command, m.Args = strings.ToLower(name), strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(args), ",:，：、"))
	if m.Command == "file" && m.Args != "" {
		path := m.Args
		m.Kind, m.Command, m.Text = chat.KindFile, "", ""
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			m.File = &chat.File{Name: filepath.Base(path), Size: info.Size(),
				Open: func(context.Context) (io.ReadCloser, error) { return os.Open(path) }}
		}
	}
	return m
}

// print writes a reply and remembers its buttons. A reply without buttons
// leaves those of the one before, as a chat does.
func (c *Console) print(r chat.Reply) {
	if r.Lang.Valid() {
		c.lang = r.Lang
	}
	if r.Notice != "" {
		fmt.Fprintln(c.opt.Out, c.paint("2", chat.Clean(r.Notice)))
	}
	fresh := true
	for next := &r; next != nil; next = next.Then {
		if blocks := chat.Visible(next.Blocks); len(blocks) > 0 {
			fmt.Fprintln(c.opt.Out, c.paintAll(blocks))
		}
		for _, f := range next.Files {
			c.save(f)
		}
		for _, row := range next.Buttons {
			var labels []string
			for _, b := range row {
				if fresh {
					c.buttons, fresh = nil, false
				}
				c.buttons = append(c.buttons, b)
				labels = append(labels, fmt.Sprintf("[%d] %s", len(c.buttons), chat.Clean(b.Text)))
			}
			if labels != nil {
				fmt.Fprintln(c.opt.Out, c.paint("36", strings.Join(labels, "  ")))
			}
		}
	}
	if c.opt.Terminal {
		fmt.Fprintln(c.opt.Out)
	}
}

// paintAll returns the blocks for reading: plain as chat.Reply.Plain has it, or set
// off with colours.
func (c *Console) paintAll(blocks []chat.Block) string {
	if !c.colour {
		return chat.Reply{Blocks: blocks}.Plain()
	}
	var b strings.Builder
	for i, x := range blocks {
		if i > 0 {
			b.WriteString(chat.Between(blocks[i-1].Kind, x.Kind))
		}
		switch text := render.Prefix(x.Kind) + x.Text; x.Kind {
		case chat.Answer, chat.Title:
			b.WriteString(c.paint("1", text))
		case chat.Note, chat.Place:
			b.WriteString(c.paint("2", text))
		case chat.Quote:
			bar := c.paint("33", "│ ")
			b.WriteString(bar + strings.ReplaceAll(text, "\n", "\n"+bar))
		default:
			b.WriteString(text)
		}
	}
	return b.String()
}

// paint sets text off on a terminal (ECMA-48, select graphic rendition).
func (c *Console) paint(code, text string) string {
	if !c.colour {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// save writes a file to the folder and prints its path. The name comes from
// the handlers; only its last element is used, and nothing is overwritten.
func (c *Console) save(f chat.Attachment) {
	name := filepath.Base(filepath.Clean("/" + chat.Clean(f.Name)))
	if name == "/" || name == "." {
		name = "file"
	}
	ext := filepath.Ext(name)
	for n := 1; ; n++ {
		path := filepath.Join(c.opt.Dir, name)
		if n > 1 {
			path = filepath.Join(c.opt.Dir, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n, ext))
		}
		out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, os.ErrExist) && n < 1000 {
			continue
		}
		if err == nil {
			_, err = out.Write(f.Data)
			err = errors.Join(err, out.Close())
		}
		if err != nil {
			fmt.Fprintf(c.opt.Err, c.text().NotSave+"\n", chat.Clean(err.Error()))
			return
		}
		fmt.Fprintf(c.opt.Out, c.text().Saved+"\n", path)
		if f.Caption != "" {
			fmt.Fprintln(c.opt.Out, chat.Clean(f.Caption))
		}
		return
	}
}
