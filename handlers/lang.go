package handlers

import (
	"context"
	"strings"
	"unicode"
)

// A Lang is a language of replies. Quotes are verbatim in all of them.
type Lang string

const (
	Hans    Lang = "zh-Hans"
	Hant    Lang = "zh-Hant"
	English Lang = "en"
)

// Langs are all languages, the default first.
var Langs = []Lang{Hans, Hant, English}

// clientLang is the language for a tag as transports give it: zh-TW, zh-hant,
// en-GB. Whoever uses a client in a third language reads English rather than
// Chinese; "" is unknown.
func clientLang(tag string) Lang {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	switch {
	case tag == "":
		return ""
	case tag == "zh" || strings.HasPrefix(tag, "zh-"):
		for _, s := range []string{"hant", "tw", "hk", "mo"} {
			if strings.Contains(tag, "-"+s) {
				return Hant
			}
		}
		return Hans
	}
	return English
}

// scriptLang is the language that text is written in; "" if it does not tell,
// as 天津港 (the same in both scripts) or GDP (used in both languages).
func scriptLang(text string) Lang {
	var han, hant, hans, words int
	inWord := 0
	for _, c := range text {
		switch {
		case unicode.Is(unicode.Han, c):
			han++
			if strings.ContainsRune(traditionalOnly, c) {
				hant++
			} else if strings.ContainsRune(simplifiedOnly, c) {
				hans++
			}
			inWord = 0
		case unicode.IsLetter(c):
			if inWord++; inWord == 2 {
				words++
			}
		default:
			inWord = 0
		}
	}
	switch {
	case hant > hans:
		return Hant
	case hans > 0:
		return Hans
	case han == 0 && words >= 2:
		return English
	}
	return ""
}

// langOf is the language to answer m in.
func (b *Bot) langOf(m Message) Lang {
	written := ""
	if m.Kind == KindText || m.Kind == KindEdit || m.Kind == KindInline {
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

// langFor is the language for a user: as chosen by /lang, as what they wrote
// is written, as the client says, Simplified Chinese.
func (b *Bot) langFor(u User, tag, written string) Lang {
	if s, err := b.store.Settings(u.ID); err != nil {
		b.log.Warn("settings not read", logErr, err)
	} else if s.Lang.valid() {
		return s.Lang
	}
	client := clientLang(tag)
	l := scriptLang(written)
	switch {
	case l == Hans && client == Hant && strings.ContainsAny(written, traditionalOnly):
		return Hant // the report's own words, in Simplified Chinese, within a sentence
	case l != "":
		return l
	case client == English && hasHan(written):
		return Hans // wrote Chinese, whatever the client speaks
	case client != "":
		return client
	}
	return Hans
}

func (l Lang) valid() bool { return l == Hans || l == Hant || l == English }

func (t *Turn) setLang(l Lang) { t.Lang, t.text = l, textOf(l) }

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Han, c) })
}

// langNames are shown on the buttons of /lang in their own language, so that
// everybody can read at least one.
var langNames = map[Lang]string{Hans: "简体中文", Hant: "繁體中文", English: "English"}

// lang shows the languages, or with an argument chooses one.
func lang(ctx context.Context, t *Turn) (Reply, error) {
	if t.Args != "" {
		for _, l := range Langs {
			if strings.EqualFold(t.Args, string(l)) || t.Args == langNames[l] {
				return t.saveLang(l)
			}
		}
		if l := clientLang(t.Args); l == English && strings.HasPrefix(strings.ToLower(t.Args), "en") || l == Hans || l == Hant {
			return t.saveLang(l)
		}
	}
	chosen := langAuto
	if s, err := t.bot.store.Settings(t.User.ID); err == nil && s.Lang.valid() {
		chosen = s.Lang
	}
	return t.langMenu(chosen), nil
}

// langMenu shows a button for each language; chosen is marked.
func (t *Turn) langMenu(chosen Lang) Reply {
	r := say(t.text.LangChoose)
	var row []Button
	for _, l := range Langs {
		name := langNames[l]
		if l == chosen {
			name = "✓ " + name
		}
		row = append(row, Button{Text: name, Data: data(actLang, nil, string(l))})
	}
	name := t.text.LangAuto
	if chosen == langAuto {
		name = "✓ " + name
	}
	r.Buttons = [][]Button{row, {{Text: name, Data: data(actLang, nil, string(langAuto))}}}
	return r
}

// langAuto on a button stands for no choice.
const langAuto Lang = "auto"

func (t *Turn) saveLang(l Lang) (Reply, error) {
	kept := l
	if l == langAuto {
		kept = ""
	}
	s, err := t.bot.store.Settings(t.User.ID)
	if err != nil {
		return Reply{}, err
	}
	same := s.Lang == kept
	s.Lang = kept
	if err := t.bot.store.SaveSettings(t.User.ID, s); err != nil {
		return Reply{}, err
	}
	if kept == "" {
		kept = clientLang(t.Message.Lang)
	}
	if !kept.valid() {
		kept = Hans
	}
	t.setLang(kept)
	if same && t.Kind == KindButton {
		return notice(t.text.Saved), nil // an edit that changes nothing is refused
	}
	r := t.langMenu(l)
	r.Edit = t.Kind == KindButton
	r.Notice = t.text.Saved
	r.Menu = kept
	return r, nil
}

// pressLang chooses the language on the button.
func pressLang(ctx context.Context, t *Turn, args []string) (Reply, error) {
	l := Lang(args[0])
	if !l.valid() && l != langAuto {
		return notice(t.text.ButtonBroken), nil
	}
	return t.saveLang(l)
}
