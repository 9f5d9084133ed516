package bot

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"
)

// A Command is one that Telegram offers in its menu.
type Command struct {
	Name string // without the slash: 1–32 of a–z 0–9 _
	// Text is what it does, 1–256 characters, by language: "" is for everyone
	// else, "zh", "en". Telegram knows only codes of two letters; any other
	// ("zh-Hant") is for the chats whose replies name it (Reply.Menu).
	Text map[string]string
	// Where it is offered. Admins are offered everything in their private chat.
	Private, Group, Admin bool
}

type botCommand struct {
	Name string `json:"command"`
	Text string `json:"description"`
}

// register tells Telegram the commands and descriptions. What fails is logged
// and left as it was; answering does not depend on it.
func (t *Telegram) register(ctx context.Context) {
	scopes := []struct {
		name, scope string
		in          func(Command) bool
	}{
		{"private", `{"type":"all_private_chats"}`, func(c Command) bool { return c.Private }},
		{"group", `{"type":"all_group_chats"}`, func(c Command) bool { return c.Group }},
	}
	for _, id := range t.opt.Admins {
		scopes = append(scopes, struct {
			name, scope string
			in          func(Command) bool
		}{"admin", `{"type":"chat","chat_id":` + strconv.FormatInt(id, 10) + `}`, func(c Command) bool { return c.Private || c.Admin }})
	}
	langs := map[string]bool{"": true}
	for _, c := range t.opt.Commands {
		for lang := range c.Text {
			if len(lang) <= 2 {
				langs[lang] = true
			}
		}
	}
	for _, s := range scopes {
		for _, lang := range slices.Sorted(maps.Keys(langs)) {
			if list := t.menu(s.in, lang); len(list) > 0 {
				t.set(ctx, "setMyCommands", s.name, lang, "commands", encode(list), "scope", s.scope)
			}
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(t.opt.Description)) {
		t.set(ctx, "setMyDescription", "", lang, "description", head(t.opt.Description[lang], 512))
	}
	for _, lang := range slices.Sorted(maps.Keys(t.opt.ShortDescription)) {
		t.set(ctx, "setMyShortDescription", "", lang, "short_description", head(t.opt.ShortDescription[lang], 120))
	}
	if len(t.opt.Commands) > 0 {
		t.set(ctx, "setChatMenuButton", "", "", "menu_button", `{"type":"commands"}`)
	}
}

// menu is the commands that in takes, in a language.
func (t *Telegram) menu(in func(Command) bool, lang string) []botCommand {
	list := []botCommand{}
	for _, c := range t.opt.Commands {
		text := c.Text[lang]
		if text == "" {
			text = c.Text[""]
		}
		if in(c) && text != "" {
			list = append(list, botCommand{c.Name, head(text, 256)})
		}
	}
	return list
}

// setMenu shows the commands of one private chat in a language. It is tried
// for some seconds: a reply does not wait for it.
func (t *Telegram) setMenu(ctx context.Context, chat int64, admin bool, lang string) {
	list := t.menu(func(c Command) bool { return c.Private || c.Admin && admin }, lang)
	if len(list) == 0 {
		return
	}
	codes := []string{""} // goes before all codes of a wider scope
	if admin {            // whose chat has a list for each code
		for _, c := range t.opt.Commands {
			for code := range c.Text {
				if len(code) == 2 && !slices.Contains(codes, code) {
					codes = append(codes, code)
				}
			}
		}
	}
	limit, cancel := context.WithTimeout(ctx, t.opt.Limits.seconds(5))
	defer cancel()
	for _, code := range codes {
		p := params("commands", encode(list), "scope", `{"type":"chat","chat_id":`+strconv.FormatInt(chat, 10)+`}`, "language_code", code)
		if _, err := t.client.call(limit, "setMyCommands", p, t.opt.Limits.Request); err != nil {
			t.log.Debug("menu not set", keyChat, t.hash.chat(chat), keyLang, lang, keyErr, err)
			return
		}
	}
}

// set makes one setting; it is tried for some minutes.
func (t *Telegram) set(ctx context.Context, method, scope, lang string, pairs ...string) {
	limit, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	err := t.sender.free(limit, func(ctx context.Context) error {
		_, err := t.client.call(ctx, method, params(append(pairs, "language_code", lang)...), t.opt.Limits.Request)
		return err
	})
	if err != nil && ctx.Err() == nil {
		// Telegram does not know an admin who has not written to the bot yet.
		t.log.Warn("setting failed", keyMethod, method, keyScope, scope, keyLang, lang, keyErr, err)
	}
}
