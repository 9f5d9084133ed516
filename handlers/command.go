package handlers

import "context"

// A Scope says where and for whom a command is there.
type Scope uint8

const (
	InPrivate Scope = 1 << iota // private chats and the console
	InGroup                     // groups
	ForAdmins                   // admins only, in private chats and the console
)

// A Command is what /name does. Commands are matched whole: /s is not /search.
type Command struct {
	Name  string // 1–32 of [a-z0-9_]
	Scope Scope
	About map[Lang]string // one line by language, for /help and the list of commands; at most 256 characters
	Run   func(ctx context.Context, t *Turn) (Reply, error)
}

// Commands are all commands in the order of /help, those of admins last. The
// transport registers them with Telegram by scope and language.
func (b *Bot) Commands() []Command { return b.commands }

// userCommands are the commands of everybody, in the order of /help.
func userCommands() []Command {
	const both = InPrivate | InGroup
	list := []Command{
		{Name: "start", Scope: InPrivate, Run: start},
		{Name: "help", Scope: both, Run: help},
		{Name: "ask", Scope: both, Run: askCommand},
		{Name: "outline", Scope: both, Run: outline},
		{Name: "figures", Scope: both, Run: figures},
		{Name: "commitments", Scope: both, Run: commitments},
		{Name: "compare", Scope: both, Run: compare},
		{Name: "export", Scope: both, Run: export},
		{Name: "subscribe", Scope: both, Run: subscribe},
		{Name: "unsubscribe", Scope: both, Run: unsubscribe},
		{Name: "lang", Scope: both, Run: lang},
		{Name: "about", Scope: both, Run: about},
	}
	for i := range list {
		list[i].About = make(map[Lang]string)
		for _, l := range Langs {
			list[i].About[l] = textOf(l).Commands[list[i].Name]
		}
	}
	return list
}

// command finds the command called name; nil if m's sender has none such here.
func (b *Bot) command(m Message) *Command {
	for i := range b.commands {
		c := &b.commands[i]
		if c.Name != m.Command {
			continue
		}
		switch {
		case c.Scope&ForAdmins != 0:
			return c // Admin answers others with its one polite line
		case m.Chat.Kind == Group && c.Scope&InGroup == 0 && c.Name != "start":
			return nil
		}
		return c
	}
	return nil
}
