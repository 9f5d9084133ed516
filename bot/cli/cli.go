// Package cli is the command line: it reads the arguments, runs a command, and
// says by its exit code how that went. The commands stand in packages of their
// own by group; package serve, the only place that does, wires the parts of the
// bot together.
//
// What scripts may rely on: results go to standard output, everything else to
// standard error; an error is one line that says what to do; the exit code is
// 0 if all went well, 1 if something failed, 2 if the command was wrong, 130 if
// it was interrupted. With --json there is one object a line. A command that
// fails leaves nothing half written behind. When the reader of the output goes
// away (| head), a command ends quietly.
//
// Start reading with grammar below.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"jinwen/bot/cli/ask"
	"jinwen/bot/cli/base"
	"jinwen/bot/cli/check"
	"jinwen/bot/cli/manage"
	"jinwen/bot/cli/print"
	"jinwen/bot/cli/serve"
	"jinwen/bot/cli/show"
)

// Exit codes.
const (
	exitFine        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130 // 128+SIGINT, as shells have it
)

// patience is how long a command that is interrupted may take to end by
// itself. Some cannot: they wait for a file, or are deep in a computation.
const patience = 2 * time.Second

// grammar is every command and flag.
type grammar struct {
	base.Globals
	Version versionFlag `help:"Print the version and quit."`

	Run         serve.Run         `cmd:"" default:"1" help:"The bot: Telegram, the web page, WeChat, WeCom, whichever are set up, else a chat in the terminal. The same as jinwen alone."`
	Chat        serve.Chat        `cmd:"" help:"Chat in the terminal, as in Telegram."`
	Web         serve.Web         `cmd:"" help:"Serve the web page alone."`
	Ask         ask.Command       `cmd:"" help:"Answer a question, or one a line from standard input."`
	Figures     show.Figures      `cmd:"" group:"report" help:"List the report's figures."`
	Commitments show.Commitments  `cmd:"" group:"report" help:"List what the government undertakes."`
	Pairs       show.Pairs        `cmd:"" group:"report" help:"List indicators with last year's result and this year's target."`
	Outline     show.Outline      `cmd:"" group:"report" help:"Show the headings."`
	Passages    show.Passages     `cmd:"" group:"report" help:"List the passages that are quoted."`
	Export      show.Export       `cmd:"" group:"report" help:"Write figures, commitments and pairs as a spreadsheet."`
	Kept        show.Kept         `cmd:"" group:"report" help:"Show what became of a report's targets, by the next report."`
	Diff        show.Diff         `cmd:"" group:"report" help:"Show what differs between two texts."`
	Import      manage.Import     `cmd:"" group:"admin" help:"Read reports and keep them."`
	Reports     manage.Reports    `cmd:"" group:"admin" help:"List the library: the reports, and which version answers for each."`
	Versions    manage.Versions   `cmd:"" group:"admin" help:"List the texts that are kept."`
	Activate    manage.Activate   `cmd:"" group:"admin" help:"Let a kept version answer."`
	Rollback    manage.Rollback   `cmd:"" group:"admin" help:"Go back to the version before, or to any other."`
	Stats       manage.Stats      `cmd:"" group:"admin" help:"Show what people asked, and what they did not get."`
	Reindex     manage.Reindex    `cmd:"" group:"admin" help:"Build the index of the active version anew."`
	Audit       manage.Audit      `cmd:"" group:"admin" help:"Show who changed what, and when."`
	DeadLetters serve.DeadLetters `cmd:"" group:"admin" help:"Show the messages that were set aside, and have them handled once more."`
	Restore     manage.Restore    `cmd:"" group:"admin" help:"Put back what a snapshot of the data folder holds."`
	Check       check.Command     `cmd:"" group:"admin" help:"Test whether the bot can run here, and say what to mend."`
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

// Main runs the command that args (without the program's name) give and
// returns the exit code. It returns once everything it started has ended; but
// of a command that has not ended [patience] after ctx, the rest is left to die
// with the process. What is kept on disk survives that, as it does a crash.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var g grammar
	a := &base.App{In: stdin, Out: print.New(stdout, os.Getenv), Stdout: stdout, Err: print.Seen{Writer: stderr}, Environ: os.Environ(), Flags: &g.Globals, Now: time.Now}
	done := make(chan error, 1)
	go func() { done <- run(ctx, a, &g, args) }()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		select {
		case err = <-done:
		case <-time.After(patience):
			if err = ctx.Err(); a.StopsItself.Load() {
				err = <-done
			}
		}
	}
	var usage base.UsageError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return exitFine
	case errors.Is(err, base.ErrQuiet):
		return exitFailed
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(stderr, "jinwen: interrupted")
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "jinwen: %s\n", base.OneLine(err))
		return exitUsage
	}
	fmt.Fprintf(stderr, "jinwen: %s\n", base.OneLine(err))
	return exitFailed
}

func run(ctx context.Context, a *base.App, g *grammar, args []string) (err error) {
	exited := false // by --help or --version
	k, err := kong.New(g,
		kong.Name("jinwen"), kong.Description(description),
		kong.Writers(a.Out, a.Err),
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
		return a.Out.Flush()
	}
	if err != nil {
		hint := "see jinwen --help"
		var perr *kong.ParseError
		if errors.As(err, &perr) && perr.Context.Selected() != nil {
			hint = "see jinwen " + perr.Context.Selected().Name + " --help"
		}
		return base.Usagef("%w; %s", err, hint)
	}
	defer func() {
		if ferr := a.Out.Flush(); err == nil {
			err = ferr
		}
	}()
	defer a.CloseDatabase()
	defer a.CloseEmbedder()
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
