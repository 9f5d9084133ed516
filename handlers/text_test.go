package handlers

import (
	"regexp"
	"slices"
	"testing"
	"unicode/utf8"

	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
)

// Every command is told of in every language, and help names only commands.
func TestCommandTexts(t *testing.T) {
	for _, l := range chat.Langs {
		for _, c := range userCommands() {
			if n := utf8.RuneCountInString(c.About[l]); n == 0 || n > 256 {
				t.Errorf("/%s in %s: %d characters", c.Name, l, n)
			}
		}
		for _, b := range texts.Of(l).HelpTasks {
			for _, w := range regexp.MustCompile(`/([a-z_]+)`).FindAllStringSubmatch(b.Text, -1) {
				if !slices.ContainsFunc(userCommands(), func(c Command) bool { return c.Name == w[1] }) {
					t.Errorf("help in %s names /%s, which is none", l, w[1])
				}
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
