package cli

import (
	"context"
	"fmt"
)

type runCmd struct{}

func (runCmd) Help() string {
	return `The bot answers on every channel that is set up until it is stopped; Ctrl-C or SIGTERM finish what is in hand. Telegram needs a token (TELEGRAM_BOT_TOKEN), the web page web.listen, a WeChat Official Account wechat.token, a WeCom smart bot wecom.bot_id; they run side by side. Without any this is jinwen chat.

Examples:
  TELEGRAM_BOT_TOKEN=123456:ABC… jinwen
  jinwen run --config config.yaml`
}

func (c *runCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	if c := &a.cfg; c.Telegram.Token.Set() || c.WeChat.Set() || c.WeCom.Set() {
		a.verbose()
		return a.serve(ctx)
	}
	if a.cfg.Web.Listen != "" {
		a.verbose()
		return a.page(ctx)
	}
	fmt.Fprintln(a.err, "jinwen: no Telegram token is set (TELEGRAM_BOT_TOKEN): this is a chat in the terminal")
	return a.console(ctx)
}

type chatCmd struct{}

func (chatCmd) Help() string {
	return `A chat in the terminal with the same replies as in Telegram. Buttons have numbers; Ctrl-D or /quit ends. Questions may also be piped in, a line each.

Examples:
  jinwen chat
  echo 今年GDP目标 | jinwen chat`
}

func (c *chatCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	return a.console(ctx)
}
