package handlers

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
)

// Every language has every text, fills it with the same arguments and is
// written in its own characters.
func TestTexts(t *testing.T) {
	for _, wrong := range table.Check() {
		t.Error(wrong)
	}
	for _, l := range chat.Langs {
		v := reflect.ValueOf(*textOf(l))
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if v.Field(i).Kind() != reflect.String {
				continue
			}
			s := v.Field(i).String()
			if l == chat.Hans && strings.ContainsAny(s, traditionalOnly) {
				t.Errorf("%s has Traditional characters in %s: %s", name, l, s)
			}
			if l == chat.Hant && strings.ContainsAny(s, simplifiedOnly) {
				t.Errorf("%s has Simplified characters in %s: %s", name, l, s)
			}
			if l == chat.English && hasHan(s) {
				t.Errorf("%s has Chinese in %s: %s", name, l, s)
			}
		}
		if p := Profile(l); utf8.RuneCountInString(p.Short) > 120 || utf8.RuneCountInString(p.Long) > 512 {
			t.Errorf("profile in %s is too long", l)
		}
		for _, c := range userCommands() {
			if n := utf8.RuneCountInString(c.About[l]); n == 0 || n > 256 {
				t.Errorf("/%s in %s: %d characters", c.Name, l, n)
			}
		}
		for _, b := range textOf(l).HelpTasks {
			for _, w := range regexp.MustCompile(`/([a-z_]+)`).FindAllStringSubmatch(b.Text, -1) {
				if !slices.ContainsFunc(userCommands(), func(c Command) bool { return c.Name == w[1] }) {
					t.Errorf("help in %s names /%s, which is none", l, w[1])
				}
			}
		}
		for _, n := range []string{textOf(l).InlineNothing} {
			if utf8.RuneCountInString(n) > 60 {
				t.Errorf("start button in %s: %q", l, n)
			}
		}
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{{"", 3, ""}, {"甲乙", 3, "甲乙"}, {"甲乙丙", 3, "甲乙丙"}, {"甲乙丙丁", 3, "甲乙…"}, {"abcd", 1, "…"}} {
		if got := zh.Clip(c.s, c.n); got != c.want {
			t.Errorf("zh.Clip(%q, %d) = %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

func TestScript(t *testing.T) {
	for s, want := range map[string]chat.Lang{
		"": "", "GDP": "", "天津港": "", "今年老旧小区改造多少": chat.Hans, "今年要啟動改造的老舊小區": chat.Hant,
		"how many parks": chat.English, "GDP目标": chat.Hans, "5G": "", "台中": "",
	} {
		if got := scriptLang(s); got != want {
			t.Errorf("scriptLang(%q) = %q, want %q", s, got, want)
		}
	}
	for tag, want := range map[string]chat.Lang{"": "", "zh": chat.Hans, "zh-CN": chat.Hans, "zh_TW": chat.Hant, "zh-Hant-HK": chat.Hant, "en-US": chat.English, "de": chat.English} {
		if got := chat.LangOf(tag); got != want {
			t.Errorf("clientLang(%q) = %q, want %q", tag, got, want)
		}
	}
}

func TestAmount(t *testing.T) {
	for n, want := range map[float64]string{0.5999999999999996: "0.6", 7: "7", 820000: "82万", 770000000: "7.7亿", 1234.5: "1234.5"} {
		if got := amount(roundTo(n, 6)); got != want {
			t.Errorf("amount(%v) = %s, want %s", n, got, want)
		}
	}
}
