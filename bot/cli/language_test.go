package cli

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"jinwen/corpus/extract"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/handlers/texts"
)

// hanRuns are the stretches of Chinese characters in a text.
var hanRuns = regexp.MustCompile(`\p{Han}+`)

// named is what the question names, in its words.
var named = regexp.MustCompile(`“[^”]*”`)

// TestOneLanguage: what is not the report's own words is in the language that
// the reader chose, whatever language they ask in: on buttons too, in every
// command and on every screen behind the buttons.
func TestOneLanguage(t *testing.T) {
	s := testService(t)
	r, err := extract.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	// What may stand there in Simplified Chinese: the report's words.
	own := []string{"《" + r.Title + "》", r.Place}
	for i := range r.Figures {
		own = append(own, reply.FigureName(r, &r.Figures[i]), "万"+r.Figures[i].Unit)
	}
	for i := range r.Sections {
		own = append(own, r.Quote(r.Sections[i].Heading))
	}
	for _, p := range r.Pairs {
		own = append(own, p.Indicator)
	}
	slices.SortFunc(own, func(a, b string) int { return len(b) - len(a) })
	own = slices.DeleteFunc(own, func(s string) bool {
		return !strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Han, c) })
	})
	var cut []string
	for _, s := range own {
		cut = append(cut, s, " ")
	}
	names := strings.NewReplacer(cut...)
	list := []string{"/start", "/help", "/about", "/figures", "/figures 教育", "/commitments", "/commitments 教育 量化", "/compare", "/outline", "/export", "/kept",
		"/subscribe", "/unsubscribe", "/ask", "/nosuch", "谢谢", "你是谁", "？", "报告有多长", "报告分几部分", "上海今年GDP目标", "2019年GDP增长多少", "就业"}
	for _, l := range onThisReport(t) {
		list = append(list, l.Q)
	}
	for _, lang := range []chat.Lang{chat.English, chat.Hant} {
		shown := make(map[string]bool)
		check := func(q string, shows chat.Reply) {
			for one := &shows; one != nil; one = one.Then {
				for _, text := range wordsOf(*one) {
					for _, run := range hanRuns.FindAllString(named.ReplaceAllString(names.Replace(text), ""), -1) {
						foreign := lang == chat.English || strings.ContainsFunc(run, func(c rune) bool { return simplified(c) })
						if foreign && !strings.Contains(r.Text, run) && !strings.Contains(q, run) && !shown[run] {
							shown[run] = true
							t.Errorf("%s: %q is not in %s: %s", q, run, lang, text)
						}
					}
				}
			}
		}
		for i, q := range list {
			id := chat.ID(chat.Telegram, fmt.Sprint(string(lang), i))
			m := chat.Message{Chat: chat.Chat{ID: id}, User: chat.User{ID: id}, Lang: string(lang)}
			m.Command, m.Args = "lang", string(lang)
			if _, err := s.Bot.Handle(t.Context(), m, nil); err != nil {
				t.Fatal(err)
			}
			m.Command, m.Args, m.Text = "", "", q
			if rest, ok := strings.CutPrefix(q, "/"); ok {
				m.Command, m.Args, _ = strings.Cut(rest, " ")
			}
			reply, err := s.Bot.Handle(t.Context(), m, nil)
			if err != nil {
				t.Fatal(err)
			}
			check(q, reply)
			if i%5 != 0 && i > 30 {
				continue
			}
			m.Kind, m.Command, m.Args, m.Text = chat.KindButton, "", "", ""
			for _, row := range reply.Buttons {
				for _, b := range row {
					if b.Data == "" {
						continue
					}
					m.Data = b.Data
					pressed, err := s.Bot.Handle(t.Context(), m, nil)
					if err != nil {
						t.Fatal(err)
					}
					check(q+" ["+b.Text+"]", pressed)
				}
			}
		}
	}
}

// simplified reports whether c has another form in Traditional Chinese.
func simplified(c rune) bool {
	return unicode.Is(unicode.Han, c) && texts.Script(string(c)) == chat.Hans
}

// wordsOf are the texts of a reply that are its own: all but the quotes and
// where they stand.
func wordsOf(r chat.Reply) []string {
	var out []string
	for _, b := range r.Blocks {
		switch b.Kind {
		case chat.Quote, chat.Place:
		default:
			out = append(out, regexp.MustCompile(`「[^」]*」`).ReplaceAllString(b.Text, ""))
		}
	}
	for _, row := range r.Buttons {
		for _, b := range row {
			out = append(out, b.Text)
		}
	}
	for _, f := range r.Files {
		out = append(out, f.Caption)
	}
	return append(out, r.Notice)
}
