package serve

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"

	"jinwen/bot/cli/base"
	"jinwen/bot/console"
	"jinwen/handlers/store"
)

// Run is the bot on every channel that is set up.
type Run struct{}

func (Run) Help() string {
	return `The bot answers on every channel that is set up until it is stopped; Ctrl-C or SIGTERM finish what is in hand. Telegram needs a token (TELEGRAM_BOT_TOKEN), the web page web.listen, a WeChat Official Account wechat.token, a WeCom smart bot wecom.bot_id; they run side by side. Without any this is jinwen chat.

Examples:
  TELEGRAM_BOT_TOKEN=123456:ABC… jinwen
  jinwen run --config config.yaml`
}

func (c *Run) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	if c := &a.Cfg; c.Telegram.Token.Set() || c.WeChat.Set() || c.WeCom.Set() {
		a.Verbose()
		return serveAll(ctx, a)
	}
	if a.Cfg.Web.Listen != "" {
		a.Verbose()
		return servePage(ctx, a)
	}
	fmt.Fprintln(a.Err, "jinwen: no Telegram token is set (TELEGRAM_BOT_TOKEN): this is a chat in the terminal")
	return inTerminal(ctx, a)
}

// Chat is a chat in the terminal.
type Chat struct{}

func (Chat) Help() string {
	return `A chat in the terminal with the same replies as in Telegram. Buttons have numbers; Ctrl-D or /quit ends. Questions may also be piped in, a line each.

Examples:
  jinwen chat
  echo 今年GDP目标 | jinwen chat`
}

func (c *Chat) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	return inTerminal(ctx, a)
}

// inTerminal runs a chat in the terminal until the person leaves or ctx ends.
// People's state there lasts as long as the chat.
func inTerminal(ctx context.Context, a *base.App) error {
	s, err := NewService(ctx, a, store.NewMemory(nil), false)
	if err != nil {
		return err
	}
	defer s.Close()
	opt := console.Options{Lang: languageTag()}
	if a.In != os.Stdin || a.Stdout != os.Stdout {
		opt.In, opt.Out, opt.Err = a.In, a.Stdout, a.Err
	}
	if _, err := os.Stat(a.Cfg.DataDir); err == nil {
		opt.History = a.Path("history")
	}
	ctx, cancel := context.WithCancel(ctx)
	wait := s.keepUp(ctx, a)
	err = console.New(s.Bot, opt).Run(ctx)
	cancel()
	wait()
	return err
}

// languageTag returns the language of the terminal's messages as POSIX has it:
// zh_TW.UTF-8 is zh-TW; "" of C.
func languageTag() string {
	v := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
	v, _, _ = strings.Cut(v, ".")
	v, _, _ = strings.Cut(v, "@")
	if v == "C" || v == "POSIX" {
		return ""
	}
	return strings.ReplaceAll(v, "_", "-")
}
