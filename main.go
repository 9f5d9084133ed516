// Jinwen (津问) answers questions about government work reports: in Telegram,
// WeChat and WeCom, on a web page, in a terminal, and line by line for scripts. Everything it says is a quote
// of the report with its place; what the report does not say, it says so.
//
// To find your way through the code, read from the bottom up; imports point
// only down this list:
//
//   - jinwen/corpus is the report as data: [jinwen/corpus/extract.Parse] takes the
//     bytes of a file and finds its outline, passages, figures, commitments
//     and pairs. Everything found is a range of the text, so that what is
//     quoted is quoted character for character. Beside it, corpus/version
//     keeps imported texts on disk and knows which one is active.
//   - jinwen/index finds: it reads a question, searches the report with Bleve
//     and gojieba, and answers with places in the report, or says that there
//     is no answer. [jinwen/index.Live] swaps reports under running questions.
//   - jinwen/handlers is what the bot does with a message: it turns an answer
//     into a reply, runs commands and buttons, lets admins change the report.
//     It knows no transport: a [jinwen/handlers/chat.Message] comes in, a
//     [jinwen/handlers/chat.Reply] goes out.
//   - jinwen/bot holds the transports: bot/telegram, bot/wechat, bot/wecom,
//     bot/web and bot/console. They decode, render, keep limits and lose no
//     message, and know of the rest only handlers/chat. What they share is in
//     bot/dispatch and bot/render.
//   - jinwen/bot/config is the settings, jinwen/bot/cli the command line. All
//     of the above is put together in bot/cli/serve/wire.go, and nowhere else.
//
// This file only starts it.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"jinwen/bot/cli"
)

func main() {
	// A closed pipe is an error of the write, not a reason to die: a bot lives
	// on without its log, and `jinwen figures | head` ends quietly.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C kills
	os.Exit(cli.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
