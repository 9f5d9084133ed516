package cli

import (
	"context"
	"fmt"
)

type runCmd struct{}

func (runCmd) Help() string {
	return `With a token (TELEGRAM_BOT_TOKEN or telegram.token) the bot answers in Telegram until it is stopped: Ctrl-C or SIGTERM finish what is in hand. With web.listen the web page is served, beside Telegram or alone. Without either this is jinwen chat.

Examples:
  TELEGRAM_BOT_TOKEN=123456:ABC… jinwen
  jinwen run --config /etc/jinwen/config.yaml`
}

func (c *runCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	if a.cfg.Telegram.Token.Set() {
		a.verbose()
		return a.telegram(ctx)
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
	return `A chat in the terminal with the same replies as in Telegram. Buttons have numbers; Ctrl-D or /quit ends. Questions may also be piped in, a line each.`
}

func (c *chatCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	return a.console(ctx)
}
