package base

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"jinwen/bot/cli/print"
	"jinwen/bot/config"
	"jinwen/bot/dispatch"
	"jinwen/corpus/decode"
	"jinwen/handlers/chat"
)

// Globals are the flags of every command.
type Globals struct {
	Config   string `placeholder:"FILE" help:"Settings; else config.yaml here or in /etc/jinwen. See config.example.yaml."`
	Report   string `placeholder:"FILE|ID" help:"Use this report (.txt, .md, .docx, .html, .pdf; or of the library: 2026/四川) instead of the active version."`
	DataDir  string `placeholder:"DIR" help:"Where versions and statistics are kept."`
	DictDir  string `placeholder:"DIR" help:"Where gojieba's dictionaries are."`
	LogLevel string `enum:",debug,info,warn,error" default:"" placeholder:"LEVEL" help:"What is logged: debug, info, warn or error."`
}

// A UsageError is a command that was given wrongly.
type UsageError struct{ Err error }

func (e UsageError) Error() string { return e.Err.Error() }

func (e UsageError) Unwrap() error { return e.Err }

func Usagef(format string, args ...any) error { return UsageError{Err: fmt.Errorf(format, args...)} }

// ErrQuiet ends a command with exit code 1 after it has said all itself.
var ErrQuiet = errors.New("failed")

// An App is one run of the program.
type App struct {
	In      io.Reader
	Out     *print.Output // buffered
	Stdout  io.Writer     // under out
	Err     io.Writer
	Environ []string
	Flags   *Globals
	Now     func() time.Time

	StopsItself atomic.Bool // told to stop, it takes the time it needs

	Cfg   config.Config // set by configure, as what follows
	Log   *slog.Logger
	level slog.LevelVar

	embeddings embeddings
	database   database
	diskFull   atomic.Bool  // was logged
	diskFulls  atomic.Int64 // so often
}

// DiskFull reports whether a full disk was logged since it was last asked.
func (a *App) DiskFull() bool { return a.diskFull.Swap(false) }

// DiskFulls returns how often a full disk was logged.
func (a *App) DiskFulls() int64 { return a.diskFulls.Load() }

// OneLine returns err on one line. What a terminal would obey or not show (a file's
// name or content may hold it) is escaped as the log escapes it: \x1b.
func OneLine(err error) string {
	s := strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		part := s[:n]
		if unicode.IsControl(r) || chat.Unseen(r) || r == utf8.RuneError && n == 1 {
			q := strconv.Quote(part)
			part = q[1 : len(q)-1]
		}
		b.WriteString(part)
		s = s[n:]
	}
	return b.String()
}

// Configure reads the settings. Every command that uses them begins with it.
func (a *App) Configure() error {
	cfg, err := config.Load(a.Flags.Config, a.Environ)
	if err != nil {
		return err
	}
	if a.Flags.DataDir != "" {
		cfg.DataDir = a.Flags.DataDir
	}
	decode.KeepCompiled(cfg.DataDir)
	if a.Flags.DictDir != "" {
		cfg.DictDir = a.Flags.DictDir
	}
	if a.Flags.LogLevel != "" {
		if err := cfg.Log.Level.UnmarshalText([]byte(a.Flags.LogLevel)); err != nil {
			return UsageError{Err: err}
		}
	}
	a.Cfg = cfg
	a.level.Set(slog.Level(cfg.Log.Level))
	if _, ok := cfg.Origin("log.level"); !ok && a.Flags.LogLevel == "" {
		a.level.Set(slog.LevelWarn) // between a command's own lines Info is noise
	}
	opt := &slog.HandlerOptions{Level: &a.level}
	var h slog.Handler = slog.NewTextHandler(a.Err, opt)
	if cfg.Log.Format == "json" {
		h = slog.NewJSONHandler(a.Err, opt)
	}
	a.Log = slog.New(dispatch.NewLogHandler(h, func() { a.diskFull.Store(true); a.diskFulls.Add(1) }))
	return nil
}

// Verbose logs at the configured level: what a service does that nobody looks at.
func (a *App) Verbose() { a.level.Set(slog.Level(a.Cfg.Log.Level)) }
