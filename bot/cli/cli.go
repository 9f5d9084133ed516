// Package cli is the command line: it reads the arguments, wires the parts
// together (wire.go, the only place that does) and prints what they find.
//
// What scripts may rely on: results go to standard output, everything else to
// standard error; an error is one line that says what to do; the exit code is
// 0 if all went well, 1 if something failed, 2 if the command was wrong, 130 if
// it was interrupted. With --json there is one object a line. A command that
// fails leaves nothing half written behind. When the reader of the output goes
// away (| head), a command ends quietly.
//
// Start reading with grammar below; each command is in the file of its name.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"jinwen/bot/config"
	"jinwen/corpus/decode"
)

// Exit codes.
const (
	exitFine        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130 // 128+SIGINT, as shells have it
)

// patience is how long a command that is interrupted may take to end by
// itself. Some can not: they wait for a file, or are deep in a computation.
const patience = 2 * time.Second

// grammar is every command and flag.
type grammar struct {
	globals

	Run         runCmd         `cmd:"" default:"1" help:"The bot: Telegram when a token is configured, the web page when it is, else a chat in the terminal. The same as jinwen alone."`
	Chat        chatCmd        `cmd:"" help:"Chat in the terminal, as in Telegram."`
	Web         webCmd         `cmd:"" help:"Serve the web page alone."`
	Ask         askCmd         `cmd:"" help:"Answer a question, or one a line from standard input."`
	Figures     figuresCmd     `cmd:"" group:"report" help:"List the report's figures."`
	Commitments commitmentsCmd `cmd:"" group:"report" help:"List what the government undertakes."`
	Pairs       pairsCmd       `cmd:"" group:"report" help:"List indicators with last year's result and this year's target."`
	Outline     outlineCmd     `cmd:"" group:"report" help:"Show the headings."`
	Passages    passagesCmd    `cmd:"" group:"report" help:"List the passages that are quoted."`
	Export      exportCmd      `cmd:"" group:"report" help:"Write figures, commitments and pairs as a spreadsheet."`
	Kept        keptCmd        `cmd:"" group:"report" help:"Show what became of a report's targets, by the next report."`
	Diff        diffCmd        `cmd:"" group:"report" help:"Show what differs between two texts."`
	Import      importCmd      `cmd:"" group:"admin" help:"Read reports and keep them."`
	Reports     reportsCmd     `cmd:"" group:"admin" help:"List the library: the reports, and which version answers for each."`
	Versions    versionsCmd    `cmd:"" group:"admin" help:"List the texts that are kept."`
	Activate    activateCmd    `cmd:"" group:"admin" help:"Let a kept version answer."`
	Rollback    rollbackCmd    `cmd:"" group:"admin" help:"Go back to the version before, or to any other."`
	Stats       statsCmd       `cmd:"" group:"admin" help:"Show what people asked, and what they did not get."`
	Reindex     reindexCmd     `cmd:"" group:"admin" help:"Build the index of the active version anew."`
	Audit       auditCmd       `cmd:"" group:"admin" help:"Show who changed what, and when."`
	DeadLetters deadLettersCmd `cmd:"" group:"admin" help:"Show the messages that were set aside, and have them handled once more."`
	Restore     restoreCmd     `cmd:"" group:"admin" help:"Put back what a snapshot of the data folder holds."`
	Check       checkCmd       `cmd:"" group:"admin" help:"Test whether the bot can run here, and say what to mend."`
}

type globals struct {
	Config   string      `placeholder:"FILE" help:"Settings; else config.yaml here or in /etc/jinwen. See config.example.yaml."`
	Report   string      `placeholder:"FILE|ID" help:"Use this report (.txt, .md, .docx, .html, .pdf; or of the library: 2026/四川) instead of the active version."`
	DataDir  string      `placeholder:"DIR" help:"Where versions and statistics are kept."`
	DictDir  string      `placeholder:"DIR" help:"Where gojieba's dictionaries are."`
	LogLevel string      `enum:",debug,info,warn,error" default:"" placeholder:"LEVEL" help:"What is logged: debug, info, warn or error."`
	Version  versionFlag `help:"Print the version and quit."`
}

const description = `Answers questions about a government work report with what the report says, word for word.`

const examples = `Examples:
  jinwen                                        chat, or Telegram with TELEGRAM_BOT_TOKEN set
  jinwen web --listen 127.0.0.1:8080            the web page
  jinwen ask 今年GDP目标是多少
  jinwen ask --json < questions.txt             one JSON object a line
  jinwen figures --filter 燃气 --period 2024
  jinwen commitments --topic 教育
  jinwen pairs --json | head
  jinwen outline --report other-city.docx

jinwen COMMAND --help tells more. Exit codes: 0 fine, 1 failed, 2 wrong use,
130 interrupted.`

// A usageError is a command that was given wrongly.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errQuiet ends a command with exit code 1 after it has said all itself.
var errQuiet = errors.New("failed")

