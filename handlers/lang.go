package handlers

import (
	"context"
	"strings"

	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/handlers/texts"
)

// langOf returns the language to answer m in.
func (b *Bot) langOf(m chat.Message) chat.Lang {
	written := ""
	if m.Kind == chat.KindText || m.Kind == chat.KindEdit || m.Kind == chat.KindInline {
		switch m.Command {
		case "":
			written = m.Text
		case "start": // what follows is a link's payload
		default:
			written = m.Args
		}
	}
	return b.langFor(m.User, m.Lang, written)
}

// langFor returns the language for a user: as chosen by /lang, as what they wrote
// is written, as the client says, Simplified Chinese.
func (b *Bot) langFor(u chat.User, tag, written string) chat.Lang {
	if s, err := b.store.Settings(u.ID); err != nil {
		b.log.Warn("settings not read", logErr, err)
	} else if s.Lang.Valid() {
		return s.Lang
	}
	client := chat.LangOf(tag)
	l := texts.Script(written)
	switch {
	case l == chat.Hans && client == chat.Hant && strings.ContainsAny(written, texts.TraditionalOnly):
		return chat.Hant // the report's own words, in Simplified Chinese, within a sentence
	case l != "":
		return l
	case client == chat.English && texts.HasHan(written):
		return chat.Hans // wrote Chinese, whatever the client speaks
	case client != "":
		return client
	}
	return chat.Hans
}

func (t *Turn) setLang(l chat.Lang) { t.Lang, t.text = l, texts.Of(l) }

// langNames are shown on the buttons of /lang in their own language, so that
// everybody can read at least one.
var langNames = map[chat.Lang]string{chat.Hans: "简体中文", chat.Hant: "繁體中文", chat.English: "English"}

// lang shows the languages, or with an argument chooses one.
func lang(ctx context.Context, t *Turn) (chat.Reply, error) {
	if t.Args != "" {
		for _, l := range chat.Langs {
			if strings.EqualFold(t.Args, string(l)) || t.Args == langNames[l] {
				return t.saveLang(l)
			}
		}
		if l := chat.LangOf(t.Args); l == chat.English && strings.HasPrefix(strings.ToLower(t.Args), "en") || l == chat.Hans || l == chat.Hant {
			return t.saveLang(l)
		}
	}
	chosen := langAuto
	if s, err := t.bot.store.Settings(t.User.ID); err == nil && s.Lang.Valid() {
		chosen = s.Lang
	}
	return t.langMenu(chosen), nil
}

// langMenu shows a button for each language; chosen is marked.
func (t *Turn) langMenu(chosen chat.Lang) chat.Reply {
	r := chat.Say(t.text.LangChoose)
	var row []chat.Button
	for _, l := range chat.Langs {
		name := langNames[l]
		if l == chosen {
			name = "✓ " + name
		}
		row = append(row, chat.Button{Text: name, Data: reply.Data(actLang, nil, string(l))})
	}
	name := t.text.LangAuto
	if chosen == langAuto {
		name = "✓ " + name
	}
	r.Buttons = [][]chat.Button{row, {{Text: name, Data: reply.Data(actLang, nil, string(langAuto))}}}
	return r
}

// langAuto on a button stands for no choice.
const langAuto chat.Lang = "auto"

func (t *Turn) saveLang(l chat.Lang) (chat.Reply, error) {
	kept := l
	if l == langAuto {
		kept = ""
	}
	s, err := t.bot.store.Settings(t.User.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	same := s.Lang == kept
	s.Lang = kept
	if err := t.bot.store.SaveSettings(t.User.ID, s); err != nil {
		return chat.Reply{}, err
	}
	if kept == "" {
		kept = chat.LangOf(t.Message.Lang)
	}
	if !kept.Valid() {
		kept = chat.Hans
	}
	t.setLang(kept)
	if same && t.Kind == chat.KindButton {
		return notice(t.text.Saved), nil // an edit that changes nothing is refused
	}
	r := t.langMenu(l)
	r.Edit = t.Kind == chat.KindButton
	r.Notice = t.text.Saved
	r.Menu = kept
	return r, nil
}

// pressLang chooses the language on the button.
func pressLang(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	l := chat.Lang(args[0])
	if !l.Valid() && l != langAuto {
		return notice(t.text.ButtonBroken), nil
	}
	return t.saveLang(l)
}
