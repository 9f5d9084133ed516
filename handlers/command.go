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

	byReport bool // its first word may name another report of the library
}

// Commands returns all commands in the order of /help, those of admins last. The
// transports that have menus offer them by scope and language.
func (b *Bot) Commands() []chat.Command {
	list := make([]chat.Command, 0, len(b.commands))
	for _, c := range b.commands {
		list = append(list, c.Command)
	}
	return list
}

// userCommands returns the commands of everybody, in the order of /help.
func userCommands() []Command {
	const both = chat.InPrivate | chat.InGroup
	list := []Command{
		{Command: chat.Command{Name: "start", Scope: chat.InPrivate}, Run: start},
		{Command: chat.Command{Name: "help", Scope: both}, Run: help},
		{Command: chat.Command{Name: "ask", Scope: both}, Run: askCommand},
		{Command: chat.Command{Name: "outline", Scope: both}, Run: outline, byReport: true},
		{Command: chat.Command{Name: "figures", Scope: both}, Run: figures, byReport: true},
		{Command: chat.Command{Name: "commitments", Scope: both}, Run: commitments, byReport: true},
		{Command: chat.Command{Name: "compare", Scope: both}, Run: compare, byReport: true},
		{Command: chat.Command{Name: "kept", Scope: both}, Run: keptCommand},
		{Command: chat.Command{Name: "export", Scope: both}, Run: export, byReport: true},
		{Command: chat.Command{Name: "subscribe", Scope: both}, Run: subscribe},
		{Command: chat.Command{Name: "unsubscribe", Scope: both}, Run: unsubscribe},
		{Command: chat.Command{Name: "lang", Scope: both}, Run: lang},
		{Command: chat.Command{Name: "about", Scope: both}, Run: about},
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