// An app is one run of the program.
type app struct {
	in      io.Reader
	out     *output   // buffered
	stdout  io.Writer // under out
	err     io.Writer
	environ []string
	flags   *globals
	now     func() time.Time

	stopsItself atomic.Bool // told to stop, it takes the time it needs

	cfg   config.Config // set by configure, as what follows
	log   *slog.Logger
	level slog.LevelVar

	embeddings embeddings
}

// Main runs the command that args (without the program's name) give and
// returns the exit code. It returns once everything it started has ended; but
// of a command that has not ended [patience] after ctx, the rest is left to die
// with the process. What is kept on disk survives that, as it does a crash.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var g grammar
	a := &app{in: stdin, out: newOutput(stdout, os.Environ()), stdout: stdout, err: stderr, environ: os.Environ(), flags: &g.globals, now: time.Now}
	done := make(chan error, 1)
	go func() { done <- a.run(ctx, &g, args) }()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		select {
		case err = <-done:
		case <-time.After(patience):
			if err = ctx.Err(); a.stopsItself.Load() {
				err = <-done
			}
		}
	}
	var usage usageError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return exitFine
	case errors.Is(err, errQuiet):
		return exitFailed
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(stderr, "jinwen: interrupted")
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "jinwen: %s\n", oneLine(err))
		return exitUsage
	}
	fmt.Fprintf(stderr, "jinwen: %s\n", oneLine(err))
	return exitFailed
}

// oneLine is err on one line. What a terminal would obey (a file's name or
// content may hold it) is escaped as the log escapes it: \x1b.
func oneLine(err error) string {
	s := strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		part := s[:n]
		if unicode.IsControl(r) || r == utf8.RuneError && n == 1 {
			q := strconv.Quote(part)
			part = q[1 : len(q)-1]
		}
		b.WriteString(part)
		s = s[n:]
	}
	return b.String()
}

func (a *app) run(ctx context.Context, g *grammar, args []string) (err error) {
	exited := false // by --help or --version
	k, err := kong.New(g,
		kong.Name("jinwen"), kong.Description(description),
		kong.Writers(a.out, a.err),
		kong.Exit(func(int) { exited = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Help(printHelp),
		kong.ExplicitGroups([]kong.Group{
			{Key: "report", Title: "What is in the report:"},
			{Key: "admin", Title: "Versions and operation:"},
		}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(a),
	)
	if err != nil {
		panic(err) // the grammar above is wrong
	}
	kctx, err := k.Parse(args)
	if exited {
		return a.out.flush()
	}
	if err != nil {
		hint := "see jinwen --help"
		var perr *kong.ParseError
		if errors.As(err, &perr) && perr.Context.Selected() != nil {
			hint = "see jinwen " + perr.Context.Selected().Name + " --help"
		}
		return usagef("%w; %s", err, hint)
	}
	defer func() {
		if ferr := a.out.flush(); err == nil {
			err = ferr
		}
	}()
	defer a.closeEmbedder()
	return kctx.Run()
}

// printHelp adds the examples to kong's help, and each command's own.
func printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
		return err
	}
	if ctx.Selected() == nil || ctx.Empty() {
		fmt.Fprintln(ctx.Stdout, "\n"+examples)
	}
	return nil
}

// configure reads the settings. Every command that uses them begins with it.
func (a *app) configure() error {
	cfg, err := config.Load(a.flags.Config, a.environ)
	if err != nil {
		return err
	}
	if a.flags.DataDir != "" {
		cfg.DataDir = a.flags.DataDir
	}
	decode.KeepCompiled(cfg.DataDir)
	if a.flags.DictDir != "" {
		cfg.DictDir = a.flags.DictDir
	}
	if a.flags.LogLevel != "" {
		if err := cfg.Log.Level.UnmarshalText([]byte(a.flags.LogLevel)); err != nil {
			return usageError{err}
		}
	}
	a.cfg = cfg
	a.level.Set(slog.Level(cfg.Log.Level))
	if _, ok := cfg.Origin("log.level"); !ok && a.flags.LogLevel == "" {
		a.level.Set(slog.LevelWarn) // between a command's own lines Info is noise
	}
	opt := &slog.HandlerOptions{Level: &a.level}
	var h slog.Handler = slog.NewTextHandler(a.err, opt)
	if cfg.Log.Format == "json" {
		h = slog.NewJSONHandler(a.err, opt)
	}
	a.log = slog.New(h)
	return nil
}

// verbose logs at the configured level: what a service does that nobody looks at.
func (a *app) verbose() { a.level.Set(slog.Level(a.cfg.Log.Level)) }

// release is set by the linker (-X jinwen/bot/cli.release=v1.2.3); else it is
// what Go noted of the source that it built from.
var release string

func versionString() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "devel"
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				v += " " + s.Value[:12]
			}
		}
	}
	return v
}

type versionFlag bool

func (versionFlag) BeforeReset(k *kong.Kong) error {
	fmt.Fprintf(k.Stdout, "jinwen %s\n", versionString())
	k.Exit(0)
	return nil
}
