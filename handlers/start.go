package handlers

import (
	"context"
	"fmt"
	"slices"

	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
)

// start greets, or opens what a link names.
func start(ctx context.Context, t *Turn) (chat.Reply, error) {
	if t.Args != "" {
		return openLink(ctx, t)
	}
	r := chat.Reply{Blocks: []chat.Block{
		{Kind: chat.Title, Text: fmt.Sprintf(t.text.Greeting, reply.Title(t.Report, t.text))},
		{Kind: chat.Para, Text: t.text.GreetingHow},
	}}
	r.Menu = t.menu()
	r.Buttons = append(t.exampleButtons(), []chat.Button{
		{Text: t.text.ButtonOutline, Data: reply.Data(actCommand, nil, "outline")},
		{Text: t.text.ButtonHelp, Data: reply.Data(actCommand, nil, "help")},
	})
	return r, nil
}

// menu is Reply.Menu for who starts: Telegram knows languages by two letters,
// so it cannot tell Traditional Chinese, nor what was chosen by /lang.
func (t *Turn) menu() chat.Lang {
	if s, err := t.bot.store.Settings(t.User.ID); err == nil && s.Lang.Valid() {
		return s.Lang
	}
	if l := chat.LangOf(t.Message.Lang); l == chat.Hant {
		return l
	}
	return ""
}

// startExamples returns text with the example questions under it.
func startExamples(t *Turn, text string) chat.Reply {
	r := chat.Say(text)
	r.Buttons = t.exampleButtons()
	return r
}

// exampleButtons ask the report's example questions.
func (t *Turn) exampleButtons() [][]chat.Button {
	var rows [][]chat.Button
	for _, q := range reply.Examples(t.Report, t.Lang) {
		example := readAsked(q)
		example.Lang = t.Lang
		if id := t.keep(example); id != "" {
			rows = append(rows, []chat.Button{{Text: q, Data: reply.Data(actAsk, nil, id)}})
		}
	}
	return rows
}

// joined greets a chat that the bot was added to.
func joined(ctx context.Context, t *Turn) (chat.Reply, error) {
	if t.Report == nil {
		return chat.Reply{}, nil
	}
	if t.Chat.Kind != chat.Group {
		return start(ctx, t)
	}
	return startExamples(t, fmt.Sprintf(t.text.GroupGreeting, reply.Title(t.Report, t.text))), nil
}

// odd answers what is no text: a voice message, a sticker, a photo.
func odd(t *Turn) chat.Reply {
	if t.Chat.Kind == chat.Group {
		return chat.Reply{}
	}
	return chat.Say(t.text.Odd)
}

// help lists what can be done, by task.
func help(ctx context.Context, t *Turn) (chat.Reply, error) {
	r := chat.Reply{Blocks: slices.Clone(t.text.HelpTasks)}
	if t.User.Admin && t.bot.opt.Admin != nil && t.Chat.Kind != chat.Group {
		r.Blocks = append(r.Blocks, chat.Block{Kind: chat.Title, Text: t.text.HelpAdmin})
		for _, c := range t.bot.commands {
			if c.Scope&chat.ForAdmins != 0 {
				r.Blocks = append(r.Blocks, chat.Block{Kind: chat.Item, Text: "/" + c.Name + " — " + c.About[t.Lang]})
			}
		}
	}
	r.Buttons = [][]chat.Button{
		{{Text: t.text.ButtonOutline, Data: reply.Data(actCommand, nil, "outline")}, {Text: t.text.ButtonFigures, Data: reply.Data(actCommand, nil, "figures")}},
		{{Text: t.text.ButtonCommitments, Data: reply.Data(actCommand, nil, "commitments")}, {Text: t.text.ButtonCompare, Data: reply.Data(actCommand, nil, "compare")}},
	}
	return r, nil
}

// about says what the bot is and what it answers from.
func about(ctx context.Context, t *Turn) (chat.Reply, error) {
	r := t.Report
	return chat.Reply{Blocks: []chat.Block{
		{Kind: chat.Title, Text: t.text.AboutTitle},
		{Kind: chat.Para, Text: t.text.AboutText},
		{Kind: chat.Para, Text: fmt.Sprintf(t.text.AboutReport, reply.Title(r, t.text), r.Len(), len(r.Sections), len(r.Figures), len(r.Commitments))},
		{Kind: chat.Note, Text: fmt.Sprintf(t.text.AboutVersion, r.ID)},
	}}, nil
}
