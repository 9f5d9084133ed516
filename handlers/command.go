package handlers

import (
	"context"

	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
)

// A Command is what /name does. Commands are matched whole: /s is not /search.
type Command struct {
	chat.Command
	Run func(ctx context.Context, t *Turn) (chat.Reply, error)
}

// Commands are all commands in the order of /help, those of admins last. The
// transports that have menus offer them by scope and language.
func (b *Bot) Commands() []chat.Command {
	list := make([]chat.Command, 0, len(b.commands))
	for _, c := range b.commands {
		list = append(list, c.Command)
	}
	return list
}

// userCommands are the commands of everybody, in the order of /help.
func userCommands() []Command {
	const both = chat.InPrivate | chat.InGroup
	list := []Command{
		{chat.Command{Name: "start", Scope: chat.InPrivate}, start},
		{chat.Command{Name: "help", Scope: both}, help},
		{chat.Command{Name: "ask", Scope: both}, askCommand},
		{chat.Command{Name: "outline", Scope: both}, outline},
		{chat.Command{Name: "figures", Scope: both}, figures},
		{chat.Command{Name: "commitments", Scope: both}, commitments},
		{chat.Command{Name: "compare", Scope: both}, compare},
		{chat.Command{Name: "kept", Scope: both}, keptCommand},
		{chat.Command{Name: "export", Scope: both}, export},
		{chat.Command{Name: "subscribe", Scope: both}, subscribe},
		{chat.Command{Name: "unsubscribe", Scope: both}, unsubscribe},
		{chat.Command{Name: "lang", Scope: both}, lang},
		{chat.Command{Name: "about", Scope: both}, about},
	}
	for i := range list {
		list[i].About = make(map[chat.Lang]string)
		for _, l := range chat.Langs {
			list[i].About[l] = texts.Of(l).Commands[list[i].Name]
		}
	}
	return list
}

// command finds the command called name; nil if m's sender has none such here.
func (b *Bot) command(m chat.Message) *Command {
	for i := range b.commands {
		c := &b.commands[i]
		if c.Name != m.Command {
			continue
		}
		switch {
		case c.Scope&chat.ForAdmins != 0:
			return c // Admin answers others with its one polite line
		case m.Chat.Kind == chat.Group && c.Scope&chat.InGroup == 0 && c.Name != "start":
			return nil
		}
		return c
	}
	return nil
}
