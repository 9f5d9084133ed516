package telegram

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"jinwen/handlers/chat"
)

// codes are the languages of menus and profiles as Telegram has them, two
// letters, and the texts that each gets; "" is everybody else. Traditional
// Chinese has no code: it is for the chats whose replies name it (Reply.Menu).
var codes = []struct {
	code string
	lang chat.Lang
}{{"", chat.Hans}, {"en", chat.English}, {"zh", chat.Hans}}

type botCommand struct {
	Name string `json:"command"`
	Text string `json:"description"`
}

// register tells Telegram the commands and descriptions. What fails is logged
// and left as it was; answering does not depend on it.
func (t *Telegram) register(ctx context.Context) {
	for _, c := range codes {
		t.set(ctx, "setMyCommands", "private", c.code, t.menu(chat.InPrivate, c.lang), "scope", `{"type":"all_private_chats"}`)
		t.set(ctx, "setMyCommands", "group", c.code, t.menu(chat.InGroup, c.lang), "scope", `{"type":"all_group_chats"}`)
	}
	for _, id := range t.opt.Admins {
		t.registerAdmin(ctx, id)
	}
	for _, c := range codes {
		if p := t.opt.Profile[c.lang]; p.Long != "" {
			t.set(ctx, "setMyDescription", "", c.code, nil, "description", measure.Head(p.Long, 512))
		}
		if p := t.opt.Profile[c.lang]; p.Short != "" {
			t.set(ctx, "setMyShortDescription", "", c.code, nil, "short_description", measure.Head(p.Short, 120))
		}
	}
	if len(t.opt.Commands) > 0 {
		t.set(ctx, "setChatMenuButton", "", "", nil, "menu_button", `{"type":"commands"}`)
	}
}

// registerAdmin gives an admin's private chat its commands. Telegram knows no
// chat with an admin who has not written to the bot yet; greet does it then.
func (t *Telegram) registerAdmin(ctx context.Context, id int64) {
	for _, c := range codes {
		err := t.set(ctx, "setMyCommands", "admin", c.code, t.menu(chat.InPrivate|chat.ForAdmins, c.lang), "scope", chatScope(id))
		if errors.Is(err, chat.ErrBlocked) {
			t.strange.add(id)
			t.log.Info("an admin has not written to the bot yet: the menu is set once they do", keyChat, t.hash.chat(id))
			return
		}
	}
}

// greet sets the menu of an admin who writes for the first time.
func (t *Telegram) greet(ctx context.Context, in incoming) {
	if in.msg.User.Admin && in.msg.Chat.Kind == chat.Private && in.inlineID == "" && t.strange.remove(in.chat()) {
		t.registerAdmin(ctx, in.chat())
	}
}

// strangers are the admins who have not written yet. Safe for concurrent use.
type strangers struct {
	mu sync.Mutex
	m  map[int64]bool
}

func (s *strangers) add(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.m == nil {
		s.m = make(map[int64]bool)
	}
	s.m[id] = true
}

// remove reports whether id was one.
func (s *strangers) remove(id int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.m[id]
	delete(s.m, id)
	return was
}

func chatScope(id int64) string {
	return `{"type":"chat","chat_id":` + strconv.FormatInt(id, 10) + `}`
}

// menu returns the commands that are in any of the scopes, in a language.
func (t *Telegram) menu(in chat.Scope, l chat.Lang) []botCommand {
	list := []botCommand{}
	for _, c := range t.opt.Commands {
		if text := c.About[l]; c.Scope&in != 0 && text != "" {
			list = append(list, botCommand{c.Name, measure.Head(text, 256)})
		}
	}
	return list
}

// setMenu shows the commands of one private chat in a language. It is tried
// for some seconds: a reply does not wait for it.
func (t *Telegram) setMenu(ctx context.Context, id int64, admin bool, l chat.Lang) {
	in := chat.InPrivate
	also := codes[:1] // goes before all codes of a wider scope
	if admin {
		in |= chat.ForAdmins
		also = codes // the chat has a list for each code
	}
	list := t.menu(in, l)
	if len(list) == 0 {
		return
	}
	limit, cancel := context.WithTimeout(ctx, t.opt.Limits.seconds(5))
	defer cancel()
	for _, c := range also {
		p := params("commands", encode(list), "scope", chatScope(id), "language_code", c.code)
		if _, err := t.client.call(limit, "setMyCommands", p, t.opt.Limits.Request); err != nil {
			t.log.Debug("menu not set", keyChat, t.hash.chat(id), keyLang, l, keyErr, err)
			return
		}
	}
}

// set makes one setting, of the commands if there are any; it is tried for some
// minutes. It returns ErrBlocked for a chat that does not exist, and has logged
// any other error.
func (t *Telegram) set(ctx context.Context, method, scope, code string, commands []botCommand, pairs ...string) error {
	if method == "setMyCommands" {
		if len(commands) == 0 {
			return nil
		}
		pairs = append(pairs, "commands", encode(commands))
	}
	limit, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	err := t.sender.sendAnywhere(limit, func(ctx context.Context) error {
		_, err := t.client.call(ctx, method, params(append(pairs, "language_code", code)...), t.opt.Limits.Request)
		return err
	})
	if err != nil && ctx.Err() == nil && !errors.Is(err, chat.ErrBlocked) {
		t.log.Warn("setting failed", keyMethod, method, keyScope, scope, keyLang, code, keyErr, err)
	}
	return err
}
